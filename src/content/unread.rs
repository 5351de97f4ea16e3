//! Files that a writer takes for content and essaim does not read, because of their names.

use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::say;
use crate::snapshot::Snapshot;

use super::{FOLDER, SYNONYMS, glossary};

/// Endings that other programs give to Markdown.
const MARKDOWN: &[&str] = &["markdown", "mdown", "mdwn", "mkd", "mkdn", "mdx", "mdtext"];

/// Says which files of the content folder have nearly the name that would make them read.
pub(super) fn tell(snapshot: &Snapshot, report: &mut Report) {
    for file in snapshot.under(FOLDER).map(|file| &file.path) {
        let name = file.name();
        if let Some(right) = ["_index.md", "index.md"].into_iter().find(|right| is_nearly(name, right)) {
            report.push(
                Diagnostic::warning(
                    "A0908",
                    say!(
                        "« {name} » n’est pas lu comme la page de son dossier",
                        "“{name}” is not read as the page of its folder"
                    ),
                )
                .at(file, Span::default())
                .help(say!("renommez-le en minuscules : « {right} »", "rename it in small letters: “{right}”")),
            );
            continue;
        }
        let Some(right) = right_name(file) else { continue };
        report.push(
            Diagnostic::warning("A0908", say!("« {name} » n’est pas lu", "“{name}” is not read"))
                .at(file, Span::default())
                .help(say!("renommez-le : « {right} »", "rename it: “{right}”")),
        );
    }
}

/// Returns whether capitals alone part a name from another.
fn is_nearly(name: &str, right: &str) -> bool {
    name != right && name.eq_ignore_ascii_case(right)
}

fn right_name(file: &FilePath) -> Option<String> {
    let name = file.name();
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    if MARKDOWN.contains(&&*ending) {
        return Some(format!("{stem}.md"));
    }
    let is_yaml = matches!(&*ending, "yaml" | "yml");
    [glossary::FILE, SYNONYMS].into_iter().find_map(|known| {
        let (folder, right) = known.rsplit_once('/')?;
        let is_near = right.strip_suffix(".yaml").is_some_and(|right| right.eq_ignore_ascii_case(stem));
        (is_yaml && is_near && file.folder() == folder && name != right).then(|| right.to_owned())
    })
}
