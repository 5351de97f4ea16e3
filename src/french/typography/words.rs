//! Words that call for a ligature, an elision or a no-break space after them.

use super::continues_machine;
use super::cursor::Cursor;
use super::machine::is_joined;

/// Beginnings of the words written with « oe » for « œ ».
const LIGATURES: &[&str] = &[
    "coeur",
    "choeur",
    "rancoeur",
    "écoeur",
    "contrecoeur",
    "accroche-coeur",
    "soeur",
    "consoeur",
    "oeuvr",
    "manoeuvr",
    "désoeuvr",
    "oeuf",
    "boeuf",
    "noeud",
    "voeu",
    "moeurs",
    "oeil",
    "oecum",
    "oenolog",
    "oenotour",
    "foetus",
    "foeta",
    "oesoph",
    "oedèm",
    "oedip",
    "oesophag",
    "oestrog",
];

/// Words that lose their last vowel before another one.
const ELISIONS: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "aujourd",
];

/// Titles bound to the name that follows.
const TITLES: &[&str] =
    &["M.", "Mr.", "Mr", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Drs", "Pr", "Prs", "Mgr", "Vve"];

/// Abbreviations bound to the number that follows; those of the codes of law among them: « L. 2113-12 ».
const REFERENCES: &[&str] = &[
    "p.", "pp.", "art.", "Art.", "fig.", "Fig.", "chap.", "vol.", "t.", "§", "n°", "nº", "Nº", "N°", "no.", "al.",
    "tél.", "Tél.", "L.", "R.", "D.",
];

/// Names bound to the number that follows them: « article 9 », « fiches 4 et 5 ».
const NUMBERED: &[&str] = &[
    "alinéa",
    "annexe",
    "article",
    "chapitre",
    "étape",
    "fiche",
    "figure",
    "levier",
    "numéro",
    "page",
    "paragraphe",
    "section",
    "tableau",
    "tome",
    "volume",
];

/// Replaces the « oe » that begins here by « œ » in the words that have one.
pub(super) fn ligature(c: &mut Cursor<'_>) {
    let rest = c.rest().as_bytes();
    if !matches!(rest.get(1), Some(b'e' | b'E')) {
        return c.skip(1);
    }
    let before = c.read();
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let after = &c.text[c.at..];
    let end = c.at + after.find(|l: char| !l.is_alphabetic()).unwrap_or(after.len());
    let word = c.text[start..end].to_lowercase();
    let offset = c.text[start..c.at].chars().count();
    let fits =
        LIGATURES.iter().any(|l| word.starts_with(l) && l.find("oe").is_some_and(|i| l[..i].chars().count() == offset));
    let machine = is_joined(&before[..start]) || continues_machine_word(&c.text[end..]);
    if !fits || machine {
        return c.skip(2);
    }
    let upper = rest[0] == b'O';
    c.put(2, if upper { "Œ" } else { "œ" });
}

/// Like `continues_machine`, but a hyphen joins ordinary words.
fn continues_machine_word(rest: &str) -> bool {
    !rest.starts_with(['-', '/']) && continues_machine(rest)
}

/// Says whether `before` ends with a word that elides before `next`.
pub(super) fn elides(before: &str, next: Option<char>) -> bool {
    if !next.is_some_and(begins_vowel) {
        return false;
    }
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let word = &before[start..];
    // « 'l' est » quotes a letter.
    let head = &before[..start];
    let quoted = head.ends_with(['‘', '’', '-']) || (head.ends_with('\'') && !head.ends_with("''"));
    !quoted && word.len() <= 8 && ELISIONS.iter().any(|e| e.eq_ignore_ascii_case(word))
}

fn begins_vowel(c: char) -> bool {
    c.is_alphabetic()
        && !matches!(c.to_ascii_lowercase(), 'b'..='d' | 'f' | 'g' | 'j'..='n' | 'p'..='t' | 'v'..='x' | 'z' | 'ç')
}

/// Says whether `before` ends with an abbreviation that must not be parted from `next`.
pub(super) fn binds(before: &str, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    if next.is_ascii_digit() && is_numbered(before) {
        return true;
    }
    // The ends of all of them: most words leave here.
    let may_bind = matches!(
        before.as_bytes(),
        [.., 0xb0 | 0xba | 0xa7]
            | [.., b'M' | b'r' | b'p' | b't' | b'g' | b'l' | b'o' | b'L' | b'R' | b'D', b'.']
            | [.., b'M', b'e' | b'r']
            | [.., b'M', b'm', b'e']
            | [.., b'M', b'm', b'e', b's']
            | [.., b'M', b'l', b'l', b'e']
            | [.., b'M', b'l', b'l', b'e', b's']
            | [.., b'M', b'g', b'r']
            | [.., b'D' | b'P', b'r']
            | [.., b'D' | b'P', b'r', b's']
            | [.., b'V', b'v', b'e']
    );
    if !may_bind {
        return false;
    }
    let start = before.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '.' | '°' | 'º' | '§')).len();
    let word = before[start..].rsplit("..").next().unwrap_or_default().trim_start_matches('.');
    if word.len() > 6 {
        return false;
    }
    if next.is_ascii_digit() {
        return REFERENCES.contains(&word);
    }
    (next.is_alphabetic() && TITLES.contains(&word)) || (word == "Me" && next.is_uppercase())
}

/// Says whether `before` ends with the name of something that is numbered, in the singular or in the plural.
fn is_numbered(before: &str) -> bool {
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let word = &before[start..];
    let is = |name: &str| {
        let rest = word.strip_prefix(|first: char| name.starts_with(first.to_lowercase().next().unwrap_or(first)));
        let tail = &name[name.chars().next().map_or(0, char::len_utf8)..];
        rest.and_then(|rest| rest.strip_prefix(tail)).is_some_and(|plural| matches!(plural, "" | "s" | "x"))
    };
    NUMBERED.iter().any(|name| is(name)) && !before[..start].ends_with(['.', '/', '_', '@', '#', '-'])
}

#[cfg(test)]
mod tests {
    use super::{NUMBERED, REFERENCES, TITLES, binds};

    #[test]
    fn every_title_and_reference_holds_what_follows() {
        for title in TITLES.iter().chain(&["Me"]) {
            assert!(binds(&format!("avec {title}"), Some('D')), "{title}");
        }
        for name in NUMBERED {
            assert!(binds(&format!("voir {name}"), Some('4')), "{name}");
        }
        for reference in REFERENCES {
            assert!(binds(&format!("voir {reference}"), Some('4')), "{reference}");
        }
    }
}
