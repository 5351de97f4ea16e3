//! Lowers the directives that show or offer something else: files, videos, galleries, maps, cards of other pages.

use ecow::EcoString;

use super::Lowering;
use crate::diag::Span;
use crate::doc::{Block, Figure, LinkId};
use crate::emit::pdf::around::Destination;
use crate::emit::pdf::literal::push_string;
use crate::emit::pdf::plain;
use crate::emit::pdf::words::phrase;

impl<'a> Lowering<'a, '_> {
    pub(super) fn download(&mut self, id: Option<&str>, fichier: LinkId, titre: Option<&str>, body: &'a [Block]) {
        let around = self.around;
        let way = around.ways.get(fichier.0 as usize);
        self.open("telechargement", id);
        self.brief(body);
        self.code("lien: [");
        let open = way.is_some_and(|way| self.open_link(&way.to));
        let title = titre.filter(|titre| !titre.is_empty()).or(way.map(|way| way.title.as_str())).unwrap_or_default();
        self.text(title);
        if let Some(weight) = way.and_then(|way| way.weight.as_ref()) {
            self.code("#poids(");
            self.literal(weight);
            self.code(");");
        }
        if open {
            self.code("];");
        }
        if let Some(Destination::Elsewhere(address)) = way.map(|way| &way.to) {
            self.address(address, title);
        }
        self.code("], ");
        self.close(body);
    }

    pub(super) fn video(
        &mut self,
        id: Option<&str>,
        src: LinkId,
        titre: &str,
        transcription: Option<LinkId>,
        body: &'a [Block],
    ) {
        let around = self.around;
        let words = &around.words;
        let way = around.ways.get(src.0 as usize);
        self.open("video", id);
        self.brief(body);
        self.code("lien: [");
        let open = way.is_some_and(|way| self.open_link(&way.to));
        self.text(titre);
        let (address, weight) = match way.map(|way| &way.to) {
            Some(Destination::Elsewhere(address)) => {
                let shown = plain::shown_address(address);
                let host = shown.split('/').next().unwrap_or_default().to_owned();
                (Some(address), Some(phrase(&words.video_on, &host)))
            }
            Some(Destination::Here(address)) => (Some(address), None),
            Some(Destination::Nowhere | Destination::Inside(_)) | None => (None, None),
        };
        if let Some(weight) = weight {
            self.code("#poids(");
            self.literal(&weight);
            self.code(");");
        }
        if open {
            self.code("];");
        }
        if let Some(address) = address {
            self.address(address, titre);
        }
        self.code("], ");
        if let Some(way) = transcription.and_then(|link| around.ways.get(link.0 as usize)) {
            self.code("suite: [");
            let open = self.open_link(&way.to);
            self.text(&phrase(&words.transcription, titre));
            if open {
                self.code("];");
            }
            self.code("], ");
        }
        self.close(body);
    }

    pub(super) fn gallery(&mut self, id: Option<&str>, images: &'a [Figure], body: &'a [Block]) {
        self.blocks(body);
        self.open("galerie", id);
        self.narrow(1);
        for image in images {
            self.code("[");
            self.figure(image);
            self.code("], ");
        }
        self.code(")\n");
    }

    pub(super) fn map(&mut self, id: Option<&str>, titre: Option<&str>, place: Span, body: &'a [Block]) {
        let around = self.around;
        self.open("carte", id);
        if let Some(map) = around.maps.get(&place) {
            let titre = titre.unwrap_or(&around.words.map);
            self.argument("titre", Some(titre));
            self.code("image-carte: ");
            push_string(&mut self.markup.text, &map.picture);
            self.code(", ");
            self.argument("alt", Some(titre));
            self.code("lieux: (");
            for (place, titles) in &map.list {
                self.code("(");
                self.literal(place);
                self.code(", ");
                self.literal(titles);
                self.code("), ");
            }
            self.code("), ");
        }
        self.close(body);
    }

    pub(super) fn card(&mut self, id: Option<&str>, page: LinkId, body: &'a [Block]) {
        let around = self.around;
        let level = self.below();
        self.open("une", id);
        self.brief(body);
        if let Some(card) = around.cards.get(&page) {
            self.code(&format!("niveau: {level}, titre: ["));
            let open = self.open_link(&card.to);
            self.text(&card.title);
            if open {
                self.code("];");
            }
            self.code("], ");
            self.argument("ligne", Some(&card.line));
            self.argument("resume", Some(&card.summary).filter(|_| body.is_empty()).map(EcoString::as_str));
        }
        self.close(body);
    }
}
