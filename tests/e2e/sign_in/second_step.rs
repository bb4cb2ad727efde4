//! The second step of a sign-in (SGN-2, SGN-3).

use anyhow::Result;
use support::{Key, Role, Seed, Stage, at_both_widths};

/// The first proof, up to the page that asks for one more.
async fn gives_first_proof(stage: &Stage) -> Result<()> {
    stage.opens("/sign-in?next=%2Fsecurity").await?;
    stage.fills_in_sign_in(Seed::PROTECTED).await?;
    stage.person().sees(Role::Heading, "One more proof").await
}

#[tokio::test]
async fn sgn_2_a_code_and_trust_skip_the_second_step_next_time() -> Result<()> {
    at_both_widths("second-step", async |stage| {
        gives_first_proof(stage).await?;
        let person = stage.person();
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Send code").await?;
        let code = stage.product.code(Seed::PROTECTED_PHONE, &[]).await?;
        // A reload goes on with the same step, and with the same code.
        person.reloads().await?;
        person.sees(Role::Heading, "One more proof").await?;
        person.clicks(Role::Textbox, "Code").await?;
        let other = if code == "000000" { "000001" } else { "000000" };
        person.types(other).await?;
        person.presses(Key::Enter).await?;
        person.reads("4").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types_over(&code).await?;
        person.tabs_to(Role::Checkbox, "Trust this device").await?;
        person.presses(Key::Space).await?;
        person.clicks(Role::Button, "Confirm").await?;
        // On to the page that was asked for.
        person.sees(Role::Heading, "Security settings").await?;
        stage.signs_out().await?;
        stage.signs_in(Seed::PROTECTED).await
    })
    .await
}

#[tokio::test]
async fn sgn_2_whoever_gives_up_is_back_at_signing_in_and_nobody_is_signed_in() -> Result<()> {
    at_both_widths("second-step-given-up", async |stage| {
        gives_first_proof(stage).await?;
        let person = stage.person();
        person.reads("None of these works?").await?;
        stage.opens("/account").await?;
        person.sees(Role::Heading, "Sign in").await?;
        stage.opens("/sign-in/second-step").await?;
        person.sees(Role::Heading, "One more proof").await?;
        person.clicks(Role::Button, "Back to signing in").await?;
        person.sees(Role::Heading, "Sign in").await?;
        stage.opens("/sign-in/second-step").await?;
        person.reads("took too long or was given up").await?;
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}

#[tokio::test]
async fn sgn_2_a_step_that_took_too_long_says_so() -> Result<()> {
    at_both_widths("second-step-too-late", async |stage| {
        gives_first_proof(stage).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Send code").await?;
        let code = stage.product.code(Seed::PROTECTED_PHONE, &[]).await?;
        stage.product.waits(10 * 60 + 1)?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person.reads("Please sign in again.").await?;
        stage.page_is_sound().await
    })
    .await
}
