//! Journeys through the wizard of changes of verification.

use anyhow::{Result, ensure};
use support::{Role, Seed, Stage, at_both_widths};

use crate::security::{BY_PHONE, proves_by};

const COMPANY: Seed = Seed {
    email: "company@demo.example",
    nickname: "晴空科技",
};
const COMPANYS_PHONE: &str = "+8613800000456";
const THIRTY_DAYS: &str = r#"{"forward_by":2592000000}"#;
const PAPERS: [&str; 5] = [
    "Former person's ID card, front",
    "Former person's ID card, back",
    "New person's ID card, front",
    "New person's ID card, back",
    "Change application form, signed or stamped",
];
const NEXT: &str = "Save and go on";

/// Thirty days pass; nobody is signed in any more.
async fn thirty_days_pass(stage: &Stage) -> Result<()> {
    let moved = stage.product.post("/api/v1/demo/clock", THIRTY_DAYS)?;
    ensure!(moved.status == 200, "{}", moved.body);
    Ok(())
}

#[tokio::test]
async fn chg_1_2_8_a_company_waits_30_days_and_changes_its_name_online() -> Result<()> {
    at_both_widths("change-name", async |stage| {
        let person = stage.person();
        stage.signs_in(COMPANY).await?;
        stage.opens("/verification/change").await?;
        person.sees(Role::Heading, "Change verification").await?;
        person
            .reads("Less than 30 days have passed since the last verification or change")
            .await?;
        person
            .reads("An enterprise's account never becomes a person's.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;

        thirty_days_pass(stage).await?;
        stage.signs_in(COMPANY).await?;
        stage.opens("/verification/change").await?;
        person.clicks(Role::Link, "Start").await?;
        person.sees(Role::Heading, "What changes?").await?;
        person.clicks(Role::Button, NEXT).await?;
        person.sees(Role::Link, "Choose what changes.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Radio, "The enterprise's name").await?;
        person.clicks(Role::Button, NEXT).await?;

        person.sees(Role::Heading, "New data and proof").await?;
        person.reads("The online way needs no papers.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person
            .clicks(Role::Textbox, "The enterprise's new name")
            .await?;
        person.types("晴空").await?;
        person.clicks(Role::Button, NEXT).await?;
        person
            .reads("An enterprise's name has 4 characters or more.")
            .await?;
        // V-33: it is on the server, right or wrong.
        person.reloads().await?;
        let name = person
            .finds(Role::Textbox, "The enterprise's new name")
            .await?;
        ensure!(name.value().await?.as_deref() == Some("晴空"));
        person
            .clicks(Role::Textbox, "The enterprise's new name")
            .await?;
        person.types_over("晴空云计算（示例）有限公司").await?;
        person.clicks(Role::Button, NEXT).await?;

        person.sees(Role::Heading, "Check and hand in").await?;
        person.reads("晴空云计算（示例）有限公司").await?;
        stage.page_is_sound_in_both_schemes().await?;
        // V-33: Back is one step, and nothing is lost.
        person.goes_back().await?;
        person.sees(Role::Heading, "New data and proof").await?;
        let name = person
            .finds(Role::Textbox, "The enterprise's new name")
            .await?;
        ensure!(name.value().await?.as_deref() == Some("晴空云计算（示例）有限公司"));
        person.clicks(Role::Button, NEXT).await?;
        person.sees(Role::Heading, "Check and hand in").await?;
        person.clicks(Role::Button, "Change it").await?;
        proves_by(stage, (BY_PHONE, COMPANYS_PHONE), &[]).await?;
        person.sees(Role::Heading, "Review").await?;
        person.reads("The change is done").await?;
        stage.page_is_sound_in_both_schemes().await?;

        // What is done is not reopened (V-33), and the 30 days begin anew.
        stage.opens("/verification/change/check").await?;
        person.reads("The change is done").await?;
        stage.opens("/verification/change").await?;
        person
            .reads("Less than 30 days have passed since the last verification or change")
            .await
    })
    .await
}

#[tokio::test]
async fn chg_3_debts_stand_against_a_change_with_the_way_to_pay() -> Result<()> {
    at_both_widths("change-debts", async |stage| {
        let person = stage.person();
        thirty_days_pass(stage).await?;
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/demo/platform").await?;
        person.sees(Role::Heading, "Demo platform").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Checkbox, "It owes money").await?;
        person.clicks(Role::Button, "Save").await?;
        person.reads("Saved.").await?;
        stage.opens("/verification/change").await?;
        person
            .reads("The account owes money. Pay it first.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "Pay").await?;
        person.sees(Role::Heading, "Demo platform").await?;
        person.clicks(Role::Button, "Save").await?;
        person.reads("Saved.").await?;
        stage.opens("/verification/change").await?;
        person.sees(Role::Link, "Start").await
    })
    .await
}

#[tokio::test]
#[ignore = "after taking an application back the page still shows the review; the fault is to be found"]
async fn chg_5_7_9_11_a_person_hands_papers_in_takes_them_back_and_corrects() -> Result<()> {
    at_both_widths("change-person", async |stage| {
        let person = stage.person();
        thirty_days_pass(stage).await?;
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/verification/change/type").await?;
        person.clicks(Role::Radio, "Another person").await?;
        person.clicks(Role::Button, NEXT).await?;
        person.sees(Role::Heading, "New data and proof").await?;
        person.clicks(Role::Textbox, "Name").await?;
        person.types("李小红").await?;
        person.clicks(Role::Textbox, "Resident ID number").await?;
        person.types("11010119900307002X").await?;
        person.clicks(Role::Button, NEXT).await?;
        person
            .reads("Upload this: Change application form, signed or stamped.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        for paper in PAPERS {
            stage.uploads_a_picture(paper).await?;
        }
        // V-33: the papers are there after a reload too.
        person.reloads().await?;
        person.sees(Role::Heading, "New data and proof").await?;
        person.clicks(Role::Button, NEXT).await?;

        person.sees(Role::Heading, "Check and hand in").await?;
        person
            .clicks(Role::Button, "Hand in the application")
            .await?;
        person
            .sees(Role::Link, "Confirm whom the resources will belong to.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        for agreed in ["I confirm", "As the present subject I agree"] {
            let tick = person.finds_beginning(Role::Checkbox, agreed).await?;
            tick.click().await?;
        }
        person
            .clicks(Role::Button, "Hand in the application")
            .await?;
        proves_by(stage, (BY_PHONE, Seed::PERSONS_PHONE), &[]).await?;
        person.sees(Role::Heading, "Review").await?;
        person.reads("It is being reviewed").await?;
        person.reads("Decided at the latest").await?;
        stage.page_is_sound_in_both_schemes().await?;

        person.clicks(Role::Button, "Take it back").await?;
        stage.confirms("Take it back").await?;
        person.reads("It was taken back").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Button, "Correct it").await?;
        person.sees(Role::Heading, "New data and proof").await?;
        let name = person.finds(Role::Textbox, "Name").await?;
        ensure!(name.value().await?.as_deref() == Some("李小红"));
        Ok(())
    })
    .await
}
