//! The output « pdf »: a document beside each fiche, récit, issue and article, and a booklet beside each kit.

use std::sync::Arc;

use super::connect::Assembly;
use super::engine::{Engine, Fault, Input, Refusal, Standards};
use super::lower::Markup;
use super::{booklet, faults, identity, preflight, sheet};
use crate::diag::{Diagnostic, FilePath, Report};
use crate::emit::{Cx, Job, Made, Output, Plan, Planning, views};
use crate::memo::{Key, Memos};
use crate::site::{Page, PageId};
use crate::theme::Theme;
use crate::urls::Url;

/// The documents to print.
pub struct Pdf;

impl Output for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn label(&self) -> &'static str {
        "PDF"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        let printed: Vec<&Page> = cx.site.pages.iter().filter(|page| is_printed(page)).collect();
        if printed.is_empty() {
            return;
        }
        let engine = engine(cx.theme, cx.memos);
        let mut report = Report::default();
        for page in printed {
            let id = page.id;
            // The writer's own laid-out file is published with the other files of the content.
            if page.pdf.is_some() {
                continue;
            }
            preflight::check(cx.site, page, cx.snapshot, engine.coverage(), &mut report);
            let url = url(cx.site, page);
            let engine = Arc::clone(&engine);
            let own = url.clone();
            plan.add_of(id, Job::new("pdf", url, move |cx| make(cx, &engine, id, &own)).from(&page.source).heavy());
        }
        report.diagnostics.into_iter().for_each(|diagnostic| plan.say(diagnostic));
    }

    fn reread(&self, cx: &Planning<'_>, page: &Page, report: &mut Report) {
        if is_printed(page) && page.pdf.is_none() {
            preflight::check(cx.site, page, cx.snapshot, engine(cx.theme, cx.memos).coverage(), report);
        }
    }
}

/// Whether a page has a document of its own: what people print, keep and forward.
fn is_printed(page: &Page) -> bool {
    match page.kind.name() {
        "fiche" | "recit" | "numero" => true,
        "kit" => !page.children.is_empty(),
        "page" => page.fields.when("date").is_some(),
        _ => false,
    }
}

/// Returns where the document of a page is.
fn url(site: &crate::site::Site, page: &Page) -> Url {
    page.url.join(&format!("{}.pdf", identity::file_name(site, page)))
}

/// Returns the engine of a theme, made once.
pub fn engine(theme: &Theme, memos: &Memos) -> Arc<Engine> {
    memos.of::<Arc<Engine>>().get(Key::of("pdf engine", [theme.key.as_bytes()]), || {
        let layouts = theme.under("pdf/").filter_map(|(path, bytes)| {
            let name = path.strip_prefix("pdf/").filter(|name| name.ends_with(".typ"))?;
            Some((name, std::str::from_utf8(bytes).ok()?))
        });
        let is_font =
            |path: &str| [".ttf", ".otf", ".ttc"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        let fonts =
            theme.under("pdf/fonts/").filter(|(path, _)| is_font(path)).map(|(_, bytes)| bytes.to_vec()).collect();
        Arc::new(Engine::new(layouts, fonts))
    })
}

fn make(cx: &Cx<'_>, engine: &Arc<Engine>, id: PageId, url: &Url) -> Made {
    let page = cx.site.page(id);
    if page.kind.name() == "kit" {
        return booklet::of_kit(cx, engine, page, url);
    }
    let teinte = views::teinte(cx.site, page);
    let mut assembly = Assembly::new(cx, &teinte);
    let markup = sheet::alone(engine, &mut assembly, page);
    print(cx, engine, &assembly, markup, sheet::told(&teinte, &page.language, false), url)
}

/// Compiles a document, or finds it among those already made of the same inputs.
pub fn print(
    cx: &Cx<'_>,
    engine: &Arc<Engine>,
    assembly: &Assembly<'_>,
    markup: Markup,
    told: String,
    url: &Url,
) -> Made {
    let standards = standards(cx);
    let form = format!("pdf {standards:?}");
    let key = Key::of(
        "pdf",
        [
            engine.key().as_slice(),
            form.as_bytes(),
            markup.text.as_bytes(),
            told.as_bytes(),
            assembly.pictures.key(cx).as_slice(),
        ],
    );
    let say = |warnings: &[Fault]| {
        let layouts = |layout: &str| own_layout(cx, layout);
        faults::warnings(warnings, url, &markup, &assembly.files, layouts).for_each(|said| cx.said.push(said));
        faults::flattened(&markup, &assembly.files).for_each(|said| cx.said.push(said));
    };
    // What Typst said of a document is remembered before its bytes.
    if let Some((said, known)) = cx.memos.disk.get(&key).and_then(apart) {
        say(&said);
        return Ok(known);
    }
    let input = Input { main: markup.text.clone(), told, files: assembly.pictures.load(cx, engine.coverage())? };
    let made = engine.pdf(input, standards).map_err(|refusal| refused(cx, &refusal, url, &markup, assembly))?;
    say(&made.warnings);
    if assembly.pictures.are_still(cx)
        && let Ok(said) = serde_json::to_vec(&made.warnings)
    {
        let length = (said.len() as u64).to_le_bytes();
        cx.memos.disk.put_parts(&key, &[&length, &said, &made.bytes]);
    }
    Ok(made.bytes)
}

/// Takes apart what Typst said of a document and the document.
fn apart(mut kept: Vec<u8>) -> Option<(Vec<Fault>, Vec<u8>)> {
    let (length, rest) = kept.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
    let said = serde_json::from_slice(rest.get(..length)?).ok()?;
    kept.drain(..8 + length);
    Some((said, kept))
}

/// Says what Typst refused.
pub fn refused(cx: &Cx<'_>, refusal: &Refusal, url: &Url, markup: &Markup, assembly: &Assembly<'_>) -> Box<Diagnostic> {
    faults::diagnostic(refusal, url, markup, &assembly.files, |layout| own_layout(cx, layout))
}

/// Returns the site's file of a layout, when it replaces the built-in one.
fn own_layout(cx: &Cx<'_>, layout: &str) -> Option<FilePath> {
    let folders = [cx.site.config.theme.as_str(), "essaim"];
    let mut paths = folders
        .iter()
        .filter(|folder| !folder.is_empty())
        .map(|folder| FilePath::new(format!("themes/{folder}/pdf/{layout}")));
    paths.find(|path| cx.snapshot.get(path).is_some())
}

/// What the site asks of its PDF: both standards, until `[sorties.pdf] norme` says otherwise.
fn standards(cx: &Cx<'_>) -> Standards {
    let settings = cx.site.config.fields.map("sorties").and_then(|outputs| outputs.map("pdf"));
    let Some(settings) = settings.filter(|settings| settings.keys().any(|key| key == "norme")) else {
        return Standards::default();
    };
    let asks = |name: &str| {
        settings
            .texts("norme")
            .iter()
            .any(|(text, _)| text.as_str().to_lowercase().replace(['/', ' ', '_'], "-").contains(name))
    };
    Standards { accessible: asks("ua"), archive: asks("a-2") || asks("a2") }
}
