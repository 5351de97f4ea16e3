//! What one page loses when a person withdraws: words of its text and of its front matter, and pictures.

use std::collections::{BTreeMap, BTreeSet};

use ecow::EcoString;

use super::super::resolve::resolve_path;
use super::person::Person;
use crate::content::Draft;
use crate::diag::FilePath;
use crate::doc::{Block, Document, Figure, Image, Inline, LinkForm, LinkId, PartMut, RawLink, Role, inline_text};
use crate::fields::Rewritten;

/// What was taken out of a page.
#[derive(Debug, Default)]
pub(super) struct Removal {
    /// How many times each name was there.
    pub names: BTreeMap<EcoString, usize>,
    pub files: BTreeSet<FilePath>,
}

impl Removal {
    /// Returns whether nothing was.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.files.is_empty()
    }

    /// Adds what another look found.
    pub(super) fn add(&mut self, other: Removal) {
        for (name, count) in other.names {
            *self.names.entry(name).or_default() += count;
        }
        self.files.extend(other.files);
    }
}

/// Returns whether a page shows one of these files.
pub(super) fn shows(draft: &Draft, files: &BTreeSet<FilePath>) -> bool {
    let of_front = draft.fields.map("image").and_then(|image| image.text("fichier"));
    let links = draft.document.links.iter().filter(|link| link.form == LinkForm::Image).map(|link| &link.to);
    !files.is_empty()
        && links.chain(of_front).any(|to| file(draft.source.folder(), to).is_some_and(|file| files.contains(&file)))
}

/// Takes people, and pictures that are known to be theirs, out of a page.
pub(super) fn forget(draft: &mut Draft, people: &[Person], files: &BTreeSet<FilePath>) -> Removal {
    let folder = draft.source.folder().to_owned();
    let placeholder = if draft.language.starts_with("en") { "[name withdrawn]" } else { "[nom retiré]" };
    let mut page = Page { people, files, folder, placeholder, done: Removal::default(), lost: BTreeSet::new() };
    let Document { blocks, notes, links, .. } = &mut draft.document;
    page.blocks(blocks, links);
    for note in notes {
        page.blocks(&mut note.body, links);
    }
    for (place, link) in links.iter_mut().enumerate() {
        if page.lost.contains(&place) {
            // Nothing shows it any more.
            *link = withdrawn(link);
        } else if link.form != LinkForm::Image
            && page.name(&mut link.to, "nom-retire")
            && ["mailto:", "tel:", "http:", "https:", "//"].iter().any(|scheme| link.to.starts_with(scheme))
        {
            *link = withdrawn(link);
        }
    }
    for anchor in &mut draft.anchors {
        page.quietly(anchor, "nom-retire");
    }
    draft.anchors.sort_unstable();
    for text in [&mut draft.title, &mut draft.summary, &mut draft.excerpt] {
        page.quietly(text, placeholder);
    }
    let image = draft.fields.map("image").cloned();
    if let Some(image) = image {
        let texts = [image.text("fichier"), image.text("alt")];
        let file = image.text("fichier").and_then(|to| file(&page.folder, to));
        let is_known = file.as_ref().is_some_and(|file| files.contains(file));
        if is_known || texts.into_iter().flatten().any(|text| page.is_named(text)) {
            page.done.files.extend(file);
            draft.fields.remove("image");
        }
    }
    draft.fields.rewrite(&mut |key, text| match key {
        "retraits" => Rewritten::Gone,
        "alias" if page.is_named(text) => Rewritten::Gone,
        _ => {
            let mut new = EcoString::from(text);
            match page.name(&mut new, placeholder) {
                false => Rewritten::Same,
                true if new == placeholder => Rewritten::Gone,
                true => Rewritten::Text(new),
            }
        }
    });
    page.done
}

/// Returns a link that leads nowhere, at the same place.
fn withdrawn(link: &RawLink) -> RawLink {
    RawLink { form: LinkForm::Withdrawn, to: EcoString::new(), span: link.span, to_span: link.to_span }
}

/// The file that an image names.
fn file(folder: &str, to: &str) -> Option<FilePath> {
    match to.strip_prefix('/') {
        Some(rest) => resolve_path("static", rest),
        None => resolve_path(folder, to),
    }
}

/// A page under way.
struct Page<'a> {
    people: &'a [Person],
    files: &'a BTreeSet<FilePath>,
    folder: String,
    placeholder: &'static str,
    done: Removal,
    /// The links of the pictures that are gone.
    lost: BTreeSet<usize>,
}

impl Page<'_> {
    fn is_named(&self, text: &str) -> bool {
        self.people.iter().any(|person| person.is_in(text))
    }

    /// Takes the names out of a text, and counts them; returns whether there were some.
    fn name(&mut self, text: &mut EcoString, by: &str) -> bool {
        let mut any = false;
        for person in self.people {
            if let Some((new, count)) = person.replaced(text, by) {
                *text = new;
                *self.done.names.entry(person.name.clone()).or_default() += count;
                any = true;
            }
        }
        any
    }

    /// Takes the names out of what is made of another text, counted there.
    fn quietly(&self, text: &mut EcoString, by: &str) {
        for person in self.people {
            if let Some((new, _)) = person.replaced(text, by) {
                *text = new;
            }
        }
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>, links: &[RawLink]) {
        blocks.retain(|block| !matches!(block, Block::Figure(figure) if self.loses(figure, links)));
        for block in blocks {
            self.block(block, links);
        }
    }

    fn block(&mut self, block: &mut Block, links: &[RawLink]) {
        if let Block::Heading(heading) = block {
            self.quietly(&mut heading.id, "nom-retire");
        }
        if let Block::Code { text, .. } | Block::Html(text) = block {
            self.name(text, self.placeholder);
        }
        if let Block::Directive(directive) = block {
            if let Some(id) = &mut directive.id {
                self.quietly(id, "nom-retire");
            }
            // The words may stay, without the name nor the face.
            if let Role::Voix { qui: who, .. } | Role::Citation { auteur: who, .. } = &mut directive.role
                && who.as_ref().is_some_and(|who| self.is_named(who))
            {
                self.count(who.take().unwrap_or_default());
                self.faces(&mut directive.body, links);
            }
            if let Role::Exemple(exemple) = &mut directive.role
                && exemple.contact.as_ref().is_some_and(|contact| self.is_named(contact))
            {
                self.count(exemple.contact.take().unwrap_or_default());
            }
            if let Role::Galerie { images } = &mut directive.role {
                images.retain(|figure| !self.loses(figure, links));
            }
        }
        block.parts_mut(&mut |part| match part {
            PartMut::Blocks(blocks) => self.blocks(blocks, links),
            PartMut::Run(run, _) => self.run(run, links),
            PartMut::Label(text, _) => {
                self.name(text, self.placeholder);
            }
        });
    }

    fn count(&mut self, mut text: EcoString) {
        self.name(&mut text, self.placeholder);
    }

    /// Takes every picture out of the box of a person’s words.
    fn faces(&mut self, body: &mut Vec<Block>, links: &[RawLink]) {
        let mut faces = Vec::new();
        faces.extend(body.iter().filter_map(figure).map(|figure| figure.image.to));
        body.retain(|block| figure(block).is_none());
        for block in body {
            block.parts_mut(&mut |part| {
                if let PartMut::Run(run, _) = part {
                    faces.extend(images(run).map(|image| image.to));
                    run.retain(|inline| !matches!(inline, Inline::Image(_)));
                }
            });
        }
        for face in faces {
            let at = face.0 as usize;
            self.done.files.extend(links.get(at).and_then(|link| file(&self.folder, &link.to)));
            self.lost.insert(at);
        }
    }

    fn loses(&mut self, figure: &Figure, links: &[RawLink]) -> bool {
        let said = [figure.image.alt.clone(), inline_text(&figure.caption).into()];
        self.shows(figure.image.to, &said, links)
    }

    /// Returns whether a picture is of one of the people, and notes that it goes.
    fn shows(&mut self, link: LinkId, said: &[EcoString], links: &[RawLink]) -> bool {
        let Some(raw) = links.get(link.0 as usize) else { return false };
        let file = file(&self.folder, &raw.to);
        let is_theirs = file.as_ref().is_some_and(|file| self.files.contains(file))
            || self.is_named(&raw.to)
            || said.iter().any(|text| self.is_named(text));
        if is_theirs {
            for text in said {
                self.count(text.clone());
            }
            self.done.files.extend(file);
            self.lost.insert(link.0 as usize);
        }
        is_theirs
    }

    /// Takes names and pictures out of a line of text; a name cut by bold or by a line’s end is found as well.
    fn run(&mut self, run: &mut Vec<Inline>, links: &[RawLink]) {
        run.retain(|inline| {
            !matches!(inline, Inline::Image(image) if self.shows(image.to, std::slice::from_ref(&image.alt), links))
        });
        if !self.is_named(&inline_text(run)) && !holds(run, &|text| self.is_named(text)) {
            return;
        }
        self.inlines(run, links);
        let whole = inline_text(run);
        if self.is_named(&whole) {
            let mut text = EcoString::from(whole);
            self.name(&mut text, self.placeholder);
            *run = vec![Inline::Text(text)];
        }
    }

    fn inlines(&mut self, run: &mut Vec<Inline>, links: &[RawLink]) {
        for inline in run {
            match inline {
                Inline::Text(text)
                | Inline::SmallCaps(text)
                | Inline::NoBreak(text)
                | Inline::Code(text)
                | Inline::Html(text) => {
                    self.name(text, self.placeholder);
                }
                Inline::Abbreviation { text, meaning, .. } => {
                    self.name(text, self.placeholder);
                    self.name(meaning, self.placeholder);
                }
                Inline::Emphasis(children)
                | Inline::Strong(children)
                | Inline::Deleted(children)
                | Inline::Superscript(children)
                | Inline::Subscript(children)
                | Inline::Link { text: children, .. }
                | Inline::Foreign { text: children, .. } => self.run(children, links),
                Inline::Image(_) | Inline::NoteCall { .. } | Inline::SoftBreak | Inline::HardBreak => {}
            }
        }
    }
}

/// Returns the figure that a block is.
fn figure(block: &Block) -> Option<&Figure> {
    if let Block::Figure(figure) = block { Some(figure) } else { None }
}

/// Returns the images of a line of text.
fn images(run: &[Inline]) -> impl Iterator<Item = &Image> {
    run.iter().filter_map(|inline| if let Inline::Image(image) = inline { Some(image.as_ref()) } else { None })
}

/// Returns whether some text of a line answers.
fn holds(run: &[Inline], answers: &dyn Fn(&str) -> bool) -> bool {
    run.iter().any(|inline| {
        let own = match inline {
            Inline::Text(text)
            | Inline::SmallCaps(text)
            | Inline::NoBreak(text)
            | Inline::Code(text)
            | Inline::Html(text) => answers(text),
            Inline::Abbreviation { text, meaning, .. } => answers(text) || answers(meaning),
            Inline::Image(image) => answers(&image.alt),
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Link { .. }
            | Inline::NoteCall { .. }
            | Inline::Foreign { .. }
            | Inline::SoftBreak
            | Inline::HardBreak => false,
        };
        own || holds(inline.children(), answers)
    })
}
