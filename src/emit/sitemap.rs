//! `sitemap.xml` (split at 50,000 addresses, sitemaps.org) and `robots.txt`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::xml::escape;
use super::{Base, Cx, Job, Made, Output, Plan, Planning};
use crate::diag::FilePath;
use crate::site::Page;
use crate::urls::Url;

/// The sitemap and robots.txt.
pub(super) struct Sitemap;

/// The most addresses of one sitemap file.
const MOST: usize = 50_000;

impl Output for Sitemap {
    fn name(&self) -> &'static str {
        "plan-xml"
    }

    fn label(&self) -> &'static str {
        "plan pour les moteurs"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        // Planned after the pages: the addresses of generated pages are known.
        let unlisted: BTreeSet<&FilePath> =
            cx.site.pages.iter().filter(|page| !is_listed(page)).map(|page| &page.source).collect();
        let written: BTreeSet<&Url> = cx.site.pages.iter().map(|page| &page.url).collect();
        let generated: Vec<Url> = plan
            .jobs
            .values()
            .filter(|job| job.output == "html" && job.url.as_str().ends_with('/') && !written.contains(&job.url))
            .filter(|job| !job.source.as_ref().is_some_and(|source| unlisted.contains(source)))
            .filter(|job| job.url.as_str() != "/recherche/")
            .map(|job| job.url.clone())
            .collect();
        let count = cx.site.pages.iter().filter(|page| is_listed(page)).count() + generated.len();
        let parts = count.div_ceil(MOST).max(1);
        if parts == 1 {
            plan.add(Job::new("plan-xml", Url::new("/sitemap.xml"), move |cx| part(cx, &generated, 0)));
        } else {
            for number in 0..parts {
                let generated = generated.clone();
                plan.add(Job::new("plan-xml", Url::new(format!("/sitemap-{}.xml", number + 1)), move |cx| {
                    part(cx, &generated, number)
                }));
            }
            plan.add(Job::new("plan-xml", Url::new("/sitemap.xml"), move |cx| Ok(index(cx, parts))));
        }
        plan.add(Job::new("plan-xml", Url::new("/robots.txt"), |cx| {
            let address = Base::fixed(&cx.site.config.base_url).join("/sitemap.xml");
            Ok(format!("User-agent: *\nAllow: /\n\nSitemap: {address}\n").into_bytes())
        }));
    }
}

fn is_listed(page: &Page) -> bool {
    !page.is_archived() && page.is_public()
}

fn part(cx: &Cx<'_>, generated: &[Url], number: usize) -> Made {
    let base = Base::fixed(&cx.site.config.base_url);
    let pages = cx.site.pages.iter().filter(|page| is_listed(page)).map(|page| (&page.url, Some(page)));
    let mut all: Vec<(&Url, Option<&Page>)> = pages.chain(generated.iter().map(|url| (url, None))).collect();
    all.sort_by(|left, right| left.0.cmp(right.0));
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (url, page) in all.into_iter().skip(number * MOST).take(MOST) {
        let _ = write!(out, "<url><loc>{}</loc>", escape(&base.href(url)));
        let when = page.and_then(Page::version);
        if let Some(when) = when {
            let _ = write!(out, "<lastmod>{}</lastmod>", when.earliest());
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    Ok(out.into_bytes())
}

fn index(cx: &Cx<'_>, parts: usize) -> Vec<u8> {
    let base = Base::fixed(&cx.site.config.base_url);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for number in 1..=parts {
        let _ =
            writeln!(out, "<sitemap><loc>{}</loc></sitemap>", escape(&base.join(&format!("/sitemap-{number}.xml"))));
    }
    out.push_str("</sitemapindex>\n");
    out.into_bytes()
}
