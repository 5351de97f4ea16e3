//! Pages that nobody can come upon: no list shows them and no text leads to them.

use crate::diag::{Diagnostic, Report, Span};
use crate::say;
use crate::site::{Page, PageId, Site, Target};

const CODE: &str = "C0652";

/// Pages of the root that every page leads to, at its foot.
const FOOT: &[&str] = &["mentions-legales", "legal", "a-propos", "about", "contact"];

/// Reports the published pages that no way leads to from the home page; the map of the site is no way.
pub fn orphans(site: &Site) -> Report {
    let mut report = Report::default();
    let Some(home) = site.home else { return report };
    let reached = reached(site, home);
    let silenced = |page: &Page| page.fields.texts("silence").iter().any(|(code, _)| code == CODE);
    for page in site.pages.iter().filter(|page| page.is_public() && !reached[page.id.0 as usize] && !silenced(page)) {
        report.push(orphan(page));
    }
    report
}

/// Follows lists, menus and links from the home page.
fn reached(site: &Site, home: PageId) -> Vec<bool> {
    let mut reached = vec![false; site.pages.len()];
    let mut next: Vec<PageId> = vec![home];
    next.extend(site.pages.iter().filter(|page| is_listed(site, page, home)).map(|page| page.id));
    while let Some(id) = next.pop() {
        let page = site.page(id);
        if std::mem::replace(&mut reached[id.0 as usize], true) || !page.is_public() {
            continue;
        }
        let linked = page.targets.iter().filter_map(|target| match target {
            Target::Page { page, .. } => Some(*page),
            Target::Example(example) => Some(site.example(*example).page),
            Target::Anchor(_)
            | Target::File(_)
            | Target::Site { .. }
            | Target::External(_)
            | Target::Mail(_)
            | Target::Broken => None,
        });
        let listed = page.children.iter().copied().filter(|child| id != home && !site.page(*child).is_archived());
        // The trail at the head of a page leads back to its section.
        next.extend(linked.chain(listed).chain(page.parent).chain(page.older).chain(page.newer));
        next.extend(page.translations.iter().chain(&page.versions));
    }
    reached
}

/// Says whether a page is in the menu, at the foot of pages, on the home page, or in the list of a theme or a territory.
fn is_listed(site: &Site, page: &Page, home: PageId) -> bool {
    let url = page.url.as_str();
    let menu = site.config.fields.maps("menu");
    let in_menu = menu
        .iter()
        .filter_map(|entry| entry.text("page"))
        .any(|entry| entry.trim_end_matches('/') == url.trim_end_matches('/'));
    let at_root = page.parent.is_none_or(|parent| parent == home);
    let shown = page.kind_name() != "page" && (page.kind_name() != "section" || menu.is_empty());
    let in_lists = !page.is_archived() && page.newer.is_none() && !(page.themes.is_empty() && page.places.is_empty());
    in_menu || in_lists || at_root && (shown || FOOT.contains(&url.trim_matches('/')))
}

fn orphan(page: &Page) -> Diagnostic {
    let title = &page.title;
    let mended = if page.is_archived() {
        say!(
            "faites-y un lien depuis la page qui la remplace, ou dépubliez-la",
            "link to it from the page that replaces it, or unpublish it"
        )
    } else {
        say!(
            "faites-y un lien depuis une autre page, rangez-la dans une rubrique, ou ajoutez-la au menu de « site.toml »",
            "link to it from another page, put it into a section, or add it to the menu of “site.toml”"
        )
    };
    Diagnostic::advice(CODE, say!("aucune page ne mène à « {title} »", "no page leads to “{title}”"))
        .at(&page.source, Span::default())
        .help(mended)
}
