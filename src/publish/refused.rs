//! Why a site was not written, in French, and the exit code that says whose turn it is to act.

use std::io;
use std::path::Path;

use crate::diag::{Diagnostic, Said};
use crate::{refusal, say};

/// Why a site was not written; the old one is intact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub diagnostic: Box<Diagnostic>,
    pub exit: Exit,
}

/// Whose turn it is: the exit code of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 2: the command or the configuration asks for something that is not done.
    Usage,
    /// 3: the system refused.
    System,
}

fn usage(code: &'static str, message: Said, help: Said) -> Refused {
    Refused { diagnostic: Box::new(Diagnostic::error(code, message).help(help)), exit: Exit::Usage }
}

fn system(code: &'static str, message: Said, help: Said) -> Refused {
    Refused { diagnostic: Box::new(Diagnostic::error(code, message).help(help)), exit: Exit::System }
}

/// Why a folder may not be an output.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unfit {
    Root,
    Home,
    Sources,
    AboveSources,
    Link,
    NotFolder,
    Git,
    Foreign,
    Manifest,
}

pub(super) fn unfit(output: &Path, why: Unfit) -> Refused {
    let (fr, en) = match why {
        Unfit::Root => ("c’est la racine du disque", "it is the root of the disk"),
        Unfit::Home => ("c’est votre dossier personnel", "it is your home folder"),
        Unfit::Sources => ("c’est un dossier de sources du site", "it is a folder of the site’s sources"),
        Unfit::AboveSources => ("il contient les sources du site", "it holds the site’s sources"),
        Unfit::Link => ("c’est un lien symbolique", "it is a symbolic link"),
        Unfit::NotFolder => ("ce n’est pas un dossier", "it is not a folder"),
        Unfit::Git => ("il contient un dépôt Git", "it holds a Git repository"),
        Unfit::Foreign => {
            ("il contient des fichiers qu’essaim n’a pas faits", "it holds files that essaim did not make")
        }
        Unfit::Manifest => (
            "sa liste « .essaim/manifest.json » est abîmée et ne dit plus ce qu’essaim y a fait",
            "its list “.essaim/manifest.json” is damaged and no longer says what essaim made there",
        ),
    };
    let shown = output.display();
    usage(
        "E0910",
        say!("le site ne peut pas être écrit dans « {shown} » : {fr}", "the site cannot be written to “{shown}”: {en}"),
        say!(
            "choisissez avec « --output » un dossier nouveau ou vide ; rien n’a été touché",
            "choose a new or empty folder with “--output”; nothing was touched"
        ),
    )
}

/// Says that the system refused a writing; `needed` is what the whole site weighs, when it is known.
pub(super) fn not_written(output: &Path, file: Option<&str>, error: &io::Error, needed: u64) -> Refused {
    let shown = file.map_or_else(|| output.display().to_string(), str::to_owned);
    let why = refusal::reason(error);
    let message = Said {
        fr: format!("« {shown} » n’a pas pu être écrit : {}", why.fr),
        en: format!("“{shown}” could not be written: {}", why.en),
    };
    let help = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded if needed > 0 => {
            let size = refusal::size(needed);
            let (fr, en) = (size.fr, size.en);
            say!(
                "le site précédent est intact ; il faut environ {fr} libres pour écrire le nouveau à côté",
                "the previous site is intact; about {en} free are needed to write the new one beside it"
            )
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => say!(
            "le site précédent est intact ; libérez de la place sur ce disque, puis recommencez",
            "the previous site is intact; free some space on this disk, then try again"
        ),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => say!(
            "le site précédent est intact ; choisissez un autre dossier avec « --output », ou demandez le droit d’écrire dans celui-ci",
            "the previous site is intact; choose another folder with “--output”, or ask for the right to write to this one"
        ),
        _ => say!(
            "le site précédent est intact ; réglez ce point, puis recommencez",
            "the previous site is intact; settle this, then try again"
        ),
    };
    system("E0911", message, help)
}

pub(super) fn busy(output: &Path, holder: Option<u32>) -> Refused {
    let shown = output.display();
    let (fr, en) = match holder {
        Some(pid) => (format!(" (processus {pid})"), format!(" (process {pid})")),
        None => (String::new(), String::new()),
    };
    system(
        "E0912",
        say!(
            "une autre construction écrit déjà dans « {shown} »{fr}",
            "another build is already writing to “{shown}”{en}"
        ),
        say!("attendez qu’elle finisse, puis recommencez", "wait until it ends, then try again"),
    )
}

pub(super) fn twice(file: &str) -> Refused {
    usage(
        "E0913",
        say!("deux pages veulent le même fichier « {file} »", "two pages want the same file “{file}”"),
        say!("donnez à l’une des deux un autre nom", "give one of them another name"),
    )
}

pub(super) fn bad_name(file: &str) -> Refused {
    usage(
        "E0913",
        say!(
            "« {file} » n’est pas un nom de fichier permis dans un site",
            "“{file}” is not a file name allowed in a site"
        ),
        say!("renommez la page ou le fichier qui porte ce nom", "rename the page or the file that bears this name"),
    )
}

pub(super) fn in_the_way(file: &str) -> Refused {
    usage(
        "E0914",
        say!(
            "« {file} » est déjà dans le dossier du site, et ce n’est pas essaim qui l’y a mis",
            "“{file}” is already in the site’s folder, and essaim did not put it there"
        ),
        say!(
            "déplacez ce fichier dans « static » s’il doit être publié, sinon ailleurs ; rien n’a été touché",
            "move this file to “static” if it is to be published, else elsewhere; nothing was touched"
        ),
    )
}
