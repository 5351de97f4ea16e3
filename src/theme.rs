//! The theme: the built-in one inside the program, and a site's own that overrides it file by file at the same path.

mod faults;
mod filters;
mod layers;
mod settings;
mod sheets;
mod strings;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};

use serde::Serialize;
use tera::Tera;

use crate::config::Config;
use crate::diag::{Diagnostic, Report};
use crate::memo::Key;
use crate::snapshot::Snapshot;
use crate::urls::{Base, Url};

use layers::ThemeFile;
use settings::Settings;
use sheets::STYLESHEET;

pub use layers::names;
pub use sheets::uncommented;
pub use strings::Strings;
pub use tera::{Context, Value};

/// The folders whose files are Tera templates.
const TEMPLATES: &[&str] = &["html", "embed", "mail", "feed"];

/// A theme ready to render.
pub struct Theme {
    tera: Tera,
    files: BTreeMap<String, ThemeFile>,
    strings: Strings,
    settings: Settings,
    /// The one stylesheet of the pages.
    sheet: String,
    /// Where the fingerprinted files are, by their path in the theme.
    assets: BTreeMap<String, Url>,
    /// Of every file of the theme.
    pub key: Key,
    /// What was rendered for all the pages of one depth and language.
    parts: RwLock<HashMap<PartOf, Value>>,
}

/// A part of pages: its template, what links begin with, the language, and the entry of the menu.
type PartOf = (&'static str, String, String, Option<(String, bool)>);

/// The weight that most pages stay under.
const USUAL_PAGE: usize = 32 * 1024;

impl Theme {
    /// Reads the built-in theme and the site's; faults of templates are reported at their line.
    pub fn read(snapshot: &Snapshot, config: &Config) -> (Option<Theme>, Report) {
        let mut report = Report::default();
        let mut files = layers::read(snapshot, config, &mut report);
        let settings = settings::read(files.get(settings::FILE), &mut report);
        let mut words = Vec::new();
        for (path, file) in files.iter().filter(|(path, _)| path.starts_with("i18n/")) {
            file.each(&mut |file| words.extend(file.text().map(|text| (path.as_str(), text, file.source.as_ref()))));
        }
        let strings = Strings::read(words.into_iter(), &mut report);
        let sheet = sheets::joined(&files, &settings, &mut report);
        let assets = assets(&files, &sheet);
        let key = Key::of("theme", files.iter().flat_map(|(path, file)| [path.as_bytes(), file.bytes.as_ref()]));
        // A site's template that is refused gives way to the one that it covers: the rest of the site is still looked at.
        let mut is_torn = false;
        let tera = loop {
            let mut tera = Tera::default();
            tera.autoescape_on(vec![".html", ".mjml", ".xml"]);
            filters::register(&mut tera, &strings, &assets);
            let Err(error) = tera.add_raw_templates(templates(&files)) else { break tera };
            let found = faults::told(&error, &files);
            let names: BTreeSet<String> = found.iter().map(|fault| fault.template.clone()).collect();
            // What a missing file would have held is not told of those that use it.
            if !is_torn {
                report.diagnostics.extend(found.into_iter().map(|fault| fault.said));
            }
            for name in names {
                let Some(refused) = files.remove(&name).filter(|file| file.source.is_some()) else {
                    return (None, report);
                };
                match refused.below {
                    Some(below) => {
                        files.insert(name, *below);
                    }
                    None => is_torn = true,
                }
            }
        };
        (Some(Theme { tera, files, strings, settings, sheet, assets, key, parts: RwLock::default() }), report)
    }

    /// Gives every template what is the same on every page.
    pub fn set_global(&mut self, name: &'static str, value: &impl Serialize) {
        self.tera.global_context().insert(name, value);
    }

    /// Renders the first template that exists: `{output}/{kind}.html`, then `{output}/page.html`.
    ///
    /// Besides what `context` holds, templates get `root` (for links) and `lang`.
    pub fn render(
        &self,
        names: &[&str],
        base: &Base,
        language: &str,
        context: Context,
    ) -> Result<String, Box<Diagnostic>> {
        let (_, bytes) = self.rendered(names, base, language, context)?;
        Ok(String::from_utf8(bytes).expect("templates write texts"))
    }

    /// Renders a whole page as bytes, ready for a file; a template that writes nothing is a fault.
    pub fn render_bytes(
        &self,
        names: &[&str],
        base: &Base,
        language: &str,
        context: Context,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let (name, bytes) = self.rendered(names, base, language, context)?;
        if bytes.trim_ascii().is_empty() { Err(Box::new(faults::blank(name, &self.files))) } else { Ok(bytes) }
    }

    /// Renders the first template that exists, and tells which one it is.
    fn rendered<'n>(
        &self,
        names: &[&'n str],
        base: &Base,
        language: &str,
        mut context: Context,
    ) -> Result<(&'n str, Vec<u8>), Box<Diagnostic>> {
        context.insert("root", base.prefix());
        context.insert("lang", language);
        let name = names
            .iter()
            .find(|name| self.tera.contains_template(name))
            .or(names.last())
            .copied()
            .unwrap_or("html/page.html");
        let mut bytes = Vec::with_capacity(USUAL_PAGE);
        match self.tera.render_to(name, &context, &mut bytes) {
            Ok(()) => Ok((name, bytes)),
            Err(error) => Err(Box::new(faults::first(&error, &self.files))),
        }
    }

    /// Renders a part that is the same on many pages, once for each place that it looks different from.
    ///
    /// `here` is the address of the menu's entry that the page is in, and whether it is the page itself.
    pub fn part(
        &self,
        name: &'static str,
        base: &Base,
        language: &str,
        here: Option<(&str, bool)>,
    ) -> Result<Value, Box<Diagnostic>> {
        let here = here.map(|(url, is_here)| (url.to_owned(), is_here));
        let key = (name, base.prefix().to_owned(), language.to_owned(), here);
        if let Some(part) = self.parts.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(part.clone());
        }
        let mut context = Context::new();
        let (url, is_here) = key.3.clone().unwrap_or_default();
        context.insert("here", &url);
        context.insert("is_here", &is_here);
        let part = Value::safe_string(self.render(&[name], base, language, context)?.trim_end());
        self.parts.write().unwrap_or_else(PoisonError::into_inner).insert(key, part.clone());
        Ok(part)
    }

    /// Returns the colours that the stylesheets define (`.teinte-ocre`), sorted.
    pub fn teintes(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .under("css/")
            .filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok())
            .flat_map(|css| css.split(".teinte-").skip(1))
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
            .filter(|name: &String| !name.is_empty())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// Returns whether pages go without maps, drawings and pictures.
    pub fn is_text_only(&self) -> bool {
        self.settings.text_only
    }

    /// Returns whether a template exists.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Returns a word that readers see, in a language.
    pub fn word<'s>(&'s self, language: &str, key: &'s str) -> &'s str {
        self.strings.word(language, key)
    }

    /// Returns where a file of the theme is published.
    pub fn asset(&self, path: &str) -> Option<&Url> {
        self.assets.get(path)
    }

    /// Returns every published file of the theme, with its bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Url)> {
        self.assets.iter().map(|(path, url)| (path.as_str(), url))
    }

    /// Returns the bytes of a published file of the theme.
    pub fn asset_bytes(&self, path: &str) -> Vec<u8> {
        if path == STYLESHEET {
            self.sheet.clone().into_bytes()
        } else {
            self.file(path).map(<[u8]>::to_vec).unwrap_or_default()
        }
    }

    /// Returns a file of the theme as it stands.
    pub fn file(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|file| file.bytes.as_ref())
    }

    /// Returns the stylesheets of `css/components/`, in the order in which pages have them.
    pub fn components(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        sheets::components(&self.files).into_iter().filter_map(|path| self.file(path))
    }

    /// Returns the files of a folder of the theme, by path.
    pub fn under<'t>(&'t self, folder: &'t str) -> impl Iterator<Item = (&'t str, &'t [u8])> {
        self.files
            .iter()
            .filter(move |(path, _)| path.starts_with(folder))
            .map(|(path, file)| (path.as_str(), file.bytes.as_ref()))
    }
}

/// Gives each file that pages load a name that changes with its bytes, so that hosts may keep it for ever.
fn assets(files: &BTreeMap<String, ThemeFile>, sheet: &str) -> BTreeMap<String, Url> {
    let mut assets = BTreeMap::new();
    let mut enter = |path: &str, bytes: &[u8]| {
        let hash = blake3::hash(bytes).to_hex();
        let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
        assets.insert(path.to_owned(), Url::new(format!("/theme/{stem}.{}.{extension}", &hash[..10])));
    };
    enter(STYLESHEET, sheet.as_bytes());
    for (path, file) in files {
        let is_served =
            path == "css/highlight.css" || ["js/", "img/", "fonts/"].iter().any(|folder| path.starts_with(folder));
        if is_served {
            enter(path, &file.bytes);
        }
    }
    assets
}

/// Returns the files that are templates, with their text.
fn templates(files: &BTreeMap<String, ThemeFile>) -> Vec<(&str, &str)> {
    let is_template = |path: &str| {
        TEMPLATES.iter().any(|folder| path.starts_with(folder) && path.as_bytes().get(folder.len()) == Some(&b'/'))
    };
    let texts = files.iter().filter(|(path, _)| is_template(path));
    texts.filter_map(|(path, file)| Some((path.as_str(), file.text()?))).collect()
}
