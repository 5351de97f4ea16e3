//! How a masculine and the ending of a feminine make words: acteur·rice, heureux·se, territorial·e.

use super::Kind;

/// Endings of the feminine as they are written after the mark.
pub(super) const ROOTS: &[&str] = &[
    "e", "ne", "le", "te", "se", "ve", "fe", "que", "che", "esse", "sse", "ère", "ière", "ice", "rice", "trice",
    "euse", "eure", "elle", "enne", "onne", "ienne", "ale", "aine", "ine", "ante", "ente", "ive", "ée", "ie", "ue",
    "ère", "oise", "aise", "toute", "oute", "ille", "use", "ise",
];

/// Returns the singular of a stem that may already be a plural, and whether it was.
pub(super) fn singular(stem: &str, suffix_plural: bool) -> (String, bool) {
    let lower = stem.to_lowercase();
    if !suffix_plural || matches!(lower.as_str(), "tous" | "gros" | "bas" | "las" | "exprès" | "métis") {
        return (stem.to_owned(), lower == "tous");
    }
    if let Some(base) = stem.strip_suffix("aux") {
        return (format!("{base}al"), true);
    }
    if lower.ends_with("ois") || lower.ends_with("ais") || !lower.ends_with('s') {
        return (stem.to_owned(), false);
    }
    (stem[..stem.len() - 1].to_owned(), true)
}

/// Builds the feminine of `stem` from the ending written after the mark.
pub(super) fn feminine(stem: &str, root: &str) -> Option<String> {
    if !ROOTS.contains(&root) {
        return None;
    }
    let swap = |old: &str, new: &str| stem.strip_suffix(old).map(|base| format!("{base}{new}"));
    if stem.eq_ignore_ascii_case("tous") {
        return matches!(root, "te" | "toute" | "oute").then(|| format!("{}oute", &stem[..1]));
    }
    match root {
        "e" => (!stem.ends_with('e')).then(|| format!("{stem}e")),
        "ne" | "le" | "te" => Some(format!("{stem}{root}")),
        "se" => swap("x", "se")
            .or_else(|| {
                stem.ends_with('s')
                    .then(|| format!("{stem}e"))
                    .filter(|_| !stem.ends_with("os") && !stem.ends_with("as"))
            })
            .or_else(|| Some(format!("{stem}se")).filter(|_| stem.ends_with('s'))),
        "ve" => swap("f", "ve"),
        "fe" => swap("f", "fe"),
        "que" => swap("c", "que"),
        "che" => swap("c", "che").or_else(|| swap("s", "che")),
        "sse" => stem.ends_with('e').then(|| format!("{stem}sse")),
        "esse" => swap("e", "esse"),
        "ère" => swap("er", "ère"),
        "ière" => swap("ier", "ière"),
        "rice" | "ice" => swap("eur", "rice"),
        "trice" => swap("teur", "trice"),
        "euse" => swap("eur", "euse").or_else(|| swap("eux", "euse")),
        "eure" => swap("eur", "eure"),
        "elle" => swap("el", "elle").or_else(|| swap("eau", "elle")),
        "enne" => swap("en", "enne"),
        "ienne" => swap("ien", "ienne"),
        "onne" => swap("on", "onne"),
        "ale" => swap("al", "ale"),
        other => other.strip_suffix('e').and_then(|masculine| swap(masculine, other)),
    }
}

/// Says whether stem and ending go together, more strictly where the mark has other uses.
pub(super) fn fits(stem: &str, root: &str, kind: Kind) -> bool {
    let strict = match kind {
        Kind::Middle | Kind::Capital => false,
        Kind::Dot | Kind::Hyphen | Kind::Slash | Kind::Bracket => true,
    };
    match root {
        "e" => !strict || stem.ends_with(['é', 'i', 'u', 'd', 'l', 'n', 'r', 's', 't']),
        "ne" => stem.ends_with("en") || stem.ends_with("on") || stem.ends_with("an"),
        "le" => stem.ends_with("el") || stem.ends_with("eil") || stem.ends_with("ul") || stem.ends_with("il"),
        "te" => stem.ends_with('t') || stem.eq_ignore_ascii_case("tou") || stem.eq_ignore_ascii_case("tous"),
        _ => true,
    }
}

pub(super) fn pluralise(singular: &str) -> String {
    if singular.eq_ignore_ascii_case("tou") {
        return format!("{singular}s");
    }
    if let Some(base) = singular.strip_suffix("al")
        && base.len() > 2
    {
        return format!("{base}aux");
    }
    if singular.ends_with("eau") {
        return format!("{singular}x");
    }
    if singular.ends_with(['s', 'x', 'z']) { singular.to_owned() } else { format!("{singular}s") }
}
