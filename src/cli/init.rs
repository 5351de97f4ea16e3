//! `essaim init`: a small complete site, ready to change.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use crate::diag::Diagnostic;
use crate::{refusal, say};

use super::ui::{Exit, Ui};

/// The site, in parts that may be left out.
static PARTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init");

/// Crée un petit site complet, prêt à modifier
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Dossier à créer
    #[arg(value_name = "DOSSIER")]
    folder: PathBuf,
    /// Un kit et ses premières fiches
    #[arg(long)]
    kit: bool,
    /// Des récits de territoires
    #[arg(long = "recits")]
    stories: bool,
    /// Une lettre d’information et son premier numéro
    #[arg(long = "lettre")]
    letter: bool,
}

impl InitArgs {
    /// Makes the site in a folder that is new or empty.
    pub fn run(self, ui: &Ui) -> Exit {
        let shown = self.folder.display();
        if fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.next().is_some()) {
            ui.alone(
                &Diagnostic::error(
                    "E0917",
                    say!("le dossier « {shown} » n’est pas vide", "the folder “{shown}” is not empty"),
                )
                .help(say!("donnez le nom d’un dossier nouveau ou vide", "give the name of a new or empty folder")),
            );
            return Exit::Usage;
        }
        let asked: Vec<&str> = [("kit", self.kit), ("recits", self.stories), ("lettre", self.letter)]
            .into_iter()
            .filter_map(|(part, asked)| asked.then_some(part))
            .collect();
        // Nothing asked for means everything: it is easier to take away than to guess.
        let parts = if asked.is_empty() { vec!["kit", "recits", "lettre"] } else { asked };
        match write(&self.folder, &parts) {
            Ok(()) => {
                ui.say(&say!(
                    "Le site est dans « {shown} ». Pour le voir :\n  cd {shown}\n  essaim serve --open",
                    "The site is in “{shown}”. To see it:\n  cd {shown}\n  essaim serve --open"
                ));
                Exit::Done
            }
            Err(error) => {
                let why = refusal::reason(&error);
                let (fr, en) = (why.fr, why.en);
                ui.alone(&Diagnostic::error(
                    "E0911",
                    say!("« {shown} » n’a pas pu être écrit : {fr}", "“{shown}” could not be written: {en}"),
                ));
                Exit::System
            }
        }
    }
}

fn write(folder: &Path, parts: &[&str]) -> io::Result<()> {
    for part in ["base"].iter().chain(parts) {
        let files = PARTS.get_dir(part).expect("every part has its folder");
        copy(files, part, folder, parts)?;
    }
    Ok(())
}

fn copy(from: &Dir<'_>, part: &str, folder: &Path, parts: &[&str]) -> io::Result<()> {
    for entry in from.entries() {
        match entry {
            DirEntry::Dir(inside) => copy(inside, part, folder, parts)?,
            DirEntry::File(file) => {
                let path = file.path().strip_prefix(part).unwrap_or(file.path());
                // A name that begins with a dot would be taken for a file of this project.
                let path = if path == Path::new("gitignore") { Path::new(".gitignore") } else { path };
                let place = folder.join(path);
                place.parent().map_or(Ok(()), fs::create_dir_all)?;
                let text = file.contents_utf8().expect("the parts are texts");
                fs::File::create_new(place)?.write_all(chosen(text, parts).as_bytes())?;
            }
        }
    }
    Ok(())
}

/// Keeps the lines of the parts that were chosen: `%kit …` only goes with the kit.
fn chosen(text: &str, parts: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let marked = line.strip_prefix('%').and_then(|rest| rest.split_once(' '));
        match marked {
            Some((part, rest)) if parts.contains(&part) => out.push_str(rest.trim_end()),
            Some(_) => continue,
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}
