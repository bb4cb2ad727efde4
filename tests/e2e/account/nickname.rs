//! The nickname: what is changed stays changed (ACC-4).

use anyhow::Result;
use support::{Key, Role, Seed, at_both_widths};

#[tokio::test]
async fn acc_4_a_nickname_changed_by_keyboard_alone_outlives_a_reload_and_a_restart() -> Result<()>
{
    at_both_widths("nickname", async |stage| {
        let new = "云端的小张";
        stage.opens("/").await?;
        let person = stage.person();
        person.tabs_to(Role::Textbox, "Login e-mail").await?;
        person.types(Seed::PERSON.email).await?;
        person.tabs_to(Role::Textbox, "Password").await?;
        person.types(Seed::PASSWORD).await?;
        person.presses(Key::Enter).await?;

        person.sees(Role::Heading, "Account info").await?;
        person.reads("Verified · person").await?;
        person.reads(Seed::PERSON.nickname).await?;

        person.tabs_to(Role::Button, "Change nickname").await?;
        person.presses(Key::Enter).await?;
        person.is_at(Role::Textbox, "Nickname").await?;
        person.types_over(new).await?;
        stage.page_is_sound().await?;
        person.presses(Key::Enter).await?;
        person.reads("Your nickname was changed.").await?;
        person.reads(new).await?;

        person.reloads().await?;
        person.reads(new).await?;

        stage.product.restart().await?;
        let person = stage.person();
        person.reloads().await?;
        person.sees(Role::Heading, "Account info").await?;
        person.reads(new).await
    })
    .await
}

#[tokio::test]
async fn acc_4_the_verified_name_as_nickname_is_advised_against_once() -> Result<()> {
    at_both_widths("verified-name", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Change nickname").await?;
        person.is_at(Role::Textbox, "Nickname").await?;
        person.types_over("张三").await?;
        person.clicks(Role::Button, "Save nickname").await?;

        person.reads("This is your verified name.").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Button, "Use it anyway").await?;
        person.reads("Your nickname was changed.").await?;
        person.reloads().await?;
        person.reads("张三").await
    })
    .await
}

#[tokio::test]
async fn what_is_wrong_with_a_nickname_is_said_where_it_was_typed() -> Result<()> {
    at_both_widths("wrong-nickname", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Change nickname").await?;
        person.is_at(Role::Textbox, "Nickname").await?;
        person.types_over("  ").await?;
        person.presses(Key::Enter).await?;
        person.reads("Enter a nickname").await?;
        person
            .is_on_tab("Error: Account info - Account Centre")
            .await?;
        stage.page_is_sound().await
    })
    .await
}
