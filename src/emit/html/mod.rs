//! The web pages: one for each page of the content, and those that the site makes by itself.

mod generated;
mod json_ld;
pub mod lower;

use std::sync::LazyLock;

use serde::Serialize;

use super::view::PageView;
use super::{Base, Cx, Job, Made, Output, Plan, Planning, Reads, views};
use crate::site::{Page, PageId};
use crate::theme::{Context, Value};
use crate::urls::Url;

pub use json_ld::json_ld;

/// The web pages.
pub(super) struct Html;

impl Output for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn label(&self) -> &'static str {
        "pages"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for page in &cx.site.pages {
            let id = page.id;
            plan.add_of(
                id,
                Job::new("html", page.url.clone(), move |cx| make(cx, id, 1))
                    .from(&page.source)
                    .reads(Reads::Words(id)),
            );
            let parts = if is_list(page) { views::list_pages(cx.site, page) } else { 1 };
            for number in 2..=parts {
                let url = page.url.join(&format!("page-{number}/"));
                let job = Job::new("html", url, move |cx| make(cx, id, number));
                plan.add(job.from(&page.source).reads(Reads::Words(id)));
            }
        }
        generated::plan(cx, plan);
        theme_files(cx, plan);
    }
}

/// Whether a page lists those of its folder.
fn is_list(page: &Page) -> bool {
    matches!(page.kind.name(), "section" | "recits")
}

/// Publishes the stylesheets, scripts and pictures of the theme under fingerprinted names.
fn theme_files(cx: &Planning<'_>, plan: &mut Plan) {
    for (path, url) in cx.theme.assets() {
        let name = path.to_owned();
        let path = path.to_owned();
        let job = Job::new("theme", url.clone(), move |cx| {
            let bytes = cx.theme.asset_bytes(&path);
            Ok(if path.ends_with(".js") { lighter(bytes) } else { bytes })
        });
        plan.add_named(name, job);
    }
}

/// Takes the indents and the lines of comment away from a script that has no text of several lines.
fn lighter(script: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&script) else { return script };
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    if lines().any(|line| line.contains('`') || line.ends_with('\\') || line.contains("/*")) {
        return script;
    }
    lines().flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

/// Makes a page of the content; `number` is that of a long list's page.
fn make(cx: &Cx<'_>, id: PageId, number: usize) -> Made {
    let page = cx.site.page(id);
    let lowered = lower::body(cx, page, lower::Style::page(cx, page));
    let has_maps = lowered.has_maps;
    let mut view = views::page(cx, page, lowered);
    if cx.theme.is_text_only() {
        view.image = None;
    }
    let mut context = Context::new();
    match page.kind.name() {
        "accueil" => context.insert("home", &views::home(cx, page)),
        "kit" => context.insert("kit", &views::kit(cx, page)),
        "fiche" => context.insert("fiche", &views::fiche(cx, page, &view.headings)?),
        "recit" => context.insert("recit", &views::recit(cx, page)),
        "lettre" => context.insert("lettre", &views::letters(cx, page)),
        "numero" => context.insert("numero", &views::numero(cx, page)),
        _ => {}
    }
    if is_list(page) {
        let list = views::list(cx, page, number);
        if let Some(pagination) = &list.pagination
            && number > 1
        {
            let suffix = cx
                .theme
                .word(&page.language, "liste.page")
                .replace("{n}", &number.to_string())
                .replace("{x}", &pagination.pages.to_string());
            view.full_title = format!("{} – {suffix} – {}", page.title, cx.site.config.title);
            view.url = page.url.join(&format!("page-{number}/")).to_string();
            view.canonical = Base::fixed(&cx.site.config.base_url).join(&view.url);
            view.body_html = String::new();
        }
        context.insert("list", &list);
    }
    let own = format!("html/{}.html", page.kind.name());
    let url = Url::new(view.url.as_str());
    let maps = has_maps || matches!(page.kind.name(), "accueil" | "recit");
    render(cx, &[&own, "html/page.html"], &url, &view, maps, context)
}

/// Renders a page through its template, with what every page gets.
fn render(cx: &Cx<'_>, templates: &[&str], url: &Url, view: &PageView, has_maps: bool, mut context: Context) -> Made {
    context.insert("page", view);
    context.insert("preview", &cx.preview);
    if has_maps && !cx.theme.is_text_only() {
        static OUTLINE: LazyLock<Value> = LazyLock::new(|| Value::safe_string(&views::shared_outline()));
        context.insert_value("shared_map_html", OUTLINE.clone());
    } else {
        context.insert("shared_map_html", "");
    }
    let base = if view.kind == "404" { Base::fixed(cx.site.config.base_path()) } else { Base::relative(url) };
    let here = cx.urls.menu_entry(url);
    context.insert_value("fichiers_html", cx.theme.part("html/fichiers.html", &base, &view.language, None)?);
    context.insert_value("tete_html", cx.theme.part("html/tete.html", &base, &view.language, here)?);
    context.insert_value("pied_html", cx.theme.part("html/pied.html", &base, &view.language, None)?);
    cx.theme.render_bytes(templates, &base, &view.language, context)
}

/// Renders a page that no file of the content describes: `name` is the template and the variable.
pub(super) fn render_generated<T: Serialize>(
    cx: &Cx<'_>,
    template: &str,
    view: &PageView,
    variable: &'static str,
    value: &T,
    has_maps: bool,
) -> Made {
    let mut context = Context::new();
    context.insert(variable, value);
    let own = format!("html/{template}.html");
    render(cx, &[&own, "html/page.html"], &Url::new(view.url.as_str()), view, has_maps, context)
}
