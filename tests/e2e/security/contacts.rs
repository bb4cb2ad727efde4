//! The security phone and the security e-mail.

use anyhow::{Result, ensure};
use support::{Key, Role, Seed, at_both_widths};

use super::{BY_EMAIL, BY_PHONE, proves_by};

const PHONE: &str = "13700137555";
const PHONE_AS_SENT: &str = "+8613700137555";
const NEW_EMAIL: &str = "new.safe@demo.example";

#[tokio::test]
async fn prt_3_con_3_a_new_owner_follows_the_next_step_and_binds_a_phone() -> Result<()> {
    at_both_widths("security-first-phone", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::NEWCOMER).await?;
        stage.opens("/security").await?;
        person.sees(Role::Heading, "Security settings").await?;
        person.reads("15 of 100 points").await?;
        person.reads("Not bound").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;

        person.clicks(Role::Link, "Bind a security phone").await?;
        person.sees(Role::Heading, "Security phone").await?;
        person
            .clicks(Role::Button, "Save the security phone")
            .await?;
        person.sees(Role::Link, "Enter a phone number").await?;
        person.sees(Role::Link, "Enter the code").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Textbox, "New security phone").await?;
        person.types("1370013").await?;
        person.clicks(Role::Button, "Send code").await?;
        person.reads("This is not a phone number").await?;
        person.clicks(Role::Textbox, "New security phone").await?;
        person.types_over(PHONE).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        person.reads("A code was sent to 137****7555").await?;
        let code = stage.product.code(PHONE_AS_SENT, &[]).await?;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        person.types(wrong).await?;
        person.presses(Key::Enter).await?;
        person.reads("The code is wrong. 4 tries are left.").await?;
        let phone = person.finds(Role::Textbox, "New security phone").await?;
        ensure!(
            phone.value().await?.as_deref() == Some(PHONE),
            "what was typed stays"
        );
        person.clicks(Role::Textbox, "Code").await?;
        person.types_over(&code).await?;
        person.presses(Key::Enter).await?;
        person.reads("The security phone was changed").await?;
        stage.page_is_sound_in_both_schemes().await?;

        person
            .clicks(Role::Link, "Back to Security settings")
            .await?;
        person.reads("35 of 100 points").await?;
        person.sees(Role::Link, "Bind a security e-mail").await
    })
    .await
}

#[tokio::test]
async fn con_3_con_8_prt_4_prt_6_the_phone_changes_by_proof_of_the_e_mail() -> Result<()> {
    at_both_widths("security-change-phone", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security/phone").await?;
        person.reads("138****0123").await?;
        person.clicks(Role::Textbox, "New security phone").await?;
        person.types(PHONE).await?;
        person.clicks(Role::Button, "Send code").await?;
        // The phone is new in a fresh demo and does not vouch for its own replacement (PRT-4).
        person
            .reads("it vouches for its own replacement from")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        proves_by(stage, (BY_EMAIL, Seed::PERSONS_SAFE_EMAIL), &[]).await?;
        // Back at the same field with everything typed, and the code is on its way.
        person.is_at(Role::Textbox, "Code").await?;
        person.reads("Confirmed for").await?;
        let code = stage.product.code(PHONE_AS_SENT, &[]).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person.reads("The security phone was changed").await?;
        person
            .reads("The former number gets no more security codes")
            .await?;
        // Both numbers and the e-mail are told (PRT-6).
        for to in [Seed::PERSONS_PHONE, PHONE_AS_SENT, Seed::PERSONS_SAFE_EMAIL] {
            stage.product.lock_link(to).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn prt_4_a_scan_confirms_who_it_is_and_the_first_thing_to_answer_has_the_focus() -> Result<()>
{
    at_both_widths("security-by-scan", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::FOREIGNER).await?;
        stage.opens("/security/phone").await?;
        person.clicks(Role::Textbox, "New security phone").await?;
        person.types(PHONE).await?;
        person.clicks(Role::Button, "Send code").await?;
        person.sees(Role::Heading, "Confirm that it is you").await?;
        person.is_at(Role::Button, "Show the code").await?;
        person.presses(Key::Enter).await?;
        person.reads("Waiting for the scan.").await?;
        stage.focus_is_not_lost().await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        stage.scans("李四 wechat-li", "Confirm").await?;
        // Back at the same field, and the code is on its way.
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code(PHONE_AS_SENT, &[]).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person.reads("The security phone was changed").await
    })
    .await
}

#[tokio::test]
async fn con_5_the_e_mail_changes_once_both_addresses_have_answered() -> Result<()> {
    at_both_widths("security-change-email", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security/email").await?;
        person.reads("z***@demo.example").await?;
        person.clicks(Role::Textbox, "New security e-mail").await?;
        person.types("new.safe").await?;
        person.presses(Key::Enter).await?;
        person
            .sees(
                Role::Link,
                "Enter a whole e-mail address, such as name@example.com",
            )
            .await?;
        person.clicks(Role::Textbox, "New security e-mail").await?;
        person.types_over(NEW_EMAIL).await?;
        person.presses(Key::Enter).await?;
        proves_by(stage, (BY_PHONE, Seed::PERSONS_PHONE), &[]).await?;
        person.reads("Changing to n***@demo.example").await?;
        person.reads("A code was sent to z***@demo.example").await?;
        stage.page_is_sound_in_both_schemes().await?;
        // A reload loses nothing: the change stands on the server.
        person.reloads().await?;
        person.reads("Changing to n***@demo.example").await?;
        let first = stage.product.code(Seed::PERSONS_SAFE_EMAIL, &[]).await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types(&first).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("A code was sent to n***@demo.example").await?;
        let second = stage.product.code(NEW_EMAIL, &[]).await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types(&second).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("The security e-mail was changed").await?;
        stage.page_is_sound().await
    })
    .await
}
