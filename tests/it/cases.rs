//! Sites as data: each file of `cases/` is a site, what is said of it, and what its pages hold.
//!
//! A case opens with a sentence, goes on with the files of the site (`-- content/a.md --`), and ends with what is expected:
//! `-- said --` the codes and places of the report; `-- has /a/ --` texts that a page holds, one a line; `-- lacks /a/ --` texts that it does
//! not hold; `-- words --` texts of what is said, in French; `-- urls --` addresses that are there, or not when they begin with `!`. `UPDATE=1 cargo test cases` writes the report anew.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use essaim::diag::Diagnostic;

use crate::project::Project;

/// What a case may take: a page that needs a second is a page that hangs one day.
const PATIENCE: Duration = Duration::from_secs(10);

struct Case {
    path: PathBuf,
    /// Everything before what is said.
    site: String,
    said: Vec<String>,
    /// The lines after what is said, as written.
    rest: String,
}

/// Everything that is said of a site, each message with its help on a line.
fn words(project: &Project) -> String {
    let line = |said: &Diagnostic| {
        format!("{} | {}\n", said.message.fr, said.help.as_ref().map_or("", |help| help.fr.as_str()))
    };
    project.said().diagnostics.iter().map(line).collect()
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("a case can be read");
        let text = text.replace('␉', "\t").replace('␍', "\r").replace('⍽', "\u{a0}");
        let (site, expected) = text.split_once("-- said --\n").unwrap_or((&text, ""));
        let rest_at = expected.find("-- ").unwrap_or(expected.len());
        let said = expected[..rest_at].lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        Self { path: path.to_owned(), site: site.to_owned(), said, rest: expected[rest_at..].to_owned() }
    }

    fn project(&self) -> Project {
        let start = self.site.find("-- ").expect("a case has files");
        Project::new(&self.site[start..])
    }

    /// Returns what does not hold.
    fn faults(&self) -> Vec<String> {
        let project = self.project();
        let mut faults = Vec::new();
        let codes = project.codes();
        if std::env::var_os("UPDATE").is_some() {
            self.update(&codes);
        } else if codes != self.said {
            let list = |codes: &[String]| codes.iter().map(|code| format!("    {code}\n")).collect::<String>();
            faults.push(format!("said\n{}  instead of\n{}{}", list(&codes), list(&self.said), project.report()));
        }
        let mut page: Option<(bool, String, String)> = None;
        for line in self.rest.lines().filter(|line| !line.is_empty()) {
            match line
                .strip_prefix("-- ")
                .and_then(|line| line.strip_suffix(" --"))
                .map(|line| line.split_once(' ').unwrap_or((line, "")))
            {
                Some(("has", url)) => {
                    let body = plain(&project.page(url));
                    faults.extend(hidden(&body).map(|character| format!("{url} hides {character:?}")));
                    page = Some((true, url.to_owned(), body));
                }
                Some(("words", _)) => page = Some((true, "what is said".to_owned(), words(&project))),
                Some(("lacks", url)) => page = Some((false, url.to_owned(), plain(&project.page(url)))),
                Some(("urls", _)) => page = Some((true, String::new(), format!("\n{}\n", project.urls().join("\n")))),
                Some((word, _)) => faults.push(format!("an unknown part « {word} »")),
                None => {
                    faults.extend(page.as_ref().and_then(|(expected, url, body)| missing(line, *expected, url, body)))
                }
            }
        }
        faults
    }

    fn update(&self, codes: &[String]) {
        let said: String = codes.iter().map(|code| format!("{code}\n")).collect();
        let text = fs::read_to_string(&self.path).expect("a case can be read");
        let site = text.split_once("-- said --\n").map_or(text.as_str(), |(site, _)| site);
        fs::write(&self.path, format!("{site}-- said --\n{said}{}", self.rest)).expect("a case can be written");
    }
}

/// No-break spaces as plain ones, so that a case is written as one writes.
fn plain(page: &str) -> String {
    page.replace(['\u{a0}', '\u{202f}'], " ")
}

/// A character that no reader sees and that XML forbids, or that turns the text around.
fn hidden(page: &str) -> Option<char> {
    page.chars().find(|c| {
        c.is_control() && !c.is_whitespace() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{fffe}' | '\u{ffff}')
    })
}

fn missing(line: &str, expected: bool, url: &str, body: &str) -> Option<String> {
    let (wanted, holds) = match line.strip_prefix('!').filter(|_| url.is_empty()) {
        Some(address) => (false, body.contains(&format!("\n{address}\n"))),
        None if url.is_empty() => (true, body.contains(&format!("\n{line}\n"))),
        None => (expected, body.contains(line)),
    };
    (holds != wanted).then(|| format!("{url} {} « {line} »", if wanted { "lacks" } else { "has" }))
}

#[test]
fn every_case_says_and_makes_what_it_promises() {
    let folder = crate::root().join("tests/it/cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the cases")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let mut wrong = Vec::new();
    for path in paths {
        let name = path.file_stem().expect("a case has a name").to_string_lossy().into_owned();
        let start = Instant::now();
        let faults = catch_unwind(AssertUnwindSafe(|| Case::read(&path).faults()))
            .unwrap_or_else(|_| vec!["panicked".to_owned()]);
        wrong.extend(faults.into_iter().map(|fault| format!("{name}: {fault}")));
        if start.elapsed() > PATIENCE {
            wrong.push(format!("{name}: took {:?}", start.elapsed()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
