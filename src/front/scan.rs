//! A line-by-line reading of a YAML block: where each key and value stands.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ecow::EcoString;

use super::loose::Loose;
use crate::diag::{Said, Span};
use crate::say;

/// What may stand before a key.
pub(super) const BLANKS: [char; 3] = [' ', '\t', '\u{a0}'];

/// Where keys and values stand, by their path: `["image", "alt"]`, `["themes", "0"]`.
#[derive(Debug, Default)]
pub(super) struct Places<'s> {
    source: &'s str,
    offset: usize,
    found: BTreeMap<String, (Span, Span)>,
}

/// A key found again: its name, the first place, the second place.
pub(super) type Twice = (EcoString, Span, Span);

/// An open level of the block: the column of its key or dash, and its name or item number.
struct Level {
    column: usize,
    name: EcoString,
    is_item: bool,
}

/// One line taken apart.
struct Line<'s> {
    /// How many `- ` open items stand before the key.
    dashes: usize,
    key: Option<(&'s str, usize)>,
    value: &'s str,
    value_at: usize,
}

impl<'s> Places<'s> {
    /// Scans a block that begins at `offset` in its file; also returns the keys given twice.
    pub(super) fn of(source: &'s str, offset: usize, loose: &Loose) -> (Self, Vec<Twice>) {
        let mut places = Self { source, offset, found: Default::default() };
        let mut twice = Vec::new();
        let mut stack: Vec<Level> = Vec::new();
        let mut items: BTreeMap<String, usize> = BTreeMap::new();
        let mut block_scalar: Option<usize> = None;
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let plain = line.trim_end();
            let indent = loose.get(&start).copied().unwrap_or_else(|| indent(plain));
            if plain.trim().is_empty() || plain.trim_start().starts_with('#') {
                continue;
            }
            if let Some(level) = block_scalar {
                if indent > level {
                    continue;
                }
                block_scalar = None;
            }
            let line = take_apart(plain, start);
            let mut column = indent;
            for _ in 0..line.dashes {
                while stack.last().is_some_and(|open| open.column > column || (open.column == column && open.is_item)) {
                    stack.pop();
                }
                let parent = join(&stack, None);
                let number = items.entry(parent).and_modify(|count| *count += 1).or_insert(0);
                stack.push(Level { column, name: ecow::eco_format!("{number}"), is_item: true });
                column += 2;
            }
            if let Some((key, key_at)) = line.key {
                while stack.last().is_some_and(|open| open.column >= column) {
                    stack.pop();
                }
                let name: EcoString = key.trim_matches(['"', '\'', '“', '”', '\u{a0}', '\u{202f}', ' ']).into();
                let path = join(&stack, Some(&name));
                let key_span = Span::new(key_at, key_at + key.len()).shifted(offset);
                let value_span = value_span(&line, key_at, key).shifted(offset);
                places.flow(&path, line.value, line.value_at + offset);
                match places.found.entry(path) {
                    Entry::Occupied(first) => twice.push((name.clone(), first.get().0, key_span)),
                    Entry::Vacant(place) => _ = place.insert((key_span, value_span)),
                }
                stack.push(Level { column, name, is_item: false });
                if line.value.starts_with(['|', '>']) {
                    block_scalar = Some(indent);
                }
            } else if line.dashes > 0 {
                let path = join(&stack, None);
                let span = Span::new(line.value_at, line.value_at + line.value.len()).shifted(offset);
                places.flow(&path, line.value, line.value_at + offset);
                places.found.insert(path, (span, span));
            }
        }
        (places, twice)
    }

    /// Records the items of a one-line `[a, b]` or the keys of a one-line `{a: 1}`.
    fn flow(&mut self, path: &str, value: &str, at: usize) {
        let open = value.chars().next();
        let inner = match open {
            Some('[') => value.trim_end().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')),
            Some('{') => value.trim_end().strip_prefix('{').and_then(|rest| rest.strip_suffix('}')),
            _ => None,
        };
        let Some(inner) = inner else { return };
        for (index, (start, piece)) in pieces(inner).into_iter().enumerate() {
            let trimmed = piece.trim();
            let lead = piece.len() - piece.trim_start().len();
            let from = at + 1 + start + lead;
            if open == Some('[') {
                let path = format!("{path}\u{1}{index}");
                let span = Span::new(from, from + trimmed.len());
                self.flow(&path, trimmed, from);
                self.found.insert(path, (span, span));
            } else if let Some((key, value)) = trimmed.split_once(':') {
                let value_at = from + key.len() + 1 + (value.len() - value.trim_start().len());
                let path = format!("{path}\u{1}{}", key.trim().trim_matches(['"', '\'']));
                self.flow(&path, value.trim(), value_at);
                self.found.insert(
                    path,
                    (Span::new(from, from + key.len()), Span::new(value_at, value_at + value.trim().len())),
                );
            }
        }
    }

    /// Returns what stands at a place of the file, as typed.
    pub(super) fn typed(&self, span: Span) -> Option<&'s str> {
        self.source.get(span.range().start.checked_sub(self.offset)?..span.range().end.checked_sub(self.offset)?)
    }

    /// Returns the bytes of a key and of its value.
    pub(super) fn of_key(&self, path: &[EcoString]) -> Option<(Span, Span)> {
        self.found.get(&path.join("\u{1}")).copied()
    }
}

fn join(stack: &[Level], last: Option<&str>) -> String {
    let mut path = String::new();
    for name in stack.iter().map(|level| level.name.as_str()).chain(last) {
        if !path.is_empty() {
            path.push('\u{1}');
        }
        path.push_str(name);
    }
    path
}

fn value_span(line: &Line<'_>, key_at: usize, key: &str) -> Span {
    if line.value.is_empty() {
        Span::new(key_at, key_at + key.len())
    } else {
        Span::new(line.value_at, line.value_at + line.value.len())
    }
}

/// Returns the columns of a line's indentation, a tab being two; one no-break space, which an editor adds unseen, is none.
pub(super) fn indent(plain: &str) -> usize {
    let lead = &plain[..plain.len() - plain.trim_start_matches(BLANKS).len()];
    if lead == "\u{a0}" { 0 } else { lead.chars().map(|c| if c == '\t' { 2 } else { 1 }).sum() }
}

/// A line that opens a key or an item.
pub(super) struct KeyLine {
    /// Where it begins in the block.
    pub start: usize,
    pub column: usize,
    pub dashes: usize,
    /// Of a key, whether it waits for keys of its own.
    pub holds: Option<bool>,
}

/// Returns the lines of a block that open a key or an item, texts of several lines left out.
pub(super) fn keys(source: &str) -> Vec<KeyLine> {
    let mut lines = Vec::new();
    let mut block_scalar: Option<usize> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let plain = line.trim_end();
        if plain.trim().is_empty() || plain.trim_start().starts_with('#') {
            continue;
        }
        let column = indent(plain);
        if block_scalar.is_some_and(|level| column > level) {
            continue;
        }
        block_scalar = None;
        let line = take_apart(plain, start);
        // A sentence with a colon is the end of the text above, not a key.
        let is_name = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let key = line.key.filter(|(key, _)| is_name(key));
        if key.is_some() && line.value.starts_with(['|', '>']) {
            block_scalar = Some(column);
        }
        if key.is_some() || line.dashes > 0 {
            let holds = key.map(|_| line.value.is_empty());
            lines.push(KeyLine { start, column, dashes: line.dashes, holds });
        }
    }
    lines
}

fn take_apart(plain: &str, start: usize) -> Line<'_> {
    let mut rest = plain.trim_start_matches(BLANKS);
    let mut dashes = 0;
    while rest == "-" || rest.starts_with("- ") {
        dashes += 1;
        rest = rest[1..].trim_start();
    }
    let at = start + plain.len() - rest.len();
    match key_end(rest) {
        Some(end) => {
            let value = rest[end + 1..].trim_start_matches([' ', '\t', '\u{a0}', '\u{202f}']);
            let key = rest[..end].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            Line {
                dashes,
                key: Some((key, at)),
                value: without_comment(value.trim_end()),
                value_at: start + plain.len() - value.len(),
            }
        }
        None => Line { dashes, key: None, value: without_comment(rest), value_at: at },
    }
}

/// Returns where the colon that ends a key stands, if the line begins with a key.
pub(super) fn key_end(line: &str) -> Option<usize> {
    if line.starts_with(['[', '{', '#', '&', '*', '|', '>']) {
        return None;
    }
    let quoted = line.chars().next().filter(|c| matches!(c, '"' | '\''));
    let from = match quoted {
        Some(quote) => 1 + line[1..].find(quote)? + 1,
        None => 0,
    };
    let colon = from + line[from..].find(':')?;
    let after = &line[colon + 1..];
    (after.is_empty() || after.starts_with([' ', '\t', '\u{a0}', '\u{202f}'])).then_some(colon)
}

/// Cuts at the commas that stand outside quotes and brackets.
fn pieces(inner: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let (mut depth, mut quote, mut from) = (0usize, None, 0);
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if inner[from..at].trim().is_empty() => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                pieces.push((from, &inner[from..at]));
                from = at + 1;
            }
            (None, _) => {}
        }
    }
    if !inner[from..].trim().is_empty() {
        pieces.push((from, &inner[from..]));
    }
    pieces
}

/// Returns where a block nests deeper than allowed, in brackets or in indentation.
pub(super) fn too_deep(source: &str, deepest: usize) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, false);
    for (at, byte) in source.bytes().enumerate() {
        match (quote, byte) {
            (true, b'\n' | b'"') => quote = false,
            (true, _) => {}
            (false, b'"') => quote = true,
            (false, b'[' | b'{') => {
                depth += 1;
                if depth > deepest {
                    return Some(at);
                }
            }
            (false, b']' | b'}') => depth = depth.saturating_sub(1),
            (false, _) => {}
        }
    }
    let mut at = 0;
    let mut columns: Vec<usize> = Vec::new();
    for line in source.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t', '-']).len();
        if !line.trim().is_empty() {
            columns.retain(|column| *column < indent);
            columns.push(indent);
            if columns.len() > deepest {
                return Some(at);
            }
        }
        at += line.len();
    }
    None
}

/// Returns the bytes of one line, without its indentation.
pub(super) fn line_span(source: &str, number: usize, offset: usize) -> Span {
    let mut at = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        if index == number || at + line.len() >= source.len() {
            let lead = line.len() - line.trim_start().len();
            return Span::new(at + lead, at + line.trim_end().len().max(lead)).shifted(offset);
        }
        at += line.len();
    }
    Span::new(offset, offset)
}

/// Says how to mend a line that YAML refuses.
pub(super) fn advice(line: &str) -> Said {
    let (key, value) = line.split_once(':').unwrap_or(("", line));
    let value = value.trim();
    // « [À lire] Le guide » is a text that begins with a bracket.
    let goes_on = value.starts_with('[') && value.find(']').is_some_and(|at| !value[at + 1..].trim().is_empty());
    if !goes_on && (line.starts_with(['[', '{']) || value.starts_with(['[', '{'])) {
        return say!(
            "vérifiez que chaque « [ » a son « ] » et que les éléments sont séparés par des virgules",
            "check that each “[” has its “]” and that items are separated by commas"
        );
    }
    if !line.contains(':') {
        return say!(
            "chaque ligne s’écrit « clé: valeur » ; la suite d’un texte se met en retrait sous sa clé",
            "each line reads “key: value”; a text goes on indented below its key"
        );
    }
    // Quotes around a text that has the same inside: `'L'école'`.
    let around = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    let value = around('\'').filter(|inner| inner.contains('\'')).unwrap_or(value);
    let (quote, value) = match (value.contains('"'), value.contains('\'')) {
        (false, _) => ('"', value.to_owned()),
        (true, false) => ('\'', value.to_owned()),
        (true, true) => ('"', value.replace('"', "’")),
    };
    say!(
        "mettez la valeur entre guillemets droits : {key}: {quote}{value}{quote}",
        "put the value between straight quotes: {key}: {quote}{value}{quote}"
    )
}

/// Returns a value without the comment that follows it: `brouillon # à relire`; « Le kit #4 » is not one.
pub(super) fn without_comment(value: &str) -> &str {
    let is_comment = |rest: &str| rest.starts_with([' ', '\t']) && rest.trim_start().starts_with("# ");
    let whole = match value.chars().next() {
        Some('#') if is_comment(&format!(" {value}")) => Some(0),
        Some(quote @ ('"' | '\'')) => closing(value, quote),
        Some('[') => value.rfind(']').map(|at| at + 1),
        Some('{') => value.rfind('}').map(|at| at + 1),
        _ => value.find(" # "),
    };
    match whole {
        Some(end) if end == 0 || is_comment(&value[end..]) => value[..end].trim_end(),
        _ => value,
    }
}

/// Returns where a quoted text ends, after its closing quote.
fn closing(value: &str, quote: char) -> Option<usize> {
    let mut letters = value.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' && quote == '"' {
            letters.next();
        } else if letter == quote {
            if quote == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') {
                letters.next();
            } else {
                return Some(at + letter.len_utf8());
            }
        }
    }
    None
}
