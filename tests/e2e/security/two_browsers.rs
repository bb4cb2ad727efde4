//! The same account in two browsers, and on a trusted device (V-25, V-26).

use anyhow::Result;
use support::{Browser, Key, Person, Role, Seed, Stage, at_both_widths};

use super::{BY_PHONE, proves_by};

const NEW: &str = "a tide of 26 lamps";

/// Signs in at another browser.
async fn signs_in_elsewhere(stage: &Stage, browser: &Browser) -> Result<()> {
    let address = stage.product.address("/sign-in");
    browser.driver().goto(address).await?;
    let person = Person::at(browser);
    person.clicks(Role::Textbox, "Login e-mail").await?;
    person.types(Seed::PERSON.email).await?;
    person.clicks(Role::Textbox, "Password").await?;
    person.types(Seed::PASSWORD).await?;
    person.presses(Key::Enter).await?;
    person.sees(Role::Heading, "Account info").await
}

/// Sets another password, proved by a code to the phone.
async fn changes_the_password(stage: &Stage, phone: &str, read_before: &[String]) -> Result<()> {
    let person = stage.person();
    stage.opens("/security/password").await?;
    person.clicks(Role::Textbox, "New password").await?;
    person.types(NEW).await?;
    person.presses(Key::Enter).await?;
    proves_by(stage, (BY_PHONE, phone), read_before).await?;
    person
        .reads("The password was changed, and every other session has ended.")
        .await
}

#[tokio::test]
async fn v_26_sgn_6_a_changed_password_ends_the_session_of_the_other_browser() -> Result<()> {
    at_both_widths("two-browsers", async |stage| {
        let other = Browser::start(stage.look).await?;
        signs_in_elsewhere(stage, &other).await?;
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security/sessions").await?;
        stage
            .person()
            .sees(Role::Button, "End Chrome · Linux")
            .await?;
        stage.page_is_sound().await?;
        changes_the_password(stage, Seed::PERSONS_PHONE, &[]).await?;
        // This one goes on, under a fresh session.
        let person = stage.person();
        person.reloads().await?;
        person.sees(Role::Heading, "Security settings").await?;
        // That one is led to signing in, whatever is pressed next.
        let elsewhere = Person::at(&other);
        elsewhere
            .clicks(Role::Button, "Download all my data")
            .await?;
        elsewhere.sees(Role::Heading, "Sign in").await?;
        elsewhere.reads("Sign in again").await?;
        other.close().await
    })
    .await
}

#[tokio::test]
async fn v_25_sgn_2_a_changed_password_ends_the_trust_in_this_device() -> Result<()> {
    at_both_widths("trust-ends", async |stage| {
        let person = stage.person();
        stage.opens("/sign-in").await?;
        stage.fills_in_sign_in(Seed::PROTECTED).await?;
        person.clicks(Role::Button, "Send code").await?;
        let code = stage.product.code(Seed::PROTECTED_PHONE, &[]).await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types(&code).await?;
        person.tabs_to(Role::Checkbox, "Trust this device").await?;
        person.presses(Key::Space).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.sees(Role::Heading, "Account info").await?;
        stage.opens("/security/sessions").await?;
        person.sees(Role::Button, "Take all trust back").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        stage.product.waits(61)?;
        changes_the_password(stage, Seed::PROTECTED_PHONE, &[code]).await?;
        stage.opens("/security/sessions").await?;
        person.reads("No device is trusted").await?;
        stage.signs_out().await?;
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types(Seed::PROTECTED.email).await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types(NEW).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "One more proof").await
    })
    .await
}
