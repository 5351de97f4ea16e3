//! What machines read is never typeset: addresses, e-mails, file paths, variables, attributes, shortcodes.

use super::cursor::Cursor;

/// Passes over the address, e-mail or path that begins or goes on here.
pub(super) fn skip(c: &mut Cursor<'_>) {
    let rest = c.rest();
    let prev = c.prev();
    let starts_word = prev.is_none_or(|p| !p.is_alphanumeric());
    let starts_token = prev.is_none_or(|p| !p.is_alphanumeric() && !matches!(p, ')' | ']' | '»' | '%' | '°'));
    let mut chars = rest.chars();
    let first = chars.next();
    let second = chars.next();
    let named = second.is_some_and(|n| n.is_alphanumeric() || matches!(n, '_' | '.' | '/' | '\\' | '~'));
    let machine = match first {
        Some('w') => starts_word && rest.starts_with("www."),
        Some('@') => second.is_some_and(|n| n.is_ascii_alphanumeric()),
        Some('\\') => named,
        Some('/') => starts_token && named,
        Some('~') => starts_token && second == Some('/'),
        // A variable or a command of a template: « {{ unsubscribe }} ».
        Some('{') => return c.skip(enclosed_len(rest).unwrap_or(1)),
        _ => false,
    };
    if machine { c.skip(address_len(rest)) } else { c.skip(1) }
}

/// Passes over an address whose scheme has just been read and whose colon stands here, if that is one.
pub(super) fn skip_after_scheme(c: &mut Cursor<'_>) -> bool {
    let found = c.rest().starts_with("://") && c.read().ends_with(|p: char| p.is_ascii_alphanumeric());
    if found {
        c.skip(address_len(c.rest()));
    }
    found
}

/// The beginning of a text, as far as a closing mark is looked for.
fn near(text: &str) -> &str {
    text.char_indices().nth(200).map_or(text, |(end, _)| &text[..end])
}

/// Returns the length of the `{{ … }}` or `{% … %}` that begins `text`.
fn enclosed_len(text: &str) -> Option<usize> {
    let close = match text.as_bytes().get(1) {
        Some(b'{') => "}}",
        Some(b'%') => "%}",
        _ => return None,
    };
    near(&text[2..]).find(close).map(|at| at + 4)
}

/// Passes over the value of an attribute, `role="img"`, when its opening quote of `len` bytes stands here.
pub(super) fn skip_value(c: &mut Cursor<'_>, len: usize) -> bool {
    let named = c.read().strip_suffix('=').is_some_and(|name| name.ends_with(|p: char| p.is_alphanumeric()));
    if !named {
        return false;
    }
    let rest = c.rest();
    let close = if &rest[..len] == "“" { "”" } else { &rest[..len] };
    let value = near(&rest[len..]);
    let ends = |at: &usize| !value[at + close.len()..].starts_with(|next: char| next.is_alphanumeric());
    let end = value.match_indices(close).map(|(at, _)| at).find(ends).map_or(len, |at| len + at + close.len());
    c.skip(end);
    true
}

/// Says whether the value of an attribute may begin in a text.
pub(crate) fn has_value(text: &str) -> bool {
    text.match_indices('=').any(|(at, _)| text[at + 1..].starts_with(['"', '\'', '’', '“']))
}

/// Returns the length of a face typed by its name, `:memo:`, at the start of `text`.
pub(super) fn shortcode_len(text: &str) -> Option<usize> {
    let name = text.strip_prefix(':')?;
    let len = name.find(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-')))?;
    let ends = name[len..].starts_with(':') && !name[len + 1..].starts_with(char::is_alphanumeric);
    (len >= 2 && ends && name.starts_with(|c: char| c.is_ascii_lowercase() || c == '+')).then_some(len + 2)
}

/// Says whether what stands before a word joins it to a file name or an address.
pub(super) fn is_joined(before: &str) -> bool {
    if let Some(before) = before.strip_suffix('.') {
        return before.ends_with(char::is_alphanumeric);
    }
    before.ends_with(|c: char| c.is_numeric() || matches!(c, '/' | '@' | '_' | '\\' | '#' | '=' | '&'))
}

/// Returns the length of the address at the start of `text`, without the marks of the sentence that end it.
fn address_len(text: &str) -> usize {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '’' | '…'))
        .unwrap_or(text.len());
    let mut address = &text[..end];
    while let Some(last) = address.chars().next_back() {
        let trims = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !trims {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    address.len().max(1)
}
