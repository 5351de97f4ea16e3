//! Inclusive writing: finds forms such as « élu·e·s » and says which words they stand for.

mod endings;

use std::borrow::Cow;
use std::ops::Range;

use self::endings::{ROOTS, feminine, fits, pluralise, singular};
use super::Inclusif;

/// An inclusive form found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it stands for.
    pub form: Form,
}

/// The words an inclusive form stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The masculine singular: « élu ».
    pub masculine: String,
    /// The feminine singular: « élue ».
    pub feminine: String,
    /// The masculine and feminine plurals, when the form is a plural.
    pub plurals: Option<(String, String)>,
    /// How it is written with middle dots.
    dotted: String,
}

impl Form {
    /// Returns the masculine that goes in the place of the form: « élus » for « élu·e·s ».
    pub fn plain(&self) -> &str {
        self.plurals.as_ref().map_or(&self.masculine, |(masculine, _)| masculine)
    }

    fn words(self) -> Vec<String> {
        let mut words = Vec::with_capacity(4);
        if let Some((masculine, feminine)) = self.plurals {
            words.extend([masculine, feminine]);
        }
        words.extend([self.masculine, self.feminine]);
        let mut seen: Vec<String> = Vec::with_capacity(4);
        for word in words {
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        seen
    }

    fn doublet(&self) -> String {
        match &self.plurals {
            Some((masculine, feminine)) => format!("{feminine} et {masculine}"),
            None => format!("{} ou {}", self.feminine, self.masculine),
        }
    }
}

/// Returns the words a single inclusive form stands for, or nothing when the word is an ordinary one.
///
/// « élu·e·s » gives élus, élues, élu, élue.
pub fn forms(word: &str) -> Option<Vec<String>> {
    let found = find(word).next()?;
    (found.range == (0..word.len())).then(|| found.form.words())
}

/// Finds the inclusive forms of a text, in order.
pub fn find(text: &str) -> impl Iterator<Item = Found> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(mark) = next_mark(text, at) {
            at = mark.end;
            if let Some(found) = read(text, mark) {
                at = found.range.end;
                return Some(found);
            }
        }
        None
    })
}

/// Writes the inclusive forms of a text as the site chose.
pub(super) fn rewrite(text: Cow<'_, str>, choice: Inclusif) -> Cow<'_, str> {
    let mut out = String::new();
    let mut at = 0;
    for found in find(&text) {
        let with = match choice {
            Inclusif::TelQuel => continue,
            Inclusif::PointMedian => found.form.dotted.clone(),
            Inclusif::Doublet => found.form.doublet(),
        };
        out.push_str(&text[at..found.range.start]);
        out.push_str(&with);
        at = found.range.end;
    }
    if at == 0 {
        return text;
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

/// A mark that may part the masculine from the feminine.
struct Mark {
    start: usize,
    end: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Middle,
    Dot,
    Hyphen,
    Slash,
    Bracket,
    Capital,
}

/// The bytes that begin a mark.
const MAY_MARK: [bool; 256] = {
    let mut table = [false; 256];
    table[b'.' as usize] = true;
    table[b'-' as usize] = true;
    table[b'/' as usize] = true;
    table[b'(' as usize] = true;
    table[b'E' as usize] = true;
    table[0xc2] = true;
    table[0xe2] = true;
    table
};

fn next_mark(text: &str, from: usize) -> Option<Mark> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(next) = bytes[at..].iter().position(|byte| MAY_MARK[usize::from(*byte)]) {
        at += next;
        let (len, kind) = match bytes[at] {
            b'.' => (1, Kind::Dot),
            b'-' => (1, Kind::Hyphen),
            b'/' => (1, Kind::Slash),
            b'(' => (1, Kind::Bracket),
            b'E' => (0, Kind::Capital),
            0xc2 if bytes.get(at + 1) == Some(&0xb7) => (2, Kind::Middle),
            0xe2 if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa7 | 0xa2] | [0x88, 0x99] | [0x8b, 0x85])) => {
                (3, Kind::Middle)
            }
            _ => {
                at += 1;
                continue;
            }
        };
        // Both sides must be letters, and lower-case before: most marks stop here.
        let before = text[..at].chars().next_back().is_some_and(char::is_alphabetic);
        if before && text[at + len..].starts_with(char::is_alphabetic) {
            return Some(Mark { start: at, end: at + len.max(1), kind });
        }
        at += len.max(1);
    }
    None
}

/// Reads the form around a mark.
fn read(text: &str, mark: Mark) -> Option<Found> {
    let stem_start = text[..mark.start].trim_end_matches(char::is_alphabetic).len();
    let stem = &text[stem_start..mark.start];
    // After an ellipsis a word begins; after one stop it goes on.
    let before = text[..stem_start].strip_suffix("...").map_or(&text[..stem_start], |rest| rest.trim_end_matches('.'));
    if before.ends_with(['.', '@', '/', '_', '\\', ':', '#', '=', '&'])
        || text[..stem_start].ends_with(|c: char| c.is_numeric())
    {
        return None;
    }
    let after = match mark.kind {
        Kind::Capital => mark.start,
        Kind::Middle | Kind::Dot | Kind::Hyphen | Kind::Slash | Kind::Bracket => mark.end,
    };
    let suffix_len = text[after..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - after);
    let suffix = &text[after..after + suffix_len];
    let mut end = after + suffix_len;
    let mut plural = false;
    let separator = &text[mark.start..mark.end];
    match mark.kind {
        Kind::Bracket => {
            end = text[end..].starts_with(')').then_some(end + 1)?;
            for plural_mark in ["(s)", "s", "(x)", "x"] {
                if let Some(rest) = text[end..].strip_prefix(plural_mark)
                    && !rest.starts_with(char::is_alphanumeric)
                {
                    end += plural_mark.len();
                    plural = true;
                    break;
                }
            }
        }
        Kind::Middle | Kind::Dot | Kind::Hyphen | Kind::Slash => {
            if let Some(rest) = text[end..].strip_prefix(separator)
                && rest.starts_with(['s', 'x', 'S', 'X'])
                && !rest[1..].starts_with(char::is_alphanumeric)
            {
                end += separator.len() + 1;
                plural = true;
            }
        }
        Kind::Capital => {}
    }
    if ends_badly(&text[end..], mark.kind) {
        return None;
    }
    let form = form(stem, suffix, plural, mark.kind)?;
    Some(Found { range: stem_start..end, form })
}

/// Says whether what follows shows an address, a file name or an ordinary compound.
fn ends_badly(rest: &str, kind: Kind) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() => true,
        // « élu·e·s.e »: another ending by another mark, of which nobody knows what it meant.
        Some('.' | '-' | '/' | '(') if kind == Kind::Middle => {
            let ending = chars.as_str();
            let letters = ending.chars().take_while(|c| c.is_alphabetic()).count();
            ending.starts_with(char::is_lowercase) && letters <= 4
        }
        Some('@' | '_' | '/' | '\\') => kind != Kind::Middle,
        Some('.' | '-' | ':' | '=') => kind != Kind::Middle && chars.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// Whole words that pair without resembling each other.
const PAIRS: &[(&str, &str)] = &[
    ("il", "elle"),
    ("ils", "elles"),
    ("celui", "celle"),
    ("ceux", "celles"),
    ("le", "la"),
    ("un", "une"),
    ("lui", "elle"),
    ("eux", "elles"),
    ("du", "de la"),
    ("au", "à la"),
    ("homme", "femme"),
    ("hommes", "femmes"),
    ("copain", "copine"),
];

fn form(stem: &str, suffix: &str, plural: bool, kind: Kind) -> Option<Form> {
    let stem_letters = stem.chars().count();
    if stem_letters < 2 {
        return None;
    }
    let shout = stem.chars().all(char::is_uppercase);
    if shout && kind != Kind::Capital && suffix.chars().all(char::is_uppercase) {
        let mut form = form(&stem.to_lowercase(), &suffix.to_lowercase(), plural, kind)?;
        form.masculine = form.masculine.to_uppercase();
        form.feminine = form.feminine.to_uppercase();
        form.plurals = form.plurals.map(|(m, f)| (m.to_uppercase(), f.to_uppercase()));
        form.dotted = form.dotted.to_uppercase();
        return Some(form);
    }
    let suffix_lower;
    let suffix = match kind {
        Kind::Capital => {
            let tail = suffix.strip_prefix('E')?;
            // « SelectE » is a name; « enchantéE » and « EnchantéEs » are not.
            if stem_letters < 3
                || !matches!(tail, "" | "s" | "S")
                || stem.chars().skip(usize::from(!tail.is_empty())).any(char::is_uppercase)
            {
                return None;
            }
            suffix_lower = suffix.to_lowercase();
            suffix_lower.as_str()
        }
        Kind::Middle | Kind::Dot | Kind::Hyphen | Kind::Slash | Kind::Bracket => {
            if suffix.chars().any(char::is_uppercase) || stem.ends_with(char::is_uppercase) {
                return None;
            }
            suffix
        }
    };
    if let Some((masculine, feminine)) = PAIRS.iter().find(|(m, f)| m.eq_ignore_ascii_case(stem) && *f == suffix)
        && matches!(kind, Kind::Middle | Kind::Slash)
    {
        return Some(whole(stem, masculine, feminine));
    }
    if kind == Kind::Slash && suffix.chars().count() >= stem_letters {
        return whole_words(stem, suffix);
    }
    let (root, suffix_plural) = match suffix.strip_suffix('s') {
        Some(root) if root.ends_with('e') => (root, true),
        _ => (suffix, false),
    };
    if kind == Kind::Hyphen && !plural && !matches!(suffix, "e" | "es") && !matches!(root, "rice" | "trice" | "euse") {
        return None;
    }
    let (singular, stem_plural) = singular(stem, suffix_plural);
    let feminine = feminine(&singular, root)?;
    if !fits(&singular, root, kind) {
        return None;
    }
    let plural = plural || suffix_plural || stem_plural;
    let plurals = plural.then(|| (pluralise(&singular), format!("{feminine}s")));
    let dotted = match (plural, suffix_plural || stem_plural) {
        (true, false) => format!("{stem}·{root}·s"),
        _ => format!("{stem}·{suffix}"),
    };
    // « élu·es » and « élu·e·s » are both in use: the author's choice of plural stays.
    Some(Form { masculine: singular, feminine, plurals, dotted })
}

/// Two whole words: « élus/élues », « acteurs/actrices ».
fn whole_words(masculine: &str, feminine: &str) -> Option<Form> {
    let (root_end, plural) = match feminine.strip_suffix('s') {
        Some(end) => (end, true),
        None => (feminine, false),
    };
    let (single, _) = singular(masculine, plural);
    let derived = ROOTS.iter().filter_map(|root| endings::feminine(&single, root)).any(|f| f == root_end);
    (derived && root_end != single).then(|| Form {
        plurals: plural.then(|| (pluralise(&single), format!("{root_end}s"))),
        feminine: root_end.to_owned(),
        masculine: single,
        dotted: format!("{masculine}/{feminine}"),
    })
}

fn whole(stem: &str, masculine: &str, feminine: &str) -> Form {
    let plural = matches!(masculine, "ils" | "ceux" | "eux" | "hommes");
    Form {
        masculine: masculine.to_owned(),
        feminine: feminine.to_owned(),
        plurals: plural.then(|| (masculine.to_owned(), feminine.to_owned())),
        dotted: format!("{stem}·{feminine}"),
    }
}
