//! People who withdrew: their names and pictures leave every page, before any output is made of them.
//!
//! A récit names them in `retraits`; the whole site forgets them, from the next build on, and the report says where.

mod pages;
mod person;

use std::collections::BTreeSet;
use std::sync::Arc;

use ecow::EcoString;

use crate::content::Draft;
use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::doc::{Block, Glossary, Role, Sense, Step, Term, Visitor, visit};
use crate::memo::Key;
use crate::say;
use crate::snapshot::Snapshot;

use person::Person;

/// The drafts without the people who withdrew.
pub(super) struct Withdrawn {
    pub drafts: Vec<Arc<Draft>>,
    /// Their pictures: files that are not published any more.
    pub files: BTreeSet<FilePath>,
    people: Vec<Person>,
}

impl Withdrawn {
    /// Returns the glossary without the people who withdrew: a sense that names one goes whole.
    pub(super) fn out_of(&self, glossary: Arc<Glossary>) -> Arc<Glossary> {
        let is_named = |text: &str| self.people.iter().any(|person| person.is_in(text));
        let tells = |sense: &Sense| {
            [Some(&sense.sens), sense.definition.as_ref(), sense.lien.as_ref()]
                .into_iter()
                .flatten()
                .any(|text| is_named(text))
        };
        if !glossary.terms().iter().any(|term| is_named(&term.name) || term.senses.iter().any(tells)) {
            return glossary;
        }
        let left = glossary.terms().iter().filter(|term| !is_named(&term.name)).map(|term| Term {
            name: term.name.clone(),
            senses: term.senses.iter().filter(|sense| !tells(sense)).cloned().collect(),
        });
        Arc::new(Glossary::new(left.filter(|term| !term.senses.is_empty()).collect()))
    }
}

/// Takes the people who withdrew out of every draft.
pub(super) fn apply(snapshot: &Snapshot, drafts: &[Arc<Draft>], report: &mut Report) -> Withdrawn {
    let people = people(drafts);
    let mut kept: Vec<Arc<Draft>> = drafts.to_vec();
    let mut files = BTreeSet::new();
    if people.is_empty() {
        return Withdrawn { drafts: kept, files, people };
    }
    let mut removals: Vec<pages::Removal> = drafts.iter().map(|_| pages::Removal::default()).collect();
    // A picture that one page says is theirs is theirs on the others as well: a second look finds it there.
    for _ in 0..2 {
        let known = files.clone();
        for (draft, removal) in kept.iter_mut().zip(&mut removals) {
            if !concerns(snapshot, draft, &people, &known) {
                continue;
            }
            let mut changed = Draft::clone(draft);
            let found = pages::forget(&mut changed, &people, &known);
            if found.is_empty() {
                continue;
            }
            changed.key = key(draft, &people);
            files.extend(found.files.iter().cloned());
            removal.add(found);
            *draft = Arc::new(changed);
        }
    }
    for ((before, draft), removal) in drafts.iter().zip(&kept).zip(&removals) {
        let span = before.fields.span("retraits").unwrap_or_default();
        for person in &people {
            let names = removal.names.get(&person.name).copied().unwrap_or_default();
            if names > 0 {
                report.push(forgotten(draft, span, person, names, removal.files.len()));
            }
            if person.is_in(&draft.slug) {
                report.push(address(draft, person));
            }
        }
        if removal.names.is_empty() && !removal.files.is_empty() {
            report.push(pictures(draft, removal.files.len()));
        }
        if !before.fields.texts("retraits").is_empty() && has_unread_files(draft) {
            report.push(unread(draft, span));
        }
    }
    Withdrawn { drafts: kept, files, people }
}

/// Returns who withdrew, wherever it is said.
fn people(drafts: &[Arc<Draft>]) -> Vec<Person> {
    let names: BTreeSet<&EcoString> =
        drafts.iter().flat_map(|draft| draft.fields.texts("retraits")).map(|(name, _)| name).collect();
    names.into_iter().filter_map(|name| Person::named(name)).collect()
}

/// Returns whether a file says a name or shows a picture: most do not, and stay as they are.
fn concerns(snapshot: &Snapshot, draft: &Draft, people: &[Person], files: &BTreeSet<FilePath>) -> bool {
    // A text that cannot be read again may say any name.
    let may_say = |text: Arc<str>| people.iter().any(|person| person.is_in(&text));
    snapshot.text(&draft.source).is_none_or(may_say) || pages::shows(draft, files)
}

/// A page without a name is not the page with it: what is remembered of one is not used for the other.
fn key(draft: &Draft, people: &[Person]) -> Key {
    let names = people.iter().map(|person| person.name.as_bytes());
    Key::of("withdrawn", std::iter::once(draft.key.as_bytes()).chain(names))
}

/// Returns whether the page offers files that the program cannot read.
fn has_unread_files(draft: &Draft) -> bool {
    struct Files(bool);
    impl<'d> Visitor<'d> for Files {
        fn block(&mut self, block: &'d Block) -> Step {
            if let Block::Directive(directive) = block {
                self.0 |= matches!(directive.role, Role::Telechargement { .. } | Role::Video { .. });
            }
            Step::Into
        }
    }
    let mut files = Files(draft.fields.text("pdf").is_some());
    visit(&draft.document, &mut files);
    files.0
}

fn forgotten(draft: &Draft, span: Span, person: &Person, names: usize, pictures: usize) -> Diagnostic {
    let name = &person.name;
    let (fr, en) = match pictures {
        0 => (String::new(), String::new()),
        1 => (", et une image".to_owned(), ", and a picture".to_owned()),
        several => (format!(", et {several} images"), format!(", and {several} pictures")),
    };
    Diagnostic::advice(
        "C0802",
        say!(
            "« {name} » a retiré son accord : son nom est ôté de cette page ({names} fois){fr}",
            "“{name}” withdrew: the name is taken out of this page ({names} times){en}"
        ),
    )
    .at(&draft.source, span)
    .help(say!(
        "relisez la page : « [nom retiré] » y tient la place du nom ; ôtez-le aussi du fichier, que d’autres peuvent lire",
        "read the page again: “[nom retiré]” stands for the name; take it out of the file as well, which others may read"
    ))
}

fn pictures(draft: &Draft, pictures: usize) -> Diagnostic {
    Diagnostic::advice(
        "C0802",
        say!(
            "une personne a retiré son accord : son image est ôtée de cette page ({pictures})",
            "a person withdrew: their picture is taken out of this page ({pictures})"
        ),
    )
    .at(&draft.source, Span::default())
    .help(say!("ôtez aussi les images du fichier", "take the pictures out of the file as well"))
}

fn address(draft: &Draft, person: &Person) -> Diagnostic {
    let (name, url) = (&person.name, &draft.url);
    Diagnostic::error(
        "E0804",
        say!(
            "l’adresse « {url} » porte le nom de « {name} », qui a retiré son accord",
            "the address “{url}” bears the name of “{name}”, who withdrew"
        ),
    )
    .at(&draft.source, Span::default())
    .help(say!(
        "renommez le fichier, sans garder l’ancien nom en alias",
        "rename the file, without its old name as an alias"
    ))
}

fn unread(draft: &Draft, span: Span) -> Diagnostic {
    Diagnostic::warning(
        "A0802",
        say!(
            "cette page propose des fichiers que le programme ne sait pas relire",
            "this page offers files that the program cannot read"
        ),
    )
    .at(&draft.source, span)
    .help(say!(
        "vérifiez que le PDF, les vidéos et les téléchargements ne nomment ni ne montrent la personne",
        "check that the PDF, videos and downloads neither name nor show the person"
    ))
}
