//! The typed tree of a document's body: what every output lowers, and the only form in which the body travels.
//!
//! Links and images are numbers into [`Document::links`]: the tree never changes after it is read,
//! and linking a page only fills a table of targets beside it.

use ecow::EcoString;
use serde::{Deserialize, Serialize};

use super::boxes::Boxes;
use crate::diag::Span;
use crate::french::When;

/// The body of one source file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// The footnotes that the text calls, in the order of their first call.
    pub notes: Vec<Note>,
    /// Every link and image as written, in the order of the text; a [`LinkId`] is a place in it.
    pub links: Vec<RawLink>,
    /// How many words a reader reads.
    pub words: u32,
    /// The sorts of boxes that it has, at any depth; those that were taken out since may still be among them.
    pub boxes: Boxes,
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The label between brackets in the source.
    pub label: EcoString,
    pub body: Vec<Block>,
    /// How many times the text calls it.
    pub calls: u32,
}

/// The place of a link in [`Document::links`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LinkId(pub u32);

/// A link, image or reference as the writer typed it, before linking.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RawLink {
    pub form: LinkForm,
    /// What was typed: an address, a path, or what stands in `[[…]]`, without the text after `|`.
    pub to: EcoString,
    /// The bytes of the whole link in the file.
    pub span: Span,
    /// The bytes of the address alone.
    pub to_span: Span,
}

/// How a link was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkForm {
    /// `[texte](adresse)` or `<https://…>`.
    Inline,
    /// `[[…]]`.
    Wiki,
    /// `![…](…)`.
    Image,
    /// An argument of a directive that names a page, an example or a file.
    Argument,
    /// What led to a person who withdrew, or showed them: it leads nowhere, and nothing is said of it.
    Withdrawn,
}

/// A piece of the body that stands on its own lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block {
    Paragraph {
        text: Vec<Inline>,
        span: Span,
    },
    Heading(Heading),
    List(List),
    Quote(Vec<Block>),
    Alert {
        kind: AlertKind,
        body: Vec<Block>,
    },
    Code {
        language: EcoString,
        text: EcoString,
        span: Span,
    },
    Table(Box<Table>),
    Definitions(Vec<Entry>),
    /// An image alone in its paragraph; its title is the caption.
    Figure(Box<Figure>),
    /// Raw HTML that passed the allow-list.
    Html(EcoString),
    Rule,
    Directive(Box<Directive>),
}

/// A heading and its anchor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// 2 to 6: the page's title is level 1.
    pub level: u8,
    /// Unique in the document.
    pub id: EcoString,
    pub text: Vec<Inline>,
    /// `{.hors-levier}`, or a title such as « En savoir plus »: not one of a fiche's levers.
    pub outside_levers: bool,
    pub span: Span,
}

/// A list; `start` is the first number of an ordered one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct List {
    pub start: Option<u64>,
    /// Items are lines rather than paragraphs.
    pub tight: bool,
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// For a task list: done or not.
    pub task: Option<bool>,
    pub body: Vec<Block>,
    pub span: Span,
}

/// GitHub's five alerts, which readers see as « À noter », « Astuce »…
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// A table; the first row is its header.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    pub caption: Vec<Inline>,
    pub columns: Vec<Align>,
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    /// `{.entetes-lignes}`, or an empty first header cell: the first column holds row headers (RGAA 5.6).
    pub row_headers: bool,
    pub span: Span,
}

/// The inline content of a table's cell.
pub type Cell = Vec<Inline>;

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    None,
    Left,
    Center,
    Right,
}

/// A term and its definitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub term: Vec<Inline>,
    pub definitions: Vec<Vec<Block>>,
}

/// An image with its caption and credit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    pub image: Image,
    pub caption: Vec<Inline>,
    pub credit: Option<EcoString>,
}

/// An image: where it is and what it says to those who do not see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image {
    pub to: LinkId,
    /// Empty only when decorative.
    pub alt: EcoString,
    /// `{.decorative}`: says nothing, is skipped by screen readers.
    pub decorative: bool,
    pub span: Span,
}

/// A box opened by `:::nom{…}` and closed by `:::`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Directive {
    pub role: Role,
    /// The anchor: written, or made from the title; unique in the document.
    pub id: Option<EcoString>,
    pub body: Vec<Block>,
    pub span: Span,
}

/// What a directive is, with its typed arguments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Role {
    Exemple(Exemple),
    Encadre {
        titre: Option<EcoString>,
    },
    Definition {
        terme: EcoString,
    },
    Citation {
        auteur: Option<EcoString>,
        fonction: Option<EcoString>,
        source: Option<EcoString>,
    },
    /// The list of the body, taken apart; the body then holds what stands around it.
    Chiffres {
        source: Option<EcoString>,
        figures: Vec<KeyFigure>,
    },
    /// The ordered list of the body, taken apart.
    Etapes {
        steps: Vec<Step>,
    },
    Trajectoire {
        milestones: Vec<Milestone>,
    },
    Voix {
        qui: Option<EcoString>,
        role: Option<EcoString>,
    },
    Ressources {
        titre: Option<EcoString>,
    },
    Telechargement {
        fichier: LinkId,
        titre: Option<EcoString>,
    },
    Video {
        src: LinkId,
        titre: EcoString,
        transcription: Option<LinkId>,
    },
    Galerie {
        images: Vec<Figure>,
    },
    /// A map of the page's examples, or of those that the arguments choose.
    Carte {
        titre: Option<EcoString>,
        theme: Option<EcoString>,
        kit: Option<EcoString>,
    },
    /// A card for another page of the site.
    ALaUne {
        page: LinkId,
    },
    Agenda {
        events: Vec<Milestone>,
    },
    /// An example shown again without being copied.
    Reprise {
        exemple: LinkId,
    },
}

impl Role {
    /// Returns the title of a box, when it has one.
    pub fn title(&self) -> Option<&EcoString> {
        match self {
            Self::Exemple(exemple) => Some(&exemple.titre),
            Self::Definition { terme: title } | Self::Video { titre: title, .. } => Some(title),
            Self::Encadre { titre }
            | Self::Ressources { titre }
            | Self::Carte { titre, .. }
            | Self::Telechargement { titre, .. } => titre.as_ref(),
            Self::Citation { .. }
            | Self::Chiffres { .. }
            | Self::Etapes { .. }
            | Self::Trajectoire { .. }
            | Self::Voix { .. }
            | Self::Galerie { .. }
            | Self::ALaUne { .. }
            | Self::Agenda { .. }
            | Self::Reprise { .. } => None,
        }
    }
}

/// `:::exemple`: what was done, where and when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Exemple {
    pub titre: EcoString,
    /// The place as typed: a code or a name.
    pub territoire: Option<EcoString>,
    pub territoire_span: Span,
    pub annee: Option<When>,
    pub acteurs: Option<EcoString>,
    pub contact: Option<EcoString>,
    pub source: Option<EcoString>,
    pub verifie_le: Option<When>,
    pub themes: Vec<EcoString>,
}

/// `**80** entrepreneurs` in `:::chiffres`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeyFigure {
    pub value: Vec<Inline>,
    pub text: Vec<Inline>,
}

/// One step of `:::etapes`: a short title and what it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    pub title: Vec<Inline>,
    pub body: Vec<Block>,
}

/// A dated item of `:::trajectoire` or `:::agenda`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Milestone {
    pub when: When,
    pub text: Vec<Inline>,
    pub body: Vec<Block>,
}

/// A piece of a line of text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Inline {
    Text(EcoString),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Deleted(Vec<Inline>),
    Superscript(Vec<Inline>),
    Subscript(Vec<Inline>),
    /// Small capitals: the century of « XXIe ». The text itself stays in capitals.
    SmallCaps(EcoString),
    /// Never cut at a line's end: inclusive forms.
    NoBreak(EcoString),
    Code(EcoString),
    /// An empty text means: the target's own title, kept current.
    Link {
        to: LinkId,
        text: Vec<Inline>,
    },
    Image(Box<Image>),
    /// A footnote's call: its place in [`Document::notes`], and which of its calls this is, from 0.
    NoteCall {
        note: u32,
        call: u32,
    },
    /// An acronym; `meaning` is given at its first use on the page.
    Abbreviation {
        text: EcoString,
        meaning: EcoString,
        first: bool,
    },
    /// `[mot]{lang=en}`.
    Foreign {
        language: EcoString,
        text: Vec<Inline>,
    },
    /// Raw inline HTML that passed the allow-list.
    Html(EcoString),
    SoftBreak,
    HardBreak,
}
