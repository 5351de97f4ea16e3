//! The output « carte »: the picture that social networks show for each page, 1200 by 630 pixels.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::connect::Assembly;
use super::engine::{Engine, Input};
use super::literal::Value;
use super::lower::Markup;
use super::output::{engine, refused};
use super::{identity, sheet};
use crate::emit::{Cx, Job, Made, Output, Plan, Planning, views};
use crate::memo::Key;
use crate::site::{Page, PageId};
use crate::urls::Url;

/// The cards of social networks.
pub struct Cards;

impl Output for Cards {
    fn name(&self) -> &'static str {
        "carte"
    }

    fn label(&self) -> &'static str {
        "cartes de partage"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        let engine = engine(cx.theme, cx.memos);
        for page in &cx.site.pages {
            let id = page.id;
            let url = url(page);
            let (engine, own) = (Arc::clone(&engine), url.clone());
            plan.add_of(id, Job::new("carte", url, move |cx| make(cx, &engine, id, &own)).from(&page.source).heavy());
        }
    }
}

/// Returns where the card of a page is: `/cartes/kits/kit-communal/animer.png`. No page has the name that the home page takes.
fn url(page: &Page) -> Url {
    let path = page.url.as_str().trim_matches('/');
    Url::new(format!("/cartes/{}.png", if path.is_empty() { "index" } else { path }))
}

/// Returns what a card shows, for those who do not see it.
pub fn alt(cx: &Cx<'_>, page: &Page) -> String {
    let (identity, _) = identity::identity(cx, page, views::lang(page));
    let title = &page.title;
    if identity.is_empty() { title.to_string() } else { format!("{title} – {}", identity.join(", ")) }
}

fn make(cx: &Cx<'_>, engine: &Arc<Engine>, id: PageId, url: &Url) -> Made {
    let page = cx.site.page(id);
    let teinte = views::teinte(cx.site, page);
    let (identity, _) = identity::identity(cx, page, views::lang(page));
    let site = &cx.site.config.title;
    let identity: Vec<Value> =
        identity.iter().filter(|part| *part != site.as_str()).map(|part| sheet::said(engine, part)).collect();
    let meta = Value::Map(vec![
        ("titre", sheet::said(engine, &page.title)),
        ("identite", Value::List(identity)),
        ("numero", page.number().map_or(Value::None, Value::Integer)),
        ("site", sheet::said(engine, site)),
    ]);
    let main = format!("#import \"carte.typ\": rendre\n#rendre({})\n", meta.code());
    let told = sheet::told(&teinte, &page.language, false);
    let key = Key::of("card", [engine.key().as_slice(), main.as_bytes(), told.as_bytes()]);
    if let Some(known) = cx.memos.disk.get(&key) {
        return Ok(known);
    }
    let markup = Markup { text: main.clone(), ..Markup::default() };
    let assembly = Assembly::new(cx, &teinte);
    let picture = engine
        .png(Input { main, told, files: BTreeMap::new() }, 1.0)
        .map_err(|refusal| refused(cx, &refusal, url, &markup, &assembly))?;
    cx.memos.disk.put(&key, &picture);
    Ok(picture)
}
