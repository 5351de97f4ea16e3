//! The search: an index of the site in small files, made for `recherche.js` and for `essaim search`.

mod alike;
mod cards;
mod digits;
mod files;
mod fold;
mod index;
mod input;
mod kept;
mod lexicon;
mod lookup;
mod made;
mod near;
mod opened;
mod orphans;
mod page;
mod pieces;
mod question;
mod rank;
mod source;
mod stems;
mod synonyms;
mod words;

use std::sync::Arc;

use super::xml::escape;
use super::{Base, Cx, Job, Made, Output, Plan, Planning, Reads};
use crate::diag::Report;
use crate::doc::shorten;
use crate::memo::{Key, Memos};
use crate::site::{PageId, Site};
use crate::urls::Url;
use files::Counts;
use input::PageInput;
use kept::Reader;
use lexicon::Lexicon;
use synonyms::Synonyms;
use words::Splitter;

pub use opened::Opened;
pub use orphans::orphans;
pub use rank::{Answers, Hit, rank};

/// Where the index is.
pub const FOLDER: &str = "/recherche/index/";

/// The index of the search.
pub(super) struct Search;

impl Output for Search {
    fn name(&self) -> &'static str {
        "recherche"
    }

    fn label(&self) -> &'static str {
        "recherche"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        let mut report = Report::default();
        let synonyms = Synonyms::read(&cx.site.glossary, cx.snapshot, &mut report);
        report.diagnostics.into_iter().for_each(|diagnostic| plan.say(diagnostic));
        let pages: Arc<[PageId]> = source::found(cx.site).into();
        let generated: Arc<[PageInput]> = source::generated(cx.site, cx.theme).into();
        let counts = Counts::of(source::words(cx.site, &pages));
        let index = Arc::new(Index { pages: Arc::clone(&pages), generated: Arc::clone(&generated), synonyms, counts });
        for name in made::names(counts) {
            let index = Arc::clone(&index);
            let url = Url::new(format!("{FOLDER}{name}.js"));
            // Made together on all cores: not among the pages, where one file would wait for another on its own thread.
            let job =
                Job::new("recherche", url, move |cx| Ok(index.of(cx).file(&name).unwrap_or_default().into_bytes()))
                    .heavy();
            plan.add(job);
        }
        let card = |number: usize| Url::new(format!("{FOLDER}c{number}.js"));
        for (number, id) in pages.iter().copied().enumerate() {
            let make = move |cx: &Cx<'_>| Ok(made::card(number, &source::page(cx.site, id)).into_bytes());
            plan.add(Job::new("recherche", card(number), make).reads(Reads::Words(id)));
        }
        for place in 0..generated.len() {
            let (number, pages) = (pages.len() + place, Arc::clone(&generated));
            let make = move |_: &Cx<'_>| Ok(made::card(number, &pages[place]).into_bytes());
            plan.add(Job::new("recherche", card(number), make).reads(Reads::Faces));
        }
        let opened = |cx: &Cx<'_>| Ok(open_search(cx).into_bytes());
        plan.add(Job::new("recherche", Url::new("/recherche/opensearch.xml"), opened).reads(Reads::Faces));
        plan.add(Job::new("recherche", Url::new("/integrer/recherche/"), embedded).reads(Reads::Faces));
    }

    fn holds(&self, before: &Site, after: &Site) -> bool {
        let counts = |site: &Site| Counts::of(source::words(site, &source::found(site)));
        counts(before) == counts(after)
    }
}

/// Tells browsers how to search the site from their own box.
fn open_search(cx: &Cx<'_>) -> String {
    let config = &cx.site.config;
    let base = Base::fixed(&config.base_url);
    let (name, full, language) =
        (escape(&shorten(&config.title, 16)), escape(&shorten(&config.title, 48)), escape(&config.language));
    let about = escape(&shorten(if config.description.is_empty() { &config.title } else { &config.description }, 1024));
    let (page, own) = (escape(&base.join("/recherche/")), escape(&base.join("/recherche/opensearch.xml")));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{name}</ShortName>\n<LongName>{full}</LongName>\n<Description>{about}</Description>\n\
         <Url type=\"text/html\" method=\"get\" template=\"{page}?q={{searchTerms}}\"/>\n\
         <Url type=\"application/opensearchdescription+xml\" rel=\"self\" template=\"{own}\"/>\n\
         <Language>{language}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n</OpenSearchDescription>\n"
    )
}

/// Makes the box that partner sites show in a frame: it leads to the search page.
fn embedded(cx: &Cx<'_>) -> Made {
    let mut context = crate::theme::Context::new();
    context.insert("action", &Base::fixed(&cx.site.config.base_url).join("/recherche/"));
    let base = Base::relative(&Url::new("/integrer/recherche/"));
    cx.theme.render_bytes(&["embed/recherche.html"], &base, &cx.site.config.language, context)
}

/// The words of the interface that the script writes; in `i18n/` they are under `moteur`.
const WORDS: &[&str] = &[
    "absent",
    "aucune",
    "autres",
    "e",
    "effacer",
    "essayez",
    "f_annee",
    "f_edition",
    "f_famille",
    "f_kit",
    "f_nature",
    "f_territoire",
    "f_theme",
    "fermer",
    "l",
    "n",
    "panne",
    "plan",
    "s",
    "suite",
    "toutes",
    "tri_",
    "tri_date",
    "tri_numero",
    "trier",
    "une",
    "vouliez",
];

/// Returns the words of the interface in the language of the site.
fn interface(cx: &Cx<'_>) -> serde_json::Value {
    let language = &cx.site.config.language;
    WORDS
        .iter()
        .map(|key| ((*key).to_owned(), cx.theme.word(language, &format!("moteur.{key}")).into()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// An index that is made when one of its files is asked for, once a build.
struct Index {
    pages: Arc<[PageId]>,
    generated: Arc<[PageInput]>,
    synonyms: Synonyms,
    counts: Counts,
}

impl Index {
    fn of(&self, cx: &Cx<'_>) -> Arc<made::Made> {
        cx.cells.of("", || {
            // Only a preview makes the same index twice.
            let lexicon = if cx.preview { remembered_lexicon(cx.memos) } else { Arc::new(Lexicon::new()) };
            let reader = Reader::new(cx.site, &self.pages, &lexicon, &self.synonyms, cx.memos, cx.preview);
            let (mut pages, mut terms) = reader.read();
            let mut splitter = Splitter::new(&lexicon, &self.synonyms);
            for page in self.generated.iter() {
                pages.push(page.clone());
                terms.push(Arc::new(page::terms(page, &mut splitter, &self.synonyms)));
            }
            made::Made::of(&pages, terms, &lexicon, self.counts, interface(cx))
        })
    }
}

/// Returns the lexicon that the remembered words of pages are numbered by.
fn remembered_lexicon(memos: &Memos) -> Arc<Lexicon> {
    memos.of::<Arc<Lexicon>>().get(Key::of("search lexicon", []), || Arc::new(Lexicon::new()))
}
