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
        let Some(right) = right_name(file) else { continue };
        let name = file.name();
        report.push(
            Diagnostic::warning("A0908", say!("« {name} » n’est pas lu", "“{name}” is not read"))
                .at(file, Span::default())
                .help(say!("renommez-le : « {right} »", "rename it: “{right}”")),
        );
    }
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
