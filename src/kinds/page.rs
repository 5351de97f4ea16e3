//! A plain page or an article.

use super::{Kind, Names};

/// A plain page or an article.
#[derive(Debug)]
pub(super) struct Page;

impl Kind for Page {
    fn name(&self) -> &'static str {
        "page"
    }

    fn names(&self) -> Names {
        Names { one: "Page", many: "Pages", one_en: "Page", many_en: "Pages" }
    }

    fn schema(&self) -> &'static str {
        "Article"
    }

    fn is_news(&self) -> bool {
        true
    }

    fn folder(&self) -> &'static str {
        ""
    }
}
