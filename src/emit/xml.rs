//! Text inside XML: escaped, and freed of what XML 1.0 cannot hold.

use crate::texts::{is_control, is_special, push_with};

/// Escapes text for XML elements and quoted attributes; characters that XML 1.0 forbids are dropped (XML 1.0, 2.2).
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let begins = |byte| is_special(byte) | is_control(byte) | (byte == 0xc2) | (byte == 0xef);
    push_with(text, &mut out, begins, |rest| match rest {
        [b'&', ..] => Some(("&amp;", 1)),
        [b'<', ..] => Some(("&lt;", 1)),
        [b'>', ..] => Some(("&gt;", 1)),
        [b'"', ..] => Some(("&quot;", 1)),
        [byte, ..] if is_control(*byte) => Some(("", 1)),
        // U+0080 to U+009F, U+FFFE and U+FFFF.
        [0xc2, 0x80..=0x9f, ..] => Some(("", 2)),
        [0xef, 0xbf, 0xbe | 0xbf, ..] => Some(("", 3)),
        _ => None,
    });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_xml_can_hold_is_left() {
        assert_eq!(escape("« Rhône & <Loire> » \"\t\r\n"), "« Rhône &amp; &lt;Loire&gt; » &quot;\t\r\n");
        for c in (0..=0x11_ffff).filter_map(char::from_u32) {
            let forbidden = c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
            if !"&<>\"".contains(c) {
                assert_eq!(escape(&format!("é{c}à")), if forbidden { "éà".to_owned() } else { format!("é{c}à") });
            }
        }
    }
}
