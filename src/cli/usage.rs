//! What is said of a command line that cannot be understood, in the words of the person who typed it.

use std::io::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diag::{Diagnostic, Said, Tongue};
use crate::say;

use super::ui::{Exit, Ui};

/// Answers what clap could not read, or asks to show: help and version go to the standard output.
pub(super) fn answer(error: &clap::Error, tongue: Tongue) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(std::io::stdout(), "{}", error.render()).ok();
            Exit::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            write!(std::io::stderr(), "{}", error.render()).ok();
            Exit::Usage
        }
        _ => {
            let json = std::env::args().any(|argument| argument == "--format=json" || argument == "json");
            Ui::new(tongue, json, false).alone(&diagnostic(error));
            Exit::Usage
        }
    }
}

/// Says that the program itself is at fault.
pub(super) fn fault(tongue: Tongue) -> Exit {
    let said = Diagnostic::error(
        "E0919",
        say!("essaim s’est arrêté sur un défaut de sa part", "essaim stopped on a fault of its own"),
    )
    .help(say!(
        "le site précédent est intact ; signalez ce défaut avec la commande que vous avez tapée",
        "the previous site is intact; report this fault with the command you typed"
    ));
    Ui::new(tongue, false, false).alone(&said);
    Exit::System
}

fn diagnostic(error: &clap::Error) -> Diagnostic {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let typed = text(ContextKind::InvalidSubcommand);
            say!("la commande « {typed} » n’existe pas", "there is no command “{typed}”")
        }
        ErrorKind::MissingSubcommand => say!("il manque une commande", "a command is missing"),
        ErrorKind::UnknownArgument => {
            say!("l’option « {argument} » n’existe pas ici", "there is no option “{argument}” here")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            say!("l’option « {argument} » attend une valeur", "the option “{argument}” needs a value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::InvalidUtf8 => {
            say!("« {value} » ne convient pas pour « {argument} »", "“{value}” is not fit for “{argument}”")
        }
        ErrorKind::MissingRequiredArgument => say!("il manque « {argument} »", "“{argument}” is missing"),
        ErrorKind::ArgumentConflict => {
            let prior = text(ContextKind::PriorArg);
            if prior.is_empty() || prior == argument {
                say!("« {argument} » est donné deux fois", "“{argument}” is given twice")
            } else {
                say!("« {argument} » ne va pas avec « {prior} »", "“{argument}” does not go with “{prior}”")
            }
        }
        _ => say!("cette commande n’est pas comprise", "this command is not understood"),
    };
    Diagnostic::error("E0918", message).help(help(&text))
}

fn help(text: &dyn Fn(ContextKind) -> String) -> Said {
    let first = |kinds: &[ContextKind]| kinds.iter().map(|kind| text(*kind)).find(|text| !text.is_empty());
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(near) = first(&near) {
        return say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?");
    }
    if let Some(values) = first(&[ContextKind::ValidValue]) {
        return say!("les valeurs possibles sont : {values}", "the possible values are: {values}");
    }
    say!(
        "« essaim --help » montre les commandes et leurs options",
        "“essaim --help” shows the commands and their options"
    )
}
