//! Diagnostics on a terminal, drawn by miette in the words of the reader's language.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use crate::diag::{Diagnostic, Mark, Report, Severity, Tongue};

use super::Texts;
use super::excerpt::{Excerpt, excerpt, plain};

/// How a terminal is written to.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    pub tongue: Tongue,
    /// In characters.
    pub width: usize,
    pub colour: bool,
}

/// Returns the diagnostics as people read them on a terminal.
pub fn terminal(report: &Report, texts: &Texts<'_>, look: Look) -> String {
    let mut out = String::new();
    for diagnostic in &report.diagnostics {
        one(&mut out, diagnostic, texts, look);
        out.push('\n');
    }
    out
}

fn one(out: &mut String, diagnostic: &Diagnostic, texts: &Texts<'_>, look: Look) {
    let word = diagnostic.severity.word(look.tongue);
    let message = match look.tongue {
        Tongue::French => format!("{word} {}\u{a0}: {}", diagnostic.code, diagnostic.message.fr),
        Tongue::English => format!("{word} {}: {}", diagnostic.code, diagnostic.message.en),
    };
    draw(out, Shown::of(message, diagnostic.severity, diagnostic.at.as_ref(), texts, look), look);
    for mark in &diagnostic.also {
        let message = mark.label.as_ref().map_or("", |label| label.to(look.tongue)).to_owned();
        let bare = Mark { label: None, ..mark.clone() };
        draw(out, Shown::of(message, Severity::Advice, Some(&bare), texts, look), look);
    }
    if let Some(help) = &diagnostic.help {
        let lead = match look.tongue {
            Tongue::French => "aide\u{a0}: ",
            Tongue::English => "help: ",
        };
        wrap(out, lead, help.to(look.tongue), look);
    }
}

fn draw(out: &mut String, shown: Shown, look: Look) {
    let theme = if look.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(look.width)
        .with_context_lines(1)
        .with_links(false)
        .without_syntax_highlighting();
    let mut drawn = String::new();
    handler.render_report(&mut drawn, &shown).expect("writing to a String cannot fail");
    for line in drawn.lines().filter(|line| !closes(line)) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if let (Some(file), None) = (&shown.file, &shown.excerpt) {
        out.push_str("   ╶─[");
        out.push_str(file);
        out.push_str("]\n");
    }
}

/// Returns whether a line only closes the frame of an excerpt.
fn closes(line: &str) -> bool {
    line.trim() == "╰────"
}

/// Writes the help, indented under itself.
fn wrap(out: &mut String, lead: &str, text: &str, look: Look) {
    let indent = 2 + lead.chars().count();
    let room = look.width.saturating_sub(indent).max(20);
    out.push_str("  ");
    if look.colour {
        out.extend(["\u{1b}[36m", lead, "\u{1b}[0m"]);
    } else {
        out.push_str(lead);
    }
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
        }
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > room {
                out.push('\n');
                out.extend(std::iter::repeat_n(' ', indent));
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.extend(word.chars().map(plain));
            column += length;
        }
    }
    out.push('\n');
}

/// What miette draws: a sentence and at most one line of a file.
#[derive(Debug)]
struct Shown {
    message: String,
    severity: Severity,
    file: Option<String>,
    excerpt: Option<Excerpt>,
    label: Option<String>,
}

impl Shown {
    fn of(message: String, severity: Severity, at: Option<&Mark>, texts: &Texts<'_>, look: Look) -> Self {
        // The margin of line numbers takes up to eight columns.
        let room = look.width.saturating_sub(8);
        Self {
            message: message.chars().map(plain).collect(),
            severity,
            file: at.map(|mark| mark.file.as_str().chars().map(plain).collect()),
            excerpt: at.and_then(|mark| excerpt(mark, texts, room)),
            label: at.and_then(|mark| Some(mark.label.as_ref()?.to(look.tongue).to_owned())),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}

impl miette::Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Advice => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|_| self as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let marked = self.excerpt.as_ref()?.marked.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new_primary_with_span(self.label.clone(), marked))))
    }
}

impl SourceCode for Shown {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (Some(excerpt), Some(file)) = (&self.excerpt, &self.file) else { return Err(MietteError::OutOfBounds) };
        let whole = SourceSpan::from(0..excerpt.text.len());
        // Asked without context, miette wants to know where the mark begins; else, where the lines begin.
        let column = if before == 0 { excerpt.column - 1 } else { 0 };
        let text = excerpt.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(file.clone(), text, whole, excerpt.line - 1, column, 1)))
    }
}

#[cfg(test)]
mod tests {
    use crate::diag::{Diagnostic, FilePath, Report, Span, Tongue};
    use crate::say;

    use super::{Look, terminal};

    const PAGE: &str = "---\ntitre: x\n---\n\nVoir [le récit](../recits/brenne.md#debut).\n";

    fn shown(diagnostic: Diagnostic, look: Look) -> String {
        let texts = |file: &FilePath| (file.as_str() == "content/a.md").then(|| PAGE.into());
        terminal(&Report { diagnostics: vec![diagnostic] }, &texts, look)
    }

    fn broken() -> Diagnostic {
        let start = PAGE.find('[').expect("a link");
        let span = Span::new(start, PAGE.rfind('.').expect("an end"));
        Diagnostic::error(
            "E0304",
            say!("« La Brenne » n’a pas de titre « #debut »", "“La Brenne” has no heading “#debut”"),
        )
        .at_labelled(&FilePath::new("content/a.md"), span, say!("ce lien", "this link"))
        .help(say!("vouliez-vous dire « #le-debut » ?", "did you mean “#le-debut”?"))
    }

    const WIDE: Look = Look { tongue: Tongue::French, width: 80, colour: false };

    #[test]
    fn a_diagnostic_shows_the_line_the_bytes_and_the_way_out() {
        let expected = "  × erreur E0304\u{a0}: « La Brenne » n’a pas de titre « #debut »
   ╭─[content/a.md:5:6]
 5 │ Voir [le récit](../recits/brenne.md#debut).
   ·      ──────────────────┬──────────────────
   ·                        ╰── ce lien
  aide\u{a0}: vouliez-vous dire « #le-debut » ?

";
        assert_eq!(shown(broken(), WIDE), expected);
    }

    #[test]
    fn a_narrow_terminal_still_shows_the_place() {
        let narrow = Look { width: 40, ..WIDE };
        let text = shown(broken(), narrow);
        assert!(text.lines().all(|line| line.chars().count() <= 42), "{text}");
        assert!(text.contains("…[le récit]") || text.contains("Voir [le"), "{text}");
    }

    #[test]
    fn other_places_whole_files_and_hostile_names_are_shown() {
        let file = FilePath::new("content/\u{1b}[2J.md");
        let diagnostic = Diagnostic::warning("A0901", say!("deux\u{1b}[31m lignes", "two")).in_file(&file).also(
            &FilePath::new("content/a.md"),
            Span::new(4, 9),
            say!("la première", "the first"),
        );
        let text = shown(diagnostic, WIDE);
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.contains("⚠ alerte A0901") && text.contains("╶─[content/\u{fffd}[2J.md]"), "{text}");
        assert!(text.contains("☞ la première") && text.contains("content/a.md:2:1"), "{text}");
    }

    #[test]
    fn english_and_colour_are_asked_for() {
        let text = shown(broken(), Look { tongue: Tongue::English, colour: true, ..WIDE });
        assert!(text.contains("error E0304: ") && text.contains("\u{1b}["), "{text}");
        assert!(text.contains("help: \u{1b}[0mdid you mean"), "{text}");
    }
}
