//! The last pass of parsing: anchors are made unique, notes numbered in reading order, headings of boxes settled, words counted.

use std::collections::{HashMap, HashSet};

use ecow::EcoString;

use super::boxes::Boxes;
use super::levels;
use super::text::{self, plain};
use super::tree::{Block, Document, Heading, Inline, Note, Role};
use super::visit::{Step, Visitor, VisitorMut, visit, visit_blocks, visit_mut};
use super::{Directive, Source};
use crate::diag::{Diagnostic, Report, Span};
use crate::french::{fold, slug};
use crate::say;
use crate::texts::shared;

/// Titles under which a fiche puts what is not one of its levers.
const OUTSIDE: &[&str] = &["en savoir plus", "pour aller plus loin", "ressources", "sources"];

/// Finishes a document that the builder made.
pub(super) fn finish(document: &mut Document, source: &Source<'_>, report: &mut Report) {
    let has_notes = !document.notes.is_empty();
    let mut written = Written { source, report, places: HashMap::new(), has_notes, boxes: Boxes::default() };
    visit(document, &mut written);
    document.boxes = written.boxes;
    let taken = written.places.into_keys().collect();
    visit_mut(document, &mut Naming { taken, next: HashMap::new(), seen: HashSet::new(), has_notes });
    if !document.notes.is_empty() {
        number(document);
    }
    levels::settle(document);
    document.words = text::count(document);
}

/// Returns whether an anchor is one of those that pages have of themselves: the ways in for keyboards, the search, the notes.
pub fn is_reserved(id: &str, has_notes: bool) -> bool {
    let is_numbered = |start: &str| {
        id.strip_prefix(start)
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    };
    matches!(id, "contenu" | "menu" | "recherche" | "q")
        || has_notes && (id == "notes" || is_numbered("note-") || is_numbered("appel-"))
}

/// Gathers the anchors that the writer chose, since they have priority wherever they stand, and the sorts of boxes.
struct Written<'s, 'r> {
    source: &'s Source<'s>,
    report: &'r mut Report,
    places: HashMap<EcoString, Span>,
    has_notes: bool,
    /// The sorts of boxes met.
    boxes: Boxes,
}

impl Written<'_, '_> {
    fn add(&mut self, id: &EcoString, span: Span) {
        if is_reserved(id, self.has_notes) {
            self.report.push(
                Diagnostic::error(
                    "E0217",
                    say!(
                        "l’ancre « #{id} » est celle d’une partie de chaque page",
                        "the anchor “#{id}” is that of a part of every page"
                    ),
                )
                .at(self.source.file, span)
                .help(say!("donnez-lui un autre nom", "give it another name")),
            );
        }
        let Some(first) = self.places.insert(id.clone(), span) else { return };
        self.places.insert(id.clone(), first);
        let file = self.source.file;
        self.report.push(
            Diagnostic::error(
                "E0217",
                say!("l’ancre « #{id} » est écrite deux fois", "the anchor “#{id}” is written twice"),
            )
            .at(file, span)
            .also(file, first, say!("la première", "the first one"))
            .help(say!("donnez un autre nom à l’une des deux", "give one of them another name")),
        );
    }
}

impl<'d> Visitor<'d> for Written<'_, '_> {
    fn run(&mut self, _run: &'d [Inline], _place: super::Place) -> Step {
        Step::Over
    }

    fn block(&mut self, block: &'d Block) -> Step {
        match block {
            Block::Heading(heading) if !heading.id.is_empty() => self.add(&heading.id, heading.span),
            Block::Directive(directive) => {
                self.boxes |= Boxes::of(&directive.role);
                if let Some(id) = &directive.id {
                    let line = self.source.text[directive.span.range()].lines().next().map_or(0, str::len);
                    let start = directive.span.start as usize;
                    self.add(id, Span::new(start, start + line));
                }
            }
            Block::Heading(_)
            | Block::Paragraph { .. }
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Html(_)
            | Block::Rule => {}
        }
        Step::Into
    }
}

/// Gives an anchor to what has none, from its title.
struct Naming {
    taken: HashSet<EcoString>,
    /// For a title met several times, the number to try next.
    next: HashMap<EcoString, u32>,
    seen: HashSet<EcoString>,
    has_notes: bool,
}

impl Naming {
    fn name(&mut self, title: &str, fallback: &str) -> EcoString {
        let base = slug(title).map_or_else(|| fallback.into(), |slug| shared(&slug));
        if !is_reserved(&base, self.has_notes) && self.taken.insert(base.clone()) {
            return base;
        }
        let next = self.next.entry(base.clone()).or_insert(2);
        loop {
            let id = EcoString::from(format!("{base}-{next}"));
            *next += 1;
            if !is_reserved(&id, self.has_notes) && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }

    /// Keeps a written anchor, unless it was already given to what stands before.
    fn keep(&mut self, id: &EcoString) -> Option<EcoString> {
        (!self.seen.insert(id.clone())).then(|| self.name(id, "ancre"))
    }

    fn heading(&mut self, heading: &mut Heading) {
        let title = plain(&heading.text);
        let folded = fold(&title);
        heading.outside_levers |= OUTSIDE.contains(&folded.trim().trim_end_matches([':', '.', '…']).trim_end());
        if heading.id.is_empty() {
            heading.id = self.name(&title, "section");
        } else if let Some(other) = self.keep(&heading.id) {
            heading.id = other;
        }
    }

    fn directive(&mut self, directive: &mut Directive) {
        if let Some(id) = &directive.id {
            if let Some(other) = self.keep(id) {
                directive.id = Some(other);
            }
            return;
        }
        let fallback = match &directive.role {
            Role::Exemple(_) => "exemple",
            Role::Encadre { .. } => "encadre",
            Role::Definition { .. } => "definition",
            Role::Ressources { .. } => "ressources",
            Role::Carte { .. } => "carte",
            Role::Video { .. } => "video",
            Role::Citation { .. }
            | Role::Chiffres { .. }
            | Role::Etapes { .. }
            | Role::Trajectoire { .. }
            | Role::Voix { .. }
            | Role::Telechargement { .. }
            | Role::Galerie { .. }
            | Role::ALaUne { .. }
            | Role::Agenda { .. }
            | Role::Reprise { .. } => return,
        };
        directive.id = directive.role.title().map(|title| self.name(title, fallback));
    }
}

impl VisitorMut for Naming {
    fn block(&mut self, block: &mut Block) -> Step {
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Directive(directive) => self.directive(directive),
            Block::Paragraph { .. }
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Html(_)
            | Block::Rule => {}
        }
        Step::Into
    }

    fn run(&mut self, _run: &mut Vec<Inline>, _place: super::Place) -> Step {
        Step::Over
    }
}

/// Numbers the notes in the order in which a reader meets their calls; those never called come last.
fn number(document: &mut Document) {
    let count = document.notes.len();
    let mut calls = Calls { order: Vec::with_capacity(count), known: vec![false; count] };
    visit_blocks(&document.blocks, &mut calls);
    let mut read = 0;
    while let Some(note) = calls.order.get(read).copied() {
        visit_blocks(&document.notes[note].body, &mut calls);
        read += 1;
    }
    for note in 0..count {
        calls.meet(note);
    }
    let mut numbers = vec![0; count];
    for (number, note) in calls.order.iter().enumerate() {
        numbers[*note] = u32::try_from(number).unwrap_or(u32::MAX);
    }
    let mut notes: Vec<Option<Note>> = std::mem::take(&mut document.notes).into_iter().map(Some).collect();
    document.notes = calls.order.iter().filter_map(|note| notes[*note].take()).collect();
    let mut renumber = Renumber { numbers, calls: vec![0; count] };
    visit_mut(document, &mut renumber);
    for (note, calls) in document.notes.iter_mut().zip(renumber.calls) {
        note.calls = calls;
    }
}

struct Calls {
    order: Vec<usize>,
    known: Vec<bool>,
}

impl Calls {
    fn meet(&mut self, note: usize) {
        if let Some(known) = self.known.get_mut(note)
            && !std::mem::replace(known, true)
        {
            self.order.push(note);
        }
    }
}

impl<'d> Visitor<'d> for Calls {
    fn inline(&mut self, inline: &'d Inline) -> Step {
        if let Inline::NoteCall { note, .. } = inline {
            self.meet(*note as usize);
        }
        Step::Into
    }
}

struct Renumber {
    numbers: Vec<u32>,
    calls: Vec<u32>,
}

impl VisitorMut for Renumber {
    fn inline(&mut self, inline: &mut Inline) -> Step {
        if let Inline::NoteCall { note, call } = inline
            && let Some(number) = self.numbers.get(*note as usize)
        {
            *note = *number;
            if let Some(calls) = self.calls.get_mut(*number as usize) {
                *call = *calls;
                *calls += 1;
            }
        }
        Step::Into
    }
}
