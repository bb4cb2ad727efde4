//! Proof of work: a small effort of the visitor's machine in place of pictures to click on. Knows the
//! sum and how to do it without the page freezing; does not know when it is asked for, nor why.
//!
//! The puzzle is the one of the ALTCHA protocol: somewhere from 0 to `max` there is a number whose
//! decimal digits, written after the salt, have this SHA-256.

use std::time::Duration;

use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A puzzle as the server sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Puzzle {
    /// What stands before the number.
    pub salt: String,
    /// The SHA-256 of both.
    pub challenge: [u8; 32],
    /// The greatest number that is worth a try.
    pub max: u32,
}

impl Puzzle {
    /// A puzzle whose challenge came as hexadecimal digits; none when it is no SHA-256.
    #[must_use]
    pub fn new(salt: &str, challenge: &str, max: u32) -> Option<Self> {
        let mut digits = challenge.chars().map(|digit| digit.to_digit(16));
        let mut bytes = [0; 32];
        for byte in &mut bytes {
            let (high, low) = (digits.next()??, digits.next()??);
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        digits.next().is_none().then(|| Self {
            salt: salt.to_owned(),
            challenge: bytes,
            max,
        })
    }
}

/// A search for the number, which can be put down and taken up again.
#[derive(Clone, Debug)]
pub struct Search {
    puzzle: Puzzle,
    /// The next number to try; none when all were.
    next: Option<u32>,
}

/// What came of a part of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This number.
    Number(u32),
    /// Nothing so far.
    NotYet,
    /// Nothing at all: the puzzle has no answer.
    Never,
}

impl Search {
    /// Begins at 0.
    #[must_use]
    pub const fn new(puzzle: Puzzle) -> Self {
        Self {
            puzzle,
            next: Some(0),
        }
    }

    /// Tries so many numbers more.
    pub fn advance(&mut self, numbers: u32) -> Found {
        let mut text = self.puzzle.salt.clone();
        let salt = text.len();
        for _ in 0..numbers {
            let Some(number) = self.next else {
                return Found::Never;
            };
            text.truncate(salt);
            text += &number.to_string();
            if sha256(text.as_bytes()) == self.puzzle.challenge {
                return Found::Number(number);
            }
            self.next = (number < self.puzzle.max).then(|| number + 1);
        }
        Found::NotYet
    }

    /// How much of the search is behind us, in whole hundredths.
    #[must_use]
    pub fn percent(&self) -> u32 {
        let share = u64::from(self.next.unwrap_or(self.puzzle.max)) * 100;
        let percent = share.checked_div(u64::from(self.puzzle.max));
        percent.map_or(100, |percent| u32::try_from(percent).unwrap_or(100))
    }
}

/// How far a search has come, for the page that waits for it, and the way to stop it.
#[derive(Clone, Copy)]
pub struct Progress {
    percent: RwSignal<u32>,
    is_stopped: StoredValue<bool>,
}

impl Progress {
    /// Nothing is done yet. A search ends by itself when the page that made this is gone.
    #[must_use]
    pub fn new() -> Self {
        Self {
            percent: RwSignal::new(0),
            is_stopped: StoredValue::new(false),
        }
    }

    /// Whole hundredths of the longest that it can take.
    #[must_use]
    pub fn percent(self) -> Signal<u32> {
        self.percent.into()
    }

    /// Nobody needs the answer any more.
    pub fn stop(self) {
        self.is_stopped.try_set_value(true);
    }

    /// Notes how far it is; whether anybody still waits.
    fn note(self, percent: u32) -> bool {
        if self.percent.try_get_untracked() != Some(percent) {
            self.percent.try_set(percent);
        }
        self.is_stopped.try_get_value() == Some(false)
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}

/// How long the page may stand still for a slice of the work, in milliseconds: less than one frame.
const SLICE: f64 = 12.0;

/// How many numbers are tried between two looks at the clock.
const BETWEEN_LOOKS: u32 = 64;

/// Finds the number, a slice at a time, with the page alive in between. None when there is none, or
/// when nobody waits for it any more.
pub async fn solve(puzzle: Puzzle, progress: Progress) -> Option<u32> {
    let mut search = Search::new(puzzle);
    loop {
        let begun = js_sys::Date::now();
        while js_sys::Date::now() - begun < SLICE {
            match search.advance(BETWEEN_LOOKS) {
                Found::Number(number) => return Some(number),
                Found::Never => return None,
                Found::NotYet => {}
            }
        }
        if !progress.note(search.percent()) {
            return None;
        }
        next_turn().await;
    }
}

/// Lets the browser draw and answer the person first.
async fn next_turn() {
    let promise = Promise::new(&mut |resolve, _| {
        set_timeout(
            move || {
                // A promise takes its value from anybody.
                let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
            },
            Duration::ZERO,
        );
    });
    // It is never refused.
    let _ = JsFuture::from(promise).await;
}

/// SHA-256 (FIPS 180-4) in the fewest bytes of program; figures stand in docs/decisions.md. For
/// puzzles only: nothing here is secret.
fn sha256(message: &[u8]) -> [u8; 32] {
    let bits = (message.len() as u64) * 8;
    let mut state = START;
    let (blocks, rest) = message.as_chunks::<64>();
    for block in blocks {
        compress(&mut state, block);
    }
    let mut last = [0_u8; 64];
    for (byte, from) in last.iter_mut().zip(rest.iter().chain(&[0x80])) {
        *byte = *from;
    }
    // The length stands in the last eight bytes, in a block of its own where they are taken.
    if rest.len() > 55 {
        compress(&mut state, &last);
        last = [0; 64];
    }
    for (byte, from) in last.iter_mut().skip(56).zip(bits.to_be_bytes()) {
        *byte = from;
    }
    compress(&mut state, &last);
    let mut digest = [0; 32];
    for (bytes, word) in digest.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    digest
}

#[expect(
    clippy::indexing_slicing,
    clippy::many_single_char_names,
    reason = "sixteen words, addressed modulo sixteen; the letters are the standard's"
)]
fn compress(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut words = [0_u32; 16];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks::<4>().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (t, constant) in CONSTANTS.iter().enumerate() {
        let word = words[t % 16];
        let big = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let first = h
            .wrapping_add(big)
            .wrapping_add((e & f) ^ (!e & g))
            .wrapping_add(*constant)
            .wrapping_add(word);
        let big = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let second = big.wrapping_add((a & b) ^ (a & c) ^ (b & c));
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
        // The word for sixteen rounds on.
        let near = words[(t + 1) % 16];
        let far = words[(t + 14) % 16];
        words[t % 16] = word
            .wrapping_add(near.rotate_right(7) ^ near.rotate_right(18) ^ (near >> 3))
            .wrapping_add(words[(t + 9) % 16])
            .wrapping_add(far.rotate_right(17) ^ far.rotate_right(19) ^ (far >> 10));
    }
    for (word, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.wrapping_add(new);
    }
}

const START: [u32; 8] = [
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

const CONSTANTS: [u32; 64] = [
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(bytes: [u8; 32]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn sha256_answers_the_vectors_of_the_standard() {
        let long = b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
        let million = vec![b'a'; 1_000_000];
        let vectors: [(&[u8], &str); 4] = [
            (
                b"abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                b"",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                long,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                &million,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            ),
        ];
        for (message, digest) in vectors {
            assert_eq!(hex(sha256(message)), digest);
        }
    }

    #[test]
    fn sha256_pads_on_both_sides_of_the_block() {
        // The same number of bytes of 0x5a each, hashed with another program.
        let vectors = [
            (
                55,
                "5f25f149aa92e3e13093aed8216072fae623f35e26ca605b6cce17e04b7ccf44",
            ),
            (
                56,
                "301c69927f1603720c9f847b7e5e3bef77a7b9f75344490fe9039f13c36b842a",
            ),
            (
                63,
                "939765b120205cbedae2ed31256b1967c38b6bdd9b0220535224cbc0b906d333",
            ),
            (
                64,
                "cc7321cce5e4409bd8077d58422e1214969059bbd40b4eeb0de0a642f40f7282",
            ),
            (
                65,
                "b8de0db62b6c87db61345504a8038bf973d987e8d2111abd8beb407c0bf3d9db",
            ),
            (
                119,
                "a96851d641310ce032ff832b6f08125878deed2a825fe515dd1ba414afe95f7e",
            ),
            (
                120,
                "60ec7f280e45d0c7bf77b70ff16958b1c1701a9fb7faa12b798207cf120ec6ee",
            ),
        ];
        for (length, digest) in vectors {
            assert_eq!(hex(sha256(&vec![0x5a; length])), digest, "{length} bytes");
        }
    }

    fn puzzle(answer: u32, max: u32) -> Puzzle {
        let challenge = sha256(format!("salt?expires=1790000010&{answer}").as_bytes());
        Puzzle::new("salt?expires=1790000010&", &hex(challenge), max).unwrap()
    }

    #[test]
    fn a_search_finds_the_number_wherever_it_is() {
        for answer in [0, 1, 999, 1000] {
            let mut search = Search::new(puzzle(answer, 1000));
            assert_eq!(search.advance(1001), Found::Number(answer));
        }
    }

    #[test]
    fn a_search_in_parts_finds_the_same() {
        let mut search = Search::new(puzzle(250, 1000));
        assert_eq!(search.advance(100), Found::NotYet);
        assert_eq!(search.percent(), 10);
        assert_eq!(search.advance(150), Found::NotYet);
        assert_eq!(search.percent(), 25);
        assert_eq!(search.advance(1), Found::Number(250));
    }

    #[test]
    fn a_puzzle_without_an_answer_comes_to_an_end() {
        let mut search = Search::new(puzzle(1001, 1000));
        assert_eq!(search.advance(1001), Found::NotYet);
        assert_eq!(search.advance(1), Found::Never);
        assert_eq!(search.percent(), 100);
        let mut greatest = Search::new(puzzle(0, u32::MAX));
        greatest.next = Some(u32::MAX);
        assert_eq!(greatest.advance(2), Found::Never);
        let mut smallest = Search::new(puzzle(1, 0));
        assert_eq!(smallest.advance(2), Found::Never);
    }

    #[test]
    fn a_challenge_is_64_hexadecimal_digits() {
        let right = "0a".repeat(32);
        let puzzle = Puzzle::new("salt", &right, 1).unwrap();
        assert_eq!(puzzle.challenge, [0x0a; 32]);
        for wrong in [
            right.trim_start_matches('0'),
            &(right.clone() + "0"),
            &right.replace('a', "g"),
            "",
        ] {
            assert_eq!(Puzzle::new("salt", wrong, 1), None);
        }
    }
}
