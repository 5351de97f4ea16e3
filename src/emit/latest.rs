//! The newest issue of each newsletter, always at one address: `/lettres/la-dynamo/dernier/`.

use super::html::lower::escape;
use super::{Base, Cx, Job, Output, Plan, Planning};
use crate::site::{Page, Site};
use crate::urls::Url;

/// The address of the newest issues.
pub(super) struct Latest;

impl Output for Latest {
    fn name(&self) -> &'static str {
        "dernier"
    }

    fn label(&self) -> &'static str {
        "derniers numéros"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for letter in cx.site.of_kind("lettre") {
            let Some(newest) = newest(cx.site, letter) else { continue };
            let (letter_id, newest) = (letter.id, newest.id);
            let url = letter.url.join("dernier/");
            let own = url.clone();
            let make = move |cx: &Cx<'_>| Ok(page(cx, cx.site.page(letter_id), cx.site.page(newest), &own));
            plan.add_of(letter_id, Job::new("dernier", url, make).from(&letter.source));
        }
    }
}

/// Returns the newest issue of a newsletter.
pub(super) fn newest<'a>(site: &'a Site, letter: &Page) -> Option<&'a Page> {
    letter
        .children
        .iter()
        .map(|child| site.page(*child))
        .find(|child| child.kind.name() == "numero" && child.is_public())
}

/// Writes a page that leads to the newest issue, and tells search engines that the issue itself is the page to keep.
fn page(cx: &Cx<'_>, letter: &Page, newest: &Page, url: &Url) -> Vec<u8> {
    let to = escape(&Base::relative(url).href(&newest.url));
    let canonical = escape(&Base::fixed(&cx.site.config.base_url).href(&newest.url));
    let (language, title) = (escape(&newest.language), escape(&newest.title));
    let heading = format!("{} – {}", cx.theme.word(&newest.language, "courriel.dernier"), letter.title);
    let heading = escape(&heading);
    let oembed = super::redirect::discovery(cx, url);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n{oembed}<title>{heading}</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{canonical}\">\n<meta http-equiv=\"refresh\" content=\"0; url={to}\">\n</head>\n\
         <body>\n<main>\n<h1>{heading}</h1>\n<p><a href=\"{to}\">{title}</a></p>\n</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}
