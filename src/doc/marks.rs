//! Finds the Markdown that writers type where a text is shown as it is: titles, summaries, arguments.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::parse::extensions;
use crate::diag::{Diagnostic, FilePath, Span};
use crate::say;

/// Returns the alert on a text that is shown as it is and holds marks of Markdown; `None` when it holds none.
///
/// `key` is the key or the argument that holds the text, `whole` the file, `span` the bytes of the text in it.
pub fn shown_as_typed(key: &str, text: &str, whole: &str, file: &FilePath, span: Span) -> Option<Diagnostic> {
    let marked = text.get(first(text)?)?;
    // A block of YAML begins after its « | ».
    let after = whole.get(span.range().start..).unwrap_or_default();
    let until = if after.starts_with(['|', '>']) { after.len() } else { span.range().len() };
    let exact = after.get(..until).and_then(|raw| raw.find(marked));
    let exact = exact.map_or(span, |at| Span::new(at, at + marked.len()).shifted(span.range().start));
    Some(
        Diagnostic::warning(
            "A0109",
            say!("« {marked} » sera montré tel quel dans « {key} »", "“{marked}” will be shown as typed in “{key}”"),
        )
        .at(file, exact)
        .help(say!(
            "« {key} » est du texte simple : retirez les signes, et mettez ce qui est gras ou en lien dans le texte de la page",
            "“{key}” is plain text: remove the marks, and put bold words and links in the text of the page"
        )),
    )
}

/// Returns the bytes of the first bold, italic, code, link, image, tag or character reference of a text.
fn first(text: &str) -> Option<Range<usize>> {
    if !text.bytes().any(|byte| matches!(byte, b'*' | b'_' | b'`' | b'[' | b'~' | b'<' | b'&')) {
        return None;
    }
    let begins_word = |at: usize| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    Parser::new_ext(text, extensions()).into_offset_iter().find_map(|(event, range)| match event {
        Event::Code(_) | Event::Start(Tag::Link { .. } | Tag::Image { .. }) => Some(range),
        Event::InlineHtml(_) | Event::Html(_) => Some(range),
        // « &rsquo; » is read as an apostrophe in Markdown alone.
        Event::Text(shown) if text[range.clone()].starts_with('&') && *shown != text[range.clone()] => Some(range),
        // « élu*e*s » is a word.
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) if begins_word(range.start) => Some(range),
        _ => None,
    })
}
