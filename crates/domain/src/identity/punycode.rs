//! Punycode (RFC 3492): letters of any script written in those of domain names. Knows the encoding;
//! does not know what a label may contain.
//!
//! Only this direction is needed, to compare names; the libraries that do both carry the tables of
//! Unicode normalisation, which weigh more in the browser than all identity values together.

const BASE: u32 = 36;
const LEAST_THRESHOLD: u32 = 1;
const MOST_THRESHOLD: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const FIRST_BIAS: u32 = 72;
const FIRST_CODE_POINT: u32 = 0x80;

/// The encoded form of `label`, without the `xn--` in front.
pub(super) fn encode(label: &str) -> String {
    let mut encoded: String = label.chars().filter(char::is_ascii).collect();
    let basic = count(encoded.len());
    if basic > 0 {
        encoded.push('-');
    }
    let mut done = basic;
    let mut from = FIRST_CODE_POINT;
    let mut delta: u32 = 0;
    let mut bias = FIRST_BIAS;
    // Each round encodes all occurrences of the next higher code point.
    while let Some(next) = label
        .chars()
        .map(u32::from)
        .filter(|code| *code >= from)
        .min()
    {
        let step = (next - from).saturating_mul(done + 1);
        delta = delta.saturating_add(step);
        for code in label.chars().map(u32::from) {
            if code < next {
                delta = delta.saturating_add(1);
            }
            if code == next {
                push_number(&mut encoded, delta, bias);
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.saturating_add(1);
        from = next + 1;
    }
    encoded
}

/// Writes `delta` as a number whose digits tell where it ends.
fn push_number(encoded: &mut String, delta: u32, bias: u32) {
    let mut rest = delta;
    let mut position = BASE;
    loop {
        let threshold = position
            .saturating_sub(bias)
            .clamp(LEAST_THRESHOLD, MOST_THRESHOLD);
        if rest < threshold {
            encoded.push(digit(rest));
            return;
        }
        encoded.push(digit(threshold + (rest - threshold) % (BASE - threshold)));
        rest = (rest - threshold) / (BASE - threshold);
        position += BASE;
    }
}

fn adapt(delta: u32, done: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { DAMP } else { 2 };
    delta += delta / done;
    let mut rounds = 0;
    while delta > (BASE - LEAST_THRESHOLD) * MOST_THRESHOLD / 2 {
        delta /= BASE - LEAST_THRESHOLD;
        rounds += BASE;
    }
    rounds + (BASE - LEAST_THRESHOLD + 1) * delta / (delta + SKEW)
}

/// The letters stand for 0–25, the digits for 26–35.
fn digit(value: u32) -> char {
    let offset = if value < 26 {
        u32::from('a')
    } else {
        u32::from('0') - 26
    };
    char::from_u32(value + offset).unwrap_or('0')
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_labels() {
        for (label, encoded) in [
            ("中国", "fiqs8s"),
            ("公司", "55qx5d"),
            ("例子", "fsqu00a"),
            ("bücher", "bcher-kva"),
            ("ドメイン名例", "eckwd4c7cu47r2wf"),
            ("mañana", "maana-pta"),
        ] {
            assert_eq!(encode(label), encoded, "{label}");
        }
    }
}
