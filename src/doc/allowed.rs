//! What raw HTML may hold: elements, attributes and addresses; everything else is removed.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The elements that may stay in the text.
pub(super) const TAGS: &[&str] = &[
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Those that may stand in a line of text (HTML, phrasing content); the others stand between paragraphs.
const PHRASING: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Returns whether an element may stand in a line of text.
pub(super) fn is_phrasing(name: &str) -> bool {
    PHRASING.contains(&name)
}

/// The attributes that may stay on any element.
const ATTRIBUTES: &[&str] = &["class", "dir", "lang", "title"];

/// The attributes that may stay on some elements.
const TAG_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("iframe", &["src", "width", "height", "loading"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed", "type"]),
    ("q", &["cite"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["colspan", "headers", "rowspan", "scope", "abbr"]),
    ("time", &["datetime"]),
];

/// The addresses that may stay; one without a scheme stays too.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// The schemes that run something or hide what they hold.
pub(super) const DANGEROUS: &[&str] = &["javascript", "data", "vbscript"];

/// Cleans HTML without frames.
pub(super) static PLAIN: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| policy(false));
/// Cleans HTML whose frames all show this site.
pub(super) static FRAMED: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| policy(true));

fn policy(frames: bool) -> ammonia::Builder<'static> {
    let mut policy = ammonia::Builder::empty();
    let mut tags: HashSet<&str> = TAGS.iter().copied().collect();
    if frames {
        tags.insert("iframe");
    }
    let attributes: HashMap<&str, HashSet<&str>> =
        TAG_ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect();
    policy
        .tags(tags)
        .clean_content_tags(HashSet::from([
            "script", "style", "noscript", "template", "svg", "math", "select", "textarea",
        ]))
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .tag_attributes(attributes)
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    policy
}

/// Tells whether an element may stay.
pub(super) fn is_allowed(tag: &str) -> bool {
    TAGS.binary_search(&tag).is_ok()
}

/// Tells whether an attribute may stay on an element.
pub(super) fn is_allowed_on(tag: &str, attribute: &str) -> bool {
    ATTRIBUTES.contains(&attribute)
        || TAG_ATTRIBUTES.iter().any(|(name, names)| *name == tag && names.contains(&attribute))
}

/// Returns the scheme of an address as browsers read it, without the blanks and controls it may hide.
pub(super) fn scheme(address: &str) -> Option<String> {
    if !address.contains(':') {
        return None;
    }
    let seen = address.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c));
    let mut scheme = String::new();
    for c in seen {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            c if c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.') => scheme.push(c.to_ascii_lowercase()),
            _ => return None,
        }
    }
    None
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Tells whether an address may run something.
pub(super) fn is_dangerous(address: &str) -> bool {
    scheme(address).is_some_and(|scheme| DANGEROUS.contains(&scheme.as_str()))
}
