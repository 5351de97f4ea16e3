//! Slow pure functions, remembered by a hash of all their inputs: in memory, and on the disk between runs.
//!
//! Forgetting everything changes only the time a build takes.

mod disk;
mod pack;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

pub use disk::Disk;
pub use pack::{Pack, from_bytes, spread, to_bytes};

/// The hash of everything a remembered value depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key([u8; 32]);

impl Key {
    /// Makes the key of a function's result from the function's name and all its inputs.
    ///
    /// Each part is hashed with its length, so that `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of<'a>(function: &'a str, parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = OWN.clone();
        for part in std::iter::once(function.as_bytes()).chain(parts) {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// Returns the key’s bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the key as 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    fn shard(&self) -> usize {
        usize::from(self.0[0]) % SHARDS
    }
}

/// What every key begins with: the results of another version of the program are not ours.
static OWN: LazyLock<blake3::Hasher> =
    LazyLock::new(|| blake3::Hasher::new_derive_key(concat!("essaim ", env!("CARGO_PKG_VERSION"), " memo")));

const SHARDS: usize = 16;

/// Values in memory, by key, that several threads ask for at once.
///
/// Every build begins a generation. Past its bound, the memo forgets what recent builds did not ask
/// for, the oldest first: a preview left open for days keeps its memory flat.
#[derive(Debug)]
pub struct Memo<V> {
    shards: [Mutex<HashMap<Key, Slot<V>>>; SHARDS],
    generation: AtomicU32,
    bound: usize,
}

#[derive(Debug)]
struct Slot<V> {
    value: V,
    asked: u32,
}

impl<V: Clone> Memo<V> {
    /// Makes an empty memo that keeps about `bound` values that no recent build asked for.
    pub fn new(bound: usize) -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()), generation: AtomicU32::new(0), bound }
    }

    /// Returns the value of a key, computing it if it is not known.
    ///
    /// Two threads that ask at the same moment may both compute it: the functions are pure.
    pub fn get(&self, key: Key, compute: impl FnOnce() -> V) -> V {
        match self.known(&key) {
            Some(value) => value,
            None => {
                let value = compute();
                self.put(key, value.clone());
                value
            }
        }
    }

    /// Returns the value of a key if it is known.
    pub fn known(&self, key: &Key) -> Option<V> {
        let generation = self.generation.load(Ordering::Relaxed);
        let mut shard = self.shards[key.shard()].lock().expect("no code panics while it holds a shard");
        let slot = shard.get_mut(key)?;
        slot.asked = generation;
        Some(slot.value.clone())
    }

    /// Remembers a value.
    pub fn put(&self, key: Key, value: V) {
        let asked = self.generation.load(Ordering::Relaxed);
        let mut shard = self.shards[key.shard()].lock().expect("no code panics while it holds a shard");
        shard.insert(key, Slot { value, asked });
    }

    /// Ends a build: past the bound, forgets what this build and those just before did not ask for.
    pub fn sweep(&self) {
        let ended = self.generation.fetch_add(1, Ordering::Relaxed);
        let share = self.bound / SHARDS;
        for shard in &self.shards {
            let mut shard = shard.lock().expect("no code panics while it holds a shard");
            let mut idle: Vec<u32> = shard.values().map(|slot| slot.asked).filter(|asked| *asked < ended).collect();
            if idle.len() > share {
                idle.sort_unstable_by(|left, right| right.cmp(left));
                let newest_forgotten = idle[share];
                shard.retain(|_, slot| slot.asked > newest_forgotten);
            }
        }
    }

    /// Returns how many values are remembered.
    pub fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().expect("no code panics while it holds a shard").len()).sum()
    }

    /// Returns whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How many values of a type are kept although no recent build asked for them.
const IDLE: usize = 4_096;

/// Everything that builds remember.
#[derive(Debug, Default)]
pub struct Memos {
    /// Bytes kept between runs: compiled PDF, resized images.
    pub disk: Disk,
    /// What is kept in memory, one [`Memo`] for each type of value.
    typed: RwLock<HashMap<TypeId, Kept>>,
}

/// The memo of one type, and how to sweep it without knowing the type.
struct Kept {
    memo: Arc<dyn Any + Send + Sync>,
    sweep: Box<dyn Fn() + Send + Sync>,
}

impl fmt::Debug for Kept {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Kept")
    }
}

impl Memos {
    /// Remembers on the disk as well, where `disk` says.
    pub fn new(disk: Disk) -> Self {
        Self { disk, typed: RwLock::default() }
    }

    /// Returns the memory of one type of value.
    pub fn of<V: Clone + Send + Sync + 'static>(&self) -> Arc<Memo<V>> {
        let id = TypeId::of::<V>();
        let known =
            self.typed.read().unwrap_or_else(PoisonError::into_inner).get(&id).map(|kept| Arc::clone(&kept.memo));
        let found = known.unwrap_or_else(|| {
            let mut typed = self.typed.write().unwrap_or_else(PoisonError::into_inner);
            let kept = typed.entry(id).or_insert_with(|| {
                let memo = Arc::new(Memo::<V>::new(IDLE));
                let swept = Arc::clone(&memo);
                Kept { memo, sweep: Box::new(move || swept.sweep()) }
            });
            Arc::clone(&kept.memo)
        });
        found.downcast::<Memo<V>>().expect("a memory is kept under the type of its values")
    }

    /// Ends a build: what recent builds did not ask for may be forgotten.
    pub fn sweep(&self) {
        for kept in self.typed.read().unwrap_or_else(PoisonError::into_inner).values() {
            (kept.sweep)();
        }
    }
}
