//! What answers each word of a question: its forms, else forms like it, and how well each answers.

use super::opened::{Form, Opened};
use super::question::Question;

/// How a form answers a word, in 256ths.
mod quality {
    /// The whole question is a name: « La Réunion » is no meeting.
    pub(super) const WHOLE: u64 = 512;
    pub(super) const EXACT: u64 = 256;
    pub(super) const INFLECTED: u64 = 224;
    pub(super) const DERIVED: u64 = 144;
    pub(super) const ENDING: u64 = 200;
    pub(super) const LONGER: u64 = 170;
    pub(super) const ONE_ERROR: u64 = 160;
    pub(super) const TWO_ERRORS: u64 = 128;
}

/// What answers one word: groups of forms, and how well.
#[derive(Debug, Clone, Default)]
pub(super) struct Lookup {
    pub ways: Vec<Way>,
    /// The form that was taken for the word.
    pub taken: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Way {
    pub file: usize,
    pub group: usize,
    /// The forms that answer best, those of the same word, and those that answer at all.
    pub exact: u32,
    pub kin: u32,
    pub allowed: u32,
    /// How well each of them answers.
    pub qualities: [u64; 3],
}

/// Looks every word up.
pub(super) fn look_up(index: &Opened, question: &Question) -> Vec<Lookup> {
    let mut lookups: Vec<Lookup> = vec![Lookup::default(); question.words.len()];
    for (place, asked) in question.words.iter().enumerate() {
        if let Some(form) = index.exact(&asked.word) {
            let way = Way::of(index, &form, quality::EXACT);
            lookups[place].ways.push(if asked.exact { way.alone() } else { way });
        }
    }
    for place in 1..question.words.len() {
        let (before, after) = (&question.words[place - 1], &question.words[place]);
        if before.exact || after.exact || before.place + 1 != after.place {
            continue;
        }
        if let Some(form) = index.exact(&format!("{}{}", before.word, after.word)) {
            let way = Way::of(index, &form, quality::EXACT);
            lookups[place - 1].ways.push(way.clone());
            lookups[place].ways.push(way);
        }
    }
    for joined in &question.joined {
        if let Some(form) = index.exact(&joined.word) {
            let way = Way::of(index, &form, if joined.whole { quality::WHOLE } else { quality::EXACT });
            joined.counts.iter().for_each(|place| lookups[*place].ways.push(way.clone()));
        }
    }
    for (lookup, asked) in lookups.iter_mut().zip(&question.words) {
        if lookup.ways.is_empty() && !asked.exact {
            *lookup = otherwise(index, &asked.word);
        }
    }
    lookups
}

/// Looks for words with errors that are words of the index all the same, and says whether there may be some.
///
/// A word that hardly any page holds may stand for a far likelier one; when no page holds all the words, for a likelier one.
pub(super) fn widen(index: &Opened, question: &Question, lookups: &mut [Lookup], whole: bool) -> bool {
    let mut wider = false;
    for (asked, lookup) in question.words.iter().zip(lookups) {
        let letters = asked.word.chars().count();
        let Some(form) = index.exact(&asked.word).filter(|_| !asked.exact && letters >= 6) else { continue };
        if whole && index.size(&form) > 2 {
            continue;
        }
        for likelier in index.likelier(&form, if whole { 3 } else { 1 }) {
            lookup.ways.push(Way::of(index, &likelier, quality::TWO_ERRORS));
            wider = true;
        }
    }
    wider
}

impl Way {
    /// Takes a form for the word: at its best with this very form, less with another.
    fn of(index: &Opened, form: &Form, quality: u64) -> Self {
        Self {
            file: form.file,
            group: form.group,
            exact: form.bit,
            kin: index.kin(form),
            allowed: u32::MAX,
            qualities: [quality, quality * quality::INFLECTED / 256, quality * quality::DERIVED / 256],
        }
    }

    /// Takes all the forms of a group alike, or some.
    fn alike(form: &Form, allowed: u32, quality: u64) -> Self {
        Self { file: form.file, group: form.group, exact: form.bit, kin: u32::MAX, allowed, qualities: [quality; 3] }
    }

    /// Takes this very form alone.
    fn alone(self) -> Self {
        Self { allowed: self.exact, ..self }
    }
}

/// Looks up a word that no page holds as it is.
fn otherwise(index: &Opened, word: &str) -> Lookup {
    let length = word.chars().count();
    if length < 3 || word.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Lookup::default();
    }
    let mut ways: Vec<Way> = Vec::new();
    for form in index.inflected(word) {
        ways.push(Way::alike(&form, u32::MAX, quality::ENDING));
    }
    for form in index.longer(word) {
        ways.push(Way::alike(&form, form.bit, quality::LONGER));
    }
    if !ways.is_empty() {
        return Lookup { ways, taken: None };
    }
    let errors = match length {
        0..=3 => return Lookup::default(),
        4..=7 => 1,
        _ => 2,
    };
    let near = index.near(word, errors);
    let taken = near.first().map(|(form, _)| form.text.clone());
    let ways = near
        .into_iter()
        .map(|(form, distance)| {
            Way::of(index, &form, if distance == 1 { quality::ONE_ERROR } else { quality::TWO_ERRORS })
        })
        .collect();
    Lookup { ways, taken }
}
