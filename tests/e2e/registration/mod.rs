//! Journeys through registering.

use anyhow::{Result, ensure};
use support::{Key, Role, Seed, Stage, at_both_widths};

const EMAIL: &str = "li.si@company.example";
const PHONE: &str = "13700137001";
const PASSWORD: &str = "a tide of 26 lamps";

/// Types the code that has arrived at `to`.
async fn types_code(stage: &Stage, to: &str) -> Result<()> {
    let code = stage.product.code(to, &[]).await?;
    let person = stage.person();
    person.clicks(Role::Textbox, "Code").await?;
    person.types_over(&code).await
}

#[tokio::test]
async fn reg_2_reg_3_reg_4_reg_6_an_enterprise_registers_by_email_with_every_mistake_on_the_way()
-> Result<()> {
    at_both_widths("register", async |stage| {
        stage.opens("/register").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Register an account").await?;
        person
            .clicks(Role::Radio, "An enterprise or another organisation")
            .await?;
        person.reads("Recommended with a company address").await?;
        person
            .reads("It belongs to a person, not to the enterprise.")
            .await?;
        person
            .clicks(Role::Button, "From Hong Kong, Macau, Taiwan or overseas?")
            .await?;
        person.reads("only personal verification is open").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;

        person.clicks(Role::Link, "Register by e-mail").await?;
        person.sees(Role::Heading, "Register by e-mail").await?;
        person.clicks(Role::Button, "Continue").await?;
        person.sees(Role::Link, "Enter the code").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "E-mail").await?;
        person.types(EMAIL).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        person.types("000000").await?;
        person.presses(Key::Enter).await?;
        person.reads("The code is wrong.").await?;
        person.reloads().await?;
        let email = person.finds(Role::Textbox, "E-mail").await?;
        ensure!(
            email.value().await?.as_deref() == Some(EMAIL),
            "a reload keeps it"
        );
        person
            .reads("A code was sent to l***@company.example")
            .await?;
        types_code(stage, EMAIL).await?;
        person.presses(Key::Enter).await?;

        person.sees(Role::Heading, "Finish registering").await?;
        person.reads(EMAIL).await?;
        person.clicks(Role::Button, "Register").await?;
        for problem in [
            "Choose a password",
            "Enter a phone number",
            "Enter the code",
            "Read them and tick the box",
        ] {
            person.sees(Role::Link, problem).await?;
        }
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Textbox, "Security phone").await?;
        person.types(PHONE).await?;
        person.clicks(Role::Button, "Send code").await?;
        types_code(stage, PHONE_AS_SENT).await?;
        person.clicks(Role::Textbox, "Choose a password").await?;
        person.types("li.si li.si").await?;
        person.tabs_to(Role::Checkbox, AGREE).await?;
        person.presses(Key::Space).await?;
        person.clicks(Role::Button, "Register").await?;
        person
            .sees(
                Role::Link,
                "The password must not contain the name of your e-mail",
            )
            .await?;
        // Nothing was used up: the same code goes through with a better password.
        person.clicks(Role::Textbox, "Choose a password").await?;
        person.types_over(PASSWORD).await?;
        person.reads("Strong").await?;
        person.presses(Key::Enter).await?;

        person.sees(Role::Heading, "Account info").await?;
        person
            .reads("You are registered, and the account works.")
            .await?;
        person.reads("l***@company.example").await?;
        stage.page_is_sound().await?;
        stage.signs_out().await?;
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types(EMAIL).await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types(PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}

/// As the outbox spells the number.
const PHONE_AS_SENT: &str = "+8613700137001";
/// The name of the box to tick, as a screen reader says it.
pub(crate) const AGREE: &str = "I have read and agree to the terms (opens in a new tab) and the privacy text (opens in a new tab)";

#[tokio::test]
async fn con_14_whoever_has_an_account_is_told_so_by_letter_only() -> Result<()> {
    at_both_widths("registered-already", async |stage| {
        stage.opens("/register/email").await?;
        let person = stage.person();
        person.clicks(Role::Textbox, "E-mail").await?;
        person.types(Seed::PERSON.email).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.reads("A code was sent to z***@demo.example").await?;
        stage
            .until(
                "return fetch('/api/v1/demo/outbox').then((answer) => answer.text())
                     .then((text) => text.includes('have an account already'));",
            )
            .await
    })
    .await
}

#[tokio::test]
async fn reg_7_the_texts_to_agree_to_can_be_read_by_everybody() -> Result<()> {
    at_both_widths("legal", async |stage| {
        for (path, heading) in [("/terms", "Terms of service"), ("/privacy", "Privacy")] {
            stage.opens(path).await?;
            let person = stage.person();
            person.sees(Role::Heading, heading).await?;
            person.reads("Version ").await?;
            person.reads("This is a template.").await?;
            stage.page_is_sound_in_both_schemes().await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn reg_1_whoever_comes_to_the_last_step_first_is_led_to_the_first() -> Result<()> {
    at_both_widths("nothing-proved", async |stage| {
        stage.opens("/register/finish").await?;
        let person = stage.person();
        person.reads("prove who you are first").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Link, "Choose a way").await?;
        person.sees(Role::Heading, "Register an account").await
    })
    .await
}

#[tokio::test]
async fn reg_1_lgm_1_whoever_registers_with_qq_has_no_password_and_sets_one_later() -> Result<()> {
    at_both_widths("register-qq", async |stage| {
        stage.opens("/register").await?;
        let person = stage.person();
        person.clicks(Role::Radio, "A person").await?;
        person.clicks(Role::Link, "Register with QQ").await?;
        person.clicks(Role::Button, "Somebody new").await?;
        person.reads("It signs in to no account yet.").await?;
        person.clicks(Role::Link, "Register an account").await?;
        person.sees(Role::Heading, "Finish registering").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Textbox, "Security phone").await?;
        person.types(PHONE).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        types_code(stage, PHONE_AS_SENT).await?;
        person.tabs_to(Role::Checkbox, AGREE).await?;
        person.presses(Key::Space).await?;
        person.clicks(Role::Button, "Register").await?;
        person.sees(Role::Heading, "Account info").await?;
        person
            .reads("You are registered, and the account works.")
            .await?;
        // The only way in stays, and the page says so (V-28).
        person
            .clicks(Role::Button, "Why can it not be unbound?")
            .await?;
        person.reads("This is the last login method").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await
    })
    .await
}
