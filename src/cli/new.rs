//! `essaim new`: a skeleton to fill in, in the right folder, under the next free number.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::build::{Build, Options};
use crate::content::address::portable;
use crate::diag::{Diagnostic, nearest};
use crate::french::{fold, slug};
use crate::memo::Memos;
use crate::say;
use crate::site::{Page, Site};
use crate::urls::Url;

use super::read;
use super::ui::{Exit, Ui};

/// Crée le squelette d’une page, prêt à remplir
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// Ce qu’il faut créer : fiche, recit, numero ou page
    #[arg(value_name = "NATURE", hide_possible_values = true, ignore_case = true)]
    kind: What,
    /// Titre de la page
    #[arg(value_name = "TITRE")]
    title: String,
    /// Dossier du kit, quand il y en a plusieurs
    #[arg(long, value_name = "KIT")]
    kit: Option<String>,
    /// Dossier de la lettre, quand il y en a plusieurs
    #[arg(long = "lettre", value_name = "LETTRE")]
    letter: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    Fiche,
    #[value(alias = "récit")]
    Recit,
    #[value(alias = "numéro")]
    Numero,
    Page,
}

/// A file to make, from the site's root.
struct Skeleton {
    path: String,
    text: String,
    /// The page of its folder, when the folder is new.
    index: Option<(&'static str, &'static str)>,
}

impl Skeleton {
    fn of(path: String, text: String) -> Self {
        Self { path, text, index: None }
    }
}

impl NewArgs {
    /// Makes the file, never over another.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let memos = Arc::new(Memos::default());
        let snapshot = match read(root, ui) {
            Ok(snapshot) => snapshot,
            Err(exit) => return exit,
        };
        let options = Options { drafts: true, ..Options::default() };
        let (build, report) = Build::new(&snapshot, &options, &memos);
        // A site with errors may grow; one without a configuration is no site.
        let Some(build) = build else {
            ui.report(&report, &snapshot);
            return Exit::Usage;
        };
        let skeleton = match self.skeleton(&build) {
            Ok(skeleton) => skeleton,
            Err(wrong) => {
                ui.alone(&wrong);
                return Exit::Usage;
            }
        };
        let path = root.join(&skeleton.path);
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
            let mut file = fs::File::create_new(&path)?;
            file.write_all(skeleton.text.as_bytes())
        });
        let written = written.and_then(|()| match &skeleton.index {
            Some((index, page)) => fs::File::create_new(root.join(index))?.write_all(page.as_bytes()),
            None => Ok(()),
        });
        let shown = path.strip_prefix(".").unwrap_or(&path).display();
        match written {
            Ok(()) => {
                ui.say(&say!(
                    "« {shown} » est prêt. Il reste un brouillon tant que sa ligne « etat » n’est pas retirée.",
                    "“{shown}” is ready. It stays a draft until its line “etat” is taken out."
                ));
                Exit::Done
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                ui.alone(&exists(&shown.to_string()));
                Exit::Usage
            }
            Err(error) => ui.not_written(&shown.to_string(), &error),
        }
    }

    fn skeleton(&self, build: &Build) -> Result<Skeleton, Box<Diagnostic>> {
        let site = &build.site;
        let name = slug(&self.title).map(portable).ok_or_else(|| Box::new(nameless(&self.title)))?;
        // `index.md` is the page of its folder.
        let name = if name == "index" { "index-page".to_owned() } else { name };
        match self.kind {
            What::Fiche => {
                let kit = parent(site, "kit", self.kit.as_deref())?;
                let number = next_number(site, kit, &self.title);
                let families = families(site, kit);
                let text = fill(include_str!("new/fiche.md"), &self.title, &number.to_string());
                if let Some(twin) = same_name(site, kit, &name) {
                    return Err(Box::new(exists(&twin.source.to_string())));
                }
                let path = format!("{}/{number:02}-{name}.md", folder(kit));
                Ok(Skeleton::of(path, text.replace("{familles}", &families)))
            }
            What::Numero => {
                let letter = parent(site, "lettre", self.letter.as_deref())?;
                let number = next_issue(site, letter).to_string();
                let text = fill(include_str!("new/numero.md"), &self.title, &number);
                let path = format!("{}/numero-{number}.md", folder(letter));
                // Issues without a number may have taken the name.
                let is_taken = site.pages.iter().any(|page| page.source.as_str() == path);
                Ok(Skeleton::of(if is_taken { format!("{}/{name}.md", folder(letter)) } else { path }, text))
            }
            What::Recit => {
                let found = site.of_kind("recits").next().map(|page| folder(page).to_owned());
                let text = fill(include_str!("new/recit.md"), &self.title, "");
                let Some(folder) = found else {
                    return Ok(first_recit(site, &name, text));
                };
                Ok(Skeleton::of(format!("{folder}/{name}.md"), text))
            }
            What::Page => {
                // The site makes some pages by itself, such as that of the search.
                let is_made = build.job(&Url::new(format!("/{name}/"))).is_some_and(|job| job.source.is_none());
                let name = if is_made { name + "-page" } else { name };
                Ok(Skeleton::of(format!("content/{name}.md"), fill(include_str!("new/page.md"), &self.title, "")))
            }
        }
    }
}

/// Returns the first récit of a site, with the page of the folder that makes it one.
fn first_recit(site: &Site, name: &str, text: String) -> Skeleton {
    let (folder, index) = ("content/recits", "content/recits/_index.md");
    let path = format!("{folder}/{name}.md");
    if site.pages.iter().any(|page| page.source.as_str() == index) {
        // The folder is something else: the page says what it is itself.
        return Skeleton::of(path, text.replacen("---\n", "---\nnature: recit\n", 1));
    }
    Skeleton { path, text, index: Some((index, include_str!("init/recits/content/recits/_index.md"))) }
}

/// Returns the fiche of a kit whose file has the same name under another number.
fn same_name<'a>(site: &'a Site, kit: &Page, name: &str) -> Option<&'a Page> {
    let bare = |page: &Page| {
        let stem = page.source.name().trim_end_matches(".md").to_owned();
        stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-').to_owned()
    };
    site.of_kind("fiche").find(|fiche| fiche.source.folder() == folder(kit) && bare(fiche) == name)
}

fn exists(shown: &str) -> Diagnostic {
    Diagnostic::error("E0917", say!("« {shown} » existe déjà", "“{shown}” already exists"))
        .help(say!("choisissez un autre titre, ou modifiez ce fichier", "choose another title, or change this file"))
}

/// Puts a title and a number in a skeleton; a text between straight quotes is YAML whatever it holds.
fn fill(skeleton: &str, title: &str, number: &str) -> String {
    let quoted = serde_json::to_string(title).expect("a text is always JSON");
    skeleton.replace("{titre}", &quoted).replace("{numero}", number)
}

/// Returns the folder of an `_index.md`.
fn folder(page: &Page) -> &str {
    page.source.folder()
}

/// Finds the kit or the newsletter that was named, or the only one.
fn parent<'a>(site: &'a Site, kind: &str, named: Option<&str>) -> Result<&'a Page, Box<Diagnostic>> {
    let pages: Vec<&Page> = site.of_kind(kind).collect();
    let name = |page: &&Page| folder(page).rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = pages.iter().map(name).collect();
    let list = names.join(", ");
    let option = if kind == "kit" { "--kit" } else { "--lettre" };
    let (fr, en) = if kind == "kit" { ("kit", "kit") } else { ("lettre", "newsletter") };
    let wrong = match (named, pages.as_slice()) {
        (None, [only]) => return Ok(only),
        (Some(named), _) => {
            let wanted = named.trim_matches('/').rsplit('/').next().unwrap_or_default();
            if let Some(at) = names.iter().position(|name| name == wanted) {
                return Ok(pages[at]);
            }
            let unknown =
                Diagnostic::error("E0918", say!("il n’y a pas de {fr} « {named} »", "there is no {en} “{named}”"));
            match nearest(wanted, names.iter().map(String::as_str)) {
                Some(_) => unknown.help_near(wanted, names.iter().map(String::as_str)),
                None => unknown.help(say!("choisissez parmi : {list}", "choose among: {list}")),
            }
        }
        (None, []) => Diagnostic::error("E0918", say!("ce site n’a pas encore de {fr}", "this site has no {en} yet"))
            .help(say!(
                "créez son dossier dans « content » avec un « _index.md » où « nature: {kind} »",
                "make its folder in “content” with an “_index.md” where “nature: {kind}”"
            )),
        (None, _) => Diagnostic::error(
            "E0918",
            say!(
                "ce site a plusieurs dossiers de nature « {kind} » : il faut en choisir un",
                "this site has several folders of kind “{kind}”: one must be chosen"
            ),
        )
        .help(say!(
            "ajoutez « {option} » et l’un de ces noms : {list}",
            "add “{option}” and one of these names: {list}"
        )),
    };
    Err(Box::new(wrong))
}

/// Returns the number announced for this title, else the one after the last that is used or announced.
fn next_number(site: &Site, kit: &Page, title: &str) -> i64 {
    let announced: Vec<(i64, String)> = kit
        .fields
        .maps("a_paraitre")
        .iter()
        .filter_map(|next| {
            Some((next.integer("numero")?, next.text("titre").map_or(String::new(), |title| fold(title))))
        })
        .collect();
    if let Some((number, _)) = announced.iter().find(|(_, announced)| *announced == fold(title)) {
        return *number;
    }
    let fiches = site.of_kind("fiche").filter(|fiche| site.kit_of(fiche).is_some_and(|own| own.id == kit.id));
    let used = fiches.filter_map(Page::number);
    used.chain(announced.iter().map(|(number, _)| *number)).max().unwrap_or(0).saturating_add(1)
}

/// Returns the number after that of the last issue.
fn next_issue(site: &Site, letter: &Page) -> i64 {
    let issues = site.of_kind("numero").filter(|issue| issue.parent == Some(letter.id));
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse::<i64>().ok();
    issues.filter_map(|issue| digits(issue.fields.text("numero")?)).max().unwrap_or(0).saturating_add(1)
}

/// Returns the lines that offer the kit's families.
fn families(site: &Site, kit: &Page) -> String {
    let keys: Vec<&str> = site.families(kit).iter().map(|family| family.key.as_str()).collect();
    match keys.as_slice() {
        [] => String::new(),
        [first, ..] => format!("# Les familles de ce kit : {}.\nfamille: {first}\n", keys.join(", ")),
    }
}

fn nameless(title: &str) -> Diagnostic {
    Diagnostic::error(
        "E0918",
        say!(
            "aucun nom de fichier ne peut être tiré du titre « {title} »",
            "no file name can be made from the title “{title}”"
        ),
    )
    .help(say!("donnez un titre qui contienne des lettres", "give a title that holds letters"))
}
