//! The versions of the data: fingerprints by which partners check their copies, and what changed from one version to the next.
//!
//! The program keeps no memory of its own: earlier versions are files of the site, `static/donnees/versions/2026-02.json`,
//! each a copy of the `/donnees/versions.json` of its day.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Rows;
use super::rows::Row;
use crate::diag::{Diagnostic, FilePath, Span};
use crate::emit::xml::escape;
use crate::emit::{Base, Body, Cx, Job, Plan, Planning};
use crate::french::When;
use crate::say;
use crate::urls::Url;

/// Where earlier versions are kept.
const KEPT: &str = "static/donnees/versions/";
/// The day of what has no date.
const LONG_AGO: &str = "1970-01-01T00:00:00Z";

/// The state of all the sets at one moment, as it is published.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct State {
    /// Changes with any element.
    version: String,
    /// The last change that is written in the content.
    #[serde(default)]
    date: Option<String>,
    /// By set, then by identifier.
    elements: BTreeMap<String, BTreeMap<String, Element>>,
}

/// What partners compare.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Element {
    titre: String,
    adresse: String,
    empreinte: String,
}

/// What changed between two versions.
#[derive(Debug, Serialize)]
struct Changes {
    version: String,
    date: Option<String>,
    /// The name of the earlier version's file, absent for the first one.
    depuis: Option<String>,
    ajoutes: Vec<Change>,
    modifies: Vec<Change>,
    retires: Vec<Change>,
}

#[derive(Debug, Clone, Serialize)]
struct Change {
    jeu: String,
    identifiant: String,
    titre: String,
    adresse: String,
}

/// Returns sixteen digits that change with any row.
pub(super) fn version(rows: &[Row]) -> String {
    let mut hasher = blake3::Hasher::new();
    for row in rows {
        hasher.update(row.text("empreinte").as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Adds the fingerprints and the two feeds of changes; an earlier version that cannot be read is reported.
pub(super) fn plan(cx: &Planning<'_>, plan: &mut Plan) {
    let mut kept: Vec<(String, State)> = Vec::new();
    for file in cx.snapshot.under(KEPT).filter(|file| file.path.extension() == "json") {
        let name = file.path.name().trim_end_matches(".json").to_owned();
        let read = cx.snapshot.bytes(&file.path).and_then(|bytes| serde_json::from_slice::<State>(&bytes).ok());
        match read {
            Some(state) => kept.push((name, state)),
            None => plan.say(unreadable(&file.path)),
        }
    }
    kept.sort_by(|left, right| left.0.cmp(&right.0));
    let kept = Arc::new(kept);
    plan.add_named(
        "donnees:versions",
        Job::new("donnees", Url::new("/donnees/versions.json"), |cx| Ok(fingerprints(cx, &Rows::of_build(cx)))),
    );
    for (ending, make) in [("json", as_json as fn(&Cx<'_>, &[Changes]) -> Body), ("atom", as_atom)] {
        let kept = Arc::clone(&kept);
        plan.add_named(
            format!("donnees:changements.{ending}"),
            Job::new("donnees", Url::new(format!("/donnees/changements.{ending}")), move |cx| {
                Ok(make(cx, &history(&kept, &state(cx, &Rows::of_build(cx)))))
            }),
        );
    }
}

fn unreadable(file: &FilePath) -> Diagnostic {
    let name = file.name();
    Diagnostic::error(
        "E0803",
        say!("« {name} » n’est pas une version des données", "“{name}” is not a version of the data"),
    )
    .at(file, Span::default())
    .help(say!(
        "déposez-y une copie du fichier « /donnees/versions.json » publié ce jour-là, ou retirez le fichier",
        "put there a copy of the “/donnees/versions.json” published that day, or take the file away"
    ))
}

/// Returns the state of the data of this build.
fn state(cx: &Cx<'_>, rows: &Rows) -> State {
    let mut state = State::default();
    let mut hasher = blake3::Hasher::new();
    let mut last: Option<When> = None;
    for (set, rows) in rows.all(cx) {
        hasher.update(version(rows).as_bytes());
        let elements = state.elements.entry(set.name.to_owned()).or_default();
        for row in rows {
            last = last.max(row.changed);
            elements.insert(
                row.text("identifiant").to_owned(),
                Element {
                    titre: row.text("titre").to_owned(),
                    adresse: row.text("adresse").to_owned(),
                    empreinte: row.text("empreinte").to_owned(),
                },
            );
        }
    }
    state.version = hasher.finalize().to_hex()[..16].to_owned();
    state.date = last.map(|when| when.rfc3339());
    state
}

fn fingerprints(cx: &Cx<'_>, rows: &Rows) -> Body {
    let state = state(cx, rows);
    let sets: BTreeMap<&str, serde_json::Value> = rows
        .all(cx)
        .iter()
        .map(|(set, rows)| (set.name, json!({"nombre": rows.len(), "version": version(rows)})))
        .collect();
    let config = &cx.site.config;
    let mut bytes = serde_json::to_vec_pretty(&json!({
        "site": config.title.as_str(),
        "adresse": config.base_url.as_str(),
        "licence": config.licence.as_str(),
        "version": state.version,
        "date": state.date,
        "jeux": sets,
        "elements": state.elements,
    }))
    .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Compares each version with the one before, the newest first.
fn history(kept: &[(String, State)], now: &State) -> Vec<Changes> {
    let is_new = kept.last().is_none_or(|(_, last)| last.version != now.version);
    let mut states: Vec<(Option<&str>, &State)> =
        kept.iter().map(|(name, state)| (Some(name.as_str()), state)).collect();
    if is_new {
        states.push((None, now));
    }
    let mut all: Vec<Changes> = states
        .iter()
        .enumerate()
        .map(|(place, (_, state))| match place.checked_sub(1).map(|before| states[before]) {
            Some((name, before)) => between(name, before, state),
            None => between(None, &State::default(), state),
        })
        .collect();
    all.reverse();
    all
}

fn between(name: Option<&str>, before: &State, after: &State) -> Changes {
    let mut changes = Changes {
        version: after.version.clone(),
        date: after.date.clone(),
        depuis: name.map(str::to_owned),
        ajoutes: Vec::new(),
        modifies: Vec::new(),
        retires: Vec::new(),
    };
    let none = BTreeMap::new();
    let change = |set: &str, identifier: &str, element: &Element| Change {
        jeu: set.to_owned(),
        identifiant: identifier.to_owned(),
        titre: element.titre.clone(),
        adresse: element.adresse.clone(),
    };
    for (set, elements) in &after.elements {
        let old = before.elements.get(set).unwrap_or(&none);
        for (identifier, element) in elements {
            match old.get(identifier) {
                None => changes.ajoutes.push(change(set, identifier, element)),
                Some(same) if same.empreinte == element.empreinte => {}
                Some(_) => changes.modifies.push(change(set, identifier, element)),
            }
        }
    }
    for (set, elements) in &before.elements {
        let new = after.elements.get(set).unwrap_or(&none);
        for (identifier, element) in elements.iter().filter(|(identifier, _)| !new.contains_key(*identifier)) {
            changes.retires.push(change(set, identifier, element));
        }
    }
    changes
}

fn as_json(cx: &Cx<'_>, changes: &[Changes]) -> Body {
    let mut bytes = serde_json::to_vec_pretty(&json!({
        "site": cx.site.config.title.as_str(),
        "adresse": cx.site.config.base_url.as_str(),
        "versions": changes,
    }))
    .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Writes the changes as an Atom feed: one entry for each version.
fn as_atom(cx: &Cx<'_>, changes: &[Changes]) -> Body {
    let config = &cx.site.config;
    let base = Base::fixed(&config.base_url);
    let word = |key: &'static str| cx.theme.word(&config.language, key);
    let here = base.href(&Url::new("/donnees/changements.atom"));
    let page = base.href(&Url::new("/donnees/"));
    let when = |changes: &Changes| changes.date.clone().unwrap_or_else(|| LONG_AGO.to_owned());
    let publisher = if config.publisher.is_empty() { &config.title } else { &config.publisher };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escape(&config.language));
    let _ = writeln!(out, "<title>{} – {}</title>", escape(word("donnees_page.changements")), escape(&config.title));
    let _ =
        writeln!(out, "<id>{0}</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{0}\"/>", escape(&here));
    let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&page));
    let updated = changes.iter().map(when).max().unwrap_or_else(|| LONG_AGO.to_owned());
    let _ = writeln!(out, "<updated>{updated}</updated>\n<author><name>{}</name></author>", escape(publisher));
    for one in changes {
        let title = format!("{} {}", word("donnees_page.version"), one.version);
        let _ = writeln!(out, "<entry>\n<title>{}</title>\n<id>{}#{}</id>", escape(&title), escape(&page), one.version);
        let _ = writeln!(out, "<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>", escape(&page));
        let _ = writeln!(out, "<updated>{}</updated>", when(one));
        let mut body = String::new();
        for (key, list) in [
            ("donnees_page.ajoutes", &one.ajoutes),
            ("donnees_page.modifies", &one.modifies),
            ("donnees_page.retires", &one.retires),
        ] {
            if list.is_empty() {
                continue;
            }
            let _ = write!(body, "<p>{} ({})</p><ul>", escape(word(key)), list.len());
            for change in list {
                let _ = write!(body, "<li><a href=\"{}\">{}</a></li>", escape(&change.adresse), escape(&change.titre));
            }
            body.push_str("</ul>");
        }
        let _ = writeln!(out, "<content type=\"html\">{}</content>\n</entry>", escape(&body));
    }
    out.push_str("</feed>\n");
    out.into_bytes()
}
