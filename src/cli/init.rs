//! `essaim init`: a small complete site, ready to change.

use std::fs;
use std::io::{self, BufRead as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use crate::diag::Diagnostic;
use crate::{say, theme};

use super::ui::{Exit, Ui};

/// The site, in parts that may be left out.
static PARTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init");

/// What a site may be made of, in the order of the question.
const CHOICES: [&str; 3] = ["kit", "recits", "lettre"];

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
    /// Tout : un kit, des récits et une lettre
    #[arg(long = "tout")]
    all: bool,
    /// Thème : essaim, sobre (texte seul) ou collectivite (aux couleurs de la commune)
    #[arg(long, value_name = "THÈME", default_value = "essaim", hide_default_value = true)]
    theme: String,
}

/// Says whether an entry of a folder is more than what a system leaves there unseen.
fn is_content(entry: std::io::Result<fs::DirEntry>) -> bool {
    entry.is_ok_and(|entry| !matches!(entry.file_name().to_str(), Some(".DS_Store" | "Thumbs.db" | "desktop.ini")))
}

impl InitArgs {
    /// Makes the site in a folder that is new or empty.
    pub fn run(self, ui: &Ui) -> Exit {
        let shown = self.folder.display();
        if fs::read_dir(&self.folder).is_ok_and(|mut entries| entries.any(is_content)) {
            ui.alone(
                &Diagnostic::error(
                    "E0917",
                    say!("le dossier « {shown} » n’est pas vide", "the folder “{shown}” is not empty"),
                )
                .help(say!("donnez le nom d’un dossier nouveau ou vide", "give the name of a new or empty folder")),
            );
            return Exit::Usage;
        }
        if !theme::names().any(|name| name == self.theme) {
            let (theme, known) = (&self.theme, theme::names().collect::<Vec<_>>().join(", "));
            ui.alone(
                &Diagnostic::error(
                    "E0505",
                    say!("le thème « {theme} » n’existe pas", "the theme “{theme}” does not exist"),
                )
                .help(say!("les thèmes du programme sont : {known}", "the themes of the program are: {known}"))
                .help_near(theme, theme::names()),
            );
            return Exit::Usage;
        }
        let mut parts = self.chosen(ui);
        parts.push(&self.theme);
        match write(&self.folder, &parts) {
            Ok(()) => {
                let shown = shown.to_string();
                let typed = if shown.contains(|c: char| c.is_whitespace() || "'&;()$`*?[]<>|!".contains(c)) {
                    format!("\"{shown}\"")
                } else {
                    shown.clone()
                };
                ui.say(&say!(
                    "Le site est dans « {shown} ». Pour le voir :\n  cd {typed}\n  essaim serve --open",
                    "The site is in “{shown}”. To see it:\n  cd {typed}\n  essaim serve --open"
                ));
                Exit::Done
            }
            Err(error) => ui.not_written(&shown.to_string(), &error),
        }
    }
}

impl InitArgs {
    /// Returns the parts that the flags name, else those of the answer: everything when nobody is there to answer.
    fn chosen(&self, ui: &Ui) -> Vec<&str> {
        let named = [self.kit, self.stories, self.letter];
        let asked: Vec<&str> = CHOICES.into_iter().zip(named).filter_map(|(part, is)| is.then_some(part)).collect();
        if self.all {
            return CHOICES.to_vec();
        }
        if !asked.is_empty() {
            return asked;
        }
        if !ui.is_answered() {
            return CHOICES.to_vec();
        }
        ui.say(&say!(
            "Que souhaitez-vous publier ?\n  1  un kit de fiches\n  2  des récits de territoires\n  3  une lettre d’information\nVos numéros, par exemple « 1 3 », ou Entrée pour tout :",
            "What would you like to publish?\n  1  a kit of fiches\n  2  stories of territories\n  3  a newsletter\nYour numbers, such as “1 3”, or Enter for everything:"
        ));
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).ok();
        answered(&line)
    }
}

/// Reads « 1 3 », « 1,3 » or « kit lettre »; anything else means everything, which is easier to take away than to guess.
fn answered(line: &str) -> Vec<&'static str> {
    let words: Vec<String> = line.split([' ', ',', ';', '\t', '\n', '\r']).map(crate::french::fold).collect();
    let is = |at: usize, part: &str| words.iter().any(|word| *word == (at + 1).to_string() || word == part);
    let parts: Vec<&str> =
        CHOICES.into_iter().enumerate().filter_map(|(at, part)| is(at, part).then_some(part)).collect();
    if parts.is_empty() { CHOICES.to_vec() } else { parts }
}

fn write(folder: &Path, parts: &[&str]) -> io::Result<()> {
    for part in ["base"].iter().chain(parts) {
        if let Some(files) = PARTS.get_dir(part) {
            copy(files, part, folder, parts)?;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_people_write_it() {
        assert_eq!(answered("1 3\n"), ["kit", "lettre"]);
        assert_eq!(answered("2"), ["recits"]);
        assert_eq!(answered("Kit, récits\r\n"), ["kit", "recits"]);
        assert_eq!(answered("\n"), CHOICES);
        assert_eq!(answered("tout"), CHOICES);
    }
}
