//! Sets a document as French typography asks: the spaces, quotes and apostrophes of its texts, once, before any output.

use std::borrow::Cow;

use ecow::EcoString;

use super::tree::{Block, Document, Inline};
use super::visit::{Place, Step, VisitorMut, visit_mut};
use crate::french::{Locale, Piece, Rules, Typesetter, pieces};

/// Sets every text of a document; code, raw HTML and words in other languages keep their characters.
pub fn typeset(document: &mut Document, rules: &Rules) {
    visit_mut(document, &mut Setter { rules });
}

struct Setter<'r> {
    rules: &'r Rules,
}

impl VisitorMut for Setter<'_> {
    fn block(&mut self, block: &mut Block) -> Step {
        match block {
            Block::Code { .. } | Block::Html(_) | Block::Rule => Step::Over,
            Block::Paragraph { .. }
            | Block::Heading(_)
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Directive(_) => Step::Into,
        }
    }

    fn run(&mut self, run: &mut Vec<Inline>, _place: Place) -> Step {
        let mut setter = Typesetter::new(self.rules);
        set(run, &mut setter, self.rules, None);
        if self.rules.locale.is_french() {
            cut(run);
        }
        Step::Over
    }

    fn label(&mut self, text: &mut EcoString, _place: Place) {
        if let Cow::Owned(set) = crate::french::typeset(self.rules, text) {
            *text = set.into();
        }
    }
}

/// Sets the texts of a sequence; `after` is the character that follows it.
fn set(inlines: &mut [Inline], setter: &mut Typesetter, rules: &Rules, after: Option<char>) {
    for at in 0..inlines.len() {
        let (done, rest) = inlines.split_at_mut(at + 1);
        let next = rest.iter().find_map(first).or(after);
        match &mut done[at] {
            Inline::Text(text) | Inline::NoBreak(text) => {
                if let Cow::Owned(set) = setter.run(text, next) {
                    *text = set.into();
                }
            }
            Inline::Emphasis(children)
            | Inline::Strong(children)
            | Inline::Deleted(children)
            | Inline::Superscript(children)
            | Inline::Subscript(children)
            | Inline::Link { text: children, .. } => {
                set(children, setter, rules, next);
            }
            Inline::Foreign { language, text } => {
                let rules = rules.with_locale(Locale::from_tag(language));
                if rules.locale.is_french() {
                    set(text, setter, &rules, next);
                } else {
                    setter.opaque(last(text).unwrap_or('x'));
                }
            }
            Inline::Abbreviation { text, .. } | Inline::SmallCaps(text) => {
                setter.opaque(text.chars().next_back().unwrap_or('x'));
            }
            Inline::SoftBreak | Inline::HardBreak => setter.opaque(' '),
            Inline::Code(_) | Inline::Image(_) => setter.opaque('x'),
            Inline::NoteCall { .. } | Inline::Html(_) => {}
        }
    }
}

/// Returns the first character that a reader meets in an inline.
fn first(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) | Inline::NoBreak(text) | Inline::SmallCaps(text) | Inline::Code(text) => {
            text.chars().next()
        }
        Inline::Abbreviation { text, .. } => text.chars().next(),
        Inline::SoftBreak | Inline::HardBreak => Some(' '),
        Inline::Image(_) => Some('x'),
        Inline::NoteCall { .. } | Inline::Html(_) => None,
        Inline::Emphasis(children)
        | Inline::Strong(children)
        | Inline::Deleted(children)
        | Inline::Superscript(children)
        | Inline::Subscript(children)
        | Inline::Link { text: children, .. }
        | Inline::Foreign { text: children, .. } => children.iter().find_map(first),
    }
}

/// Returns the last character of some inlines.
fn last(inlines: &[Inline]) -> Option<char> {
    super::text::plain(inlines).chars().next_back()
}

/// Takes ordinals, centuries and inclusive forms out of the texts.
fn cut(inlines: &mut Vec<Inline>) {
    let mut at = 0;
    while at < inlines.len() {
        if let Inline::Text(text) = &inlines[at] {
            let mut found: Vec<Inline> = Vec::new();
            for piece in pieces(text) {
                match piece {
                    Piece::Plain(plain) => found.push(Inline::Text(plain.into())),
                    Piece::Ordinal { number, suffix } => {
                        found.push(Inline::Text(number.into()));
                        found.push(superscript(suffix));
                    }
                    Piece::Century { roman, suffix } => {
                        found.push(Inline::SmallCaps(roman.into()));
                        found.push(superscript(suffix));
                    }
                    Piece::Inclusive(form) => found.push(Inline::NoBreak(form.into())),
                }
            }
            if found.len() != 1 || !matches!(found.first(), Some(Inline::Text(_))) {
                let count = found.len();
                inlines.splice(at..=at, found);
                at += count;
                continue;
            }
        } else if !matches!(inlines[at], Inline::Foreign { .. })
            && let Some(children) = inlines[at].children_mut()
        {
            cut(children);
        }
        at += 1;
    }
}

fn superscript(suffix: &str) -> Inline {
    Inline::Superscript(vec![Inline::Text(suffix.into())])
}
