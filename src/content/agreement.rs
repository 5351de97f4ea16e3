//! Says which keys of one header contradict each other.

use crate::diag::{Diagnostic, FilePath, Report};
use crate::fields::Fields;
use crate::say;

/// Says what the keys of a header cannot both mean.
pub(super) fn check(fields: &Fields, file: &FilePath, report: &mut Report) {
    if let (Some(state @ ("valide" | "publie" | "archive")), Some(true)) = (fields.choice("etat"), fields.bool("draft"))
    {
        let said = Diagnostic::warning(
            "A0110",
            say!(
                "« etat: {state} » publie la page, « draft: true » la retient : elle n’est pas publiée",
                "“etat: {state}” publishes the page, “draft: true” holds it back: it is not published"
            ),
        );
        report.push(
            said.at(file, fields.span("draft").unwrap_or_default())
                .also(file, fields.span("etat").unwrap_or_default(), say!("l’autre clé", "the other key"))
                .help(say!("gardez l’une des deux lignes", "keep one of the two lines")),
        );
    }
    let (Some(date), Some(updated)) = (fields.when("date"), fields.when("mis_a_jour")) else { return };
    if updated.latest().is_some_and(|updated| updated < date.earliest()) {
        let said = Diagnostic::warning(
            "A0111",
            say!("la page serait mise à jour avant sa publication", "the page would be updated before its publication"),
        );
        report.push(
            said.at(file, fields.span("mis_a_jour").unwrap_or_default())
                .also(file, fields.span("date").unwrap_or_default(), say!("sa publication", "its publication"))
                .help(say!("corrigez l’une des deux dates", "mend one of the two dates")),
        );
    }
}
