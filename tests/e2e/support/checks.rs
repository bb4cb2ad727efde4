//! What every page must be, whatever it is for: accessible, within its width, without a complaint of
//! the browser. Knows the checks; does not know the pages.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Browser;
use crate::process::told;

/// Runs axe in the page and hands back what it found.
const AXE: &str = "const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations', 'incomplete'] })
      .then((found) => done(found), (error) => done({ failed: String(error) }));";

/// Makes sure that axe finds no fault in the page as it stands.
///
/// # Errors
/// When it finds one, and also when it did not look at all.
pub(crate) async fn accessibility(browser: &Browser) -> Result<()> {
    let script = fs::read_to_string(told("E2E_AXE")?).context("the script of axe-core")?;
    browser.evaluate(&script).await.context("loading axe")?;
    let found = browser.driver().execute_async(AXE, Vec::new()).await?;
    let found = found.json();
    ensure!(
        found["failed"].is_null(),
        "axe could not look: {}",
        found["failed"]
    );
    let passes = found["passes"].as_array().map_or(0, Vec::len);
    ensure!(passes > 0, "axe looked at nothing");
    let violations = found["violations"].as_array().context("axe's findings")?;
    let faults: Vec<String> = violations.iter().map(fault).collect();
    ensure!(
        faults.is_empty(),
        "axe finds {} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    Ok(())
}

/// One finding: which rule, why, and the first places.
fn fault(violation: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
    let places: Vec<String> = nodes
        .iter()
        .take(3)
        .map(|node| {
            format!(
                "    {}\n    {}",
                node["html"],
                word(&node["failureSummary"])
            )
        })
        .collect();
    format!(
        "  {}: {}\n{}",
        word(&violation["id"]),
        word(&violation["help"]),
        places.join("\n")
    )
}

/// Makes sure that nobody has to scroll sideways.
///
/// # Errors
/// When something is wider than the screen.
pub(crate) async fn fits(browser: &Browser) -> Result<()> {
    let script = "const wide = [...document.querySelectorAll('body *')]
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 3).map((e) => e.outerHTML.slice(0, 120));
        return document.documentElement.scrollWidth > innerWidth ? wide : null;";
    let wide = browser.evaluate(script).await?;
    ensure!(wide.is_null(), "wider than the screen: {wide}");
    Ok(())
}

/// Makes sure that whatever can be pressed is big enough for a finger: 24 px at least, links inside a
/// sentence excepted (WCAG 2.2, 2.5.8).
///
/// # Errors
/// When something is smaller.
pub(crate) async fn can_be_touched(browser: &Browser) -> Result<()> {
    let script = "const small = [...document.querySelectorAll('a, button, input, summary')]
          .filter((e) => !e.closest('p, label') && e.checkVisibility({ visibilityProperty: true }))
          .filter((e) => getComputedStyle(e).clipPath === 'none')
          .filter((e) => { const box = e.getBoundingClientRect();
            // Touching the words beside a box ticks it: they are part of the target.
            const all = [box, ...[...(e.labels ?? [])].map((label) => label.getBoundingClientRect())];
            return box.width > 0 && !all.some((one) => one.width >= 24 && one.height >= 24); })
          .map((e) => e.outerHTML.slice(0, 120));
        return small.length ? small : null;";
    let small = browser.evaluate(script).await?;
    ensure!(small.is_null(), "too small for a finger: {small}");
    Ok(())
}

/// Makes sure that the browser did not complain since it was last asked (V-43).
///
/// An answer of 401 or 404 is no complaint: some journeys ask for them. Everything else that the
/// browser calls severe is: an exception, a panic, an offence against the policy.
///
/// # Errors
/// When it complained.
pub(crate) async fn no_complaints(browser: &Browser) -> Result<()> {
    let entries = browser.driver().browser_log().await?;
    let complaints: Vec<String> = entries
        .into_iter()
        .filter(|entry| entry.level == "SEVERE")
        .filter(|entry| entry.source.as_deref() != Some("network"))
        .map(|entry| entry.message)
        .collect();
    ensure!(
        complaints.is_empty(),
        "the browser complains:\n{}",
        complaints.join("\n")
    );
    Ok(())
}
