//! Colours code: class-based HTML from syntect, loaded only when a page shows code.

use std::sync::{Arc, LazyLock};

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::memo::{Key, Memos};

/// How many lines are coloured at most; a longer listing is shown plain.
pub const MAX_LINES: usize = 200;

/// How many bytes are coloured at most.
pub const MAX_BYTES: usize = 20 * 1024;

/// How long a coloured line may be: some grammars take long over longer ones.
const MAX_LINE: usize = 1000;

const STYLE: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "z-" };

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Returns code as HTML whose classes begin with `z-`; nothing when the language is unknown or the code too long.
pub fn highlight(language: &str, code: &str) -> Option<String> {
    if code.len() > MAX_BYTES || code.lines().count() > MAX_LINES || code.lines().any(|line| line.len() > MAX_LINE) {
        return None;
    }
    let language = match language.to_ascii_lowercase().as_str() {
        // The grammars do not know these; their nearest kin does well.
        "toml" | "ini" | "conf" => "properties".to_owned(),
        "ts" | "typescript" | "mjs" | "jsx" | "tsx" => "js".to_owned(),
        "shell" | "console" | "zsh" => "bash".to_owned(),
        "markdown" => "md".to_owned(),
        other => other.to_owned(),
    };
    let syntax = SYNTAXES.find_syntax_by_token(&language).filter(|syntax| syntax.name != "Plain Text")?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, STYLE);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

/// Returns what [`highlight`] does, remembered: the first use of a language costs tens of milliseconds.
pub fn remembered(memos: &Memos, language: &str, code: &str) -> Option<String> {
    let key = Key::of("highlight", [language.as_bytes(), code.as_bytes()]);
    memos
        .of::<Coloured>()
        .get(key, || Coloured(highlight(language, code).map(Arc::from)))
        .0
        .map(|html| html.to_string())
}

/// Code already coloured, or known to stay plain.
#[derive(Clone)]
struct Coloured(Option<Arc<str>>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_languages_are_coloured_and_others_stay_plain() {
        let html = highlight("yaml", "titre: \"<b>\"\n").expect("YAML is known");
        assert!(html.contains("class=\"z-") && html.contains("&lt;b&gt;") && !html.contains("<b>"), "{html}");
        for language in ["markdown", "toml", "html", "css", "js", "bash", "json", "rust"] {
            assert!(highlight(language, "a = 1\n").is_some(), "{language}");
        }
        assert_eq!(highlight("klingon", "nuqneH"), None);
        assert_eq!(highlight("", "x"), None);
        assert_eq!(highlight("yaml", &"a: 1\n".repeat(201)), None);
        assert_eq!(highlight("yaml", &"a".repeat(1001)), None);
    }
}
