//! Reading the sources for the ids of rules. Knows how Rust is written here; does not know the rules.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace;

/// Where the sources name which rule.
#[derive(Default)]
pub(super) struct Findings {
    code: BTreeMap<String, Vec<String>>,
    tests: BTreeMap<String, Vec<String>>,
}

impl Findings {
    /// Reads every source below the repository's root.
    ///
    /// # Errors
    /// When a source cannot be read.
    pub(super) fn below(root: &Path, ids: &[String]) -> Result<Self> {
        let mut findings = Self::default();
        for room in ["crates", "src", "tests"] {
            for file in workspace::files_below(&root.join(room)) {
                if file.extension().is_none_or(|extension| extension != "rs") {
                    continue;
                }
                let path = file.strip_prefix(root).unwrap_or(&file);
                let path = path.to_string_lossy().replace('\\', "/");
                let text = fs::read_to_string(&file).with_context(|| path.clone())?;
                findings.read(&path, &text, ids);
            }
        }
        Ok(findings)
    }

    fn read(&mut self, path: &str, text: &str, ids: &[String]) {
        if may_enforce(path) {
            for (number, line) in code_comments(text) {
                for id in ids.iter().filter(|id| names(line, id)) {
                    let place = format!("{path}:{number}");
                    self.code.entry(id.clone()).or_default().push(place);
                }
            }
        }
        for name in test_names(text) {
            for id in ids.iter().filter(|id| is_named_after(name, id)) {
                self.tests
                    .entry(id.clone())
                    .or_default()
                    .push(name.to_owned());
            }
        }
    }

    /// The places that enforce a rule, as `path:line`.
    pub(super) fn code(&self, id: &str) -> Vec<String> {
        self.code.get(id).cloned().unwrap_or_default()
    }

    /// The names of a rule's tests.
    pub(super) fn tests(&self, id: &str) -> Vec<String> {
        self.tests.get(id).cloned().unwrap_or_default()
    }
}

/// The ids that the domain's list of rules spells, in its order.
pub(super) fn ids(source: &str) -> Vec<String> {
    let id = |line: &str| {
        let (_, rest) = line.split_once(" = \"")?;
        let (id, _) = rest.split_once('"')?;
        let (area, number) = id.split_once('-')?;
        let is_area = area.len() == 3 && area.bytes().all(|byte| byte.is_ascii_uppercase());
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        (is_area && is_number).then(|| id.to_owned())
    };
    source.lines().filter_map(id).collect()
}

/// Whether a comment in this file speaks of code that enforces: the list of ids and the sentences
/// that people read name every rule and enforce none, and neither does a test.
fn may_enforce(path: &str) -> bool {
    let is_source = path.starts_with("src/") || path.contains("/src/");
    is_source
        && !path.starts_with("src/text")
        && !path.starts_with("tests/")
        && !path.ends_with("/rule.rs")
        && !path.ends_with("/tests.rs")
        && !path.contains("/tests/")
}

/// The doc comments of a file before its tests, each line with its number.
fn code_comments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.lines().take_while(|line| *line != "#[cfg(test)]");
    before_tests
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_start()))
        .filter(|(_, line)| line.starts_with("///") || line.starts_with("//!"))
}

/// Whether a text names the id, and not only a longer one that begins with it.
fn names(text: &str, id: &str) -> bool {
    text.match_indices(id).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + id.len()..)
            .and_then(|text| text.chars().next());
        before.is_none_or(|c| !c.is_ascii_alphanumeric())
            && after.is_none_or(|c| !c.is_ascii_digit())
    })
}

/// Whether a test's name begins with the id, as in `con_2_sixth_account_is_refused`.
fn is_named_after(name: &str, id: &str) -> bool {
    let prefix = id.to_ascii_lowercase().replace('-', "_");
    let rest = name.strip_prefix(&prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// The names of the functions that a test runner finds.
fn test_names(text: &str) -> Vec<&str> {
    let mut is_test = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = function_name(line) {
            if is_test {
                names.push(name);
            }
            is_test = false;
        } else if line.starts_with("#[") {
            is_test |= is_test_attribute(line);
        } else if !line.is_empty() && !line.starts_with("//") && !continues_attribute(line) {
            is_test = false;
        }
    }
    names
}

fn is_test_attribute(line: &str) -> bool {
    let name = line.trim_start_matches("#[");
    let name = name.split(['(', ']', ' ', ',']).next().unwrap_or_default();
    matches!(
        name.rsplit("::").next(),
        Some("test" | "wasm_bindgen_test" | "rstest" | "case")
    )
}

/// Whether a line is the rest of an attribute that formatting broke over several lines.
fn continues_attribute(line: &str) -> bool {
    line.ends_with(',') || line.ends_with(")]") || line == "]"
}

fn function_name(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = line.strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"//! Contacts (CON-1).

/// At most five accounts on one phone (CON-2, CON-12).
fn may_add() {} // CON-3 is only mentioned here

#[cfg(test)]
mod tests {
    /// CON-4 in a test enforces nothing.
    #[test]
    fn con_2_sixth_account_is_refused() {}

    #[tokio::test(
        flavor = "multi_thread",
    )]
    async fn con_12_races() {}

    fn con_3_is_a_helper() {}
}
"#;

    fn found() -> Findings {
        let ids: Vec<String> = (1..=12).map(|number| format!("CON-{number}")).collect();
        let mut findings = Findings::default();
        findings.read("crates/domain/src/contacts.rs", SOURCE, &ids);
        findings
    }

    #[test]
    fn code_is_what_a_doc_comment_names() {
        let findings = found();
        assert_eq!(findings.code("CON-1"), ["crates/domain/src/contacts.rs:1"]);
        assert_eq!(findings.code("CON-2"), ["crates/domain/src/contacts.rs:3"]);
        assert_eq!(findings.code("CON-12"), ["crates/domain/src/contacts.rs:3"]);
        assert!(
            findings.code("CON-3").is_empty(),
            "a remark enforces nothing"
        );
        assert!(findings.code("CON-4").is_empty(), "a test enforces nothing");
    }

    #[test]
    fn a_test_is_named_after_its_rule() {
        let findings = found();
        assert_eq!(findings.tests("CON-2"), ["con_2_sixth_account_is_refused"]);
        assert_eq!(findings.tests("CON-12"), ["con_12_races"]);
        assert!(findings.tests("CON-1").is_empty(), "con_12 is not con_1");
        assert!(
            findings.tests("CON-3").is_empty(),
            "no runner finds a helper"
        );
    }

    #[test]
    fn some_files_enforce_nothing() {
        let enforcing = ["src/pages/a.rs", "crates/server/src/store/a.rs"];
        assert!(enforcing.into_iter().all(may_enforce));
        let others = [
            "src/text/refusals.rs",
            "crates/domain/src/rule.rs",
            "crates/domain/src/mfa/tests.rs",
            "crates/server/tests/it/races.rs",
            "tests/e2e/account/mod.rs",
        ];
        assert!(!others.into_iter().any(may_enforce));
    }

    #[test]
    fn ids_are_read_from_the_list() {
        let list = "    Acc1 = \"ACC-1\",\n    Con15 = \"CON-15\": \"Of an e-mail.\",\n    let x = \"other\",\n";
        assert_eq!(ids(list), ["ACC-1", "CON-15"]);
    }
}
