//! What a page is called: its `titre`, else its first heading, else its file's name.

use ecow::EcoString;

use super::address;
use crate::diag::{Diagnostic, FilePath, Report, Severity, Span};
use crate::doc::{self, Document};
use crate::fields::Fields;
use crate::{french, say};

/// Returns the title: the key, else the first heading, else the file's name with an alert.
pub(super) fn title(
    file: &FilePath,
    fields: &Fields,
    document: &Document,
    rules: &french::Rules,
    has_front: bool,
    report: &mut Report,
) -> EcoString {
    if let Some(title) = fields.text("titre").filter(|title| !title.is_empty()) {
        return title.clone();
    }
    let first = document.blocks.iter().find_map(|block| match block {
        doc::Block::Heading(heading) => Some(EcoString::from(doc::inline_text(&heading.text))),
        _ => None,
    });
    let title = first.unwrap_or_else(|| {
        let name = address::stem(file).replace(['-', '_'], " ");
        french::typeset(rules, &french::capitalised(&name)).as_ref().into()
    });
    // A front matter with a fault may hold the title: the fault is told, and comes first.
    if report.diagnostics.iter().any(|said| said.severity == Severity::Error && said.code.starts_with("E01")) {
        return title;
    }
    report.push(
        Diagnostic::warning(
            "A0101",
            say!(
                "cette page n’a pas de titre ; elle s’appellera « {title} »",
                "this page has no title; it will be called “{title}”"
            ),
        )
        .at(file, Span::default())
        .help(if has_front {
            say!("ajoutez « titre: … » dans l’en-tête", "add “titre: …” to the front matter")
        } else {
            say!(
                "commencez le fichier par un en-tête : une ligne « --- », une ligne « titre: … », une ligne « --- »",
                "begin the file with a front matter: “---”, “titre: …”, “---”"
            )
        }),
    );
    title
}
