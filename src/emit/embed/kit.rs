//! The kit to republish: `/integrer/`, and a page for each content with every way to take it elsewhere, readable without scripts.

use super::subject::Subject;
use super::variant::{Form, Look, Variant};
use super::{copies, network, oembed, scripts, stamp};
use crate::emit::html::render_generated;
use crate::emit::view::{LinkView, RepublishChoiceView, RepublishGroupView, RepublishSubjectView, RepublishView};
use crate::emit::{Base, Cx, Job, Made, Plan, Planning, views};
use crate::french;
use crate::site::{Page, PageId};
use crate::urls::Url;

/// The folder of a content's page, beside its embed.
const PAGE: &str = "republier/";

/// The most contents of one kind that `/integrer/` shows.
const MOST: usize = 10;

/// Plans `/integrer/`.
pub fn plan(_: &Planning<'_>, plan: &mut Plan) {
    let url = Url::new("/integrer/");
    let own = url.clone();
    // A page like the others: the sitemap has it.
    plan.add(Job::new("html", url, move |cx| index(cx, &own)));
}

/// Plans the page of a content.
pub fn plan_one(cx: &Planning<'_>, plan: &mut Plan, base: &Url, subject: Subject) {
    let url = base.join(PAGE);
    if plan.jobs.contains_key(&url) {
        return;
    }
    let (base, own) = (base.clone(), url.clone());
    let reads = subject.reads(cx.site);
    plan.add(Job::new(super::NAME, url, move |cx| one(cx, subject, &base, &own)).reads(reads));
}

/// Returns the link to `/integrer/`, for the breadcrumb of the pages below.
pub fn above(cx: &Cx<'_>) -> LinkView {
    LinkView {
        title: cx.theme.word(&cx.site.config.language, "republier.titre").to_owned(),
        url: "/integrer/".to_owned(),
    }
}

/// Makes the page that stands at the address of one that is no longer published.
pub fn gone(cx: &Cx<'_>, above: PageId, url: &Url) -> Made {
    let page = cx.site.page(above);
    let title = cx.theme.word(&page.language, "integration.retire");
    let summary = cx.theme.word(&page.language, "integration.retire_aide");
    let trail: Vec<LinkView> = cx
        .site
        .ancestors(page)
        .into_iter()
        .filter(|above| above.kind.name() != "accueil")
        .chain([page])
        .filter(|page| page.kind.name() != "accueil")
        .map(|page| LinkView { title: page.title.to_string(), url: page.url.to_string() })
        .collect();
    let mut view = views::generated(cx, "retiree", title, summary, url, &trail);
    view.noindex = true;
    render_generated(cx, "retiree", &view, "above", &views::card(cx, page), false)
}

fn republish(cx: &Cx<'_>) -> RepublishView {
    let (script_url, script_hash) = scripts::reference(cx);
    let base = Base::fixed(&cx.site.config.base_url);
    RepublishView {
        subject: None,
        groups: Vec::new(),
        script_url,
        script_hash,
        opml_url: base.join("/integrer/reseau.opml"),
        json_url: base.join("/integrer/reseau.json"),
    }
}

fn index(cx: &Cx<'_>, url: &Url) -> Made {
    let language = &cx.site.config.language;
    let title = cx.theme.word(language, "republier.titre");
    let summary = cx.theme.word(language, "republier.resume");
    let view = views::generated(cx, "integrer", title, summary, url, &[]);
    let subject = example(cx).map(|subject| self::view(cx, subject, &subject.embed(cx.site)));
    let kit = RepublishView { subject, groups: groups(cx), ..republish(cx) };
    render_generated(cx, "integrer", &view, "kit", &kit, false)
}

/// Returns the content whose code stands on `/integrer/`, until the reader chooses another: the first récit, else the first page.
fn example(cx: &Cx<'_>) -> Option<Subject> {
    let is_kept = |page: &&Page| super::is_embedded(page) && page.is_public() && !page.is_archived();
    let mut pages: Vec<&Page> = cx.site.of_kind("recit").filter(is_kept).collect();
    pages.sort_by(|left, right| crate::link::newest(left, right).then_with(|| left.source.cmp(&right.source)));
    pages.first().copied().or_else(|| cx.site.pages.iter().find(is_kept)).map(|page| Subject::Page(page.id))
}

/// Lists what can be embedded, kind by kind.
fn groups(cx: &Cx<'_>) -> Vec<RepublishGroupView> {
    let site = cx.site;
    let word = |key: &'static str| cx.theme.word(&site.config.language, key).to_owned();
    let link = |subject: Subject| LinkView {
        title: subject
            .page(site)
            .filter(|_| matches!(subject, Subject::Page(_)))
            .map_or_else(|| subject.title(site), |page| site.reference(page).to_string()),
        url: subject.embed(site).join(PAGE).to_string(),
    };
    let of_kinds = |kinds: &[&str]| -> Vec<Subject> {
        let mut pages: Vec<&Page> = site
            .pages
            .iter()
            .filter(|page| super::is_embedded(page) && page.is_public() && !page.is_archived() && page.newer.is_none())
            .filter(|page| kinds.contains(&page.kind.name()))
            .filter(|page| site.kit_of(page).is_none_or(|kit| kit.newer.is_none()))
            .collect();
        pages.sort_by(|left, right| {
            (left.parent, left.number())
                .cmp(&(right.parent, right.number()))
                .then_with(|| french::compare(&left.title, &right.title))
        });
        pages.into_iter().map(|page| Subject::Page(page.id)).collect()
    };
    let mut groups = Vec::new();
    let mut group = |title: String, subjects: Vec<Subject>, url: &str| {
        if !subjects.is_empty() {
            groups.push(RepublishGroupView {
                title,
                more: subjects.len().saturating_sub(MOST),
                links: subjects.into_iter().take(MOST).map(link).collect(),
                url: url.to_owned(),
            });
        }
    };
    group(word("recits_titre"), of_kinds(&["recit"]), "/plan-du-site/");
    group(word("kits"), of_kinds(&["kit"]), "/plan-du-site/");
    group(word("fiches_titre"), of_kinds(&["fiche"]), "/plan-du-site/");
    group(word("numeros_titre"), of_kinds(&["lettre", "numero"]), "/plan-du-site/");
    group(
        word("territoires_titre"),
        site.territories.keys().map(|place| Subject::Place(*place)).collect(),
        "/territoires/",
    );
    group(word("themes"), (0..site.themes.len()).map(Subject::Theme).collect(), "/themes/");
    let mut examples: Vec<Subject> = Vec::new();
    if !site.examples.is_empty() {
        examples.push(Subject::Examples);
        examples.extend(views::listed_examples(cx).into_iter().map(|example| Subject::Example(example.id)));
    }
    group(word("exemples_titre"), examples, "/exemples/");
    group(word("pages_titre"), of_kinds(&["page", "section", "recits"]), "/plan-du-site/");
    groups
}

/// Makes the page that says how to republish a content.
fn one(cx: &Cx<'_>, subject: Subject, base: &Url, url: &Url) -> Made {
    let language = subject.language(cx.site).to_owned();
    let content = view(cx, subject, base);
    let title = cx.theme.word(&language, "republier.un").replace("{x}", &content.title);
    let summary = cx.theme.word(&language, "republier.un_resume");
    let mut page = views::generated(cx, "republier", &title, summary, url, &[above(cx)]);
    page.noindex = true;
    page.language = language;
    let kit = RepublishView { subject: Some(content), ..republish(cx) };
    render_generated(cx, "integrer", &page, "kit", &kit, false)
}

fn view(cx: &Cx<'_>, subject: Subject, base: &Url) -> RepublishSubjectView {
    let site = cx.site;
    let address = Base::fixed(&site.config.base_url);
    let (title, summary) = oembed::words(cx, subject, Variant::PLAIN);
    let page = subject.page(site);
    let wanted = super::variants(&site.config);
    let choice = |variant: Variant, word: &'static str, key: &'static str| {
        (variant.is_plain() || (subject.has(variant) && wanted.contains(&variant))).then(|| RepublishChoiceView {
            word: word.to_owned(),
            key: key.to_owned(),
            url: address.href(&base.join(&variant.path())),
        })
    };
    let is_list = matches!(subject, Subject::Place(_) | Subject::Theme(_) | Subject::Examples);
    let forms = [
        (Form::Short, "republier.forme_resume"),
        (Form::Whole, "republier.forme_complet"),
        (Form::Card, if is_list { "republier.forme_geo" } else { "republier.forme_carte" }),
        (Form::Recits, "republier.forme_recits"),
        (Form::Examples, "republier.forme_exemples"),
    ];
    let looks = [
        (Look::Auto, "republier.theme_auto"),
        (Look::Light, "republier.theme_clair"),
        (Look::Dark, "republier.theme_sombre"),
        (Look::Nameless, "republier.sans_noms"),
    ];
    let mark = match (subject, page) {
        (Subject::Example(id), Some(page)) => stamp::of_example(page, site.example(id)),
        (_, Some(page)) => stamp::stamp(page),
        (_, None) => String::new(),
    };
    let version = page.and_then(|page| {
        let when = page.version()?;
        Some(views::date(when, views::lang(page)))
    });
    let told = match (subject, page) {
        // Those of an archived page are no longer offered one by one.
        (Subject::Page(_), Some(page)) if !page.is_archived() => &page.examples[..],
        _ => &[],
    };
    let mut view = RepublishSubjectView {
        examples: told
            .iter()
            .map(|id| LinkView {
                title: site.example(*id).exemple.titre.to_string(),
                url: Subject::Example(*id).embed(site).join(PAGE).to_string(),
            })
            .collect(),
        canonical: address.join(&subject.home(site)),
        embed: address.href(base),
        embed_url: base.to_string(),
        forms: forms
            .into_iter()
            .filter_map(|(form, key)| choice(Variant { form, look: Look::Auto }, form.word(), key))
            .collect(),
        looks: looks
            .into_iter()
            .filter_map(|(look, key)| choice(Variant { form: Form::Short, look }, look.word(), key))
            .collect(),
        height: oembed::height(Form::Short),
        frame: String::new(),
        component: String::new(),
        card: String::new(),
        full: String::new(),
        licence: views::licence(page.map_or(&site.config.licence, |page| site.licence(page))),
        version,
        stamp: mark,
        feed_url: page
            .and_then(|page| feed(cx, page))
            .or_else(|| cx.urls.named("atom").cloned())
            .map(|url| address.href(&url)),
        opml_url: matches!(subject, Subject::Place(_) | Subject::Theme(_))
            .then(|| address.href(&base.join(network::OPML))),
        json_url: matches!(subject, Subject::Place(_) | Subject::Theme(_))
            .then(|| address.href(&base.join(network::JSON))),
        pdf: page
            .filter(|_| matches!(subject, Subject::Page(_)))
            .and_then(|page| views::pdf_named(cx, page, "pdf.page")),
        title,
        summary,
    };
    view.frame = copies::frame(cx, &view);
    view.component = copies::component(cx, &view);
    view.card = copies::card(cx, subject, &view);
    if let (Some(page), Subject::Page(_)) = (page, subject) {
        view.full = copies::full(cx, page, &view);
    }
    view
}

/// Returns the feed of the nearest part of the site that has one.
fn feed(cx: &Cx<'_>, page: &Page) -> Option<Url> {
    cx.urls.of(page.id, "atom").cloned().or_else(|| feed(cx, cx.site.page(page.parent?)))
}
