//! An index read back from its files, as the script reads it: words are looked up, postings unpacked.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::digits::Cursor;

/// Returns the text of a file of the index.
type Reader = dyn Fn(&str) -> Option<String>;

/// An index whose files are read when they are asked for.
pub struct Opened {
    pub(super) root: Root,
    read: Box<Reader>,
    files: RefCell<HashMap<usize, Rc<Shard>>>,
    asked: RefCell<BTreeSet<String>>,
}

/// What the root says.
#[derive(Debug, Default)]
pub(super) struct Root {
    pages: u32,
    pub bounds: Vec<String>,
    shards: usize,
    /// Forms of the files of one group, and the number of the file.
    pub heavy: Vec<(String, usize)>,
    pub endings: usize,
    saturation: Vec<u64>,
}

/// A file of groups.
#[derive(Debug, Default)]
pub(super) struct Shard {
    /// Sorted: the form, its group, and its bit in masks.
    pub forms: Vec<(String, usize, u32)>,
    /// How many forms each group has, and where its postings are.
    pub groups: Vec<(u32, usize)>,
    pub text: String,
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

    pub(super) fn payload(&self, name: &str) -> Option<String> {
        self.asked.borrow_mut().insert(name.to_owned());
        let text = payload(&(self.read)(name)?)?;
        serde_json::from_str(&text).ok()
    }

    pub(super) fn shard(&self, file: usize) -> Rc<Shard> {
        if let Some(shard) = self.files.borrow().get(&file) {
            return Rc::clone(shard);
        }
        let shard = Rc::new(self.payload(&format!("t{file}")).map(Shard::read).unwrap_or_default());
        self.files.borrow_mut().insert(file, Rc::clone(&shard));
        shard
    }

    /// Returns the file of many groups where a word would be.
    pub(super) fn file_of(&self, word: &str) -> usize {
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

    /// Returns how many pages hold the group of a form.
    pub(super) fn size(&self, form: &Form) -> u32 {
        let shard = self.shard(form.file);
        Cursor::new(&shard.text, shard.groups[form.group].1).number()
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

    pub fn form(&self, file: usize, place: usize) -> Form {
        let (text, group, bit) = &self.forms[place];
        Form { file, group: *group, bit: *bit, text: text.clone() }
    }
}

/// Returns the payload between the first comma and the last parenthesis of a file.
pub(super) fn payload(file: &str) -> Option<String> {
    Some(file[file.find(',')? + 1..file.rfind(')')?].to_owned())
}
