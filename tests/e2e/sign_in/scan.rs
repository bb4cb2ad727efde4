//! Signing in by a scan, and by other services (SGN-5, SGN-10, SGN-11, LGM-5).

use anyhow::Result;
use support::{Key, Role, Seed, Stage, at_both_widths};

/// Opens the page with the code.
async fn shows_a_code(stage: &Stage) -> Result<()> {
    stage.opens("/sign-in").await?;
    let person = stage.person();
    person.clicks(Role::Link, "Scan with WeChat").await?;
    person.sees(Role::Heading, "Scan with WeChat").await?;
    person
        .reads("Waiting for the scan. The code lives 2 minutes.")
        .await
}

#[tokio::test]
async fn lgm_5_sgn_10_sgn_11_a_wechat_of_several_accounts_chooses_one() -> Result<()> {
    at_both_widths("scan-several", async |stage| {
        shows_a_code(stage).await?;
        let person = stage.person();
        person.reads("Do not share this code.").await?;
        person.reads("make sub-users").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        stage.scans(Seed::PERSONS_WECHAT, "Confirm").await?;
        person.sees(Role::Heading, "What next").await?;
        person
            .reads("It signs in to several accounts. Choose one.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .clicks(Role::Button, "Sign in to this account 小张")
            .await?;
        person.sees(Role::Heading, "Account info").await?;
        person.reads(Seed::PERSON.nickname).await
    })
    .await
}

#[tokio::test]
async fn sgn_5_an_unknown_wechat_is_linked_to_an_account_and_signs_in_from_then_on() -> Result<()> {
    at_both_widths("scan-unknown", async |stage| {
        let wechat = "路过的人 wechat-new";
        shows_a_code(stage).await?;
        stage.scans(wechat, "Confirm").await?;
        let person = stage.person();
        person.reads("It signs in to no account yet.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person
            .clicks(Role::Link, "Sign in to my account and link it")
            .await?;
        stage.fills_in_sign_in(Seed::PHONE_OWNER).await?;
        person.sees(Role::Heading, "What next").await?;
        person
            .reads("WeChat will also confirm sensitive operations")
            .await?;
        person
            .clicks(Role::Button, "Bind it to this account")
            .await?;
        // There is one way only, so nothing is to be chosen.
        person.sees(Role::Heading, "Confirm that it is you").await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code(Seed::PHONE, &[]).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person
            .reads("It was bound; WeChat confirms from now on too.")
            .await?;
        stage.signs_out().await?;
        shows_a_code(stage).await?;
        stage.scans(wechat, "Confirm").await?;
        person.sees(Role::Heading, "Account info").await?;
        person.reads(Seed::PHONE_OWNER.nickname).await
    })
    .await
}

#[tokio::test]
async fn sgn_11_a_declined_or_old_code_is_dead_and_another_is_shown() -> Result<()> {
    at_both_widths("scan-dead", async |stage| {
        shows_a_code(stage).await?;
        stage.scans(Seed::PERSONS_WECHAT, "Not me").await?;
        let person = stage.person();
        person
            .reads("It was declined on the phone; the code is dead.")
            .await?;
        person.clicks(Role::Button, "Show a new code").await?;
        person.reads("Waiting for the scan.").await?;
        stage.focus_is_not_lost().await?;
        stage.product.waits(121)?;
        person.reads("The code is dead. Show a new one.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await
    })
    .await
}

#[tokio::test]
async fn sgn_10_a_frozen_qq_is_led_to_its_own_service_and_then_to_an_appeal() -> Result<()> {
    at_both_widths("frozen", async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.clicks(Role::Link, "Sign in with QQ").await?;
        person.clicks(Role::Button, "冻住的企鹅 qq-frozen").await?;
        person.reads("QQ itself has frozen this identity.").await?;
        person
            .reads("Have it unfrozen at the service itself first")
            .await?;
        person.reads("or appeal through support").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "Back to signing in").await?;
        person.sees(Role::Heading, "Sign in").await
    })
    .await
}
