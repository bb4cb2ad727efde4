//! Journeys back in: a forgotten password, locking from a notice, unlocking.

use anyhow::{Result, ensure};
use support::{Key, Role, Seed, at_both_widths};

const PASSWORD: &str = "a tide of 26 lamps";

#[tokio::test]
async fn sgn_7_sgn_8_a_forgotten_password_is_set_anew_and_the_old_one_is_dead() -> Result<()> {
    at_both_widths("forgotten", async |stage| {
        stage.opens("/forgotten").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Forgot your password").await?;
        person.clicks(Role::Button, "I am a sub-user").await?;
        person
            .reads("A sub-user's password is reset by its root account")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        let name = "Login e-mail or security phone";
        person.clicks(Role::Textbox, name).await?;
        person.types("100000000001").await?;
        person.clicks(Role::Button, "Continue").await?;
        person.reads("An account ID gets no codes.").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, name).await?;
        person.types_over(Seed::PERSON.email).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code(Seed::PERSON.email, &[]).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;

        person.clicks(Role::Textbox, "New password").await?;
        person.types("zhang").await?;
        person.presses(Key::Enter).await?;
        person.reads("at least 8 characters").await?;
        person
            .reads("must not contain the name of your e-mail")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Textbox, "New password").await?;
        person.types_over(PASSWORD).await?;
        person.presses(Key::Enter).await?;

        person.sees(Role::Heading, "Sign in").await?;
        person.reads("The new password works").await?;
        stage.fills_in_sign_in(Seed::PERSON).await?;
        person.reads("E-mail or password is not right.").await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types_over(PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}

#[tokio::test]
async fn con_11_con_12_v_21_a_reload_keeps_the_wait_and_who_gets_no_code_is_helped() -> Result<()> {
    at_both_widths("no-code", async |stage| {
        stage.opens("/forgotten").await?;
        let person = stage.person();
        let name = "Login e-mail or security phone";
        person.clicks(Role::Textbox, name).await?;
        person.types(Seed::PERSON.email).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        stage.product.code(Seed::PERSON.email, &[]).await?;
        person.reloads().await?;
        person.clicks(Role::Textbox, name).await?;
        person.types_over(Seed::PERSON.email).await?;
        // Too early: how long to wait is said, and nothing is sent.
        person.clicks(Role::Button, "Send again").await?;
        person.reads("Send again in ").await?;
        ensure!(stage.product.messages(Seed::PERSON.email)?.len() == 1);
        person.clicks(Role::Button, "No code?").await?;
        person.reads("Allow mail from ").await?;
        person.reads("look into the spam folder").await?;
        person
            .reads("the phone or an app may block the message")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await
    })
    .await
}

#[tokio::test]
async fn fnd_5_nobody_learns_from_the_page_who_has_an_account() -> Result<()> {
    at_both_widths("forgotten-nobody", async |stage| {
        stage.opens("/forgotten").await?;
        let person = stage.person();
        let name = "Login e-mail or security phone";
        person.clicks(Role::Textbox, name).await?;
        person.types("nobody@demo.example").await?;
        person.clicks(Role::Button, "Send code").await?;
        person.reads("A code was sent to n***@demo.example").await?;
        person.clicks(Role::Button, "No code?").await?;
        person
            .reads("Where nobody has it, nothing is sent.")
            .await?;
        anyhow::ensure!(stage.product.messages("nobody@demo.example")?.is_empty());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn acc_14_a_notice_locks_the_account_and_its_owner_unlocks_it() -> Result<()> {
    at_both_widths("lock", async |stage| {
        let (email, phone) = ("li.si@company.example", "+8613700137001");
        registers(stage, email, phone).await?;
        stage.signs_out().await?;
        // Signing in from another browser, which the owner is told of.
        stage.browser.driver().delete_all_cookies().await?;
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types(email).await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types(PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Account info").await?;
        let link = stage.product.lock_link(phone).await?;

        stage.opens(&link).await?;
        person.sees(Role::Heading, "Lock the account").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Lock the account now").await?;
        person.reads("was locked on").await?;
        stage.page_is_sound().await?;
        stage.opens("/account").await?;
        person.sees(Role::Heading, "Sign in").await?;

        stage.opens("/unlock").await?;
        stage.product.waits(61)?;
        stage.page_is_sound_in_both_schemes().await?;
        person
            .clicks(Role::Textbox, "Security phone or security e-mail")
            .await?;
        person.types(phone).await?;
        let before = read(stage, phone)?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code(phone, &before).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person.clicks(Role::Textbox, "New password").await?;
        person.types("another tide of 27").await?;
        stage.page_is_sound().await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Sign in").await?;
        person.reads("The account is unlocked.").await?;
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types(email).await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types("another tide of 27").await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}

/// The codes that have arrived so far.
fn read(stage: &support::Stage, to: &str) -> Result<Vec<String>> {
    let messages = stage.product.messages(to)?;
    let runs = messages
        .iter()
        .flat_map(|body| body.split(|c: char| !c.is_ascii_digit()));
    Ok(runs
        .filter(|run| run.len() == 6)
        .map(ToOwned::to_owned)
        .collect())
}

/// Registers by e-mail without looking left or right.
async fn registers(stage: &support::Stage, email: &str, phone: &str) -> Result<()> {
    stage.opens("/register/email").await?;
    let person = stage.person();
    person.clicks(Role::Textbox, "E-mail").await?;
    person.types(email).await?;
    person.clicks(Role::Button, "Send code").await?;
    person.is_at(Role::Textbox, "Code").await?;
    person.types(&stage.product.code(email, &[]).await?).await?;
    person.presses(Key::Enter).await?;
    person.clicks(Role::Textbox, "Choose a password").await?;
    person.types(PASSWORD).await?;
    person.clicks(Role::Textbox, "Security phone").await?;
    person.types(phone).await?;
    person.clicks(Role::Button, "Send code").await?;
    person.is_at(Role::Textbox, "Code").await?;
    person.types(&stage.product.code(phone, &[]).await?).await?;
    person
        .tabs_to(Role::Checkbox, super::registration::AGREE)
        .await?;
    person.presses(Key::Space).await?;
    person.presses(Key::Enter).await?;
    person.sees(Role::Heading, "Account info").await
}
