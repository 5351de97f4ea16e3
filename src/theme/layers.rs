//! Where the files of a theme come from: the program's own themes, and the site's folders laid over them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::config::{self, Config};
use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::say;
use crate::snapshot::Snapshot;

/// The theme under every other; `themes/essaim/` in a site lies over it too.
const FIRST: &str = "essaim";

/// The themes inside the program, the first one under the others.
static INSIDE: [(&str, Dir<'_>); 3] = [
    (FIRST, include_dir!("$CARGO_MANIFEST_DIR/themes/essaim")),
    ("sobre", include_dir!("$CARGO_MANIFEST_DIR/themes/sobre")),
    ("collectivite", include_dir!("$CARGO_MANIFEST_DIR/themes/collectivite")),
];

/// A file of the theme and where it comes from.
pub(super) struct ThemeFile {
    pub bytes: Cow<'static, [u8]>,
    /// The site's own file, for diagnostics; none for those of the program.
    pub source: Option<FilePath>,
    /// The file of the same path that this one covers: words are taken from it when this one lacks them.
    pub below: Option<Box<ThemeFile>>,
    /// The layer that this path comes from first, the lowest being 0: stylesheets are joined in this order.
    pub rank: usize,
}

impl ThemeFile {
    /// Returns the file as text.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// Calls for each file of this path, the lowest layer first.
    pub fn each<'f>(&'f self, call: &mut impl FnMut(&'f ThemeFile)) {
        if let Some(below) = &self.below {
            below.each(call);
        }
        call(self);
    }
}

/// The names of the themes inside the program that a site may ask for.
pub fn names() -> impl Iterator<Item = &'static str> {
    INSIDE.iter().map(|(name, _)| *name)
}

/// Lays the files of a theme over each other: the built-in theme, `themes/essaim/`, the theme of this name inside the
/// program, then the site's folder of this name.
pub(super) fn read(snapshot: &Snapshot, config: &Config, report: &mut Report) -> BTreeMap<String, ThemeFile> {
    let name = config.theme.as_str();
    let mut files = BTreeMap::new();
    let layers: &[&str] = if name.is_empty() || name == FIRST { &[FIRST] } else { &[FIRST, name] };
    for (rank, layer) in layers.iter().enumerate() {
        let inside = INSIDE.iter().find(|(name, _)| name == layer);
        if let Some((_, folder)) = inside {
            enter(folder, 2 * rank, &mut files);
        }
        let folder = format!("themes/{layer}/");
        let mut found = inside.is_some();
        for file in snapshot.under(&folder) {
            found = true;
            // A text is what the snapshot read, whatever its encoding.
            let text = file.text().map(|text| text.as_bytes().to_vec());
            let Some(bytes) = text.or_else(|| snapshot.bytes(&file.path).map(|bytes| bytes.to_vec())) else { continue };
            let path = file.path.as_str()[folder.len()..].to_owned();
            lay(&mut files, path, Cow::Owned(bytes), Some(file.path.clone()), 2 * rank + 1);
        }
        if !found {
            report.push(unknown(layer, config.fields.span("theme").unwrap_or_default()));
        }
    }
    files
}

fn enter(folder: &'static Dir<'static>, rank: usize, files: &mut BTreeMap<String, ThemeFile>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        lay(files, path, Cow::Borrowed(file.contents()), None, rank);
    }
    for inner in folder.dirs() {
        enter(inner, rank, files);
    }
}

fn lay(
    files: &mut BTreeMap<String, ThemeFile>,
    path: String,
    bytes: Cow<'static, [u8]>,
    source: Option<FilePath>,
    rank: usize,
) {
    let below = files.remove(&path).map(Box::new);
    let rank = below.as_ref().map_or(rank, |below| below.rank);
    files.insert(path, ThemeFile { bytes, source, below, rank });
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    let known = names().collect::<Vec<_>>().join(", ");
    Diagnostic::error("E0505", say!("le thème « {name} » n’existe pas", "the theme “{name}” does not exist"))
        .at(&FilePath::new(config::FILE), span)
        .help(say!(
            "créez le dossier « themes/{name}/ », prenez un thème du programme ({known}), ou retirez la ligne « theme = … »",
            "make the folder “themes/{name}/”, take a theme of the program ({known}), or remove the line “theme = …”"
        ))
        .help_near(name, names())
}
