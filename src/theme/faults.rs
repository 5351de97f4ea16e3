//! What is said of a template that the engine refuses: its English words turned into what an author of themes can act on.

use std::collections::BTreeMap;

use tera::ErrorKind;

use super::layers::ThemeFile;
use crate::diag::{Diagnostic, Said, Span};
use crate::say;

/// Something that the engine refuses: the template that it is in, and what to say of it.
pub(super) struct Fault {
    pub template: String,
    pub said: Diagnostic,
}

/// Says what is wrong, in the files and at the places where it is.
pub(super) fn told(error: &tera::Error, files: &BTreeMap<String, ThemeFile>) -> Vec<Fault> {
    let one = |name: &str, said: Diagnostic| vec![Fault { template: name.to_owned(), said }];
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => one(
            report.filename(),
            placed(
                report.filename(),
                report.message(),
                report.span().start_line,
                Span::from(report.span().range.clone()),
                files,
            ),
        ),
        ErrorKind::MissingParent { current, parent } => one(
            current,
            named(
                files,
                current,
                say!(
                    "le modèle « {current} » prolonge « {parent} », qui n’existe pas",
                    "the template “{current}” extends “{parent}”, which does not exist"
                ),
            ),
        ),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => one(
            tpl,
            named(
                files,
                tpl,
                say!(
                    "le modèle « {tpl} » finit par se contenir lui-même",
                    "the template “{tpl}” ends by holding itself"
                ),
            ),
        ),
        _ => {
            let detail = error.to_string();
            let found = listed(&detail, files);
            if !found.is_empty() {
                return found;
            }
            let said = Diagnostic::error(
                "E0506",
                say!("le thème ne peut pas être employé : {detail}", "the theme cannot be used: {detail}"),
            )
            .help(say!(
                "vérifiez les modèles de votre dossier « themes/ »",
                "check the templates of your “themes/” folder"
            ));
            one("", said)
        }
    }
}

/// Says what is wrong while a page is made.
pub(super) fn first(error: &tera::Error, files: &BTreeMap<String, ThemeFile>) -> Diagnostic {
    told(error, files).swap_remove(0).said
}

/// Says that a template leaves a page blank.
pub(super) fn blank(name: &str, files: &BTreeMap<String, ThemeFile>) -> Diagnostic {
    named(
        files,
        name,
        say!(
            "le modèle « {name} » n’écrit rien : la page serait blanche",
            "the template “{name}” writes nothing: the page would be blank"
        ),
    )
    .help(say!(
        "remplissez-le, ou supprimez ce fichier : celui d’essaim prend alors sa place",
        "fill it in, or delete the file: the one of essaim then takes its place"
    ))
}

/// Reads the engine's list of unknown names: « error: Unknown filter `x` », then « --> fichier:ligne:colonne ».
fn listed(detail: &str, files: &BTreeMap<String, ThemeFile>) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut lines = detail.lines();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let place = lines.next().and_then(|line| line.trim().strip_prefix("--> "));
        let Some((rest, column)) = place.and_then(|place| place.rsplit_once(':')) else { continue };
        let Some((name, number)) = rest.rsplit_once(':') else { continue };
        let (Ok(number), Ok(column)) = (number.parse::<usize>(), column.parse::<usize>()) else { continue };
        let text = files.get(name).and_then(ThemeFile::text).unwrap_or_default();
        let before: usize = text.split_inclusive('\n').take(number.saturating_sub(1)).map(str::len).sum();
        let line = text[before..].lines().next().unwrap_or_default();
        let from = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
        let word = message.split('`').nth(1).unwrap_or_default();
        let start = before + line[from..].find(word).map_or(from, |at| from + at);
        let span = Span::new(start, start + word.len());
        found.push(Fault { template: name.to_owned(), said: placed(name, message, number, span, files) });
    }
    found
}

fn named(files: &BTreeMap<String, ThemeFile>, name: &str, message: Said) -> Diagnostic {
    let diagnostic = Diagnostic::error("E0506", message).help(say!(
        "corrigez son {{% extends %}} ou son {{% include %}}",
        "mend its {{% extends %}} or its {{% include %}}"
    ));
    match files.get(name).and_then(|file| file.source.as_ref()) {
        Some(source) => diagnostic.in_file(source),
        None => diagnostic,
    }
}

fn placed(name: &str, detail: &str, line: usize, span: Span, files: &BTreeMap<String, ThemeFile>) -> Diagnostic {
    let message = match meant(detail) {
        Some(Said { fr, en }) => {
            say!("le modèle « {name} » contient une erreur : {fr}", "the template “{name}” has an error: {en}")
        }
        None => say!(
            "le modèle « {name} » contient une erreur, que le moteur Tera nomme « {detail} »",
            "the template “{name}” has an error: {detail}"
        ),
    };
    let diagnostic = Diagnostic::error("E0506", message);
    match files.get(name).and_then(|file| file.source.as_ref()) {
        Some(source) => diagnostic.at(source, span).help(say!(
            "le guide de l’auteur de thème décrit les variables de chaque modèle",
            "the theme author’s guide describes the variables of each template"
        )),
        None => diagnostic.help(say!(
            "ligne {line} du thème intégré : un fichier de votre thème le contredit sans doute",
            "line {line} of the built-in theme: a file of your theme probably contradicts it"
        )),
    }
}

/// Returns what the engine's words mean, for the slips that are made most.
fn meant(detail: &str) -> Option<Said> {
    let name = detail.split('`').nth(1).unwrap_or_default();
    let says = |words: &str| detail.contains(words);
    let found = if says("Unexpected end of input") {
        say!(
            "il s’arrête avant la fin d’une balise ou d’un bloc ; chaque {{% if %}} a son {{% endif %}}, chaque {{% for %}} son {{% endfor %}}",
            "it stops before the end of a tag or a block; each {{% if %}} has its {{% endif %}}, each {{% for %}} its {{% endfor %}}"
        )
    } else if says("is not defined") || says("undefined value") {
        say!("« {name} » n’existe pas ici", "“{name}” does not exist here")
    } else if says("Unknown filter") || says("Filter") && says("not registered") {
        say!("il n’y a pas de filtre « {name} »", "there is no filter “{name}”")
    } else if says("Unknown function") {
        say!("il n’y a pas de fonction « {name} »", "there is no function “{name}”")
    } else if says("Unknown test") {
        say!("il n’y a pas de test « {name} »", "there is no test “{name}”")
    } else if says("Unknown component") {
        say!("il n’y a pas de composant « {name} »", "there is no component “{name}”")
    } else if says("Unknown template") {
        say!("il n’y a pas de modèle « {name} »", "there is no template “{name}”")
    } else if says("Closing comment tag") {
        say!("un commentaire {{# n’est pas fermé", "a comment {{# is not closed")
    } else if says("elif") || says("endif") {
        say!("un {{% if %}} n’est pas fermé par son {{% endif %}}", "an {{% if %}} is not closed by its {{% endif %}}")
    } else if let Some((found, wanted)) = detail.strip_prefix("Found ").and_then(|rest| rest.split_once(" but ")) {
        let wanted = wanted.trim_start_matches("was ").trim_start_matches("expecting ").trim_start_matches("expected ");
        let (found, wanted) = (found.trim_matches('`'), wanted.trim_end_matches('.').replace('`', ""));
        say!("« {found} » ne va pas ici (attendu : {wanted})", "“{found}” does not go here (expected: {wanted})")
    } else if says("Iteration not possible") {
        say!("cette valeur n’est pas une liste", "this value is not a list")
    } else {
        return None;
    };
    Some(found)
}
