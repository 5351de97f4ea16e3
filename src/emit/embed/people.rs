//! Names and elective offices in French sentences: where a name begins and ends, and whether a mandate stands beside it.

use crate::french::fold;

/// Words that begin the name of an elective office, folded.
const MANDATES: &[&str] = &[
    "maire",
    "maires",
    "mairesse",
    "adjoint",
    "adjointe",
    "adjoints",
    "elu",
    "elue",
    "elus",
    "elues",
    "president",
    "presidente",
    "depute",
    "deputee",
    "senateur",
    "senatrice",
    "ministre",
    "echevin",
    "echevine",
];

/// What makes « conseiller » an elective office.
const COUNCILS: &[&str] = &[
    "municipal",
    "municipale",
    "communautaire",
    "departemental",
    "departementale",
    "regional",
    "regionale",
    "metropolitain",
    "metropolitaine",
    "delegue",
    "deleguee",
    "territorial",
    "territoriale",
];

/// Small words inside a name.
const PARTICLES: &[&str] = &["de", "du", "des", "le", "la", "el", "ben", "van", "von", "d", "da", "dos"];

/// Words that begin a sentence with a capital and no name, folded.
const OPENERS: &[&str] = &[
    "avec",
    "pour",
    "selon",
    "chez",
    "puis",
    "mais",
    "comme",
    "quand",
    "hier",
    "depuis",
    "apres",
    "avant",
    "ainsi",
    "enfin",
    "dans",
    "sur",
    "par",
    "son",
    "ses",
    "leur",
    "leurs",
    "notre",
    "nos",
    "votre",
    "vos",
    "cette",
    "ces",
    "elle",
    "ils",
    "elles",
    "les",
    "une",
    "tout",
    "toute",
    "grace",
    "sous",
    "sans",
    "entre",
    "vers",
    "lors",
    "aux",
    "merci",
    "aujourd",
    "desormais",
    "pourtant",
    "alors",
    "voici",
    "ici",
    "lorsque",
    "quant",
];

/// Titles before a name.
pub const CIVILITIES: &[&str] = &["m", "mm", "mme", "mmes", "monsieur", "madame", "mlle"];

/// Returns whether a role is an elective office.
pub fn is_mandate(role: &str) -> bool {
    let words = words(role);
    (0..words.len()).any(|at| is_mandate_at(&words, at))
}

pub fn is_mandate_at(words: &[Word], at: usize) -> bool {
    let word = words[at].folded.as_str();
    MANDATES.contains(&word)
        || word.strip_prefix("vice-").is_some_and(|rest| MANDATES.contains(&rest))
        || (matches!(word, "conseiller" | "conseillere" | "conseillers" | "conseilleres")
            && words[at + 1..].iter().take(2).any(|next| COUNCILS.contains(&next.folded.as_str())))
}

/// Returns whether a voice's name is a person's, not « Une habitante ».
pub fn is_name(name: &str) -> bool {
    let words = words(name);
    words.first().is_some_and(|first| {
        first.is_capital
            && !matches!(
                first.folded.as_str(),
                "un" | "une" | "des" | "le" | "la" | "les" | "l" | "notre" | "nos" | "deux" | "trois"
            )
    })
}

/// A word of a text.
#[derive(Debug)]
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub folded: String,
    pub is_capital: bool,
}

/// Cuts a text into words; hyphens hold words together, apostrophes part them.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // An accent may be written apart.
        let is_joint = matches!(c, '-' | '\u{2010}' | '\u{2011}' | '·' | '\u{300}'..='\u{36f}');
        let is_in = c.is_alphanumeric() || (start.is_some() && is_joint);
        match (start, is_in) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let word = text[from..at].trim_end_matches('-');
                words.push(Word {
                    start: from,
                    end: from + word.len(),
                    folded: fold(word).replace(['\u{2010}', '\u{2011}'], "-"),
                    is_capital: word.starts_with(char::is_uppercase),
                });
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Returns whether only a space or an apostrophe stands between two words.
pub fn touch(text: &str, left: &Word, right: &Word) -> bool {
    let between = &text[left.end..right.start];
    !between.is_empty() && between.chars().all(|c| c.is_whitespace() || matches!(c, '\'' | '’'))
}

/// Returns the end of the run of capital words that begins at a word, particles included: « Anne de La Tour ».
pub fn name_end(text: &str, words: &[Word], at: usize) -> usize {
    let mut end = at;
    while end < words.len() && (end == at || touch(text, &words[end - 1], &words[end])) {
        let word = &words[end];
        let folded = word.folded.as_str();
        let opens = end == at && (folded.len() < 3 || PARTICLES.contains(&folded) || OPENERS.contains(&folded));
        let is_title = MANDATES.contains(&folded) || CIVILITIES.contains(&folded);
        let joins = end > at
            && PARTICLES.contains(&folded)
            && words.get(end + 1).is_some_and(|next| next.is_capital && touch(text, word, next));
        if (word.is_capital && !opens && !is_title) || joins {
            end += 1;
        } else {
            break;
        }
    }
    end
}

/// Returns whether a mandate says who it is: just before, before a comma, or just after one.
pub fn beside_mandate(text: &str, words: &[Word], at: usize, end: usize) -> bool {
    let after = text[words[end - 1].end..].trim_start();
    if let Some(rest) = after.strip_prefix([',', '(']) {
        let clause = rest.split([',', '.', ')', ';', ':']).next().unwrap_or_default();
        let said = self::words(clause);
        if (0..said.len().min(4)).any(|place| is_mandate_at(&said, place)) {
            return true;
        }
    }
    let mut before = at;
    while before > 0 && CIVILITIES.contains(&words[before - 1].folded.as_str()) {
        before -= 1;
    }
    if before == 0 {
        return false;
    }
    if is_mandate_at(words, before - 1) && touch(text, &words[before - 1], &words[before]) {
        return true;
    }
    // « la maire de Lens, Anne Durand, » or « l’adjointe à l’ESS Anne Durand ».
    let joint = &text[words[before - 1].end..words[before].start];
    let is_apposed =
        joint.trim() == "," && (after.is_empty() || after.starts_with([',', '.', ';', ')', ':', '!', '?']));
    let has_civility = before < at;
    if !is_apposed && !has_civility {
        return false;
    }
    let clause_start = text[..words[before - 1].end].rfind(['.', ',', ';', '(']).map_or(0, |place| place + 1);
    (0..before)
        .rev()
        .take_while(|place| words[*place].start >= clause_start)
        .take(9)
        .any(|place| is_mandate_at(words, place))
}

/// Returns the end of a known name that begins at a word: all its words in any order and any case, its initial and its last
/// word, or a civility and its last one.
pub fn found_at(words: &[Word], at: usize, name: &[String], text: &str) -> Option<usize> {
    let (word, last) = (&words[at], name.last()?);
    let count = name.len();
    if let Some(run) = words.get(at..at + count) {
        let said = |turn: usize| run.iter().zip(0..).all(|(word, place)| word.folded == name[(place + turn) % count]);
        let is_whole = run.windows(2).all(|pair| is_near(text, &pair[0], &pair[1])) && (0..count).any(said);
        if is_whole && (count > 1 || run[0].is_capital) {
            return Some(at + count);
        }
    }
    if let Some(next) = words.get(at + 1).filter(|_| count > 1) {
        let is_initial = word.is_capital && name[0].starts_with(&word.folded) && word.folded.chars().count() == 1;
        let between = text[word.end..next.start].trim();
        if is_initial && matches!(between, "" | ".") && next.is_capital && next.folded == *last {
            return Some(at + 2);
        }
    }
    let has_civility = at > 0 && CIVILITIES.contains(&words[at - 1].folded.as_str());
    (has_civility && word.is_capital && word.folded == *last).then_some(at + 1)
}

/// Returns whether two words may be of one name: « Martin, Camille », « camille.martin ».
fn is_near(text: &str, left: &Word, right: &Word) -> bool {
    let between = &text[left.end..right.start];
    touch(text, left, right) || matches!(between, "." | "_" | "-") || between.trim_end() == ","
}
