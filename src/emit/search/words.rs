//! From a text to its words: elisions, hyphens, inclusive forms, coinages and acronyms taken apart as readers search them.

use ecow::EcoString;
use unicode_normalization::UnicodeNormalization as _;

use super::fold::fold;
use super::lexicon::{Lexicon, Map};
use super::pieces::{coined, dotted, is_apostrophe, is_elided, pieces, without_elision};
use super::stems::Stems;
use super::synonyms::Synonyms;
use crate::french::inclusive;
use crate::texts::shared;

/// Words that say nothing alone, folded and in order: they are not indexed, but keep their place in a phrase.
pub(super) const STOP: &[&str] = &[
    "a", "afin", "ai", "ainsi", "alors", "au", "aussi", "autre", "autres", "aux", "avec", "avoir", "c", "car", "ce",
    "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chez", "comme", "comment", "d", "dans",
    "de", "des", "donc", "dont", "du", "elle", "elles", "en", "encore", "entre", "est", "et", "ete", "etre", "eux",
    "faire", "fait", "faut", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "leurs", "lui", "m", "ma", "mais",
    "me", "meme", "mes", "mon", "n", "ne", "ni", "nos", "notre", "nous", "on", "ont", "or", "ou", "par", "pas", "peut",
    "peuvent", "plus", "pour", "puis", "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "s",
    "sans", "se", "ses", "si", "soit", "son", "sont", "sous", "sur", "t", "ta", "te", "tes", "ton", "tres", "tu", "un",
    "une", "vers", "vos", "votre", "vous", "y",
];

/// First parts of words that some write with a space, in order: « co construction » is found by « coconstruction ».
const PREFIXES: &[&str] = &[
    "agro", "anti", "auto", "bio", "co", "contre", "eco", "ex", "extra", "hyper", "inter", "intra", "micro", "mini",
    "mono", "multi", "neo", "non", "pluri", "poly", "post", "pre", "pro", "re", "semi", "sous", "super", "supra",
    "trans", "ultra",
];

/// A word found at a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The number of the word in the lexicon.
    pub word: u32,
    /// Its place among the words of the text, stop words included.
    pub place: u32,
    /// Whether it is only a part of what the writer typed as one word.
    pub part: bool,
    /// Whether it is part of an expression that has synonyms.
    pub known: bool,
}

/// Takes texts apart; one for each thread. What it has seen once, it remembers.
pub(super) struct Splitter<'a> {
    lexicon: &'a Lexicon,
    stems: Stems,
    seen: Map<EcoString, Seen>,
    others: Vec<Known>,
    synonyms: &'a Synonyms,
    /// The stems of the words that are part of an expression.
    stemmed: Map<u32, Box<str>>,
}

/// What a piece of text between two spaces was found to hold: most hold a word and nothing else, and are known at one glance.
#[derive(Debug, Clone, Copy)]
enum Seen {
    /// One word, in one place.
    Word(u32),
    /// Nothing to index, in one place.
    Stop,
    /// More than that: its place in [`Splitter::others`].
    Other(u32),
}

/// What a piece of text between two spaces holds.
#[derive(Debug, Clone, Default)]
struct Known {
    /// How many places it takes.
    places: u32,
    found: Vec<Found>,
    /// The folded prefix that it is, when it is one.
    prefix: Option<&'static str>,
}

impl Known {
    /// Returns whether it is one word, whole.
    fn is_single(&self) -> bool {
        self.places == 1 && matches!(self.found[..], [only] if !only.part)
    }
}

/// How many pieces are remembered before memory is given back.
const BOUND: usize = 400_000;

impl<'a> Splitter<'a> {
    /// Makes a splitter that numbers words by a lexicon.
    pub(super) fn new(lexicon: &'a Lexicon, synonyms: &'a Synonyms) -> Self {
        Self {
            lexicon,
            stems: Stems::new(),
            seen: Map::default(),
            others: Vec::new(),
            synonyms,
            stemmed: Map::default(),
        }
    }

    /// Returns the stem of a word that is part of an expression.
    pub(super) fn stem(&self, word: u32) -> &str {
        self.stemmed.get(&word).map_or("", |stem| stem)
    }

    /// Gives each word of a text to `each`, and returns how many places the text takes.
    pub(super) fn split(&mut self, text: &str, mut each: impl FnMut(Found)) -> u32 {
        let mut place = 0;
        let mut prefix: Option<(&'static str, u32)> = None;
        for piece in pieces(text) {
            let seen = self.seen.get(piece).copied().unwrap_or_else(|| self.remember(piece));
            let (places, is_single, next) = match seen {
                Seen::Word(word) => {
                    each(Found { word, place, part: false, known: false });
                    (1, true, None)
                }
                Seen::Stop => (1, false, None),
                Seen::Other(number) => {
                    let known = &self.others[number as usize];
                    for found in &known.found {
                        each(Found { place: found.place + place, ..*found });
                    }
                    (known.places, known.is_single(), known.prefix)
                }
            };
            if let (Some((prefix, at)), true) = (prefix, is_single) {
                let composed = composed(piece);
                let lower = composed.to_lowercase();
                if lower.chars().count() > 3 && composed.chars().all(char::is_alphabetic) {
                    let word = self.lexicon.number(&format!("{prefix}{lower}"), &self.stems);
                    each(Found { word, place: at, part: true, known: false });
                }
            }
            prefix = next.map(|prefix| (prefix, place));
            place += places;
        }
        place
    }

    fn remember(&mut self, piece: &str) -> Seen {
        if self.seen.len() > BOUND {
            self.seen.clear();
            self.others.clear();
        }
        let known = self.read(piece);
        let seen = match known.found[..] {
            _ if known.places != 1 || known.prefix.is_some() => None,
            [] => Some(Seen::Stop),
            [Found { word, place: 0, part: false, known: false }] => Some(Seen::Word(word)),
            _ => None,
        };
        let seen = seen.unwrap_or_else(|| {
            self.others.push(known);
            Seen::Other(super::digits::number_of(self.others.len() - 1))
        });
        self.seen.insert(shared(piece), seen);
        seen
    }

    /// Returns the number of a word that is made, not read: « fiche4 ».
    pub(super) fn number(&mut self, word: &str) -> u32 {
        self.lexicon.number(word, &self.stems)
    }

    fn read(&mut self, piece: &str) -> Known {
        let mut known = Known::default();
        let composed = composed(piece);
        self.chunk(&composed, &mut known);
        if known.places == 1 && (known.is_single() || known.found.is_empty()) {
            known.prefix = prefix(&composed);
        }
        known
    }

    /// Reads what stands between two spaces, without the punctuation around it.
    fn chunk(&mut self, chunk: &str, known: &mut Known) {
        if let Some(found) = inclusive::find(chunk).next() {
            let (before, after) = (&chunk[..found.range.start], &chunk[found.range.end..]);
            if !is_elided(before) {
                self.chunk(before, known);
            }
            for form in inclusive::forms(&chunk[found.range.clone()]).unwrap_or_default() {
                self.add(&form.to_lowercase(), known, false);
            }
            known.places += 1;
            self.chunk(after, known);
            return;
        }
        if let Some(acronym) = dotted(chunk) {
            self.add(&acronym, known, false);
            known.places += 1;
            return;
        }
        let address = chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.");
        let first = known.places;
        let mut joined = String::new();
        let mut compound = !address;
        let mut rest = chunk;
        let mut count = 0;
        while !rest.is_empty() {
            let end =
                rest.find(|letter: char| !letter.is_alphanumeric() && !is_apostrophe(letter)).unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            let piece = without_elision(piece.trim_matches(is_apostrophe));
            if !piece.is_empty() {
                count += 1;
                joined.push_str(piece);
                self.piece(piece, known);
            }
            let separator = after.chars().next();
            rest = separator.map_or("", |separator| &after[separator.len_utf8()..]);
            compound &= separator.is_none_or(|separator| matches!(separator, '-' | '‐' | '‑'));
        }
        if compound && (2..=3).contains(&count) && joined.chars().all(char::is_alphabetic) {
            let places = known.places;
            known.places = first;
            self.add(&joined.to_lowercase(), known, false);
            known.places = places;
        }
    }

    /// Reads a piece without hyphens: one place, several words when it is a coinage.
    fn piece(&mut self, piece: &str, known: &mut Known) {
        let whole: String = piece.chars().filter(|letter| !is_apostrophe(*letter)).collect();
        self.add(&whole.to_lowercase(), known, false);
        let parts = coined(piece);
        if parts.len() > 1 && parts.iter().all(|part| part.chars().count() > 1) {
            for part in parts {
                self.add(&part.to_lowercase(), known, true);
            }
        }
        known.places += 1;
    }

    fn add(&mut self, word: &str, known: &mut Known, part: bool) {
        if word.is_empty()
            || word.len() > 48
            || word.chars().any(|letter| u32::from(letter) > 0xffff)
            || is_stop(&fold(word))
        {
            return;
        }
        let (synonyms, stemmed) = (self.synonyms, &mut self.stemmed);
        let (number, is_known) = self.lexicon.entry(word, &self.stems, |number, word| {
            let is_known = synonyms.knows(&word.stem);
            if is_known {
                stemmed.insert(number, word.stem.clone());
            }
            (number, is_known)
        });
        known.found.push(Found { word: number, place: known.places, part, known: is_known });
    }
}

/// Returns a text whose letters bear their accents, without the blanks inside its numbers.
fn composed(piece: &str) -> String {
    piece.nfc().filter(|letter| !matches!(letter, '\u{a0}' | '\u{202f}')).collect()
}

/// Returns whether a folded word says nothing alone.
pub(super) fn is_stop(folded: &str) -> bool {
    STOP.binary_search(&folded).is_ok()
}

/// Returns the prefix that a word is, when it is one.
fn prefix(word: &str) -> Option<&'static str> {
    let folded = fold(word);
    PREFIXES.binary_search(&folded.as_str()).ok().map(|at| PREFIXES[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let lexicon = Lexicon::new();
        let mut found = Vec::new();
        Splitter::new(&lexicon, &Synonyms::default()).split(text, |word| found.push(word));
        let known = lexicon.words();
        found.iter().map(|found| format!("{}{}", known[found.word as usize].surface, found.place)).collect()
    }

    #[test]
    fn lists_are_in_order() {
        assert!(STOP.is_sorted() && PREFIXES.is_sorted());
    }

    #[test]
    fn words_as_readers_search_them() {
        for (text, expected) in [
            ("L’économie d‘ici", &["economie0", "ici1"][..]),
            ("aujourd’hui", &["aujourdhui0"]),
            ("les prud’hommes", &["prudhommes1"]),
            ("presqu’île", &["presquile0"]),
            ("la co-construction", &["co1", "construction2", "coconstruction1"]),
            ("la co construction", &["co1", "construction2", "coconstruction1"]),
            ("élu·e·s,", &["elus0", "elues0", "elu0", "elue0"]),
            ("(élu(e)s)", &["elus0", "elues0", "elu0", "elue0"]),
            ("d’acteur·rices", &["acteurs0", "actrices0", "acteur0", "actrice0"]),
            ("MunicipalESS", &["municipaless0", "municipal0", "ess0"]),
            ("Busin’ESS", &["business0", "busin0", "ess0"]),
            ("C.R.E.S.S.", &["cress0"]),
            ("2\u{202f}500 euros", &["25000", "euros1"]),
            ("n°\u{a0}4", &["41"]),
            ("Béthune-Bruay (62)", &["bethune0", "bruay1", "bethunebruay0", "622"]),
            ("Val-d’Oise", &["val0", "oise1", "valoise0"]),
            ("cœur", &["coeur0"]),
            ("PTCEs", &["ptces0"]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }
}
