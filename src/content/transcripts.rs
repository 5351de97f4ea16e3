//! What is said in a video, written in a file beside its page: read under the video, and no page of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Draft;
use crate::diag::FilePath;
use crate::doc::{self, Block, Boxes, Directive, Inline, LinkId, Role, Step, VisitorMut, visit_mut};
use crate::memo::Key;
use crate::snapshot::Snapshot;

/// The name of the file of a page that has a folder of its own.
const PAGE: &str = "index.md";

/// Returns whether a file may be a transcription or the page that shows one: it shares its folder with an `index.md`.
pub(super) fn may_concern(snapshot: &Snapshot, file: &FilePath) -> bool {
    let folder = format!("{}/", file.folder());
    let is_beside = |other: &FilePath| {
        other != file && other.folder() == file.folder() && other.extension().eq_ignore_ascii_case("md")
    };
    snapshot.under(&folder).any(|other| is_beside(&other.path) && (file.name() == PAGE || other.path.name() == PAGE))
}

/// Moves the transcriptions that pages name under their videos, and returns which drafts they were.
pub(super) fn gather(drafts: &mut [Arc<Draft>], with_unpublished: bool) -> BTreeSet<usize> {
    let mut taken = BTreeSet::new();
    if !drafts.iter().any(|draft| draft.source.name() == PAGE) {
        return taken;
    }
    let by_file: BTreeMap<FilePath, usize> = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| with_unpublished || draft.is_public())
        .map(|(at, draft)| (draft.source.clone(), at))
        .collect();
    for at in 0..drafts.len() {
        let draft = &drafts[at];
        if draft.source.name() != PAGE {
            continue;
        }
        let mut named = Vec::new();
        doc::each_box(&draft.document, Boxes::VIDEO, &mut |directive| {
            let Role::Video { transcription: Some(link), .. } = &directive.role else { return };
            let to = draft.document.links[link.0 as usize].to.trim().trim_start_matches("./");
            let file = FilePath::new(format!("{}/{to}", draft.source.folder()));
            let other = by_file.get(&file).filter(|other| !to.contains('/') && **other != at);
            named.extend(other.map(|other| (*link, *other)));
        });
        if named.is_empty() {
            continue;
        }
        let mut page = Draft::clone(draft);
        for (link, other) in named {
            place(&mut page, link, &drafts[other]);
            taken.insert(other);
        }
        drafts[at] = Arc::new(page);
    }
    taken
}

/// Puts a text in a box under the video whose argument names it.
fn place(page: &mut Draft, link: LinkId, text: &Draft) {
    page.key = Key::of("transcript", [page.key.as_bytes(), text.key.as_bytes()]);
    let mut said = text.document.clone();
    let argument = &mut page.document.links[link.0 as usize];
    let span = argument.to_span;
    // Nothing is linked any more: the argument leads to its own page.
    argument.to = PAGE.into();
    let mut moved = Moved { links: page.document.links.len(), notes: page.document.notes.len() };
    visit_mut(&mut said, &mut moved);
    // What is to say of its links is said where the page names it.
    page.document.links.extend(said.links.into_iter().map(|mut link| {
        (link.span, link.to_span) = (span, span);
        link
    }));
    page.document.notes.extend(said.notes.into_iter().map(|mut note| {
        note.label = ecow::eco_format!("transcription-{}", note.label);
        note
    }));
    page.document.words += said.words;
    page.document.boxes |= said.boxes;
    let mut under = Under { link, blocks: Some(said.blocks), is_french: page.language.starts_with("fr") };
    visit_mut(&mut page.document, &mut under);
}

/// Gives the links and notes of a text the numbers that they have in another; its titles and boxes are no places of that one.
struct Moved {
    links: usize,
    notes: usize,
}

impl Moved {
    fn link(&self, link: &mut LinkId) {
        link.0 += u32::try_from(self.links).expect("a page has fewer than four billion links");
    }
}

impl VisitorMut for Moved {
    fn block(&mut self, block: &mut Block) -> Step {
        match block {
            Block::Heading(heading) => {
                *block = Block::Paragraph {
                    text: vec![Inline::Strong(std::mem::take(&mut heading.text))],
                    span: heading.span,
                };
            }
            Block::Figure(figure) => self.link(&mut figure.image.to),
            Block::Directive(directive) => {
                directive.id = None;
                match &mut directive.role {
                    Role::Telechargement { fichier: link, .. }
                    | Role::ALaUne { page: link }
                    | Role::Reprise { exemple: link } => self.link(link),
                    Role::Video { src, transcription, .. } => {
                        self.link(src);
                        transcription.iter_mut().for_each(|link| self.link(link));
                    }
                    Role::Galerie { images } => {
                        images.iter_mut().for_each(|figure| self.link(&mut figure.image.to));
                    }
                    Role::Exemple(_)
                    | Role::Encadre { .. }
                    | Role::Definition { .. }
                    | Role::Citation { .. }
                    | Role::Chiffres { .. }
                    | Role::Etapes { .. }
                    | Role::Trajectoire { .. }
                    | Role::Voix { .. }
                    | Role::Ressources { .. }
                    | Role::Carte { .. }
                    | Role::Agenda { .. } => {}
                }
            }
            Block::Paragraph { .. }
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Html(_)
            | Block::Rule => {}
        }
        Step::Into
    }

    fn inline(&mut self, inline: &mut Inline) -> Step {
        match inline {
            Inline::Link { to, .. } => self.link(to),
            Inline::Image(image) => self.link(&mut image.to),
            Inline::NoteCall { note, .. } => {
                *note += u32::try_from(self.notes).expect("a page has fewer than four billion notes");
            }
            Inline::Text(_)
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::SmallCaps(_)
            | Inline::NoBreak(_)
            | Inline::Code(_)
            | Inline::Abbreviation { .. }
            | Inline::Foreign { .. }
            | Inline::Html(_)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        }
        Step::Into
    }
}

/// Finds the video and puts the text under it.
struct Under {
    link: LinkId,
    blocks: Option<Vec<Block>>,
    is_french: bool,
}

impl VisitorMut for Under {
    fn block(&mut self, block: &mut Block) -> Step {
        let Block::Directive(directive) = block else { return Step::Into };
        let Directive { role, body, span, .. } = directive.as_mut();
        let Role::Video { titre, transcription, .. } = role else { return Step::Into };
        if *transcription != Some(self.link) {
            return Step::Into;
        }
        if let Some(blocks) = self.blocks.take() {
            let titre = if self.is_french {
                ecow::eco_format!("Transcription de «\u{a0}{titre}\u{a0}»")
            } else {
                ecow::eco_format!("Transcript of “{titre}”")
            };
            *transcription = None;
            let role = Role::Encadre { titre: Some(titre) };
            body.push(Block::Directive(Box::new(Directive { role, id: None, body: blocks, span: *span })));
        }
        Step::Over
    }
}
