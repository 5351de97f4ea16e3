//! The mends that let writers' YAML through, and a block cut at its keys, so that one slip hides nothing else.

use super::loose::Loose;
use super::scan::{BLANKS, indent, key_end, without_comment};

/// Returns the block as YAML proper: no-break spaces around keys, tabs, Word's quotes and unquoted colons are understood.
///
/// Keys askew are put back in their column.
pub(super) fn mend(source: &str, loose: &Loose) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    let mut block_scalar: Option<usize> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let plain = line.trim_end_matches(['\n', '\r']);
        let indent = loose.get(&at).copied().unwrap_or_else(|| indent(plain));
        at += line.len();
        if let Some(level) = block_scalar {
            if plain.trim().is_empty() || indent > level {
                out.push_str(plain);
                out.push('\n');
                continue;
            }
            block_scalar = None;
        }
        if opens_scalar(plain) {
            block_scalar = Some(indent);
        }
        mend_line(plain, indent, &mut out);
        out.push('\n');
    }
    out
}

/// Returns whether the lines that follow are a text kept as it is: `|`, `>-`, `|2+`, with or without a comment (YAML 1.2, 8.1).
fn opens_scalar(line: &str) -> bool {
    let bare = line.split(" #").next().unwrap_or_default().trim_end();
    let (before, mark) = bare.rsplit_once(BLANKS).unwrap_or(("", bare));
    let marks = |rest: &str| rest.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'));
    mark.strip_prefix(['|', '>']).is_some_and(marks) && before.trim_end_matches(BLANKS).ends_with([':', '-'])
}

fn mend_line(plain: &str, indent: usize, out: &mut String) {
    let mut rest = plain.trim_start_matches(BLANKS);
    out.extend(std::iter::repeat_n(' ', indent));
    while rest == "-" || rest.starts_with("- ") {
        out.push_str("- ");
        rest = rest[1..].trim_start();
    }
    if rest.starts_with('#') {
        return;
    }
    match key_end(rest) {
        Some(end) => {
            let key = rest[..end].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            out.push_str(key);
            out.push(':');
            let value = without_comment(rest[end + 1..].trim_matches([' ', '\t', '\u{a0}', '\u{202f}']));
            if !value.is_empty() {
                out.push(' ');
                mend_value(value, out);
            }
        }
        None if rest.starts_with(['[', '{', '"', '\'']) => out.push_str(rest),
        None => mend_value(without_comment(rest), out),
    }
}

fn mend_value(value: &str, out: &mut String) {
    let mut quote = |text: &str| {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    };
    let word_quoted = |open: char, close: char| {
        value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).filter(|inner| !inner.contains(open))
    };
    if let Some(inner) = word_quoted('“', '”').or_else(|| word_quoted('‘', '’')) {
        return quote(inner);
    }
    let first = value.chars().next().unwrap_or(' ');
    let closed = |open: char| value.len() > 1 && value.trim_end().ends_with(open);
    let plain_text = match first {
        '"' | '\'' => !closed(first),
        '[' => !value.trim_end().ends_with(']'),
        '{' => !value.trim_end().ends_with('}'),
        '|' | '>' => !opens_scalar(&format!(": {value}")),
        '&' | '*' | '!' | '%' | '@' | '`' | '?' | ',' => true,
        _ => value.contains(": ") || value.contains(" #") || value.ends_with(':') || value.contains(":\u{a0}"),
    };
    if plain_text && !matches!(first, '[' | '{') { quote(value) } else { out.push_str(value) }
}

/// Cuts a mended block at its top-level keys, each piece with the number of its first line, so that each can be read by itself.
pub(super) fn blocks(mended: &str) -> Vec<(usize, &str)> {
    let starts: Vec<(usize, usize)> = mended
        .split_inclusive('\n')
        .scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line)))
        .enumerate()
        .filter(|(_, (_, line))| !line.starts_with([' ', '-', '#', ']', '}']) && key_end(line.trim_end()).is_some())
        .map(|(number, (at, _))| (number, at))
        .collect();
    let ends = starts.iter().skip(1).map(|(_, at)| *at).chain([mended.len()]);
    starts.iter().zip(ends).map(|((number, at), end)| (*number, &mended[*at..end])).collect()
}

/// Finds the lines of one key's piece that stand at the edge and are no key, and returns them with the piece that is left.
///
/// The numbers of lines stay; a piece that opens a bracket and does not close it on its line is left whole.
pub(super) fn without_strays(block: &str) -> (Vec<usize>, String) {
    let first = block.lines().next().unwrap_or_default();
    let is_closed = |open: char, close: char| first.matches(open).count() == first.matches(close).count();
    if !is_closed('[', ']') || !is_closed('{', '}') {
        return (Vec::new(), block.to_owned());
    }
    let is_stray = |line: &str| !line.trim().is_empty() && !line.starts_with([' ', '-', '#', ']', '}', '"', '\'']);
    let (mut strays, mut rest) = (Vec::new(), String::with_capacity(block.len()));
    for (number, line) in block.lines().enumerate() {
        if number > 0 && is_stray(line) {
            strays.push(number);
        } else {
            rest.push_str(line);
        }
        rest.push('\n');
    }
    (strays, rest)
}
