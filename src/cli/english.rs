//! The help in English: the same command line, its sentences looked up by command and argument.

/// Sentences by `command` or `command.argument`; arguments that every command takes stand without a command.
const HELP: &[(&str, &str)] = &[
    ("essaim", "Turns a folder of French texts into a website, PDFs and a newsletter"),
    ("root", "Folder of the site; the current one by default"),
    ("lang", "Language of messages: fr or en"),
    ("format", "Form of messages: human or json (one object a line)"),
    ("quiet", "Tells only errors"),
    ("jobs", "How many cores to use; all by default"),
    ("help", "Shows this help"),
    ("version", "Shows the version"),
    ("drafts", "Takes drafts in"),
    ("build", "Builds the site"),
    ("build.output", "Folder to write the site to; “public” by default"),
    ("base_url", "Public address of the site, instead of that of site.toml"),
    ("only", "Makes only these outputs, separated by commas: html, pdf…"),
    ("build.no_cache", "Computes everything again, without the cache of earlier builds"),
    ("timings", "Says where the time goes: human, or json for a program"),
    ("build.fiches", "Fiches to gather in a booklet, by number: 4,17,19"),
    ("build.titre", "Title of this booklet"),
    ("serve", "Opens a preview that follows your changes"),
    ("serve.port", "Port to listen on; 4000 by default, then the next free one"),
    ("serve.open", "Opens the preview in your browser"),
    ("serve.lan", "Also shows the preview to devices of the local network, at an address with a token and a QR code"),
    ("check", "Says everything “build” would say, and writes nothing"),
    ("new", "Makes the skeleton of a page, ready to fill in"),
    ("new.kind", "What to make: fiche, recit, numero or page"),
    ("new.title", "Title of the page"),
    ("new.kit", "Folder of the kit, when there are several"),
    ("new.letter", "Folder of the newsletter, when there are several"),
    ("init", "Makes a small complete site, ready to change"),
    ("init.folder", "Folder to make"),
    ("init.kit", "A kit and its first fiches"),
    ("init.stories", "Stories of territories"),
    ("init.letter", "A newsletter and its first issue"),
    ("init.all", "Everything: a kit, stories and a newsletter"),
    ("init.theme", "Theme: essaim, sobre (text only) or collectivite (the town’s own)"),
    ("explain", "Explains a message code, with an example and its mend"),
    ("search", "Asks the built index a question, as the site’s search does"),
    ("search.question", "What a reader would type; without it, one question a line on the standard input"),
    ("search.output", "Folder of the built site; “public” by default"),
    ("search.explain", "Shows why each page ranks where it does"),
    ("search.limit", "How many answers to give; 10 by default"),
    ("audit", "Prepares an accessibility audit: the RGAA grid and the sample of pages"),
    ("audit.output", "Folder to write the grid to; “audit” by default"),
    ("letter", "Sends an issue to yourself, or gives what a sending tool takes"),
    ("letter.test", "Sends a test to one address through an SMTP server"),
    ("letter.export", "Gives what to paste in a sending tool"),
    ("number", "Number of the issue, such as 57, or “dernier” for the newest"),
    ("letter.test.letter", "Folder of the newsletter, when there are several"),
    ("letter.export.letter", "Folder of the newsletter, when there are several"),
    ("to", "Address that receives the test"),
    ("server", "Mail server, with its port: smtp.example.org:587"),
    ("security", "Encryption: tls, starttls or aucune (none)"),
    ("dry_run", "Shows the message without sending it"),
    ("pour", "Sending tool: brevo, mailchimp, mailjet or sympa"),
    ("part", "One part only: objet, preentete, html, texte, mjml or message"),
    ("check.corrections", "Lists the typographic corrections of each file"),
    ("check.budgets", "Also tells which pages go over their budgets of elements, weight and requests"),
    ("check.external", "Also tries the links to other sites"),
    ("check.fix", "Writes the typographic corrections into the files, after showing them"),
    ("explain.code", "Code to explain, such as E0301; all of them are listed without it"),
];

/// What stands for a value in the usage lines.
const VALUES: &[(&str, &str)] = &[
    ("ADRESSE", "ADDRESS"),
    ("DOSSIER", "FOLDER"),
    ("FORME", "FORM"),
    ("LANGUE", "LANGUAGE"),
    ("LETTRE", "NEWSLETTER"),
    ("NATURE", "KIND"),
    ("SORTIES", "OUTPUTS"),
    ("TITRE", "TITLE"),
];

/// Returns the command line with its sentences in English.
pub(super) fn translated(command: clap::Command) -> clap::Command {
    let command = said(command, "essaim", None);
    command.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        said(command, &name, Some(&name)).mut_subcommands(|inner| {
            let path = format!("{name}.{}", inner.get_name());
            said(inner, &path, Some(&path))
        })
    })
}

fn said(command: clap::Command, name: &str, prefix: Option<&str>) -> clap::Command {
    let command = match text(name) {
        Some(about) => command.about(about),
        None => command,
    };
    // A long text, where there is one, is that of the French help.
    let command = command.long_about(None);
    command.mut_args(|argument| {
        let id = argument.get_id().to_string();
        let own = prefix.and_then(|prefix| text(&format!("{prefix}.{id}")));
        let argument = match own.or_else(|| text(&id)) {
            Some(help) => argument.help(help),
            None => argument,
        };
        let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
        match VALUES.iter().find(|(french, _)| Some(*french) == value.as_deref()) {
            Some((_, english)) => argument.value_name(*english),
            None => argument,
        }
    })
}

fn text(key: &str) -> Option<&'static str> {
    HELP.iter().find(|(known, _)| *known == key).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{HELP, text};

    #[test]
    fn every_sentence_has_its_english() {
        let command = super::super::Cli::command();
        let mut missing = Vec::new();
        let mut used = vec!["essaim".to_owned()];
        let inner = |command: &'_ clap::Command| {
            let path = command.get_name().to_owned();
            command
                .get_subcommands()
                .map(move |inner| (format!("{path}.{}", inner.get_name()), inner.clone()))
                .collect::<Vec<_>>()
        };
        let outer = std::iter::once(&command).chain(command.get_subcommands());
        let all = outer
            .map(|command| (command.get_name().to_owned(), command.clone()))
            .chain(command.get_subcommands().flat_map(inner));
        for (name, command) in all {
            used.push(name.clone());
            missing.extend(text(&name).is_none().then(|| name.clone()));
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                let own = format!("{name}.{id}");
                let key = if text(&own).is_some() { own } else { id.to_owned() };
                missing.extend(text(&key).is_none().then(|| format!("{name}.{id}")));
                used.push(key);
            }
        }
        assert_eq!(missing, Vec::<String>::new());
        let idle: Vec<&str> =
            HELP.iter().map(|(key, _)| *key).filter(|key| !used.iter().any(|used| used == key)).collect();
        assert_eq!(idle, Vec::<&str>::new());
    }
}
