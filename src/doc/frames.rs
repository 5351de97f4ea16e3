//! The containers of the tree and how they end: lists and quotes by the parser, directives by their fences.

use std::ops::Range;

use ecow::EcoString;
use pulldown_cmark::BlockQuoteKind;

use super::builder::Builder;
use super::fences::{Fence, Opening};
use super::inline::exact;
use super::parse::MAX_DEPTH;
use super::tree::{AlertKind, Block, Directive, Entry, Inline, Item, List, Role};
use super::{bodies, roles};
use crate::diag::{Diagnostic, Span};
use crate::say;

/// A container being filled.
pub(super) struct Frame {
    pub(super) container: Container,
    pub(super) blocks: Vec<Block>,
}

pub(super) enum Container {
    Root,
    Quote(Option<BlockQuoteKind>),
    List { start: Option<u64>, loose: bool, items: Vec<Item> },
    Item { task: Option<bool>, loose: bool },
    Definitions(Vec<Entry>),
    Definition,
    Note(u32),
    Directive(Box<Open>),
}

/// A directive whose closing line has not been met.
pub(super) struct Open {
    pub(super) name: EcoString,
    pub(super) role: Option<Role>,
    pub(super) id: Option<EcoString>,
    pub(super) colons: usize,
    pub(super) line: Span,
    /// Its closing line stood inside a list or a quote of its body.
    pub(super) closes: bool,
}

impl Builder<'_, '_> {
    pub(super) fn enter(&mut self, container: Container, range: &Range<usize>) {
        self.close_implicit();
        let belongs = matches!(container, Container::Item { .. } | Container::Definition);
        if self.flattened > 0 || (self.frames.len() > MAX_DEPTH && !belongs) {
            self.flattened += 1;
            self.too_deep(range.start);
        } else {
            self.push_frame(container);
        }
    }

    fn push_frame(&mut self, container: Container) {
        let blocks = self.spare_blocks.pop().unwrap_or_default();
        self.frames.push(Frame { container, blocks });
    }

    /// Says once where a document nests too deep.
    pub(super) fn too_deep(&mut self, at: usize) {
        if self.told_too_deep {
            return;
        }
        self.told_too_deep = true;
        let line = self.clean[at..].find(['\n', '\r']).map_or(self.clean.len(), |length| at + length);
        let span = self.span(self.trimmed(&(at..line)));
        self.error(
            "E0202",
            say!("plus de {MAX_DEPTH} niveaux sont imbriqués ici", "more than {MAX_DEPTH} levels are nested here"),
            span,
            say!(
                "réduisez le nombre de listes, de citations ou de boîtes l’une dans l’autre",
                "put fewer lists, quotes or boxes inside each other"
            ),
        );
    }

    pub(super) fn leave(&mut self, range: &Range<usize>) {
        self.close_implicit();
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        while let Some(Frame { container: Container::Directive(open), .. }) = self.frames.last() {
            if open.colons > 0 {
                self.unclosed.push((open.name.clone(), open.line));
            } else {
                self.report_unclosed_top();
            }
            self.close_directive(false, range.end);
        }
        if self.frames.len() < 2 {
            return;
        }
        let Some(Frame { container, blocks }) = self.frames.pop() else { return };
        let blocks = exact(&mut self.spare_blocks, blocks);
        match container {
            Container::Root | Container::Directive(_) => {}
            Container::Quote(None) => {
                self.unknown_alert(range);
                self.push(Block::Quote(blocks));
            }
            Container::Quote(Some(kind)) => {
                let kind = match kind {
                    BlockQuoteKind::Note => AlertKind::Note,
                    BlockQuoteKind::Tip => AlertKind::Tip,
                    BlockQuoteKind::Important => AlertKind::Important,
                    BlockQuoteKind::Warning => AlertKind::Warning,
                    BlockQuoteKind::Caution => AlertKind::Caution,
                };
                self.push(Block::Alert { kind, body: blocks });
            }
            Container::Item { task, loose } => {
                let item = Item { task, body: blocks, span: self.span(self.trimmed(range)) };
                if let Some(Frame { container: Container::List { items, loose: list, .. }, .. }) =
                    self.frames.last_mut()
                {
                    *list |= loose;
                    items.push(item);
                }
            }
            Container::List { start, loose, mut items } => {
                items.shrink_to_fit();
                self.push(Block::List(List { start, tight: !loose, items }));
            }
            Container::Definitions(entries) => self.push(Block::Definitions(entries)),
            Container::Definition => {
                if let Some(Frame { container: Container::Definitions(entries), .. }) = self.frames.last_mut()
                    && let Some(entry) = entries.last_mut()
                {
                    entry.definitions.push(blocks);
                }
            }
            Container::Note(note) => self.define(note, blocks, range),
        }
        if matches!(self.frames.last(), Some(Frame { container: Container::Directive(open), .. }) if open.closes) {
            self.close_directive(true, range.end);
        }
    }

    // Directives.

    pub(super) fn rule(&mut self, range: &Range<usize>) {
        self.close_implicit();
        let found = self.fences.binary_search_by(|fence| {
            if fence.span.end <= range.start {
                std::cmp::Ordering::Less
            } else if fence.span.start > range.start {
                std::cmp::Ordering::Greater
            } else {
                std::cmp::Ordering::Equal
            }
        });
        let Ok(found) = found else {
            self.spaced_table(range);
            self.push(Block::Rule);
            return;
        };
        if self.flattened > 0 {
            return;
        }
        let fence = &self.fences[found];
        match &fence.opening {
            Some(opening) => self.open_directive(fence, opening),
            None => self.close_fence(fence),
        }
    }

    fn open_directive(&mut self, fence: &Fence<'_>, opening: &Opening<'_>) {
        let line = self.span(fence.span.clone());
        let opened = roles::open(self, opening, line);
        if self.frames.len() > MAX_DEPTH {
            self.too_deep(fence.span.start);
            return;
        }
        if opened.role.is_none() {
            let text = vec![Inline::Text(self.clean[fence.span.clone()].into())];
            self.push(Block::Paragraph { text, span: line });
        }
        let open = Open {
            name: opening.name.into(),
            role: opened.role,
            id: opened.id,
            colons: fence.colons,
            line,
            closes: false,
        };
        self.push_frame(Container::Directive(Box::new(open)));
        if opening.closed {
            self.close_directive(true, fence.span.end);
        }
    }

    pub(super) fn open_at(&self, frame: usize) -> Option<&Open> {
        match &self.frames.get(frame)?.container {
            Container::Directive(open) => Some(open),
            Container::Root
            | Container::Quote(_)
            | Container::List { .. }
            | Container::Item { .. }
            | Container::Definitions(_)
            | Container::Definition
            | Container::Note(_) => None,
        }
    }

    fn close_fence(&mut self, fence: &Fence<'_>) {
        let span = self.span(fence.span.clone());
        let top = self.frames.len();
        let floor = (0..top).rev().find(|frame| self.open_at(*frame).is_none()).map_or(0, |frame| frame + 1);
        let same = |frame: &usize| self.open_at(*frame).is_some_and(|open| open.colons == fence.colons);
        let typed = ":".repeat(fence.colons.min(12));
        if !(floor..top).any(|frame| same(&frame)) {
            while self.open_at(self.frames.len() - 1).is_some_and(|open| open.colons == 0) {
                self.report_unclosed_top();
                self.close_directive(false, fence.span.start);
            }
        }
        let top = self.frames.len();
        let same = |frame: &usize| self.open_at(*frame).is_some_and(|open| open.colons == fence.colons);
        if let Some(at) = (floor..top).rev().find(same) {
            while self.frames.len() > at + 1 {
                self.report_unclosed_top();
                self.close_directive(false, fence.span.start);
            }
            self.close_directive(true, fence.span.end);
        } else if floor < top {
            let (name, colons, line) =
                self.open_at(top - 1).map(|open| (open.name.clone(), open.colons, open.line)).unwrap_or_default();
            let wanted = ":".repeat(colons.min(12));
            let diagnostic = Diagnostic::error(
                "E0205",
                say!("« {typed} » ne ferme pas « {wanted}{name} »", "“{typed}” does not close “{wanted}{name}”"),
            )
            .at(self.file(), span)
            .also(self.file(), line, say!("ouverte ici", "opened here"))
            .help(say!("fermez avec autant de deux-points : {wanted}", "close with as many colons: {wanted}"));
            self.say(diagnostic);
            self.close_directive(true, fence.span.end);
        } else if let Some(outer) = (0..floor).rev().find(|frame| self.open_at(*frame).is_some()) {
            if let Container::Directive(open) = &mut self.frames[outer].container {
                open.closes = true;
            }
            self.warn(
                "A0205",
                say!(
                    "« {typed} » est en retrait, dans une liste ou une citation",
                    "“{typed}” is indented, inside a list or a quote"
                ),
                span,
                say!(
                    "mettez-le au début de la ligne, comme la ligne qui ouvre la boîte",
                    "put it at the start of the line, like the line that opens the box"
                ),
            );
        } else if let Some((name, line)) = self.unclosed.pop() {
            let diagnostic = Diagnostic::error(
                "E0204",
                say!(
                    "« :::{name} » est ouverte dans une liste ou une citation et fermée en dehors",
                    "“:::{name}” is opened inside a list or a quote and closed outside"
                ),
            )
            .at(self.file(), line)
            .also(self.file(), span, say!("fermée ici", "closed here"))
            .help(say!("donnez le même retrait aux deux lignes", "give both lines the same indentation"));
            self.say(diagnostic);
        } else {
            self.error(
                "E0205",
                say!("« {typed} » ne ferme rien", "“{typed}” closes nothing"),
                span,
                say!(
                    "effacez cette ligne, ou ouvrez une boîte avant : :::encadre",
                    "delete this line, or open a box before it: :::encadre"
                ),
            );
        }
    }

    pub(super) fn report_unclosed_top(&mut self) {
        if let Some(open) = self.open_at(self.frames.len() - 1) {
            let (name, line, colons) = (open.name.clone(), open.line, open.colons.min(12));
            self.report_unclosed(&name, line, colons);
        }
    }

    pub(super) fn report_unclosed(&mut self, name: &str, line: Span, colons: usize) {
        if colons == 0 {
            return self.warn(
                "A0213",
                say!("la balise <{name}> n’est pas fermée", "the tag <{name}> is not closed"),
                line,
                say!("ajoutez </{name}>, ou écrivez plutôt :::encadre", "add </{name}>, or write :::encadre instead"),
            );
        }
        let colons = ":".repeat(colons);
        self.error(
            "E0204",
            say!("« :::{name} » n’est pas fermée", "“:::{name}” is not closed"),
            line,
            say!("ajoutez une ligne {colons} là où la boîte finit", "add a line {colons} where the box ends"),
        );
    }

    /// Ends the innermost directive; without a closing line, one that needs no body leaves its text after it.
    pub(super) fn close_directive(&mut self, closed: bool, end: usize) {
        let Some(Frame { container, mut blocks }) = self.frames.pop() else { return };
        let Container::Directive(open) = container else { return };
        let Some(mut role) = open.role else {
            self.blocks().append(&mut blocks);
            return;
        };
        let span = Span::new(open.line.start as usize, self.base + end);
        bodies::fill(self, &mut role, &mut blocks, open.line);
        let mut after = Vec::new();
        if !closed && bodies::stands_alone(&role) {
            after = std::mem::take(&mut blocks);
        }
        let body = exact(&mut self.spare_blocks, blocks);
        if closed && body.is_empty() && after.is_empty() && is_for_text(&role) {
            self.warn(
                "A0222",
                say!("cette boîte est vide", "this box is empty"),
                open.line,
                say!(
                    "écrivez son texte entre ses deux lignes, ou retirez-la",
                    "write its text between its two lines, or remove it"
                ),
            );
        }
        let directive = Directive { role, id: open.id, body, span };
        self.push(Block::Directive(Box::new(directive)));
        self.blocks().append(&mut after);
    }

    // `<details>` around Markdown, which ends at its own tag rather than at a fence.

    pub(super) fn open_details(&mut self, title: Option<EcoString>, line: Span) {
        if self.flattened > 0 || self.frames.len() > MAX_DEPTH {
            return;
        }
        let role = Some(Role::Encadre { titre: title });
        let open = Open { name: "details".into(), role, id: None, colons: 0, line, closes: false };
        self.push_frame(Container::Directive(Box::new(open)));
    }

    pub(super) fn close_details(&mut self, end: usize) {
        let top = self.frames.len();
        let is_details = |frame: &usize| self.open_at(*frame).is_some_and(|open| open.colons == 0);
        let open = (0..top).rev().take_while(|frame| self.open_at(*frame).is_some()).find(is_details);
        if let Some(at) = open.filter(|_| self.flattened == 0) {
            while self.frames.len() > at + 1 {
                self.report_unclosed_top();
                self.close_directive(false, end);
            }
            self.close_directive(true, end);
        }
    }
}

/// Returns whether a box is there for the text inside it.
fn is_for_text(role: &Role) -> bool {
    match role {
        Role::Encadre { .. }
        | Role::Definition { .. }
        | Role::Citation { .. }
        | Role::Voix { .. }
        | Role::Ressources { .. } => true,
        Role::Exemple(_)
        | Role::Chiffres { .. }
        | Role::Etapes { .. }
        | Role::Trajectoire { .. }
        | Role::Telechargement { .. }
        | Role::Video { .. }
        | Role::Galerie { .. }
        | Role::Carte { .. }
        | Role::ALaUne { .. }
        | Role::Agenda { .. }
        | Role::Reprise { .. } => false,
    }
}
