//! Journeys through the real-name verification of a person.

use anyhow::{Result, ensure};
use support::{Key, Role, Seed, Stage, at_both_widths};

const NUMBER: &str = "110101199003070011";

/// Opens the form for persons and fills it in.
async fn fills_in(stage: &Stage, name: &str, method: &str) -> Result<()> {
    let person = stage.person();
    person.clicks(Role::Textbox, "Name").await?;
    person.types_over(name).await?;
    person.clicks(Role::Textbox, "Document number").await?;
    person.types_over(NUMBER).await?;
    person.clicks(Role::Radio, method).await?;
    person.clicks(Role::Button, "Next").await
}

/// Opens the demo's camera in a tab of its own, chooses what it sees, and comes back.
async fn shows_face(stage: &Stage, sees: &str) -> Result<()> {
    stage
        .in_a_new_tab("Open the camera on this device", async || {
            let person = stage.person();
            person.clicks(Role::Button, sees).await?;
            person.reads("Go back to the page where you began").await
        })
        .await
}

#[tokio::test]
async fn ver_3_ver_7_ver_9_a_face_fails_is_corrected_and_verifies() -> Result<()> {
    at_both_widths("verification-face", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PHONE_OWNER).await?;
        // The banner names the five, on every page but those on which one is verified (VER-9).
        person
            .reads("it cannot buy, use its cloud resources")
            .await?;
        person.clicks(Role::Link, "Verify now").await?;
        person.sees(Role::Heading, "Verification").await?;
        person.reads("Fastest for you").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        // Without the card at hand the face is what is left (VER-14).
        person.clicks(Role::Checkbox, "No ID card at hand").await?;
        person.clicks(Role::Link, "Choose Face recognition").await?;
        person.sees(Role::Heading, "Verify as a person").await?;
        person.clicks(Role::Button, "Next").await?;
        person.sees(Role::Link, "Enter the name.").await?;
        person
            .sees(Role::Link, "Enter the document's number.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        fills_in(stage, "张三", "Face recognition").await?;
        person
            .sees(Role::Heading, "A verification is under way")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        shows_face(stage, "Something covers the face").await?;
        person.reads("The face was not recognised.").await?;
        person.reads("Something covers the face").await?;
        stage.page_is_sound_in_both_schemes().await?;
        // Nothing typed is lost, after a reload neither (VER-10).
        person.reloads().await?;
        person.reads("The face was not recognised.").await?;
        let number = person.finds(Role::Textbox, "Document number").await?;
        ensure!(
            number.value().await?.as_deref() == Some(NUMBER),
            "it was lost"
        );
        person.clicks(Role::Button, "Next").await?;
        person
            .sees(Role::Heading, "A verification is under way")
            .await?;
        shows_face(stage, "It is the person").await?;
        // The page goes on by itself, and nobody signs in anew (VER-12).
        person.reads("The account is verified.").await?;
        person.reads("Verified · person").await?;
        person.reads("张*").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.opens("/account").await?;
        person.reads("Verified · person").await?;
        ensure!(
            !person.text().await?.contains("The account is not verified"),
            "the banner is still there"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn ver_3_ver_10_a_scan_is_given_up_and_begun_again() -> Result<()> {
    at_both_widths("verification-scan", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PHONE_OWNER).await?;
        stage.opens("/verification/person").await?;
        fills_in(stage, "张三", "WeChat scan").await?;
        person
            .sees(Role::Heading, "A verification is under way")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        // In another tab, or after a reload, it can be gone on with.
        person.reloads().await?;
        person.sees(Role::Button, "Go on").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Button, "Give up and correct").await?;
        let name = person.finds(Role::Textbox, "Name").await?;
        ensure!(
            name.value().await?.as_deref() == Some("张三"),
            "it was lost"
        );
        person.clicks(Role::Radio, "QQ scan").await?;
        person.clicks(Role::Button, "Next").await?;
        person.clicks(Role::Link, "Open QQ's page").await?;
        // The demo's phone, as somebody else than who was named.
        person
            .finds_beginning(Role::Button, "王五")
            .await?
            .click()
            .await?;
        person.reads("Somebody else scanned the code.").await?;
        person.clicks(Role::Textbox, "Name").await?;
        person.types_over("王五").await?;
        person.presses(Key::Enter).await?;
        person.clicks(Role::Link, "Open QQ's page").await?;
        person
            .finds_beginning(Role::Button, "王五")
            .await?
            .click()
            .await?;
        person.reads("The account is verified.").await?;
        person.reads("王*").await
    })
    .await
}

#[tokio::test]
async fn ver_13_prt_2_a_phone_comes_first_and_the_subject_is_revealed_after_a_proof() -> Result<()>
{
    at_both_widths("verification-reveal", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::FOREIGNER).await?;
        stage.opens("/verification/person").await?;
        person.reads("Bind a security phone first.").await?;
        fills_in(stage, "张三", "Face recognition").await?;
        person.reads("The contact phone does not matter.").await?;
        stage.page_is_sound().await?;
        stage.signs_out().await?;
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/verification").await?;
        person.reads("张*").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Show in full").await?;
        // The session is new, so it is asked who it is (PRT-2).
        person.sees(Role::Heading, "Confirm that it is you").await?;
        person
            .clicks(Role::Radio, "Code to the security phone")
            .await?;
        person.clicks(Role::Button, "Send code").await?;
        let code = stage.product.code(Seed::PERSONS_PHONE, &[]).await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types(&code).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("110101199001010015").await?;
        person.clicks(Role::Button, "Hide").await?;
        ensure!(
            !person.text().await?.contains("110101199001010015"),
            "it is still shown"
        );
        Ok(())
    })
    .await
}
