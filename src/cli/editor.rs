//! A file opened at a line: by the editor that the system names, else by an address that editors answer to.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::serve::Opened;

/// How an editor is told of a line: `{f}`, `{l}` and `{c}` stand for the file, the line and the column.
///
/// Only editors with a window: the terminal that one would need is the preview's own.
const EDITORS: &[(&[&str], &[&str])] = &[
    (&["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"], &["-g", "{f}:{l}:{c}"]),
    (&["subl", "sublime_text", "zed", "zeditor", "lapce", "pulsar", "atom"], &["{f}:{l}:{c}"]),
    (&["kate", "kwrite"], &["-l", "{l}", "-c", "{c}", "{f}"]),
    (&["gedit", "pluma", "xed"], &["+{l}:{c}", "{f}"]),
    (&["gvim", "mvim"], &["+{l}", "{f}"]),
    (&["emacsclient"], &["-n", "+{l}:{c}", "{f}"]),
    (&["geany", "mousepad"], &["--line", "{l}", "--column", "{c}", "{f}"]),
    (&["idea", "pycharm", "webstorm", "phpstorm", "rustrover", "fleet"], &["--line", "{l}", "--column", "{c}", "{f}"]),
    (&["mate"], &["-l", "{l}:{c}", "{f}"]),
    (&["bbedit"], &["+{l}:{c}", "{f}"]),
    (&["notepad++"], &["-n{l}", "-c{c}", "{f}"]),
];

/// Opens a file at a line and a column, counted from 1.
pub(super) fn open(file: &Path, line: usize, column: usize) -> Opened {
    let named = ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if let Some((program, arguments)) = named.and_then(|named| command(&named, file, line, column)) {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if command.spawn().is_ok() {
            return Opened::Here;
        }
    }
    let path = file.to_string_lossy().replace('\\', "/");
    let path = crate::urls::encode(path.trim_start_matches('/'));
    Opened::Address(format!("vscode://file/{path}:{line}:{column}"))
}

/// Returns the program and its arguments, if the editor has a window and can be told of a line.
fn command(named: &str, file: &Path, line: usize, column: usize) -> Option<(String, Vec<String>)> {
    let mut words = named.split_whitespace();
    let program = words.next()?;
    let name = Path::new(program).file_name()?.to_str()?.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    let (_, shape) = EDITORS.iter().find(|(names, _)| names.contains(&name))?;
    // What makes the editor wait would only wait.
    let own = words.filter(|word| !matches!(*word, "-w" | "--wait" | "-f" | "--nofork" | "--block")).map(str::to_owned);
    let told = shape.iter().map(|part| {
        let path = file.to_string_lossy();
        part.replace("{l}", &line.to_string()).replace("{c}", &column.to_string()).replace("{f}", &path)
    });
    Some((program.to_owned(), own.chain(told).collect()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::command;

    #[test]
    fn editors_with_a_window_are_told_of_the_line() {
        let told = |named: &str| {
            let (program, arguments) = command(named, Path::new("/s/a b.md"), 7, 3)?;
            Some(format!("{program} {}", arguments.join(" ")))
        };
        let cases = [
            ("code --wait", Some("code -g /s/a b.md:7:3")),
            ("/usr/bin/subl -w", Some("/usr/bin/subl /s/a b.md:7:3")),
            ("kate", Some("kate -l 7 -c 3 /s/a b.md")),
            ("emacsclient -c", Some("emacsclient -c -n +7:3 /s/a b.md")),
            ("vim", None),
            ("nano", None),
            ("  ", None),
        ];
        for (named, expected) in cases {
            assert_eq!(told(named).as_deref(), expected, "{named}");
        }
    }
}
