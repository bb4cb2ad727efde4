//! Wrong passwords, the puzzle and the code in its place, the lock (SGN-1).

use anyhow::Result;
use support::{Key, Role, Seed, Stage, at_both_widths};

/// A browser in which somebody was signed in before, with so many wrong passwords since.
async fn knows_and_errs(stage: &Stage, times: usize) -> Result<()> {
    stage.signs_in(Seed::FOREIGNER).await?;
    stage.signs_out().await?;
    let person = stage.person();
    person.clicks(Role::Textbox, "Login e-mail").await?;
    person.types_over(Seed::FOREIGNER.email).await?;
    for number in 0..times {
        person.clicks(Role::Textbox, "Password").await?;
        person
            .types_over(&format!("wrong password {number}"))
            .await?;
        person.presses(Key::Enter).await?;
        person.reads("E-mail or password is not right.").await?;
    }
    Ok(())
}

#[tokio::test]
async fn sgn_1_after_wrong_passwords_the_browser_solves_a_puzzle_by_itself() -> Result<()> {
    at_both_widths("puzzle", async |stage| {
        knows_and_errs(stage, 4).await?;
        let person = stage.person();
        person.clicks(Role::Textbox, "Password").await?;
        person.types_over(Seed::PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}

#[tokio::test]
async fn sgn_1_a_code_by_email_takes_the_place_of_the_puzzle() -> Result<()> {
    at_both_widths("code-for-puzzle", async |stage| {
        knows_and_errs(stage, 5).await?;
        let person = stage.person();
        person
            .sees(Role::Button, "Get a code by e-mail instead")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .clicks(Role::Button, "Get a code by e-mail instead")
            .await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code(Seed::FOREIGNER.email, &[]).await?;
        person.types(&code).await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types_over(Seed::PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}

#[tokio::test]
async fn reg_3_a_phone_is_no_login_name_and_leads_on_with_the_number() -> Result<()> {
    at_both_widths("phone-as-name", async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types("13900139001").await?;
        person.presses(Key::Enter).await?;
        person.is_at(Role::Link, "Go on with this phone").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.presses(Key::Enter).await?;
        let typed = person
            .finds(Role::Textbox, "Login e-mail or security phone")
            .await?;
        let value = typed.value().await?.unwrap_or_default();
        anyhow::ensure!(value.contains("13900139001"), "{value:?}");
        Ok(())
    })
    .await
}
