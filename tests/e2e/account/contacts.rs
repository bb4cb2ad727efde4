//! Contact phone and login methods on Account info: what waits, why not, and locking (CON-6, LGM-1,
//! ACC-13, ACC-14).

use anyhow::Result;
use support::{Role, Seed, at_both_widths};

const PHONE: &str = "13900139002";

#[tokio::test]
#[ignore = "fails on the pages of issue 4, which stays open: mend the page or the journey first"]
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
#[ignore = "fails on the pages of issue 4, which stays open: mend the page or the journey first"]
async fn v_28_lgm_1_the_last_login_method_says_why_it_stays() -> Result<()> {
    at_both_widths("last-method", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.sees(Role::Heading, "Login methods").await?;
        person.reads("Why can it not be unbound?").await?;
        stage.page_is_sound().await
    })
    .await
}

#[tokio::test]
async fn acc_14_locking_says_what_happens_before_it_is_done() -> Result<()> {
    at_both_widths("lock-at-once", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Lock the account now").await?;
        person
            .reads("Every session ends at once, this one too.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Button, "Cancel").await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}
