//! `index.html` as a template: its language, the product's name, the policy its inline parts need.
//!
//! Knows the few marks that the template agrees to carry; must not know how it is served.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::language::Language;
use crate::state::{Names, Support};

/// The marks of the template, which is a page in Chinese under the default name.
const LANGUAGE_MARK: &str = "lang=\"zh-CN\"";
const NAME_MARK: &str = "云账号中心";
/// Where the template says what it is told about the installation.
const FACTS_MARK: &str = "data-demo=\"false\"";

/// What a page is told about the installation it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// What the product is called.
    pub names: &'a Names,
    /// How people reach whoever runs it.
    pub support: &'a Support,
    /// Whether it is a demo.
    pub demo: bool,
}

/// The page for one language.
pub(super) fn localise(template: &str, language: Language, facts: Facts<'_>) -> String {
    let names = facts.names;
    let (tag, name) = match language {
        Language::Chinese => (LANGUAGE_MARK, &names.chinese),
        Language::English => ("lang=\"en\"", &names.english),
    };
    // The facts come last, so that nothing in them is taken for a mark.
    template
        .replace(LANGUAGE_MARK, tag)
        .replace(NAME_MARK, &escaped(name))
        .replacen(FACTS_MARK, &attributes(facts), 1)
}

/// The facts as attributes of the page's root element.
fn attributes(facts: Facts<'_>) -> String {
    let told = |fact: &Option<String>| escaped(fact.as_deref().unwrap_or_default());
    let [chinese, english] = [&facts.names.chinese, &facts.names.english].map(|name| escaped(name));
    let (sender, hotline) = (told(&facts.support.sender), told(&facts.support.hotline));
    let demo = facts.demo;
    format!(
        "data-demo=\"{demo}\" data-name-zh=\"{chinese}\" data-name-en=\"{english}\" \
         data-sender=\"{sender}\" data-hotline=\"{hotline}\""
    )
}

/// The Content-Security-Policy under which exactly this page works (V-43).
pub(super) fn policy(page: &str) -> String {
    let scripts = hashes(page, "script");
    let styles = hashes(page, "style");
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; \
         style-src 'self'{styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
         manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
}

/// The hash of the text of each element of this name, each after a blank.
///
/// HTML ends such an element at the first end tag, whatever stands around it, so looking for the
/// tags is what a browser does too. An element with a `src` has no text; the hash of nothing that
/// it gets allows nothing.
fn hashes(page: &str, element: &str) -> String {
    let (start, end) = (format!("<{element}"), format!("</{element}"));
    let mut found = String::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&start) {
        rest = after;
        if !after.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()) {
            continue;
        }
        let Some((_, body)) = after.split_once('>') else {
            break;
        };
        let Some((text, after)) = body.split_once(&end) else {
            break;
        };
        rest = after;
        if !text.is_empty() {
            let hash = STANDARD.encode(Sha256::digest(text.as_bytes()));
            found.push_str(&format!(" 'sha256-{hash}'"));
        }
    }
    found
}

fn escaped(name: &str) -> String {
    name.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html><html lang=\"zh-CN\" data-demo=\"false\"><head>\
        <title>云账号中心</title><style>body{color:red}</style>\
        <script src=\"/app.js\"></script><script type=\"module\">\nstart();\n</script></head>\
        <body><styled></styled></body></html>";

    fn names() -> Names {
        Names {
            chinese: "某某账号".to_owned(),
            english: "A <&> \"B\"".to_owned(),
        }
    }

    #[test]
    fn v_45_the_page_says_which_language_it_is_in() {
        let facts = Facts {
            names: &names(),
            support: &Support {
                sender: Some("\"no-reply\" <a@b.example>".to_owned()),
                hotline: None,
            },
            demo: false,
        };
        let chinese = localise(PAGE, Language::Chinese, facts);
        assert!(chinese.contains("<html lang=\"zh-CN\" data-demo=\"false\" "));
        assert!(chinese.contains("<title>某某账号</title>"));
        let english = localise(
            PAGE,
            Language::English,
            Facts {
                demo: true,
                ..facts
            },
        );
        assert!(english.contains("<html lang=\"en\" data-demo=\"true\" "));
        assert!(english.contains("<title>A &lt;&amp;&gt; &quot;B&quot;</title>"));
        // Both names, so that the page can switch without loading anew.
        for page in [chinese, english] {
            assert!(page.contains("data-name-zh=\"某某账号\""));
            assert!(page.contains("data-name-en=\"A &lt;&amp;&gt; &quot;B&quot;\""));
            assert!(page.contains(
                "data-sender=\"&quot;no-reply&quot; &lt;a@b.example&gt;\" data-hotline=\"\""
            ));
        }
    }

    #[test]
    fn v_43_the_policy_allows_the_inline_parts_by_their_hash_and_wasm_and_nothing_unsafe() {
        let policy = policy(PAGE);
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
        assert!(policy.contains(&format!(
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-{}';",
            hash("\nstart();\n")
        )));
        assert!(policy.contains(&format!(
            "style-src 'self' 'sha256-{}';",
            hash("body{color:red}")
        )));
        assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn a_page_that_is_cut_off_gives_a_policy_all_the_same() {
        for page in [
            "<script",
            "<script>",
            "<script>x",
            "<style >",
            "",
            "</script>",
        ] {
            assert!(policy(page).starts_with("default-src 'none'"), "{page}");
        }
    }
}
