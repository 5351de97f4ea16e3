//! What a theme asks of the program, in its `theme.toml`.

use serde::Deserialize;

use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::say;

use super::layers::ThemeFile;

/// The name of the file in the folder of a theme.
pub(super) const FILE: &str = "theme.toml";

/// The settings of a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    /// Pages without maps, drawings, pictures and colours of code: the words that say the same stay.
    #[serde(rename = "texte_seul")]
    pub text_only: bool,
    /// The stylesheets that make the pages' one, in order; the usual ones when none is named.
    #[serde(rename = "feuilles")]
    pub sheets: Vec<String>,
}

/// Reads the settings; a file that cannot be read is told, and the theme goes on without it.
pub(super) fn read(file: Option<&ThemeFile>, report: &mut Report) -> Settings {
    let Some((file, text)) = file.and_then(|file| Some((file, file.text()?))) else { return Settings::default() };
    toml::from_str(text).unwrap_or_else(|error| {
        let detail = error.message().to_owned();
        let place = file.source.clone().unwrap_or_else(|| FilePath::new(FILE));
        report.push(
            Diagnostic::error(
                "E0508",
                say!("les réglages du thème ne peuvent pas être lus", "the theme’s settings cannot be read"),
            )
            .at(&place, error.span().map_or(Span::default(), Span::from))
            .help(say!(
                "les clés connues sont « texte_seul = true » et « feuilles = [\"css/ma-feuille.css\"] » (détail : {detail})",
                "the known keys are “texte_seul = true” and “feuilles = [\"css/my-sheet.css\"]” (detail: {detail})"
            )),
        );
        Settings::default()
    })
}
