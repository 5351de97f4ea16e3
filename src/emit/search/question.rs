//! From what a reader types to words: the same steps, in the same order, as `lire` in `recherche.js`.

use super::fold::fold;
use super::pieces::ELIDED;
use super::words::is_stop;

/// A question taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The words that count, in order.
    pub words: Vec<Asked>,
    /// Runs of places in `words` that must follow each other as typed.
    pub phrases: Vec<Vec<usize>>,
    /// Words that no page may hold.
    pub without: Vec<String>,
    /// Several words in one, with stop words.
    pub joined: Vec<Joined>,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Folded.
    pub word: String,
    /// Its place, stop words included: two words side by side may be one word elsewhere.
    pub place: usize,
    /// Whether it stands in a phrase: only this very form answers.
    pub exact: bool,
}

/// A run of words that is one word elsewhere: « pasdecalais ».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    pub word: String,
    /// The places in [`Question::words`] of those that count.
    pub counts: Vec<usize>,
    /// Whether it is the whole question.
    pub whole: bool,
}

/// A word as it is read, whether it counts or not.
struct Read {
    word: String,
    /// Between which spaces it stands.
    chunk: usize,
    /// Its place in [`Question::words`].
    counts: Option<usize>,
}

/// Endings of inclusive forms, folded, after their mark and without their plural.
pub(super) const INCLUSIVE: &[&str] = &[
    "e", "ne", "le", "te", "se", "ve", "fe", "que", "che", "esse", "sse", "ere", "iere", "ice", "rice", "trice",
    "euse", "eure", "elle", "enne", "onne", "ienne", "ale", "aine", "ine", "ante", "ente", "ive", "oise", "aise",
    "ise", "ee", "ie", "ue",
];

/// What readers write before a number.
pub(super) const NUMBER_MARKS: &[&str] = &["n", "no", "num", "numero"];

/// The longest question: more is not a question.
const MOST: usize = 24;

impl Question {
    /// Reads a question.
    pub fn read(text: &str) -> Self {
        let mut question = Self::default();
        let mut stopped = Vec::new();
        let mut place = 0;
        for (number, segment) in fold(text).replace("n°", "no ").split('"').enumerate() {
            let exact = number % 2 == 1;
            let mut phrase = Vec::new();
            let mut read: Vec<Read> = Vec::new();
            for (chunk_number, chunk) in segment.split_whitespace().enumerate() {
                let negative = !exact && chunk.starts_with('-') && chunk[1..].starts_with(char::is_alphanumeric);
                for word in pieces(chunk) {
                    place += 1;
                    if negative {
                        question.without.push(word);
                    } else if is_stop(&word) {
                        read.push(Read { word: word.clone(), chunk: chunk_number, counts: None });
                        stopped.push(Asked { word, place, exact: false });
                    } else if question.words.len() < MOST {
                        let counts = Some(question.words.len());
                        read.push(Read { word: word.clone(), chunk: chunk_number, counts });
                        phrase.push(question.words.len());
                        question.words.push(Asked { word, place, exact });
                    }
                }
            }
            if !exact {
                question.join(&read);
            }
            if exact && phrase.len() > 1 {
                question.phrases.push(phrase);
            }
            // Words on both sides of a quotation mark are not side by side.
            place += 1;
        }
        if question.words.is_empty() {
            question.joined.clear();
            question.words = stopped;
            question.words.truncate(MOST);
        }
        question.join_numbers();
        question
    }

    /// Notes runs that are one word elsewhere: « Val de Marne » from its first word on, « Pas-de-Calais » as it is tied, « La Réunion » alone.
    fn join(&mut self, read: &[Read]) {
        for start in 0..read.len() {
            for run in [2, 3].into_iter().filter_map(|length| read.get(start..start + length)) {
                let chunk = run[0].chunk;
                let tied = run.iter().all(|one| one.chunk == chunk);
                let complete = read.iter().filter(|one| one.chunk == chunk).count() == run.len();
                let counts: Vec<usize> = run.iter().filter_map(|one| one.counts).collect();
                let stopped = counts.len() < run.len();
                let opens = run[0].counts.is_some() || read.len() == 2;
                if !counts.is_empty() && if tied { complete && (stopped || run.len() == 3) } else { stopped && opens } {
                    let word = run.iter().map(|one| one.word.as_str()).collect();
                    self.joined.push(Joined { word, counts, whole: read.len() == run.len() });
                }
            }
        }
    }

    /// In « fiche n° 4 », takes the mark away, so that « fiche » and « 4 » are side by side.
    fn join_numbers(&mut self) {
        if !self.phrases.is_empty() {
            return;
        }
        let mut at = 1;
        while at + 1 < self.words.len() {
            let (before, mark, after) = (&self.words[at - 1], &self.words[at], &self.words[at + 1]);
            if NUMBER_MARKS.contains(&mark.word.as_str())
                && after.word.starts_with(|letter: char| letter.is_ascii_digit())
                && before.place + 1 == mark.place
                && mark.place + 1 == after.place
            {
                for before in &mut self.words[..at] {
                    before.place += 1;
                }
                self.words.remove(at);
                self.joined.clear();
            }
            at += 1;
        }
        for word in &mut self.words {
            if NUMBER_MARKS.contains(&word.word.as_str()) {
                "no".clone_into(&mut word.word);
            }
        }
    }
}

/// Takes a piece between two spaces apart.
pub(super) fn pieces(chunk: &str) -> Vec<String> {
    let chunk = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
    if let Some(acronym) = dotted(chunk) {
        return vec![acronym];
    }
    let chunk = without_inclusive(chunk);
    let mut words = Vec::new();
    for piece in chunk.split(|letter: char| !letter.is_alphanumeric() && letter != '\'') {
        let piece = piece.trim_matches('\'');
        let piece = match piece.split_once('\'') {
            Some((before, after)) if ELIDED.contains(&before) => after,
            _ => piece,
        };
        let word: String = piece.chars().filter(|letter| *letter != '\'').take(40).collect();
        if !word.is_empty() {
            words.push(word);
        }
    }
    words
}

/// Returns the letters of « c.r.e.s.s. ».
fn dotted(chunk: &str) -> Option<String> {
    let letters: Vec<&str> = chunk.split('.').collect();
    let single = letters.len() > 1
        && letters.iter().all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic));
    single.then(|| letters.concat())
}

/// Cuts an inclusive form at its mark: « elu·e·s » is asked as « elu ».
fn without_inclusive(chunk: &str) -> &str {
    for (at, mark) in chunk.char_indices() {
        if !"·•‧∙⋅.(-/".contains(mark) {
            continue;
        }
        let before = chunk[..at].chars().rev().take_while(|letter| letter.is_alphabetic()).count();
        let mut ending = chunk[at + mark.len_utf8()..].trim_end_matches(|letter: char| !letter.is_alphabetic());
        for plural in ["·s", "•s", "‧s", "∙s", "⋅s", ".s", "-s", "/s", ")s", "(s", "·x", ".x"] {
            ending = ending.strip_suffix(plural).unwrap_or(ending);
        }
        let single =
            ending.strip_suffix('s').filter(|single| !single.is_empty() && single.ends_with('e')).unwrap_or(ending);
        let sure = matches!(single, "e" | "ere" | "iere" | "rice" | "trice" | "euse" | "enne" | "ienne");
        if before > 1 && (sure || !matches!(mark, '-' | '/')) && INCLUSIVE.contains(&single) {
            return &chunk[..at];
        }
    }
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_as_readers_type_them() {
        for (text, words) in [
            ("l’économie", &["economie"][..]),
            ("Les ÉLU·E·S", &["elu"]),
            ("élu(e)s élu-e-s élu.e.s", &["elu", "elu", "elu"]),
            ("acteur·rices", &["acteur"]),
            ("tiers-lieu", &["tiers", "lieu"]),
            ("C.R.E.S.S.", &["cress"]),
            ("fiche n° 4", &["fiche", "4"]),
            ("n°4", &["no", "4"]),
            ("numéro 5", &["no", "5"]),
            ("aujourd'hui", &["aujourdhui"]),
            ("Busin'ESS", &["business"]),
            ("qui est-ce", &["qui", "est", "ce"]),
            ("cœur", &["coeur"]),
            ("habitant.e.s citoyen.ne.s", &["habitant", "citoyen"]),
            ("acteur·ice·s élu/e/s conseiller-ère", &["acteur", "elu", "conseiller"]),
        ] {
            let question = Question::read(text);
            assert_eq!(question.words.iter().map(|asked| asked.word.as_str()).collect::<Vec<_>>(), words, "{text}");
        }
    }

    #[test]
    fn words_that_are_one_elsewhere() {
        for (text, joined) in [
            ("Pas-de-Calais", &["pasdecalais"][..]),
            ("Val de Marne", &["valde", "valdemarne"]),
            ("Côte-d’Or", &["coteor"]),
            ("La Réunion", &["lareunion"]),
            ("économie sociale", &[]),
            ("-pas-de-calais", &[]),
        ] {
            let question = Question::read(text);
            let found: Vec<&str> = question.joined.iter().map(|joined| joined.word.as_str()).collect();
            assert_eq!(found, joined, "{text}");
        }
    }

    #[test]
    fn phrases_and_refusals() {
        let question = Question::read("« mois de l’ESS » novembre -forum");
        assert_eq!(question.phrases, [[0, 1]]);
        assert_eq!(question.words[1].place - question.words[0].place, 2);
        assert!(question.words[0].exact && !question.words[2].exact);
        assert_eq!(question.without, ["forum"]);
    }
}
