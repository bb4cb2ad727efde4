//! The operation audit.

use anyhow::Result;
use support::{Role, Seed, at_both_widths};

#[tokio::test]
async fn ops_3_an_owner_sees_what_was_done_and_by_whom() -> Result<()> {
    at_both_widths("audit", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/audit").await?;
        person.sees(Role::Heading, "Operation audit").await?;
        person.reads("Signed in").await?;
        person.reads("Somebody before signing in").await?;
        person.reads("Account created").await?;
        person.reads("The system").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .clicks(
                Role::Link,
                "Devices and places of sign-ins are in the sign-in history",
            )
            .await?;
        person.sees(Role::Heading, "Sign-in history").await
    })
    .await
}
