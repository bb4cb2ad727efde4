//! What is recorded with a verified enterprise: code, contact, re-check.

use anyhow::Result;
use support::{Role, Seed, at_both_widths};

use super::fills;

const DAY: u64 = 86_400_000;

#[tokio::test]
async fn ent_6_an_old_code_is_completed() -> Result<()> {
    at_both_widths("enterprise-code", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::OLD_CODE).await?;
        stage.opens("/verification/code").await?;
        person
            .sees(Role::Heading, "Complete or correct the code")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .clicks(Role::Textbox, "The 18-character code")
            .await?;
        person.types("91440300MA50006K80").await?;
        person.clicks(Role::Button, "Check and save").await?;
        // The check character is wrong, and that is told at the field.
        let code = person.finds(Role::Textbox, "The 18-character code").await?;
        anyhow::ensure!(
            code.attr("aria-invalid").await?.as_deref() == Some("true"),
            "the field says that it is wrong"
        );
        fills(stage, "The 18-character code", "91440300MA50006K8Y").await?;
        person.clicks(Role::Button, "Check and save").await?;
        person.reads("The recorded code is right").await?;
        stage.page_is_sound().await
    })
    .await
}

#[tokio::test]
async fn ent_21_using_cdn_opens_the_form_for_the_contact() -> Result<()> {
    at_both_widths("enterprise-contact", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::OLD_CODE).await?;
        stage.opens("/verification/contact").await?;
        person.reads("There is no enterprise contact yet").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Checkbox, "Uses CDN").await?;
        person.is_at(Role::Textbox, "Name").await?;
        person.types("李四").await?;
        fills(stage, "Number of the document", "110101199003070038").await?;
        fills(stage, "Phone", "13900139002").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Save the contact").await?;
        person.reads("139****9002").await?;
        person.reloads().await?;
        person.reads("139****9002").await?;
        let cdn = person.finds(Role::Checkbox, "Uses CDN").await?;
        anyhow::ensure!(
            cdn.is_selected().await?,
            "it was switched on with the contact"
        );
        stage.page_is_sound().await
    })
    .await
}

#[tokio::test]
async fn ent_15_ent_16_a_dissolved_enterprise_is_told_first_and_loses_its_verification()
-> Result<()> {
    at_both_widths("enterprise-recheck", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::DISSOLVED).await?;
        stage.opens("/verification/enterprise").await?;
        person.reads("The re-check found something").await?;
        person.reads("Its resources do not stop at once").await?;
        stage.page_is_sound_in_both_schemes().await?;
        let body = format!("{{\"forward_by\":{}}}", 16 * DAY);
        stage.product.post("/api/v1/demo/clock", &body)?;
        stage.signs_in(Seed::DISSOLVED).await?;
        stage.opens("/verification/enterprise").await?;
        person.reads("The verification has ended").await?;
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}
