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
