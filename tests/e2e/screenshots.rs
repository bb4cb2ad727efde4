//! Pictures of pages in every look, for people who want to see what they made. Knows the pages'
//! addresses; does not judge what it sees.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use support::{Language, Look, Operator, Scheme, Seed, Stage, Width};

/// The pages to look at when none is named; those that anybody may see come first.
const PAGES: &[&str] = &[
    "/sign-in",
    "/sign-in/passkey",
    "/sign-in/scan",
    "/sign-in/sub-user",
    "/no-such-page",
    "/register",
    "/register/email",
    "/register/finish",
    "/terms",
    "/privacy",
    "/forgotten",
    "/lock/of-a-notice",
    "/unlock",
    "/help",
    "/consent/of-nobody",
    "/account",
    "/verification/change",
    "/verification/change/type",
    "/account/login-email",
    "/security",
    "/security/password",
    "/security/phone",
    "/security/email",
    "/security/protection",
    "/security/sessions",
    "/security/history",
    "/audit",
    "/security/mfa",
    "/security/mfa/bind",
    "/verification/enterprise",
    "/verification/official-account",
    "/verification/transfer",
    "/verification/top-up",
    "/verification/contact",
    "/verification/code",
    "/demo/bank",
    "/outbox",
    "/operator/sign-in",
    "/operator",
    "/operator/accounts",
    "/operator/accounts/100000000002",
    "/operator/enterprises",
];
/// The pages that are shown to people who are not signed in.
const PUBLIC: &[&str] = &[
    "/sign-in",
    "/sign-in/passkey",
    "/sign-in/scan",
    "/sign-in/sub-user",
    "/no-such-page",
    "/register",
    "/register/email",
    "/register/finish",
    "/terms",
    "/privacy",
    "/forgotten",
    "/lock/of-a-notice",
    "/unlock",
    "/help",
    "/operator/sign-in",
    "/consent/of-nobody",
];

#[tokio::main]
async fn main() -> Result<()> {
    let folder = PathBuf::from(env::var_os("E2E_PICTURES").context(
        "E2E_PICTURES is not set: please take pictures with `cargo xtask screenshots [page…]`",
    )?);
    let named: Vec<String> = env::args().skip(1).collect();
    let mut pages: Vec<&str> = named.iter().map(String::as_str).collect();
    if pages.is_empty() {
        pages.extend(PAGES);
    }
    ensure!(
        pages.iter().all(|page| page.starts_with('/')),
        "a page is named by its address, such as /account"
    );
    // Whoever has signed in is led away from the sign-in page: those pages come first.
    pages.sort_by_key(|page| !PUBLIC.contains(page));
    for language in Language::ALL {
        for width in Width::ALL {
            take(&pages, width, language, &folder).await?;
        }
    }
    Ok(())
}

async fn take(pages: &[&str], width: Width, language: Language, folder: &Path) -> Result<()> {
    let scheme = Scheme::Light;
    let stage = Stage::open(Look {
        width,
        scheme,
        language,
    })
    .await?;
    let mut has_signed_in = false;
    let mut is_on_duty = false;
    for page in pages {
        if page.starts_with("/operator") && *page != "/operator/sign-in" {
            if !is_on_duty {
                stage.signs_in_at_desk(Operator::REVIEWER, 0).await?;
                is_on_duty = true;
            }
        } else if !has_signed_in && !PUBLIC.contains(page) {
            stage.signs_in(Seed::PERSON).await?;
            has_signed_in = true;
        }
        stage.opens(page).await?;
        stage.person().sees_a_page().await?;
        stage.person().sees_no_waiting().await?;
        for scheme in Scheme::ALL {
            stage.browser.prefer(scheme).await?;
            let look = Look {
                width,
                scheme,
                language,
            };
            let name = page.trim_matches('/').replace(['/', '?', '&', '='], "-");
            let name = if name.is_empty() { "home" } else { &name };
            let file = folder.join(format!("{name}-{}.png", look.name()));
            stage.browser.picture(&file).await?;
        }
    }
    stage.browser.close().await
}
