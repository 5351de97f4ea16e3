//! The folder of the récits.

use super::{Kind, Names, Order};

/// The folder of the récits.
#[derive(Debug)]
pub(super) struct Recits;

impl Kind for Recits {
    fn name(&self) -> &'static str {
        "recits"
    }

    fn names(&self) -> Names {
        Names { one: "Récits", many: "Récits", one_en: "Stories", many_en: "Stories" }
    }

    fn children(&self) -> Option<&'static str> {
        Some("recit")
    }

    fn order(&self) -> Order {
        Order::Newest
    }

    fn schema(&self) -> &'static str {
        "CollectionPage"
    }

    fn folder(&self) -> &'static str {
        "recits"
    }
}
