//! Feeds the subject « question » with what libFuzzer invents.
#![no_main]
#![allow(dead_code, reason = "each target takes one subject")]

#[path = "../subjects.rs"]
mod subjects;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| subjects::question(bytes));
