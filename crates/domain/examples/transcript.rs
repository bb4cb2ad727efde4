//! Prints what the native rule book answers; the browser's tests hold theirs against it.

#[path = "../tests/transcript/mod.rs"]
mod transcript;

#[expect(
    clippy::print_stdout,
    reason = "printing is all that this program is for"
)]
fn main() {
    print!("{}", transcript::transcript());
}
