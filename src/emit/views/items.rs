//! The items of lists: an example or a page as lists show it, rendered once a build for all the pages that show it.

use std::sync::OnceLock;

use serde::Serialize;

use super::cards::{card, example_view};
use crate::diag::Diagnostic;
use crate::emit::{Base, Cx};
use crate::site::{ExampleId, PageId};
use crate::theme::Context;
use crate::urls::Url;

/// Items as HTML, with links from the page that shows them; or the fault of their template.
pub type Items = Result<Vec<String>, Box<Diagnostic>>;

/// What stands for the way to the root of the site in an item until a page shows it: no text holds this character.
const ROOT: char = '\u{1}';

/// An item as the pieces between which the way to the root stands.
type Cell = OnceLock<Result<Vec<Box<str>>, Box<Diagnostic>>>;

/// Returns examples as cards under headings of a level; `here` is the page that shows them.
pub fn vignettes(cx: &Cx<'_>, here: &Url, examples: &[ExampleId], level: u8, has_maps: bool) -> Items {
    let look = Look { template: "html/vignette.html", level, has_maps, has_numbers: false };
    let ids = examples.iter().map(|id| id.0 as usize);
    items(cx, here, look, cx.site.examples.len(), ids, |id| example_view(cx, &cx.site.examples[id], look.has_maps))
}

/// Returns pages as lines of a list, with their numbers or without.
pub fn lines(cx: &Cx<'_>, here: &Url, pages: impl Iterator<Item = PageId>, has_numbers: bool) -> Items {
    pages_as(cx, here, pages, Look { template: "html/ligne.html", level: 3, has_maps: false, has_numbers })
}

/// Returns récits as lines of a list.
pub fn recit_lines(cx: &Cx<'_>, here: &Url, pages: impl Iterator<Item = PageId>) -> Items {
    let look = Look { template: "html/ligne-recit.html", level: 3, has_maps: false, has_numbers: false };
    pages_as(cx, here, pages, look)
}

fn pages_as(cx: &Cx<'_>, here: &Url, pages: impl Iterator<Item = PageId>, look: Look) -> Items {
    let ids = pages.map(|id| id.0 as usize);
    items(cx, here, look, cx.site.pages.len(), ids, |id| card(cx, &cx.site.pages[id]))
}

/// All that makes two items of one page or example differ, but the way to the root.
#[derive(Debug, Clone, Copy)]
struct Look {
    template: &'static str,
    level: u8,
    has_maps: bool,
    has_numbers: bool,
}

fn items<V: Serialize>(
    cx: &Cx<'_>,
    here: &Url,
    look: Look,
    count: usize,
    ids: impl Iterator<Item = usize>,
    view: impl Fn(usize) -> V,
) -> Items {
    let known = cx.cells.of(&format!("{look:?}"), || std::iter::repeat_with(Cell::new).take(count).collect::<Vec<_>>());
    let base = Base::relative(here);
    let made = |id: usize| {
        let mut context = Context::new();
        context.insert("item", &view(id));
        context.insert("niveau", &look.level);
        context.insert("numeros", &look.has_numbers);
        let html =
            cx.theme.render(&[look.template], &Base::fixed(&ROOT.to_string()), &cx.site.config.language, context)?;
        Ok(html.trim_end().split(ROOT).map(Box::from).collect())
    };
    ids.map(|id| match known[id].get_or_init(|| made(id)) {
        Ok(pieces) => Ok(pieces.join(base.prefix())),
        Err(fault) => Err(fault.clone()),
    })
    .collect()
}
