//! What is said of a line that the notation of `site.toml` refuses: the parser's English words, as advice to a writer.

use crate::diag::Said;
use crate::say;

/// Returns what to do about a slip, from the words of the parser.
pub(super) fn advice(message: &str) -> Said {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    if says(&["must be quoted"]) {
        say!(
            "un texte se met entre guillemets droits : titre = \"Mon site\"",
            "a text stands between straight quotes: titre = \"My site\""
        )
    } else if says(&["escape", "unicode"]) {
        say!(
            "dans un texte entre guillemets, la barre \\ se double : \\\\",
            "inside quotes, the bar \\ is doubled: \\\\"
        )
    } else if says(&["string"]) {
        say!(
            "un guillemet ouvert n’est pas refermé sur sa ligne : titre = \"Mon site\"",
            "a quote is left open on its line: titre = \"My site\""
        )
    } else if says(&["duplicate key"]) {
        say!(
            "cette clé ou cette section est écrite deux fois : gardez-en une",
            "this key or section is written twice: keep one"
        )
    } else if says(&["table"]) {
        say!(
            "le nom d’une section se met entre crochets, seul sur sa ligne : [contenu]",
            "a section’s name stands between brackets, alone on its line: [contenu]"
        )
    } else if says(&["array", "comma"]) {
        say!(
            "une liste se met entre crochets, avec une virgule entre deux textes : [\"un\", \"deux\"]",
            "a list stands between brackets, with a comma between two texts: [\"one\", \"two\"]"
        )
    } else if says(&["unquoted key"]) {
        say!(
            "une clé s’écrit sans espace, accent ni apostrophe : couleur = \"ocre\"",
            "a key has no space, accent or apostrophe: couleur = \"ocre\""
        )
    } else if says(&["recurs"]) {
        say!("trop de crochets les uns dans les autres", "too many brackets inside one another")
    } else if says(&["date", "time"]) {
        say!(
            "mettez la date entre guillemets droits : audit_date = \"2026-03-12\"",
            "put the date between straight quotes: audit_date = \"2026-03-12\""
        )
    } else if says(&[
        "number", "integer", "digit", "float", "sign", "zero", "radix", "fraction", "exponent", "mantissa",
    ]) {
        say!(
            "un nombre s’écrit en chiffres seuls ; tout autre texte se met entre guillemets droits",
            "a number is digits alone; any other text stands between straight quotes"
        )
    } else {
        say!(
            "chaque ligne s’écrit clé = valeur, et un texte se met entre guillemets droits : titre = \"Mon site\"",
            "each line is written key = value, and a text stands between straight quotes: titre = \"My site\""
        )
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::advice;

    #[test]
    fn each_slip_has_the_advice_that_mends_it() {
        let cases = [
            ("titre = Mon site", "guillemets droits"),
            ("titre = \"Mon site", "pas refermé"),
            ("titre = 'Mon site", "pas refermé"),
            ("titre = \"C:\\Photos\"", "se double"),
            ("titre = \"a\"\ntitre = \"b\"", "deux fois"),
            ("[contenu]\na = 1\n[contenu]\nb = 2", "deux fois"),
            ("[contenu", "entre crochets, seul"),
            ("auteurs = [\"a\" \"b\"]", "virgule"),
            ("auteurs = [\"a\"", "crochets"),
            ("nom du site = \"a\"", "clé = valeur"),
            ("l’été = 1", "sans espace"),
            ("titre =", "guillemets droits"),
            ("titre", "clé = valeur"),
            ("audit_date = 2026-13-45", "date"),
            ("taux = 7_", "chiffres seuls"),
        ];
        for (text, expected) in cases {
            let error = DeTable::parse(text).expect_err(text);
            let said = advice(error.message()).fr;
            assert!(said.contains(expected), "{text} : {said} ({})", error.message());
        }
        let deep = format!("a = {}", "[".repeat(300));
        let error = DeTable::parse(&deep).expect_err("too deep");
        assert!(advice(error.message()).fr.contains("crochets"), "{}", error.message());
    }
}
