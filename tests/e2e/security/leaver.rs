//! What belongs to somebody who left (PRT-5).

use anyhow::Result;
use support::{Role, Seed, at_both_widths};

#[tokio::test]
async fn prt_5_each_thing_of_a_leaver_has_its_remedy() -> Result<()> {
    at_both_widths("leaver", async |stage| {
        let person = stage.person();
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/security").await?;
        person
            .clicks(
                Role::Button,
                "What if the proof belongs to somebody who left?",
            )
            .await?;
        for remedy in [
            "Change the security phone",
            "Change the security e-mail",
            "Unbind WeChat",
            "Unbind QQ",
        ] {
            person.sees(Role::Link, remedy).await?;
        }
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await
    })
    .await
}
