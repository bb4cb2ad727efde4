//! Contact phone and e-mail on Account info, what is on its way, all data and locking (CON-6, ACC-13,
//! ACC-14).

use anyhow::Result;
use support::{Key, Role, Seed, at_both_widths};

use crate::security::{BY_PHONE, proves_by};

const PHONE: &str = "13900139002";

#[tokio::test]
async fn con_6_a_contact_phone_waits_for_its_code_and_outlives_reload_and_restart() -> Result<()> {
    at_both_widths("contact-phone", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Set Contact phone").await?;
        person.is_at(Role::Textbox, "New contact phone").await?;
        person.types("12").await?;
        person.clicks(Role::Button, "Send code").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "New contact phone").await?;
        person.types_over("139 0013 9002").await?;
        person.clicks(Role::Button, "Send code").await?;
        person.is_at(Role::Textbox, "Code").await?;

        person.reloads().await?;
        person.reads("Changes on their way").await?;
        person.reads("139****9002").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Enter the code").await?;
        person.is_at(Role::Textbox, "Code").await?;
        person.types("000000").await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("The code is wrong.").await?;
        let code = stage.product.code(&format!("+86{PHONE}"), &[]).await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types_over(&code).await?;
        person.clicks(Role::Button, "Confirm").await?;
        person.reads("Confirmed. It counts from now on.").await?;

        stage.product.restart().await?;
        let person = stage.person();
        person.reloads().await?;
        person.sees(Role::Heading, "Account info").await?;
        person.reads("139****9002").await
    })
    .await
}

#[tokio::test]
async fn acc_13_what_is_on_its_way_stands_on_one_card_until_it_is_done_or_given_up() -> Result<()> {
    at_both_widths("on-its-way", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Set Contact e-mail").await?;
        person.is_at(Role::Textbox, "New contact e-mail").await?;
        person.types("desk@demo.example").await?;
        person.presses(Key::Enter).await?;
        person.is_at(Role::Textbox, "Code").await?;
        stage.opens("/security/email").await?;
        person.clicks(Role::Textbox, "New security e-mail").await?;
        person.types("new.safe@demo.example").await?;
        person.presses(Key::Enter).await?;
        proves_by(stage, (BY_PHONE, Seed::PERSONS_PHONE), &[]).await?;
        person.reads("Changing to n***@demo.example").await?;

        stage.opens("/account").await?;
        person.sees(Role::Heading, "Changes on their way").await?;
        person.reads("Until then the present value stays.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .clicks(Role::Link, "Go on Change of the security e-mail")
            .await?;
        person.clicks(Role::Button, "Give up the change").await?;
        person.reads("The change was given up").await?;
        stage.opens("/account").await?;
        person.reads("Change of the contact e-mail").await?;
        person.clicks(Role::Button, "Give up the change").await?;
        person
            .reads("The change was given up; the old value stays.")
            .await?;
        person.is_at(Role::Button, "Set Contact e-mail").await?;
        stage
            .until("return !document.body.innerText.includes('Changes on their way');")
            .await
    })
    .await
}

#[tokio::test]
async fn acc_14_all_data_come_as_a_file_and_locking_says_what_happens_before_it_is_done()
-> Result<()> {
    at_both_widths("lock-at-once", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Lock the account now").await?;
        person
            .reads("Every session ends at once, this one too.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Button, "Cancel").await?;
        person.is_at(Role::Button, "Lock the account now").await?;
        person.clicks(Role::Button, "Download all my data").await?;
        person.reads("It was downloaded.").await?;
        person.clicks(Role::Button, "Lock the account now").await?;
        person.reads("Lock the account now?").await?;
        stage.confirms("Lock the account now").await?;
        person.sees(Role::Heading, "Sign in").await?;
        person
            .reads("The account is locked and every session has ended.")
            .await?;
        stage.fills_in_sign_in(Seed::PERSON).await?;
        person
            .reads("The account is locked; nobody signs in to it.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "Unlock it").await?;
        person
            .sees(Role::Textbox, "Security phone or security e-mail")
            .await
    })
    .await
}
