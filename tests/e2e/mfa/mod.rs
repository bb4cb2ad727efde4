//! Journeys with an MFA device: an app bound from the page, recovery codes, a passkey.

use anyhow::{Context, Result, ensure};
use support::{Role, Seed, Stage, app_code, at_both_widths};

/// The secret as the page shows it for typing, in groups of four.
async fn secret(stage: &Stage) -> Result<String> {
    let text = stage.person().text().await?;
    let is_group = |group: &str| {
        group.len() == 4
            && group
                .bytes()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    let line = text
        .lines()
        .find(|line| line.split(' ').count() == 8 && line.split(' ').all(is_group));
    Ok(line.context("no secret on the page")?.replace(' ', ""))
}

/// The recovery codes as the page shows them.
async fn recovery_codes(stage: &Stage) -> Result<Vec<String>> {
    let text = stage.person().text().await?;
    let is_code = |line: &&str| line.len() == 19 && line.split('-').count() == 4;
    let codes: Vec<String> = text.lines().filter(is_code).map(str::to_owned).collect();
    ensure!(codes.len() == 10, "not ten codes: {codes:?}");
    Ok(codes)
}

/// Signs in at the name of this machine.
async fn signs_in(stage: &Stage) -> Result<()> {
    stage.opens_by_name("/sign-in").await?;
    stage.fills_in_sign_in(Seed::PHONE_OWNER).await?;
    stage.person().sees(Role::Heading, "Account info").await
}

/// A little more than a day, after which a device vouches for its own replacement (PRT-4).
const DAY: u32 = 25 * 3600;
/// The same in steps of an app.
const STEPS_OF_A_DAY: i64 = 25 * 120;

/// Comes back after a day, when the session is over.
async fn a_day_later(stage: &Stage) -> Result<()> {
    stage.signs_out().await?;
    stage.product.waits(DAY)?;
    signs_in(stage).await
}

/// Signs in and goes to where a device is bound.
async fn goes_to_bind(stage: &Stage) -> Result<()> {
    signs_in(stage).await?;
    let person = stage.person();
    stage.opens_by_name("/security/mfa").await?;
    person.reads("No MFA device yet").await?;
    stage.page_is_sound().await?;
    person.clicks(Role::Link, "Bind an MFA device").await?;
    person.sees(Role::Heading, "Bind an MFA device").await
}

/// Chooses what is marked and proves, by a code to the phone, who is at the screen.
async fn goes_on(stage: &Stage) -> Result<()> {
    let person = stage.person();
    person.clicks(Role::Button, "Next").await?;
    person.clicks(Role::Button, "Send code").await?;
    person.is_at(Role::Textbox, "Code").await?;
    stage.page_is_sound().await?;
    let code = stage.product.code(Seed::PHONE, &[]).await?;
    person.types(&code).await?;
    person.clicks(Role::Button, "Confirm").await
}

/// Binds an app; its secret and the recovery codes.
async fn binds_an_app(stage: &Stage) -> Result<(String, Vec<String>)> {
    let person = stage.person();
    goes_on(stage).await?;
    person
        .sees(Role::Heading, "1. Add the secret to your app")
        .await?;
    let secret = secret(stage).await?;
    person.clicks(Role::Textbox, "First code").await?;
    person.types(&app_code(&secret, -1)?).await?;
    person.clicks(Role::Textbox, "Next code").await?;
    person.types(&app_code(&secret, 0)?).await?;
    person.clicks(Role::Button, "Finish").await?;
    person
        .sees(Role::Heading, "Keep your recovery codes")
        .await?;
    Ok((secret, recovery_codes(stage).await?))
}

#[tokio::test]
async fn mfa_1_mfa_2_an_app_is_bound_and_a_reload_keeps_its_secret() -> Result<()> {
    at_both_widths("mfa-app", async |stage| {
        goes_to_bind(stage).await?;
        let person = stage.person();
        stage.page_is_sound().await?;
        goes_on(stage).await?;
        person
            .sees(Role::Heading, "1. Add the secret to your app")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        let shown = secret(stage).await?;
        person.reloads().await?;
        person
            .sees(Role::Heading, "1. Add the secret to your app")
            .await?;
        ensure!(secret(stage).await? == shown, "V-19: another secret");
        person.clicks(Role::Textbox, "First code").await?;
        person.types("000000").await?;
        person.clicks(Role::Textbox, "Next code").await?;
        person.types("000000").await?;
        person.clicks(Role::Button, "Finish").await?;
        person
            .reads("The two codes do not follow each other.")
            .await?;
        ensure!(secret(stage).await? == shown, "MFA-2: another secret");
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "First code").await?;
        person.types(&app_code(&shown, -1)?).await?;
        person.clicks(Role::Textbox, "Next code").await?;
        person.types(&app_code(&shown, 0)?).await?;
        person.clicks(Role::Button, "Finish").await?;
        person
            .sees(Role::Heading, "Keep your recovery codes")
            .await?;
        recovery_codes(stage).await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "I have kept them").await?;
        person.reads("Authenticator app (virtual)").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await
    })
    .await
}

#[tokio::test]
async fn v_17_mfa_3_mfa_7_a_used_code_is_refused_and_a_recovery_code_takes_its_place() -> Result<()>
{
    at_both_widths("mfa-replay", async |stage| {
        goes_to_bind(stage).await?;
        let (secret, mut codes) = binds_an_app(stage).await?;
        let person = stage.person();
        person.clicks(Role::Link, "I have kept them").await?;
        a_day_later(stage).await?;
        let shown = app_code(&secret, STEPS_OF_A_DAY)?;
        for is_used in [false, true] {
            stage.opens_by_name("/security/mfa").await?;
            person
                .clicks(Role::Button, "Make new ones Recovery codes")
                .await?;
            person.clicks(Role::Button, "Make new ones").await?;
            person
                .clicks(Role::Textbox, "Code of your MFA device")
                .await?;
            stage.page_is_sound().await?;
            person.types(&shown).await?;
            person.clicks(Role::Button, "Confirm").await?;
            if is_used {
                person.reads("This code has been used.").await?;
            } else {
                person.reads("New recovery codes were made").await?;
                codes = recovery_codes(stage).await?;
                stage.signs_out().await?;
                signs_in(stage).await?;
            }
        }
        person.clicks(Role::Button, "Use a recovery code").await?;
        person.clicks(Role::Textbox, "Recovery code").await?;
        let first = codes.first().context("no code")?;
        person.types(&first.to_lowercase()).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("New recovery codes were made").await?;
        let fresh = recovery_codes(stage).await?;
        ensure!(!fresh.contains(first), "the old codes are void");
        stage.page_is_sound().await?;
        person.clicks(Role::Button, "Unbind MFA device").await?;
        person.clicks(Role::Button, "Unbind").await?;
        person.reads("The MFA device is unbound.").await?;
        person.reads("No MFA device yet").await
    })
    .await
}

#[tokio::test]
async fn mfa_1_a_passkey_is_bound_and_signs_in_alone() -> Result<()> {
    at_both_widths("passkey", async |stage| {
        stage.browser.has_passkeys().await?;
        goes_to_bind(stage).await?;
        let person = stage.person();
        let kind = "Security key or passkey (hardware)";
        person
            .finds_beginning(Role::Radio, kind)
            .await?
            .click()
            .await?;
        goes_on(stage).await?;
        person
            .sees(Role::Heading, "Register the security key or passkey")
            .await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Button, "Use the key").await?;
        person
            .sees(Role::Heading, "Keep your recovery codes")
            .await?;
        person.reads("This is a passkey").await?;
        person.clicks(Role::Link, "I have kept them").await?;
        person.reads(kind).await?;
        stage.signs_out().await?;
        stage.product.waits(DAY)?;
        person.clicks(Role::Link, "Sign in with a passkey").await?;
        person.sees(Role::Heading, "Sign in with a passkey").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Button, "Use a passkey").await?;
        // Back where they were, and the key proves its owner again before a sensitive operation.
        person.sees(Role::Heading, "MFA device").await?;
        person.clicks(Role::Button, "Unbind MFA device").await?;
        person.clicks(Role::Button, "Unbind").await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("The MFA device is unbound.").await
    })
    .await
}

#[tokio::test]
async fn mfa_2_another_device_takes_the_place_of_the_app_once_it_is_proved() -> Result<()> {
    at_both_widths("mfa-replaced", async |stage| {
        stage.browser.has_passkeys().await?;
        goes_to_bind(stage).await?;
        let (secret, _) = binds_an_app(stage).await?;
        let person = stage.person();
        person.clicks(Role::Link, "I have kept them").await?;
        a_day_later(stage).await?;
        stage.opens_by_name("/security/mfa").await?;
        person.clicks(Role::Link, "Replace MFA device").await?;
        person
            .reads("The device you have keeps working until the new one is proved.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        let kind = "Security key or passkey (hardware)";
        let kind = person.finds_beginning(Role::Radio, kind).await?;
        kind.click().await?;
        person.clicks(Role::Button, "Next").await?;
        person
            .is_at(Role::Radio, "MFA device or recovery code")
            .await?;
        person
            .clicks(Role::Textbox, "Code of your MFA device")
            .await?;
        person.types(&app_code(&secret, STEPS_OF_A_DAY)?).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.clicks(Role::Button, "Use the key").await?;
        person
            .sees(Role::Heading, "Keep your recovery codes")
            .await?;
        person.clicks(Role::Link, "I have kept them").await?;
        person.reads("Security key or passkey").await?;
        stage
            .until("return !document.body.innerText.includes('Authenticator app');")
            .await?;
        stage.page_is_sound().await
    })
    .await
}

#[tokio::test]
async fn mfa_1_where_keys_do_not_work_the_page_says_why_and_where_they_do() -> Result<()> {
    at_both_widths("no-keys", async |stage| {
        stage.opens("/sign-in/passkey").await?;
        let person = stage.person();
        person
            .reads("Security keys and passkeys do not work here")
            .await?;
        stage.page_is_sound().await?;
        person
            .finds_beginning(Role::Link, "Open this place by that name")
            .await?
            .click()
            .await?;
        person.sees(Role::Button, "Use a passkey").await
    })
    .await
}
