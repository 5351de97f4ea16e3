//! `/integrer/verifier/`: whether a copy is current, seen in the reader's browser; and the list of versions that it compares with.

use serde_json::{Value, json};

use super::stamp;
use super::subject::Subject;
use crate::emit::html::render_generated;
use crate::emit::{Cx, Job, Made, Plan, views};
use crate::urls::Url;

/// Plans the page and the list of versions.
pub fn plan(plan: &mut Plan) {
    let url = Url::new("/integrer/verifier/");
    let own = url.clone();
    plan.add(Job::new("html", url, move |cx| page(cx, &own)));
    plan.add(Job::new(super::NAME, Url::new("/integrer/versions.json"), |cx| Ok(versions(cx))));
}

fn page(cx: &Cx<'_>, url: &Url) -> Made {
    let language = &cx.site.config.language;
    let title = cx.theme.word(language, "republier.verifier");
    let summary = cx.theme.word(language, "republier.verifier_resume");
    let above = super::kit::above(cx);
    let view = views::generated(cx, "verifier", title, summary, url, &[above]);
    let (script, _) = super::scripts::reference(cx);
    render_generated(cx, "verifier", &view, "script", &script, false)
}

/// Lists every page and example: title, address, embed, version and mark.
fn versions(cx: &Cx<'_>) -> Vec<u8> {
    let site = cx.site;
    let mut rows: Vec<Value> = Vec::new();
    for page in site.pages.iter().filter(|page| super::is_embedded(page)) {
        let lang = views::lang(page);
        let when = page.version();
        rows.push(json!({
            "titre": page.title.as_str(),
            "adresse": page.url.as_str(),
            "integrer": Subject::Page(page.id).embed(site).as_str(),
            "version": when.map(|when| when.long(lang)),
            "empreinte": stamp::stamp(page),
        }));
        for id in &page.examples {
            let example = site.example(*id);
            let when = example.exemple.verifie_le.as_ref().or(when);
            rows.push(json!({
                "titre": example.exemple.titre.as_str(),
                "adresse": Subject::Example(*id).home(site),
                "integrer": Subject::Example(*id).embed(site).as_str(),
                "version": when.map(|when| when.long(lang)),
                "empreinte": stamp::of_example(page, example),
            }));
        }
    }
    let mut bytes = serde_json::to_vec(&json!({
        "site": site.config.base_url.as_str(),
        "contenus": rows,
    }))
    .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
