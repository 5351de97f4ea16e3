//! The real program, as transcripts: each file of `tests/cmd` is a story of commands and what they answer.
//!
//! A block ```` ```fichier chemin ```` writes a file. A block ```` ```console ```` runs its lines that begin with
//! `$ `: `essaim …`, `cd dossier`, `cat fichier` or `rm chemin`. Then come the standard output, the standard error,
//! and `? N` for an exit code that is not 0. `[..]` stands for anything in a line, a line `...` for any lines.
//! Run with `TRANSCRIPTS=write` to put what is answered in place of what was expected.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn the_program_answers_as_its_transcripts_say() {
    let folder = crate::root().join("tests/cmd");
    let mut stories: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder").flatten().map(|entry| entry.path()).collect();
    stories.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    stories.sort();
    assert!(!stories.is_empty());
    let write = std::env::var_os("TRANSCRIPTS").is_some_and(|value| value == "write");
    let mut wrong = String::new();
    for path in stories {
        let text = fs::read_to_string(&path).expect("a story");
        let told = tell(&text);
        if write {
            fs::write(&path, merged(&text, &told)).expect("written");
        } else {
            let mut furthest = 0;
            if !matches(&lines(&text), &lines(&told), &mut furthest) {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                let shown = lines(&told)[furthest..].iter().take(12).copied().collect::<Vec<_>>().join("\n");
                write!(wrong, "=== {name}: not as expected from line {} on\n{shown}\n", furthest + 1).expect("a text");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Plays a story and returns it with what was really answered.
fn tell(story: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let mut here = home.path().to_owned();
    let mut out = String::new();
    let mut lines = story.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if let Some(name) = line.strip_prefix("```fichier ") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let path = here.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, text.join("\n") + "\n").expect("a file");
            for line in text {
                writeln!(out, "{line}").expect("a text");
            }
            out.push_str("```\n");
        } else if line == "```console" {
            for line in lines.by_ref().take_while(|line| *line != "```") {
                if let Some(command) = line.strip_prefix("$ ") {
                    writeln!(out, "{line}").expect("a text");
                    out.push_str(&run(command, &mut here, home.path()));
                }
            }
            out.push_str("```\n");
        }
    }
    out
}

fn run(command: &str, here: &mut PathBuf, home: &Path) -> String {
    let words = split(command);
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["cd", folder] => {
            here.push(folder);
            String::new()
        }
        ["cat", file] => fs::read_to_string(here.join(file)).unwrap_or_else(|error| format!("{error}\n")),
        ["rm", path] => {
            let path = here.join(path);
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("removed");
            String::new()
        }
        ["essaim", ..] => {
            let answer = Command::new(env!("CARGO_BIN_EXE_essaim"))
                .args(&words[1..])
                .current_dir(&*here)
                .env_clear()
                .env("COLUMNS", "100")
                .env("HOME", home)
                .output()
                .expect("the program runs");
            let mut text =
                String::from_utf8_lossy(&answer.stdout).into_owned() + &String::from_utf8_lossy(&answer.stderr);
            text = text.replace('\u{a0}', " ").replace(&*here.to_string_lossy(), "[ICI]");
            match answer.status.code() {
                Some(0) => {}
                Some(code) => writeln!(text, "? {code}").expect("a text"),
                None => text.push_str("? killed\n"),
            }
            text
        }
        _ => panic!("a story cannot do this: {command}"),
    }
}

fn split(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in command.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("never empty").push(other),
        }
    }
    words
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

/// Returns whether the lines are as expected; `furthest` is how many of them were, at best.
fn matches(expected: &[&str], told: &[&str], furthest: &mut usize) -> bool {
    fn from(expected: &[&str], told: &[&str], at: usize, furthest: &mut usize) -> bool {
        *furthest = at.max(*furthest);
        match expected {
            [] => at == told.len(),
            ["...", rest @ ..] => (at..=told.len()).any(|next| {
                // Lines that are skipped are not progress.
                let mut reached = 0;
                let found = from(rest, told, next, &mut reached);
                *furthest = if reached > next { reached.max(*furthest) } else { *furthest };
                found
            }),
            [first, rest @ ..] => {
                told.get(at).is_some_and(|line| alike(first, line)) && from(rest, told, at + 1, furthest)
            }
        }
    }
    from(expected, told, 0, furthest)
}

fn alike(expected: &str, told: &str) -> bool {
    match expected.split_once("[..]") {
        None => expected == told,
        Some((before, after)) => told.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| alike(after, &rest[at..]))
        }),
    }
}

/// Keeps the expected lines that still hold, so that their `[..]` stay.
fn merged(expected: &str, told: &str) -> String {
    if matches(&lines(expected), &lines(told), &mut 0) {
        return expected.to_owned();
    }
    let known = lines(expected);
    let mut out = String::new();
    for line in lines(told) {
        let kept = known.iter().find(|known| known.contains("[..]") && alike(known, line)).copied().unwrap_or(line);
        writeln!(out, "{kept}").expect("a text");
    }
    out
}
