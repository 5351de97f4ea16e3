//! The code is held to the table of ARCHITECTURE.md: who may use whom, and which third-party crate belongs where.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the table: a module and the crates it owns.
struct Row {
    module: String,
    crates: Vec<String>,
}

/// A source file: its module, its place for messages, and its lines without comments.
struct Source {
    module: String,
    path: String,
    lines: Vec<String>,
}

impl Source {
    /// Whether this file has a module of ours that bears a crate's name, such as a kind of content.
    fn declares(&self, krate: &str) -> bool {
        self.lines.iter().any(|line| line.trim().trim_start_matches("pub ").starts_with(&format!("mod {krate};")))
    }
}

fn read(name: &str) -> String {
    fs::read_to_string(crate::root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Returns the names between backquotes.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn table(page: &str) -> Vec<Row> {
    page.lines()
        .skip_while(|line| !line.starts_with("| module"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
            let [module, _, crates] = cells[..] else { panic!("three cells in « {line} »") };
            Row { module: quoted(module).remove(0), crates: quoted(crates) }
        })
        .collect()
}

fn shared(page: &str) -> Vec<String> {
    quoted(page.lines().find(|line| line.starts_with("Every module may use")).expect("the list of shared crates"))
}

fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    gather(&crate::root().join("src"), &mut files);
    files
        .into_iter()
        .map(|file| {
            let path = file
                .strip_prefix(crate::root().join("src"))
                .expect("it is under src")
                .to_str()
                .expect("ASCII names")
                .replace('\\', "/");
            let module = path.split(['/', '.']).next().expect("a name").to_owned();
            let text = fs::read_to_string(&file).expect("a source can be read");
            let lines = text
                .lines()
                .map(|line| if line.trim_start().starts_with("//") { String::new() } else { line.to_owned() })
                .collect();
            Source { module, path, lines }
        })
        .filter(|source| !matches!(source.module.as_str(), "lib" | "main"))
        .collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// Returns what follows `crate::` in a text: `crate::doc::Block` and `crate::{doc, say}` give `doc`, `say`.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        if text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$') {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(word(rest)),
            Some(list) => found.extend(top_level(list)),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// Returns the first word of each entry of a list in braces, without going into inner braces.
fn top_level(list: &str) -> Vec<String> {
    let (mut depth, mut entry, mut entries) = (0_usize, String::new(), Vec::new());
    for letter in list.chars() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => entries.push(std::mem::take(&mut entry)),
            _ if depth == 0 => entry.push(letter),
            _ => {}
        }
    }
    entries.push(entry);
    entries.iter().map(|entry| word(entry.trim_start())).collect()
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// Returns whether a line names a crate as the start of a path: `tera::Context`, `use tera;`, not `self::tera::` or `x.tera`.
fn names(line: &str, krate: &str) -> bool {
    line.match_indices(krate).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + krate.len()..]);
        let starts = !before
            .ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':' | '.' | '"' | '\''));
        let used = before.trim_end().ends_with("use") && after.starts_with([';', ' ']);
        starts && (after.starts_with("::") || used)
    })
}

fn dependencies() -> BTreeSet<String> {
    let manifest = read("Cargo.toml");
    let mut ours = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            ours = line == "[dependencies]" || (line.starts_with("[target.") && line.ends_with(".dependencies]"));
        } else if let Some((name, _)) = line.split_once('=').filter(|_| ours) {
            names.insert(name.trim().replace('-', "_"));
        }
    }
    names
}

#[test]
fn every_module_has_one_row() {
    let rows: BTreeSet<String> = table(&read("ARCHITECTURE.md")).into_iter().map(|row| row.module).collect();
    let modules: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    let missing: Vec<_> = modules.difference(&rows).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md has no row for {missing:?}");
}

#[test]
fn a_module_uses_only_those_above_it() {
    let rows = table(&read("ARCHITECTURE.md"));
    let order: BTreeMap<&str, usize> = rows.iter().enumerate().map(|(at, row)| (row.module.as_str(), at)).collect();
    let mut wrong = BTreeSet::new();
    for source in sources() {
        let text = source.lines.join("\n");
        for used in uses(&text) {
            // The one macro that the crate exports at its root belongs to `diag`.
            let used = if used == "say" { "diag".to_owned() } else { used };
            match (order.get(used.as_str()), order.get(source.module.as_str())) {
                _ if used == source.module => {}
                (Some(one), Some(other)) if one < other => {}
                _ => {
                    wrong.insert(format!("{} uses {used}", source.path));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "against the order of ARCHITECTURE.md:\n{}",
        wrong.into_iter().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn each_crate_is_named_in_its_own_module() {
    let page = read("ARCHITECTURE.md");
    let (rows, shared) = (table(&page), shared(&page));
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &rows {
        for krate in &row.crates {
            owners.entry(krate).or_default().push(&row.module);
        }
    }
    let mut wrong = Vec::new();
    let all = dependencies();
    for krate in &all {
        match owners.get(krate.as_str()) {
            Some(_) if shared.contains(krate) => wrong.push(format!("{krate} is both owned and shared")),
            Some(modules) if modules.len() > 1 => wrong.push(format!("{krate} has several owners: {modules:?}")),
            None if !shared.contains(krate) => wrong.push(format!("{krate} has no owner")),
            Some(_) | None => {}
        }
    }
    for krate in owners.keys().filter(|krate| !all.contains(**krate)) {
        wrong.push(format!("{krate} is in the table but not in Cargo.toml"));
    }
    for source in sources() {
        for (krate, modules) in &owners {
            if modules.contains(&source.module.as_str()) || source.declares(krate) {
                continue;
            }
            if let Some(at) = source.lines.iter().position(|line| line.contains(krate) && names(line, krate)) {
                wrong.push(format!("src/{}:{} names {krate}, which {} owns", source.path, at + 1, modules[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_checks_themselves_see_what_they_look_for() {
    assert_eq!(
        uses("use crate::doc::Block; use crate::{refusal, say, emit::{html, x}}; $crate::diag"),
        ["doc", "refusal", "say", "emit"]
    );
    assert!(
        names("use tera::Context;", "tera")
            && names("    let x = tera::Tera::new();", "tera")
            && names("use tera;", "tera")
    );
    assert!(
        !names("self.tera::<x>()", "tera")
            && !names("crate::emit::tera::x", "tera")
            && !names("\"tera::x\"", "tera")
            && !names("use tera_ext::x", "tera")
    );
}
