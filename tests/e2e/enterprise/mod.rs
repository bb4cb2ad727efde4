//! Verifying an enterprise: Official Account, bank transfer, top-up, the register.

mod money;
mod records;

use anyhow::{Context as _, Result};
use support::{Role, Seed, Stage, at_both_widths};

const CODE: &str = "91110108MA01ABC25F";

/// Types over what stands in a field.
async fn fills(stage: &Stage, name: &str, text: &str) -> Result<()> {
    let person = stage.person();
    person.clicks(Role::Textbox, name).await?;
    person.types_over(text).await
}

/// Fills in the form of a company and chooses a way.
async fn fills_in(stage: &Stage, name: &str, way: &str) -> Result<()> {
    let person = stage.person();
    fills(stage, "Name of the enterprise", name).await?;
    fills(stage, "Unified Social Credit Code", CODE).await?;
    fills(stage, "Date of issue", "2026-09-18").await?;
    fills(stage, "Name of the legal representative", "张三").await?;
    fills(stage, "Number of the document", "110101199003070011").await?;
    person.clicks(Role::Radio, way).await
}

async fn opens_the_form(stage: &Stage) -> Result<()> {
    stage.signs_in(Seed::PHONE_OWNER).await?;
    stage.opens("/verification/enterprise").await?;
    let heading = "Enterprise verification";
    stage.person().sees(Role::Heading, heading).await
}

/// The path of the administrator's page, off the link that the page shows.
async fn administrators_page(stage: &Stage) -> Result<String> {
    let person = stage.person();
    let link = person
        .finds(Role::Link, "Open the permission's page")
        .await?;
    let href = link.attr("href").await?.context("a link leads somewhere")?;
    let at = href.find("/demo/").context("it is the demo's page")?;
    Ok(href[at..].to_owned())
}

#[tokio::test]
async fn ent_12_ent_20_the_official_account_verifies_and_the_permission_is_withdrawn() -> Result<()>
{
    at_both_widths("enterprise-official", async |stage| {
        let person = stage.person();
        opens_the_form(stage).await?;
        // Every problem at once (VER-10).
        person.clicks(Role::Button, "Submit").await?;
        person.sees(Role::Link, "Enter the name.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        fills(stage, "Unified Social Credit Code", "91110108MA01").await?;
        person.reads("12 of 18 characters").await?;
        fills(stage, "Unified Social Credit Code", CODE).await?;
        person.reads("The code checks out.").await?;
        fills_in(stage, "晴空（示例）科技有限公司", "Official Account").await?;
        person.clicks(Role::Button, "Submit").await?;
        let title = "Permission of the Official Account";
        person.sees(Role::Heading, title).await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        // A page that stays blank goes on: nothing begins anew (ENT-20).
        let page = administrators_page(stage).await?;
        person.reloads().await?;
        anyhow::ensure!(
            administrators_page(stage).await? == page,
            "it was begun anew"
        );
        stage.opens(&page).await?;
        person
            .clicks(Role::Button, "Yes, the enterprise's own account")
            .await?;
        person
            .clicks(Role::Link, "Back to the verification")
            .await?;
        person.reads("The enterprise is verified").await?;
        person
            .clicks(Role::Button, "Withdraw the permission")
            .await?;
        person.reads("The permission was withdrawn").await?;
        stage.page_is_sound().await?;
        person
            .clicks(Role::Link, "Back to enterprise verification")
            .await?;
        person.sees(Role::Link, "Enterprise contact").await?;
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}

#[tokio::test]
async fn ver_10_a_refused_permission_keeps_everything_typed() -> Result<()> {
    at_both_widths("enterprise-refused", async |stage| {
        let person = stage.person();
        opens_the_form(stage).await?;
        fills_in(stage, "晴空（示例）科技有限公司", "Official Account").await?;
        person.clicks(Role::Button, "Submit").await?;
        let page = administrators_page(stage).await?;
        stage.opens(&page).await?;
        person.clicks(Role::Button, "No").await?;
        person
            .clicks(Role::Link, "Back to the verification")
            .await?;
        person.reads("The verification failed").await?;
        person
            .clicks(Role::Link, "Back to enterprise verification")
            .await?;
        person.reads("What you typed is still there").await?;
        let name = person
            .finds(Role::Textbox, "Name of the enterprise")
            .await?;
        let typed = name.value().await?;
        anyhow::ensure!(
            typed.as_deref() == Some("晴空（示例）科技有限公司"),
            "{typed:?}"
        );
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}

#[tokio::test]
async fn ent_9_ent_10_the_register_says_no_and_the_page_says_what_to_do() -> Result<()> {
    at_both_widths("enterprise-register", async |stage| {
        let person = stage.person();
        opens_the_form(stage).await?;
        fills_in(stage, "未登记（示例）科技有限公司", "Official Account").await?;
        person.clicks(Role::Button, "Submit").await?;
        person
            .reads("The register does not know the enterprise")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        fills(stage, "Name of the enterprise", "不符（示例）科技有限公司").await?;
        person.clicks(Role::Button, "Submit").await?;
        person
            .reads("Check name and code of the enterprise")
            .await?;
        stage.page_is_sound().await
    })
    .await
}
