//! Protections, sessions and the history of sign-ins.

use anyhow::Result;
use support::{Key, Role, Seed, at_both_widths};

use super::{BY_EMAIL, BY_PHONE, proves_by};

#[tokio::test]
async fn prt_1_sgn_3_sign_in_protection_is_switched_on_by_keyboard_and_takes_another_way()
-> Result<()> {
    at_both_widths("security-protection", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security/protection").await?;
        person.sees(Role::Heading, "Sign-in protection").await?;
        // Why not, before anybody has pressed anything (API-2).
        person.reads("No MFA device is bound yet").await?;
        person
            .reads("The weakest; choose another one if you can.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.tabs_to(Role::Radio, "Off").await?;
        person.presses(Key::Down).await?;
        person
            .is_at(Role::Radio, "A WeChat scan of a code on the page")
            .await?;
        person.presses(Key::Down).await?;
        person
            .is_at(Role::Radio, "A code to the security phone")
            .await?;
        person.tabs_to(Role::Button, "Save").await?;
        person.presses(Key::Enter).await?;
        proves_by(stage, (BY_PHONE, Seed::PERSONS_PHONE), &[]).await?;
        person.reads("The protection was changed.").await?;
        stage.opens("/security").await?;
        person.reads("65 of 100 points").await?;
        stage.page_is_sound().await?;
        stage.signs_out().await?;
        stage.fills_in_sign_in(Seed::PERSON).await?;
        person.sees(Role::Heading, "One more proof").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Radio, BY_EMAIL).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code(Seed::PERSONS_SAFE_EMAIL, &[]).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Security settings").await
    })
    .await
}

#[tokio::test]
async fn sgn_9_sgn_13_sessions_and_sign_ins_are_shown_and_limits_chosen() -> Result<()> {
    at_both_widths("security-sessions", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security/sessions").await?;
        person.reads("This session").await?;
        person.reads("There are no other sessions.").await?;
        person.reads("No device is trusted").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .tabs_to(Role::Combobox, "Ends after so long without use")
            .await?;
        // Two hours and one step up.
        person.presses(Key::Down).await?;
        person.clicks(Role::Button, "Save").await?;
        proves_by(stage, (BY_PHONE, Seed::PERSONS_PHONE), &[]).await?;
        person
            .reads("It was changed, and holds for open sessions too.")
            .await?;
        stage.opens("/security/history").await?;
        person.reads("E-mail and password").await?;
        person.reads("Signed in").await?;
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}
