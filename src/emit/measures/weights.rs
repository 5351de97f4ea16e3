//! What the theme's files weigh once packed: each is weighed once a build, by the first page that asks for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::assets;
use crate::theme::Theme;
use crate::urls::Url;

/// The bytes of the files that pages ask for, by name, as servers send them.
#[derive(Default)]
pub(super) struct Weights(Mutex<HashMap<String, Arc<OnceLock<usize>>>>);

impl Weights {
    /// Weighs the files that no page has asked for before; those that another thread is weighing are left to it.
    pub fn begin<'n>(&self, theme: &Theme, names: impl IntoIterator<Item = &'n String>) {
        for name in names {
            if let (weight, true) = self.place(name) {
                weight.get_or_init(|| weigh(theme, name));
            }
        }
    }

    /// Returns what files weigh, when all are weighed.
    pub fn of<'n>(&self, theme: &Theme, names: impl IntoIterator<Item = &'n String>) -> HashMap<String, usize> {
        let weight = |name: &String| *self.place(name).0.get_or_init(|| weigh(theme, name));
        names.into_iter().map(|name| (name.clone(), weight(name))).collect()
    }

    /// Returns the place of a file's weight, and whether it is new.
    fn place(&self, name: &str) -> (Arc<OnceLock<usize>>, bool) {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match places.get(name) {
            Some(weight) => (Arc::clone(weight), false),
            None => (Arc::clone(places.entry(name.to_owned()).or_default()), true),
        }
    }
}

fn weigh(theme: &Theme, name: &str) -> usize {
    let own = |url: &Url| url.as_str().rsplit('/').next() == Some(name);
    let path = theme.assets().find(|(_, url)| own(url)).map(|(path, _)| path);
    path.map_or(0, |path| assets::packed(&theme.asset_bytes(path)))
}
