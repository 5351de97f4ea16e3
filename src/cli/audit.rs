//! `essaim audit`: the grid that an auditor fills in, and the sample of pages to look at; nothing is ever said to conform before a person looked.

mod grid;
mod ods;
mod sample;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::build::{Build, Options};
use crate::diag::Diagnostic;
use crate::emit;
use crate::memo::{Disk, Memos};
use crate::say;

use super::read;
use super::ui::{Exit, Ui};

/// Prépare un audit d’accessibilité : la grille du RGAA et l’échantillon des pages
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// Dossier où écrire la grille ; « audit », par défaut
    #[arg(long, short, value_name = "DOSSIER")]
    output: Option<PathBuf>,
}

/// A sheet: its name, and its lines of cells, the headers first.
struct Sheet {
    name: &'static str,
    rows: Vec<Vec<String>>,
}

impl AuditArgs {
    /// Writes the grid and the sample, never over those that someone may have filled in.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let snapshot = match read(root, ui) {
            Ok(snapshot) => snapshot,
            Err(exit) => return exit,
        };
        let memos = Arc::new(Memos::new(Disk::none()));
        let (build, report) = Build::new(&snapshot, &Options::default(), &memos);
        let Some(build) = build.filter(|_| !report.has_errors()) else {
            ui.report(&report, &snapshot);
            ui.count(&report, &say!(" : rien n’a été écrit.", ": nothing was written."));
            return Exit::of(&report);
        };
        let (pages, features) = sample::read(&build);
        let sheets = [grid::sheet(&features), sample::sheet(&build, &pages)];
        let folder = self.output.unwrap_or_else(|| root.strip_prefix(".").unwrap_or(root).join("audit"));
        let files = [
            ("grille-rgaa.csv", csv(&sheets[0])),
            ("echantillon.csv", csv(&sheets[1])),
            ("audit-rgaa.ods", ods::write(&sheets)),
        ];
        let shown = folder.display().to_string();
        if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
            ui.alone(
                &Diagnostic::error(
                    "E0920",
                    say!("« {name} » existe déjà dans « {shown} »", "“{name}” already exists in “{shown}”"),
                )
                .help(say!(
                    "un audit commencé n’est jamais recouvert : déplacez le fichier, ou choisissez un autre dossier avec « --output »",
                    "an audit under way is never written over: move the file, or choose another folder with “--output”"
                )),
            );
            return Exit::Usage;
        }
        match files.iter().try_for_each(|(name, bytes)| create(&folder, name, bytes)) {
            Ok(()) => {
                let [guaranteed, judged, none] = grid::counts(&features);
                let sampled = sheets[1].rows.len() - 1;
                ui.say(&say!(
                    "La grille et l’échantillon sont dans « {shown} ».\n  106 critères : {guaranteed} garantis et testés, {judged} à juger, {none} sans objet ici ; {sampled} pages à regarder\n  Aucun critère n’est déclaré conforme : une personne remplit la colonne « Résultat ».",
                    "The grid and the sample are in “{shown}”.\n  106 criteria: {guaranteed} guaranteed and tested, {judged} to be judged, {none} not applicable here; {sampled} pages to look at\n  No criterion is said to conform: a person fills in the column “Résultat”."
                ));
                Exit::Done
            }
            Err(error) => ui.not_written(&shown.to_string(), &error),
        }
    }
}

fn create(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::File::create_new(folder.join(name))?.write_all(bytes)
}

/// Writes a sheet as French spreadsheets open it: UTF-8 with its mark, semicolons, no cell that would be computed.
fn csv(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    for row in &sheet.rows {
        let cells: Vec<String> = row.iter().map(|cell| emit::csv_cell(cell)).collect();
        out.push_str(&cells.join(";"));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_computed() {
        let sheet = Sheet { name: "x", rows: vec![vec!["a;b".into(), "dit \"oui\"".into(), "=1+1".into()]] };
        assert_eq!(String::from_utf8(csv(&sheet)).expect("text"), "\u{feff}\"a;b\";\"dit \"\"oui\"\"\";'=1+1\r\n");
    }
}
