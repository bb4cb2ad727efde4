//! V-42: the files of one build are kept for ever, the page that names them is not.

use anyhow::{Context, Result, ensure};
use support::{Look, Width, journey};

#[tokio::test]
async fn v_42_only_files_named_by_their_content_are_kept() -> Result<()> {
    journey("new-version", Look::plain(Width::Desktop), async |stage| {
        let page = stage.product.get("/sign-in")?;
        ensure!(page.header("cache-control") == Some("no-cache"));
        let script = page.body.split('"').find(|text| text.ends_with(".js"));
        let script = script.context("the page names a script")?;
        ensure!(script.starts_with('/'), "{script} is relative to the page");
        let answer = stage.product.get(script)?;
        let caching = answer.header("cache-control").unwrap_or_default();
        ensure!(caching.contains("immutable"), "{script}: {caching}");
        // A script of an earlier build is gone; a page in its place would be read as a script.
        let old = stage.product.get("/assets/0123456789abcdef/app.js")?;
        ensure!(
            old.status == 404 && !old.body.contains("<html"),
            "{}",
            old.status
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn v_42_where_the_program_is_gone_the_page_says_so() -> Result<()> {
    journey("program-gone", Look::plain(Width::Phone), async |stage| {
        stage.browser.block("*.wasm").await?;
        stage.opens("/sign-in").await?;
        let message = "return !document.getElementById('cannot-start').hidden";
        stage.until(message).await?;
        // The browser complains about what it was kept from loading, as it should.
        stage.browser.driver().browser_log().await?;
        Ok(())
    })
    .await
}
