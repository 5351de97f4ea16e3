//! From the snapshot's Markdown files to drafts: each file read by itself, in parallel, and remembered by the hash of all it depends on.

pub mod address;
pub mod advice;
mod again;
mod agreement;
mod glossary;
mod kept;
mod title;
mod transcripts;
mod unread;

use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::EcoString;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::config::{self, Config};
use crate::diag::{Diagnostic, FilePath, Report, codes};
use crate::doc::{self, Document};
use crate::fields::{Entry, Fields, NodeKind, check, scalar};
use crate::french;
use crate::front;
use crate::kinds::{self, Kind};
use crate::memo::{Key, Memos};
use crate::say;
use crate::snapshot::Snapshot;
use crate::timings;
use crate::urls::Url;

pub use again::again;
pub use glossary::{FILE as GLOSSARY, read as read_glossary};

/// Where the content is, with its final `/`.
pub const FOLDER: &str = "content/";
/// The file of a site's own synonyms: `vélo: [bicyclette, cycle]`.
pub const SYNONYMS: &str = "content/synonymes.yaml";
/// The name of the file that describes its folder.
const INDEX: &str = "_index.md";

/// One Markdown file, read by itself: its links are still what the writer typed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    pub source: FilePath,
    #[serde(serialize_with = "kept::name_of", deserialize_with = "kept::kind_of")]
    pub kind: &'static dyn Kind,
    /// Whether it describes its folder.
    pub is_index: bool,
    /// The folder it belongs to: for an `_index.md`, the folder that holds its own.
    pub folder: EcoString,
    pub url: Url,
    /// The last part of the address.
    pub slug: EcoString,
    pub title: EcoString,
    /// Empty when the writer gave none.
    pub summary: EcoString,
    /// What lists show: the summary, or the beginning of the text.
    pub excerpt: EcoString,
    /// A BCP 47 tag.
    pub language: EcoString,
    pub fields: Fields,
    pub document: Document,
    /// Where the body begins in the file.
    pub body: usize,
    /// Every anchor of the body, sorted.
    pub anchors: Vec<EcoString>,
    /// Of what other pages may see of its source: its front matter and its boxes, as typed.
    pub seen: Key,
    /// Of everything the draft was made from.
    pub key: Key,
}

impl Draft {
    /// Returns whether readers may see it.
    pub fn is_public(&self) -> bool {
        let state = self.fields.choice("etat").unwrap_or("publie");
        !matches!(state, "brouillon" | "a-relire") && self.fields.bool("draft") != Some(true)
    }

    /// Returns whether it is kept readable but out of lists, feeds and search.
    pub fn is_archived(&self) -> bool {
        self.fields.choice("etat") == Some("archive")
    }
}

/// All that the content folder says.
pub struct Contents {
    /// Sorted by source path.
    pub drafts: Vec<Arc<Draft>>,
    /// What readers may not see yet: only what the links' checker must name.
    pub withheld: Vec<Arc<Draft>>,
    pub glossary: Arc<doc::Glossary>,
}

/// What every draft depends on beside its own file.
struct Context<'a> {
    config: &'a Config,
    glossary: &'a doc::Glossary,
    /// The kind named by the `_index.md` of a folder, by folder.
    natures: BTreeMap<EcoString, &'static dyn Kind>,
    /// The files that keep their number in their address, and the file that has the address without it.
    twins: BTreeMap<FilePath, FilePath>,
    key: Key,
}

/// Reads every Markdown file of the content folder.
pub fn load(snapshot: &Snapshot, config: &Config, memos: &Memos) -> (Contents, Report) {
    let mut report = Report::default();
    unread::tell(snapshot, &mut report);
    let glossary = Arc::new(glossary::read(snapshot, &mut report));
    let files: Vec<&FilePath> = snapshot
        .under(FOLDER)
        .map(|file| &file.path)
        .filter(|file| file.extension().eq_ignore_ascii_case("md"))
        .collect();
    let natures = natures(snapshot, &files);
    let key = context_key(config, &glossary);
    let context = Context { config, glossary: &glossary, natures, twins: address::twins(&files), key };
    let files: Vec<ToRead<'_>> =
        files.par_iter().with_max_len(64).filter_map(|file| context.to_read(snapshot, file)).collect();
    let read = kept::readings(&files, memos, |file| context.reading(file));
    let (mut drafts, mut withheld) = (Vec::with_capacity(read.len()), Vec::new());
    let (mut read, said): (Vec<Arc<Draft>>, Vec<Arc<Report>>) = read.into_iter().unzip();
    let transcripts = transcripts::gather(&mut read, config.drafts);
    let hidden = unpublished_folders(&read);
    for (number, (draft, said)) in read.into_iter().zip(said).enumerate() {
        let is_transcript = transcripts.contains(&number);
        // What is said of titles concerns pages only.
        let is_due = |said: &&Diagnostic| !is_transcript || !matches!(said.code, "A0101" | "A0201");
        report.diagnostics.extend(said.diagnostics.iter().filter(is_due).cloned());
        if is_transcript {
            continue;
        }
        let is_hidden = hidden.iter().any(|folder| draft.source.as_str().starts_with(folder.as_str()));
        if config.drafts || draft.is_public() && !is_hidden {
            drafts.push(draft);
        } else {
            withheld.push(draft);
        }
    }
    (Contents { drafts, withheld, glossary }, report)
}

/// Returns the folders whose own page is not published: what they hold is not either, as with archives. The home page
/// hides nothing.
fn unpublished_folders(drafts: &[Arc<Draft>]) -> Vec<String> {
    let hides = |draft: &&Arc<Draft>| draft.is_index && !draft.is_public() && draft.source.folder() != "content";
    drafts.iter().filter(hides).map(|draft| format!("{}/", draft.source.folder())).collect()
}

/// A file to read.
struct ToRead<'s> {
    file: &'s FilePath,
    text: Arc<str>,
    kind: &'static dyn Kind,
    key: Key,
}

/// A file that was read, and what there is to say of it.
type Reading = (Arc<Draft>, Arc<Report>);

/// Returns the hash of what every draft depends on beside its own file.
fn context_key(config: &Config, glossary: &doc::Glossary) -> Key {
    let rules = format!("{:?}|{:?}|{}", config.rules, config.unknown, config.language);
    Key::of("context", [rules.as_bytes(), glossary.fingerprint().as_bytes()])
}

/// Reads the kind that each `_index.md` gives to its folder.
fn natures(snapshot: &Snapshot, files: &[&FilePath]) -> BTreeMap<EcoString, &'static dyn Kind> {
    files
        .par_iter()
        .with_max_len(64)
        .filter(|file| file.name() == INDEX)
        .filter_map(|file| {
            let text = snapshot.text(file)?;
            if file.folder() == "content" {
                return Some((EcoString::from(file.folder()), kinds::home()));
            }
            let front = front::read(file, &text, &mut Report::default());
            let named =
                front.entries.iter().find(|entry| entry.key == "nature").and_then(|entry| scalar(&entry.value.kind));
            let kind = named.and_then(|name| kinds::kind(&name)).unwrap_or_else(kinds::section);
            Some((EcoString::from(file.folder()), kind))
        })
        .collect()
}

impl Context<'_> {
    /// Returns a file with the hash of everything its draft depends on; nothing if it cannot be read.
    fn to_read<'s>(&self, snapshot: &Snapshot, file: &'s FilePath) -> Option<ToRead<'s>> {
        let (text, hash, kind) = (snapshot.text(file)?, snapshot.hash(file)?, self.kind_of(file));
        let parts = [
            self.key.as_bytes(),
            file.as_str().as_bytes(),
            kind.name().as_bytes(),
            self.twins.get(file).map_or("", |first| first.as_str()).as_bytes(),
            hash.as_bytes().as_slice(),
        ];
        Some(ToRead { file, text, kind, key: Key::of("draft", parts) })
    }

    fn reading(&self, to_read: &ToRead<'_>) -> Reading {
        let _span = timings::span!("text", url = to_read.file.as_str());
        let mut report = Report::default();
        let draft = draft(self, to_read, &mut report);
        (Arc::new(draft), Arc::new(report))
    }

    /// Returns the kind a file has by its place, before its own `nature:`.
    fn kind_of(&self, file: &FilePath) -> &'static dyn Kind {
        if file.name() == INDEX {
            return self.natures.get(file.folder()).copied().unwrap_or_else(kinds::section);
        }
        let mut folder = address::folder_of(file);
        loop {
            if let Some(nature) = self.natures.get(folder) {
                return nature.children().and_then(kinds::kind).unwrap_or_else(kinds::page);
            }
            match folder.rsplit_once('/') {
                Some((parent, _)) => folder = parent,
                None => return kinds::page(),
            }
        }
    }
}

fn draft(context: &Context<'_>, to_read: &ToRead<'_>, report: &mut Report) -> Draft {
    let ToRead { file, ref text, kind: placed, key } = *to_read;
    let front = front::read(file, text, report);
    let kind = own_kind(&front.entries, placed, file, report);
    let mut fields =
        check(&front.entries, kinds::COMMON.iter().chain(kind.fields()), context.config.unknown, file, report);
    // A title that cannot be read has been told where it stands.
    let is_title =
        |entry: &Entry| matches!(entry.key.as_str(), "titre" | "title") && entry.value.kind != NodeKind::Null;
    let has_lost_title = report.has_errors()
        && front.present
        && fields.span("titre").is_none()
        && (front.entries.is_empty() || front.entries.iter().any(is_title));
    let language = fields.text("langue").cloned().unwrap_or_else(|| context.config.language.clone());
    if fields.text("langue").is_some_and(|own| !french::is_language(own)) {
        report.push(config::no_language(&language).at(file, fields.span("langue").unwrap_or_default()));
    }
    let language: EcoString = french::language_tag(&language).into();
    let rules = french::Rules { locale: french::Locale::from_tag(&language), ..context.config.rules };
    fields.map_texts(READ_BY_PEOPLE, &mut |key, shown, span| {
        report.diagnostics.extend(doc::shown_as_typed(key, shown, text, file, span));
        french::typeset(&rules, shown).as_ref().into()
    });
    agreement::check(&fields, file, report);

    let source = doc::Source { file, text, body: front.body..text.len() };
    let mut document = doc::parse(&source, &doc::Options::default(), report);
    doc::typeset_document(&mut document, &rules);
    if language.starts_with("fr") {
        doc::explain(&mut document, context.glossary, &source, report);
    }
    let asked = if has_lost_title { &mut Report::default() } else { &mut *report };
    let title = title::title(file, &fields, &document, &rules, front.present, asked);
    let is_index = file.name() == INDEX;
    let (slug, url) = address::of(file, kind, &fields, &title, context.twins.get(file), report);
    let mut anchors: Vec<EcoString> = doc::anchors(&document);
    anchors.sort_unstable();
    let own_silence = fields.texts("silence");
    if !own_silence.is_empty() {
        codes::check_silence(own_silence, file, report);
        let codes: Vec<String> = own_silence.iter().map(|(code, _)| code.to_string()).collect();
        report.silence(&codes);
    }
    // What mail programs show after the subject says what an issue is about.
    let summary = fields.text("resume").or_else(|| fields.text("preentete")).cloned().unwrap_or_default();
    let excerpt = if summary.is_empty() { doc::excerpt(&document, EXCERPT).into() } else { summary.clone() };
    let seen = seen(text, front.body, &document);
    Draft {
        source: file.clone(),
        kind,
        is_index,
        folder: address::parent_folder(file).into(),
        url,
        slug,
        summary,
        excerpt,
        title,
        language,
        fields,
        document,
        body: front.body,
        anchors,
        seen,
        key,
    }
}

/// Returns the hash of the front matter and of the boxes of a text, as typed.
fn seen(text: &str, body: usize, document: &Document) -> Key {
    let mut parts = vec![&text.as_bytes()[..body]];
    doc::each_directive(document, &mut |directive| {
        parts.push(text.get(directive.span.range()).unwrap_or_default().as_bytes());
    });
    Key::of("seen", parts)
}

/// How many characters of a text without a summary lists show.
pub const EXCERPT: usize = 160;

/// The keys whose text readers see: the typographic pass goes over them.
const READ_BY_PEOPLE: &[&str] = &[
    "titre",
    "resume",
    "question",
    "horizon",
    "porteur",
    "accompagnement",
    "edito",
    "objet",
    "preentete",
    "rythme",
    "alt",
    "credit",
    "editeur",
    "auteurs",
    "partenaires",
];

/// Returns the kind that `nature:` names, or the one of the file's place.
fn own_kind(entries: &[Entry], placed: &'static dyn Kind, file: &FilePath, report: &mut Report) -> &'static dyn Kind {
    let Some(entry) = entries.iter().find(|entry| entry.key == "nature") else { return placed };
    if file.as_str() == "content/_index.md" {
        return placed;
    }
    let typed = scalar(&entry.value.kind).unwrap_or_default();
    match kinds::kind(&typed) {
        Some(kind) => kind,
        None => {
            let known: Vec<&str> =
                kinds::KINDS.iter().filter(|kind| kind.is_written()).map(|kind| kind.name()).collect();
            let list = known.join(", ");
            let mut diagnostic = Diagnostic::error(
                "E0112",
                say!("« {typed} » n’est pas une nature de page", "“{typed}” is not a kind of page"),
            )
            .at(file, entry.value.span)
            .help_near(&typed, known);
            if diagnostic.help.is_none() {
                diagnostic = diagnostic.help(say!("natures possibles : {list}", "possible kinds: {list}"));
            }
            report.push(diagnostic);
            placed
        }
    }
}

/// Returns a list of texts given for a key, whatever the table says of it.
pub fn texts_of(entry: &Entry) -> Vec<EcoString> {
    match &entry.value.kind {
        NodeKind::List(items) => items.iter().filter_map(|item| scalar(&item.kind)).collect(),
        other => scalar(other).into_iter().collect(),
    }
}
