//! An index read back from its files, as the script reads it: words are looked up, postings unpacked.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::digits::Cursor;
use super::files::ending_of;
use super::near::distance;

/// Returns the text of a file of the index.
type Reader = dyn Fn(&str) -> Option<String>;

/// An index whose files are read when they are asked for.
pub struct Opened {
    root: Root,
    read: Box<Reader>,
    files: RefCell<HashMap<usize, Rc<Shard>>>,
    asked: RefCell<BTreeSet<String>>,
}

/// What the root says.
#[derive(Debug, Default)]
struct Root {
    pages: u32,
    bounds: Vec<String>,
    shards: usize,
    /// Forms of the files of one group, and the number of the file.
    heavy: Vec<(String, usize)>,
    endings: usize,
    saturation: Vec<u64>,
}

/// A file of groups.
#[derive(Debug, Default)]
struct Shard {
    /// Sorted: the form, its group, and its bit in masks.
    forms: Vec<(String, usize, u32)>,
    /// How many forms each group has, and where its postings are.
    groups: Vec<(u32, usize)>,
    text: String,
}

/// A form of the index that answers a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub file: usize,
    pub group: usize,
    pub bit: u32,
    pub text: String,
}

/// A page that holds a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Posting {
    pub page: u32,
    pub level: u32,
    pub forms: u32,
    pub blocks: Vec<u32>,
}

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
    /// Opens an index, given a function that returns the text of one of its files by its name without `.js`.
    pub fn new(read: impl Fn(&str) -> Option<String> + 'static) -> Option<Self> {
        let root: Value = serde_json::from_str(&payload(&read("racine")?)?).ok()?;
        let number = |key: &str| root[key].as_u64().unwrap_or(0) as usize;
        let words = |key: &str, separator: char| -> Vec<String> {
            root[key].as_str().map(|text| text.split(separator).map(str::to_owned).collect()).unwrap_or_default()
        };
        let shards = number("k");
        let mut heavy: Vec<(String, usize)> = Vec::new();
        for (place, forms) in words("h", ',').iter().enumerate() {
            heavy
                .extend(forms.split(' ').filter(|form| !form.is_empty()).map(|form| (form.to_owned(), shards + place)));
        }
        heavy.sort();
        let root = Root {
            pages: u32::try_from(number("n")).unwrap_or(u32::MAX),
            bounds: words("s", ' '),
            shards,
            heavy,
            endings: number("f"),
            saturation: root["w"]
                .as_array()
                .map(|levels| levels.iter().filter_map(Value::as_u64).collect())
                .unwrap_or_default(),
        };
        Some(Self { root, read: Box::new(read), files: RefCell::default(), asked: RefCell::default() })
    }

    /// Returns how many pages the index holds.
    pub fn pages(&self) -> u32 {
        self.root.pages
    }

    /// Returns the names of the files that were read so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.borrow().iter().cloned().collect()
    }

    /// Returns the card of a page.
    pub fn card(&self, page: u32) -> Option<Value> {
        serde_json::from_str(&payload(&(self.read)(&format!("c{page}"))?)?).ok()
    }

    pub(super) fn saturated(&self, level: u32) -> u64 {
        self.root.saturation.get(level as usize).copied().unwrap_or(0)
    }

    fn payload(&self, name: &str) -> Option<String> {
        self.asked.borrow_mut().insert(name.to_owned());
        let text = payload(&(self.read)(name)?)?;
        serde_json::from_str(&text).ok()
    }

    fn shard(&self, file: usize) -> Rc<Shard> {
        if let Some(shard) = self.files.borrow().get(&file) {
            return Rc::clone(shard);
        }
        let shard = Rc::new(self.payload(&format!("t{file}")).map(Shard::read).unwrap_or_default());
        self.files.borrow_mut().insert(file, Rc::clone(&shard));
        shard
    }

    /// Returns the file of many groups where a word would be.
    fn file_of(&self, word: &str) -> usize {
        self.root
            .bounds
            .partition_point(|bound| bound.as_str() <= word)
            .saturating_sub(1)
            .min(self.root.shards.saturating_sub(1))
    }

    /// Returns a form as it is typed.
    pub(super) fn exact(&self, word: &str) -> Option<Form> {
        let file = match self.root.heavy.binary_search_by(|(form, _)| form.as_str().cmp(word)) {
            Ok(place) => self.root.heavy[place].1,
            Err(_) => self.file_of(word),
        };
        let shard = self.shard(file);
        let place = shard.forms.binary_search_by(|(form, _, _)| form.as_str().cmp(word)).ok()?;
        Some(shard.form(file, place))
    }

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

    /// Returns how many pages hold the group of a form.
    pub(super) fn size(&self, form: &Form) -> u32 {
        let shard = self.shard(form.file);
        Cursor::new(&shard.text, shard.groups[form.group].1).number()
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

    /// Returns the pages that hold a group.
    pub(super) fn postings(&self, file: usize, group: usize) -> Vec<Posting> {
        let shard = self.shard(file);
        let (forms, start) = shard.groups[group];
        let mut cursor = Cursor::new(&shard.text, start);
        let count = cursor.number() as usize;
        let column = |cursor: &mut Cursor<'_>| (0..count).map(|_| cursor.number()).collect::<Vec<u32>>();
        let (pages, levels) = (column(&mut cursor), column(&mut cursor));
        let masks = if forms > 1 { column(&mut cursor) } else { vec![1; count] };
        let counts = column(&mut cursor);
        let mut page = 0;
        (0..count)
            .map(|place| {
                page += pages[place];
                let mut block = 0;
                let blocks = (0..=counts[place])
                    .map(|_| {
                        block += cursor.number();
                        block
                    })
                    .collect();
                Posting { page, level: levels[place], forms: masks[place], blocks }
            })
            .collect()
    }

    /// Returns every block and place of one form, by page.
    pub(super) fn places(&self, word: &str) -> BTreeMap<u32, Vec<(u32, u32)>> {
        let mut found = BTreeMap::new();
        let Some(form) = self.exact(word) else { return found };
        let Some(text) = self.payload(&format!("p{}", form.file)) else { return found };
        let forms = self.shard(form.file).groups[form.group].0;
        let mut cursor = Cursor::new(&text, 0);
        let lengths: Vec<usize> = (0..cursor.number()).map(|_| cursor.number() as usize).collect();
        let mut cursor = Cursor::new(&text, cursor.at() + lengths[..form.group].iter().sum::<usize>());
        for page in self.postings(form.file, form.group) {
            let mut spots = Vec::new();
            let (mut block, mut place) = (0, 0);
            for _ in 0..cursor.number() {
                let bit = if forms > 1 { cursor.number() } else { 0 };
                let step = cursor.number();
                let next = cursor.number();
                (block, place) = (block + step, if step == 0 { place + next } else { next });
                if form.bit == 1 << bit {
                    spots.push((block, place));
                }
            }
            if !spots.is_empty() {
                found.insert(page.page, spots);
            }
        }
        found
    }
}

impl Shard {
    fn read(text: String) -> Self {
        let mut cursor = Cursor::new(&text, 0);
        let mut forms = Vec::new();
        let (mut before, mut seen) = (String::new(), 0_usize);
        let mut counts: Vec<u32> = Vec::new();
        for _ in 0..cursor.number() {
            before = cursor.word(&before);
            let group = match cursor.number() as usize {
                0 => {
                    seen += 1;
                    counts.push(0);
                    seen - 1
                }
                back => seen.saturating_sub(back),
            };
            let bit = 1 << counts[group].min(30);
            counts[group] += 1;
            forms.push((before.clone(), group, bit));
        }
        let lengths: Vec<usize> = (0..cursor.number()).map(|_| cursor.number() as usize).collect();
        let mut start = cursor.at();
        let groups = lengths
            .iter()
            .zip(&counts)
            .map(|(length, forms)| {
                start += length;
                (*forms, start - length)
            })
            .collect();
        Self { forms, groups, text }
    }

    fn form(&self, file: usize, place: usize) -> Form {
        let (text, group, bit) = &self.forms[place];
        Form { file, group: *group, bit: *bit, text: text.clone() }
    }
}

/// Returns the payload between the first comma and the last parenthesis of a file.
pub(super) fn payload(file: &str) -> Option<String> {
    Some(file[file.find(',')? + 1..file.rfind(')')?].to_owned())
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
