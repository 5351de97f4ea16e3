//! The list of what essaim made in an output, kept in it as `.essaim/manifest.json`.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::refused::{Refused, Unfit, not_written, unfit};
use super::{OWN, is_safe};

/// The list's name in the folder of our notes.
pub(super) const NAME: &str = "manifest.json";

/// Files by path from the output; the same site always gives the same bytes.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub files: BTreeMap<String, Entry>,
    /// When the list was last written, if it comes from a disk.
    pub written: Option<SystemTime>,
}

/// A file of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// XXH3 of its bytes, in 128 bits: files are told apart from those of the last build, not from those of an enemy. Empty while a publication in place is under way.
    pub hash: String,
    pub size: u64,
    /// The name of the output that made it.
    pub output: String,
}

impl Entry {
    pub fn of(body: &[u8], output: &str) -> Self {
        let hash = format!("{:032x}", twox_hash::XxHash3_128::oneshot(body));
        Self { hash, size: body.len() as u64, output: output.to_owned() }
    }
}

#[derive(Deserialize)]
struct Saved {
    format: u32,
    files: BTreeMap<String, Entry>,
}

impl PartialEq for Manifest {
    fn eq(&self, other: &Self) -> bool {
        self.files == other.files
    }
}

impl Manifest {
    /// Returns whether the output holds exactly this file already.
    ///
    /// A file dated after the list was changed by someone else since: it is written again. One whose date was given back to it,
    /// or that was only linked, moved or given other rights, is read to know.
    pub fn holds(&self, output: &Path, file: &str, entry: &Entry) -> bool {
        let listed = self.files.get(file).is_some_and(|old| old.hash == entry.hash && old.size == entry.size);
        let (true, Some(written)) = (listed, self.written) else { return false };
        let path = output.join(file);
        fs::symlink_metadata(&path).is_ok_and(|metadata| {
            metadata.is_file()
                && metadata.len() == entry.size
                && metadata.modified().is_ok_and(|date| date <= written)
                && (!is_touched(&metadata, written)
                    || fs::read(&path).is_ok_and(|bytes| Entry::of(&bytes, &entry.output).hash == entry.hash))
        })
    }

    /// Returns the text of the list: a line for each file.
    pub fn to_json(&self) -> String {
        let text = |value: &str| serde_json::to_string(value).expect("a text is always JSON");
        let mut out = String::from("{\n\"format\": 1,\n\"files\": {");
        for (index, (file, Entry { hash, size, output })) in self.files.iter().enumerate() {
            let comma = if index == 0 { "\n" } else { ",\n" };
            out.push_str(&format!(
                "{comma}{}: {{\"hash\": {}, \"size\": {size}, \"output\": {}}}",
                text(file),
                text(hash),
                text(output)
            ));
        }
        out.push_str("\n}\n}\n");
        out
    }
}

/// Returns whether anything was done to a file after some moment: the system alone writes that date.
#[cfg(unix)]
fn is_touched(metadata: &fs::Metadata, moment: SystemTime) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let since = moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let limit = (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), i64::from(since.subsec_nanos()));
    (metadata.ctime(), metadata.ctime_nsec()) > limit
}

#[cfg(not(unix))]
fn is_touched(_metadata: &fs::Metadata, _moment: SystemTime) -> bool {
    false
}

/// Dates a list after everything that was done to the files it names.
pub(super) fn date(list: &Path) {
    // Undated, it is older than some of its files: they are read once more by the next run.
    fs::File::options().write(true).open(list).and_then(|list| list.set_modified(SystemTime::now())).ok();
}

/// Reads the list of an output; empty when the output does not exist.
pub(super) fn read(output: &Path) -> Result<Manifest, Refused> {
    let path = output.join(OWN).join(NAME);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Manifest::default()),
        Err(error) => return Err(not_written(output, None, &error, 0)),
    };
    let saved: Saved = serde_json::from_slice(&bytes).map_err(|_| unfit(output, Unfit::Manifest))?;
    if saved.format != 1 || !saved.files.keys().all(|file| is_safe(file)) {
        return Err(unfit(output, Unfit::Manifest));
    }
    // A list dated in the future, by a clock that was set back since, says nothing of what came after it.
    let written = fs::metadata(&path).and_then(|metadata| metadata.modified()).ok();
    let written = written.filter(|written| *written <= SystemTime::now());
    Ok(Manifest { files: saved.files, written })
}
