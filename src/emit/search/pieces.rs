//! How a text is cut: spaces, numbers, elisions, dotted acronyms and coinages.

use super::fold::fold;

/// What stands before an apostrophe when it is an elision, folded.
pub(super) const ELIDED: &[&str] =
    &["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// Cuts a text at its spaces, except inside a number such as « 2 000 », and takes the punctuation around each piece away.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            let mut end = 0;
            loop {
                end += rest[end..].find(char::is_whitespace).unwrap_or(rest.len() - end);
                if !is_inside_number(&rest[..end], &rest[end..]) {
                    break;
                }
                end += rest[end..].chars().next().map_or(0, char::len_utf8);
            }
            let (piece, after) = rest.split_at(end);
            rest = after;
            let piece = piece.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != ')');
            let piece =
                if piece.contains('(') { piece } else { piece.trim_matches(|letter: char| !letter.is_alphanumeric()) };
            if !piece.is_empty() {
                return Some(piece);
            }
        }
    })
}

/// Says whether a no-break space stands before three figures that go on with the same number.
fn is_inside_number(before: &str, after: &str) -> bool {
    after.starts_with(['\u{a0}', '\u{202f}']) && before.ends_with(|letter: char| letter.is_ascii_digit()) && {
        let mut figures = after.chars().skip(1);
        (0..3).all(|_| figures.next().is_some_and(|figure| figure.is_ascii_digit()))
            && !figures.next().is_some_and(char::is_alphanumeric)
    }
}

/// Returns the letters of « C.R.E.S.S. » in lower case.
pub(super) fn dotted(chunk: &str) -> Option<String> {
    let letters: Vec<&str> = chunk.trim_end_matches('.').split('.').collect();
    let single = letters.len() > 1
        && letters.iter().all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic));
    single.then(|| letters.concat().to_lowercase())
}

/// Says whether a text is « l’ » or « jusqu’ » and nothing else.
pub(super) fn is_elided(text: &str) -> bool {
    text.strip_suffix(is_apostrophe).is_some_and(|word| ELIDED.contains(&fold(word).as_str()))
}

/// Takes « l’ » or « jusqu’ » away.
pub(super) fn without_elision(piece: &str) -> &str {
    match piece.split_once(is_apostrophe) {
        Some((before, after))
            if ELIDED.contains(&fold(before).as_str()) && after.starts_with(char::is_alphanumeric) =>
        {
            after
        }
        _ => piece,
    }
}

/// Cuts a coinage where a capital follows a small letter or an apostrophe: MunicipalESS, Busin’ESS; not « aujourd’hui ».
pub(super) fn coined(piece: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut small = false;
    for letter in piece.chars() {
        if small && letter.is_uppercase() {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut()
            && !is_apostrophe(letter)
        {
            part.push(letter);
        }
        small = letter.is_lowercase() || is_apostrophe(letter);
    }
    parts
}

pub(super) fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '′' | '´' | '`')
}
