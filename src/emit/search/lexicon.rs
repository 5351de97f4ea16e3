//! Every distinct word of the site under a number, with the form it is sorted by and the group of its inflected forms.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use super::fold::fold;
use super::stems::Stems;

/// A map from short texts; nobody chooses the keys to make it slow, since the site's own writers are the only authors.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;

/// A short and fast hash.
#[derive(Debug, Default, Clone)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.write_u64(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.write_u64(u64::from_le_bytes(last) ^ ((bytes.len() as u64) << 56));
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}

/// What a word is known by: its folded form, and the stem that its inflected forms share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub surface: Box<str>,
    pub stem: Box<str>,
}

/// The words of one part, each with its number.
type Part = Map<Box<str>, (u32, Word)>;

/// Gives numbers to words, from several threads at once.
///
/// The key is the word in lower case with its accents, so that what is known of it depends on it alone.
#[derive(Debug)]
pub(super) struct Lexicon {
    parts: Vec<Mutex<Part>>,
    count: AtomicU32,
}

const PARTS: usize = 64;

impl Lexicon {
    /// Makes an empty lexicon.
    pub(super) fn new() -> Self {
        Self { parts: (0..PARTS).map(|_| Mutex::default()).collect(), count: AtomicU32::new(0) }
    }

    /// Returns the number of a word in lower case.
    pub(super) fn number(&self, word: &str, stems: &Stems) -> u32 {
        self.entry(word, stems, |number, _| number)
    }

    /// Gives the number of a word in lower case, and what it is known by, which is found once for the whole site.
    pub(super) fn entry<R>(&self, word: &str, stems: &Stems, read: impl FnOnce(u32, &Word) -> R) -> R {
        let mut hasher = Quick::default();
        hasher.write(word.as_bytes());
        let part = &self.parts[(hasher.finish() >> 40) as usize % PARTS];
        let mut part = part.lock().expect("no code panics while it holds a part");
        if let Some((number, known)) = part.get(word) {
            return read(*number, known);
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let known = Word { surface: fold(word).into(), stem: stems.of(word).into() };
        let answer = read(number, &known);
        part.insert(word.into(), (number, known));
        answer
    }

    /// Returns every word as it is asked for, at the place of its number.
    pub(super) fn texts(&self) -> Vec<Box<str>> {
        let mut texts = vec![Box::default(); self.count.load(Ordering::Relaxed) as usize];
        for part in &self.parts {
            for (text, (number, _)) in part.lock().expect("no code panics while it holds a part").iter() {
                texts[*number as usize] = text.clone();
            }
        }
        texts
    }

    /// Returns what every word is known by, at the place of its number.
    pub(super) fn words(&self) -> Vec<Word> {
        let empty = Word { surface: Box::default(), stem: Box::default() };
        let mut words = vec![empty; self.count.load(Ordering::Relaxed) as usize];
        for part in &self.parts {
            for (number, word) in part.lock().expect("no code panics while it holds a part").values() {
                words[*number as usize] = word.clone();
            }
        }
        words
    }
}
