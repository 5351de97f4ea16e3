//! The typographic pass over the tree of a document: made once, before any output, so that all of them agree.

use ecow::EcoString;

use super::{Document, Inline, Place, Step, VisitorMut, visit_mut};
use crate::french::typography::{has_straight, has_value, may_close};
use crate::french::{Piece, Rules, Typesetter, pieces, typeset};
use crate::texts::shared;

/// Typesets every text of a document in the language of `rules`.
///
/// Quotes pair over a whole paragraph. Code, words in another language, raw HTML and addresses stay as they are.
/// Ordinals, centuries and inclusive forms become nodes of their own. A second pass changes nothing.
pub fn typeset_document(document: &mut Document, rules: &Rules) {
    if rules.locale.is_french() {
        visit_mut(document, &mut Pass { rules });
    }
}

/// Typesets the inlines of one paragraph.
pub fn typeset_inlines(run: &mut Vec<Inline>, rules: &Rules) {
    if !rules.locale.is_french() {
        return;
    }
    join_lines(run);
    let mut paragraph = Paragraph { typesetter: Typesetter::new(rules), leaves: Vec::new(), at: 0 };
    if run.len() > 1 || !matches!(run.first(), Some(Inline::Text(_))) {
        collect(run, &mut paragraph.leaves);
    } else {
        paragraph.leaves.push(Leaf::default());
    }
    paragraph.set(run, false);
}

struct Pass<'r> {
    rules: &'r Rules,
}

impl VisitorMut for Pass<'_> {
    fn run(&mut self, run: &mut Vec<Inline>, _place: Place) -> Step {
        typeset_inlines(run, self.rules);
        Step::Over
    }

    fn label(&mut self, text: &mut EcoString, _place: Place) {
        if let std::borrow::Cow::Owned(set) = typeset(self.rules, text) {
            *text = shared(&set);
        }
    }
}

/// Makes one text of two that a mere line end of the source parts, so that every rule holds across it.
fn join_lines(run: &mut Vec<Inline>) {
    for inline in run.iter_mut() {
        if let Some(children) = inline.children_mut() {
            join_lines(children);
        }
    }
    if !run.iter().any(|inline| matches!(inline, Inline::SoftBreak)) {
        return;
    }
    let mut joined: Vec<Inline> = Vec::with_capacity(run.len());
    for inline in run.drain(..) {
        let inline = match inline {
            Inline::SoftBreak => Inline::Text(" ".into()),
            other => other,
        };
        match (joined.last_mut(), inline) {
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, inline) => joined.push(inline),
        }
    }
    *run = joined;
}

/// One paragraph being set, with its leaves in order.
struct Paragraph {
    typesetter: Typesetter,
    leaves: Vec<Leaf>,
    at: usize,
}

/// What the texts before a leaf need to know of it.
#[derive(Clone, Copy, Default)]
struct Leaf {
    first: Option<char>,
    /// Whether it may close a quotation.
    closes: bool,
}

impl Paragraph {
    fn set(&mut self, run: &mut Vec<Inline>, raised: bool) {
        let mut index = 0;
        while index < run.len() {
            let mut added = None;
            match &mut run[index] {
                Inline::Text(text) => {
                    let later = &self.leaves[self.at + 1..];
                    let next = later.iter().find_map(|leaf| leaf.first);
                    if has_straight(text) {
                        self.typesetter.closing_ahead(later.iter().any(|leaf| leaf.closes));
                    }
                    self.at += 1;
                    let set = self.typesetter.run(text, next);
                    if !raised && let Some(parts) = cut(&set) {
                        added = Some(parts);
                    } else if let std::borrow::Cow::Owned(set) = set {
                        *text = shared(&set);
                    }
                }
                Inline::Superscript(children) | Inline::Subscript(children) => self.set(children, true),
                Inline::Emphasis(children) | Inline::Strong(children) | Inline::Deleted(children) => {
                    self.set(children, raised);
                }
                Inline::Link { text: children, .. } if !children.is_empty() => self.set(children, raised),
                leaf @ (Inline::Link { .. }
                | Inline::Foreign { .. }
                | Inline::SmallCaps(_)
                | Inline::NoBreak(_)
                | Inline::Code(_)
                | Inline::Image(_)
                | Inline::NoteCall { .. }
                | Inline::Abbreviation { .. }
                | Inline::Html(_)
                | Inline::SoftBreak
                | Inline::HardBreak) => {
                    self.at += 1;
                    if let Some((_, last)) = borders(leaf) {
                        // Code counts as a word: its own last sign, such as the `/` of a path, says nothing of the sentence.
                        self.typesetter.opaque(if matches!(leaf, Inline::Code(_)) { 'x' } else { last });
                    }
                }
            }
            let step = added.as_ref().map_or(1, Vec::len);
            if let Some(parts) = added {
                run.splice(index..=index, parts);
            }
            index += step;
        }
    }
}

/// Lists the leaves in the order in which `Paragraph::set` meets them.
fn collect(run: &[Inline], leaves: &mut Vec<Leaf>) {
    for inline in run {
        match inline {
            Inline::Text(text) => leaves.push(Leaf { first: text.chars().next(), closes: may_close(text) }),
            Inline::Superscript(children)
            | Inline::Subscript(children)
            | Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Deleted(children) => collect(children, leaves),
            Inline::Link { text: children, .. } if !children.is_empty() => collect(children, leaves),
            leaf @ (Inline::Link { .. }
            | Inline::Foreign { .. }
            | Inline::SmallCaps(_)
            | Inline::NoBreak(_)
            | Inline::Code(_)
            | Inline::Image(_)
            | Inline::NoteCall { .. }
            | Inline::Abbreviation { .. }
            | Inline::Html(_)
            | Inline::SoftBreak
            | Inline::HardBreak) => leaves.push(Leaf { first: borders(leaf).map(|(first, _)| first), closes: false }),
        }
    }
}

/// Returns the first and last characters that a leaf shows to the text around it; a note's call shows none.
fn borders(leaf: &Inline) -> Option<(char, char)> {
    let of = |text: &str| Some((text.chars().next()?, text.chars().next_back()?));
    match leaf {
        Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => of(text),
        Inline::Abbreviation { text, .. } => of(text),
        Inline::Emphasis(children)
        | Inline::Strong(children)
        | Inline::Deleted(children)
        | Inline::Superscript(children)
        | Inline::Subscript(children)
        | Inline::Foreign { text: children, .. } => {
            let first = children.iter().find_map(borders)?.0;
            let last = children.iter().rev().find_map(borders)?.1;
            Some((first, last))
        }
        // The title of the target, or a picture: it counts as a word.
        Inline::Link { .. } | Inline::Image(_) => Some(('x', 'x')),
        Inline::SoftBreak | Inline::HardBreak => Some(('\n', '\n')),
        Inline::Html(html) if html.starts_with("<br") => Some(('\n', '\n')),
        Inline::Html(_) | Inline::NoteCall { .. } => None,
    }
}

/// Cuts a text into nodes when something in it is set apart.
fn cut(text: &str) -> Option<Vec<Inline>> {
    // The variables of a template and the values of attributes stay whole.
    if text.contains('{') && (text.contains("{{") || text.contains("{%")) || has_value(text) {
        return None;
    }
    let mut parts = pieces(text).peekable();
    if let Some(Piece::Plain(plain)) = parts.peek()
        && plain.len() == text.len()
    {
        return None;
    }
    let mut nodes = Vec::new();
    let raise = |suffix: &str| Inline::Superscript(vec![Inline::Text(suffix.into())]);
    for piece in parts {
        match piece {
            Piece::Plain(text) => nodes.push(Inline::Text(shared(text))),
            Piece::Ordinal { number, suffix } => {
                match nodes.last_mut() {
                    Some(Inline::Text(text)) => text.push_str(number),
                    _ => nodes.push(Inline::Text(number.into())),
                }
                nodes.push(raise(suffix));
            }
            Piece::Century { roman, suffix } => {
                nodes.push(Inline::SmallCaps(roman.into()));
                nodes.push(raise(suffix));
            }
            Piece::Inclusive(form) => nodes.push(Inline::NoBreak(form.into())),
        }
    }
    (!nodes.is_empty()).then_some(nodes)
}
