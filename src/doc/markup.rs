//! Reads the tags of raw HTML with their bytes, so that what is removed can be shown to the writer.

use std::borrow::Cow;
use std::ops::Range;

/// A tag of raw HTML.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag<'t> {
    /// In lower case.
    pub(super) name: String,
    pub(super) closing: bool,
    pub(super) attributes: Vec<Attribute<'t>>,
    /// From `<` to `>`.
    pub(super) span: Range<usize>,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribute<'t> {
    /// In lower case.
    pub(super) name: String,
    /// With its character references read.
    pub(super) value: Cow<'t, str>,
    pub(super) span: Range<usize>,
}

impl Tag<'_> {
    /// Returns the value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
    }

    /// Tells whether the element holds nothing.
    pub(super) fn is_void(&self) -> bool {
        matches!(
            &*self.name,
            "area"
                | "base"
                | "br"
                | "col"
                | "embed"
                | "hr"
                | "img"
                | "input"
                | "link"
                | "meta"
                | "source"
                | "track"
                | "wbr"
        )
    }
}

/// Tells whether a name is one of an element of HTML, current, obsolete, or of a drawing or a formula.
pub(super) fn is_element(name: &str) -> bool {
    const ELEMENTS: &[&str] = &[
        "a",
        "abbr",
        "acronym",
        "address",
        "applet",
        "area",
        "article",
        "aside",
        "audio",
        "b",
        "base",
        "basefont",
        "bdi",
        "bdo",
        "bgsound",
        "big",
        "blink",
        "blockquote",
        "body",
        "br",
        "button",
        "canvas",
        "caption",
        "center",
        "circle",
        "cite",
        "code",
        "col",
        "colgroup",
        "data",
        "datalist",
        "dd",
        "del",
        "details",
        "dfn",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "em",
        "embed",
        "fieldset",
        "figcaption",
        "figure",
        "font",
        "footer",
        "foreignobject",
        "form",
        "frame",
        "frameset",
        "g",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "i",
        "iframe",
        "image",
        "img",
        "input",
        "ins",
        "kbd",
        "keygen",
        "label",
        "legend",
        "li",
        "link",
        "main",
        "map",
        "mark",
        "marquee",
        "math",
        "menu",
        "meta",
        "meter",
        "nav",
        "nobr",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "param",
        "path",
        "picture",
        "plaintext",
        "pre",
        "progress",
        "q",
        "rb",
        "rect",
        "rp",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "script",
        "search",
        "section",
        "select",
        "slot",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "time",
        "title",
        "tr",
        "track",
        "tt",
        "u",
        "ul",
        "use",
        "var",
        "video",
        "wbr",
        "xmp",
    ];
    ELEMENTS.binary_search(&name).is_ok()
}

/// Finds the tags of a piece of HTML; what stands in comments and in scripts holds none.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|found| at + found) {
        let rest = &html[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            at = comment.find("-->").map_or(html.len(), |end| open + 4 + end + 3);
        } else if let Some(tag) = tag(html, open) {
            at = tag.span.end;
            let raw = !tag.closing && matches!(&*tag.name, "script" | "style");
            if raw {
                let close = format!("</{}", tag.name);
                at = find_ignoring_case(&html[at..], &close).map_or(html.len(), |end| at + end);
            }
            tags.push(tag);
        } else {
            at = open + 1;
        }
    }
    tags
}

fn find_ignoring_case(text: &str, wanted: &str) -> Option<usize> {
    text.as_bytes().windows(wanted.len()).position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
}

/// Reads the tag that begins at a place, if one does.
pub(super) fn tag(html: &str, start: usize) -> Option<Tag<'_>> {
    let bytes = html.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let from = start + 1 + usize::from(closing);
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let mut at = span_of(bytes, from, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'/'));
    let name = html[from..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        at = span_of(bytes, at, |byte| byte.is_ascii_whitespace() || byte == b'/');
        match bytes.get(at) {
            None => return None,
            Some(b'>') => return Some(Tag { name, closing, attributes, span: start..at + 1 }),
            Some(_) => {
                let attribute = attribute(html, at)?;
                at = attribute.span.end;
                attributes.push(attribute);
            }
        }
    }
}

fn span_of(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|byte| !wanted(*byte)).map_or(bytes.len(), |length| from + length)
}

fn attribute(html: &str, start: usize) -> Option<Attribute<'_>> {
    let bytes = html.as_bytes();
    // A first `=` belongs to the name, as in browsers.
    let end = span_of(bytes, start + 1, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
    let name = html.get(start..end)?.to_ascii_lowercase();
    let equals = span_of(bytes, end, |byte| byte.is_ascii_whitespace());
    if bytes.get(equals) != Some(&b'=') {
        return Some(Attribute { name, value: Cow::Borrowed(""), span: start..end });
    }
    let from = span_of(bytes, equals + 1, |byte| byte.is_ascii_whitespace());
    let (value, end) = match bytes.get(from) {
        None => return None,
        Some(quote @ (b'"' | b'\'')) => {
            let close = span_of(bytes, from + 1, |byte| byte != *quote);
            (html.get(from + 1..close)?, (close + 1).min(bytes.len()))
        }
        Some(_) => {
            let close = span_of(bytes, from, |byte| !byte.is_ascii_whitespace() && byte != b'>');
            (html.get(from..close)?, close)
        }
    };
    Some(Attribute { name, value: references(value), span: start..end })
}

/// Reads the character references that matter in an attribute.
fn references(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut read = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end))) {
            Some((c, end)) => {
                read.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                read.push('&');
                rest = &rest[1..];
            }
        }
    }
    read.push_str(rest);
    Cow::Owned(read)
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| *c != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "Tab" => '\t',
        "NewLine" => '\n',
        "rsquo" => '’',
        "laquo" => '«',
        "raquo" => '»',
        "eacute" => 'é',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "ocirc" => 'ô',
        "oelig" => 'œ',
        _ => return None,
    })
}

/// Returns the text of a piece of HTML, without its tags and comments.
pub(super) fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut at = 0;
    for tag in tags(html) {
        text.push_str(&html[at.min(tag.span.start)..tag.span.start]);
        if !text.ends_with(char::is_whitespace) {
            text.push(' ');
        }
        at = tag.span.end;
    }
    text.push_str(&html[at..]);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(open) = rest.find("<!--") {
        out.push_str(&rest[..open]);
        rest = rest[open..].find("-->").map_or("", |close| &rest[open + close + 3..]);
    }
    out.push_str(rest);
    references(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_sorted() {
        for name in ["a", "h6", "iframe", "img", "image", "svg", "xmp", "rb"] {
            assert!(is_element(name), "{name}");
        }
        assert!(!is_element("nom") && !is_element("https://exemple.fr"));
    }

    #[test]
    fn tags_and_attributes_have_their_bytes() {
        let html =
            "<p class=a>x<IMG src='a b' alt=\"&eacute;&amp;\" hidden/><!-- <b> --></P><script>a<b></script>1 < 2";
        let found: Vec<_> =
            tags(html).iter().map(|tag| (&html[tag.span.clone()], tag.closing, tag.name.clone())).collect();
        let expected = [
            ("<p class=a>", false, "p"),
            ("<IMG src='a b' alt=\"&eacute;&amp;\" hidden/>", false, "img"),
            ("</P>", true, "p"),
            ("<script>", false, "script"),
            ("</script>", true, "script"),
        ];
        assert_eq!(found, expected.map(|(text, closing, name)| (text, closing, name.to_owned())));
        let image = &tags(html)[1];
        assert_eq!((image.get("src"), image.get("alt"), image.get("hidden")), (Some("a b"), Some("é&"), Some("")));
    }
}
