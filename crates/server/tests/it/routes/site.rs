//! The browser app's files as the server sends them.

use axum::body::Body;

use crate::support::{Answer, Bench};

const SCRIPT: &str = "/app-0123456789abcdef.js";

async fn page(accept_language: &str, cookie: Option<&str>) -> Answer {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser().with("accept-language", accept_language);
    if let Some(language) = cookie {
        browser
            .cookies
            .insert("lang".to_owned(), language.to_owned());
    }
    browser.get("/account").await
}

#[tokio::test]
async fn v_41_a_page_answers_with_and_without_a_slash_and_an_unknown_one_is_404() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    let known = browser.get("/account").await;
    assert_eq!(known.status, 200);
    for path in [
        "/",
        "/account/",
        "/account?from=mail",
        "/sign-in",
        "/outbox",
    ] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, &answer.body), (200, &known.body), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
    for path in [
        "/nothing",
        "/account/nothing",
        "/account//",
        "/%00",
        "/%E4%BA%91",
    ] {
        let answer = browser.get(path).await;
        assert_eq!((answer.status, &answer.body), (404, &known.body), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
}

#[tokio::test]
async fn v_42_content_is_named_by_its_hash_and_kept_while_the_page_is_asked_for_anew() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    let script = browser.get(SCRIPT).await;
    assert_eq!(script.status, 200);
    assert_eq!(
        script.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(
        script.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(
        browser.get("/favicon.svg").await.header("cache-control"),
        "no-cache"
    );
    let page = browser.get("/").await;
    assert_eq!(page.header("cache-control"), "no-cache");
    let tag = page.header("etag").to_owned();
    let mut returning = browser.with("if-none-match", &tag);
    let unchanged = returning.get("/").await;
    assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
    assert_eq!(unchanged.header("etag"), tag);
    let mut stale = browser.with("if-none-match", "\"0000\"");
    assert_eq!(stale.get("/").await.status, 200);
}

#[tokio::test]
async fn v_42_a_file_that_is_gone_is_404_and_never_the_page() {
    let bench = Bench::sqlite().await;
    let mut browser = bench.browser();
    for path in [
        "/app-fedcba9876543210.js",
        "/index.html",
        "/index.html.br",
        "/a/b.wasm",
        "/.env",
    ] {
        let answer = browser.get(path).await;
        assert_eq!(
            (answer.status, &*answer.text()),
            (404, "Not found\n"),
            "{path}"
        );
        assert!(answer.header("content-type").starts_with("text/plain"));
    }
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn v_43_the_page_allows_wasm_and_its_own_inline_parts_and_nothing_unsafe() {
    let answer = page("zh", None).await;
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("'wasm-unsafe-eval'"), "{policy}");
    assert!(!policy.contains("'unsafe-eval'") && !policy.contains("'unsafe-inline'"));
    assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
}

#[tokio::test]
async fn v_45_the_page_comes_in_the_language_that_was_chosen_or_asked_for() {
    let asked = "zh-Hans-CN,zh-Hans;q=0.8,en-US;q=0.5";
    for (accepts, chosen, language, title) in [
        (asked, None, "zh-CN", "云账号中心"),
        ("en-US,en;q=0.9,zh;q=0.8", None, "en", "Account Centre"),
        ("fr", None, "zh-CN", "云账号中心"),
        (asked, Some("en"), "en", "Account Centre"),
        ("en", Some("zh"), "zh-CN", "云账号中心"),
        ("en", Some("xx"), "en", "Account Centre"),
    ] {
        let text = page(accepts, chosen).await.text();
        let begin = format!("<html lang=\"{language}\" data-demo=\"true\" ");
        let title = format!("<title>{title}</title>");
        let is_it = text.contains(&begin) && text.contains(&title);
        assert!(is_it, "{accepts} and {chosen:?}: {text}");
    }
    let varies = page("en", None).await;
    let vary = varies.header("vary").to_lowercase();
    assert!(
        vary.contains("accept-language") && vary.contains("cookie"),
        "{vary}"
    );
    assert_ne!(
        page("en", None).await.header("etag"),
        page("zh", None).await.header("etag")
    );
}

#[tokio::test]
async fn files_are_sent_as_small_as_the_browser_takes_them() {
    let bench = Bench::sqlite().await;
    for (accepts, encoding, body) in [
        ("gzip, deflate, br", "br", "brotli script"),
        ("gzip", "gzip", "gzip script"),
        ("identity", "", "plain script"),
    ] {
        let mut browser = bench.browser().with("accept-encoding", accepts);
        let answer = browser.get(SCRIPT).await;
        assert_eq!(answer.header("content-encoding"), encoding);
        assert_eq!(answer.text(), body);
        assert!(
            answer
                .header("vary")
                .to_lowercase()
                .contains("accept-encoding")
        );
    }
    // The page is packed by the server, since it is written anew; an old packed form is not used.
    let mut browser = bench.browser().with("accept-encoding", "br");
    let page = browser.get("/").await;
    assert_eq!(page.header("content-encoding"), "br");
    assert!(!page.text().contains("an old packed form"));
}

#[tokio::test]
async fn a_head_request_gets_the_head() {
    let bench = Bench::sqlite().await;
    let answer = bench
        .browser()
        .send("HEAD", "/account", Body::empty())
        .await;
    assert_eq!(answer.status, 200);
    assert!(!answer.header("etag").is_empty());
}
