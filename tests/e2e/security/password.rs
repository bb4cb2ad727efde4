//! A new password.

use anyhow::{Result, ensure};
use support::{Key, Role, Seed, at_both_widths};

use super::{BY_EMAIL, proves_by};

const NEW: &str = "a tide of 26 lamps";

#[tokio::test]
async fn prt_2_sgn_6_sgn_12_a_password_is_changed_and_nothing_typed_is_lost_on_the_way()
-> Result<()> {
    at_both_widths("security-password", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security/password").await?;
        person.sees(Role::Heading, "Password").await?;
        person.clicks(Role::Button, "Save the new password").await?;
        person.sees(Role::Link, "Choose a password").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Textbox, "New password").await?;
        person.types("zhang").await?;
        person.presses(Key::Enter).await?;
        proves_by(stage, (BY_EMAIL, Seed::PERSONS_SAFE_EMAIL), &[]).await?;
        // Every reason at once, at the field, with what was typed still in it.
        person
            .reads("The password must have at least 8 characters")
            .await?;
        person
            .reads("The password must not contain the name of your e-mail")
            .await?;
        let field = person.finds(Role::Textbox, "New password").await?;
        ensure!(
            field.value().await?.as_deref() == Some("zhang"),
            "what was typed stays"
        );
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "New password").await?;
        person.types_over(NEW).await?;
        person.reads("Strong").await?;
        person.presses(Key::Enter).await?;
        // The proof still counts, so nothing is asked again.
        person.sees(Role::Heading, "Security settings").await?;
        person
            .reads("The password was changed, and every other session has ended.")
            .await?;
        // This browser stays signed in, under a fresh session (V-26).
        person.reloads().await?;
        person.sees(Role::Heading, "Security settings").await?;
        stage.signs_out().await?;
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types(Seed::PERSON.email).await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types(NEW).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Security settings").await
    })
    .await
}
