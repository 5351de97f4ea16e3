//! Input made to break the program: each is answered in time, without a crash, with a message where there is something to say.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::project::Project;

/// For one page in the slow build that tests use; the program itself is about ten times faster.
const PATIENCE: Duration = Duration::from_secs(10);

/// A hostile file and the codes that are said of it, each once; `None` when only survival counts.
struct Fault {
    name: &'static str,
    path: &'static str,
    bytes: Vec<u8>,
    said: Option<&'static [&'static str]>,
}

fn page(body: &str) -> Vec<u8> {
    format!("---\ntitre: Essai\n---\n{body}\n").into_bytes()
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

fn latin(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a letter of Latin-1")).collect()
}

/// A PNG header that announces many more pixels than there are bytes.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x06\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    bytes
}

fn faults() -> Vec<Fault> {
    let fault = |name, bytes: Vec<u8>| Fault { name, path: "content/a.md", bytes, said: None };
    let said = |name, bytes: Vec<u8>, codes| Fault { name, path: "content/a.md", bytes, said: Some(codes) };
    let front = |value: &str| format!("---\ntitre: Essai\nextra: {value}\n---\n").into_bytes();
    vec![
        said("brackets in front matter", front(&"[".repeat(60_000)), &["E0109"]),
        said("braces in front matter", front(&"{a: ".repeat(15_000)), &["E0109"]),
        said("front matter of a megabyte", front(&"x".repeat(1 << 20)), &["E0108"]),
        fault("six megabytes", page(&"Un mot. ".repeat(800_000))),
        fault("a line of a megabyte", page(&"x".repeat(1 << 20))),
        fault("Latin-1", latin("---\ntitre: Été à la forêt\n---\nUn été.\n")),
        fault("UTF-16", utf16("---\ntitre: Été\n---\nUn été.\n")),
        fault("bytes at random", (0..20_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect()),
        fault("NUL and controls", page("Un\0 mot\u{1}\u{7f}\u{85}.")),
        fault("quotes in quotes", page(&"> ".repeat(10_000))),
        fault(
            "lists in lists",
            page(&(0..2_000).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect::<String>()),
        ),
        fault("boxes in boxes", page(&format!("{}x\n{}", ":::encadre\n".repeat(5_000), ":::\n".repeat(5_000)))),
        fault("elements in elements", page(&"<div>".repeat(50_000))),
        fault("elements in a paragraph", page(&format!("a {}", "<b>".repeat(20_000)))),
        fault("stars", page(&format!("{}a {}", "*".repeat(50_000), "*".repeat(50_000)))),
        fault("links left open", page(&"[a](".repeat(50_000))),
        fault("brackets left open", page(&"[".repeat(50_000))),
        fault("references left open", page(&"[[".repeat(30_000))),
        fault("directives left open", page(&":::exemple{titre=\"".repeat(5_000))),
        fault("comments left open", page(&"<!-- <".repeat(30_000))),
        fault("backquotes", page(&(1..1_000).map(|count| "`".repeat(count) + " ").collect::<String>())),
        fault(
            "a table of many columns",
            page(&format!("|{}\n|{}\n|{}\n", "a|".repeat(5_000), "-|".repeat(5_000), "b|".repeat(5_000))),
        ),
        fault("notes that call each other", page("a[^1]\n\n[^1]: b[^2]\n\n[^2]: c[^1]\n")),
        fault("a thousand titles", page(&"## Même titre\n\n".repeat(1_000))),
        fault("quotes of every kind", page(&"« \" ' “ ".repeat(20_000))),
        fault("spaces", page(&format!("a{}b", " ".repeat(500_000)))),
        fault("code to colour", page(&format!("```makefile\n{}\n```", "$(".repeat(5_000)))),
        Fault { name: "an image of no byte", path: "content/photo.png", bytes: Vec::new(), said: None },
        Fault {
            name: "an image of too many pixels",
            path: "content/photo.png",
            bytes: png(60_000, 60_000),
            said: None,
        },
        Fault { name: "an image cut short", path: "content/photo.png", bytes: png(200, 200), said: None },
        Fault {
            name: "no image at all",
            path: "content/photo.png",
            bytes: b"<html>not a picture</html>".to_vec(),
            said: None,
        },
    ]
}

#[test]
fn hostile_input_is_answered_in_time() {
    let mut wrong = Vec::new();
    for fault in faults() {
        let shown = if fault.path.ends_with(".png") { "![Une photo](photo.png)" } else { "Bonjour." };
        let mut site = Project::new(&format!("-- content/_index.md --\n---\ntitre: Accueil\n---\n{shown}\n"));
        site.write(fault.path, fault.bytes);
        let start = Instant::now();
        let report = site.said();
        let took = start.elapsed();
        let codes: Vec<&str> =
            report.diagnostics.iter().map(|said| said.code).collect::<BTreeSet<_>>().into_iter().collect();
        if took > PATIENCE {
            wrong.push(format!("{}: {took:?}", fault.name));
        }
        if codes.contains(&"E0701") {
            wrong.push(format!("{}: panicked while a file was made", fault.name));
        }
        if let Some(said) = fault.said.filter(|said| *said != codes) {
            wrong.push(format!("{}: {codes:?} instead of {said:?}", fault.name));
        }
        if std::env::var_os("SHOW").is_some() {
            println!("{:32} {took:10.2?} {codes:?}", fault.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
