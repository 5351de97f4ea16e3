//! The one stylesheet of the pages, made of those of `css/`.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, FilePath, Report};
use crate::say;

use super::layers::ThemeFile;
use super::settings::{FILE, Settings};

/// What the pages' stylesheet is called.
pub(super) const STYLESHEET: &str = "css/site.css";

/// Joins the sheets that the theme names, else the usual ones in the order of their layers: tokens, base, layout,
/// components, utilities, print.
pub(super) fn joined(files: &BTreeMap<String, ThemeFile>, settings: &Settings, report: &mut Report) -> String {
    let mut sheet = String::new();
    let mut add = |path: &str| {
        let text = files.get(path).and_then(ThemeFile::text);
        sheet.push_str(&text.map(without_comments).unwrap_or_default());
        text.is_some()
    };
    if !settings.sheets.is_empty() {
        for path in settings.sheets.iter().map(String::as_str) {
            if !add(path) {
                report.push(missing(path, files.get(FILE)));
            }
        }
        return sheet;
    }
    let first = ["css/tokens.css", "css/base.css", "css/layout.css"];
    let last = ["css/utilities.css", "css/print.css"];
    for path in first.into_iter().chain(components(files)).chain(last) {
        add(path);
    }
    if !files.contains_key("css/components/carte.css") {
        sheet.push_str(&without_comments(crate::territory::map::STYLE));
    }
    sheet
}

/// Returns the paths of `css/components/`: those of the built-in theme, then what each layer over it adds.
pub(super) fn components(files: &BTreeMap<String, ThemeFile>) -> Vec<&str> {
    let mut found: Vec<(usize, &str)> = files
        .iter()
        .filter(|(path, _)| path.starts_with("css/components/"))
        .map(|(path, file)| (file.rank, path.as_str()))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, path)| path).collect()
}

fn missing(path: &str, settings: Option<&ThemeFile>) -> Diagnostic {
    let place = settings.and_then(|file| file.source.clone()).unwrap_or_else(|| FilePath::new(FILE));
    Diagnostic::error(
        "E0508",
        say!("le thème demande « {path} », qui n’existe pas", "the theme asks for “{path}”, which does not exist"),
    )
    .in_file(&place)
    .help(say!("créez cette feuille dans le dossier du thème", "make this sheet in the theme’s folder"))
}

/// Returns a stylesheet or a script without what stands between `/*` and `*/`.
pub fn uncommented(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    out
}

/// Drops the comments and the indentation of a stylesheet.
fn without_comments(css: &str) -> String {
    let out = uncommented(css);
    let mut sheet = String::with_capacity(out.len());
    for line in out.lines().map(str::trim).filter(|line| !line.is_empty()) {
        sheet.push_str(line);
        sheet.push('\n');
    }
    sheet
}
