//! The account on a phone (ACC-12).

use anyhow::Result;
use support::{Look, Role, Seed, Width, journey};

#[tokio::test]
async fn acc_12_every_page_works_with_a_finger_at_360_and_reflows_at_320() -> Result<()> {
    for width in [Width::Phone, Width::Narrowest] {
        journey("phone", Look::plain(width), async |stage| {
            for path in [
                "/sign-in",
                "/no-such-page",
                "/register",
                "/register/email",
                "/register/finish",
                "/terms",
                "/privacy",
                "/forgotten",
                "/lock/of-a-notice",
                "/unlock",
            ] {
                stage.opens(path).await?;
                stage.page_can_be_touched().await?;
                stage.page_is_sound().await?;
            }
            stage.signs_in(Seed::PERSON).await?;
            for path in ["/account", "/outbox"] {
                stage.opens(path).await?;
                stage.page_can_be_touched().await?;
                stage.page_is_sound().await?;
            }
            let person = stage.person();
            person.clicks(Role::Button, "Menu").await?;
            stage.page_is_sound().await?;
            person.clicks(Role::Link, "Account info").await?;
            person.sees(Role::Heading, "Account info").await?;
            person.clicks(Role::Button, "Change nickname").await?;
            person.is_at(Role::Textbox, "Nickname").await?;
            stage.page_can_be_touched().await?;
            stage.page_is_sound().await
        })
        .await?;
    }
    Ok(())
}
