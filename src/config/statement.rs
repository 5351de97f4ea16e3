//! What is said of the ways to write to a site, and of a statement of accessibility that contradicts itself.

use crate::diag::{Diagnostic, FilePath, Report};
use crate::fields::Fields;
use crate::say;
use crate::urls::contacts::{contact_fault, page_fault};

/// Says which ways to write to the site cannot be followed.
pub(super) fn contacts(fields: &Fields, file: &FilePath, report: &mut Report) {
    let statement = fields.map("accessibilite");
    let found = [
        (Some(fields), "contact", contact_fault as fn(&str) -> _),
        (statement, "contact", contact_fault),
        (statement, "schema", page_fault),
        (statement, "plan_actions", page_fault),
    ];
    for (fields, key, fault) in found {
        let Some((fields, typed)) = fields.and_then(|fields| Some((fields, fields.text(key)?))) else { continue };
        if let Some((message, help)) = fault(typed).filter(|_| !typed.is_empty()) {
            report.push(Diagnostic::error("E0308", message).at(file, fields.span(key).unwrap_or_default()).help(help));
        }
    }
}

/// The standards of PDF that are made, as they may be written.
const STANDARDS: &[&str] = &["ua-1", "pdf-ua-1", "ua", "pdf-ua", "a-2a", "pdf-a-2a", "a2a"];

/// Says which standards of PDF are asked for that none is made to.
pub(super) fn standards(fields: &Fields, file: &FilePath, report: &mut Report) {
    let pdf = fields.map("sorties").and_then(|outputs| outputs.map("pdf"));
    for (typed, span) in pdf.map_or(&[][..], |pdf| pdf.texts("norme")) {
        if STANDARDS.contains(&&*typed.as_str().to_lowercase().replace(['/', ' ', '_'], "-")) {
            continue;
        }
        report.push(
            Diagnostic::error(
                "E0105",
                say!("les PDF ne sont pas faits selon « {typed} »", "PDFs are not made to “{typed}”"),
            )
            .at(file, *span)
            .help(say!("les normes sont : « ua-1 », « a-2a »", "the standards are: “ua-1”, “a-2a”")),
        );
    }
}

/// Says that a statement claims another state than its rate gives it (arrêté du 20 septembre 2019: all criteria, half of them, fewer).
pub(super) fn compliance(fields: &Fields, file: &FilePath, report: &mut Report) {
    let Some(statement) = fields.map("accessibilite") else { return };
    let (Some(state), Some(rate)) = (statement.choice("etat"), statement.integer("taux")) else { return };
    let due = match rate {
        100.. => "totalement conforme",
        50..100 => "partiellement conforme",
        _ => "non conforme",
    };
    if state == due {
        return;
    }
    report.push(
        Diagnostic::warning(
            "A0502",
            say!(
                "avec un taux de {rate} %, un site est « {due} », pas « {state} »",
                "with a rate of {rate}%, a site is “{due}”, not “{state}”"
            ),
        )
        .at(file, statement.span("etat").unwrap_or_default())
        .also(file, statement.span("taux").unwrap_or_default(), say!("le taux", "the rate"))
        .help(say!("écrivez etat = \"{due}\", ou corrigez le taux", "write etat = \"{due}\", or mend the rate")),
    );
}
