//! The files of the content that pages show or offer: published once each, beside the pages.

use std::collections::BTreeMap;

use crate::assets;
use crate::content::address;
use crate::diag::{Diagnostic, FilePath, Report};
use crate::memo::Memos;
use crate::say;
use crate::site::{Asset, AssetId, Page};
use crate::snapshot::Snapshot;
use crate::urls::Url;

use super::resolve;

/// The files to publish, as they are found.
pub(super) struct Files<'a> {
    snapshot: &'a Snapshot,
    memos: &'a Memos,
    known: BTreeMap<FilePath, AssetId>,
    list: Vec<Asset>,
}

impl<'a> Files<'a> {
    /// Starts with no file.
    pub(super) fn new(snapshot: &'a Snapshot, memos: &'a Memos) -> Self {
        Self { snapshot, memos, known: BTreeMap::new(), list: Vec::new() }
    }

    /// Publishes a file that exists, once.
    pub(super) fn publish(&mut self, source: FilePath) -> AssetId {
        if let Some(id) = self.known.get(&source) {
            return *id;
        }
        let id = AssetId(u32::try_from(self.list.len()).expect("a site has fewer than four billion files"));
        let url = Url::new(format!("{}{}", address::folder_url(source.folder()), file_name(source.name())));
        let size = self.snapshot.size(&source).unwrap_or_default();
        let pixels = assets::is_image(&source).then(|| assets::pixels(self.snapshot, &source, self.memos)).flatten();
        self.list.push(Asset { id, source: source.clone(), url, size, pixels });
        self.known.insert(source, id);
        id
    }

    /// Publishes the image and the laid-out PDF that a front matter names.
    pub(super) fn of_front_matter(&mut self, page: &Page, report: &mut Report) -> (Option<AssetId>, Option<AssetId>) {
        let image = page.fields.map("image").and_then(|image| {
            let file = image.text("fichier")?;
            let span = image.span("fichier").unwrap_or_default();
            if image.text("alt").is_none() {
                report.push(
                    Diagnostic::error(
                        "E0601",
                        say!(
                            "l’image de la page n’a pas de texte de remplacement",
                            "the page’s image has no alternative text"
                        ),
                    )
                    .at(&page.source, span)
                    .help(say!(
                        "ajoutez « alt: … » sous « image: » : ce que montre l’image, en une phrase",
                        "add “alt: …” under “image:”: what the image shows, in a sentence"
                    )),
                );
            }
            let said = say!("« {file} » n’est pas une image", "“{file}” is not a picture");
            let help = say!(
                "donnez le nom d’une image : jpg, png, webp, avif, gif ou svg",
                "give the name of a picture: jpg, png, webp, avif, gif or svg"
            );
            let wrong = Diagnostic::error("E0414", said).at(&page.source, span).help(help);
            self.named(page, file, span, report).filter(|id| self.is(*id, assets::is_image, wrong, report))
        });
        let pdf = page.fields.text("pdf").and_then(|file| {
            let span = page.fields.span("pdf").unwrap_or_default();
            let said = say!("« {file} » n’est pas un PDF", "“{file}” is not a PDF");
            let help = say!(
                "donnez le nom d’un fichier qui finit par « .pdf » ; pour un autre document, employez :::telechargement",
                "give the name of a file that ends in “.pdf”; for another document, use :::telechargement"
            );
            let wrong = Diagnostic::error("E0414", said).at(&page.source, span).help(help);
            let is_pdf = |file: &FilePath| file.extension().eq_ignore_ascii_case("pdf");
            self.named(page, file, span, report).filter(|id| self.is(*id, is_pdf, wrong, report))
        });
        (image, pdf)
    }

    /// Returns whether a file is what is needed, and says it when it is not.
    fn is(&self, id: AssetId, fits: impl Fn(&FilePath) -> bool, wrong: Diagnostic, report: &mut Report) -> bool {
        let fits = fits(&self.list[id.0 as usize].source);
        if !fits {
            report.push(wrong);
        }
        fits
    }

    fn named(&mut self, page: &Page, file: &str, span: crate::diag::Span, report: &mut Report) -> Option<AssetId> {
        let found = resolve::resolve_path(page.source.folder(), file).filter(|path| self.snapshot.size(path).is_some());
        match found {
            Some(path) => Some(self.publish(path)),
            None => {
                let folder = format!("{}/", page.source.folder());
                report.push(
                    Diagnostic::error(
                        "E0306",
                        say!(
                            "le fichier « {file} » n’existe pas à côté de la page",
                            "there is no file “{file}” beside the page"
                        ),
                    )
                    .at(&page.source, span)
                    .help(say!(
                        "déposez-le dans « {folder} » ou corrigez son nom",
                        "put it in “{folder}” or mend its name"
                    )),
                );
                None
            }
        }
    }

    /// Returns the files, in the order of their numbers; those that are not what their name says are told.
    pub(super) fn done(self, report: &mut Report) -> Vec<Asset> {
        report.diagnostics.extend(self.list.iter().filter(|asset| is_misnamed(asset)).map(misnamed));
        self.list
    }
}

/// Returns whether a file has the name of a photograph and is none that can be read.
fn is_misnamed(asset: &Asset) -> bool {
    let extension = asset.source.extension().to_ascii_lowercase();
    asset.pixels.is_none() && matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp")
}

fn misnamed(asset: &Asset) -> Diagnostic {
    let name = asset.source.name();
    let message = if asset.size == 0 {
        say!("« {name} » est un fichier vide", "“{name}” is an empty file")
    } else {
        say!("« {name} » n’est pas une image lisible", "“{name}” is not a readable image")
    };
    Diagnostic::warning("A0602", message).in_file(&asset.source).help(say!(
        "copiez-le de nouveau depuis l’original ; publié tel quel, il ne s’affichera pas",
        "copy it again from the original; published as it is, it will not show"
    ))
}

/// Returns a name for the web: the slug of the stem, the ending in lower case.
fn file_name(name: &str) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let slug = address::portable(crate::french::slug(stem).unwrap_or_else(|| "fichier".to_owned()));
    if extension.is_empty() { slug } else { format!("{slug}.{}", extension.to_ascii_lowercase()) }
}
