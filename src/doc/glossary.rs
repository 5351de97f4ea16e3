//! Explains acronyms: those of the glossary become abbreviations, with their meaning at the first use on the page.

use std::collections::{HashMap, HashSet};

use ecow::EcoString;

use super::Source;
use super::tree::{Block, Document, Inline};
use super::visit::{Place, Step, VisitorMut, visit_mut};
use crate::diag::{Diagnostic, Report, Span};
use crate::french::fold;
use crate::say;

/// The glossary of a site, ready to be looked up.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Glossary {
    /// Every term, in the order readers see them; made by [`Glossary::new`], never changed after.
    pub terms: Vec<Term>,
    /// The place in `terms` of each acronym.
    acronyms: HashMap<EcoString, usize>,
}

/// A term and what it may mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Term {
    pub name: EcoString,
    pub senses: Vec<Sense>,
}

/// One meaning of a term.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sense {
    /// The words an acronym stands for, or a short equivalent.
    pub sens: EcoString,
    pub definition: Option<EcoString>,
    /// As typed; once the site is linked, an address of the site or of another one.
    pub lien: Option<EcoString>,
    /// The bytes of `lien` in the glossary.
    pub lien_span: Span,
}

impl Glossary {
    /// Takes the terms in the order readers will see them.
    ///
    /// Acronyms are the names in capitals without a space, such as `PTCE`, `SCoT` or `R&D`; the others
    /// stand in the glossary and are not looked for in the texts.
    pub fn new(terms: Vec<Term>) -> Self {
        let acronyms = terms
            .iter()
            .enumerate()
            .filter(|(_, term)| is_acronym(&term.name) && !term.senses.is_empty())
            .map(|(at, term)| (term.name.clone(), at))
            .collect();
        Self { terms, acronyms }
    }

    /// Returns every term.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the term of an acronym.
    pub fn acronym(&self, name: &str) -> Option<&Term> {
        self.acronyms.get(name).map(|at| &self.terms[*at])
    }

    /// Returns a text that changes whenever what [`explain`] does with this glossary may change.
    pub fn fingerprint(&self) -> String {
        let mut text = String::new();
        for term in &self.terms {
            text.push_str(&term.name);
            for sense in &term.senses {
                text.push('\u{1f}');
                text.push_str(&sense.sens);
            }
            text.push('\u{1e}');
        }
        text
    }
}

fn is_acronym(name: &str) -> bool {
    name.chars().filter(|c| c.is_uppercase() || c.is_ascii_digit()).count() >= 2
        && name.starts_with(char::is_uppercase)
        && !name.contains(char::is_whitespace)
}

/// Explains the acronyms of a document: headings, links, code and words in another language stay as they are.
///
/// An acronym with several senses is left alone and reported once, unless the writer chose one with
/// `[CA]{sens="…"}`, which then holds for the rest of the document.
pub fn explain(document: &mut Document, glossary: &Glossary, source: &Source<'_>, report: &mut Report) {
    let mut explainer = Explainer {
        glossary,
        source,
        report,
        seen: HashSet::new(),
        chosen: HashMap::new(),
        told: HashSet::new(),
        place: Span::default(),
    };
    visit_mut(document, &mut explainer);
}

struct Explainer<'g, 's, 'r> {
    glossary: &'g Glossary,
    source: &'s Source<'s>,
    report: &'r mut Report,
    /// The acronyms and meanings already met.
    seen: HashSet<(EcoString, EcoString)>,
    /// The sense that the writer chose for an ambiguous acronym.
    chosen: HashMap<EcoString, EcoString>,
    /// The ambiguous acronyms already reported.
    told: HashSet<EcoString>,
    /// The block being read.
    place: Span,
}

/// An acronym found in a text.
struct Hit<'g> {
    start: usize,
    end: usize,
    term: &'g Term,
}

impl VisitorMut for Explainer<'_, '_, '_> {
    fn block(&mut self, block: &mut Block) -> Step {
        match block {
            Block::Code { .. } => return Step::Over,
            Block::Heading(heading) => self.place = heading.span,
            Block::Paragraph { span, .. } => self.place = *span,
            Block::Table(table) => self.place = table.span,
            Block::Directive(directive) => self.place = directive.span,
            Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Html(_)
            | Block::Rule => {}
        }
        Step::Into
    }

    fn run(&mut self, run: &mut Vec<Inline>, place: Place) -> Step {
        match place {
            Place::Heading | Place::Title | Place::Term => self.note_chosen(run),
            Place::Text
            | Place::Header
            | Place::Cell
            | Place::Caption
            | Place::Figure
            | Place::Credit
            | Place::Alternative => {
                self.explain_run(run);
            }
        }
        Step::Over
    }
}

impl<'g> Explainer<'g, '_, '_> {
    fn explain_run(&mut self, run: &mut Vec<Inline>) {
        let mut at = 0;
        while at < run.len() {
            match &mut run[at] {
                Inline::Text(text) => {
                    if let Some(pieces) = self.explain_text(text) {
                        let added = pieces.len();
                        run.splice(at..=at, pieces);
                        at += added;
                        continue;
                    }
                }
                Inline::Abbreviation { text, meaning, first } => {
                    *meaning = self.spelled(text, meaning);
                    *first = self.seen.insert((singular(text), meaning.clone()));
                    self.chosen.insert(singular(text), meaning.clone());
                }
                Inline::Emphasis(children)
                | Inline::Strong(children)
                | Inline::Deleted(children)
                | Inline::Superscript(children)
                | Inline::Subscript(children) => self.explain_run(children),
                Inline::Foreign { text, .. } => self.explain_chosen(text),
                Inline::Link { text, .. } => self.note_chosen(text),
                Inline::SmallCaps(_)
                | Inline::NoBreak(_)
                | Inline::Code(_)
                | Inline::Image(_)
                | Inline::NoteCall { .. }
                | Inline::Html(_)
                | Inline::SoftBreak
                | Inline::HardBreak => {}
            }
            at += 1;
        }
    }

    /// In a heading or a link, the sense that the writer chose holds for the text, and is not written out there.
    fn note_chosen(&mut self, children: &mut [Inline]) {
        for child in children {
            if let Inline::Abbreviation { text, meaning, first } = child {
                *meaning = self.spelled(text, meaning);
                *first = false;
                self.chosen.insert(singular(text), meaning.clone());
            } else if let Some(children) = child.children_mut() {
                self.note_chosen(children);
            }
        }
    }

    /// In another language, only what the writer marked counts.
    fn explain_chosen(&mut self, children: &mut [Inline]) {
        for child in children {
            if let Inline::Abbreviation { text, meaning, first } = child {
                *first = self.seen.insert((singular(text), meaning.clone()));
            }
        }
    }

    /// Writes a chosen sense as the glossary does, when it is one of its senses.
    fn spelled(&self, text: &str, meaning: &EcoString) -> EcoString {
        let Some(term) = self.glossary.acronym(&singular(text)) else { return meaning.clone() };
        let wanted = fold(meaning);
        term.senses
            .iter()
            .find(|sense| fold(&sense.sens) == wanted)
            .map_or_else(|| meaning.clone(), |sense| sense.sens.clone())
    }

    /// Cuts a text at the acronyms it holds.
    fn explain_text(&mut self, text: &EcoString) -> Option<Vec<Inline>> {
        let mut pieces = Vec::new();
        let mut done = 0;
        let mut from = 0;
        while let Some(hit) = find(self.glossary, text, from) {
            from = hit.end;
            let Some(meaning) = self.meaning(hit.term) else { continue };
            if hit.start > done {
                pieces.push(Inline::Text(text[done..hit.start].into()));
            }
            let fresh = self.seen.insert((hit.term.name.clone(), meaning.clone()));
            let first = fresh && !is_spelled_out(&text[..hit.start], &text[hit.end..], &meaning);
            pieces.push(Inline::Abbreviation { text: text[hit.start..hit.end].into(), meaning, first });
            done = hit.end;
        }
        if done == 0 {
            return None;
        }
        if done < text.len() {
            pieces.push(Inline::Text(text[done..].into()));
        }
        Some(pieces)
    }

    /// Returns the only sense of a term, or the one the writer chose; reports the others.
    fn meaning(&mut self, term: &'g Term) -> Option<EcoString> {
        if let [only] = term.senses.as_slice() {
            return Some(only.sens.clone());
        }
        if let Some(chosen) = self.chosen.get(&term.name) {
            return Some(chosen.clone());
        }
        if self.told.insert(term.name.clone()) {
            let name = &term.name;
            let senses: Vec<String> = term.senses.iter().map(|sense| format!("« {} »", sense.sens)).collect();
            let (french, english) = (senses.join(" ou "), senses.join(" or "));
            let first = &term.senses[0].sens;
            self.report.push(
                Diagnostic::warning(
                    "A0211",
                    say!("« {name} » peut vouloir dire {french}", "“{name}” may mean {english}"),
                )
                .at(self.source.file, self.locate(name))
                .help(say!(
                    "écrivez la première fois [{name}]{{sens=\"{first}\"}}",
                    "write the first time [{name}]{{sens=\"{first}\"}}"
                )),
            );
        }
        None
    }

    /// Finds the bytes of a word in the block being read.
    fn locate(&self, name: &str) -> Span {
        let start = self.place.start as usize;
        let text = self.source.text.get(self.place.range()).unwrap_or_default();
        text.match_indices(name)
            .find(|(at, _)| is_alone(text, *at, at + name.len()))
            .map_or(self.place, |(at, _)| Span::new(start + at, start + at + name.len()))
    }
}

/// Finds the next acronym of a text, from a place.
fn find<'g>(glossary: &'g Glossary, text: &str, from: usize) -> Option<Hit<'g>> {
    if glossary.acronyms.is_empty() {
        return None;
    }
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let byte = bytes[at];
        let is_capital =
            byte.is_ascii_uppercase() || (matches!(byte, 0xc3..=0xdf) && text[at..].starts_with(char::is_uppercase));
        if !is_capital {
            // The rest of a word that begins otherwise holds no acronym.
            at += if is_word_byte(byte) { word(&bytes[at..]).max(1) } else { 1 };
            continue;
        }
        let end = at + word(&bytes[at..]);
        let longest = at + compound(&bytes[at..]);
        let tries = [longest, end];
        for end in tries {
            let found = glossary.acronym(&text[at..end]).map(|term| (term, end));
            let found = found.or_else(|| {
                let stem = text[at..end].strip_suffix('s')?;
                glossary.acronym(stem).map(|term| (term, end))
            });
            if let Some((term, end)) = found
                && is_alone(text, at, end)
            {
                return Some(Hit { start: at, end, term });
            }
        }
        at = end.max(at + 1);
    }
    None
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, 0xc3..=0xdf)
}

/// Measures a run of letters and digits; typographic marks and spaces begin with `0xc2` or `0xe2`.
fn word(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => at += 1,
            0xc3..=0xdf => at += 2,
            _ => break,
        }
    }
    at.min(bytes.len())
}

/// Measures words joined by `-`, `&`, `/` or `.`, as in `R&D`.
fn compound(bytes: &[u8]) -> usize {
    let mut at = word(bytes);
    while matches!(bytes.get(at), Some(b'-' | b'&' | b'/' | b'.')) {
        let next = word(&bytes[at + 1..]);
        if next == 0 {
            break;
        }
        at += 1 + next;
    }
    at
}

/// Tells whether a word stands alone: « l’ESS » does, « Busin’ESS » and « MunicipalESS » do not.
fn is_alone(text: &str, start: usize, end: usize) -> bool {
    let before = &text[..start];
    let after = text[end..].chars().next();
    if after.is_some_and(char::is_alphanumeric) || before.ends_with(char::is_alphanumeric) {
        return false;
    }
    let Some(stem) = before.strip_suffix(['’', '\'']) else { return true };
    let word = stem.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    const ELISIONS: &[&str] =
        &["l", "d", "c", "j", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu"];
    word.len() <= 6 && ELISIONS.contains(&word.to_lowercase().as_str()) || word.is_empty()
}

/// Tells whether the writer gives the meaning: « pôle territorial… (PTCE) » or « PTCE (pôle territorial…) ».
fn is_spelled_out(before: &str, after: &str, meaning: &str) -> bool {
    let meaning = fold(meaning);
    let opened = before.trim_end().strip_suffix('(').is_some_and(|before| {
        let tail: String = before.chars().rev().take(meaning.len() + 8).collect::<Vec<_>>().into_iter().rev().collect();
        fold(&tail).trim_end().ends_with(&meaning)
    });
    opened
        || after.trim_start().strip_prefix('(').is_some_and(|after| {
            let head: String = after.chars().take(meaning.len() + 8).collect();
            fold(&head).trim_start().starts_with(&meaning)
        })
}

/// Returns an acronym without the mark of a plural.
fn singular(text: &str) -> EcoString {
    match text.strip_suffix('s') {
        Some(stem) if stem.ends_with(char::is_uppercase) => stem.into(),
        _ => text.into(),
    }
}
