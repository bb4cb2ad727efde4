//! A QR code, as one drawing of one path. Knows how it is drawn; does not know what it says.

use leptos::prelude::*;
use qrcodegen::{QrCode as Modules, QrCodeEcc};

use super::{live, nothing};

/// How much white a scanner wants around the code, in modules.
const QUIET: i32 = 4;

/// The code. Always dark on white, whatever the page is: many scanners read nothing else.
///
/// Nothing when the text is longer than any code can say (some 2000 bytes); beside the code the text
/// stands in letters anyway, for whoever cannot scan.
#[component]
pub fn QrCode(
    /// What it says.
    #[prop(into)]
    text: Signal<String>,
    /// What it is for.
    label: &'static str,
) -> impl IntoView {
    live(move || {
        let Ok(code) = Modules::encode_text(&text.read(), QrCodeEcc::Medium) else {
            return nothing();
        };
        let side = (code.size() + 2 * QUIET).to_string();
        let corner = (-QUIET).to_string();
        let frame = [&corner, &corner, &side, &side].map(String::as_str);
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=frame.join(" ")>
                <rect x=corner.clone() y=corner.clone() width=side.clone() height=side.clone() />
                <path d=path(&code) />
            </svg>
        }
        .into_any()
    })
}

/// Each run of dark modules in a row as one flat box.
fn path(code: &Modules) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let begin = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > begin {
                let width = (x - begin).to_string();
                let parts = ["M", &begin.to_string(), " ", &y.to_string(), "h", &width];
                path += &parts.concat();
                path += &["v1h-", &width, "z"].concat();
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the path again on squared paper.
    fn drawn(path: &str, size: i32) -> Vec<bool> {
        let mut paper = vec![false; usize::try_from(size * size).unwrap()];
        for run in path.split_terminator('z') {
            let (start, rest) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (width, back) = rest.split_once("v1h-").unwrap();
            assert_eq!(width, back);
            let begin = y.parse::<usize>().unwrap() * usize::try_from(size).unwrap()
                + x.parse::<usize>().unwrap();
            for module in &mut paper[begin..begin + width.parse::<usize>().unwrap()] {
                assert!(!*module, "drawn twice");
                *module = true;
            }
        }
        paper
    }

    #[test]
    fn the_path_is_the_code() {
        for text in [
            "",
            "a",
            "otpauth://totp/Demo:zhang?secret=JBSWY3DPEHPK3PXP&issuer=Demo",
        ] {
            let code = Modules::encode_text(text, QrCodeEcc::Medium).unwrap();
            let size = code.size();
            let modules: Vec<bool> = (0..size * size)
                .map(|place| code.get_module(place % size, place / size))
                .collect();
            assert_eq!(drawn(&path(&code), size), modules);
        }
    }
}
