//! The boxes of an issue in its e-mail: cards, agenda, key figures, steps, voices…

use std::fmt::Write as _;

use super::{Lowering, picture};
use crate::doc::tree::Step;
use crate::doc::{Block, Directive, Exemple, KeyFigure, LinkId, Milestone, Role};
use crate::emit::html::lower::escape;
use crate::emit::mail::look::{SANS, SERIF};
use crate::emit::{calendar, views};
use crate::french::When;
use crate::site::{Page, Target};
use crate::territory::Atlas;

/// The room inside a card, in pixels.
const CARD: u32 = 492;

impl Lowering<'_> {
    pub(super) fn directive(&mut self, directive: &Directive) {
        let body = directive.body.as_slice();
        match &directive.role {
            Role::Exemple(exemple) => self.exemple(exemple, body),
            Role::Encadre { titre } => {
                self.open_box();
                self.title(titre.as_deref().unwrap_or_default());
                self.blocks(body);
                self.close_box();
            }
            Role::Definition { terme } => {
                self.open_box();
                self.title(terme);
                self.blocks(body);
                self.close_box();
            }
            Role::Citation { auteur, fonction, source } => {
                let source = source.as_ref().map(|source| format!("<cite>{}</cite>", escape(source)));
                self.saying(body, [bold(auteur.as_deref()), fonction.as_deref().map(escape), source]);
            }
            Role::Voix { qui, role } => {
                let name = qui.as_deref().filter(|name| !views::has_withdrawn(self.ways.page, name));
                self.saying(body, [bold(name), role.as_deref().map(escape), None]);
            }
            Role::Chiffres { source, figures } => {
                self.figures(figures);
                self.blocks(body);
                if let Some(source) = source {
                    let html = format!("{} {}", escape(self.word("corps.source")), escape(source));
                    self.small(&html);
                }
            }
            Role::Etapes { steps } => {
                self.blocks(body);
                self.steps(steps);
            }
            Role::Trajectoire { milestones } => {
                self.blocks(body);
                self.dated(milestones, false);
            }
            Role::Agenda { events } => {
                self.blocks(body);
                self.dated(events, true);
            }
            Role::Ressources { titre } => {
                self.title(titre.as_deref().unwrap_or_default());
                self.blocks(body);
            }
            Role::Telechargement { fichier, titre } => {
                if let Some(way) = self.ways.link(*fichier) {
                    let text = titre.as_deref().unwrap_or(&way.label);
                    let text =
                        way.weight.as_ref().map_or_else(|| text.to_owned(), |weight| format!("{text} ({weight})"));
                    self.button(&way.href, &text, None);
                }
                self.blocks(body);
            }
            Role::Video { src, titre, transcription } => {
                if let Some(way) = self.ways.link(*src) {
                    let text = self.word("courriel.voir_video").replace("{x}", titre);
                    self.button(&way.href, &text, None);
                }
                if let Some(way) = transcription.and_then(|link| self.ways.link(link)) {
                    let text = self.word("corps.transcription").replace("{x}", titre);
                    self.line_link(&way.href, &text);
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
                let map = views::map_of(self.ways.cx, self.ways.page, self.ways.base, theme.as_ref(), kit.as_ref());
                if let Some(title) = titre {
                    self.title(title);
                }
                self.places(&map.titles());
            }
            Role::ALaUne { page } => self.card(*page, body),
            Role::Reprise { exemple } => self.reprise(*exemple, body),
        }
    }

    fn places(&mut self, places: &[(crate::territory::PlaceId, Vec<String>)]) {
        if places.is_empty() {
            return;
        }
        self.push("<ul style=\"margin:0 0 16px;padding:0 0 0 24px\">\n");
        for (place, titles) in places {
            self.push("<li style=\"margin:0 0 8px\">");
            let href = self.ways.base.href(&views::territory_url(*place));
            self.open_link(&href);
            self.text(&Atlas::get().label(*place));
            self.push("</a>");
            self.push(if self.ways.page.language.starts_with("fr") { "\u{a0}: " } else { ": " });
            self.text(&titles.join(", "));
            self.push("</li>\n");
        }
        self.push("</ul>\n");
    }

    /// Writes what somebody said, and who.
    fn saying(&mut self, body: &[Block], parts: [Option<String>; 3]) {
        self.quoted(body);
        let who = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        if !who.is_empty() {
            self.small(&format!("– {who}"));
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
        let year = exemple.annee.as_ref().map(|when| self.long(when));
        let parts = [Some(self.word("corps.exemple").to_owned()), place, year];
        self.open_box();
        self.label(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        self.title(&exemple.titre);
        self.blocks(body);
        self.close_box();
    }

    fn reprise(&mut self, link: LinkId, body: &[Block]) {
        let Target::Example(id) = self.ways.page.target(link) else { return self.blocks(body) };
        let site = self.ways.cx.site;
        let example = site.example(*id);
        let home = site.page(example.page);
        if let Some(directive) = crate::doc::find_directive(&home.document, &example.anchor) {
            let mut lowering = Lowering { level: self.level, ..Lowering::new(self.ways.on(home), self.look) };
            lowering.exemple(&example.exemple, &directive.body);
            self.push(&lowering.html);
        }
        let (url, at) = site.example_url(example);
        let text = self.word("corps.lire_dans").replace("{x}", &site.reference(home));
        self.line_link(&format!("{}#{at}", self.ways.base.href(&url)), &text);
        self.blocks(body);
    }

    /// Writes key figures side by side, one under the other where there is no room.
    fn figures(&mut self, figures: &[KeyFigure]) {
        let fort = self.look.fort.clone();
        self.push("<div style=\"margin:0 0 12px;font-size:0\">\n");
        for figure in figures {
            let _ = write!(
                self.html,
                "<div style=\"display:inline-block;width:100%;max-width:256px;vertical-align:top\"><p style=\"margin:0 12px 16px 0;font-size:16px;line-height:23px\">\
                 <span class=\"ac\" style=\"font-family:{SERIF};font-size:36px;line-height:42px;color:{fort}\">"
            );
            self.inlines(&figure.value);
            self.push("</span><br>");
            self.inlines(&figure.text);
            self.push("</p></div>\n");
        }
        self.push("</div>\n");
    }

    fn steps(&mut self, steps: &[Step]) {
        self.push("<ol style=\"margin:0 0 16px;padding:0 0 0 28px\">\n");
        for step in steps {
            self.push("<li style=\"margin:0 0 12px\"><strong>");
            self.inlines(&step.title);
            self.push("</strong> ");
            self.tight(&step.body, step.body.len() == 1);
            self.push("</li>\n");
        }
        self.push("</ol>\n");
    }

    fn long(&self, when: &When) -> String {
        when.long(views::lang(self.ways.page))
    }

    /// Writes dated lines: the date beside the text, above it where there is no room. What was over when the issue
    /// came out is fainter.
    fn dated(&mut self, milestones: &[Milestone], is_agenda: bool) {
        let issued = self.ways.page.fields.when("date").map(When::earliest);
        let filet = self.look.filet.clone();
        for milestone in milestones {
            let is_past =
                is_agenda && issued.is_some_and(|issued| milestone.when.latest().is_some_and(|end| end < issued));
            let (class, colour) =
                if is_past { ("do", self.look.encre_douce.clone()) } else { ("ac", self.look.fort.clone()) };
            let text_style = if is_past { format!(";color:{colour}") } else { String::new() };
            let _ = write!(
                self.html,
                "<div class=\"fi\" style=\"padding:12px 0 0;border-top:1px solid {filet};font-size:0\">\
                 <div style=\"display:inline-block;width:100%;max-width:168px;vertical-align:top\">\
                 <p class=\"{class}\" style=\"margin:0 12px 4px 0;font-family:{SERIF};font-size:18px;line-height:25px;color:{colour}\">"
            );
            self.text(&self.long(&milestone.when));
            let _ = write!(
                self.html,
                "</p></div>\n<div{} style=\"display:inline-block;width:100%;max-width:366px;vertical-align:top;font-size:16px;line-height:25px{text_style}\">",
                if is_past { " class=\"do\"" } else { "" }
            );
            if !milestone.text.is_empty() {
                self.paragraph("margin:0 0 12px", &milestone.text);
            }
            self.blocks(&milestone.body);
            self.push("</div></div>\n");
        }
        if let Some(calendar) =
            calendar::address(self.ways.page).filter(|_| is_agenda && self.ways.cx.site.config.wants("calendrier"))
        {
            let href = self.ways.base.href(&calendar);
            self.push("<div class=\"fi\" style=\"padding:12px 0 0;border-top:1px solid ");
            self.push(&filet);
            self.push("\">");
            self.line_link(&href, self.word("courriel.agenda"));
            self.push("</div>\n");
        }
    }

    /// Writes the card of another page of the site: its image, its title, its place, a button.
    fn card(&mut self, link: LinkId, body: &[Block]) {
        let Target::Page { page: id, .. } = self.ways.page.target(link) else { return self.blocks(body) };
        let cx = self.ways.cx;
        let other = cx.site.page(*id);
        let card = views::card(cx, other);
        let href = self.ways.base.href(&other.url);
        self.open_box();
        if let Some(html) = self.card_image(other, &href) {
            self.push(&html);
        }
        let mut label = card.kind_label.clone();
        if let Some(number) = card.number.as_ref().filter(|_| card.kind == "fiche") {
            let _ = write!(label, " {number}");
        }
        if let Some(place) = &card.place {
            let _ = write!(label, " · {}", place.title);
        }
        self.label(&label);
        let level = (self.level + 1).clamp(2, 6);
        let encre = self.look.encre.clone();
        let _ = write!(
            self.html,
            "<h{level} style=\"margin:0 0 8px;font-family:{SERIF};font-size:24px;line-height:30px;font-weight:normal\">\
             <a class=\"te\" href=\"{}\" style=\"color:{encre};text-decoration:none\">",
            escape(&href)
        );
        self.text(&other.title);
        self.push("</a>");
        self.close_heading(level);
        if body.is_empty() && !card.summary.is_empty() {
            self.push("<p style=\"margin:0 0 16px\">");
            self.text(&card.summary);
            self.push("</p>\n");
        }
        self.blocks(body);
        let text = self.word(match card.kind.as_str() {
            "fiche" => "courriel.lire_fiche",
            "recit" => "courriel.lire_recit",
            "numero" => "courriel.lire_numero",
            _ => "courriel.lire_page",
        });
        let colon = if self.ways.page.language.starts_with("fr") { "\u{a0}: " } else { ": " };
        self.button(&href, text, Some(&format!("{text}{colon}{}", other.title)));
        self.close_box();
    }

    fn card_image(&self, other: &Page, href: &str) -> Option<String> {
        let asset = self.ways.cx.site.asset(other.image?);
        let shown = self.ways.asset(asset);
        let alt =
            other.fields.map("image").and_then(|image| image.text("alt")).map(ToString::to_string).unwrap_or_default();
        if shown.is_drawing {
            return None;
        }
        let html = picture(self.look, &shown.src, shown.size, &alt, CARD);
        // The title below leads to the same page: an image without words is not one more link.
        Some(if alt.is_empty() {
            format!("<p style=\"margin:0 0 16px\">{html}</p>\n")
        } else {
            format!(
                "<p style=\"margin:0 0 16px\"><a href=\"{}\" style=\"text-decoration:none\">{html}</a></p>\n",
                escape(href)
            )
        })
    }

    /// Writes a button that needs neither image nor VML: a cell with a ground, and a link that fills it.
    pub(super) fn button(&mut self, href: &str, text: &str, label: Option<&str>) {
        let (fort, on) = (&self.look.fort, &self.look.sur_fort);
        let label = label.map(|label| format!(" aria-label=\"{}\"", escape(label))).unwrap_or_default();
        let _ = writeln!(
            self.html,
            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px\"><tr><td bgcolor=\"{fort}\" \
             style=\"background-color:{fort};mso-padding-alt:11px 20px\"><a href=\"{}\"{label} style=\"display:inline-block;padding:11px 20px;font-family:{SANS};\
             font-size:15px;line-height:20px;font-weight:bold;color:{on};text-decoration:none\">{}</a></td></tr></table>",
            escape(href),
            escape(text)
        );
    }

    fn line_link(&mut self, href: &str, text: &str) {
        self.push("<p style=\"margin:0 0 16px;font-size:16px;line-height:25px\">");
        self.open_link(href);
        self.text(text);
        self.push("</a></p>\n");
    }
}

fn bold(name: Option<&str>) -> Option<String> {
    name.map(|name| format!("<strong>{}</strong>", escape(name)))
}
