//! The script of partner sites: `/integrer.js`, the newest, and each version at an address whose bytes never change.

use crate::emit::{Cx, Job, Plan, Planning};
use crate::theme::Theme;
use crate::urls::Url;

/// Plans the scripts: `integrer-1.js` and those that come after stay for ever, with the hash that partners wrote in their pages.
pub fn plan(cx: &Planning<'_>, plan: &mut Plan) {
    let newest = newest(cx.theme);
    for version in versions(cx.theme) {
        let path = file(version);
        plan.add_named(
            format!("integrer:{version}"),
            Job::new("integrer.js", Url::new(format!("/integrer-{version}.js")), move |cx| Ok(bytes(cx, &path))),
        );
    }
    if let Some(version) = newest {
        plan.add(Job::new("integrer.js", Url::new("/integrer.js"), move |cx| Ok(bytes(cx, &file(version)))));
    }
}

/// Returns the full address of the newest version, and its hash.
pub fn reference(cx: &Cx<'_>) -> (String, String) {
    let version = newest(cx.theme).unwrap_or(1);
    (super::full(cx, &Url::new(format!("/integrer-{version}.js"))), super::sri(&bytes(cx, &file(version))))
}

fn bytes(cx: &Cx<'_>, path: &str) -> Vec<u8> {
    let mut text = super::minified(cx, path).to_string();
    text.push('\n');
    text.into_bytes()
}

fn file(version: u32) -> String {
    format!("js/integrer-{version}.js")
}

/// Returns the versions of the theme.
pub fn versions(theme: &Theme) -> impl Iterator<Item = u32> {
    theme
        .under("js/integrer-")
        .filter_map(|(path, _)| path.strip_prefix("js/integrer-")?.strip_suffix(".js")?.parse().ok())
}

fn newest(theme: &Theme) -> Option<u32> {
    versions(theme).max()
}
