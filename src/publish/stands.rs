//! What the files of an output were made from, as one run notes it for the next: a line for each file.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::memo::Key;

/// How many hexadecimal digits of the hash of inputs are kept: half of them leave no room for chance.
const DIGITS: usize = 32;

/// The hashes of the inputs and of the bytes of each file, by path.
#[derive(Debug, Default)]
pub(super) struct Stands(HashMap<String, String>);

impl Stands {
    /// Reads what [`written`] wrote; what cannot be read is not known.
    pub fn read(noted: &[u8]) -> Self {
        let lines = std::str::from_utf8(noted).unwrap_or_default().lines();
        Self(lines.filter_map(|line| line.split_once(' ')).map(|(mark, file)| (file.into(), mark.into())).collect())
    }

    /// Returns whether a file with this hash was made from these inputs.
    pub fn was_made_from(&self, file: &str, made_from: &Key, hash: &str) -> bool {
        self.0.get(file).is_some_and(|known| *known == mark(made_from, hash))
    }
}

/// Writes the notes on some files.
pub(super) fn written<'f>(files: impl Iterator<Item = (&'f str, &'f Key, &'f str)>) -> Vec<u8> {
    let mut out = String::new();
    for (file, made_from, hash) in files {
        writeln!(out, "{} {file}", mark(made_from, hash)).expect("a text takes all that is written to it");
    }
    out.into_bytes()
}

/// Returns the hash of what a file is made from, then that of its bytes.
fn mark(made_from: &Key, hash: &str) -> String {
    let mut mark = made_from.hex();
    mark.truncate(DIGITS);
    mark.push_str(hash);
    mark
}
