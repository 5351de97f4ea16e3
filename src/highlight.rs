//! Colours code: class-based HTML from syntect, loaded only when a page shows code.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};
use syntect::util::LinesWithEndings;

/// How many lines are coloured at most; a longer listing is shown plain.
pub const MAX_LINES: usize = 200;

/// How many bytes are coloured at most.
pub const MAX_BYTES: usize = 20 * 1024;

/// How long a coloured line may be: some grammars take long over longer ones.
const MAX_LINE: usize = 1000;

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
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut runs = Runs::default();
    for line in LinesWithEndings::from(code) {
        let mut from = 0;
        for (at, change) in state.parse_line(line, &SYNTAXES).ok()? {
            runs.add(class(&stack), &line[from..at]);
            from = at;
            stack.apply(&change).ok()?;
        }
        runs.add(class(&stack), &line[from..]);
    }
    Some(runs.done())
}

/// The parts of code that have a colour, by the name that grammars give them, with the classes that the style sheet knows.
///
/// Grammars name far more than anyone colours: a page that repeated all their names would be three times as long.
static COLOURS: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    [
        ("comment", "z-comment"),
        ("string", "z-string"),
        ("constant.character", "z-string"),
        ("constant", "z-constant"),
        ("keyword", "z-keyword"),
        ("storage", "z-storage"),
        ("entity.name", "z-entity z-name"),
        ("support.function", "z-support z-function"),
        ("support.type", "z-support z-type"),
        ("meta.mapping.key", "z-meta z-mapping z-key"),
        ("entity.other.attribute-name", "z-entity z-other z-attribute-name"),
        ("variable.parameter", "z-variable z-parameter"),
        ("markup.heading", "z-markup z-heading"),
        ("markup.bold", "z-markup z-bold"),
        ("markup.italic", "z-markup z-italic"),
        ("markup.inserted", "z-markup z-inserted"),
        ("markup.deleted", "z-markup z-deleted"),
        ("invalid", "z-invalid"),
    ]
    .into_iter()
    .map(|(name, class)| (Scope::new(name).expect("a short name of letters and points"), class))
    .collect()
});

/// Returns the classes of what stands under these names: those of the innermost that has a colour.
fn class(stack: &ScopeStack) -> &'static str {
    let colour = |scope: &Scope| COLOURS.iter().find(|(name, _)| name.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.scopes.iter().rev().find_map(colour).unwrap_or("")
}

/// Stretches of code of one colour, each in one element.
#[derive(Default)]
struct Runs {
    html: String,
    class: &'static str,
}

impl Runs {
    fn add(&mut self, class: &'static str, text: &str) {
        if text.is_empty() {
            return;
        }
        // White space has no colour: it goes on with what stands before it.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if !class.is_empty() {
                self.html.extend(["<span class=\"", class, "\">"]);
            }
            self.class = class;
        }
        for character in text.chars() {
            match character {
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '&' => self.html.push_str("&amp;"),
                '"' => self.html.push_str("&quot;"),
                other => self.html.push(other),
            }
        }
    }

    /// Closes the element that is open, before the white space that ends it.
    fn close(&mut self) {
        if !self.class.is_empty() {
            let kept = self.html.trim_end().len();
            self.html.insert_str(kept, "</span>");
        }
        self.class = "";
    }

    fn done(mut self) -> String {
        self.close();
        self.html
    }
}

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
