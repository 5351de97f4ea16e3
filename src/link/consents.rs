//! Consents: in a récit that notes some, a voice with a name and without a noted consent is pointed out.

use crate::content::Draft;
use crate::diag::{Diagnostic, Report};
use crate::doc::{Block, Role, Step, Visitor, visit};
use crate::french::fold;
use crate::say;

/// Compares the voices of a récit with the consents that it notes.
pub(super) fn check(draft: &Draft, report: &mut Report) {
    let noted: Vec<String> = draft
        .fields
        .maps("accords")
        .iter()
        .filter_map(|accord| accord.text("personne"))
        .map(|name| fold(name))
        .collect();
    if !noted.is_empty() {
        visit(&draft.document, &mut Voices { draft, noted: &noted, report });
    }
}

struct Voices<'a> {
    draft: &'a Draft,
    noted: &'a [String],
    report: &'a mut Report,
}

impl<'d> Visitor<'d> for Voices<'_> {
    fn block(&mut self, block: &'d Block) -> Step {
        if let Block::Directive(directive) = block
            && let Role::Voix { qui: Some(name), .. } = &directive.role
            && !self.noted.contains(&fold(name))
        {
            self.report.push(
                Diagnostic::advice(
                    "C0803",
                    say!("aucun accord n’est noté pour « {name} »", "no consent is noted for “{name}”"),
                )
                .at(&self.draft.source, directive.span)
                .help(say!(
                    "ajoutez la personne sous « accords: », ou ne gardez que son rôle",
                    "add the person under “accords:”, or keep only the role"
                )),
            );
        }
        Step::Into
    }
}
