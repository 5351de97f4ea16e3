//! The old addresses of pages, that lead to where they are now.

use std::collections::BTreeMap;

use super::resolve::decode;
use crate::diag::{Diagnostic, Report, Span};
use crate::say;
use crate::site::{Page, Redirect};
use crate::snapshot::nfc;
use crate::urls::Url;

/// Returns the old addresses that `alias` gives, and those that two pages claim are reported.
pub(super) fn of(pages: &[Page], report: &mut Report) -> Vec<Redirect> {
    if pages.iter().all(|page| page.fields.texts("alias").is_empty()) {
        return Vec::new();
    }
    // On Windows and macOS, folders that differ by their capitals are one.
    let small = |url: &Url| url.as_str().to_lowercase();
    let mut taken: BTreeMap<String, (Url, &Page)> =
        pages.iter().map(|page| (small(&page.url), (page.url.clone(), page))).collect();
    let mut redirects = Vec::new();
    for page in pages {
        for (alias, span) in page.fields.texts("alias") {
            let Some(from) = alias_url(alias) else {
                report.push(
                    Diagnostic::error(
                        "E0404",
                        say!(
                            "« {alias} » n’est pas une adresse de ce site",
                            "“{alias}” is not an address of this site"
                        ),
                    )
                    .at(&page.source, *span)
                    .help(say!(
                        "écrivez l’ancienne adresse à partir de la racine : « /fiches/17/ »",
                        "write the old address from the root: “/fiches/17/”"
                    )),
                );
                continue;
            };
            match taken.get(&small(&from)) {
                Some((known, other)) if other.id == page.id && *known == from => {}
                Some((known, other)) => {
                    let title = &other.title;
                    report.push(
                        Diagnostic::error(
                            "E0405",
                            say!(
                                "l’adresse « {alias} » est déjà celle de « {title} »",
                                "the address “{alias}” is already that of “{title}”"
                            ),
                        )
                        .at(&page.source, *span)
                        .also(&other.source, Span::default(), say!("cette page-ci", "this page"))
                        .help(if *known == from {
                            say!("retirez cet alias", "remove this alias")
                        } else {
                            say!(
                                "retirez cet alias : sous Windows et macOS, les majuscules ne distinguent pas deux dossiers",
                                "remove this alias: on Windows and macOS, capitals do not tell two folders apart"
                            )
                        }),
                    );
                }
                None => {
                    taken.insert(small(&from), (from.clone(), page));
                    redirects.push(Redirect { from, to: page.url.clone() });
                }
            }
        }
    }
    redirects.sort();
    redirects
}

/// The longest name of a folder, in bytes: file systems refuse 256.
const LONGEST: usize = 200;

fn alias_url(alias: &str) -> Option<Url> {
    // What is copied from a browser is percent-encoded.
    let path = nfc(&decode(alias.trim()));
    let odd = path.contains("://")
        || path.contains(['?', '#', '\\', '"', '<', '>'])
        || path.chars().any(char::is_control)
        || path.trim_matches('/').split('/').any(|name| matches!(name, "" | "." | "..") || name.len() > LONGEST);
    if odd || path.trim_matches('/').is_empty() {
        return None;
    }
    let mut url = format!("/{}", path.trim_start_matches('/'));
    if !url.ends_with('/') && !url.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        url.push('/');
    }
    // The file of a page is its folder’s: servers show one for the other.
    if url.ends_with("/index.html") {
        url.truncate(url.len() - "index.html".len());
    }
    (url != "/").then(|| Url::new(url))
}
