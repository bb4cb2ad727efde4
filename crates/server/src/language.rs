//! The two languages the product speaks. Knows how a browser asks for one; knows no sentence.

/// A language that a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Chinese in simplified characters, the default.
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The value of the `lang` cookie and of the accounts' column.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Chinese => "zh",
            Self::English => "en",
        }
    }

    /// The language that [`Language::code`] names.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Chinese),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    /// What a browser asks for by `Accept-Language`, Chinese where it says nothing we speak (V-45).
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::Chinese, 0);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1000, thousandths);
            let Some(language) = from_tag(tag) else {
                continue;
            };
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }
}

/// The language of a tag such as `zh-Hans-CN`; only the first part counts.
fn from_tag(tag: &str) -> Option<Language> {
    let primary = tag.split('-').next().unwrap_or_default();
    if primary.eq_ignore_ascii_case("zh") {
        Some(Language::Chinese)
    } else if primary.eq_ignore_ascii_case("en") {
        Some(Language::English)
    } else {
        None
    }
}

/// `0.8` as 800; what is not a weight weighs nothing.
fn thousandths(text: &str) -> u32 {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let padded = format!("{part:0<3}");
    if part.len() > 3 || !padded.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    match whole {
        "1" => 1000,
        "0" => padded.parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v_45_the_browser_s_first_language_that_we_speak_wins() {
        let ask = Language::from_accept_language;
        assert_eq!(
            ask("zh-Hans-CN,zh-Hans;q=0.8,en-US;q=0.5"),
            Language::Chinese
        );
        assert_eq!(ask("en-US,en;q=0.9,zh-CN;q=0.8"), Language::English);
        assert_eq!(ask("fr, en;q=0.3, zh;q=0.2"), Language::English);
        assert_eq!(ask("en;q=0.5, zh-TW;q=0.501"), Language::Chinese);
        assert_eq!(ask("en;q=0, fr"), Language::Chinese);
        assert_eq!(ask("EN-gb"), Language::English);
        for silent in ["", "fr", "*", ";;,q=1", "en;q=nonsense", "en;q=2"] {
            assert_eq!(ask(silent), Language::Chinese, "{silent}");
        }
    }
}
