//! V-43: the app runs under a strict policy, and nothing offends against it.

use anyhow::{Context, Result, ensure};
use support::{Role, Seed, at_both_widths};

#[tokio::test]
async fn v_43_the_app_runs_under_a_policy_without_unsafe_parts() -> Result<()> {
    at_both_widths("policy", async |stage| {
        let page = stage.product.get("/sign-in")?;
        let policy = page.header("content-security-policy").context("a policy")?;
        ensure!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
        for unsafe_part in ["'unsafe-eval'", "'unsafe-inline'", "*", "http:"] {
            ensure!(!policy.contains(unsafe_part), "{policy}");
        }
        // Every journey fails at the end when the browser complained; this one goes through
        // every page for that.
        stage.signs_in(Seed::PERSON).await?;
        for path in ["/account", "/outbox", "/no-such-page"] {
            stage.opens(path).await?;
            stage.person().sees(Role::Main, "").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_first_view_asks_only_this_server_and_not_often() -> Result<()> {
    at_both_widths("requests", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/account").await?;
        stage.person().reads(Seed::PERSON.nickname).await?;
        let script = "return performance.getEntriesByType('resource').map((entry) => entry.name)";
        let names = stage.browser.evaluate(script).await?;
        let names = names.as_array().context("a list")?;
        let ours = stage.product.address("/");
        let is_ours =
            |name: &&serde_json::Value| name.as_str().is_some_and(|n| n.starts_with(&ours));
        ensure!(names.iter().all(|name| is_ours(&name)), "{names:?}");
        // The page itself is the eighth.
        ensure!(names.len() <= 7, "{} requests: {names:?}", names.len() + 1);
        Ok(())
    })
    .await
}
