//! The front matter that nearly every page has, read in one glance: a key, a word or a short list a line.
//!
//! Whatever else YAML allows is left to serde_yaml, which says the same of these blocks, ten times slower.

use serde_yaml::{Mapping, Value};

/// Returns what a block of YAML says, or nothing if any of its lines is not of the plainest.
pub(super) fn read(block: &str) -> Option<Value> {
    let mut map = Mapping::new();
    for line in block.lines() {
        let (key, value) = line.split_once(": ")?;
        let is_name = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if !is_name || !is_word(key) || map.insert(Value::from(key), self::value(value)?).is_some() {
            return None;
        }
    }
    (!map.is_empty()).then(|| Value::Mapping(map))
}

fn value(typed: &str) -> Option<Value> {
    match typed.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(items) => items.split(", ").map(scalar).collect::<Option<Vec<Value>>>().map(Value::Sequence),
        None => scalar(typed),
    }
}

/// A text between double quotes, one that begins with a letter, a date or a whole number.
fn scalar(typed: &str) -> Option<Value> {
    if let Some(text) = typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let is_plain =
            !text.contains(['"', '\\']) && text.chars().all(|c| c == ' ' || !c.is_whitespace() && !c.is_control());
        return is_plain.then(|| Value::from(text));
    }
    if typed.starts_with(|c: char| c.is_ascii_digit()) {
        let bytes = typed.as_bytes();
        let is_date = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if is_date {
            return Some(Value::from(typed));
        }
        let is_whole = bytes.len() < 10 && bytes[0] != b'0' && bytes.iter().all(u8::is_ascii_digit);
        return is_whole.then(|| typed.parse::<u64>().ok().map(Value::from)).flatten();
    }
    is_word(typed).then(|| Value::from(typed))
}

/// Letters, figures and the marks of a sentence that mean nothing in YAML; the words that stand for yes, no and nothing are left out.
fn is_word(typed: &str) -> bool {
    typed.starts_with(char::is_alphabetic)
        && typed
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '’' | '\'' | '(' | ')' | '/'))
        && !typed.ends_with(' ')
        && !["true", "false", "null"].iter().any(|word| typed.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "titre",
        "numero",
        "n",
        "y",
        "yes",
        "no",
        "on",
        "~",
        "null",
        "Null",
        "true",
        "True",
        "false",
        "nan",
        ".nan",
        ".inf",
        "inf",
        "e",
        "0x1f",
        "0o7",
        "1e3",
        "+1",
        "-1",
        "1",
        "12",
        "0",
        "012",
        "007",
        "1_000",
        "123456789",
        "9999999999",
        "2018-11-07",
        "2018-13-45",
        "2018",
        "3.5",
        ".",
        "..",
        "...",
        ": ",
        ":",
        " : ",
        ", ",
        ",",
        " ",
        "  ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "\"\"",
        "'",
        "''",
        "[",
        "]",
        "[]",
        "{",
        "}",
        "#",
        " #",
        "- ",
        "-",
        "--",
        "---",
        "|",
        ">",
        "&",
        "*",
        "!",
        "?",
        "@",
        "%",
        "`",
        "\\",
        "é",
        "Éducation",
        "l’eau",
        "l'eau",
        "(",
        ")",
        "/",
        "<<",
        "\u{a0}",
        "\u{202f}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{7f}",
        "\u{1}",
        "日",
        "²",
        "½",
    ];

    proptest! {
        #[test]
        fn what_is_read_in_one_glance_is_what_yaml_says(
            lines in prop::collection::vec((prop::sample::select(PIECES), prop::collection::vec(prop::sample::select(PIECES), 0..6)), 1..4),
            quoted in 0..4_u8,
        ) {
            let lines = lines.into_iter().map(|(key, pieces)| match quoted {
                0 => format!("{key}: \"{}\"\n", pieces.concat()),
                1 => format!("{key}: [{}]\n", pieces.join(", ")),
                _ => format!("{key}: {}\n", pieces.concat()),
            });
            let block: String = lines.collect();
            if let Some(read) = super::read(&block) {
                let yaml = serde_yaml::from_str::<serde_yaml::Value>(&block);
                prop_assert_eq!(yaml.ok(), Some(read), "{:?}", block);
            }
        }
    }

    #[test]
    fn a_usual_front_matter_is_read_in_one_glance() {
        let block = "titre: \"Désenfumer le conseil : un cas\"\nnumero: 9\ndate: 2018-11-07\nthemes: [\"Éducation\", mobilités]\nkit: agir\n";
        assert_eq!(super::read(block), serde_yaml::from_str(block).ok());
        assert!(super::read(block).is_some());
    }
}
