//! Reads the dates that writers type in bold or between braces.

use crate::diag::Said;
use crate::french::When;
use crate::french::dates::BadDate;
use crate::say;

/// Reads a date as precise as it is written; the mark that ends it is not part of it.
pub(super) fn read(text: &str) -> Result<When, BadDate> {
    When::parse(text.trim().trim_end_matches([':', ',', '–', '—']).trim_end())
}

/// Says why a text is no date.
pub(super) fn why(bad: &BadDate) -> Said {
    let english = bad.english();
    say!("{bad}", "{english}")
}

/// Says what to write instead.
pub(super) fn help() -> Said {
    let help = BadDate::help();
    say!(
        "{help}",
        "write for instance 2026-05-12, 12/05/2026, 2026-05, 2026, 2018-12/2019-01, depuis 2014 or hiver 2018-2019"
    )
}
