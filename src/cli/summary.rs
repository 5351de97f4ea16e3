//! The last lines of a build: what the site holds, what changed, how long it took.

use std::path::Path;
use std::time::Duration;

use crate::diag::Said;
use crate::french::{self, Lang};
use crate::publish::Summary;
use crate::refusal;

use super::ui::lasted;

/// The outputs that people know by a name: one, several, in French and in English.
const NAMED: &[(&str, [&str; 4])] = &[
    ("html", ["page", "pages", "page", "pages"]),
    ("pdf", ["PDF", "PDF", "PDF", "PDFs"]),
    ("courriel", ["fichier de courriel", "fichiers de courriel", "e-mail file", "e-mail files"]),
    ("integration", ["page à intégrer", "pages à intégrer", "embed page", "embed pages"]),
    (
        "recherche",
        ["fichier d’index de recherche", "fichiers d’index de recherche", "search index file", "search index files"],
    ),
    ("images", ["image", "images", "image", "images"]),
    ("donnees", ["fichier de données", "fichiers de données", "data file", "data files"]),
];

/// Returns what a build did, in three lines.
pub(super) fn told(summary: &Summary, output: &Path, time: Duration) -> Said {
    let (shown, time, size) = (output.display(), lasted(time), refusal::size(summary.bytes));
    let (held, changed) = (held(summary), changed(summary));
    Said {
        fr: format!(
            "Le site est dans « {shown} », construit en {}.\n  {} ; {} en tout\n  {}",
            time.fr, held.fr, size.fr, changed.fr
        ),
        en: format!(
            "The site is in “{shown}”, built in {}.\n  {}; {} in all\n  {}",
            time.en, held.en, size.en, changed.en
        ),
    }
}

/// « 212 pages, 24 PDF, 8 fichiers de courriel, 96 autres fichiers ».
fn held(summary: &Summary) -> Said {
    let mut parts: Vec<Said> = Vec::new();
    let mut others = 0;
    for (name, words) in NAMED {
        if let Some(count) = summary.by_output.get(*name) {
            parts.push(counted(count.files, *words));
        }
    }
    for (name, count) in &summary.by_output {
        if !NAMED.iter().any(|(known, _)| known == name) {
            others += count.files;
        }
    }
    if others > 0 {
        parts.push(counted(others, ["autre fichier", "autres fichiers", "other file", "other files"]));
    }
    join(&parts)
}

fn changed(summary: &Summary) -> Said {
    if summary.written == 0 && summary.removed == 0 {
        return Said { fr: "rien n’a changé".to_owned(), en: "nothing changed".to_owned() };
    }
    let mut parts =
        vec![counted(summary.written, ["fichier écrit", "fichiers écrits", "file written", "files written"])];
    if summary.unchanged > 0 {
        parts.push(counted(summary.unchanged, ["inchangé", "inchangés", "unchanged", "unchanged"]));
    }
    if summary.removed > 0 {
        parts.push(counted(summary.removed, ["supprimé", "supprimés", "removed", "removed"]));
    }
    join(&parts)
}

fn counted(count: usize, words: [&str; 4]) -> Said {
    let number = |lang| french::integer(i64::try_from(count).unwrap_or(i64::MAX), lang);
    // In French, zero is singular.
    let fr = words[usize::from(count > 1)];
    let en = words[2 + usize::from(count != 1)];
    Said { fr: format!("{} {fr}", number(Lang::Fr)), en: format!("{} {en}", number(Lang::En)) }
}

fn join(parts: &[Said]) -> Said {
    let of = |pick: fn(&Said) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join(", ");
    Said { fr: of(|part| &part.fr), en: of(|part| &part.en) }
}
