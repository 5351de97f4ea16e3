//! What partner sites show in a frame or copy: a page under `/integrer/` for each content, its oEmbed description, and the kit to republish.

mod copies;
mod digest;
mod facts;
mod kit;
mod lists;
mod names;
mod network;
mod oembed;
mod page;
mod people;
mod scripts;
mod stamp;
mod subject;
mod variant;
mod verify;

use super::{Cx, Job, Output, Plan, Planning};
use crate::diag::{Diagnostic, Span};
use crate::say;
use crate::site::Page;
use crate::urls::Url;

pub use stamp::stamp;

pub(super) use digest::sri;
pub(super) use page::{SCRIPT, STYLES, minified};
pub(super) use scripts::versions;
use subject::Subject;
use variant::{Variant, variants};

/// Pages to embed.
pub(super) struct Embed;

/// The word of `--only` and of `[sorties.integration]`, and the name of a page's embed among its outputs.
const NAME: &str = "integration";

/// Where everything is.
const FOLDER: &str = "/integrer";

/// Addresses under `/integrer/` that are taken: a page of the content that would stand there has no embed.
const TAKEN: &[&str] = &["/", "/recherche/", "/verifier/"];

impl Output for Embed {
    fn name(&self) -> &'static str {
        NAME
    }

    fn label(&self) -> &'static str {
        "pages à intégrer"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for fault in variant::faults(&cx.site.config) {
            plan.say(fault);
        }
        let wanted = variants(&cx.site.config);
        let mut subjects = Vec::new();
        for page in &cx.site.pages {
            if is_embedded(page) {
                subjects.push((page.url.clone(), Subject::Page(page.id)));
                subjects.extend(
                    page.examples
                        .iter()
                        .map(|id| (example_url(&page.url, &cx.site.example(*id).anchor), Subject::Example(*id))),
                );
            }
        }
        for place in cx.site.territories.keys() {
            subjects.push((super::views::territory_url(*place), Subject::Place(*place)));
        }
        for (number, theme) in cx.site.themes.iter().enumerate() {
            subjects.push((theme.url.clone(), Subject::Theme(number)));
        }
        if !cx.site.examples.is_empty() {
            subjects.push((Url::new("/exemples/"), Subject::Examples));
        }
        for (url, subject) in subjects {
            whole(cx, plan, &url, subject, &wanted);
        }
        newest_issues(cx, plan, &wanted);
        old_addresses(cx, plan, &wanted);
        withdrawn(cx, plan, &wanted);
        kit::plan(cx, plan);
        network::plan(cx, plan);
        scripts::plan(cx, plan);
        verify::plan(plan);
    }
}

/// Returns whether a page of the content can be embedded: all but the home page.
fn is_embedded(page: &Page) -> bool {
    page.kind.name() != "accueil" && page.url.as_str().ends_with('/') && !TAKEN.contains(&page.url.as_str())
}

/// Returns the address under which an example is embedded, before `/integrer`.
fn example_url(page: &Url, anchor: &str) -> Url {
    page.join(&format!("exemples/{anchor}/"))
}

/// Returns where the embed of an address of the site is.
pub(super) fn address(url: &Url) -> Url {
    Url::new(format!("{FOLDER}{url}"))
}

/// Plans all that a content has: its variants, its oEmbed descriptions, its kit to republish.
fn whole(cx: &Planning<'_>, plan: &mut Plan, url: &Url, subject: Subject, wanted: &[Variant]) {
    let base = address(url);
    if plan.jobs.contains_key(&base) {
        return;
    }
    pages(cx, plan, &base, subject, wanted);
    if plan.urls.named(&name(url)).is_none() {
        plan.name(name(url), &base);
    }
    // Nobody is offered what an archive said as something new to take up.
    let is_old = matches!(subject, Subject::Example(id) if cx.site.page(cx.site.example(id).page).is_archived());
    if !is_old {
        kit::plan_one(cx, plan, &base, subject);
    }
    if matches!(subject, Subject::Place(_) | Subject::Theme(_)) {
        network::plan_one(cx, plan, &base, subject);
    }
}

/// Plans the variants and the descriptions of a content under an address, which may be an old one.
fn pages(cx: &Planning<'_>, plan: &mut Plan, base: &Url, subject: Subject, wanted: &[Variant]) {
    let source = subject.source(cx.site).cloned();
    let reads = || subject.reads(cx.site);
    let current = matches!(subject, Subject::Page(id) if address(&cx.site.page(id).url) == *base);
    for variant in subject.variants(wanted) {
        let url = base.join(&variant.path());
        if plan.jobs.contains_key(&url) {
            continue;
        }
        let own = url.clone();
        let mut job = Job::new(NAME, url.clone(), move |cx| page::make(cx, subject, variant, &own)).reads(reads());
        job.source.clone_from(&source);
        match subject {
            Subject::Page(id) if current && variant.is_plain() => plan.add_of(id, job),
            _ => plan.add(job),
        }
        if !variant.has_oembed() {
            continue;
        }
        let json = oembed::job_json(subject, variant, &url).reads(reads());
        match subject {
            Subject::Page(id) if current && variant.is_plain() => {
                plan.add_of(id, json);
                plan.add_of(id, oembed::job_xml(subject, variant, &url).reads(reads()));
            }
            _ => {
                plan.add(json);
                if variant.is_plain() {
                    plan.add(oembed::job_xml(subject, variant, &url).reads(reads()));
                }
            }
        }
    }
}

/// Returns the name by which the embed of an address that is no page of the content is found.
pub(super) fn name(url: &Url) -> String {
    format!("integration:{url}")
}

/// Gives the newest issue of each letter an embed that never changes its address, as `dernier/` does for readers.
fn newest_issues(cx: &Planning<'_>, plan: &mut Plan, wanted: &[Variant]) {
    for letter in cx.site.of_kind("lettre") {
        if let Some(newest) = super::latest::newest(cx.site, letter) {
            let url = letter.url.join("dernier/");
            pages(cx, plan, &address(&url), Subject::Page(newest.id), wanted);
            plan.name(name(&url), &address(&url));
        }
    }
}

/// Keeps the embeds of addresses that a page had before: `alias` covers them.
fn old_addresses(cx: &Planning<'_>, plan: &mut Plan, wanted: &[Variant]) {
    for redirect in &cx.site.redirects {
        if !redirect.from.as_str().ends_with('/') || TAKEN.contains(&redirect.from.as_str()) {
            continue;
        }
        let Some(page) = cx.site.pages.iter().find(|page| page.url == redirect.to && is_embedded(page)) else {
            continue;
        };
        let base = address(&redirect.from);
        if plan.jobs.contains_key(&base) {
            continue;
        }
        pages(cx, plan, &base, Subject::Page(page.id), wanted);
        plan.name(name(&redirect.from), &base);
        for example in &page.examples {
            let url = address(&example_url(&redirect.from, &cx.site.example(*example).anchor));
            pages(cx, plan, &url, Subject::Example(*example), wanted);
        }
    }
}

/// Answers politely at the addresses of pages that are no longer published: the page itself and its embeds.
fn withdrawn(cx: &Planning<'_>, plan: &mut Plan, wanted: &[Variant]) {
    for page in &cx.site.pages {
        for (written, span) in page.fields.texts("adresses_retirees") {
            let url = local(written).filter(|url| !TAKEN.contains(&url.as_str()));
            let free = url.map(|url| (address(&url), url)).filter(|(base, _)| !plan.jobs.contains_key(base));
            let Some((base, url)) = free else {
                plan.say(not_withdrawn(written, page, *span));
                continue;
            };
            pages(cx, plan, &base, Subject::Withdrawn(page.id), wanted);
            if !plan.jobs.contains_key(&url) {
                let (above, own) = (page.id, url.clone());
                plan.add(Job::new(NAME, url, move |cx| kit::gone(cx, above, &own)).from(&page.source));
            }
        }
    }
}

fn not_withdrawn(written: &str, page: &Page, span: Span) -> Diagnostic {
    Diagnostic::error(
        "E0412",
        say!(
            "« {written} » n’est pas l’adresse d’une page retirée de ce site",
            "“{written}” is not the address of a page withdrawn from this site"
        ),
    )
    .at(&page.source, span)
    .help(say!(
        "écrivez l’adresse à partir de la racine, « /kits/mon-kit/ancienne-fiche/ » ; une page ou un alias ne doit plus y être",
        "write the address from the root, “/kits/my-kit/old-sheet/”; no page or alias may stand there any more"
    ))
}

/// Reads an address of this site as a writer types it; nothing when it is none.
fn local(written: &str) -> Option<Url> {
    let path = written.trim().trim_matches('/');
    let is_odd = |c: char| c.is_control() || c.is_whitespace() || matches!(c, '?' | '#' | '\\' | '"' | '<' | '>' | ':');
    let is_fine = !path.is_empty()
        && !path.contains(is_odd)
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
    is_fine.then(|| Url::new(format!("/{path}/")))
}

/// Returns the public address of something of the site.
fn full(cx: &Cx<'_>, url: &Url) -> String {
    super::Base::fixed(&cx.site.config.base_url).href(url)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn an_address_withdrawn_is_one_of_this_site() {
        let read = |written: &str| local(written).map(|url| url.as_str().to_owned());
        assert_eq!(read("kits/mon-kit/vieille"), Some("/kits/mon-kit/vieille/".to_owned()));
        assert_eq!(read("/kits/mon-kit/vieille/"), Some("/kits/mon-kit/vieille/".to_owned()));
        for odd in ["", "/", "https://ailleurs.example/", "/a/../b/", "/a//b/", "/a?b/", "/a b/"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
