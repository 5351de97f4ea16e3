//! Lines of plain text: words never pass the margin, addresses are never cut, no-break spaces hold.

/// How wide a line is, in columns.
pub const COLUMNS: usize = 74;

/// Breaks a text into lines of at most `width` columns; its own line breaks stay. A longer word stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for written in text.split('\n') {
        let mut line = String::new();
        let mut columns = 0;
        for word in written.split([' ', '\t']).filter(|word| !word.is_empty()) {
            let length = self::columns(word);
            if columns > 0 && columns + 1 + length > width {
                lines.push(std::mem::take(&mut line));
                columns = 0;
            }
            if columns > 0 {
                line.push(' ');
                columns += 1;
            }
            line.push_str(word);
            columns += length;
        }
        lines.push(line);
    }
    lines
}

/// Returns how many columns a text takes: none for marks that combine, two for ideographs and emoji.
pub fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

fn width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f
        | 0x0483..=0x0489
        | 0x0591..=0x05bd
        | 0x0610..=0x061a
        | 0x064b..=0x065f
        | 0x200b..=0x200f
        | 0x2060..=0x2064
        | 0x20d0..=0x20f0
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0xe0100..=0xe01ef => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f6ff
        | 0x1f900..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

/// Replaces the spaces that mail clients draw badly by the no-break space that all of them know, and drops what has no width.
pub fn folded(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{202f}' | '\u{2007}' | '\u{2009}' | '\u{200a}' | '\u{2008}' => Some('\u{a0}'),
            '\u{00ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\r' => None,
            c if c.is_control() && !matches!(c, '\n' | '\t') => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_inside_the_margin() {
        let rows: &[(&str, usize, &[&str])] = &[
            ("un deux trois", 7, &["un deux", "trois"]),
            ("https://exemple.fr/tres/long oui", 10, &["https://exemple.fr/tres/long", "oui"]),
            ("le n°\u{a0}4 est", 6, &["le", "n°\u{a0}4", "est"]),
            ("a\nb", 10, &["a", "b"]),
            ("", 10, &[""]),
        ];
        for (text, width, lines) in rows {
            assert_eq!(wrap(text, *width), *lines, "{text}");
        }
    }

    #[test]
    fn widths_are_those_of_a_terminal() {
        assert_eq!(columns("e\u{301}té"), 3);
        assert_eq!(columns("東京"), 4);
        assert_eq!(folded("Oui\u{202f}! n°\u{a0}4 co\u{ad}op"), "Oui\u{a0}! n°\u{a0}4 coop");
    }
}
