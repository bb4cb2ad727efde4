//! A sign-in that looks risky shows a face (SGN-4).

use anyhow::Result;
use support::{Key, Role, Seed, at_both_widths};

#[tokio::test]
async fn sgn_4_wrong_passwords_on_a_new_device_ask_for_the_face_of_the_verified_person()
-> Result<()> {
    at_both_widths("risky", async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.clicks(Role::Textbox, "Login e-mail").await?;
        person.types(Seed::PERSON.email).await?;
        for number in 0..4 {
            person.clicks(Role::Textbox, "Password").await?;
            person
                .types_over(&format!("wrong password {number}"))
                .await?;
            person.presses(Key::Enter).await?;
            person.reads("E-mail or password is not right.").await?;
        }
        person.clicks(Role::Textbox, "Password").await?;
        person.types_over(Seed::PASSWORD).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "One more proof").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Begin the face check").await?;
        person.sees(Role::Link, "Open the face check").await?;
        stage.focus_is_not_lost().await?;
        stage.page_is_sound().await?;
        stage
            .in_a_new_tab("Open the face check", async || {
                let person = stage.person();
                person
                    .clicks(Role::Button, "Something covers the face")
                    .await?;
                person.reads("Done.").await
            })
            .await?;
        person.reads("The face check failed:").await?;
        person.reads("Something covers the face").await?;
        person.clicks(Role::Button, "Begin the face check").await?;
        stage
            .in_a_new_tab("Open the face check", async || {
                let person = stage.person();
                stage.page_is_sound().await?;
                person.clicks(Role::Button, "It is the person").await?;
                person.reads("Done.").await
            })
            .await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}
