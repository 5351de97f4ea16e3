//! Facts that have not been checked for long.

use super::{Desk, told};
use crate::diag::Span;
use crate::doc::{Block, Role, Step, Visitor, visit};
use crate::french::{Date, Lang, When};
use crate::say;

/// After how many months a check is old.
const MONTHS: i32 = 18;
/// After how many years an example is old, when nobody has checked it since.
const YEARS: i16 = 5;

pub(super) fn read(desk: &mut Desk<'_>) {
    let page = desk.page;
    // An edition that another replaces is an archive: it says what was true then.
    if page.replaced {
        return;
    }
    if let Some((when, span)) = page.checked {
        stale(desk, when, span);
    }
    // Who has read the page again has read its examples.
    let read_again = page.checked.is_some_and(|(when, _)| months_since(when, page.today) < MONTHS);
    let mut examples = Examples::default();
    visit(page.document, &mut examples);
    for (checked, year, span, title) in examples.found {
        let span = first_line(page.source.text, span);
        match (checked, year) {
            (Some(when), _) => stale(desk, when, span),
            (None, Some(when)) if !read_again && when.year() + YEARS < page.today.year() => {
                let (year, english) = (when.long(Lang::Fr), when.long(Lang::En));
                desk.report.push(told(
                    page,
                    "C0320",
                    span,
                    say!("l’exemple « {title} » ({year}) est ancien", "the example “{title}” ({english}) is old"),
                    say!(
                        "vérifiez qu’il a toujours lieu, puis ajoutez verifie_le=… à la directive",
                        "check that it still takes place, then add verifie_le=… to the directive"
                    ),
                ));
            }
            (None, _) => {}
        }
    }
}

/// The line that opens a directive.
fn first_line(text: &str, span: Span) -> Span {
    let range = span.range();
    let len = text.get(range.clone()).and_then(|shown| shown.find('\n'));
    len.map_or(span, |len| Span::new(range.start, range.start + len))
}

/// How many whole months have passed since the last day of a date.
fn months_since(when: When, today: Date) -> i32 {
    let last = when.latest().unwrap_or(today);
    let months =
        (i32::from(today.year()) - i32::from(last.year())) * 12 + i32::from(today.month()) - i32::from(last.month());
    if today.day() < last.day() { months - 1 } else { months }
}

fn stale(desk: &mut Desk<'_>, when: When, span: Span) {
    let age = months_since(when, desk.page.today);
    if age >= MONTHS {
        let date = when.long(Lang::Fr);
        let english = when.long(Lang::En);
        desk.report.push(told(
            desk.page,
            "C0319",
            span,
            say!(
                "la dernière vérification date de {age} mois ({date})",
                "the last check was {age} months ago ({english})"
            ),
            say!(
                "relisez, corrigez s’il le faut, puis mettez la date du jour",
                "read again, mend if needed, then put today’s date"
            ),
        ));
    }
}

/// The dates of the examples of a document.
#[derive(Default)]
struct Examples {
    found: Vec<(Option<When>, Option<When>, Span, String)>,
}

impl<'d> Visitor<'d> for Examples {
    fn block(&mut self, block: &'d Block) -> Step {
        if let Block::Directive(directive) = block
            && let Role::Exemple(exemple) = &directive.role
        {
            self.found.push((exemple.verifie_le, exemple.annee, directive.span, exemple.titre.to_string()));
        }
        Step::Into
    }
}
