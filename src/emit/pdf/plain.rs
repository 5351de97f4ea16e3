//! Small readings of text: what HTML says without its tags, how an address is printed.

use crate::doc::Inline;
use crate::urls::encode;

/// Returns the text of inline content, without notes.
pub fn of_inlines(inlines: &[Inline]) -> String {
    let mut out = String::new();
    push_inlines(inlines, &mut out);
    out
}

fn push_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => {
                out.push_str(text)
            }
            Inline::Abbreviation { text, .. } => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Deleted(inner)
            | Inline::Superscript(inner)
            | Inline::Subscript(inner)
            | Inline::Link { text: inner, .. }
            | Inline::Foreign { text: inner, .. } => push_inlines(inner, out),
            Inline::Image(image) => out.push_str(&image.alt),
            Inline::Html(html) => out.push_str(&of_html(html)),
            Inline::NoteCall { .. } => {}
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
        }
    }
}

/// Returns what a piece of HTML says: its text, with spaces where blocks and breaks stand.
pub fn of_html(html: &str) -> String {
    const BLOCKS: [&str; 18] = [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "th",
        "table",
        "details",
        "summary",
        "dt",
        "dd",
        "h2",
        "h3",
        "figcaption",
        "blockquote",
    ];
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&unescape(&rest[..at]));
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name: String = rest[1..].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        if BLOCKS.contains(&name.to_ascii_lowercase().as_str()) {
            out.push(' ');
        }
        rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
    }
    out.push_str(&unescape(rest));
    out
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').filter(|end| *end <= 10).and_then(|end| Some((end, entity(&rest[1..end])?)));
        match entity {
            Some((end, character)) => {
                out.push(character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    let named = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "laquo" => '«',
        "raquo" => '»',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "rsquo" => '’',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            return char::from_u32(code);
        }
    };
    Some(named)
}

/// Returns an address as it is printed: without scheme, `www.` and final slash.
pub fn shown_address(address: &str) -> String {
    let rest = address.trim_start_matches("mailto:").trim_start_matches("tel:");
    let rest = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://")).unwrap_or(rest);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.trim_end_matches('/').to_owned()
}

/// Returns an address that a PDF may hold: in ASCII, without spaces or quotes.
pub fn address(address: &str) -> String {
    if address.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte)) {
        return address.to_owned();
    }
    let mut out = String::with_capacity(address.len() + 8);
    let mut bytes = [0; 4];
    for character in address.chars() {
        if character.is_ascii_graphic() && !"\"<>\\^`{|}".contains(character) {
            out.push(character);
        } else {
            out.push_str(&encode(character.encode_utf8(&mut bytes)));
        }
    }
    out
}

/// Returns where a word ends in a text, at its first use that is not a part of a longer word.
pub fn end_of_word(text: &str, word: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text.get(from..)?.find(word).map(|at| from + at) {
        let end = at + word.len();
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        if !before && !after {
            return Some(end);
        }
        from = end;
    }
    None
}
