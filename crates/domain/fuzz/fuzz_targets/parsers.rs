//! Feeds the fuzzer's texts to every parser. Knows nothing but the list that the property tests use.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/every_parser/mod.rs"]
mod every_parser;

fuzz_target!(|typed: &str| every_parser::hold(typed));
