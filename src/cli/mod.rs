//! The command line: one file for each command, French words first, exit codes that other programs can trust.
#![allow(clippy::disallowed_methods, reason = "cli speaks to people and to the system on behalf of everything else")]

mod audit;
mod build;
mod check;
mod editor;
mod english;
mod explain;
mod init;
mod letter;
mod new;
mod search;
mod serve;
mod summary;
mod timings;
mod ui;
mod usage;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum, value_parser};

use crate::diag::Tongue;
use crate::snapshot::Snapshot;
use ui::{Exit, Ui};

/// Fait d’un dossier de textes français un site, des PDF et une lettre
#[derive(Debug, Parser)]
#[command(
    name = "essaim",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
struct Common {
    /// Dossier du site ; celui où l’on est, par défaut
    #[arg(long, global = true, value_name = "DOSSIER", default_value = ".", hide_default_value = true)]
    root: PathBuf,
    /// Langue des messages : fr ou en
    #[arg(long, global = true, value_name = "LANGUE", hide_possible_values = true)]
    lang: Option<Lang>,
    /// Forme des messages : human ou json (un objet par ligne)
    #[arg(
        long,
        global = true,
        value_name = "FORME",
        hide_possible_values = true,
        default_value = "human",
        hide_default_value = true
    )]
    format: Format,
    /// Ne dit que les erreurs
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Nombre de cœurs employés ; tous, par défaut
    #[arg(long, global = true, value_name = "N", value_parser = value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Affiche cette aide
    #[arg(long, short, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    Fr,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// A command and what it takes.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(alias = "construire")]
    Build(build::BuildArgs),
    #[command(alias = "servir")]
    Serve(serve::ServeArgs),
    #[command(alias = "verifier")]
    Check(check::CheckArgs),
    #[command(alias = "nouveau")]
    New(new::NewArgs),
    #[command(alias = "initialiser")]
    Init(init::InitArgs),
    #[command(alias = "expliquer")]
    Explain(explain::ExplainArgs),
    #[command(alias = "chercher")]
    Search(search::SearchArgs),
    #[command(alias = "lettre")]
    Letter(letter::LetterArgs),
    #[command(alias = "auditer")]
    Audit(audit::AuditArgs),
}

/// Runs the program on the arguments of the process.
pub fn main() -> ExitCode {
    // A fault of ours is told in one sentence; developers ask for more with RUST_BACKTRACE.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    let tongue = ui::tongue(std::env::args_os());
    let run = || match parse(tongue) {
        Ok(cli) => cli.run(tongue),
        Err(error) => usage::answer(&error, tongue),
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(exit) => exit.code(),
        Err(_) => usage::fault(tongue).code(),
    }
}

fn parse(tongue: Tongue) -> Result<Cli, clap::Error> {
    Cli::from_arg_matches(&command(tongue).try_get_matches()?)
}

/// Returns the whole command line, in the language of who reads its help.
fn command(tongue: Tongue) -> clap::Command {
    let command = Cli::command();
    match tongue {
        Tongue::French => french(command),
        Tongue::English => english::translated(command),
    }
}

/// Puts French words where clap has English ones.
fn french(command: clap::Command) -> clap::Command {
    let names: Vec<&str> = command.get_subcommands().flat_map(clap::Command::get_all_aliases).collect();
    let after = format!(
        "« essaim build --help » détaille une commande. Chaque commande a aussi un nom français : {}.",
        names.join(", ")
    );
    headed(command).after_help(after)
}

/// Gives a command and those in it their French headings: a colon follows them, and a space stands before it.
fn headed(command: clap::Command) -> clap::Command {
    command
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "Arguments\u{a0}" } else { "Options\u{a0}" };
            argument.help_heading(heading)
        })
        .subcommand_value_name("COMMANDE")
        .subcommand_help_heading("Commandes\u{a0}")
        .help_template("{about}\n\nUsage\u{a0}: {usage}\n\n{all-args}{after-help}")
        .mut_subcommands(headed)
}

/// Reads the site's sources; says so when there is no such folder.
fn read(root: &Path, ui: &Ui) -> Result<Snapshot, Exit> {
    let (snapshot, report) = Snapshot::read(root);
    if root.is_dir() {
        return Ok(snapshot);
    }
    ui.report(&report, &snapshot);
    Err(Exit::Usage)
}

impl Cli {
    fn run(self, tongue: Tongue) -> Exit {
        let ui = Ui::new(tongue, self.common.format == Format::Json, self.common.quiet);
        if let Some(jobs) = self.common.jobs {
            // Only the first pool of a process can be set: this is it.
            rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global().ok();
        }
        let root = self.common.root;
        match self.command {
            Command::Build(args) => args.run(&root, &ui),
            Command::Serve(args) => args.run(&root, &ui),
            Command::Check(args) => args.run(&root, &ui),
            Command::New(args) => args.run(&root, &ui),
            Command::Init(args) => args.run(&ui),
            Command::Explain(args) => args.run(&ui),
            Command::Search(args) => args.run(&root, &ui),
            Command::Letter(args) => args.run(&root, &ui),
            Command::Audit(args) => args.run(&root, &ui),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together_in_both_languages() {
        for tongue in [Tongue::French, Tongue::English] {
            command(tongue).debug_assert();
        }
    }
}
