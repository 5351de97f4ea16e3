//! Addresses inside the site: written from the root, percent-free, and turned into links relative to a page or absolute.

mod base;
pub mod contacts;

use std::borrow::Cow;
use std::fmt;

use ecow::EcoString;
use serde::{Deserialize, Serialize};

pub use base::{Base, join};

/// An address inside the site, from its root: `/kits/kit-communal/animer/` or `/atom.xml`.
///
/// It holds no query and no fragment. Slugs are ASCII, so that nothing in it needs escaping,
/// except in the names of files that writers supply, which [`Url::encoded`] takes care of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Url(EcoString);

impl Url {
    /// Takes an address that begins with `/`.
    pub fn new(path: impl Into<EcoString>) -> Self {
        let path = path.into();
        debug_assert!(path.starts_with('/'), "an address begins at the root: {path}");
        Self(path)
    }

    /// Returns the address as text, from the root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns how many slashes it has: the home page has one.
    pub fn depth(&self) -> usize {
        self.as_str().bytes().filter(|byte| *byte == b'/').count()
    }

    /// Returns the file that holds this address in the output, without a leading `/`.
    pub fn file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if self.0.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// Returns the address of something beside this page: `join("photo.jpg")`.
    pub fn join(&self, name: &str) -> Self {
        let folder = self.0.rfind('/').map_or("/", |slash| &self.0[..=slash]);
        let mut path = EcoString::from(folder);
        path.push_str(name.trim_start_matches('/'));
        Self(path)
    }

    /// Returns the address with what a URL may not hold percent-encoded.
    pub fn encoded(&self) -> String {
        encode(&self.0).into_owned()
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The bytes that RFC 3986 (3.3) lets stand in a path.
const STANDS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x80 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let marks = b"-._~/!$&'()*+,;=:@";
    let mut mark = 0;
    while mark < marks.len() {
        table[marks[mark] as usize] = true;
        mark += 1;
    }
    table
};

/// Percent-encodes every byte that RFC 3986 does not let stand in a path.
pub fn encode(path: &str) -> Cow<'_, str> {
    use std::fmt::Write as _;
    let stands = |byte: u8| STANDS[usize::from(byte)];
    if path.bytes().all(stands) {
        return Cow::Borrowed(path);
    }
    let mut out = String::with_capacity(path.len() + 16);
    for byte in path.bytes() {
        if stands(byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a String cannot fail");
        }
    }
    Cow::Owned(out)
}
