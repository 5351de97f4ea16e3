//! A page to embed: the compact form, the card, the whole text or a list, in one small file that needs nothing else.

use std::sync::Arc;

use super::facts;
use super::lists;
use super::names::Names;
use super::stamp;
use super::subject::Subject;
use super::variant::{Form, Look, Variant};
use crate::doc;
use crate::emit::html::lower;
use crate::emit::view::{CardView, EmbedNoticeView, EmbedView, LinkView, OembedView};
use crate::emit::{Base, Cx, Made, views};
use crate::memo::Key;
use crate::site::{Example, Page};
use crate::territory::{Atlas, PlaceId};
use crate::theme::{Context, uncommented};
use crate::urls::Url;

/// The theme's files that stand inside every page to embed.
pub const STYLES: &[&str] = &["embed/cadre.css", "embed/carte.css", "embed/texte.css"];
pub const SCRIPT: &str = "embed/cadre.js";

/// How many entries a compact list shows.
pub const FEW: usize = 5;
/// How many entries a whole list shows.
pub const MANY: usize = 200;

/// Makes a page to embed at its address, which may be an old one of the content.
pub fn make(cx: &Cx<'_>, subject: Subject, variant: Variant, url: &Url) -> Made {
    let view = view(cx, subject, variant, url);
    let mut context = Context::new();
    context.insert("embed", &view);
    let own = format!("embed/{}.html", view.kind);
    cx.theme.render_bytes(&[&own, "embed/page.html"], &Base::relative(url), &view.language, context)
}

/// Returns a file of the theme without comments or indentation, as it stands inside the pages: the same bytes on all of them.
pub fn minified(cx: &Cx<'_>, path: &str) -> Arc<str> {
    let key = Key::of("part of a page to embed", [cx.theme.key.as_bytes(), path.as_bytes()]);
    cx.memos.of::<Arc<str>>().get(key, || minify(cx, path).into())
}

fn minify(cx: &Cx<'_>, path: &str) -> String {
    let text = cx.theme.file(path).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    let bare = uncommented(text);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    if path.ends_with(".css") {
        // Only what no selector and no value needs.
        let sheet = lines.collect::<Vec<_>>().join("");
        return [
            (" { ", "{"),
            (" {", "{"),
            ("; }", "}"),
            (";}", "}"),
            (" }", "}"),
            ("; ", ";"),
            (": ", ":"),
            (", ", ","),
        ]
        .iter()
        .fold(sheet, |sheet, (long, short)| sheet.replace(long, short));
    }
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns what the template shows.
fn view(cx: &Cx<'_>, subject: Subject, variant: Variant, url: &Url) -> EmbedView {
    let site = cx.site;
    let language = subject.language(site).to_owned();
    let home = subject.home(site);
    let canonical = Base::fixed(&site.config.base_url).join(&home);
    let mut view = EmbedView {
        kind: "page".to_owned(),
        form: if variant.form == Form::Short { "resume" } else { variant.form.word() }.to_owned(),
        look: match variant.look {
            Look::Auto | Look::Nameless => "",
            Look::Light => "clair",
            Look::Dark => "sombre",
        }
        .to_owned(),
        title: subject.title(site),
        language,
        teinte: site.config.fields.text("couleur").map_or_else(|| "petrole".to_owned(), ToString::to_string),
        kicker: String::new(),
        summary: String::new(),
        shown_url: canonical.split_once("://").map_or(canonical.as_str(), |(_, rest)| rest).to_owned(),
        url: home,
        canonical,
        read: cx.theme.word(subject.language(site), "integration.lire").to_owned(),
        map_html: String::new(),
        shared_map_html: String::new(),
        figures: Vec::new(),
        points_title: String::new(),
        points: Vec::new(),
        points_numbered: false,
        more: 0,
        body_html: String::new(),
        entries: Vec::new(),
        image: None,
        notices: Vec::new(),
        authors: Vec::new(),
        licence: views::licence(&site.config.licence),
        version: None,
        stamp: String::new(),
        oembed: Vec::new(),
        styles_html: Vec::new(),
        script_html: minified(cx, SCRIPT).to_string(),
    };
    match subject {
        Subject::Page(id) => of_page(cx, site.page(id), variant, url, &mut view),
        Subject::Example(id) => of_example(cx, site.example(id), variant, url, &mut view),
        Subject::Place(place) => lists::of_place(cx, place, variant, url, &mut view),
        Subject::Theme(number) => lists::of_theme(cx, number, variant, url, &mut view),
        Subject::Examples => lists::of_examples(cx, variant, url, &mut view),
        Subject::Withdrawn(id) => of_withdrawn(cx, site.page(id), &mut view),
    }
    view.oembed = discovery(cx, subject, variant, url);
    let has_map =
        !view.map_html.is_empty() || !view.shared_map_html.is_empty() || view.body_html.contains("<svg class=\"carte");
    let wanted = [true, has_map, !view.body_html.is_empty()];
    view.styles_html = STYLES
        .iter()
        .zip(wanted)
        .filter(|(_, wanted)| *wanted)
        .map(|(path, _)| minified(cx, path).to_string())
        .collect();
    view
}

/// Returns where the oEmbed description of this page is: beside the page that describes it, under the same address, old or new.
fn discovery(cx: &Cx<'_>, subject: Subject, variant: Variant, url: &Url) -> Vec<OembedView> {
    let path = variant.path();
    let base = url.as_str().strip_suffix(path.as_str()).unwrap_or(url.as_str());
    let described = if subject.has(variant.described()) { variant.described() } else { Variant::PLAIN };
    let own = Url::new(format!("{base}{}", described.path()));
    vec![OembedView { mime: "application/json+oembed".to_owned(), url: super::full(cx, &own.join("oembed.json")) }]
}

/// Returns a word that readers see.
pub fn word<'a>(cx: &'a Cx<'_>, language: &str, key: &'static str) -> &'a str {
    cx.theme.word(language, key)
}

fn of_page(cx: &Cx<'_>, page: &Page, variant: Variant, url: &Url, view: &mut EmbedView) {
    let lang = views::lang(page);
    let card = views::card(cx, page);
    let nameless = variant.look == Look::Nameless;
    let names = nameless.then(|| Names::of(page, word(cx, &page.language, "integration.personne")));
    let cleared = names.as_ref().map(|names| names.out_of(&page.document));
    let document = cleared.as_ref().unwrap_or(&page.document);
    let mask = |text: String| names.as_ref().map_or_else(|| text.clone(), |names| names.mask(&text).into_owned());
    if names.as_ref().is_some_and(|names| names.stand_in(&view.shown_url)) {
        view.shown_url = view.shown_url.split('/').next().unwrap_or_default().to_owned();
    }
    page.kind.name().clone_into(&mut view.kind);
    view.teinte.clone_from(&card.teinte);
    view.title = mask(view.title.clone());
    view.kicker = kicker(cx, page, &card);
    view.summary = mask(card.summary.clone());
    view.read = read_word(cx, page).to_owned();
    view.stamp = stamp::stamp(page);
    view.version = page.version().map(|when| views::date(when, lang));
    view.licence = views::licence(cx.site.licence(page));
    view.authors = cx.site.authors(page).into_iter().map(mask).collect();
    notices(cx, page, view);
    match variant.form {
        Form::Card => {
            if !nameless {
                view.image = views::image_view(cx, page, Some(&Base::relative(url)));
            }
        }
        Form::Whole => {
            let lowered = lower::document(cx, page, lower::Style::embed(url), document);
            view.body_html = lowered.html;
            if lowered.has_maps {
                view.shared_map_html = views::shared_outline();
            }
            if !nameless {
                view.image = views::image_view(cx, page, Some(&Base::relative(url)));
            }
            view.entries = children(cx, page, MANY, nameless).0;
        }
        Form::Short | Form::Recits | Form::Examples => {
            let (entries, more) = children(cx, page, FEW, nameless);
            (view.entries, view.more) = (entries, more);
            if view.entries.is_empty() {
                let facts = facts::of(cx, page, document, lang);
                view.more = facts.count - facts.points.len();
                view.points_title = word(cx, &page.language, facts.title).to_owned();
                view.points_numbered =
                    facts.points.iter().any(|point| !point.mark.is_empty()) && page.kind.has_levers();
                (view.figures, view.points) = (facts.figures, facts.points);
            }
            if let Some(place) = page.places.first() {
                view.map_html = locator(cx, *place);
                view.shared_map_html = views::shared_outline();
            }
        }
    }
}

/// Draws where a place is; the words beside it say the same.
pub fn locator(cx: &Cx<'_>, place: PlaceId) -> String {
    views::locator(cx, place, "l")
}

/// « Fiche 4 · Le kit communal · 2026 », « Récit · Valenciennes (59) · depuis 2014 ».
fn kicker(cx: &Cx<'_>, page: &Page, card: &CardView) -> String {
    let mut parts = vec![match &card.number {
        Some(number) => format!("{}\u{a0}{number}", card.kind_label),
        None => card.kind_label.clone(),
    }];
    parts.extend(card.parent.as_ref().map(|parent| parent.title.clone()));
    let edition = |page: &Page| page.fields.when("edition").map(|when| when.long(views::lang(page)));
    parts.extend(edition(page).or_else(|| cx.site.kit_of(page).and_then(edition)));
    parts.extend(card.place.as_ref().map(|place| place.title.clone()));
    parts.extend(card.period.as_ref().map(|period| period.text.clone()));
    parts.join(" · ")
}

fn read_word<'a>(cx: &'a Cx<'_>, page: &Page) -> &'a str {
    let key = match page.kind.name() {
        "fiche" => "integration.lire_fiche",
        "recit" => "integration.lire_recit",
        "numero" => "integration.lire_numero",
        "kit" => "integration.lire_kit",
        _ => "integration.lire",
    };
    word(cx, &page.language, key)
}

/// Says that an edition is replaced, or a text archived.
fn notices(cx: &Cx<'_>, page: &Page, view: &mut EmbedView) {
    let newer =
        page.newer.or_else(|| cx.site.kit_of(page).filter(|_| page.kind.name() == "fiche").and_then(|kit| kit.newer));
    if let Some(newer) = newer.map(|newer| cx.site.page(newer)) {
        let edition =
            newer.fields.when("edition").or_else(|| cx.site.kit_of(newer).and_then(|kit| kit.fields.when("edition")));
        let title = match edition {
            Some(edition) => {
                format!("{} ({} {})", newer.title, word(cx, &page.language, "edition"), edition.long(views::lang(page)))
            }
            None => newer.title.to_string(),
        };
        view.notices.push(EmbedNoticeView {
            text: word(cx, &page.language, "nouvelle_edition").to_owned(),
            link: Some(LinkView { title, url: newer.url.to_string() }),
        });
    } else if page.is_archived() {
        let above = page.parent.map(|parent| cx.site.page(parent)).filter(|above| above.kind.name() != "accueil");
        view.notices.push(EmbedNoticeView {
            text: word(cx, &page.language, "archive").to_owned(),
            link: above.map(|above| LinkView { title: above.title.to_string(), url: above.url.to_string() }),
        });
    }
    if !page.is_public() {
        view.notices.push(EmbedNoticeView { text: word(cx, &page.language, "brouillon").to_owned(), link: None });
    }
}

/// Returns the first pages of a folder, and how many more there are; a newsletter shows its newest issues.
fn children(cx: &Cx<'_>, page: &Page, most: usize, nameless: bool) -> (Vec<CardView>, usize) {
    let listed: Vec<&Page> = page
        .children
        .iter()
        .map(|child| cx.site.page(*child))
        .filter(|child| child.is_public() && !child.is_archived())
        .collect();
    let shown = |child: &&Page| {
        let card = CardView { parent: None, ..entry(cx, child) };
        if !nameless {
            return card;
        }
        let names = Names::of(child, word(cx, &page.language, "integration.personne"));
        CardView { title: names.mask(&card.title).into_owned(), ..card }
    };
    (listed.iter().take(most).map(shown).collect(), listed.len().saturating_sub(most))
}

/// Returns a page of a list: no summary and no image, so that a list holds no one's portrait.
pub fn entry(cx: &Cx<'_>, page: &Page) -> CardView {
    CardView { summary: String::new(), image: None, ..views::card(cx, page) }
}

fn of_example(cx: &Cx<'_>, example: &Example, variant: Variant, url: &Url, view: &mut EmbedView) {
    let page = cx.site.page(example.page);
    let lang = views::lang(page);
    let names =
        (variant.look == Look::Nameless).then(|| Names::of(page, word(cx, &page.language, "integration.personne")));
    let mask = |text: String| names.as_ref().map_or_else(|| text.clone(), |names| names.mask(&text).into_owned());
    "exemple".clone_into(&mut view.kind);
    view.teinte = views::teinte(cx.site, page);
    view.title = mask(view.title.clone());
    let mut parts = vec![word(cx, &page.language, "corps.exemple").to_owned()];
    parts.extend(example.place.map(|place| Atlas::get().label(place)));
    parts.extend(example.exemple.annee.as_ref().map(|when| when.long(lang)));
    view.kicker = parts.join(" · ");
    view.read = word(cx, &page.language, "corps.lire_dans").replace("{x}", &cx.site.reference(page));
    view.stamp = stamp::of_example(page, example);
    view.version = example.exemple.verifie_le.as_ref().or(page.version()).map(|when| views::date(when, lang));
    view.licence = views::licence(cx.site.licence(page));
    view.authors = cx.site.authors(page).into_iter().map(mask).collect();
    notices(cx, page, view);
    let body = doc::find_directive(&page.document, &example.anchor)
        .map(|directive| directive.body.clone())
        .unwrap_or_default();
    match variant.form {
        Form::Whole => {
            let mut body = body;
            if let Some(names) = &names {
                names.clear(&mut body);
            }
            view.body_html = lower::example(cx, example, lower::Style::embed(url), 1, &body).html;
        }
        Form::Short | Form::Card | Form::Recits | Form::Examples => {
            view.summary = mask(doc::excerpt_of(&body, 420));
        }
    }
    if let Some(place) = example.place {
        view.map_html = locator(cx, place);
        view.shared_map_html = views::shared_outline();
    }
}

fn of_withdrawn(cx: &Cx<'_>, above: &Page, view: &mut EmbedView) {
    let language = &above.language;
    "retiree".clone_into(&mut view.kind);
    view.teinte = views::teinte(cx.site, above);
    view.title = word(cx, language, "integration.retire").to_owned();
    view.summary = word(cx, language, "integration.retire_aide").to_owned();
    view.kicker = cx.site.config.title.to_string();
    view.read = above.title.to_string();
    view.form = "resume".to_owned();
}
