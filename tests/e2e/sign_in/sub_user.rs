//! Sub-users (SGN-14).

use anyhow::Result;
use support::{Key, Role, Seed, at_both_widths};

#[tokio::test]
async fn sgn_14_a_sub_user_signs_in_and_sees_whose_the_rest_is() -> Result<()> {
    at_both_widths("sub-user", async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.clicks(Role::Link, "Sign in as a sub-user").await?;
        person.sees(Role::Textbox, "Root account ID").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Sign in").await?;
        person.sees(Role::Link, "Enter your user name").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "Root account ID").await?;
        person.types(Seed::ROOT).await?;
        person.clicks(Role::Textbox, "User name").await?;
        person.types("ops").await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types("not the password").await?;
        person.presses(Key::Enter).await?;
        person.reads("not right").await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types_over(Seed::PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Sub-user").await?;
        person.reads("You are signed in as a sub-user.").await?;
        person.reads(Seed::ROOT).await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        // Every owner's page is this one.
        stage.opens("/account").await?;
        person.sees(Role::Heading, "Sub-user").await?;
        stage.signs_out().await
    })
    .await
}
