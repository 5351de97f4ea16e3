//! The boxes of an issue in its text part.

use super::Text;
use crate::doc::{Block, Directive, Exemple, LinkId, Milestone, Role};
use crate::emit::views;
use crate::site::Target;
use crate::territory::Atlas;

impl Text<'_> {
    pub(super) fn directive(&mut self, directive: &Directive) {
        let body = directive.body.as_slice();
        match &directive.role {
            Role::Exemple(exemple) => self.exemple(exemple, body),
            Role::Encadre { titre } | Role::Ressources { titre } => {
                self.title(titre.as_deref());
                self.blocks(body);
            }
            Role::Definition { terme } => {
                self.title(Some(terme));
                self.blocks(body);
            }
            Role::Citation { auteur, fonction, source } => {
                self.saying(body, [auteur.as_deref(), fonction.as_deref(), source.as_deref()])
            }
            Role::Voix { qui, role } => {
                let name = qui.as_deref().filter(|name| !views::has_withdrawn(self.ways.page, name));
                self.saying(body, [name, role.as_deref(), None]);
            }
            Role::Chiffres { source, figures } => {
                for figure in figures {
                    let line = format!("{} {}", self.inlines(&figure.value), self.inlines(&figure.text));
                    self.item("- ", |text| text.line(&line));
                }
                self.gap();
                self.blocks(body);
                if let Some(source) = source {
                    let line = format!("{} {source}", self.word("corps.source"));
                    self.paragraph(&line);
                }
            }
            Role::Etapes { steps } => {
                self.blocks(body);
                for (place, step) in steps.iter().enumerate() {
                    let title = self.inlines(&step.title);
                    self.item(&format!("{}. ", place + 1), |text| match step.body.as_slice() {
                        [Block::Paragraph { text: line, .. }, rest @ ..] => {
                            let line = text.inlines(line);
                            text.line(&format!("{title} {line}"));
                            text.blocks(rest);
                        }
                        body => {
                            text.line(&title);
                            text.blocks(body);
                        }
                    });
                }
                self.gap();
            }
            Role::Trajectoire { milestones } | Role::Agenda { events: milestones } => {
                self.blocks(body);
                self.dated(milestones);
            }
            Role::Telechargement { fichier, titre } => {
                self.named_link(*fichier, titre.as_deref());
                self.blocks(body);
            }
            Role::Video { src, titre, transcription } => {
                let text = self.word("courriel.voir_video").replace("{x}", titre);
                self.named_link(*src, Some(&text));
                if let Some(link) = transcription {
                    let text = self.word("corps.transcription").replace("{x}", titre);
                    self.named_link(*link, Some(&text));
                }
                self.blocks(body);
            }
            Role::Galerie { images } => {
                self.blocks(body);
                for figure in images {
                    self.figure(figure);
                }
            }
            Role::Carte { titre, theme, kit } => {
                self.blocks(body);
                self.title(titre.as_deref());
                let map = views::map_of(self.ways.cx, self.ways.page, self.ways.base, theme.as_ref(), kit.as_ref());
                let colon = if self.ways.page.language.starts_with("fr") { "\u{a0}: " } else { ": " };
                for (place, titles) in &map.titles() {
                    let number = self.number(&self.ways.base.href(&views::territory_url(*place)));
                    let line = format!("{}\u{a0}{number}{colon}{}", Atlas::get().label(*place), titles.join(", "));
                    self.item("- ", |text| text.line(&line));
                }
                self.gap();
            }
            Role::ALaUne { page } => self.card(*page, body),
            Role::Reprise { exemple } => self.reprise(*exemple, body),
        }
    }

    fn title(&mut self, title: Option<&str>) {
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            self.underlined(title, '.');
        }
    }

    fn saying(&mut self, body: &[Block], who: [Option<&str>; 3]) {
        self.quoted(body);
        let who = who.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        if !who.is_empty() {
            self.paragraph(&format!("– {who}"));
        }
    }

    fn exemple(&mut self, exemple: &Exemple, body: &[Block]) {
        let known = self
            .ways
            .page
            .examples
            .iter()
            .map(|id| self.ways.cx.site.example(*id))
            .find(|known| known.exemple.titre == exemple.titre);
        let place = known
            .and_then(|known| known.place)
            .map(|place| Atlas::get().label(place))
            .or_else(|| exemple.territoire.as_ref().map(ToString::to_string));
        let year = exemple.annee.as_ref().map(|when| when.long(views::lang(self.ways.page)));
        self.title(Some(&exemple.titre));
        let parts = [Some(self.word("corps.exemple").to_owned()), place, year];
        self.paragraph(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        self.blocks(body);
    }

    fn reprise(&mut self, link: LinkId, body: &[Block]) {
        let Target::Example(id) = self.ways.page.target(link) else { return self.blocks(body) };
        let site = self.ways.cx.site;
        let example = site.example(*id);
        let home = site.page(example.page);
        if let Some(directive) = crate::doc::find_directive(&home.document, &example.anchor) {
            let here = self.ways;
            self.ways = here.on(home);
            self.exemple(&example.exemple, &directive.body);
            self.ways = here;
        }
        let (url, at) = site.example_url(example);
        let number = self.number(&format!("{}#{at}", self.ways.base.href(&url)));
        let text = self.word("corps.lire_dans").replace("{x}", &site.reference(home));
        self.paragraph(&format!("{text}\u{a0}{number}"));
        self.blocks(body);
    }

    fn dated(&mut self, milestones: &[Milestone]) {
        let lang = views::lang(self.ways.page);
        for milestone in milestones {
            self.line(&milestone.when.long(lang));
            let line = self.inlines(&milestone.text);
            self.item("    ", |text| {
                text.paragraph(&line);
                text.blocks(&milestone.body);
            });
            self.gap();
        }
    }

    fn card(&mut self, link: LinkId, body: &[Block]) {
        let Target::Page { page: id, .. } = self.ways.page.target(link) else { return self.blocks(body) };
        let other = self.ways.cx.site.page(*id);
        let card = views::card(self.ways.cx, other);
        let number = self.number(&self.ways.base.href(&other.url));
        self.underlined(&format!("{}\u{a0}{number}", other.title), '.');
        let mut label = card.kind_label.clone();
        if let Some(number) = card.number.as_ref().filter(|_| card.kind == "fiche") {
            label.push(' ');
            label.push_str(number);
        }
        if let Some(place) = &card.place {
            label.push_str(" · ");
            label.push_str(&place.title);
        }
        self.paragraph(&label);
        if body.is_empty() {
            self.paragraph(&card.summary);
        }
        self.blocks(body);
    }

    fn named_link(&mut self, to: LinkId, text: Option<&str>) {
        let Some(way) = self.ways.link(to) else { return };
        let words = text.unwrap_or(&way.label);
        let weight = way.weight.as_ref().map(|weight| format!(" ({weight})")).unwrap_or_default();
        let number = self.number(&way.href);
        self.paragraph(&format!("{words}{weight}\u{a0}{number}"));
    }
}
