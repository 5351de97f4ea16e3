//! The home page: `content/_index.md`.

use super::{Kind, Names};

/// The home page: `content/_index.md`.
#[derive(Debug)]
pub(super) struct Accueil;

impl Kind for Accueil {
    fn name(&self) -> &'static str {
        "accueil"
    }

    fn names(&self) -> Names {
        Names { one: "Accueil", many: "Accueil", one_en: "Home", many_en: "Home" }
    }

    fn schema(&self) -> &'static str {
        "WebSite"
    }

    fn is_written(&self) -> bool {
        false
    }

    fn folder(&self) -> &'static str {
        ""
    }
}
