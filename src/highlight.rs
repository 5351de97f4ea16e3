//! stand-in
pub fn remembered(_: &crate::memo::Memos, _: &str, _: &str) -> Option<String> { None }
