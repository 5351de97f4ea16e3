//! Files to take away, videos, galleries and maps as HTML.

use std::fmt::Write as _;

use ecow::EcoString;

use super::Lowering;
use crate::doc::{Block, Figure, LinkId};
use crate::emit::views;
use crate::site::Target;
use crate::territory::Atlas;

impl Lowering<'_> {
    pub(super) fn download(&mut self, id: Option<&EcoString>, file: LinkId, titre: Option<&EcoString>, body: &[Block]) {
        let Some(link) = self.resolved(file) else { return self.blocks(body) };
        let _ = write!(self.done.html, "<p class=\"telechargement\"");
        self.id(id);
        self.push("><a href=\"");
        self.text(&link.href);
        self.push(if link.is_external { "\" rel=\"external\">" } else { "\">" });
        let name = titre.cloned().unwrap_or_else(|| self.name(file));
        self.text(&name);
        if let Some(weight) = &link.weight {
            self.push(" <span class=\"poids\">(");
            self.text(weight);
            self.push(")</span>");
        }
        self.push("</a></p>\n");
        self.blocks(body);
    }

    pub(super) fn video(
        &mut self,
        id: Option<&EcoString>,
        src: LinkId,
        titre: &EcoString,
        transcription: Option<LinkId>,
        body: &[Block],
    ) {
        match self.page.target(src) {
            Target::External(address) => {
                let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or(address);
                let note = self.word("corps.video_sur").replace("{x}", host);
                let _ = write!(self.done.html, "<p class=\"video\"");
                self.id(id);
                self.push("><a href=\"");
                self.text(address);
                self.push("\" rel=\"external\">");
                self.text(titre);
                self.push(" <span class=\"poids\">(");
                self.text(&note);
                self.push(")</span></a></p>\n");
            }
            _ => {
                let Some(href) = self.href(src) else { return self.blocks(body) };
                self.push("<figure class=\"video\" role=\"figure\" aria-label=\"");
                self.text(titre);
                self.push("\"");
                self.id(id);
                self.push("><video controls preload=\"none\" src=\"");
                self.text(&href);
                self.push("\"></video><figcaption>");
                self.text(titre);
                self.push("</figcaption></figure>\n");
            }
        }
        if let Some(href) = transcription.and_then(|link| self.href(link)) {
            let text = self.word("corps.transcription").replace("{x}", titre);
            self.way_on(&href, &text);
        }
        self.blocks(body);
    }

    pub(super) fn galerie(&mut self, id: Option<&EcoString>, images: &[Figure], body: &[Block]) {
        self.blocks(body);
        self.open("ul", "galerie", id);
        for figure in images {
            self.push("<li>");
            self.figure(figure);
            self.push("</li>\n");
        }
        self.push("</ul>\n");
    }

    pub(super) fn carte(
        &mut self,
        id: Option<&EcoString>,
        titre: Option<&EcoString>,
        theme: Option<&EcoString>,
        kit: Option<&EcoString>,
        body: &[Block],
    ) {
        self.blocks(body);
        let map = views::map_of(self.cx, self.page, &self.style.base, theme, kit);
        if map.places.is_empty() {
            return;
        }
        let title = titre.map_or_else(|| self.word("corps.carte").to_owned(), ToString::to_string);
        if self.style.has_drawings() {
            self.push("<figure class=\"carte carte-outil\" role=\"figure\" aria-label=\"");
            self.text(&title);
            self.push("\"");
            self.id(id);
            self.map_data(&map);
            self.push(">");
            self.push(&map.svg);
            self.push("<figcaption>");
            self.text(&title);
            self.push("</figcaption></figure>\n");
        }
        self.push("<ul class=\"lieux\">\n");
        for (place, links) in &map.places {
            let href = self.style.base.href(&views::territory_url(*place));
            self.push("<li><a href=\"");
            self.text(&href);
            self.push("\">");
            self.text(&Atlas::get().label(*place));
            self.push("</a>");
            let word = if self.page.language.starts_with("fr") { "\u{a0}: " } else { ": " };
            self.push(word);
            for (place, link) in links.iter().enumerate() {
                self.push(if place == 0 { "<a href=\"" } else { ", <a href=\"" });
                self.text(&link.url);
                self.push("\">");
                self.text(&link.title);
                self.push("</a>");
            }
            self.push("</li>\n");
        }
        self.push("</ul>\n");
    }

    /// Writes what the script of the map reads: where the inventory is, and what of it the map shows.
    fn map_data(&mut self, map: &views::MapOf) {
        let Some(url) = self.cx.urls.named("inventaire") else { return };
        let href = self.style.base.href(url);
        let mut data = vec![("inventaire", href), ("mots", views::words(self.cx, "carte_outil.", views::MAP_WORDS))];
        data.push(("nature", "exemple".to_owned()));
        data.extend(map.theme.clone().map(|theme| ("theme", theme)));
        data.extend(map.kit.clone().map(|kit| ("kit", kit)));
        if map.only_page {
            data.push(("page", self.page.url.to_string()));
        }
        for (name, value) in data {
            let _ = write!(self.done.html, " data-{name}=\"");
            self.text(&value);
            self.push("\"");
        }
    }
}
