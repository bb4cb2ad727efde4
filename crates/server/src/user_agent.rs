//! What a `User-Agent` header says about a browser, in a few words: "Chrome · Windows" (SGN-9).
//!
//! Only so that a person recognises a device in a list. The header is written by whoever calls, so
//! nothing is ever decided by it. Must not know where the words are shown.

/// No browser's header is longer; what comes after is not looked at.
const LONGEST: usize = 512;

/// What a header must contain, and the browser it is then. The first match counts: almost every
/// browser also claims to be the ones below it.
const BROWSERS: &[(&str, &str)] = &[
    ("wxwork/", "WeCom"),
    ("MicroMessenger/", "WeChat"),
    (" QQ/", "QQ"),
    ("DingTalk/", "DingTalk"),
    ("AlipayClient/", "Alipay"),
    ("MQQBrowser/", "QQ Browser"),
    ("QQBrowser/", "QQ Browser"),
    ("UCBrowser/", "UC Browser"),
    ("MiuiBrowser/", "Mi Browser"),
    ("HuaweiBrowser/", "Huawei Browser"),
    ("VivoBrowser/", "Vivo Browser"),
    ("HeyTapBrowser/", "HeyTap Browser"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("QihooBrowser/", "360"),
    ("360SE", "360"),
    ("YaBrowser/", "Yandex"),
    ("Vivaldi/", "Vivaldi"),
    ("EdgiOS/", "Edge"),
    ("EdgA/", "Edge"),
    ("Edg/", "Edge"),
    ("Edge/", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("HeadlessChrome/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Version/", "Safari"),
    ("Trident/", "Internet Explorer"),
    ("MSIE ", "Internet Explorer"),
    ("curl/", "curl"),
];

/// The same for systems.
const SYSTEMS: &[(&str, &str)] = &[
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows Phone", "Windows Phone"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
    ("X11", "Unix"),
];

/// Browser and system, as far as the header tells them.
#[must_use]
pub fn describe(header: &str) -> Option<String> {
    let known = header.get(..header.floor_char_boundary(LONGEST))?;
    let first = |table: &[(&str, &'static str)]| {
        let found = table.iter().find(|(sign, _)| known.contains(sign));
        found.map(|(_, name)| *name)
    };
    match (first(BROWSERS), first(SYSTEMS)) {
        (Some(browser), Some(system)) => Some(format!("{browser} · {system}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sgn_9_browsers_and_systems_are_told_apart() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)";
        let webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let chrome = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0";
        let android = "Mozilla/5.0 (Linux; Android 15; K)";
        let cases = [
            (
                format!("{windows} {chrome} Safari/537.36"),
                "Chrome · Windows",
            ),
            (
                format!("{windows} {chrome} Safari/537.36 Edg/141.0.0.0"),
                "Edge · Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
                "Firefox · Linux",
            ),
            (
                format!("{iphone} {webkit} Version/18.1 Mobile/15E148 Safari/604.1"),
                "Safari · iPhone",
            ),
            (
                format!("{iphone} {webkit} CriOS/141.0.0.0 Mobile/15E148 Safari/604.1"),
                "Chrome · iPhone",
            ),
            (
                format!("{iphone} {webkit} Mobile/15E148 MicroMessenger/8.0.50(0x18003230)"),
                "WeChat · iPhone",
            ),
            (
                format!(
                    "{android} {chrome} Mobile Safari/537.36 wxwork/4.1.30 MicroMessenger/7.0.1"
                ),
                "WeCom · Android",
            ),
            (
                format!("{android} {chrome} Mobile Safari/537.36 SamsungBrowser/27.0"),
                "Samsung Internet · Android",
            ),
            (
                format!(
                    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {webkit} Version/18.1 Safari/605.1.15"
                ),
                "Safari · macOS",
            ),
            (
                format!(
                    "Mozilla/5.0 (Phone; OpenHarmony 5.0) {chrome} Safari/537.36 HuaweiBrowser/5.1"
                ),
                "Huawei Browser · HarmonyOS",
            ),
            ("curl/8.5.0".to_owned(), "curl"),
            ("Thing (Windows)".to_owned(), "Windows"),
        ];
        for (header, words) in cases {
            assert_eq!(describe(&header).as_deref(), Some(words), "{header}");
        }
    }

    #[test]
    fn a_header_that_tells_nothing_gives_no_words() {
        for header in ["", "Mozilla/5.0", "浏览器", "<script>alert(1)</script>"] {
            assert_eq!(describe(header), None, "{header}");
        }
    }

    #[test]
    fn what_comes_after_the_longest_header_is_not_looked_at() {
        let at_the_end = |length: usize| format!("{}{}", "车".repeat(length / 3), "Windows");
        assert_eq!(describe(&at_the_end(504)).as_deref(), Some("Windows"));
        assert_eq!(describe(&at_the_end(507)), None);
        assert_eq!(describe(&at_the_end(1_000_000)), None);
    }

    proptest! {
        #[test]
        fn no_header_makes_it_fall_over(header in ".*") {
            let words = describe(&header);
            prop_assert!(words.is_none_or(|words| words.len() < 60));
        }
    }
}
