//! The line of a file that a diagnostic shows, cut to what fits around the place that matters.

use std::ops::Range;

use crate::diag::{Mark, Span};

use super::Texts;

/// A line of a source file, and the bytes of it to point at.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Both from 1.
    pub line: usize,
    pub column: usize,
    /// Without line breaks nor control characters; « … » stands for what is cut.
    pub text: String,
    /// In `text`.
    pub marked: Range<usize>,
}

/// Returns the line and column, from 1, of a byte of a text; columns count characters.
pub(super) fn position(text: &str, byte: usize) -> (usize, usize) {
    let at = text.floor_char_boundary(byte);
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (1 + before.bytes().filter(|byte| *byte == b'\n').count(), 1 + before[line_start..].chars().count())
}

/// Returns the line of a mark, in at most `width` characters; nothing for a mark on a whole file.
pub(super) fn excerpt(mark: &Mark, texts: &Texts<'_>, width: usize) -> Option<Excerpt> {
    if mark.span == Span::default() {
        return None;
    }
    let text = texts(&mark.file)?;
    Some(cut(&text, mark.span, width))
}

fn cut(text: &str, span: Span, width: usize) -> Excerpt {
    let start = text.floor_char_boundary(span.range().start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line_end = text[line_start..].find('\n').map_or(text.len(), |newline| line_start + newline);
    let whole = text[line_start..line_end].trim_end_matches('\r');
    let from = (start - line_start).min(whole.len());
    // A mark over several lines shows where it begins.
    let to = text.floor_char_boundary(span.range().end).saturating_sub(line_start).clamp(from, whole.len());

    let column = whole[..from].chars().count();
    let marked = whole[from..to].chars().count();
    let total = whole.chars().count();
    let width = width.max(20);
    let first = if total <= width { 0 } else { column.saturating_sub(width / 4).min(total - width + 1) };
    let last = (first + width).min(total);
    let mut out = String::new();
    let mut bytes = 0..0;
    for (index, character) in whole.chars().enumerate().skip(first).take(last - first) {
        if index == column {
            bytes.start = out.len();
        }
        let cut_here = (index == first && first > 0) || (index + 1 == last && last < total);
        out.push(if cut_here { '…' } else { plain(character) });
        if index < column + marked {
            bytes.end = out.len();
        }
    }
    if column >= last {
        bytes.start = out.len();
    }
    bytes.end = bytes.end.max(bytes.start);
    let (line, column) = position(text, start);
    Excerpt { line, column, text: out, marked: bytes }
}

/// Replaces what would move a terminal's cursor.
pub(super) fn plain(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, position};
    use crate::diag::Span;

    #[test]
    fn columns_count_characters() {
        let text = "été\nl’œuvre\r\nfin";
        let cases = [(0, (1, 1)), (3, (1, 3)), (6, (2, 1)), (text.find('œ').expect("there"), (2, 3)), (999, (3, 4))];
        for (byte, expected) in cases {
            assert_eq!(position(text, byte), expected, "byte {byte}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}ICI{}", "é".repeat(300), "à".repeat(300));
        let shown = cut(&text, Span::new(600, 603), 40);
        assert_eq!(&shown.text[shown.marked.clone()], "ICI");
        assert_eq!(shown.text.chars().count(), 40);
        assert!(shown.text.starts_with('…') && shown.text.ends_with('…'), "{}", shown.text);
    }

    #[test]
    fn any_span_of_any_text_is_shown_without_panic() {
        let text = "à\r\n\u{1b}[31mœ\n\n";
        for start in 0..20 {
            for end in start..20 {
                for width in [0, 3, 80] {
                    let shown = cut(text, Span::new(start, end), width);
                    assert!(shown.text.get(shown.marked.clone()).is_some());
                    assert!(!shown.text.contains('\u{1b}'));
                }
            }
        }
    }
}
