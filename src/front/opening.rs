//! Where a front matter begins, and what is wrong with the line that was meant to open it: whatever was typed there is never published as text.

use crate::diag::Said;
use crate::say;

/// How a file begins.
pub(super) struct Opening {
    /// The first byte that is neither blank nor part of a comment, when something opens there; else the first of the file.
    pub at: usize,
    /// Whether the line there is a mark, and not yet a key.
    pub is_mark: bool,
    /// What is wrong with it, and what to write.
    pub fault: Option<(Said, Said)>,
}

/// The keys by which a front matter is known when nothing opens it.
const KNOWN: [&str; 10] =
    ["titre", "title", "etat", "draft", "date", "resume", "nature", "numero", "themes", "territoires"];

/// Finds what opens the front matter of a text, from a byte on.
pub(super) fn find(text: &str, from: usize) -> Opening {
    let (at, has_comment) = after_blanks(text, from);
    let first = text[at..].lines().next().unwrap_or_default().trim_end();
    let rest = text[at..].split_once('\n').map_or("", |(_, rest)| rest);
    let opened = |is_mark, fault| Opening { at, is_mark, fault };
    if first == "---" && (at == from || next_is_key(rest, ':')) {
        return opened(true, has_comment.then(first_of_all));
    }
    let dashes = !first.is_empty()
        && first.chars().all(|c| matches!(c, '-' | '–' | '—' | '‐' | '‑' | '−' | '*' | '+' | '_' | ' '));
    if dashes && (next_is_key(rest, ':') || first == "+++" && next_is_key(rest, '=')) {
        return opened(true, Some(wrong_mark(first)));
    }
    // A line underlined by hyphens is a heading, unless it is a title or a key follows it.
    let is_known = |key: &str| KNOWN.contains(&key);
    let is_title = |key: &str| matches!(key, "titre" | "title");
    if is_key(first, ':', &is_known) && (is_key(first, ':', &is_title) || next_is_key(rest, ':')) && is_closed(rest) {
        return opened(false, Some(no_mark()));
    }
    Opening { at: from, is_mark: false, fault: None }
}

/// Returns the first byte that is not of a blank line or of a comment of a line, and whether there is such a comment.
fn after_blanks(text: &str, from: usize) -> (usize, bool) {
    let (mut at, mut has_comment) = (from, false);
    for line in text[from..].split_inclusive('\n') {
        let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'));
        let is_comment = bare.starts_with("<!--") && bare.ends_with("-->");
        if !bare.is_empty() && !is_comment {
            break;
        }
        has_comment |= is_comment;
        at += line.len();
    }
    (at, has_comment)
}

/// Returns whether a line is a key, a mark and what it is worth.
fn is_key(line: &str, mark: char, is_known: &dyn Fn(&str) -> bool) -> bool {
    line.split_once(mark).is_some_and(|(key, _)| {
        let key = key.trim_end();
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        !key.is_empty() && key.chars().all(is_name) && is_known(&key.to_lowercase())
    })
}

/// Returns whether the next line that is not blank is a key.
fn next_is_key(rest: &str, mark: char) -> bool {
    rest.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| is_key(line, mark, &|_| true))
}

/// Returns whether nothing but keys and what they are worth stands before a closing mark.
fn is_closed(rest: &str) -> bool {
    let is_inside = |line: &str| line.starts_with([' ', '-', '#']) || line.is_empty() || is_key(line, ':', &|_| true);
    rest.lines().map(str::trim_end).find(|line| *line == "---" || !is_inside(line)) == Some("---")
}

fn wrong_mark(first: &str) -> (Said, Said) {
    (
        say!(
            "la première ligne « {first} » n’ouvre pas l’en-tête",
            "the first line “{first}” does not open the front matter"
        ),
        if first == "+++" {
            say!(
                "écrivez « --- » au-dessus et au-dessous de l’en-tête, et « titre: … » plutôt que « title = … »",
                "write “---” above and below the front matter, and “titre: …” rather than “title = …”"
            )
        } else {
            say!(
                "la première ligne doit être exactement « --- » (trois traits d’union), comme celle qui ferme l’en-tête",
                "the first line must be exactly “---” (three hyphens), like the one that closes the block"
            )
        },
    )
}

fn first_of_all() -> (Said, Said) {
    (
        say!("l’en-tête n’est pas au début du fichier", "the front matter is not at the beginning of the file"),
        say!(
            "retirez ce qui est au-dessus de « --- », ou mettez-le sous l’en-tête",
            "remove what stands above “---”, or put it below the front matter"
        ),
    )
}

fn no_mark() -> (Said, Said) {
    (
        say!("rien n’ouvre l’en-tête", "nothing opens the front matter"),
        say!("ajoutez une ligne « --- » au-dessus de celle-ci", "add a line “---” above this one"),
    )
}
