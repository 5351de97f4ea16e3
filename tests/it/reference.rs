//! The reference's tables of keys, held to the tables that the program reads with: every key is there, under its own name.

use essaim::fields::{Field, Type};
use essaim::kinds::{COMMON, KINDS};

const CLES: &str = concat!(
    include_str!("../../content/reference/01-cles.md"),
    include_str!("../../content/reference/02-natures.md"),
    include_str!("../../content/reference/03-recits-et-lettres.md"),
);
const SITE_TOML: &str = concat!(
    include_str!("../../content/reference/08-site-toml.md"),
    include_str!("../../content/reference/09-sorties.md")
);

/// Returns the keys of a table and of the tables inside it.
fn keys(table: &[Field]) -> Vec<&'static str> {
    let inner = |field: &Field| match field.takes {
        Type::Map(table) | Type::Maps(table) => keys(table),
        Type::Text | Type::Integer | Type::Bool | Type::When | Type::Choice(_) | Type::Texts | Type::Free => Vec::new(),
    };
    table.iter().flat_map(|field| [vec![field.key], inner(field)].concat()).collect()
}

#[test]
fn the_guide_has_every_key_of_front_matter() {
    let all = KINDS.iter().flat_map(|kind| keys(kind.fields())).chain(keys(COMMON));
    let missing: Vec<&str> = all.filter(|key| !CLES.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "the reference of the keys lacks {missing:?}");
}

#[test]
fn the_guide_has_every_key_of_the_configuration() {
    let says = |key: &str| {
        [format!("`{key}`"), format!("[{key}"), format!(".{key}]")].iter().any(|one| SITE_TOML.contains(one))
    };
    let missing: Vec<&str> = keys(essaim::config::SITE).into_iter().filter(|key| !says(key)).collect();
    assert!(missing.is_empty(), "the reference of site.toml lacks {missing:?}");
}

/// Returns the blocks of code of a page, and the page without them.
fn code(page: &str) -> (Vec<String>, String) {
    let (mut blocks, mut rest, mut open) = (Vec::new(), String::new(), None::<(&str, String)>);
    for line in page.split_inclusive('\n') {
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        match &mut open {
            Some((own, _)) if *own == line.trim_end() => blocks.extend(open.take().map(|(_, text)| text)),
            Some((_, text)) => text.push_str(line),
            None if fence.len() >= 3 => open = Some((fence, String::new())),
            None => rest.push_str(line),
        }
    }
    (blocks, rest)
}

#[test]
fn the_guide_shows_every_directive_with_its_result() {
    let pages = [
        include_str!("../../content/guide/04-utiliser-les-encadres.md"),
        include_str!("../../content/guide/06-inserer-des-images/index.md"),
    ];
    let mut shown = Vec::new();
    for (blocks, rest) in pages.map(code) {
        let live = blocks.into_iter().filter(|block| rest.contains(block.trim()));
        shown.extend(live.flat_map(|block| {
            let names = block.lines().filter_map(|line| line.trim_start_matches(':').split(['{', ' ']).next());
            names.map(str::to_owned).collect::<Vec<_>>()
        }));
    }
    // A video stands on a server of its own: the guide has none to show.
    let missing: Vec<&str> = essaim::doc::DIRECTIVES
        .iter()
        .map(|spec| spec.name)
        .filter(|name| *name != "video" && !shown.iter().any(|own| own == name))
        .collect();
    assert!(missing.is_empty(), "the guide shows no result of {missing:?}");
}
