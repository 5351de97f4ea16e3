//! Themes, récits, newsletters, examples, the glossary, the plan and the accessibility statement.

use super::cards::card;
use super::items::{lines, recit_lines, vignettes};
use super::{date, lang, paginate, portrait};
use crate::diag::Diagnostic;
use crate::emit::Cx;
use crate::emit::view::{
    AccessibilityView, CardView, CountedView, CreditView, FigureView, GlossaryEntryView, GlossaryLetterView,
    LettreView, LinkView, MeasuresView, NumeroView, PlanNodeView, RecitView, SenseView, SortView, TermView, TermsView,
    YearView,
};
use crate::french;
use crate::site::{ExampleId, Page, PageId, Target, Theme};
use crate::urls::Url;

/// Sorts pages and examples by kind, for a theme or a territory.
///
/// Beyond [`SHOWN`] examples, the others are behind `more`, the list of all of them; `here` is the page that shows them.
pub fn gather(
    cx: &Cx<'_>,
    here: &Url,
    pages: &[PageId],
    examples: &[ExampleId],
    more: Option<Url>,
) -> Result<TermView, Box<Diagnostic>> {
    let shown = if more.is_some() { examples.len().min(SHOWN) } else { examples.len() };
    let kind = |page: &PageId| cx.site.page(*page).kind.name();
    let of = |wanted: &'static str| pages.iter().copied().filter(move |page| kind(page) == wanted);
    let others = pages.iter().copied().filter(|page| !matches!(kind(page), "fiche" | "recit" | "numero"));
    Ok(TermView {
        fiches: lines(cx, here, of("fiche"), true)?,
        recits: recit_lines(cx, here, of("recit"))?,
        issues: lines(cx, here, of("numero"), true)?,
        pages: lines(cx, here, others, false)?,
        examples: vignettes(cx, here, &examples[..shown], 3, true)?,
        examples_count: examples.len(),
        examples_url: more.filter(|_| shown < examples.len()).map(|url| url.to_string()),
        pagination: None,
    })
}

/// How many examples stand on a page that has a list of them elsewhere.
const SHOWN: usize = 24;

/// Returns one page of what bears a theme, from 1, at the address `here`: the examples stand on the first.
pub fn term(cx: &Cx<'_>, theme: &Theme, number: usize, here: &Url) -> Result<TermView, Box<Diagnostic>> {
    let (per_page, count) = (cx.site.config.per_page, theme.pages.len());
    let examples = if number == 1 { theme.examples.as_slice() } else { &[] };
    let all = Url::new(format!("/exemples/theme/{}/", theme.slug));
    Ok(TermView {
        pagination: paginate(&theme.url, number, count.div_ceil(per_page)),
        ..gather(cx, here, part(&theme.pages, number, per_page), examples, Some(all))?
    })
}

/// Returns one page of a list, from 1.
pub fn part<T>(list: &[T], number: usize, per_page: usize) -> &[T] {
    let first = ((number - 1) * per_page).min(list.len());
    &list[first..(first + per_page).min(list.len())]
}

/// Returns the list of themes.
pub fn terms(cx: &Cx<'_>) -> TermsView {
    TermsView { terms: cx.site.themes.iter().map(counted_theme).collect() }
}

fn counted_theme(theme: &Theme) -> CountedView {
    CountedView {
        title: theme.name.to_string(),
        url: theme.url.to_string(),
        count: theme.pages.len() + theme.examples.len(),
    }
}

/// Returns what a récit's page shows.
pub fn recit(cx: &Cx<'_>, page: &Page) -> RecitView {
    let text = |key: &str| page.fields.text(key).map(ToString::to_string);
    RecitView {
        period: page.fields.when("periode").map(|when| date(when, lang(page))),
        porteur: text("porteur"),
        accompagnement: text("accompagnement"),
        horizon: text("horizon"),
        portraits: page.places.iter().map(|place| portrait(cx, *place)).collect(),
        figures: page
            .fields
            .maps("portrait")
            .iter()
            .filter_map(|figure| {
                Some(FigureView {
                    value: figure.text("chiffre")?.to_string(),
                    text: figure.text("texte").map(ToString::to_string).unwrap_or_default(),
                    source: figure.text("source").map(ToString::to_string),
                })
            })
            .collect(),
        credits: page
            .fields
            .maps("credits")
            .iter()
            .filter_map(|credit| {
                Some(CreditView {
                    name: credit.text("qui")?.to_string(),
                    role: credit.text("role").map(ToString::to_string),
                })
            })
            .collect(),
        fiches: linked(cx, page, "fiche"),
    }
}

/// Returns the pages of a kind that a page links to or that link to it, in the order of the site.
pub fn linked(cx: &Cx<'_>, page: &Page, kind: &str) -> Vec<CardView> {
    let to = page.targets.iter().filter_map(|target| match target {
        Target::Page { page, .. } => Some(*page),
        Target::Anchor(_)
        | Target::Example(_)
        | Target::File(_)
        | Target::Site { .. }
        | Target::External(_)
        | Target::Mail(_)
        | Target::Broken => None,
    });
    let mut ids: Vec<PageId> = to.chain(page.linked_from.iter().copied()).filter(|id| *id != page.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let pages = ids.into_iter().map(|id| cx.site.page(id));
    pages
        .filter(|page| page.kind.name() == kind && !page.is_archived() && page.newer.is_none())
        .map(|page| card(cx, page))
        .collect()
}

/// Returns what a newsletter's page shows: its issues by year.
pub fn letters(cx: &Cx<'_>, page: &Page) -> LettreView {
    let issues: Vec<&Page> =
        page.children.iter().map(|child| cx.site.page(*child)).filter(|child| child.kind.name() == "numero").collect();
    let mut years: Vec<YearView> = Vec::new();
    for issue in &issues {
        let year = issue.fields.when("date").map_or(0, |when| when.year());
        match years.last_mut() {
            Some(last) if last.year == year => last.cards.push(card(cx, issue)),
            _ => years.push(YearView { year, cards: vec![card(cx, issue)] }),
        }
    }
    LettreView {
        rhythm: page.fields.text("rythme").map(ToString::to_string),
        subscribe_url: page.fields.text("abonnement").map(ToString::to_string),
        latest: issues.first().map(|issue| card(cx, issue)),
        years,
        calendar_url: cx.urls.of(page.id, "calendrier").map(ToString::to_string),
        feed_url: cx.urls.of(page.id, "atom").map(ToString::to_string),
    }
}

/// Returns what an issue's page shows.
pub fn numero(cx: &Cx<'_>, page: &Page) -> NumeroView {
    let text = |key: &str| page.fields.text(key).map(ToString::to_string);
    NumeroView {
        number: text("numero"),
        subject: text("objet"),
        edito: text("edito"),
        lettre: page
            .parent
            .map(|parent| cx.site.page(parent))
            .map(|parent| LinkView { title: parent.title.to_string(), url: parent.url.to_string() }),
        pdf_only: page.pdf.is_some(),
    }
}

/// Returns the glossary by letter.
pub fn glossary(cx: &Cx<'_>) -> Vec<GlossaryLetterView> {
    let mut letters: Vec<GlossaryLetterView> = Vec::new();
    for term in cx.site.glossary.terms() {
        let letter = french::letter(&term.name).to_string();
        let entry = GlossaryEntryView {
            id: french::slug(&term.name).unwrap_or_default(),
            term: term.name.to_string(),
            senses: term
                .senses
                .iter()
                .map(|sense| SenseView {
                    meaning: sense.sens.to_string(),
                    definition: sense.definition.as_ref().map(ToString::to_string),
                    url: sense.lien.as_ref().map(ToString::to_string),
                })
                .collect(),
        };
        match letters.last_mut() {
            Some(last) if last.letter == letter => last.entries.push(entry),
            _ => letters.push(GlossaryLetterView { letter, entries: vec![entry] }),
        }
    }
    letters
}

/// How many pages the plan of the site names. In a larger site, the pages of the deepest folders are left to the
/// lists of their folders.
const NAMED: usize = 2_000;

/// Returns the tree of the site, for « plan du site ».
pub fn plan(cx: &Cx<'_>) -> Vec<PlanNodeView> {
    let Some(home) = cx.site.home else { return Vec::new() };
    let (mut depth, mut named) = (0, 0);
    let mut level = vec![home];
    loop {
        let next: Vec<PageId> = level.iter().flat_map(|page| listed(cx, cx.site.page(*page))).collect();
        named += next.len();
        // A whole level or none: a plan that names the fiches of some kits alone would look like a fault.
        if next.is_empty() || (named > NAMED && depth > 0) {
            break;
        }
        depth += 1;
        level = next;
    }
    plan_nodes(cx, cx.site.page(home), depth)
}

fn listed<'a>(cx: &'a Cx<'_>, page: &'a Page) -> impl Iterator<Item = PageId> + 'a {
    let is_home = cx.site.home == Some(page.id);
    page.children.iter().copied().filter(move |child| is_home || !cx.site.page(*child).is_archived())
}

fn plan_nodes(cx: &Cx<'_>, page: &Page, depth: usize) -> Vec<PlanNodeView> {
    if depth == 0 {
        return Vec::new();
    }
    let node = |child: PageId| {
        let child = cx.site.page(child);
        PlanNodeView {
            title: cx.site.reference(child).to_string(),
            url: child.url.to_string(),
            children: plan_nodes(cx, child, depth - 1),
        }
    };
    listed(cx, page).map(node).collect()
}

/// Returns what the pages weigh, sort by sort, those that people know first.
pub fn measures(cx: &Cx<'_>) -> MeasuresView {
    let language = &cx.site.config.language;
    let lang = french::Locale::from_tag(language).lang();
    let sorts = cx.measures.sorts(cx.theme);
    let pages = sorts.iter().map(|sort| sort.pages).sum();
    // The list of the récits bears the name of what it lists: it has words of its own.
    let title = |name: &str| match crate::kinds::kind(name).filter(|_| name != "recits") {
        Some(kind) => {
            let names = kind.names();
            let name = if matches!(lang, french::Lang::En) { names.many_en } else { names.many };
            name.to_owned()
        }
        None => cx.theme.word(language, &format!("ecoconception.{name}")).to_owned(),
    };
    let view = |sort: crate::emit::measures::Sort| SortView {
        title: title(&sort.name),
        pages: sort.pages,
        nodes: sort.nodes,
        most_nodes: sort.most_nodes,
        requests: sort.requests,
        weight: french::size(sort.packed, french::Units::Binary, lang),
        grade: crate::emit::measures::letter(sort.ecoindex).to_string(),
    };
    MeasuresView { sorts: sorts.into_iter().map(view).collect(), pages }
}

/// Returns the accessibility statement, filled from `site.toml`.
pub fn accessibility(cx: &Cx<'_>) -> AccessibilityView {
    let config = &cx.site.config;
    let fields = config.fields.map("accessibilite").cloned().unwrap_or_default();
    let lang = french::Locale::from_tag(&config.language).lang();
    let text = |key: &str| fields.text(key).map(ToString::to_string);
    let texts = |key: &str| fields.texts(key).iter().map(|(text, _)| text.to_string()).collect();
    AccessibilityView {
        entity: text("entite").unwrap_or_else(|| {
            let name = if config.publisher.is_empty() { &config.title } else { &config.publisher };
            name.to_string()
        }),
        state: fields.choice("etat").unwrap_or("non conforme").to_owned(),
        rate: fields.integer("taux"),
        audit_date: fields.when("audit_date").map(|when| date(when, lang)),
        audit_by: text("audit_par"),
        established: fields.when("etablie_le").map(|when| date(when, lang)),
        contact: text("contact")
            .or_else(|| config.fields.text("contact").map(ToString::to_string))
            .map(|way| way.trim_start_matches("mailto:").to_owned()),
        non_conformities: texts("non_conformites"),
        derogations: texts("derogations"),
        exemptions: texts("exemptions"),
        scheme_url: text("schema"),
        plan_url: text("plan_actions"),
    }
}
