//! Typst literals: the only form in which a writer's text enters a document's markup.

use std::fmt::Write as _;

/// Returns a Typst string literal; nothing in it can end it or begin code.
pub fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_string(&mut out, text);
    out
}

/// Adds a Typst string literal.
pub fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character.is_control() => {
                write!(out, "\\u{{{:x}}}", character as u32).expect("writing to a String cannot fail")
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// A Typst value, for what the layouts are told beside the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    None,
    Bool(bool),
    Integer(i64),
    Text(String),
    /// Markup made by the lowering.
    Markup(String),
    List(Vec<Value>),
    Map(Vec<(&'static str, Value)>),
}

impl Value {
    /// Writes the value as Typst code.
    pub fn push(&self, out: &mut String) {
        match self {
            Self::None => out.push_str("none"),
            Self::Bool(is) => out.push_str(if *is { "true" } else { "false" }),
            Self::Integer(number) => write!(out, "{number}").expect("writing to a String cannot fail"),
            Self::Text(text) => push_string(out, text),
            Self::Markup(markup) => {
                out.push('[');
                out.push_str(markup);
                out.push(']');
            }
            Self::List(values) => {
                out.push('(');
                for value in values {
                    value.push(out);
                    out.push_str(", ");
                }
                out.push(')');
            }
            Self::Map(entries) if entries.is_empty() => out.push_str("(:)"),
            Self::Map(entries) => {
                out.push('(');
                for (key, value) in entries {
                    out.push_str(key);
                    out.push_str(": ");
                    value.push(out);
                    out.push_str(", ");
                }
                out.push(')');
            }
        }
    }

    /// Returns the value as Typst code.
    pub fn code(&self) -> String {
        let mut out = String::new();
        self.push(&mut out);
        out
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(is: bool) -> Self {
        Self::Bool(is)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}
