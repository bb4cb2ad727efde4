//! Journeys through signing in and out.

mod risk;
mod scan;
mod second_step;
mod sub_user;
mod wrong_passwords;

use anyhow::Result;
use support::{Key, Role, Seed, at_both_widths};

#[tokio::test]
async fn a_wrong_password_is_refused_and_what_was_typed_stays() -> Result<()> {
    at_both_widths("wrong-password", async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.tabs_to(Role::Textbox, "Login e-mail").await?;
        person.types(Seed::PERSON.email).await?;
        person.tabs_to(Role::Textbox, "Password").await?;
        person.types("not the password").await?;
        person.presses(Key::Enter).await?;
        person.reads("E-mail or password is not right.").await?;
        stage.page_is_sound().await?;
        let email = person.finds(Role::Textbox, "Login e-mail").await?;
        anyhow::ensure!(email.value().await?.as_deref() == Some(Seed::PERSON.email));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_empty_form_says_everything_that_is_missing() -> Result<()> {
    at_both_widths("empty-sign-in", async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.clicks(Role::Button, "Sign in").await?;
        person.sees(Role::Link, "Enter your login e-mail").await?;
        person.sees(Role::Link, "Enter your password").await?;
        stage.page_is_sound().await
    })
    .await
}

#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_asked_for() -> Result<()> {
    at_both_widths("asked-for", async |stage| {
        stage.opens("/account").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Sign in").await?;
        stage.fills_in_sign_in(Seed::FOREIGNER).await?;
        person.sees(Role::Heading, "Account info").await?;
        person.reads("Not verified").await
    })
    .await
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server_too() -> Result<()> {
    at_both_widths("sign-out", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        stage.signs_out().await?;
        stage.opens("/account").await?;
        stage.person().sees(Role::Heading, "Sign in").await
    })
    .await
}
