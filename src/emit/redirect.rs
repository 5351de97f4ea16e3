//! Old addresses: a page that leads to the new one wherever the site is hosted, and the lists that servers read.

use super::html::lower::escape;
use super::{Base, Cx, Job, Output, Plan, Planning};
use crate::site::Redirect;
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
        for redirect in &cx.site.redirects {
            if plan.jobs.contains_key(&redirect.from) {
                continue;
            }
            let own = redirect.clone();
            plan.add(Job::new("redirections", redirect.from.clone(), move |cx| Ok(page(cx, &own))));
        }
    }
}

fn page(cx: &Cx<'_>, redirect: &Redirect) -> Vec<u8> {
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
