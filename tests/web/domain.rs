//! The rule book in the browser, against what the native one answered (API-4). Must not know which
//! answer is right: the domain's own tests do.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../../crates/domain/tests/transcript/mod.rs"]
mod transcript;

/// What `crates/domain/examples/transcript.rs` printed on this machine; `cargo xtask test` writes it.
const NATIVE: &str = include_str!("../../target/parity/native.txt");

#[wasm_bindgen_test]
fn api_4_the_rule_book_answers_in_the_browser_as_it_does_natively() {
    let browser = transcript::transcript();
    assert!(browser.lines().count() > 50_000, "the transcript is short");
    for (browser, native) in browser.lines().zip(NATIVE.lines()) {
        assert_eq!(browser, native);
    }
    assert!(browser == NATIVE, "one transcript is longer");
}
