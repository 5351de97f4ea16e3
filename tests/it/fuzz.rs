//! The subjects of the fuzz targets, for a few seconds and without a special compiler: what the corpora keep, and what proptest invents.
//!
//! `TIMES=50 cargo test fuzz` invents fifty times as much; `EACH=30 cargo test fuzz` tries each subject for thirty seconds, two at once.

#[path = "../../fuzz/subjects.rs"]
mod subjects;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use subjects::{SUBJECTS, Subject};

/// Pieces that mean something to one subject or another: what they make together is what breaks programs.
const PIECES: &[&str] = &[
    "titre: ",
    "date: 2026-13-45",
    "[",
    "]",
    "{",
    "}",
    "---\n",
    "\n",
    "\n\n",
    "  ",
    ": ",
    "- ",
    "| a | b |\n|-|-|\n",
    "> ",
    "## ",
    ":::exemple{titre=\"",
    ":::\n",
    "\"}",
    "::::encadre\n",
    "[[",
    "]]",
    "](javascript:",
    ")",
    "![",
    "<script>",
    "</",
    "<img src=x onerror=",
    "<b>",
    "&lt;",
    "&#x3c;",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "«",
    "»",
    "’",
    "'",
    " ;",
    "!",
    "1er",
    "élu·e·s",
    "du 1er au 2 juillet",
    "hiver 2018-2019",
    "depuis ",
    "2014/..",
    "%2e%2e",
    "/",
    "\\",
    "%00",
    "?",
    "*",
    "\u{301}",
    "œ",
    "$x$",
    "#set ",
    "`",
    "```yaml\n",
    "[^1]",
    "[^1]: ",
    "CON",
    "=1+1",
    "\r\n",
    "Bcc: x@y.fr",
    "https://a.example/",
];

fn text() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => "\\PC{0,12}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..6),
    ];
    vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Returns what a subject does not survive: its corpus, then so many inventions, again and again until the seconds are over.
fn faults((name, subject): Subject, cases: u32, seconds: u64) -> Option<String> {
    let folder = crate::root().join("fuzz/corpus").join(name);
    let seeds = fs::read_dir(&folder).unwrap_or_else(|error| panic!("the corpus of {name}: {error}"));
    let mut seeds: Vec<_> = seeds.flatten().map(|entry| entry.path()).collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "the corpus of {name} is empty");
    for seed in seeds {
        let bytes = fs::read(&seed).expect("a seed can be read");
        if catch_unwind(AssertUnwindSafe(|| subject(&bytes))).is_err() {
            return Some(format!("{name}: the seed {}", seed.display()));
        }
    }
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let start = Instant::now();
    let mut tried = 0;
    loop {
        let ran = TestRunner::new(config.clone()).run(&text(), |bytes| {
            subject(&bytes);
            Ok(())
        });
        tried += cases;
        if let Err(error) = ran {
            return Some(format!("{name}: {error}"));
        }
        if start.elapsed().as_secs() >= seconds {
            println!("{name}: {tried} inventions in {:.1?}", start.elapsed());
            return None;
        }
    }
}

#[test]
fn every_subject_survives_its_corpus_and_a_crowd_of_inventions() {
    let number = |name: &str| std::env::var(name).ok().and_then(|typed| typed.parse::<u32>().ok());
    let (times, each) = (number("TIMES").unwrap_or(1), number("EACH").unwrap_or(0).into());
    let cases = |name| match name {
        "dates" | "typography" | "question" => 400 * times,
        "typst" => 10 * times,
        _ => 60 * times,
    };
    let next = AtomicUsize::new(0);
    let work = || {
        let subjects = std::iter::from_fn(|| SUBJECTS.get(next.fetch_add(1, Ordering::Relaxed)));
        subjects.filter_map(|subject| faults(*subject, cases(subject.0), each)).collect::<Vec<String>>()
    };
    let wrong = std::thread::scope(|scope| {
        let other = std::thread::Builder::new().stack_size(8 << 20).spawn_scoped(scope, work).expect("a thread");
        let mut wrong = work();
        wrong.extend(other.join().expect("faults are gathered"));
        wrong
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let corpora = fs::read_dir(crate::root().join("fuzz/corpus")).expect("the corpora").count();
    assert_eq!(corpora, 8, "a corpus for each subject");
}
