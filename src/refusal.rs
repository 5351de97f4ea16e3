//! What the operating system refused, in words a writer knows.

use std::io;

use crate::diag::Said;
use crate::french::{self, Lang, Units};
use crate::say;

/// Returns why the system refused, as a clause that follows a colon: « le disque est plein ».
pub fn reason(error: &io::Error) -> Said {
    match error.kind() {
        io::ErrorKind::NotFound => say!("il n’existe pas", "it does not exist"),
        io::ErrorKind::PermissionDenied => say!("vos droits ne le permettent pas", "your rights do not allow it"),
        io::ErrorKind::StorageFull => say!("le disque est plein", "the disk is full"),
        io::ErrorKind::QuotaExceeded => say!("votre quota de disque est atteint", "your disk quota is reached"),
        io::ErrorKind::FileTooLarge => {
            say!("le fichier dépasse la taille permise", "the file is over the size allowed")
        }
        io::ErrorKind::ReadOnlyFilesystem => say!("le disque est en lecture seule", "the disk is read-only"),
        io::ErrorKind::InvalidFilename => say!("le nom est trop long", "the name is too long"),
        io::ErrorKind::IsADirectory => say!("c’est un dossier", "it is a folder"),
        io::ErrorKind::NotADirectory => say!("ce n’est pas un dossier", "it is not a folder"),
        io::ErrorKind::AlreadyExists => say!("il existe déjà", "it already exists"),
        io::ErrorKind::ResourceBusy => say!("un autre programme l’utilise", "another program is using it"),
        io::ErrorKind::OutOfMemory => say!("la mémoire manque", "memory is short"),
        _ => by_number(error),
    }
}

/// Says what the standard library has no word for: the numbers are those of Linux and macOS.
fn by_number(error: &io::Error) -> Said {
    match error.raw_os_error() {
        Some(5) => say!("le disque signale une erreur", "the disk reports an error"),
        Some(23 | 24) => say!("trop de fichiers sont ouverts à la fois", "too many files are open at once"),
        Some(40) if cfg!(target_os = "linux") => {
            say!("des liens symboliques tournent en rond", "symbolic links run in a circle")
        }
        Some(number) => say!("le système a refusé (erreur {number})", "the system refused (error {number})"),
        None => say!("le système a refusé ({error})", "the system refused ({error})"),
    }
}

/// Returns a size for people, in binary units: « 720 Kio », « 1,4 Mio ».
pub fn size(bytes: u64) -> Said {
    let said = |lang| french::size(bytes, Units::Binary, lang);
    Said { fr: said(Lang::Fr), en: said(Lang::En) }
}
