//! The codes of what is said, each with the page that explains it, and the check of those that a site wants left unsaid.

use ecow::EcoString;
use include_dir::{Dir, include_dir};

use super::{Diagnostic, FilePath, Report, Span};
use crate::say;

/// A page for each code: the French text, a line that says where the English one begins, the English text.
pub static PAGES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/docs/codes");

/// Returns the codes that have a page, sorted.
pub fn codes() -> Vec<&'static str> {
    let mut codes: Vec<&str> =
        PAGES.files().filter_map(|file| file.path().file_name()?.to_str()?.strip_suffix(".md")).collect();
    codes.sort_unstable();
    codes
}

/// Says which codes of a list `silence` can be left unsaid by nobody: those that do not exist, and errors.
pub fn check_silence(silence: &[(EcoString, Span)], file: &FilePath, report: &mut Report) {
    if silence.is_empty() {
        return;
    }
    let known = codes();
    for (code, span) in silence {
        let is_known = known.contains(&code.as_str());
        if is_known && !code.starts_with('E') {
            continue;
        }
        let said = if is_known {
            Diagnostic::warning(
                "A0106",
                say!("« {code} » est une erreur : elle ne se tait pas", "“{code}” is an error: it cannot be silenced"),
            )
            .help(say!(
                "retirez ce code et corrigez ce que l’erreur montre ; seuls les codes en A et en C se taisent",
                "remove this code and mend what the error shows; only codes in A and C can be silenced"
            ))
        } else {
            Diagnostic::warning("A0106", say!("il n’y a pas de code « {code} »", "there is no code “{code}”"))
                .help(say!(
                    "recopiez le code d’un message, par exemple C0312 ; « essaim explain » les liste tous",
                    "copy the code of a message, C0312 for example; “essaim explain” lists all of them"
                ))
                .help_near(code, known.iter().copied().filter(|known| !known.starts_with('E')))
        };
        report.push(said.at(file, *span));
    }
}
