//! `essaim explain`: what a message code means, with an example and its mend.

use clap::Args;

use crate::diag::codes::{PAGES, codes};
use crate::diag::{Diagnostic, Tongue, nearest};
use crate::say;

use super::ui::{Exit, Ui};

/// What stands between the two languages of a page.
const ENGLISH: &str = "\n<!-- en -->\n";

/// Explique un code de message, avec un exemple et son remède
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Code à expliquer, tel que E0301 ; sans lui, tous sont listés
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

impl ExplainArgs {
    /// Shows one page, or the list of all codes.
    pub fn run(self, ui: &Ui) -> Exit {
        let Some(typed) = self.code else {
            ui.data(&if ui.json { objects(codes(), ui.tongue) } else { list(ui.tongue) });
            return Exit::Done;
        };
        let code = typed.trim().to_uppercase();
        match page(&code, ui.tongue) {
            Some(_) if ui.json => {
                ui.data(&objects(vec![&code], ui.tongue));
                Exit::Done
            }
            Some(text) => {
                ui.data(text);
                Exit::Done
            }
            None => {
                let codes: Vec<&str> = codes();
                let unknown =
                    Diagnostic::error("E0918", say!("il n’y a pas de code « {typed} »", "there is no code “{typed}”"));
                ui.alone(&match nearest(&code, codes.iter().copied()) {
                    Some(_) => unknown.help_near(&code, codes.iter().copied()),
                    None => {
                        unknown.help(say!("« essaim explain » les liste tous", "“essaim explain” lists all of them"))
                    }
                });
                Exit::Usage
            }
        }
    }
}

fn page(code: &str, tongue: Tongue) -> Option<&'static str> {
    let text = PAGES.get_file(format!("{code}.md"))?.contents_utf8()?;
    let (french, english) = text.split_once(ENGLISH).unwrap_or((text, text));
    Some(match tongue {
        Tongue::French => french,
        Tongue::English => english.trim_start(),
    })
}

/// Returns an object a line, for programs: the code, what it means, and its page in Markdown.
fn objects(codes: Vec<&str>, tongue: Tongue) -> String {
    let object = |code: &str| {
        let (title, text) = page(code, tongue)?.split_once('\n')?;
        let title = title.trim_start_matches("# ").trim_start_matches(code).trim_start_matches([':', ' ', '\u{a0}']);
        Some(format!("{}\n", serde_json::json!({ "code": code, "title": title, "text": text.trim() })))
    };
    codes.into_iter().filter_map(object).collect()
}

/// Returns a line for each code: its page's title.
fn list(tongue: Tongue) -> String {
    let mut out = String::new();
    for code in codes() {
        let title = page(code, tongue).and_then(|text| text.lines().next()).unwrap_or_default();
        out.push_str(title.trim_start_matches("# "));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_title_and_its_two_languages() {
        for code in codes() {
            let text = PAGES.get_file(format!("{code}.md")).and_then(|file| file.contents_utf8()).expect("a text");
            assert!(text.contains(ENGLISH), "{code}: no English part");
            for (tongue, after) in [(Tongue::French, " : "), (Tongue::English, ": ")] {
                let text = page(code, tongue).expect("a page");
                assert!(text.starts_with(&format!("# {code}{after}")), "{code}: title in {tongue:?}");
                assert!(text.lines().count() > 3, "{code}: nothing under the title in {tongue:?}");
                assert!(text.ends_with('\n'), "{code}");
            }
        }
    }
}
