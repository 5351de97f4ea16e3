//! The address of a file on the site, from its path: numbers before names fall away, every name becomes a slug.

use std::collections::{BTreeMap, HashMap};

use ecow::EcoString;

use crate::diag::{Diagnostic, FilePath, Report};
use crate::fields::Fields;
use crate::french;
use crate::kinds::Kind;
use crate::say;
use crate::urls::Url;

/// Returns the slug and the address of a Markdown file of the content folder.
pub fn of(
    file: &FilePath,
    kind: &'static dyn Kind,
    fields: &Fields,
    title: &str,
    twin: Option<&FilePath>,
    report: &mut Report,
) -> (EcoString, Url) {
    let folder = parent_folder(file);
    let mut path = folder_url(folder);
    let stem = stem(file);
    if stem.is_empty() {
        return (EcoString::new(), Url::new("/"));
    }
    if let Some(first) = twin {
        report.push(keeps_number(file, first));
    }
    let named = kind.address_key().and_then(|key| fields.text(key)).filter(|_| file.name() != "_index.md");
    let slug = named
        .and_then(|name| french::slug(name))
        .or_else(|| french::slug(if twin.is_some() { stem } else { without_number(stem) }))
        .or_else(|| french::slug(title));
    let slug = slug.unwrap_or_else(|| {
        report.push(
            Diagnostic::error(
                "E0113",
                say!("le nom « {stem} » ne peut pas faire une adresse", "the name “{stem}” cannot make an address"),
            )
            .in_file(file)
            .help(say!(
                "renommez le fichier avec des lettres, par exemple « animer-son-territoire.md »",
                "rename the file with letters, for example “my-page.md”"
            )),
        );
        "page".to_owned()
    });
    let slug = if french::is_reserved(&slug) {
        report.push(reserved(file, &slug));
        portable(slug)
    } else {
        slug
    };
    path.push_str(&slug);
    path.push('/');
    (slug.into(), Url::new(path))
}

/// Returns a name that every system takes.
pub fn portable(slug: String) -> String {
    if french::is_reserved(&slug) { slug + "-page" } else { slug }
}

fn reserved(file: &FilePath, slug: &str) -> Diagnostic {
    Diagnostic::warning(
        "A0415",
        say!(
            "Windows refuse les dossiers nommés « {slug} » : l’adresse de cette page finit par « {slug}-page »",
            "Windows refuses folders named “{slug}”: the address of this page ends in “{slug}-page”"
        ),
    )
    .in_file(file)
    .help(say!("donnez au fichier un nom plus long", "give the file a longer name"))
}

/// Finds the numbered files whose names are the same but for the number: the first has the plain address, the others keep theirs.
pub fn twins(files: &[&FilePath]) -> BTreeMap<FilePath, FilePath> {
    let mut plain: HashMap<(&str, &str), &FilePath> = HashMap::with_capacity(files.len());
    let mut twins = BTreeMap::new();
    let is_numbered = |file: &FilePath| without_number(stem(file)).len() < stem(file).len();
    let is_folder = |file: &FilePath| file.name() == super::INDEX;
    let mut ranked = files.to_vec();
    // A name without a number has the first right to its address, then a folder: those of its pages begin with its own.
    ranked.sort_by_key(|file| (is_numbered(file), !is_folder(file)));
    for file in ranked {
        let first = *plain.entry((parent_folder(file), without_number(stem(file)))).or_insert(file);
        // Two folders of one address are refused.
        if first != file && is_numbered(file) && !is_folder(file) {
            twins.insert(file.clone(), first.clone());
        }
    }
    twins
}

fn keeps_number(file: &FilePath, first: &FilePath) -> Diagnostic {
    let (name, other) = (stem(file), stem(first));
    Diagnostic::warning(
        "A0412",
        say!(
            "« {name} » et « {other} » auraient la même adresse sans leur numéro : « {name} » garde le sien",
            "“{name}” and “{other}” would have the same address without their numbers: “{name}” keeps its own"
        ),
    )
    .in_file(file)
    .help(say!("donnez aux deux fichiers des noms différents", "give the two files different names"))
}

/// Returns the address of a folder of the content folder, with its final `/`.
pub fn folder_url(folder: &str) -> String {
    let mut path = String::from("/");
    for name in folder.split('/').skip(1).filter(|name| !name.is_empty()) {
        path.push_str(&portable(french::slug(without_number(name)).unwrap_or_else(|| "dossier".to_owned())));
        path.push('/');
    }
    path
}

/// Returns the folder a page belongs to: for `a/b/_index.md` and `a/b/index.md` it is `a`.
pub fn parent_folder(file: &FilePath) -> &str {
    match file.name() {
        "_index.md" | "index.md" => file.folder().rsplit_once('/').map_or("", |(parent, _)| parent),
        _ => file.folder(),
    }
}

/// Returns the folder whose `_index.md` decides the kind of a page.
pub fn folder_of(file: &FilePath) -> &str {
    if file.name() == "index.md" { parent_folder(file) } else { file.folder() }
}

/// Returns the name that makes the slug: the file's, or its folder's for `index.md` and `_index.md`; empty for the home page.
pub fn stem(file: &FilePath) -> &str {
    match file.name() {
        "_index.md" | "index.md" => file.folder().rsplit_once('/').map_or("", |(_, name)| name),
        name => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
    }
}

/// Drops the number that writers put before a name to sort files: `04-acteurs`, `4. acteurs`, `04_acteurs`.
pub fn without_number(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = name.len() - rest.len();
    let after = rest.trim_start_matches(['-', '_', '.', ' ', ')']);
    if (1..=3).contains(&digits) && after.len() < rest.len() && after.starts_with(char::is_alphabetic) {
        after
    } else {
        name
    }
}
