//! The pictures of a document: what they come from, their names in it, and their bytes when it must be made.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use ecow::{EcoString, eco_format};

use super::glyphs::{Coverage, Lost};
use crate::assets;
use crate::diag::{Diagnostic, FilePath};
use crate::emit::Cx;

/// The widest picture that print needs: 17 cm at 240 dots an inch.
const WIDTH: u32 = 1600;

/// The pictures of one document, by the names that its markup uses.
#[derive(Debug, Default)]
pub struct Pictures {
    sources: BTreeMap<EcoString, Source>,
    names: BTreeMap<FilePath, EcoString>,
}

#[derive(Debug)]
enum Source {
    /// A file of the content.
    File(FilePath),
    /// A drawing made by the program.
    Drawing(String),
}

impl Pictures {
    /// Adds a file of the content; returns its name in the document, or nothing when print cannot show it.
    pub fn file(&mut self, file: &FilePath) -> Option<EcoString> {
        if let Some(name) = self.names.get(file) {
            return Some(name.clone());
        }
        let extension = match file.extension().to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" => "jpg",
            "png" => "png",
            "webp" => "webp",
            "gif" => "gif",
            "svg" => "svg",
            _ => return None,
        };
        let name = self.name(extension);
        self.names.insert(file.clone(), name.clone());
        self.sources.insert(name.clone(), Source::File(file.clone()));
        Some(name)
    }

    /// Adds a drawing made by the program.
    pub fn drawing(&mut self, svg: String) -> EcoString {
        let same = self.sources.iter().find(|(_, source)| matches!(source, Source::Drawing(known) if *known == svg));
        if let Some((name, _)) = same {
            return name.clone();
        }
        let name = self.name("svg");
        self.sources.insert(name.clone(), Source::Drawing(svg));
        name
    }

    fn name(&self, extension: &str) -> EcoString {
        eco_format!("image-{}.{extension}", self.sources.len() + 1)
    }

    /// Returns what the bytes of the pictures depend on, without making them.
    pub fn key(&self, cx: &Cx<'_>) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        for (name, source) in &self.sources {
            hasher.update(name.as_bytes());
            match source {
                Source::File(file) => match cx.snapshot.hash(file) {
                    Some(hash) => hasher.update(hash.as_bytes()),
                    None => hasher.update(b"-"),
                },
                Source::Drawing(svg) => hasher.update(blake3::hash(svg.as_bytes()).as_bytes()),
            };
        }
        hasher.finalize().as_bytes().to_vec()
    }

    /// Returns whether the files are still those that the key was made from: one may have been replaced meanwhile.
    pub fn are_still(&self, cx: &Cx<'_>) -> bool {
        self.sources.iter().all(|(_, source)| match source {
            Source::File(file) => cx.snapshot.bytes(file).is_some_and(|bytes| cx.snapshot.is_still(file, &bytes)),
            Source::Drawing(_) => true,
        })
    }

    /// Returns the bytes of every picture, no larger than print needs.
    pub fn load(&self, cx: &Cx<'_>, coverage: &Coverage) -> Result<BTreeMap<EcoString, Arc<[u8]>>, Box<Diagnostic>> {
        self.sources
            .iter()
            .map(|(name, source)| {
                let bytes: Arc<[u8]> = match source {
                    Source::File(file) if name.ends_with(".svg") => {
                        let bytes = assets::copy(cx.snapshot, file)?;
                        match std::str::from_utf8(&bytes) {
                            Ok(svg) => settled(svg, coverage, &mut |_| {}).into_owned().into_bytes().into(),
                            Err(_) => bytes.into(),
                        }
                    }
                    Source::File(file) if name.ends_with(".gif") => assets::copy(cx.snapshot, file)?.into(),
                    Source::File(file) => assets::shrunk(cx.snapshot, cx.memos, file, WIDTH)?.into(),
                    Source::Drawing(svg) => svg.as_bytes().into(),
                };
                Ok((name.clone(), bytes))
            })
            .collect()
    }
}

/// Returns a drawing whose words can be shown: the characters that no typeface holds are replaced, and told to `lost`.
pub fn settled<'s>(svg: &'s str, coverage: &Coverage, lost: &mut impl FnMut(Lost)) -> Cow<'s, str> {
    let svg = if svg.contains("&#") { Cow::Owned(plain_characters(svg)) } else { Cow::Borrowed(svg) };
    if svg.is_ascii() {
        return svg;
    }
    match coverage.settle(&svg, lost) {
        Cow::Borrowed(_) => svg,
        Cow::Owned(text) => Cow::Owned(text),
    }
}

/// Writes as themselves the characters beyond ASCII that XML gives by number.
fn plain_characters(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let character = end.and_then(|end| {
            let number = &rest[2..end];
            let code = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|character| !character.is_ascii())
        });
        let (text, length) = match (character, end) {
            (Some(character), Some(end)) => (character, end + 1),
            _ => ('&', 1),
        };
        out.push(text);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Draws the code that telephones read, one path of black squares.
pub fn qr(address: &str) -> Option<String> {
    use std::fmt::Write as _;
    let code = qrcode::QrCode::with_error_correction_level(address, qrcode::EcLevel::M).ok()?;
    let side = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(side).enumerate() {
        let mut at = 0;
        while at < side {
            let run = line[at..].iter().take_while(|color| **color == qrcode::Color::Dark).count();
            if run > 0 {
                write!(path, "M{at} {row}h{run}v1h-{run}z").expect("writing to a String cannot fail");
            }
            at += run.max(1);
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}
