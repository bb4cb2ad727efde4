//! Journeys through the help centre.

use anyhow::Result;
use support::{Role, at_both_widths};

#[tokio::test]
async fn hlp_1_an_answer_is_found_by_the_keyboard_and_leads_to_its_place() -> Result<()> {
    at_both_widths("help", async |stage| {
        stage.opens("/help").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Help").await?;
        person.sees(Role::Heading, "Registration").await?;
        person.presses('/').await?;
        person.is_at(Role::Textbox, "Search help").await?;
        person.types("zzzz").await?;
        person.reads("No answer found").await?;
        // In the other language, since the words of both are known.
        person.types_over("忘记密码").await?;
        person.sees(Role::Heading, "Results").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        // The only one is open already.
        person
            .reads("use the security phone or login e-mail")
            .await?;
        person
            .clicks(Role::Link, "Go there Password cannot be reset")
            .await?;
        person.sees(Role::Heading, "Forgot your password").await
    })
    .await
}

#[tokio::test]
async fn hlp_2_a_refusal_leads_to_the_answer_that_concerns_it() -> Result<()> {
    at_both_widths("help-about", async |stage| {
        stage.opens("/help?about=CON-2").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Related questions").await?;
        person
            .clicks(Role::Button, "How many accounts one phone can secure")
            .await?;
        person.reads("at most 5 accounts").await?;
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}
