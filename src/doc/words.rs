//! Words with attributes, `[mot]{lang=en}` and `[CA]{sens="…"}`, and the braces that may follow a word, an image or a heading.

use std::ops::Range;

use ecow::EcoString;

use super::attributes::{self, Attributes, Fault, Name};
use super::builder::{Builder, PendingHeading};
use super::text::plain;
use super::tree::{Block, Inline};
use crate::diag::nearest;
use crate::say;

/// How far the braces after a word or an image may reach, in bytes.
const MAX_BRACES: usize = 600;

/// What may stand between the braces of a heading.
const OF_HEADINGS: &[&str] = &["#ancre", ".hors-levier"];

/// A square bracket opened and not closed.
pub(super) struct Bracket {
    /// The place of `[` in the Markdown.
    at: usize,
    /// Where it stands in the sequence: the number of its text and the bytes before it there.
    index: usize,
    offset: usize,
}

impl<'c> Builder<'c, '_> {
    pub(super) fn open_bracket(&mut self, at: usize) {
        if let Some(run) = self.runs.last_mut() {
            let (index, offset) = match run.inlines.last() {
                Some(Inline::Text(text)) => (run.inlines.len() - 1, text.len()),
                _ => (run.inlines.len(), 0),
            };
            run.brackets.push(Bracket { at, index, offset });
        }
    }

    /// Ends `[mot]`; tells whether braces after it made it something else than text.
    pub(super) fn close_bracket(&mut self, range: &Range<usize>) -> bool {
        let Some(bracket) = self.runs.last_mut().and_then(|run| run.brackets.pop()) else { return false };
        let inside = &self.clean[bracket.at + 1..range.start];
        if (2..80).contains(&inside.len())
            && inside.starts_with('^')
            && !inside.contains(|c: char| c.is_whitespace() || c == '[')
        {
            let span = self.span(bracket.at..range.end);
            let before = self.clean[..bracket.at].trim_end_matches(' ');
            let is_first = before.is_empty() || before.ends_with('\n');
            let rest = &self.clean[range.end..];
            if is_first
                && rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).starts_with(':')
                && !rest.starts_with(':')
            {
                self.error(
                    "E0216",
                    say!(
                        "une espace devant les deux-points empêche de lire la note « [{inside}] »",
                        "a space before the colon keeps the note “[{inside}]” from being read"
                    ),
                    span,
                    say!(
                        "collez les deux-points au crochet : « [{inside}]: … »",
                        "put the colon against the bracket: “[{inside}]: …”"
                    ),
                );
                return false;
            }
            self.error(
                "E0216",
                say!("la note « [{inside}] » n’est pas écrite", "the note “[{inside}]” is not written"),
                span,
                say!(
                    "ajoutez à la fin du texte une ligne « [{inside}]: … »",
                    "add a line “[{inside}]: …” at the end of the text"
                ),
            );
            return false;
        }
        let Some(read) = self.braces(range.end) else { return false };
        let (language, meaning) = self.word_attributes(&read, &["lang", "sens"]);
        self.skip_to = read.end;
        let content = self.take_since(&bracket);
        let inline = match (language, meaning) {
            (None, None) => {
                self.add_all(content);
                return true;
            }
            (Some(language), None) => Inline::Foreign { language, text: content },
            (language, Some(meaning)) => {
                let text = EcoString::from(plain(&content));
                let abbreviation = Inline::Abbreviation { text, meaning, first: true };
                match language {
                    Some(language) => Inline::Foreign { language, text: vec![abbreviation] },
                    None => abbreviation,
                }
            }
        };
        self.add(inline, read.end);
        true
    }

    /// Reads what braces after a word or a link may say: a language, a meaning.
    pub(super) fn word_attributes(
        &mut self,
        read: &Attributes<'_>,
        known: &[&str],
    ) -> (Option<EcoString>, Option<EcoString>) {
        let mut language = None;
        let mut meaning = None;
        for piece in &read.pieces {
            match piece.name {
                Name::Key(key) if matches!(&*super::loosely(key), "lang" | "langue") => {
                    let primary = piece.value.split(['-', '_']).next().unwrap_or_default();
                    if (2..=3).contains(&primary.len())
                        && piece.value.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                    {
                        language = Some(EcoString::from(&*piece.value));
                    } else {
                        let (value, span) = (&piece.value, self.span(piece.value_span.clone()));
                        self.error(
                            "E0215",
                            say!("« {value} » n’est pas un code de langue", "“{value}” is not a language code"),
                            span,
                            say!(
                                "écrivez par exemple lang=en, lang=de, lang=es ou lang=br",
                                "write for instance lang=en, lang=de, lang=es or lang=br"
                            ),
                        );
                    }
                }
                Name::Key(key) if known.contains(&"sens") && super::loosely(key) == "sens" => {
                    meaning = Some(EcoString::from(&*piece.value))
                }
                name => self.unknown_attribute(name, &piece.span, known),
            }
        }
        (language, meaning)
    }

    /// Takes out what follows a bracket in its sequence, and the bracket itself.
    fn take_since(&mut self, bracket: &Bracket) -> Vec<Inline> {
        let Some(run) = self.runs.last_mut() else { return Vec::new() };
        if bracket.index >= run.inlines.len() {
            return Vec::new();
        }
        let mut content = run.inlines.split_off(bracket.index);
        if let Some(Inline::Text(text)) = content.first_mut() {
            let (before, after) = text.split_at(bracket.offset.min(text.len()));
            let (before, after) = (EcoString::from(before), EcoString::from(after.strip_prefix('[').unwrap_or(after)));
            if !before.is_empty() {
                run.inlines.push(Inline::Text(before));
            }
            *text = after;
        }
        if matches!(content.first(), Some(Inline::Text(text)) if text.is_empty()) {
            content.remove(0);
        }
        content
    }

    /// Reads the braces that begin at a place, if there are any and they are attributes.
    pub(super) fn braces(&mut self, at: usize) -> Option<Attributes<'c>> {
        let clean = self.clean;
        let rest = clean.get(at..)?;
        if !rest.starts_with('{') {
            return None;
        }
        let mut limit = rest.len().min(MAX_BRACES);
        while !rest.is_char_boundary(limit) {
            limit -= 1;
        }
        let line = &rest[..rest[..limit].find(['\n', '\r']).unwrap_or(limit)];
        if !attributes::looks_like(line) {
            return None;
        }
        if !line.contains('}') {
            self.report_fault(&Fault::Unclosed(at..at + 1));
            return None;
        }
        match attributes::read(line, at) {
            Ok(read) => Some(read),
            Err(fault) => {
                self.report_fault(&fault);
                None
            }
        }
    }

    pub(super) fn unknown_attribute(&mut self, name: Name<'_>, span: &Range<usize>, known: &[&str]) {
        let span = self.span(span.clone());
        let typed = match name {
            Name::Key(name) => name.to_owned(),
            Name::Anchor(name) => format!("#{name}"),
            Name::Class(name) => format!(".{name}"),
        };
        let help = match nearest(&typed, known.iter().copied()) {
            Some(near) => say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?"),
            None => {
                let all = known.join(", ");
                say!("on peut écrire ici : {all}", "what may be written here: {all}")
            }
        };
        self.error("E0215", say!("« {typed} » n’est pas connu ici", "“{typed}” is not known here"), span, help);
    }

    /// Adds a heading; words between braces at its end that are no attributes go back into its text.
    pub(super) fn heading(&mut self, pending: PendingHeading, mut text: Vec<Inline>) {
        let PendingHeading { mut heading, has_unknown_class, words, range } = pending;
        let clean = self.clean;
        let line = &clean[range.clone()];
        let braces =
            line.rfind('{').map(|open| (open, line[open..].find('}').map_or(line.len(), |close| open + close + 1)));
        if let Some((open, close)) = braces
            && self.skip_to < range.start + close
        {
            let typed = &line[open..close];
            let span = range.start + open..range.start + close;
            if has_unknown_class || (words && attributes::looks_like(typed)) {
                match attributes::read(typed, span.start) {
                    Ok(read) => {
                        let is_known = |name| matches!(name, Name::Anchor(_) | Name::Class("hors-levier"));
                        for piece in read.pieces.iter().filter(|piece| !is_known(piece.name)) {
                            self.unknown_attribute(piece.name, &piece.span, OF_HEADINGS);
                        }
                    }
                    Err(fault) => self.report_fault(&fault),
                }
            }
            if words {
                match text.last_mut() {
                    Some(Inline::Text(last)) => last.push_str(&format!(" {typed}")),
                    _ => text.push(Inline::Text(format!(" {typed}").into())),
                }
            }
        }
        if text.is_empty() {
            self.warn(
                "A0221",
                say!("ce titre n’a pas de texte : il n’est pas montré", "this heading has no text: it is not shown"),
                heading.span,
                say!(
                    "écrivez le titre après les dièses, ou effacez la ligne",
                    "write the heading after the marks, or delete the line"
                ),
            );
            return;
        }
        heading.text = text;
        self.push(Block::Heading(heading));
    }
}
