//! The 106 criteria of RGAA 4.1.2, and how far a site made by essaim answers each before a person looks.

use super::Sheet;
use super::sample::Features;

/// Number, level, subject, standing, what the criterion needs to apply, and why.
const CRITERIA: &str = include_str!("criteres.tsv");

/// How far a criterion is answered before anyone audits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Held by the way pages are made, and tried by a tool each time the program is changed.
    Guaranteed,
    /// Only a person can say.
    Judged,
    /// Nothing on the site calls for it.
    NotApplicable,
}

struct Criterion {
    number: &'static str,
    level: &'static str,
    subject: &'static str,
    standing: Standing,
    needs: &'static str,
    why: &'static str,
}

fn criteria() -> impl Iterator<Item = Criterion> {
    CRITERIA.lines().filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        Some(Criterion {
            number: next()?,
            level: next()?,
            subject: next()?,
            standing: match next()? {
                "garanti" => Standing::Guaranteed,
                "objet" => Standing::NotApplicable,
                _ => Standing::Judged,
            },
            needs: next()?,
            why: next()?,
        })
    })
}

/// Returns how a criterion stands on a site that has these features.
fn standing(criterion: &Criterion, features: &Features) -> Standing {
    if features.lacks(criterion.needs) { Standing::NotApplicable } else { criterion.standing }
}

/// Returns how many criteria are guaranteed, to be judged, and not applicable on this site.
pub(super) fn counts(features: &Features) -> [usize; 3] {
    let count = |wanted| criteria().filter(|criterion| standing(criterion, features) == wanted).count();
    [count(Standing::Guaranteed), count(Standing::Judged), count(Standing::NotApplicable)]
}

/// Returns the grid: the last columns are the auditor's.
pub(super) fn sheet(features: &Features) -> Sheet {
    let headers = ["Critère", "Niveau", "Sujet", "Préparation", "Pourquoi", "Résultat", "Pages en défaut", "Remarques"];
    let mut rows = vec![headers.map(str::to_owned).to_vec()];
    for criterion in criteria() {
        let (word, why) = match standing(&criterion, features) {
            Standing::Guaranteed => ("garanti et testé", criterion.why.to_owned()),
            Standing::Judged => ("à juger par une personne", criterion.why.to_owned()),
            Standing::NotApplicable if criterion.standing == Standing::NotApplicable => {
                ("sans objet par conception", criterion.why.to_owned())
            }
            Standing::NotApplicable => ("sans objet sur ce site", Features::absence(criterion.needs).to_owned()),
        };
        let cells = [criterion.number, criterion.level, criterion.subject, word, &why, "", "", ""];
        rows.push(cells.map(str::to_owned).to_vec());
    }
    Sheet { name: "Grille RGAA 4.1.2", rows }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_criteria_are_all_there_in_order() {
        let themes = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12];
        let expected: Vec<String> = themes
            .iter()
            .enumerate()
            .flat_map(|(theme, count)| (1..=*count).map(move |number| format!("{}.{number}", theme + 1)))
            .collect();
        let found: Vec<&str> = criteria().map(|criterion| criterion.number).collect();
        assert_eq!(found, expected);
        for criterion in criteria() {
            assert!(matches!(criterion.level, "A" | "AA"), "{}", criterion.number);
            assert!(criterion.why.ends_with(['.', '?']) && criterion.subject.len() > 10, "{}", criterion.number);
            assert!(!Features::absence(criterion.needs).is_empty() || criterion.needs == "-", "{}", criterion.number);
        }
    }

    /// What is promised names the scenario of the browser tests, or the test, that holds it.
    #[test]
    fn every_promise_names_what_holds_it() {
        let project = std::env::var("CARGO_MANIFEST_DIR").expect("the tests run in a project");
        let root = std::path::Path::new(&project).join("tests");
        let named = |why: &'static str, word: &str| {
            why.split_once(word).and_then(|(_, rest)| rest.split_once(" »")).map(|(name, _)| name)
        };
        for criterion in criteria().filter(|criterion| criterion.standing == Standing::Guaranteed) {
            let holds = match (named(criterion.why, "scénario « "), named(criterion.why, "test « ")) {
                (Some(name), _) => root.join(format!("browser/scenarios/{name}.mjs")).is_file(),
                (None, Some(name)) => name.split_once("::").is_some_and(|(file, test)| {
                    let text = std::fs::read_to_string(root.join(format!("it/{file}.rs"))).unwrap_or_default();
                    text.contains(&format!("fn {test}()"))
                }),
                (None, None) => false,
            };
            assert!(holds, "{}: {}", criterion.number, criterion.why);
        }
    }

    #[test]
    fn no_criterion_is_ever_said_to_conform() {
        for features in [Features::default(), Features::all()] {
            let sheet = sheet(&features);
            assert_eq!(sheet.rows.len(), 107);
            for row in &sheet.rows[1..] {
                assert!(row[5..].iter().all(String::is_empty) && !row[3].contains("conforme"), "{row:?}");
            }
            assert_eq!(counts(&features).iter().sum::<usize>(), 106);
        }
    }
}
