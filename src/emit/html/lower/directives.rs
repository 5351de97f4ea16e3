//! The boxes of a document as HTML: examples, key figures, steps, timelines, voices…

use std::fmt::Write as _;

use ecow::EcoString;

use super::inline::escape;
use super::{Lowering, frise};
use crate::doc::tree::Step;
use crate::doc::{Block, Directive, Exemple, KeyFigure, LinkId, Milestone, Role};
use crate::emit::{calendar, views};
use crate::french::{Locale, When};
use crate::site::{Example, Target};
use crate::territory::Atlas;

impl Lowering<'_> {
    pub(super) fn directive(&mut self, directive: &Directive) {
        let (id, body) = (directive.id.as_ref(), directive.body.as_slice());
        match &directive.role {
            Role::Exemple(exemple) => self.exemple(id, exemple, body),
            Role::Encadre { titre } => self.encadre(id, titre.as_ref(), body),
            Role::Definition { terme } => {
                self.open("dl", "definition", id);
                self.push("<dt><dfn>");
                self.text(terme);
                self.push("</dfn></dt><dd>");
                self.tight(body, body.len() == 1);
                self.push("</dd></dl>\n");
            }
            Role::Citation { auteur, fonction, source } => {
                self.open("figure", "citation", id);
                self.push("<blockquote>");
                self.blocks(body);
                self.push("</blockquote>");
                let source = source.as_ref().map(|source| format!("<cite>{}</cite>", escape(source)));
                self.caption([bold(auteur.as_ref()), fonction.as_ref().map(|text| escape(text)), source]);
                self.push("</figure>\n");
            }
            Role::Voix { qui, role } => {
                self.open("figure", "voix", id);
                self.push("<blockquote>");
                self.blocks(body);
                self.push("</blockquote>");
                let withdrawn = qui.as_ref().is_some_and(|name| views::has_withdrawn(self.page, name));
                let name = if withdrawn { None } else { bold(qui.as_ref()) };
                self.caption([name, role.as_ref().map(|text| escape(text)), None]);
                self.push("</figure>\n");
            }
            Role::Chiffres { source, figures } => self.chiffres(id, source.as_ref(), figures, body),
            Role::Etapes { steps } => {
                self.blocks(body);
                self.etapes(id, steps);
            }
            Role::Trajectoire { milestones } => {
                self.blocks(body);
                if self.style.has_drawings() {
                    self.push(&frise::draw(milestones));
                }
                self.milestones("trajectoire", id, milestones, None);
            }
            Role::Agenda { events } => {
                self.blocks(body);
                let first = self.events;
                self.events += events.len();
                self.milestones("agenda", id, events, Some(first));
            }
            Role::Ressources { titre } => {
                let element = if titre.is_some() { "section" } else { "div" };
                self.open(element, "ressources", id);
                self.title(titre.as_ref());
                self.blocks(body);
                self.push("</");
                self.push(element);
                self.push(">\n");
            }
            Role::Telechargement { fichier, titre } => self.download(id, *fichier, titre.as_ref(), body),
            Role::Video { src, titre, transcription } => self.video(id, *src, titre, *transcription, body),
            Role::Galerie { images } => self.galerie(id, images, body),
            Role::Carte { titre, theme, kit } => self.carte(id, titre.as_ref(), theme.as_ref(), kit.as_ref(), body),
            Role::ALaUne { page } => self.une(*page, body),
            Role::Reprise { exemple } => self.reprise(*exemple, body),
        }
    }

    pub(super) fn open(&mut self, name: &str, class: &str, id: Option<&EcoString>) {
        let _ = write!(self.done.html, "<{name} class=\"{class}\"");
        self.id(id);
        self.push(">\n");
    }

    /// Writes a box's title one level below the last heading of the body.
    fn title(&mut self, title: Option<&EcoString>) {
        let Some(title) = title.filter(|title| !title.is_empty()) else { return };
        let level = (self.level + 1).clamp(2, 6);
        self.level = level;
        let _ = write!(self.done.html, "<h{level}>");
        self.text(title);
        let _ = writeln!(self.done.html, "</h{level}>");
    }

    /// Writes the link to what goes on elsewhere.
    pub(super) fn way_on(&mut self, href: &str, text: &str) {
        self.push("<p class=\"suite\"><a href=\"");
        self.text(href);
        self.push("\">");
        self.text(text);
        self.push("</a></p>\n");
    }

    fn caption(&mut self, parts: [Option<String>; 3]) {
        let text = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        if !text.is_empty() {
            self.push("<figcaption>");
            self.push(&text);
            self.push("</figcaption>");
        }
    }

    /// Writes a date, in `<time>` when HTML can hold it.
    fn date(&mut self, when: &When) {
        let text = when.long(Locale::from_tag(&self.page.language).lang());
        match when.datetime() {
            Some(datetime) => {
                let _ = write!(self.done.html, "<time datetime=\"{datetime}\">");
                self.text(&text);
                self.push("</time>");
            }
            None => {
                self.push("<span class=\"date\">");
                self.text(&text);
                self.push("</span>");
            }
        }
    }

    fn exemple(&mut self, id: Option<&EcoString>, exemple: &Exemple, body: &[Block]) {
        let known = self
            .page
            .examples
            .iter()
            .map(|example| self.cx.site.example(*example))
            .find(|example| Some(&example.anchor) == id);
        self.open("article", "exemple", id);
        self.title(Some(&exemple.titre));
        self.place_line(exemple, known);
        self.blocks(body);
        self.foot(exemple);
        self.push("</article>\n");
    }

    fn place_line(&mut self, exemple: &Exemple, known: Option<&Example>) {
        self.push("<p class=\"lieu\">");
        let word = self.word("corps.exemple");
        self.text(word);
        if let Some(place) = known.and_then(|example| example.place) {
            let (url, label) = (views::territory_url(place), Atlas::get().label(place));
            self.push("\u{a0}· <a href=\"");
            let href = self.style.base.href(&url);
            self.text(&href);
            self.push("\">");
            self.text(&label);
            self.push("</a>");
        } else if let Some(territoire) = &exemple.territoire {
            self.push("\u{a0}· ");
            self.text(territoire);
        }
        if let Some(when) = &exemple.annee {
            self.push("\u{a0}· ");
            self.date(when);
        }
        self.push("</p>\n");
        if let Some(place) = known.and_then(|example| example.place).filter(|_| self.style.has_drawings()) {
            let own = format!("x{}", known.map_or(0, |example| example.id.0));
            let map = views::locator(self.cx, place, &own);
            self.push(&map);
            self.push("\n");
            self.done.has_maps = true;
        }
    }

    fn foot(&mut self, exemple: &Exemple) {
        let lang = Locale::from_tag(&self.page.language).lang();
        let mut parts = Vec::new();
        let mut part = |key: &'static str, text: Option<String>| {
            if let Some(text) = text {
                parts.push(format!("{} {}", escape(self.word(key)), escape(&text)));
            }
        };
        part("corps.avec", exemple.acteurs.as_ref().map(ToString::to_string));
        part("corps.contact", exemple.contact.as_ref().map(ToString::to_string));
        part("corps.source", exemple.source.as_ref().map(ToString::to_string));
        part("corps.verifie", exemple.verifie_le.as_ref().map(|when| when.adverbial(lang)));
        if !parts.is_empty() {
            self.push("<p class=\"pied\">");
            self.push(&parts.join(" · "));
            self.push("</p>\n");
        }
    }

    fn encadre(&mut self, id: Option<&EcoString>, titre: Option<&EcoString>, body: &[Block]) {
        let fictif = titre.is_some_and(|titre| crate::french::fold(titre).contains("fictif"));
        // Without a heading, a section would be an unnamed one in the outline.
        let element = if titre.is_some() { "section" } else { "div" };
        self.open(element, if fictif { "encadre fictif" } else { "encadre" }, id);
        self.title(titre);
        self.blocks(body);
        self.push("</");
        self.push(element);
        self.push(">\n");
    }

    fn chiffres(&mut self, id: Option<&EcoString>, source: Option<&EcoString>, figures: &[KeyFigure], body: &[Block]) {
        self.open("div", "chiffres", id);
        self.push("<ul>\n");
        for figure in figures {
            self.push("<li><b>");
            self.inlines(&figure.value);
            self.push("</b> ");
            self.inlines(&figure.text);
            self.push("</li>\n");
        }
        self.push("</ul>\n");
        self.blocks(body);
        if let Some(source) = source {
            self.push("<p class=\"pied\">");
            let word = self.word("corps.source");
            self.text(word);
            self.push(" ");
            self.text(source);
            self.push("</p>\n");
        }
        self.push("</div>\n");
    }

    fn etapes(&mut self, id: Option<&EcoString>, steps: &[Step]) {
        self.open("ol", "etapes", id);
        for step in steps {
            self.push("<li>");
            // A step that opens with a picture has no title.
            if !step.title.is_empty() {
                self.push("<b>");
                self.inlines(&step.title);
                self.push("</b>");
            }
            if let [Block::Paragraph { text, .. }, rest @ ..] = step.body.as_slice() {
                self.push(if step.title.is_empty() { "" } else { " " });
                self.inlines(text);
                self.blocks(rest);
            } else {
                self.blocks(&step.body);
            }
            self.push("</li>\n");
        }
        self.push("</ol>\n");
    }

    /// Writes dated items; `first` is the place of the first one among the events of the page, for an agenda.
    fn milestones(&mut self, class: &str, id: Option<&EcoString>, milestones: &[Milestone], first: Option<usize>) {
        self.open("ol", class, id);
        for (place, milestone) in milestones.iter().enumerate() {
            match (milestone.when.latest(), first) {
                (None, _) => self.push("<li class=\"ouvert\">"),
                // The day after which a script shows it as over.
                (Some(end), Some(_)) => {
                    let _ = write!(self.done.html, "<li data-fin=\"{end}\">");
                }
                (Some(_), None) => self.push("<li>"),
            }
            self.date(&milestone.when);
            if !milestone.text.is_empty() {
                self.push("<p>");
                self.inlines(&milestone.text);
                self.push("</p>");
            }
            self.blocks(&milestone.body);
            if let Some(first) = first {
                self.calendar_link(first + place, milestone);
            }
            self.push("</li>\n");
        }
        self.push("</ol>\n");
    }

    /// Writes the link to the iCalendar file of an event; its words say which.
    fn calendar_link(&mut self, place: usize, event: &Milestone) {
        let url = self.cx.urls.named(&calendar::event_name(self.page, place)).filter(|_| !self.style.is_plain);
        let Some(href) = url.map(|url| self.style.base.href(url)) else { return };
        let word = self.word("courriel.evenement");
        self.push("<p class=\"suite\"><a href=\"");
        self.text(&href);
        self.push("\">");
        self.text(word);
        self.push("<span class=\"lu\">\u{a0}: ");
        self.text(&calendar::words(self.cx.site, self.page, event));
        self.push("</span></a></p>");
    }

    fn une(&mut self, page: LinkId, body: &[Block]) {
        let Target::Page { page: id, .. } = self.page.target(page) else { return self.blocks(body) };
        let other = self.cx.site.page(*id);
        let card = views::card(self.cx, other);
        self.push("<article class=\"une\">");
        let level = (self.level + 1).clamp(2, 6);
        let href = self.style.base.href(&other.url);
        let _ = write!(self.done.html, "<h{level}><a href=\"{}\">", escape(&href));
        self.text(&other.title);
        let _ = write!(self.done.html, "</a></h{level}>\n<p class=\"lieu\">");
        self.text(&card.kind_label);
        if let Some(place) = &card.place {
            self.push(" · ");
            self.text(&place.title);
        }
        self.push("</p>\n");
        if body.is_empty() && !other.summary.is_empty() {
            self.push("<p>");
            self.text(&other.summary);
            self.push("</p>\n");
        }
        self.blocks(body);
        self.push("</article>\n");
    }

    fn reprise(&mut self, link: LinkId, body: &[Block]) {
        let Target::Example(id) = self.page.target(link) else { return self.blocks(body) };
        let example = self.cx.site.example(*id);
        let home = self.cx.site.page(example.page);
        self.open("article", "exemple reprise", None);
        self.title(Some(&example.exemple.titre));
        self.place_line(&example.exemple, Some(example));
        if let Some(directive) = crate::doc::find_directive(&home.document, &example.anchor) {
            let style = super::Style { has_anchors: false, ..self.style.clone() };
            let taken = super::example(self.cx, example, style, self.level, &directive.body);
            self.push(&taken.html);
            self.done.has_code |= taken.has_code;
            self.done.has_maps |= taken.has_maps;
        }
        self.foot(&example.exemple);
        let (url, at) = self.cx.site.example_url(example);
        let href = format!("{}#{at}", self.style.base.href(&url));
        let text = self.word("corps.lire_dans").replace("{x}", &self.cx.site.reference(home));
        self.way_on(&href, &text);
        self.blocks(body);
        self.push("</article>\n");
    }
}

fn bold(name: Option<&EcoString>) -> Option<String> {
    name.map(|name| format!("<b>{}</b>", escape(name)))
}
