//! `essaim letter`: sends one issue to oneself, or prints what a sending tool takes. It never writes to a list.

mod server;

use std::path::Path;
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::build::{Build, Options};
use crate::diag::{Diagnostic, Report, Severity, nearest};
use crate::emit::mail::{self, Dressing, Letter, TOOLS, Tool};
use crate::memo::{Disk, Memos};
use crate::say;
use crate::site::Page;
use crate::snapshot::Snapshot;

use super::ui::{Exit, Ui};
use server::server;

/// Envoie un numéro à soi-même, ou donne ce qu’attend un outil d’envoi
#[derive(Debug, Args)]
pub(super) struct LetterArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    #[command(alias = "essayer")]
    Test(TestArgs),
    #[command(alias = "exporter")]
    Export(ExportArgs),
}

/// Which issue is meant.
#[derive(Debug, Args)]
struct IssueArgs {
    /// Numéro de la lettre, tel que 57, ou « dernier »
    #[arg(value_name = "NUMERO")]
    number: String,
    /// Dossier de la lettre, quand il y en a plusieurs
    #[arg(long, alias = "lettre", value_name = "LETTRE")]
    letter: Option<String>,
    /// Adresse publique du site, à la place de celle de site.toml
    #[arg(long, value_name = "ADRESSE")]
    base_url: Option<String>,
    /// Prend aussi les brouillons
    #[arg(long)]
    drafts: bool,
}

/// Envoie un essai à une adresse, par un serveur SMTP
///
/// Le nom et le mot de passe viennent de l’environnement seul : ESSAIM_SMTP_UTILISATEUR et ESSAIM_SMTP_MOT_DE_PASSE.
/// ESSAIM_SMTP_SERVEUR et ESSAIM_SMTP_SECURITE tiennent lieu de --server et --security.
#[derive(Debug, Args)]
struct TestArgs {
    #[command(flatten)]
    issue: IssueArgs,
    /// Adresse qui reçoit l’essai
    #[arg(long, value_name = "ADRESSE")]
    to: String,
    /// Serveur d’envoi, avec son port : smtp.exemple.fr:587
    #[arg(long, alias = "serveur", value_name = "SERVEUR")]
    server: Option<String>,
    /// Chiffrement : tls, starttls ou aucune
    #[arg(long, alias = "securite", value_name = "MODE")]
    security: Option<String>,
    /// Montre le message sans l’envoyer
    #[arg(long, alias = "essai")]
    dry_run: bool,
}

/// Donne ce qui se colle dans un outil d’envoi
#[derive(Debug, Args)]
struct ExportArgs {
    #[command(flatten)]
    issue: IssueArgs,
    /// Outil d’envoi : brevo, mailchimp, mailjet ou sympa
    #[arg(long, alias = "for", value_name = "OUTIL")]
    pour: String,
    /// Une seule partie : objet, preentete, html, texte, mjml ou message
    #[arg(long, alias = "partie", value_name = "PARTIE")]
    part: Option<String>,
}

/// What stands before the subject of a test.
const TEST: &str = "[Essai] ";

impl LetterArgs {
    /// Sends or prints an issue.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let done = match self.action {
            Action::Test(args) => args.run(root, ui),
            Action::Export(args) => args.run(root, ui),
        };
        done.unwrap_or_else(|stopped| stopped)
    }
}

impl TestArgs {
    fn run(self, root: &Path, ui: &Ui) -> Result<Exit, Exit> {
        let address = &self.to;
        let Some(to) = mail::mailbox(address) else {
            ui.alone(
                &Diagnostic::error(
                    "E1029",
                    say!("« {address} » n’est pas une adresse électronique", "“{address}” is not an e-mail address"),
                )
                .help(say!(
                    "un essai va à une seule adresse, telle que prenom@exemple.fr",
                    "a test goes to one address, such as name@example.org"
                )),
            );
            return Err(Exit::Usage);
        };
        let server = if self.dry_run { None } else { Some(server(self.server, self.security.as_deref(), ui)?) };
        let opened = Opened::new(root, self.issue, ui)?;
        let page = opened.page(ui)?;
        let letter = opened.compose(page, None, ui)?;
        // Each test is a message of its own: mail programs hide the second copy of the same one.
        let mark = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map(|since| since.as_nanos().to_string())
            .unwrap_or_default();
        let issue = mail::issue(&opened.build.site, opened.build.cx().theme, page, None);
        let message = mail::message(
            &issue,
            &letter.html,
            &letter.text,
            Dressing { to: Some(&to), before_subject: TEST, mark: &mark },
        );
        let Some(server) = server else {
            ui.data(&String::from_utf8_lossy(&message.formatted()));
            return Ok(Exit::Done);
        };
        if let Err(refused) = mail::send(&server, &message, &to) {
            ui.alone(&refused);
            return Err(if refused.code == "E1021" { Exit::Usage } else { Exit::System });
        }
        let (title, address, host) = (&page.title, &to.email, &server.host);
        ui.say(&say!(
            "« {title} » est parti vers {address} par {host}.",
            "“{title}” left for {address} through {host}."
        ));
        Ok(Exit::Done)
    }
}

impl ExportArgs {
    fn run(self, root: &Path, ui: &Ui) -> Result<Exit, Exit> {
        let typed = &self.pour;
        let Some(tool) = Tool::named(typed) else {
            ui.alone(&unknown("outil", "tool", typed, &TOOLS.iter().map(|tool| tool.name()).collect::<Vec<_>>()));
            return Err(Exit::Usage);
        };
        if let Some(part) = self.part.as_deref().filter(|part| !PARTS.contains(part)) {
            ui.alone(&unknown("partie", "part", part, PARTS));
            return Err(Exit::Usage);
        }
        let opened = Opened::new(root, self.issue, ui)?;
        let page = opened.page(ui)?;
        let letter = opened.compose(page, Some(tool), ui)?;
        let issue = mail::issue(&opened.build.site, opened.build.cx().theme, page, Some(tool));
        let message = || {
            String::from_utf8_lossy(&mail::message(&issue, &letter.html, &letter.text, mail::FILE).formatted())
                .into_owned()
        };
        if ui.json {
            let object = json!({
                "tool": tool.name(), "subject": issue.subject, "preheader": issue.preheader, "sender": issue.sender.to_string(),
                "html": &*letter.html, "text": letter.text, "mjml": &*letter.mjml, "message": message(),
            });
            ui.data(&format!("{object}\n"));
            return Ok(Exit::Done);
        }
        let line = |text: &str| format!("{text}\n");
        match self.part.as_deref() {
            Some("objet") => ui.data(&line(&issue.subject)),
            Some("preentete") => ui.data(&line(&issue.preheader)),
            Some("html") => ui.data(&letter.html),
            Some("texte") => ui.data(&letter.text),
            Some("mjml") => ui.data(&letter.mjml),
            Some("message") => ui.data(&message()),
            _ => {
                let parts = [
                    ("Objet", issue.subject.clone()),
                    ("Pré-en-tête", issue.preheader.clone()),
                    ("Expéditeur", issue.sender.to_string()),
                    ("HTML", letter.html.to_string()),
                    ("Texte", letter.text.clone()),
                ];
                let written: Vec<String> =
                    parts.iter().map(|(title, text)| format!("===== {title} =====\n{}\n", text.trim_end())).collect();
                ui.data(&written.join("\n"));
                let label = tool.label();
                match tool {
                    Tool::Sympa => ui.say(&say!(
                        "Pour {label}, envoyez à la liste le message entier : « --part message » le donne.",
                        "For {label}, send the whole message to the list: “--part message” gives it."
                    )),
                    Tool::Brevo | Tool::Mailchimp | Tool::Mailjet => ui.say(&say!(
                        "Dans {label}, choisissez l’éditeur de code : collez-y la partie HTML, puis la partie texte. « --part html » n’en donne qu’une.",
                        "In {label}, choose the code editor: paste the HTML part, then the text part. “--part html” gives only one."
                    )),
                }
            }
        }
        Ok(Exit::Done)
    }
}

/// The names of what an export gives.
const PARTS: &[&str] = &["objet", "preentete", "html", "texte", "mjml", "message"];

/// A site and the issue that was asked for.
struct Opened {
    build: Build,
    snapshot: Snapshot,
    report: Report,
    number: String,
    letter: Option<String>,
}

impl Opened {
    fn new(root: &Path, args: IssueArgs, ui: &Ui) -> Result<Self, Exit> {
        let options = Options { base_url: args.base_url, drafts: args.drafts, ..Options::default() };
        let memos = Arc::new(Memos::new(Disk::none()));
        let snapshot = Snapshot::read(root).0;
        match Build::new(&snapshot, &options, &memos) {
            (Some(build), report) => Ok(Self { build, snapshot, report, number: args.number, letter: args.letter }),
            (None, report) => {
                ui.report(&report, &snapshot);
                Err(Exit::of(&report))
            }
        }
    }

    /// Returns the issue that was meant.
    fn page(&self, ui: &Ui) -> Result<&Page, Exit> {
        let site = &self.build.site;
        let number = &self.number;
        match mail::named(site, number, self.letter.as_deref()).as_slice() {
            [page] => Ok(page),
            [] => {
                let known: Vec<&str> = site.of_kind("numero").map(|page| page.slug.as_str()).collect();
                let said = Diagnostic::error(
                    "E1027",
                    say!("il n’y a pas de numéro « {number} »", "there is no issue “{number}”"),
                );
                let list = known.iter().take(12).copied().collect::<Vec<_>>().join(", ");
                ui.alone(&match known.is_empty() {
                    true => said.help(say!(
                        "ce site n’a pas encore de lettre : « essaim new numero \"Titre\" » en commence une",
                        "this site has no newsletter yet: “essaim new numero \"Title\"” begins one"
                    )),
                    false => said.help(say!(
                        "les numéros sont : {list} ; « dernier » désigne le plus récent",
                        "the issues are: {list}; “dernier” is the newest"
                    )),
                });
                Err(Exit::Usage)
            }
            several => {
                let letters: Vec<&str> =
                    several.iter().filter_map(|page| Some(site.page(page.parent?).slug.as_str())).collect();
                let list = letters.join(", ");
                ui.alone(
                    &Diagnostic::error(
                        "E1028",
                        say!(
                            "plusieurs lettres ont un numéro « {number} »",
                            "several newsletters have an issue “{number}”"
                        ),
                    )
                    .help(say!(
                        "ajoutez « --letter » avec l’une de celles-ci : {list}",
                        "add “--letter” with one of these: {list}"
                    )),
                );
                Err(Exit::Usage)
            }
        }
    }

    /// Writes the issue, after saying what there is to say of it and of its letter.
    fn compose(&self, page: &Page, tool: Option<Tool>, ui: &Ui) -> Result<Letter, Exit> {
        let site = &self.build.site;
        let letter = page.parent.map(|parent| &site.page(parent).source);
        let concerns = |said: &&Diagnostic| {
            said.at.as_ref().is_none_or(|mark| {
                mark.file == page.source || Some(&mark.file) == letter || mark.file.as_str() == "site.toml"
            })
        };
        let mut report = Report { diagnostics: self.report.diagnostics.iter().filter(concerns).cloned().collect() };
        let composed = mail::compose(&self.build.cx(), page, tool);
        match &composed {
            Ok(letter) => report.extend(letter.report.clone()),
            Err(fault) => report.push((**fault).clone()),
        }
        site.silence(&mut report);
        report.sort();
        // A draft of a message on the standard output must stay alone there.
        if ui.json {
            report.diagnostics.retain(|said| said.severity == Severity::Error);
        }
        ui.report(&report, &self.snapshot);
        if report.has_errors() {
            return Err(Exit::of(&report));
        }
        composed.map_err(|_| Exit::Content)
    }
}

/// Says that a word is none of those that are known.
fn unknown(what_fr: &str, what_en: &str, typed: &str, known: &[&str]) -> Diagnostic {
    let said = Diagnostic::error(
        "E0918",
        say!("« {typed} » n’est pas connu ici ({what_fr})", "“{typed}” is not known here ({what_en})"),
    );
    let list = known.join(", ");
    match nearest(typed, known.iter().copied()) {
        Some(_) => said.help_near(typed, known.iter().copied()),
        None => said.help(say!("valeurs possibles : {list}", "possible values: {list}")),
    }
}
