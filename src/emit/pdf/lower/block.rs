//! Lowers what stands on its own lines.

use super::flat::{BOX, DEEPEST, LIGHT, cost};
use super::{Lowering, Origin};
use crate::doc::{AlertKind, Block, Entry, Figure, Heading, Inline, Item, List};
use crate::emit::pdf::around::Levers;
use crate::emit::pdf::glyphs::breakable;
use crate::emit::pdf::literal::push_string;
use crate::emit::pdf::plain;

impl<'a> Lowering<'a, '_> {
    /// Lowers the blocks of a page: what follows « En savoir plus » stands in a box of its own.
    pub(super) fn top(&mut self, blocks: &'a [Block]) {
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            at += 1;
            let Block::Heading(heading) = block else {
                self.block(block);
                continue;
            };
            if !is_resources(heading) {
                self.heading(heading);
                continue;
            }
            let rest = &blocks[at..];
            let end =
                rest.iter().position(|block| matches!(block, Block::Heading(next) if next.level <= heading.level));
            let inside = &rest[..end.unwrap_or(rest.len())];
            self.code("#ressources(titre: [");
            self.heading(heading);
            self.code("])[\n");
            self.blocks(inside);
            self.code("]\n");
            at += inside.len();
        }
    }

    /// Lowers blocks one after the other.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// Lowers blocks whose first paragraph stands on the line of what opens them: a bullet, a note's number.
    pub(super) fn tight(&mut self, blocks: &'a [Block]) {
        let Some((Block::Paragraph { text, span }, rest)) = blocks.split_first() else {
            return self.blocks(blocks);
        };
        self.spanned(*span, |this| this.inlines(text));
        if !rest.is_empty() {
            self.code("\n\n");
            self.blocks(rest);
        }
    }

    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Paragraph { text, span } => self.spanned(*span, |this| this.paragraph(text)),
            Block::Heading(heading) => self.heading(heading),
            Block::List(list) => self.contain(LIGHT, |this| this.list(list), |this| this.flat_list(list)),
            Block::Quote(body) => {
                self.contain(LIGHT, |this| this.boxed("#quote(block: true)[", body), |this| this.blocks(body))
            }
            Block::Alert { kind, body } => {
                self.contain(BOX, |this| this.alert(*kind, body), |this| this.flat_alert(*kind, body))
            }
            Block::Code { language: _, text, span } => self.spanned(*span, |this| this.listing(text)),
            Block::Table(table) => self.spanned(table.span, |this| this.table(table)),
            Block::Definitions(entries) => {
                self.contain(LIGHT, |this| this.definitions(entries), |this| this.flat_definitions(entries))
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Html(html) => self.html(html),
            Block::Rule => self.code("#filet()\n"),
            Block::Directive(directive) => {
                self.spanned(directive.span, |this| {
                    this.contain(cost(directive), |this| this.role(directive), |this| this.flat_directive(directive));
                });
            }
        }
    }

    /// Runs `write` one level deeper, or `flat` when the layout cannot go that deep.
    fn contain(&mut self, cost: u8, write: impl FnOnce(&mut Self), flat: impl FnOnce(&mut Self)) {
        if self.cost + cost > DEEPEST {
            let origin = Origin { file: self.around.file, span: self.span };
            self.markup.flattened.push(origin);
            return flat(self);
        }
        let above = self.level;
        self.depth += 1;
        self.cost += cost;
        write(self);
        self.cost -= cost;
        self.depth -= 1;
        self.level = above;
    }

    pub(super) fn paragraph(&mut self, text: &'a [Inline]) {
        if text.iter().all(|inline| matches!(inline, Inline::SoftBreak | Inline::HardBreak)) {
            return;
        }
        self.code("#par[");
        self.inlines(text);
        self.code("]\n");
    }

    fn boxed(&mut self, open: &str, body: &'a [Block]) {
        self.code(open);
        self.code("\n");
        self.blocks(body);
        self.code("]\n");
    }

    fn heading(&mut self, heading: &'a Heading) {
        // A heading that shows nothing would be refused; what it holds is kept.
        if self.is_blank(&plain::of_inlines(&heading.text)) {
            return self.spanned(heading.span, |this| this.paragraph(&heading.text));
        }
        // A level deeper by two than the last one would be refused.
        let wanted = heading.level.max(2) + self.around.above;
        let level = wanted.min(self.level + 1).min(6);
        self.level = level;
        let is_lever = heading.level == 2 && !heading.outside_levers && self.around.levers != Levers::None;
        self.spanned(heading.span, |this| {
            this.code(&format!("#titre({level}, "));
            if this.around.above > 0 {
                let style = level - this.around.above;
                this.code(&format!("style: {style}, "));
            }
            if is_lever && this.around.levers == Levers::Numbered {
                this.lever += 1;
                let number = this.lever;
                this.code(&format!("levier: {number}, "));
            }
            this.anchor(Some(&heading.id));
            this.code(")[");
            this.in_heading = true;
            this.inlines(&heading.text);
            this.in_heading = false;
            this.code("]\n");
        });
    }

    fn list(&mut self, list: &'a List) {
        let tasks = list.items.iter().any(|item| item.task.is_some());
        if tasks {
            self.code("#taches((");
            for item in &list.items {
                let words = &self.around.words;
                let (state, said) = match item.task {
                    Some(true) => ("true", words.done.trim_end()),
                    Some(false) => ("false", words.to_do.trim_end()),
                    None => ("none", ""),
                };
                self.code(&format!("({state}, "));
                self.literal(said);
                self.code(", [");
                self.item(item);
                self.code("]), ");
            }
            return self.code("))\n");
        }
        match list.start {
            None => self.code("#list("),
            Some(start) => self.code(&format!("#enum(start: {}, ", start.min(i64::MAX as u64))),
        }
        self.code(if list.tight { "tight: true, " } else { "tight: false, " });
        for item in &list.items {
            self.code("[");
            self.item(item);
            self.code("], ");
        }
        self.code(")\n");
    }

    fn item(&mut self, item: &'a Item) {
        self.spanned(item.span, |this| this.tight(&item.body));
    }

    fn alert(&mut self, kind: AlertKind, body: &'a [Block]) {
        let (name, label) = self.alert_name(kind);
        self.code(&format!("#alerte(\"{name}\", "));
        self.literal(label);
        self.code(", ");
        self.brief(body);
        self.boxed(")[", body);
    }

    /// The layout's name of an alert, and the word that opens it.
    pub(super) fn alert_name(&self, kind: AlertKind) -> (&'static str, &'a str) {
        let words = &self.around.words;
        match kind {
            AlertKind::Note => ("note", &words.note),
            AlertKind::Tip => ("astuce", &words.tip),
            AlertKind::Important => ("important", &words.important),
            AlertKind::Warning => ("attention", &words.warning),
            AlertKind::Caution => ("danger", &words.caution),
        }
    }

    fn listing(&mut self, text: &str) {
        let origin = Origin { file: self.around.file, span: self.span };
        let lost = &mut self.markup.lost;
        let lines: Vec<String> = text
            .trim_end_matches('\n')
            .split('\n')
            .map(|line| {
                let line = line.replace('\t', "    ");
                breakable(&self.coverage.settle(&line, &mut |what| lost.push((what, origin)))).into_owned()
            })
            .collect();
        self.code("#raw(block: true, ");
        push_string(&mut self.markup.text, &lines.join("\n"));
        self.code(")\n");
    }

    fn definitions(&mut self, entries: &'a [Entry]) {
        self.code("#terms(tight: false, ");
        for entry in entries {
            self.code("terms.item[");
            self.inlines(&entry.term);
            self.code("][");
            match entry.definitions.as_slice() {
                [one] => self.tight(one),
                many => many.iter().for_each(|definition| self.blocks(definition)),
            }
            self.code("], ");
        }
        self.code(")\n");
    }

    /// Lowers an image with its caption and credit.
    pub(super) fn figure(&mut self, figure: &'a Figure) {
        self.spanned(figure.image.span, |this| {
            this.code("#illustration(");
            match this.around.pictures.get(&figure.image.to) {
                Some(picture) => push_string(&mut this.markup.text, picture),
                None => this.code("none"),
            }
            this.code(", ");
            if !figure.image.decorative {
                this.code("alt: ");
                this.alt(&figure.image);
                this.code(", ");
            }
            if !figure.caption.is_empty() {
                this.code("legende: [");
                this.inlines(&figure.caption);
                this.code("], ");
            }
            this.argument("credit", figure.credit.as_deref());
            this.code(")\n");
        });
    }

    fn html(&mut self, html: &str) {
        let text = plain::of_html(html);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.code("#par[");
            self.text(&text);
            self.code("]\n");
        }
    }
}

/// Whether a heading opens the box « En savoir plus », as on the web page.
fn is_resources(heading: &Heading) -> bool {
    heading.level == 2
        && heading.outside_levers
        && matches!(heading.id.as_str(), "en-savoir-plus" | "pour-aller-plus-loin" | "ressources" | "sources")
}
