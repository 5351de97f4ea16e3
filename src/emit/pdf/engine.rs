//! Typst as a library: one world without disk, network or clock, compiled to PDF, to pictures and to plain text.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use ecow::EcoString;
use serde::{Deserialize, Serialize};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::layout::{Frame, FrameItem};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Scalar};
use typst::{Feature, Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::glyphs::Coverage;
use super::worker::{self, Failed};
use super::world::{Document, Lines, file_id};

/// What changes the bytes of a PDF beside its inputs: part of every memo's key.
pub const VERSION: &str = concat!("essaim ", env!("CARGO_PKG_VERSION"), " typst 0.15.1");

/// How many documents are made before what Typst remembers of the oldest is forgotten.
const FORGET_EVERY: usize = 4;

/// The typefaces and layouts that documents share, made once for a theme.
pub struct Engine {
    pub(super) fonts: Vec<Font>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) layouts: HashMap<FileId, Source>,
    coverage: Coverage,
    key: blake3::Hash,
}

/// One document: its markup, what its layouts are told, and the files that it shows, under paths of its own (`image-1.jpg`).
#[derive(Debug, Clone, Default)]
pub struct Input {
    pub main: String,
    /// The text of `document.typ`, which layouts import; the engine adds how lines are found.
    pub told: String,
    pub files: BTreeMap<EcoString, Arc<[u8]>>,
}

/// What a PDF promises, and what it says of itself beside its text.
#[derive(Debug, Clone)]
pub struct Standards {
    pub accessible: bool,
    pub archive: bool,
}

impl Default for Standards {
    fn default() -> Self {
        Self { accessible: true, archive: true }
    }
}

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Printed {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// What Typst says of a document that it makes all the same.
    pub warnings: Vec<Fault>,
}

/// Something Typst refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The layout that fails, and the bytes of it; none when the document's own markup does.
    pub layout: Option<(String, Range<usize>)>,
    /// Bytes of the document's markup: where the layout was called.
    pub range: Option<Range<usize>>,
    pub message: String,
}

/// Why there is no output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Faults(Vec<Fault>),
    Failed(Failed),
}

pub(super) struct BuiltIn {
    pub(super) library: LazyHash<Library>,
    fonts: Vec<Font>,
}

/// Constant: the library and the embedded typefaces. Libertinus and Noto come first, so that they are preferred.
pub(super) static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    let sans = [notosans::REGULAR_TTF, notosans::BOLD_TTF, notosans::ITALIC_TTF, notosans::BOLD_ITALIC_TTF];
    let faces = typst_assets::fonts().chain(sans).flat_map(|face| Font::iter(Bytes::new(face)));
    // Those for formulas, which are never set, would be taken for signs that a typeface of the layouts holds as well.
    let fonts = faces.filter(|font| !font.info().family.as_str().starts_with("New Computer Modern")).collect();
    BuiltIn { library: LazyHash::new(Library::builder().with_features(features).build()), fonts }
});

impl Engine {
    /// Makes the engine of a theme: its layouts by name (`fiche.typ`) and the typefaces that it adds.
    pub fn new<'a>(layouts: impl IntoIterator<Item = (&'a str, &'a str)>, typefaces: Vec<Vec<u8>>) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        let layouts = layouts
            .into_iter()
            .map(|(name, text)| {
                for part in [name, text] {
                    hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
                }
                let id = file_id(name);
                (id, Source::new(id, text.to_owned()))
            })
            .collect();
        let mut fonts = BUILT_IN.fonts.clone();
        for face in typefaces {
            hasher.update(&(face.len() as u64).to_le_bytes()).update(&face);
            fonts.extend(Font::iter(Bytes::new(face)));
        }
        let coverage = Coverage::of(&fonts);
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { fonts, book, layouts, coverage, key: hasher.finalize() }
    }

    /// Returns the characters that some typeface can show.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// Returns whether the theme has this layout.
    pub fn has_layout(&self, name: &str) -> bool {
        self.layouts.contains_key(&file_id(name))
    }

    /// Returns the hash of all that its documents share: layouts, typefaces, versions.
    pub fn key(&self) -> Vec<u8> {
        self.key.as_bytes().to_vec()
    }

    /// Compiles a document and prints it as PDF.
    pub fn pdf(self: &Arc<Self>, input: Input, standards: Standards) -> Result<Printed, Refusal> {
        self.on_worker(input, move |world, document, warnings| {
            let options = PdfOptions {
                standards: standards.list(),
                creator: Smart::Custom(Some("essaim".to_owned())),
                timestamp: Datetime::from_ymd(2000, 1, 1).map(Timestamp::new_utc),
                ..PdfOptions::default()
            };
            let bytes = typst_pdf::pdf(document, &options).map_err(|errors| world.faults(&errors))?;
            Ok(Printed { bytes, pages: document.pages().len(), warnings: world.faults(warnings) })
        })
    }

    /// Compiles a document and paints its first page, which nothing shows through, as PNG.
    pub fn png(self: &Arc<Self>, input: Input, pixels_per_point: f64) -> Result<Vec<u8>, Refusal> {
        self.on_worker(input, move |_, document, _| {
            let options =
                typst_render::RenderOptions { pixel_per_pt: Scalar::new(pixels_per_point), render_bleed: false };
            let page = document.pages().first().ok_or_else(|| vec![Fault::plain("the document has no page")])?;
            let painted = typst_render::render(page, &options);
            let pixels = crate::assets::png(painted.data(), painted.width(), painted.height());
            pixels.ok_or_else(|| vec![Fault::plain("the picture cannot be encoded")])
        })
    }

    /// Compiles a document and returns the text of its pages, line after line as laid out.
    pub fn text(self: &Arc<Self>, input: Input) -> Result<Vec<String>, Refusal> {
        self.on_worker(input, |_, document, _| {
            Ok(document
                .pages()
                .iter()
                .map(|page| {
                    let mut text = String::new();
                    read(&page.frame, &mut text);
                    text
                })
                .collect())
        })
    }

    /// Runs Typst; once more, with plainer lines, when it panics: its search for the best lines gives up on some odd texts.
    fn on_worker<T: Send + 'static>(
        self: &Arc<Self>,
        input: Input,
        finish: impl Fn(&Document, &PagedDocument, &[SourceDiagnostic]) -> Result<T, Vec<Fault>> + Send + Sync + 'static,
    ) -> Result<T, Refusal> {
        let finish = Arc::new(finish);
        let attempt = |lines: Lines, input: Input| {
            let world = Document::new(Arc::clone(self), input, lines);
            let finish = Arc::clone(&finish);
            worker::run(move || {
                let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
                let made = match output {
                    Ok(document) => finish(&world, &document, &warnings),
                    Err(errors) => Err(world.faults(&errors)),
                };
                forget();
                made
            })
        };
        let made = match attempt(Lines::Best, input.clone()) {
            Err(Failed::Panicked) => attempt(Lines::Plain, input),
            made => made,
        };
        made.map_err(Refusal::Failed)?.map_err(Refusal::Faults)
    }
}

impl Standards {
    fn list(&self) -> PdfStandards {
        let wanted: &[PdfStandard] = match (self.accessible, self.archive) {
            (true, true) => &[PdfStandard::A_2a, PdfStandard::Ua_1],
            (true, false) => &[PdfStandard::Ua_1],
            (false, true) => &[PdfStandard::A_2a],
            (false, false) => &[PdfStandard::V_1_7],
        };
        PdfStandards::new(wanted).expect("PDF/UA-1 and PDF/A-2a are both made of PDF 1.7")
    }
}

impl Fault {
    fn plain(message: &str) -> Self {
        Self { layout: None, range: None, message: message.to_owned() }
    }
}

fn forget() {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    if MADE.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
        typst::comemo::evict(1);
    }
}

fn read(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                read(&group.frame, text);
                if !text.ends_with('\n') {
                    text.push('\n');
                }
            }
            FrameItem::Text(item) => text.push_str(&item.text),
            FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}
