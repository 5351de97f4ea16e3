//! Lowers directives: each is a call of the layout's function of the same name.

use super::Lowering;
use crate::doc::tree::Step;
use crate::doc::{Block, Directive, Exemple, KeyFigure, LinkId, Milestone, Role};
use crate::emit::pdf::around::Destination;
use crate::emit::pdf::literal::push_string;
use crate::emit::pdf::words::phrase;
use crate::french::{capitalised, fold};

impl<'a> Lowering<'a, '_> {
    /// Lowers a directive.
    pub(super) fn role(&mut self, directive: &'a Directive) {
        let id = directive.id.as_deref();
        let body = directive.body.as_slice();
        match &directive.role {
            Role::Exemple(exemple) => self.example(exemple, id, body, None),
            Role::Encadre { titre } => {
                self.open("encadre", id);
                self.brief(body);
                self.titled(titre.as_deref());
                self.close(body);
            }
            Role::Definition { terme } => {
                self.open("definition", id);
                self.brief(body);
                self.code("terme: ");
                self.literal(terme);
                self.close(body);
            }
            Role::Citation { auteur, fonction, source } => {
                self.open("citation", id);
                self.brief(body);
                self.argument("auteur", auteur.as_deref());
                self.argument("fonction", fonction.as_deref());
                self.argument("source", source.as_deref());
                self.close(body);
            }
            Role::Chiffres { source, figures } => self.figures(id, source.as_deref(), figures, body),
            Role::Etapes { steps } => self.steps(id, steps, body),
            Role::Trajectoire { milestones } => self.milestones("trajectoire", id, milestones, body),
            Role::Voix { qui, role } => {
                self.open("voix", id);
                self.brief(body);
                let name = self.shown_name(qui.as_deref());
                self.argument("qui", name);
                self.argument("role", role.as_deref());
                self.close(body);
            }
            Role::Ressources { titre } => {
                self.code("#ressources(");
                self.anchor(id);
                if let Some(titre) = titre.as_deref().filter(|titre| !self.is_blank(titre)) {
                    let level = self.below();
                    self.level = level;
                    let style = level - self.around.above;
                    self.code(&format!("titre: titre({level}, style: {style})["));
                    self.text(titre);
                    self.code("], ");
                }
                self.close(body);
            }
            Role::Telechargement { fichier, titre } => self.download(id, *fichier, titre.as_deref(), body),
            Role::Video { src, titre, transcription } => self.video(id, *src, titre, *transcription, body),
            Role::Galerie { images } => self.gallery(id, images, body),
            Role::Carte { titre, theme: _, kit: _ } => self.map(id, titre.as_deref(), directive.span, body),
            Role::ALaUne { page } => self.card(id, *page, body),
            Role::Agenda { events } => self.milestones("agenda", id, events, body),
            Role::Reprise { exemple } => self.taken(*exemple, body),
        }
    }

    /// The name of someone who speaks, unless they withdrew from the story.
    pub(super) fn shown_name<'n>(&self, name: Option<&'n str>) -> Option<&'n str> {
        name.filter(|name| !self.around.withdrawn.contains(&fold(name)))
    }

    /// `#name(id: "…", `
    pub(super) fn open(&mut self, name: &str, id: Option<&str>) {
        self.code("#");
        self.code(name);
        self.code("(");
        self.anchor(id);
    }

    /// The title of a box, one level below the section it stands in.
    fn titled(&mut self, titre: Option<&str>) {
        if let Some(titre) = titre.filter(|titre| !self.is_blank(titre)) {
            let level = self.below();
            self.level = level;
            self.code(&format!("niveau: {level}, "));
            self.argument("titre", Some(titre));
        }
    }

    /// `)[…]`
    pub(super) fn close(&mut self, body: &'a [Block]) {
        self.code(")[\n");
        self.blocks(body);
        self.code("]\n");
    }

    fn example(
        &mut self,
        exemple: &'a Exemple,
        id: Option<&str>,
        body: &'a [Block],
        from: Option<(&str, &Destination)>,
    ) {
        let around = self.around;
        let words = &around.words;
        self.open("exemple", id.filter(|_| from.is_none()));
        self.brief(body);
        self.narrow(1);
        self.titled(Some(exemple.titre.as_str()));
        self.argument("nom", Some(&words.example));
        if let Some(spot) = id.and_then(|id| around.spots.get(id)) {
            self.code("lieu: [");
            let open = self.open_link(&spot.to);
            self.text(&spot.place);
            if open {
                self.code("];");
            }
            self.code("], ");
            if let Some(map) = &spot.map {
                self.code("carte: ");
                push_string(&mut self.markup.text, map);
                self.code(", ");
            }
        } else if let Some(place) = &exemple.territoire {
            self.code("lieu: [");
            self.text(place);
            self.code("], ");
        }
        self.argument("date", exemple.annee.map(|when| when.long(words.lang)).as_deref());
        let mut foot = Vec::new();
        let mut add = |name: &str, value: Option<&str>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                foot.push(format!("{} {value}", name.trim_end()));
            }
        };
        add(&words.with, exemple.acteurs.as_deref());
        add(&words.contact, exemple.contact.as_deref());
        add(&words.source, exemple.source.as_deref());
        add(&words.verified, exemple.verifie_le.map(|when| when.adverbial(words.lang)).as_deref());
        self.argument("pied", Some(&foot.join(" · ")));
        if let Some((page, to)) = from {
            self.code("suite: [");
            let open = self.open_link(to);
            self.text(&phrase(&words.read_in, page));
            if open {
                self.code("];");
            }
            self.code("], ");
        }
        self.close(body);
    }

    fn taken(&mut self, exemple: LinkId, body: &'a [Block]) {
        let around = self.around;
        let Some(taken) = around.taken.get(&exemple) else { return self.blocks(body) };
        let Role::Exemple(exemple) = &taken.directive.role else { return self.blocks(body) };
        // The words of the other page, with its links and its notes.
        let mut inner = Lowering::new(taken.document, &taken.around, self.coverage, &mut *self.markup);
        inner.level = self.level;
        inner.depth = self.depth;
        inner.cost = self.cost;
        inner.spanned(taken.directive.span, |inner| {
            inner.example(
                exemple,
                taken.directive.id.as_deref(),
                &taken.directive.body,
                Some((&taken.page, &taken.to)),
            );
        });
        self.blocks(body);
    }

    fn figures(&mut self, id: Option<&str>, source: Option<&str>, figures: &'a [KeyFigure], body: &'a [Block]) {
        let source = source.map(|source| format!("{} {source}", self.around.words.source.trim_end()));
        self.open("chiffres", id);
        if figures.len() <= 8 {
            self.brief(body);
        }
        self.narrow(1);
        self.argument("source", source.as_deref());
        self.code("(");
        for figure in figures {
            self.code("([");
            self.inlines(&figure.value);
            self.code("], [");
            self.inlines(&figure.text);
            self.code("]), ");
        }
        self.code("), ");
        self.close(body);
    }

    fn steps(&mut self, id: Option<&str>, steps: &'a [Step], body: &'a [Block]) {
        self.blocks(body);
        self.open("etapes", id);
        for step in steps {
            self.code("([");
            self.inlines(&step.title);
            self.code("], [");
            self.blocks(&step.body);
            self.code("]), ");
        }
        self.code(")\n");
    }

    fn milestones(&mut self, name: &str, id: Option<&str>, milestones: &'a [Milestone], body: &'a [Block]) {
        self.blocks(body);
        self.open(name, id);
        self.narrow(1);
        for milestone in milestones {
            let open = matches!(milestone.when, crate::french::When::Since(_));
            self.code(if open { "(ouvert: true, date: " } else { "(ouvert: false, date: " });
            self.literal(&capitalised(&milestone.when.long(self.around.words.lang)));
            self.code(", corps: [");
            if !milestone.text.is_empty() {
                if milestone.body.is_empty() {
                    self.inlines(&milestone.text);
                } else {
                    self.code("#par[");
                    self.inlines(&milestone.text);
                    self.code("]\n");
                }
            }
            self.blocks(&milestone.body);
            self.code("]), ");
        }
        self.code(")\n");
    }
}
