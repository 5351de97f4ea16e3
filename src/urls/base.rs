//! How addresses of the site are written in an output: relative to the page, or in full.

use super::{Url, encode};

/// What stands before an address of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// `../../` for a page two folders deep, `https://…/` in feeds and e-mails.
    prefix: String,
}

impl Base {
    /// Links from a page: they work under any path of a host, and from a folder opened in a browser.
    pub fn relative(page: &Url) -> Self {
        let folders = page.as_str().matches('/').count().saturating_sub(1);
        Self { prefix: if folders == 0 { "./".to_owned() } else { "../".repeat(folders) } }
    }

    /// Links that begin with a fixed address: the site's public one, or its path on the host.
    pub fn fixed(address: &str) -> Self {
        Self { prefix: address.to_owned() }
    }

    /// Returns the prefix, for templates.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns an address of the site as a link.
    pub fn href(&self, url: &Url) -> String {
        self.join(url.as_str())
    }

    /// Returns an address of the site, perhaps with an anchor, as a link; full addresses stay as they are.
    pub fn join(&self, address: &str) -> String {
        join(&self.prefix, address)
    }
}

/// Returns an address of the site, perhaps with an anchor, behind the prefix of a base; full addresses stay as they are.
pub fn join(prefix: &str, address: &str) -> String {
    match address.strip_prefix('/') {
        Some(path) if !address.starts_with("//") => {
            let (path, anchor) = path.split_at(path.bytes().position(|byte| byte == b'#').unwrap_or(path.len()));
            let path = encode(path);
            let mut out = String::with_capacity(prefix.len() + path.len() + anchor.len());
            out.push_str(prefix);
            out.push_str(&path);
            out.push_str(anchor);
            out
        }
        _ => address.to_owned(),
    }
}
