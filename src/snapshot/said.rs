//! What is said of the files themselves: names that are confused, files too large, gone or missing.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::{File, LARGEST};
use crate::diag::{Diagnostic, FilePath};
use crate::{refusal, say};

/// Reports files that some systems cannot keep apart.
pub(super) fn same_names(files: &[Arc<File>]) -> Vec<Diagnostic> {
    let mut seen: HashMap<String, &FilePath> = HashMap::with_capacity(files.len());
    let mut said = Vec::new();
    for file in files {
        if let Some(first) = seen.insert(file.path.as_str().to_lowercase(), &file.path) {
            said.push(same_name(&file.path, first));
        }
    }
    said
}

pub(super) fn same_name(path: &FilePath, first: &FilePath) -> Diagnostic {
    Diagnostic::error(
        "E0905",
        say!(
            "« {path} » et « {first} » ne diffèrent que par des majuscules",
            "“{path}” and “{first}” differ only by capital letters"
        ),
    )
    .in_file(path)
    .help(say!(
        "renommez l’un des deux : Windows et macOS les confondent",
        "rename one of them: Windows and macOS cannot tell them apart"
    ))
}

pub(super) fn twin(path: &FilePath, first: &FilePath) -> Diagnostic {
    Diagnostic::error(
        "E0905",
        say!(
            "deux fichiers portent le nom « {first} », avec des accents codés de deux façons",
            "two files bear the name “{first}”, with accents coded in two ways"
        ),
    )
    .in_file(path)
    .help(say!("supprimez ou renommez l’un des deux", "delete or rename one of them"))
}

pub(super) fn too_large(path: &FilePath, bytes: u64) -> Diagnostic {
    let (size, largest) = (refusal::size(bytes), refusal::size(LARGEST));
    let message = crate::diag::Said {
        fr: format!("« {path} » pèse {} : au-delà de {}, un texte n’est pas lu", size.fr, largest.fr),
        en: format!("“{path}” weighs {}: text over {} is not read", size.en, largest.en),
    };
    Diagnostic::error("E0903", message).in_file(path).help(say!(
        "partagez-le en plusieurs pages, ou sortez-en les images collées dans le texte",
        "split it into several pages, or take out the images pasted into the text"
    ))
}

pub(super) fn vanished(path: &FilePath) -> Diagnostic {
    Diagnostic::warning("A0906", say!("« {path} » a disparu pendant la lecture", "“{path}” vanished while it was read"))
        .in_file(path)
        .help(say!("relancez la commande s’il est revenu", "run the command again if it is back"))
}

pub(super) fn no_root(root: &Path) -> Diagnostic {
    if root.is_file() {
        let folder = root.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let (root, folder) = (root.display(), folder.display());
        return Diagnostic::error(
            "E0908",
            say!(
                "« {root} » est un fichier, et non le dossier d’un site",
                "“{root}” is a file, not the folder of a site"
            ),
        )
        .help(say!(
            "donnez le dossier qui le contient : « --root {folder} »",
            "give the folder that holds it: “--root {folder}”"
        ));
    }
    let root = root.display();
    Diagnostic::error("E0908", say!("le dossier « {root} » n’existe pas", "the folder “{root}” does not exist")).help(
        say!(
            "indiquez le dossier du site avec « --root », ou créez-en un avec « essaim init »",
            "give the site’s folder with “--root”, or make one with “essaim init”"
        ),
    )
}
