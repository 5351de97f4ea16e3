//! Containers too deep for the layout, which Typst bounds: their words one after the other, without frames.

use super::Lowering;
use crate::doc::tree::Step;
use crate::doc::{AlertKind, Block, Directive, Entry, Inline, KeyFigure, List, Milestone, Role};
use crate::emit::pdf::literal::push_string;

/// How many of Typst's own levels containers may take together: it stops at 64, and what they hold needs some.
pub(super) const DEEPEST: u8 = 45;

/// How many of these levels a container takes, as measured.
pub(super) const LIGHT: u8 = 5;
pub(super) const BOX: u8 = 10;
const EXAMPLE: u8 = 12;

/// Returns what a directive costs.
pub(super) fn cost(directive: &Directive) -> u8 {
    match directive.role {
        Role::Exemple(_) | Role::Reprise { .. } => EXAMPLE,
        Role::Encadre { .. }
        | Role::Definition { .. }
        | Role::Citation { .. }
        | Role::Chiffres { .. }
        | Role::Etapes { .. }
        | Role::Trajectoire { .. }
        | Role::Voix { .. }
        | Role::Ressources { .. }
        | Role::Telechargement { .. }
        | Role::Video { .. }
        | Role::Galerie { .. }
        | Role::Carte { .. }
        | Role::ALaUne { .. }
        | Role::Agenda { .. } => BOX,
    }
}

impl<'a> Lowering<'a, '_> {
    pub(super) fn flat_list(&mut self, list: &'a List) {
        for item in &list.items {
            self.blocks(&item.body);
        }
    }

    pub(super) fn flat_definitions(&mut self, entries: &'a [Entry]) {
        for entry in entries {
            self.paragraph(&entry.term);
            for definition in &entry.definitions {
                self.blocks(definition);
            }
        }
    }

    pub(super) fn flat_alert(&mut self, kind: AlertKind, body: &'a [Block]) {
        let (_, label) = self.alert_name(kind);
        self.said(label);
        self.blocks(body);
    }

    pub(super) fn flat_directive(&mut self, directive: &'a Directive) {
        let body = directive.body.as_slice();
        // What links lead to stays.
        if let Some(id) = directive.id.as_deref() {
            self.code("#ancre(");
            let label = super::label(&self.around.prefix, id);
            push_string(&mut self.markup.text, &label);
            self.code(", par[])\n");
            self.markup.labels.insert(label);
        }
        match &directive.role {
            Role::Exemple(exemple) => {
                let date = exemple.annee.map(|when| when.long(self.around.words.lang));
                let parts = [Some(exemple.titre.as_str()), exemple.territoire.as_deref(), date.as_deref()];
                let title = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
                self.said(&title);
                self.blocks(body);
            }
            Role::Encadre { titre } | Role::Ressources { titre } | Role::Carte { titre, .. } => {
                self.said(titre.as_deref().unwrap_or_default());
                self.blocks(body);
            }
            Role::Definition { terme } => {
                self.said(terme);
                self.blocks(body);
            }
            Role::Citation { auteur, fonction, source } => {
                self.blocks(body);
                let parts = [auteur.as_deref(), fonction.as_deref(), source.as_deref()];
                self.said(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
            }
            Role::Voix { qui, role } => {
                self.blocks(body);
                let name = self.shown_name(qui.as_deref());
                self.said(&[name, role.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", "));
            }
            Role::Chiffres { source, figures } => {
                self.flat_figures(figures);
                self.blocks(body);
                self.said(source.as_deref().unwrap_or_default());
            }
            Role::Etapes { steps } => {
                self.blocks(body);
                self.flat_steps(steps);
            }
            Role::Trajectoire { milestones } | Role::Agenda { events: milestones } => {
                self.blocks(body);
                self.flat_milestones(milestones);
            }
            Role::Galerie { images } => {
                self.blocks(body);
                images.iter().for_each(|image| self.figure(image));
            }
            Role::Telechargement { fichier, titre } => {
                self.flat_link(*fichier, titre.as_deref().unwrap_or_default());
                self.blocks(body);
            }
            Role::Video { src, titre, .. } => {
                self.flat_link(*src, titre);
                self.blocks(body);
            }
            Role::ALaUne { page } => {
                self.flat_link(*page, "");
                self.blocks(body);
            }
            Role::Reprise { .. } => self.blocks(body),
        }
    }

    /// A line of its own, in bold.
    fn said(&mut self, text: &str) {
        if !self.is_blank(text) {
            self.code("#par[#strong[");
            self.text(text);
            self.code("]]\n");
        }
    }

    fn flat_link(&mut self, link: crate::doc::LinkId, title: &str) {
        let around = self.around;
        let Some(way) = around.ways.get(link.0 as usize) else { return self.said(title) };
        self.code("#par[");
        let open = self.open_link(&way.to);
        self.text(if title.is_empty() { &way.title } else { title });
        if open {
            self.code("];");
        }
        self.code("]\n");
    }

    fn flat_figures(&mut self, figures: &'a [KeyFigure]) {
        for figure in figures {
            self.code("#par[");
            self.inlines(&figure.value);
            self.code(" ");
            self.inlines(&figure.text);
            self.code("]\n");
        }
    }

    fn flat_steps(&mut self, steps: &'a [Step]) {
        for step in steps {
            self.bold_line(&step.title);
            self.blocks(&step.body);
        }
    }

    fn flat_milestones(&mut self, milestones: &'a [Milestone]) {
        for milestone in milestones {
            self.code("#par[#strong[");
            self.text(&milestone.when.long(self.around.words.lang));
            self.code("] ");
            self.inlines(&milestone.text);
            self.code("]\n");
            self.blocks(&milestone.body);
        }
    }

    fn bold_line(&mut self, line: &'a [Inline]) {
        if !line.is_empty() {
            self.code("#par[#strong[");
            self.inlines(line);
            self.code("]]\n");
        }
    }
}
