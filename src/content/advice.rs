//! What an editor would say of a draft, and the repairs of its source: asked for by `check` and the preview, never by a build.

use ecow::EcoString;

use crate::advice::repair::{self, Edit, repairs};
use crate::advice::{Page, advise};
use crate::diag::Report;
use crate::doc::{Glossary, Source};
use crate::french::{Date, Locale, Rules};
use crate::front;
use crate::snapshot::Snapshot;

use super::{Draft, READ_BY_PEOPLE};

/// What an editor knows of the site around a draft.
pub struct Place<'s> {
    pub glossary: &'s Glossary,
    /// What the draft writes between double brackets to cite the fiche of a number.
    pub cited: &'s dyn Fn(i64) -> Option<EcoString>,
    /// Whether a newer edition replaces it.
    pub replaced: bool,
}

/// Reads a draft as an editor would, on a given day; what it silences is still there.
///
/// `place` is where the draft stands in its site.
pub fn of(snapshot: &Snapshot, draft: &Draft, place: &Place<'_>, today: Date) -> Report {
    let Some(text) = snapshot.text(&draft.source) else { return Report::default() };
    let source = Source { file: &draft.source, text: &text, body: draft.body..text.len() };
    let checked = draft
        .fields
        .when("verifie_le")
        .copied()
        .map(|when| (when, draft.fields.span("verifie_le").unwrap_or_default()));
    let page = Page {
        source: &source,
        document: &draft.document,
        kind: draft.kind.name(),
        summary: Some(draft.summary.as_str()).filter(|summary| !summary.is_empty()),
        checked,
        replaced: place.replaced,
        locale: Locale::from_tag(&draft.language),
        glossary: place.glossary,
        cited: place.cited,
        today,
    };
    advise(&page)
}

/// Finds the typographic repairs that are safe to write back into a draft's file.
pub fn edits(snapshot: &Snapshot, draft: &Draft, rules: &Rules) -> Vec<Edit> {
    let Some(text) = snapshot.text(&draft.source) else { return Vec::new() };
    let source = Source { file: &draft.source, text: &text, body: draft.body..text.len() };
    // Read again for the texts that stand inside others, and for those between quotes; what is wrong was said already.
    let front = front::read(&draft.source, &text, &mut Report::default());
    let mut values = repair::values(&front.entries, READ_BY_PEOPLE);
    // A text that YAML repeats by its name stands once in the file.
    values.sort_by_key(|(range, _)| range.start);
    values.dedup_by_key(|(range, _)| range.start);
    repairs(&source, &values, &rules.with_locale(Locale::from_tag(&draft.language)))
}
