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
