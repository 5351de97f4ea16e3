//! Old addresses: a page that leads to the new one wherever the site is hosted, and the lists that servers read.

use std::collections::HashMap;

use super::html::lower::escape;
use super::{Base, Cx, Job, Output, Plan, Planning};
use crate::diag::Diagnostic;
use crate::say;
use crate::site::{Page, Redirect};
use crate::urls::Url;

/// Redirections.
pub(super) struct Redirects;

impl Output for Redirects {
    fn name(&self) -> &'static str {
        "redirections"
    }

    fn label(&self) -> &'static str {
        "redirections"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        if cx.site.redirects.is_empty() {
            return;
        }
        let pages: HashMap<&Url, &Page> = cx.site.pages.iter().map(|page| (&page.url, page)).collect();
        for redirect in &cx.site.redirects {
            let page = pages.get(&redirect.to);
            // Files of the names that servers read stand beside the pages, and have no folder of their own.
            let file = Url::new(redirect.from.as_str().trim_end_matches('/'));
            if plan.jobs.contains_key(&redirect.from) || super::headers::NAMES.contains(&file.as_str()) {
                plan.say(taken(&redirect.from, page.copied()));
                continue;
            }
            let own = redirect.clone();
            let mut job = Job::new("redirections", redirect.from.clone(), move |cx| Ok(make(cx, &own)));
            job.source = page.map(|page| page.source.clone());
            plan.add(job);
        }
    }
}

/// Says that an old address is that of a page of the site.
fn taken(from: &Url, page: Option<&Page>) -> Diagnostic {
    let said = Diagnostic::error(
        "E0405",
        say!(
            "l’adresse « {from} » est celle d’une page que le site fait de lui-même",
            "the address “{from}” is that of a page that the site makes by itself"
        ),
    )
    .help(say!("retirez cet alias", "remove this alias"));
    match page {
        Some(page) => said.at(&page.source, page.fields.span("alias").unwrap_or_default()),
        None => said,
    }
}

fn make(cx: &Cx<'_>, redirect: &Redirect) -> Vec<u8> {
    let base = Base::relative(&redirect.from);
    let to = escape(&base.href(&redirect.to));
    let canonical = escape(&Base::fixed(&cx.site.config.base_url).href(&redirect.to));
    let title = cx
        .site
        .pages
        .iter()
        .find(|page| page.url == redirect.to)
        .map_or_else(|| redirect.to.to_string(), |page| page.title.to_string());
    let (language, title) = (escape(&cx.site.config.language), escape(&title));
    let word = escape(cx.theme.word(&cx.site.config.language, "renvoi.redirection"));
    let oembed = discovery(cx, &redirect.from);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n{oembed}<title>{title}</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n<p>{word} <a href=\"{to}\">{title}</a></p>\n</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

/// Returns the link by which a pasted address that leads elsewhere is embedded as well; empty without embeds.
pub(super) fn discovery(cx: &Cx<'_>, from: &Url) -> String {
    cx.urls.named(&format!("integration:{from}")).map_or_else(String::new, |embed| {
        let embed = escape(&Base::fixed(&cx.site.config.base_url).href(embed));
        format!("<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{embed}oembed.json\">\n")
    })
}
