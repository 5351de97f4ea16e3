//! What Markdown reads without a word and no writer meant: tables drawn with spaces, boxes opened in a line, code without an end.

use std::ops::Range;

use super::builder::Builder;
use super::directives::directive;
use crate::diag::{Said, Span};
use crate::say;
use crate::texts::places;

impl Builder<'_, '_> {
    /// Says that a line of dashes belongs to a table drawn with spaces, as pandoc and word processors write them.
    pub(super) fn spaced_table(&mut self, range: &Range<usize>) {
        let typed = self.clean.get(range.clone()).unwrap_or_default().trim_end();
        let groups = typed.split_whitespace().filter(|group| group.len() > 2 && group.bytes().all(|b| b == b'-'));
        let (groups, columns) = (groups.clone().count(), typed.split_whitespace().count());
        if columns < 2 || groups < columns {
            return;
        }
        let line = range.start..range.start + typed.len();
        // The same line closes the table that it opened.
        if std::mem::replace(&mut self.drawn, line.clone()).len() == line.len() {
            self.drawn = 0..0;
            return;
        }
        self.drawn_table(line, columns);
    }

    /// Says the same of a table drawn with `+` and dashes.
    pub(super) fn ruled_table(&mut self, span: Span) {
        let typed = self.unspan(span);
        let text = self.clean.get(typed.clone()).unwrap_or_default();
        let first = text.lines().next().unwrap_or_default().trim_end();
        let is_rule = first.starts_with('+') && first.ends_with('+') && first.contains("--");
        if is_rule && first.bytes().all(|byte| matches!(byte, b'+' | b'-' | b'=' | b':')) {
            let columns = first.matches('+').count() - 1;
            self.drawn_table(typed.start..typed.start + first.len(), columns);
        }
    }

    fn drawn_table(&mut self, line: Range<usize>, columns: usize) {
        let rule = "| --- ".repeat(columns.min(12)) + "|";
        self.warn(
            "A0218",
            say!(
                "ce tableau dessiné avec des tirets n’est pas lu comme un tableau",
                "this table drawn with dashes is not read as a table"
            ),
            self.span(line),
            say!(
                "mettez des barres entre les cases et, sous la première ligne, {rule} ; pandoc le fait avec « --to gfm »",
                "put bars between the cells and, under the first line, {rule}; pandoc does so with “--to gfm”"
            ),
        );
    }

    /// Says that a mark of another program will be shown as typed: of Word, of SPIP, of WordPress, of other generators.
    pub(super) fn foreign_mark(&mut self, span: Span) {
        let typed = self.unspan(span);
        let text = self.clean.get(typed.clone()).unwrap_or_default();
        let Some((range, help)) = foreign(text) else { return };
        let mark = &text[range.clone()];
        self.warn(
            "A0220",
            say!(
                "« {mark} » vient d’un autre outil et sera montré tel quel",
                "“{mark}” comes from another program and will be shown as typed"
            ),
            self.span(typed.start + range.start..typed.start + range.end),
            help,
        );
    }

    /// Says that a box named in the middle of a line opens none.
    pub(super) fn opened_midway(&mut self, span: Span) {
        let typed = self.unspan(span);
        let text = self.clean.get(typed.clone()).unwrap_or_default();
        if !text.contains(" :::") {
            return;
        }
        let mut found = Vec::new();
        for (start, line) in lines(text).filter(|(_, line)| line.contains(" :::")) {
            let marks = outside_code(line, |byte| byte == b':')
                .filter(|at| line[..*at].ends_with(' ') && line[*at..].starts_with(":::"));
            found.extend(marks.filter(|at| !line[..*at].trim().is_empty()).map(|at| start + at).take(MOST));
        }
        for at in found {
            let rest = text[at..].trim_start_matches(':');
            let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len())];
            let after = rest[name.len()..].chars().next();
            if directive(name).is_some() && after.is_none_or(|c| matches!(c, '{' | '\n')) {
                self.report_unopened(&text[at..], typed.start + at);
            }
        }
    }

    /// Says that a block of code has no last line: all that follows is code.
    pub(super) fn endless_code(&mut self, range: &Range<usize>) {
        let text = self.clean.get(range.clone()).unwrap_or_default();
        let first = text.lines().next().unwrap_or_default();
        let Some(mark) = first.chars().next().filter(|c| matches!(c, '`' | '~')) else { return };
        let fence: String = first.chars().take_while(|c| *c == mark).collect();
        let last = text.trim_end().lines().next_back().unwrap_or_default().trim_start_matches(['>', ' ', '\t']);
        let is_closed = text.trim_end().lines().nth(1).is_some()
            && last.starts_with(&fence)
            && last.trim_end().chars().all(|c| c == mark);
        if !is_closed {
            self.error(
                "E0204",
                say!(
                    "le bloc de code ouvert par « {fence} » n’est pas fermé",
                    "the block of code opened by “{fence}” is not closed"
                ),
                self.span(range.start..range.start + first.trim_end().len()),
                say!("ajoutez une ligne {fence} là où le code finit", "add a line {fence} where the code ends"),
            );
        }
    }
}

/// How many boxes named in the middle of a line are told.
const MOST: usize = 20;

/// Returns where some signs stand in a text, outside what is between backquotes.
fn outside_code<'t>(text: &'t str, is_sign: impl Fn(u8) -> bool + Copy + 't) -> impl Iterator<Item = usize> + 't {
    let mut is_code = false;
    places(text.as_bytes(), move |byte| (byte == b'`') | is_sign(byte)).filter(move |at| {
        let is_quote = text.as_bytes()[*at] == b'`';
        is_code ^= is_quote;
        !is_code && !is_quote
    })
}

/// Returns the lines of a text, each with its place.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    })
}

/// Returns the beginning of a text: a mark of another program ends near where it begins.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(400)]
}

/// Finds the first mark of another program in a text, outside code, and what to write instead.
fn foreign(text: &str) -> Option<(Range<usize>, Said)> {
    let markdown =
        || say!("remplacez-le par du Markdown, ou par une boîte « ::: »", "replace it by Markdown, or by a “:::” box");
    let picture = || say!("écrivez ![description](fichier)", "write ![description](file)");
    let ending = |at: usize, end: &str| near(&text[at..]).find(end).map(|length| at..at + length + end.len());
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    outside_code(text, |byte| (byte == b'{') | (byte == b'<') | (byte == b'[')).find_map(|at| {
        let rest = &text[at..];
        let lower = rest.get(..12.min(rest.len())).unwrap_or(rest).to_ascii_lowercase();
        if rest.starts_with("{{<") || rest.starts_with("{{%") {
            return Some((ending(at, "}}")?, markdown()));
        }
        if rest.starts_with("{{{") {
            return Some((ending(at, "}}}")?, say!("écrivez ## devant le titre", "write ## before the heading")));
        }
        if rest.starts_with("{% ") && (at == 0 || text[..at].ends_with('\n')) {
            return Some((ending(at, "%}")?, markdown()));
        }
        if ["<doc", "<img", "<emb"].iter().any(|tag| lower.starts_with(tag) && numbered(&rest[tag.len()..])) {
            return Some((ending(at, ">")?, picture()));
        }
        if ["<o:", "</o:", "<w:", "</w:", "<!--[if"].iter().any(|tag| lower.starts_with(tag)) {
            return Some((ending(at, ">")?, say!("effacez-le", "delete it")));
        }
        if ["[caption", "[/caption", "[gallery", "[embed", "[/embed", "[vc_", "[/vc_", "[et_pb"]
            .iter()
            .any(|tag| lower.starts_with(tag))
        {
            return Some((ending(at, "]")?, markdown()));
        }
        let link = ending(at, "]").filter(|range| rest.starts_with('[') && text[range.clone()].contains("->"))?;
        let (shown, to) = text[link.start + 1..link.end - 1].split_once("->")?;
        let (shown, to) = (shown.trim(), to.trim());
        let is_sound = !to.is_empty() && !to.contains(char::is_whitespace) && !text[link.end..].starts_with('(');
        is_sound.then(|| (link, say!("écrivez [{shown}]({to})", "write [{shown}]({to})")))
    })
}
