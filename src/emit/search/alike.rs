//! The forms of an index that are like a word: inflected, longer, or typed with errors.

use std::collections::BTreeMap;

use super::digits::Cursor;
use super::files::ending_of;
use super::near::distance;
use super::opened::{Form, Opened};

/// Endings that come and go between the forms of one French word, folded.
pub(super) const ENDINGS: &[&str] = &[
    "", "s", "x", "e", "es", "er", "ez", "ee", "ees", "ons", "ent", "ant", "ants", "ante", "antes", "ait", "aient",
    "ions", "era", "eront", "eur", "eurs", "rice", "rices", "euse", "euses", "se", "ses", "ne", "nes", "le", "les",
    "l", "u", "ux", "f", "fs", "ve", "ves", "il", "ail", "ails",
];

/// Endings that make another word of the same family.
pub(super) const DERIVED: &[&str] = &[
    "al", "ale", "ales", "aux", "if", "ifs", "ive", "ives", "ation", "ations", "ement", "ements", "eux", "ien", "iens",
    "ienne", "iennes",
];

/// Says whether two folded forms of one family are the same word, inflected: « commune » and « communes », not « communal ».
fn is_inflected(left: &str, right: &str) -> bool {
    let shared = left.chars().zip(right.chars()).take_while(|(left, right)| left == right).map(|(letter, _)| letter);
    let shared: usize = shared.map(char::len_utf8).sum();
    ENDINGS.contains(&&left[shared..]) && ENDINGS.contains(&&right[shared..])
}

/// How many groups a beginning may stand for, and in how many files they are looked for.
const MOST_GROUPS: usize = 12;
const MOST_FILES: usize = 3;
/// How many forms a word with an error may stand for.
const MOST_NEAR: usize = 6;

impl Opened {
    /// Returns the bits of the forms of a group that are the same word as one of them.
    pub(super) fn kin(&self, form: &Form) -> u32 {
        let shard = self.shard(form.file);
        let same = |(text, group, _): &&(String, usize, u32)| *group == form.group && is_inflected(&form.text, text);
        shard.forms.iter().filter(same).fold(form.bit, |bits, (_, _, bit)| bits | bit)
    }

    /// Returns the forms that share a beginning with a word and differ by an ending.
    pub(super) fn inflected(&self, word: &str) -> Vec<Form> {
        let letters: Vec<char> = word.chars().collect();
        let least = if letters.len() < 6 { 3 } else { 4 };
        let mut found = Vec::new();
        for file in self.around(word, 1) {
            let shard = self.shard(file);
            for place in 0..shard.forms.len() {
                let form: Vec<char> = shard.forms[place].0.chars().collect();
                let shared = letters.iter().zip(&form).take_while(|(left, right)| left == right).count();
                let ends = |letters: &[char], at: usize| {
                    let ending: String = letters[at..].iter().collect();
                    ENDINGS.contains(&ending.as_str()) || DERIVED.contains(&ending.as_str())
                };
                if (least..=shared).any(|at| ends(&letters, at) && ends(&form, at)) {
                    found.push(shard.form(file, place));
                }
            }
        }
        self.largest(found)
    }

    /// Returns the forms that begin with a word.
    pub(super) fn longer(&self, word: &str) -> Vec<Form> {
        let mut found = Vec::new();
        for file in self.around(word, MOST_FILES) {
            let shard = self.shard(file);
            let start = shard.forms.partition_point(|(form, _, _)| form.as_str() < word);
            let longer = shard.forms[start..].iter().take_while(|(form, _, _)| form.starts_with(word)).count();
            found.extend((start..start + longer).map(|place| shard.form(file, place)));
        }
        self.largest(found)
    }

    /// Returns the files where forms beginning with a word are: those of one group first by name, then the runs.
    fn around(&self, word: &str, most: usize) -> Vec<usize> {
        let first = self.file_of(word);
        let mut files: Vec<usize> = (first..self.root.bounds.len().max(1))
            .take_while(|file| *file == first || self.root.bounds[*file].starts_with(word))
            .take(most)
            .collect();
        let start = self.root.heavy.partition_point(|(form, _)| form.as_str() < word);
        let mut heavy: Vec<usize> = self.root.heavy[start..]
            .iter()
            .take_while(|(form, _)| form.starts_with(word))
            .map(|(_, file)| *file)
            .collect();
        heavy.dedup();
        heavy.truncate(2);
        files.extend(heavy);
        files
    }

    /// Keeps one form of each group for those that most pages hold, merging the bits.
    fn largest(&self, found: Vec<Form>) -> Vec<Form> {
        let mut merged: BTreeMap<(usize, usize), Form> = BTreeMap::new();
        for form in found {
            merged.entry((form.file, form.group)).and_modify(|known| known.bit |= form.bit).or_insert(form);
        }
        let mut forms: Vec<Form> = merged.into_values().collect();
        forms.sort_by_key(|form| (std::cmp::Reverse(self.size(form)), form.file, form.group));
        forms.truncate(MOST_GROUPS);
        forms
    }

    /// Returns the forms nearest to a word, among those that begin like it and those that end like it.
    pub(super) fn near(&self, word: &str, errors: usize) -> Vec<(Form, usize)> {
        let mut best = self.beginning_alike(word, errors);
        for other in self.ending_alike(word, errors) {
            if best.iter().all(|(_, _, form)| *form != other.2) {
                best.push(other);
            }
        }
        best.sort_by(|left, right| {
            (left.0, std::cmp::Reverse(left.1), &left.2).cmp(&(right.0, std::cmp::Reverse(right.1), &right.2))
        });
        let least = best.first().map_or(0, |(distance, _, _)| *distance);
        best.retain(|(distance, _, _)| *distance == least);
        best.truncate(MOST_NEAR);
        best.into_iter().filter_map(|(distance, _, form)| self.exact(&form).map(|form| (form, distance))).collect()
    }

    /// Returns the forms that a word of the index may have been typed for: one error away, in the file at hand, and held by
    /// more pages: twice as many for each `steps`.
    pub(super) fn likelier(&self, known: &Form, steps: u32) -> Vec<Form> {
        let own = bits(self.size(known)) + steps;
        let mut best = self.beginning_alike(&known.text, 1);
        best.retain(|(distance, pages, _)| *distance == 1 && *pages >= own);
        best.sort_by(|left, right| (std::cmp::Reverse(left.1), &left.2).cmp(&(std::cmp::Reverse(right.1), &right.2)));
        let forms = best.into_iter().filter_map(|(_, _, form)| self.exact(&form));
        forms.filter(|form| (form.file, form.group) != (known.file, known.group)).take(MOST_NEAR).collect()
    }

    /// Returns the forms near a word in the file where it would be: distance, bits of the number of pages, form.
    fn beginning_alike(&self, word: &str, errors: usize) -> Vec<(usize, u32, String)> {
        let shard = self.shard(self.file_of(word));
        let mut found: Vec<(usize, u32, String)> = Vec::new();
        for (form, group, _) in &shard.forms {
            if let Some(distance) = near(word, form, errors) {
                let pages = Cursor::new(&shard.text, shard.groups[*group].1).number();
                found.push((distance, bits(pages), form.clone()));
            }
        }
        for (form, file) in &self.root.heavy {
            if let Some(distance) = near(word, form, errors) {
                let pages = self.size(&Form { file: *file, group: 0, bit: 1, text: String::new() });
                found.push((distance, bits(pages), form.clone()));
            }
        }
        found
    }

    fn ending_alike(&self, word: &str, errors: usize) -> Vec<(usize, u32, String)> {
        let Some(text) = self.payload(&format!("f{}", ending_of(word, self.root.endings))) else { return Vec::new() };
        let mut cursor = Cursor::new(&text, 0);
        let mut found = Vec::new();
        let mut before = String::new();
        for _ in 0..cursor.number() {
            before = cursor.word(&before);
            let bits = cursor.number();
            let form: String = before.chars().rev().collect();
            if let Some(distance) = near(word, &form, errors) {
                found.push((distance, bits, form));
            }
        }
        found
    }
}

fn bits(pages: u32) -> u32 {
    32 - pages.leading_zeros()
}

/// Returns how many errors part two words, unless they are more than so many.
fn near(word: &str, form: &str, errors: usize) -> Option<usize> {
    let form: Vec<char> = form.chars().collect();
    let word: Vec<char> = word.chars().collect();
    if form.len() < 3 || form.len().abs_diff(word.len()) > errors {
        return None;
    }
    distance(&word, &form, errors)
}
