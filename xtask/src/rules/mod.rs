//! `rules`: which code and which tests stand for each rule of the contract. Knows how the sources say
//! so; does not know what a rule says.
//!
//! Read from the sources at every call, so it cannot go stale: code names a rule's id in its doc
//! comment, a test begins its name with it.

mod scan;
mod waiting;

use anyhow::{Context, Result, bail};

use crate::console::{note, step, table};
use crate::workspace;
use scan::Findings;
use waiting::Waiting;

/// One rule and everything that stands for it.
struct Rule {
    id: String,
    code: Vec<String>,
    tests: Vec<String>,
    waiting: Option<String>,
}

impl Rule {
    /// What is wrong with it, if anything is.
    fn problem(&self) -> Option<String> {
        let id = &self.id;
        let missing = match (self.code.is_empty(), self.tests.is_empty()) {
            (true, true) => "neither code nor a test",
            (true, false) => "a test but no code",
            (false, true) => "code but no test",
            (false, false) => {
                return self.waiting.as_ref().map(|_| {
                    format!("{id} has code and a test: take it off xtask/waiting-rules.toml")
                });
            }
        };
        match self.waiting {
            Some(_) => None,
            None => Some(format!("{id} has {missing}")),
        }
    }
}

/// Prints the table and fails on the first rule that nothing stands for.
///
/// # Errors
/// When a rule lacks code or a test and does not wait, or waits without need.
pub(crate) fn print_table() -> Result<()> {
    let rules = read()?;
    let heading = ["rule", "code", "tests", "waiting"]
        .map(str::to_owned)
        .to_vec();
    let mut rows = vec![heading];
    for rule in &rules {
        let lines = rule.code.len().max(rule.tests.len()).max(1);
        for line in 0..lines {
            let at = |list: &[String]| list.get(line).cloned().unwrap_or_default();
            let (id, waiting) = match line {
                0 => (rule.id.clone(), rule.waiting.clone().unwrap_or_default()),
                _ => Default::default(),
            };
            rows.push(vec![id, at(&rule.code), at(&rule.tests), waiting]);
        }
    }
    table(&rows);
    judge(&rules)
}

/// Prints one JSON object a rule, in the contract's order.
///
/// # Errors
/// The same as [`print_table`].
pub(crate) fn print_json() -> Result<()> {
    let rules = read()?;
    for rule in &rules {
        println!("{}", json(rule));
    }
    judge_quietly(&rules)
}

/// Says how many rules stand and fails on those that do not.
///
/// # Errors
/// The same as [`print_table`].
pub(crate) fn check() -> Result<()> {
    step("Looking for the code and the tests of every rule", || {
        judge(&read()?)
    })
}

fn judge(rules: &[Rule]) -> Result<()> {
    let waiting = rules.iter().filter(|rule| rule.waiting.is_some()).count();
    note(&format!("{} rules, {waiting} of them waiting", rules.len()));
    judge_quietly(rules)
}

fn judge_quietly(rules: &[Rule]) -> Result<()> {
    let problems: Vec<String> = rules.iter().filter_map(Rule::problem).collect();
    if problems.is_empty() {
        return Ok(());
    }
    bail!(
        "{} rules do not stand:\n  {}",
        problems.len(),
        problems.join("\n  ")
    )
}

/// The object's keys stay in this order, which `serde_json`'s own map would not keep.
fn json(rule: &Rule) -> String {
    let text = |value: serde_json::Value| value.to_string();
    format!(
        r#"{{"id":{},"code":{},"tests":{},"waiting":{}}}"#,
        text(rule.id.as_str().into()),
        text(rule.code.as_slice().into()),
        text(rule.tests.as_slice().into()),
        text(rule.waiting.as_deref().into())
    )
}

fn read() -> Result<Vec<Rule>> {
    let root = workspace::root();
    let source = root.join("crates/domain/src/rule.rs");
    let source = std::fs::read_to_string(source).context("crates/domain/src/rule.rs")?;
    let ids = scan::ids(&source);
    let waiting = Waiting::read(&root.join("xtask/waiting-rules.toml"), &ids)?;
    let findings = Findings::below(root, &ids)?;
    let rule = |id: &String| Rule {
        id: id.clone(),
        code: findings.code(id),
        tests: findings.tests(id),
        waiting: waiting.reason(id),
    };
    Ok(ids.iter().map(rule).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(code: &[&str], tests: &[&str], waiting: Option<&str>) -> Rule {
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Rule {
            id: "CON-2".into(),
            code: owned(code),
            tests: owned(tests),
            waiting: waiting.map(str::to_owned),
        }
    }

    #[test]
    fn a_rule_needs_code_and_a_test_or_a_reason_to_wait() {
        assert_eq!(rule(&["a:1"], &["t"], None).problem(), None);
        assert_eq!(rule(&[], &["t"], Some("later")).problem(), None);
        let said = |rule: Rule| rule.problem().unwrap_or_default();
        assert!(said(rule(&[], &["t"], None)).contains("no code"));
        assert!(said(rule(&["a:1"], &[], None)).contains("no test"));
        assert!(said(rule(&[], &[], None)).contains("neither"));
        assert!(said(rule(&["a:1"], &["t"], Some("later"))).contains("take it off"));
    }

    #[test]
    fn one_object_a_rule() {
        assert_eq!(
            json(&rule(&["src/a.rs:7"], &["con_2_x"], None)),
            r#"{"id":"CON-2","code":["src/a.rs:7"],"tests":["con_2_x"],"waiting":null}"#
        );
        assert_eq!(
            json(&rule(&[], &[], Some("a \"page\""))),
            r#"{"id":"CON-2","code":[],"tests":[],"waiting":"a \"page\""}"#
        );
    }
}
