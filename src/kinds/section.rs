//! A folder whose `_index.md` names no kind.

use super::{Kind, Names};

/// A folder whose `_index.md` names no kind.
#[derive(Debug)]
pub(super) struct Section;

impl Kind for Section {
    fn name(&self) -> &'static str {
        "section"
    }

    fn names(&self) -> Names {
        Names { one: "Rubrique", many: "Rubriques", one_en: "Section", many_en: "Sections" }
    }

    fn schema(&self) -> &'static str {
        "CollectionPage"
    }

    fn is_written(&self) -> bool {
        false
    }

    fn folder(&self) -> &'static str {
        ""
    }
}
