//! Cleaning of what a person typed or pasted. Knows characters; does not know fields.

/// Full-width forms folded to ASCII, invisible format characters removed, blanks trimmed.
///
/// Input methods produce full-width digits and contact cards carry direction marks; neither is the
/// person's mistake. Look-alikes that are not the same character (①, ×) stay and are refused later.
#[must_use]
pub fn clean(typed: &str) -> String {
    let folded: String = typed
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(fold_width)
        .collect();
    folded.trim().to_owned()
}

/// Full-width ASCII variants and the ideographic space, folded to their ASCII character.
fn fold_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// Zero-width characters, direction marks, joiners and the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}
