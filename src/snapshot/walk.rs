//! What stands in a folder: files worth reading, and what is left out, said or unsaid.
#![allow(clippy::disallowed_methods, reason = "the snapshot is the only reader of sources")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use crate::diag::{Diagnostic, FilePath};
use crate::{refusal, say};

/// Folders deeper than this are a mistake, or a trap.
const DEEPEST: usize = 32;

/// A file to read.
pub(super) struct Found {
    pub path: FilePath,
    /// Where it is on the disk, when that is not simply the path under the root.
    pub disk: Option<PathBuf>,
}

/// What a walk found.
#[derive(Default)]
pub(super) struct Walk {
    pub files: Vec<Found>,
    pub said: Vec<Diagnostic>,
    /// A symbolic link was met: a change may then come from outside the folder that was walked.
    pub links: bool,
}

/// Walks one file or folder, named from the root.
pub(super) fn walk(root: &Path, name: &str) -> Walk {
    let mut walk = Walk::default();
    let mut walker =
        Walker { root, real_root: fs::canonicalize(root).unwrap_or_else(|_| root.to_owned()), walk: &mut walk };
    let disk = root.join(name);
    walker.entry(&disk, FilePath::new(nfc(name)), false, &mut Vec::new());
    walk
}

/// Returns the text in Unicode NFC, the form in which paths are compared.
pub(crate) fn nfc(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// Returns whether an editor, a system or a synchroniser made this, and never a writer.
pub(crate) fn is_junk(name: &str) -> bool {
    const WHOLE: [&str; 7] = ["thumbs.db", "desktop.ini", "icon\r", "4913", "__macosx", "node_modules", "ehthumbs.db"];
    const ENDS: [&str; 8] = ["~", ".swp", ".swo", ".swx", ".tmp", ".part", ".crdownload", ".essaim-tmp"];
    const PUBLISHED: [&str; 4] = [".well-known", ".htaccess", ".nojekyll", ".domains"];
    let lower = name.to_lowercase();
    (lower.starts_with('.') && !PUBLISHED.contains(&lower.as_str()))
        || lower.starts_with("~$")
        || lower.starts_with('#') && lower.ends_with('#')
        || WHOLE.contains(&lower.as_str())
        || ENDS.iter().any(|end| lower.ends_with(end))
}

/// Returns whether publishing this would give away a secret: left out, and said.
fn is_secret(name: &str) -> bool {
    const WHOLE: [&str; 9] =
        [".htpasswd", ".netrc", ".npmrc", ".pgpass", ".git-credentials", "id_rsa", "id_ed25519", "id_ecdsa", "id_dsa"];
    const ENDS: [&str; 5] = [".pem", ".key", ".p12", ".pfx", ".kdbx"];
    let lower = name.to_lowercase();
    lower == ".env"
        || lower.starts_with(".env.")
        || WHOLE.contains(&lower.as_str())
        || ENDS.iter().any(|end| lower.ends_with(end))
}

struct Walker<'a> {
    root: &'a Path,
    real_root: PathBuf,
    walk: &'a mut Walk,
}

impl Walker<'_> {
    /// Takes one name of a folder; `moved` says that the disk path is not the written one.
    fn entry(&mut self, disk: &Path, path: FilePath, moved: bool, above: &mut Vec<PathBuf>) {
        let kind = match fs::symlink_metadata(disk) {
            Ok(metadata) => metadata.file_type(),
            // Removed since its folder was listed, or never there: nothing to read.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.walk.said.push(unreadable(&path, &error)),
        };
        self.typed(disk, path, kind, moved, above);
    }

    fn typed(&mut self, disk: &Path, path: FilePath, kind: fs::FileType, moved: bool, above: &mut Vec<PathBuf>) {
        if kind.is_symlink() {
            self.link(disk, path, above);
        } else if kind.is_dir() {
            self.folder(disk, path, moved, above);
        } else if kind.is_file() {
            self.walk.files.push(Found { disk: moved.then(|| disk.to_owned()), path });
        } else {
            self.walk.said.push(special(&path));
        }
    }

    fn link(&mut self, disk: &Path, path: FilePath, above: &mut Vec<PathBuf>) {
        self.walk.links = true;
        let real = match fs::canonicalize(disk) {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return self.walk.said.push(dangling(&path)),
            Err(_) => return self.walk.said.push(circular(&path)),
        };
        let inside = real.strip_prefix(&self.real_root).is_ok_and(|rest| {
            rest.components()
                .all(|part| part.as_os_str().to_str().is_some_and(|name| !is_junk(name) && !is_secret(name)))
        });
        if !inside {
            return self.walk.said.push(outside(&path));
        }
        if above.contains(&real) || self.real_root.starts_with(&real) {
            return self.walk.said.push(circular(&path));
        }
        match fs::metadata(&real) {
            Ok(metadata) => self.typed(&real, path, metadata.file_type(), true, above),
            Err(error) => self.walk.said.push(unreadable(&path, &error)),
        }
    }

    fn folder(&mut self, disk: &Path, path: FilePath, moved: bool, above: &mut Vec<PathBuf>) {
        if matches!(path.extension(), "md" | "yaml" | "toml") {
            return self.walk.said.push(folder_not_file(&path));
        }
        if above.len() >= DEEPEST {
            return self.walk.said.push(too_deep(&path));
        }
        let entries = match fs::read_dir(disk) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return,
            Err(error) => return self.walk.said.push(unreadable(&path, &error)),
        };
        // A folder met again below itself is a circle; real paths are compared only where links may lead.
        above.push(if moved {
            disk.to_owned()
        } else {
            self.real_root.join(disk.strip_prefix(self.root).unwrap_or(disk))
        });
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.walk.said.push(unreadable(&path, &error));
                    break;
                }
            };
            let name = entry.file_name();
            let Some(written) = name.to_str() else {
                self.walk.said.push(unreadable_name(&path, &name.to_string_lossy()));
                continue;
            };
            let normal = nfc(written);
            let inside = FilePath::new(format!("{path}/{normal}"));
            if is_secret(written) {
                self.walk.said.push(secret(&inside));
            } else if !is_junk(written) {
                let moved = moved || normal != written;
                match entry.file_type() {
                    Ok(kind) => self.typed(&entry.path(), inside, kind, moved, above),
                    Err(_) => self.entry(&entry.path(), inside, moved, above),
                }
            }
        }
        above.pop();
    }
}

/// Says that a file or folder could not be read.
pub(super) fn unreadable(path: &FilePath, error: &io::Error) -> Diagnostic {
    let why = refusal::reason(error);
    let message = crate::diag::Said {
        fr: format!("« {path} » n’a pas pu être lu : {}", why.fr),
        en: format!("“{path}” could not be read: {}", why.en),
    };
    Diagnostic::error("E0901", message).in_file(path).help(say!(
        "vérifiez les droits du fichier ; s’il est dans OneDrive, Dropbox ou Nextcloud, téléchargez-le d’abord sur ce poste",
        "check the file’s rights; if it is in OneDrive, Dropbox or Nextcloud, download it to this computer first"
    ))
}

fn special(path: &FilePath) -> Diagnostic {
    Diagnostic::warning(
        "A0902",
        say!(
            "« {path} » n’est ni un fichier ni un dossier : il est ignoré",
            "“{path}” is neither a file nor a folder: it is left out"
        ),
    )
    .in_file(path)
}

fn outside(path: &FilePath) -> Diagnostic {
    Diagnostic::warning(
        "A0901",
        say!(
            "le lien symbolique « {path} » mène hors du site : il n’est pas suivi",
            "the symbolic link “{path}” leads outside the site: it is not followed"
        ),
    )
    .in_file(path)
    .help(say!("copiez le fichier à cette place", "copy the file to this place"))
}

fn dangling(path: &FilePath) -> Diagnostic {
    Diagnostic::warning(
        "A0901",
        say!("le lien symbolique « {path} » ne mène nulle part", "the symbolic link “{path}” leads nowhere"),
    )
    .in_file(path)
    .help(say!("supprimez-le, ou copiez le fichier à cette place", "delete it, or copy the file to this place"))
}

fn circular(path: &FilePath) -> Diagnostic {
    Diagnostic::warning(
        "A0901",
        say!(
            "le lien symbolique « {path} » tourne en rond : il n’est pas suivi",
            "the symbolic link “{path}” runs in a circle: it is not followed"
        ),
    )
    .in_file(path)
    .help(say!("supprimez ce lien", "delete this link"))
}

fn secret(path: &FilePath) -> Diagnostic {
    Diagnostic::warning(
        "A0905",
        say!(
            "« {path} » contient sans doute un secret : il n’est pas publié",
            "“{path}” probably holds a secret: it is not published"
        ),
    )
    .in_file(path)
    .help(say!("rangez-le hors du dossier du site", "keep it outside the site’s folder"))
}

fn folder_not_file(path: &FilePath) -> Diagnostic {
    Diagnostic::error(
        "E0906",
        say!("« {path} » est un dossier, un fichier est attendu", "“{path}” is a folder where a file is expected"),
    )
    .in_file(path)
    .help(say!("renommez le dossier sans son point", "rename the folder without its dot"))
}

fn too_deep(path: &FilePath) -> Diagnostic {
    Diagnostic::error(
        "E0909",
        say!(
            "les dossiers s’emboîtent sur plus de {DEEPEST} niveaux à partir de « {path} »",
            "folders are nested over {DEEPEST} levels deep at “{path}”"
        ),
    )
    .in_file(path)
    .help(say!("rapprochez ces dossiers de « content »", "move these folders nearer to “content”"))
}

fn unreadable_name(folder: &FilePath, shown: &str) -> Diagnostic {
    Diagnostic::error(
        "E0907",
        say!(
            "le nom du fichier « {shown} » dans « {folder} » contient des caractères illisibles",
            "the name of the file “{shown}” in “{folder}” holds unreadable characters"
        ),
    )
    .in_file(folder)
    .help(say!("renommez ce fichier", "rename this file"))
}
