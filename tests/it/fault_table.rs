//! The table of faults, `tests/faults.tsv`: every row names what holds it, and what it names is there.

use std::fs;
use std::path::Path;

fn holds(file: &Path, text: &str) -> bool {
    fs::read_to_string(file).is_ok_and(|held| held.contains(text))
}

/// Returns whether a proof is there.
fn stands(proof: &str) -> bool {
    let Some((kind, name)) = proof.split_once(':') else { return false };
    let in_file = |folder: &str| {
        name.split_once("::").is_some_and(|(file, test)| {
            holds(&crate::root().join(folder).join(format!("{file}.rs")), &format!("fn {test}("))
        })
    };
    match kind {
        "case" => crate::root().join(format!("tests/it/cases/{name}.txt")).is_file(),
        "cmd" => crate::root().join(format!("tests/cmd/{name}.md")).is_file(),
        "browser" => crate::root().join(format!("tests/browser/scenarios/{name}.mjs")).is_file(),
        "test" => in_file("tests/it"),
        "unit" => in_file("src"),
        "survive" => {
            holds(&crate::root().join("tests/tools/survive"), &format!("# --- {} ---", name.replace('_', " ")))
        }
        _ => false,
    }
}

#[test]
fn every_fault_has_a_proof_or_a_reason() {
    let table = fs::read_to_string(crate::root().join("tests/faults.tsv")).expect("the table of faults");
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    let mut wrong = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let [number, fault, proofs] = row[..] else {
            wrong.push(format!("row {}: not three columns", at + 1));
            continue;
        };
        if number != (at + 1).to_string() || fault.is_empty() {
            wrong.push(format!("row {}: numbered {number}", at + 1));
        }
        if let Some(reason) = proofs.strip_prefix("none: ") {
            if reason.len() < 60 {
                wrong.push(format!("row {number}: a reason in a few words is none"));
            }
            continue;
        }
        wrong.extend(proofs.split(' ').filter(|proof| !stands(proof)).map(|proof| format!("row {number}: no {proof}")));
    }
    assert_eq!(rows.len(), 70, "the faults are seventy");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!stands("case:nothing") && !stands("test:serve::nothing") && !stands("browser:"), "the check itself sees");
}
