//! The words of pages remembered between runs: only a page that changed is taken apart again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::input::PageInput;
use super::lexicon::{Lexicon, Map};
use super::page::{self, PageTerms};
use super::source;
use super::synonyms::Synonyms;
use super::words::Splitter;
use crate::memo::{self, Disk, Key, Memo, Memos};
use crate::site::{PageId, Site};

/// Over how many files of the cache the words are spread: a change writes one again.
const PACKS: usize = 256;

/// The words of a page, and the lexicon that numbers them.
type Known = (Arc<Lexicon>, Arc<PageTerms>);

/// What the reading of pages needs.
pub(super) struct Reader<'r> {
    pub site: &'r Site,
    pub pages: &'r [PageId],
    pub lexicon: &'r Arc<Lexicon>,
    pub synonyms: &'r Synonyms,
    pub disk: &'r Disk,
    /// What the builds of a preview have read.
    memory: Option<Arc<Memo<Known>>>,
}

/// A page that was read: its place among those asked for, what its words depend on, what lists show of it, its words.
struct Read {
    place: usize,
    key: Key,
    shown: PageInput,
    terms: Arc<PageTerms>,
}

/// The words of some pages as the disk holds them, numbered by their place in a list of their own.
#[derive(Serialize, Deserialize)]
struct Held<'b> {
    #[serde(borrow)]
    words: Vec<&'b str>,
    pages: Vec<(Key, PageTerms)>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        site: &'r Site,
        pages: &'r [PageId],
        lexicon: &'r Arc<Lexicon>,
        synonyms: &'r Synonyms,
        memos: &'r Memos,
        preview: bool,
    ) -> Self {
        let memory = preview.then(|| memos.of());
        Self { site, pages, lexicon, synonyms, disk: &memos.disk, memory }
    }

    /// Reads every page on every core, in order.
    pub(super) fn read(&self) -> (Vec<PageInput>, Vec<Arc<PageTerms>>) {
        let packs = memo::spread(self.pages.iter().map(|id| self.site.page(*id).source.as_str()), PACKS);
        // A splitter remembers what it has taken apart: there are no more of them than cores.
        let splitters: Mutex<Vec<Splitter<'_>>> = Mutex::default();
        let share = PACKS.div_ceil(8 * rayon::current_num_threads());
        let packs: Vec<(Vec<Read>, bool)> = packs
            .par_chunks(share)
            .with_max_len(1)
            .enumerate()
            .flat_map_iter(|(chunk, packs)| {
                let free = splitters.lock().expect("no code panics while it holds them").pop();
                let mut splitter = free.unwrap_or_else(|| Splitter::new(self.lexicon, self.synonyms));
                let read =
                    packs.iter().enumerate().map(|(at, pack)| self.pack(chunk * share + at, pack, &mut splitter));
                let read = read.collect::<Vec<_>>();
                splitters.lock().expect("no code panics while it holds them").push(splitter);
                read
            })
            .collect();
        drop(splitters);
        // A preview has its own memory, and answers before it writes.
        if self.memory.is_none() && self.disk.is_open() && packs.iter().any(|(_, is_news)| *is_news) {
            let texts = self.lexicon.texts();
            packs.par_iter().enumerate().filter(|(_, (_, is_news))| *is_news).for_each(|(number, (pack, _))| {
                if let Some(bytes) = memo::to_bytes(&Held::of(pack, &texts)) {
                    self.disk.put(&name(number), &bytes);
                }
            });
        }
        let mut read: Vec<Read> = packs.into_iter().flat_map(|(pack, _)| pack).collect();
        read.sort_unstable_by_key(|read| read.place);
        read.into_iter().map(|read| (read.shown, read.terms)).unzip()
    }

    /// Reads the pages of a pack; says whether the disk does not hold one of them.
    fn pack(&self, number: usize, places: &[usize], splitter: &mut Splitter<'_>) -> (Vec<Read>, bool) {
        let mut held = None;
        let mut is_news = false;
        let read = places.iter().map(|place| {
            let id = self.pages[*place];
            let shown = source::shown(self.site, id);
            let key = key(self.site, id, &shown, self.synonyms);
            let terms = self
                .remembered(&key)
                .or_else(|| {
                    let held = held.get_or_insert_with(|| Held::read(self.disk, number, splitter));
                    held.remove(&key).map(Arc::new)
                })
                .unwrap_or_else(|| {
                    is_news = true;
                    Arc::new(page::terms(&source::page(self.site, id), splitter, self.synonyms))
                });
            if let Some(memory) = &self.memory {
                memory.put(key, (Arc::clone(self.lexicon), Arc::clone(&terms)));
            }
            Read { place: *place, key, shown, terms }
        });
        (read.collect(), is_news)
    }

    /// Returns the words of a page that the last builds of the preview have read.
    fn remembered(&self, key: &Key) -> Option<Arc<PageTerms>> {
        let (own, terms) = self.memory.as_ref()?.known(key)?;
        Arc::ptr_eq(&own, self.lexicon).then_some(terms)
    }
}

impl<'b> Held<'b> {
    /// Numbers the words of pages by a list of their own.
    fn of(pages: &[Read], texts: &'b [Box<str>]) -> Self {
        let mut numbers: Map<u32, u32> = Map::default();
        let mut words = Vec::new();
        let pages = pages.iter().map(|read| {
            let terms = read.terms.renumbered(|word| {
                *numbers.entry(word).or_insert_with(|| {
                    words.push(&*texts[word as usize]);
                    super::digits::number_of(words.len() - 1)
                })
            });
            (read.key, terms)
        });
        let pages = pages.collect();
        Self { words, pages }
    }

    /// Returns the pages of a pack, numbered by the lexicon.
    fn read(disk: &Disk, number: usize, splitter: &mut Splitter<'_>) -> HashMap<Key, PageTerms> {
        let Some(bytes) = disk.get(&name(number)) else { return HashMap::new() };
        let Some(held) = memo::from_bytes::<Held<'_>>(&bytes) else { return HashMap::new() };
        let numbers: Vec<u32> = held.words.iter().map(|word| splitter.number(word)).collect();
        let sound = |terms: &PageTerms| terms.is_sound(numbers.len());
        let pages = held.pages.into_iter().filter(|(_, terms)| sound(terms));
        pages.map(|(key, terms)| (key, terms.renumbered(|word| numbers[word as usize]))).collect()
    }
}

/// Returns the name of a pack in the cache.
fn name(number: usize) -> Key {
    Key::of("search packs", [&number.to_le_bytes()[..]])
}

/// Returns the key of all that the words of a page depend on: its source, its places and themes, its kit, its weight.
fn key(site: &Site, id: PageId, page: &PageInput, synonyms: &Synonyms) -> Key {
    let facts = format!("{:?}{:?}{:?}{:?}{:?}", page.kit, page.themes, page.family, page.edition, page.weight);
    let draft = site.page(id).key.hex();
    Key::of("search words", [draft.as_bytes(), facts.as_bytes(), synonyms.fingerprint.as_bytes()])
}
