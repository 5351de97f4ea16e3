//! The world of one document, for Typst: its markup, the theme's layouts, its pictures; no disk, no network, no clock.

use std::collections::HashMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World, WorldExt};

use super::engine::{BUILT_IN, Engine, Fault, Input};

/// The world of one document.
pub(super) struct Document {
    engine: Arc<Engine>,
    main: Source,
    files: HashMap<FileId, Bytes>,
    /// What its layouts are told: colour, language.
    told: Source,
}

/// How the lines of paragraphs are found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lines {
    /// Those that look best in the whole paragraph.
    Best,
    /// One after the other, each as full as it can be.
    Plain,
}

impl Document {
    /// Puts a document in the world of a theme.
    pub(super) fn new(engine: Arc<Engine>, input: Input, lines: Lines) -> Self {
        let files = input.files.into_iter().map(|(path, bytes)| (file_id(&path), Bytes::new(bytes))).collect();
        let lines = match lines {
            Lines::Best => "optimized",
            Lines::Plain => "simple",
        };
        let told = Source::new(file_id("document.typ"), format!("{}#let lignes = \"{lines}\"\n", input.told));
        Self { engine, main: Source::new(file_id("main"), input.main), files, told }
    }

    /// Returns what Typst says, at the document's own markup where it can.
    pub(super) fn faults(&self, errors: &[SourceDiagnostic]) -> Vec<Fault> {
        errors
            .iter()
            .map(|error| {
                let main = self.main.id();
                let call =
                    error.trace.iter().find(|point| point.span.id() == Some(main)).map(|point| point.span.into());
                let layout = error.span.id().filter(|id| *id != main);
                Fault {
                    layout: layout
                        .and_then(|id| Some((id.vpath().get_without_slash().to_owned(), self.range(error.span)?))),
                    range: self
                        .range(if layout.is_none() { error.span } else { call.unwrap_or(error.span) })
                        .filter(|_| layout.is_none() || call.is_some()),
                    message: error.message.to_string(),
                }
            })
            .collect()
    }
}

impl World for Document {
    fn library(&self) -> &LazyHash<Library> {
        &BUILT_IN.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.engine.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        if id == self.told.id() {
            return Ok(self.told.clone());
        }
        self.engine.layouts.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.engine.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Typst keeps at most 65,535 paths in a process: ours are few, fixed and used again by every document.
pub(super) fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("names of layouts and images hold no « .. »");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
