//! What several files of one build are made from: computed when the first of them asks, once a build.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Values of a build, by type and name.
///
/// They are kept here rather than in the jobs, because jobs may serve several builds: a save that changes only words
/// keeps the plan.
#[derive(Default)]
pub struct Cells(Mutex<HashMap<(TypeId, String), Cell>>);

type Cell = Arc<OnceLock<Arc<dyn Any + Send + Sync>>>;

impl Cells {
    /// Returns a value, computed if nobody asked before; whoever asks meanwhile waits for it.
    pub fn of<V: Send + Sync + 'static>(&self, name: &str, compute: impl FnOnce() -> V) -> Arc<V> {
        let cell = {
            let mut cells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(cells.entry((TypeId::of::<V>(), name.to_owned())).or_default())
        };
        let value = Arc::clone(cell.get_or_init(|| Arc::new(compute())));
        value.downcast::<V>().expect("a cell is kept under the type of its value")
    }
}
