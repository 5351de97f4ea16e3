//! Where the links and images of a body lead from an e-mail: full addresses only.

use crate::doc::{self, LinkId};
use crate::emit::{Base, Cx, images};
use crate::site::{Asset, Page, Target};

/// The ways out of a page, seen from an e-mail.
#[derive(Clone, Copy)]
pub struct Ways<'a> {
    pub cx: &'a Cx<'a>,
    pub page: &'a Page,
    pub base: &'a Base,
    /// Whether the passage is of another page, where its notes are.
    pub is_away: bool,
}

/// A link ready to be written.
pub struct Way {
    pub href: String,
    /// What to show when the writer gave no text.
    pub label: String,
    /// « PDF, 720 Kio », for a file.
    pub weight: Option<String>,
}

/// An image ready to be shown.
pub struct Shown {
    pub src: String,
    /// In pixels, when known.
    pub size: Option<(u32, u32)>,
    /// Mail clients show no SVG.
    pub is_drawing: bool,
}

impl<'a> Ways<'a> {
    /// Returns the same ways for a passage of another page.
    pub fn on(self, page: &'a Page) -> Self {
        Self { page, is_away: true, ..self }
    }

    /// Returns where a link goes; nothing when it is broken, which the report says.
    pub fn link(&self, to: LinkId) -> Option<Way> {
        let (site, base) = (self.cx.site, self.base);
        let plain = |href: String, label: String| Way { href, label, weight: None };
        let anchor =
            |anchor: &Option<ecow::EcoString>| anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
        Some(match self.page.target(to) {
            Target::Page { page, anchor: at } => {
                plain(base.href(&site.page(*page).url) + &anchor(at), site.reference(site.page(*page)).to_string())
            }
            Target::Anchor(at) => {
                plain(format!("{}#{at}", base.href(&self.page.url)), doc::name_of(&self.page.document, at).to_string())
            }
            Target::Example(example) => {
                let example = site.example(*example);
                let (url, at) = site.example_url(example);
                plain(format!("{}#{at}", base.href(&url)), example.exemple.titre.to_string())
            }
            Target::File(asset) => {
                let asset = site.asset(*asset);
                let weight = images::weight(asset.source.extension(), asset.size, &self.page.language);
                Way { weight: Some(weight), ..plain(base.href(&asset.url), asset.source.name().to_owned()) }
            }
            Target::Site { url, anchor: at } => plain(base.href(url) + &anchor(at), url.to_string()),
            Target::External(address) => plain(full(address), address.to_string()),
            Target::Mail(address) => plain(format!("mailto:{address}"), address.to_string()),
            Target::Broken => return None,
        })
    }

    /// Returns what stands behind an image.
    pub fn image(&self, to: LinkId) -> Option<Shown> {
        match self.page.target(to) {
            Target::File(asset) => Some(self.asset(self.cx.site.asset(*asset))),
            Target::Site { url, .. } => {
                Some(Shown { src: self.base.href(url), size: None, is_drawing: url.as_str().ends_with(".svg") })
            }
            _ => None,
        }
    }

    /// Returns how a file of the content is shown: a lighter copy where the original is too heavy for an e-mail.
    pub fn asset(&self, asset: &Asset) -> Shown {
        let is_drawing = asset.source.extension().eq_ignore_ascii_case("svg");
        match self.cx.urls.named(&super::image_name(asset)) {
            Some(url) => {
                let size = asset.pixels.map(|(width, height)| {
                    let most = width.min(super::IMAGE_WIDTH);
                    (most, images::scaled(height, most, width))
                });
                Shown { src: self.base.href(url), size, is_drawing }
            }
            None => Shown { src: self.base.href(&images::main_url(asset)), size: images::shown(asset), is_drawing },
        }
    }
}

/// Gives an address written without its scheme the one it needs in an e-mail.
fn full(address: &str) -> String {
    match address.strip_prefix("//") {
        Some(rest) => format!("https://{rest}"),
        None => address.to_owned(),
    }
}

impl Ways<'_> {
    /// Returns raw HTML whose addresses are full: an e-mail stands in no folder.
    pub fn raw(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        while let Some((at, name)) =
            [" href=\"", " src=\""].iter().filter_map(|name| Some((rest.find(name)?, *name))).min()
        {
            let from = at + name.len();
            let Some(length) = rest[from..].find('"') else { break };
            let address = &rest[from..from + length];
            out.push_str(&rest[..from]);
            out.push_str(&self.whole(address));
            rest = &rest[from + length..];
        }
        out.push_str(rest);
        out
    }

    fn whole(&self, address: &str) -> String {
        let has_scheme = address.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if has_scheme {
            return address.to_owned();
        }
        match address.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None if address.starts_with('/') => self.base.join(address),
            None => {
                // Dots climb the folders of the page, as browsers do.
                let (path, tail) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
                let mut folders: Vec<&str> =
                    self.page.url.as_str().trim_matches('/').split('/').filter(|part| !part.is_empty()).collect();
                let mut name = "";
                for part in path.split('/') {
                    if !name.is_empty() {
                        folders.push(name);
                    }
                    name = "";
                    match part {
                        "" | "." => {}
                        ".." => drop(folders.pop()),
                        part => name = part,
                    }
                }
                let slash = if path.is_empty() || path.ends_with('/') || path.ends_with("..") { "/" } else { "" };
                if !name.is_empty() {
                    folders.push(name);
                }
                let joined = folders.join("/");
                let slash = if joined.is_empty() { "" } else { slash };
                format!("{}{joined}{slash}{tail}", self.base.prefix())
            }
        }
    }
}
