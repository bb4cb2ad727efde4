//! V-41: a page opens by its own address, with and without a slash at its end.

use anyhow::{Result, ensure};
use support::{Role, Seed, at_both_widths};

#[tokio::test]
async fn v_41_a_deep_link_opens_with_and_without_a_slash() -> Result<()> {
    at_both_widths("deep-link", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        for path in ["/account", "/account/"] {
            ensure!(stage.product.status(path)? == 200, "{path}");
            stage.opens(path).await?;
            person.sees(Role::Heading, "Account info").await?;
            person.reloads().await?;
            person.sees(Role::Heading, "Account info").await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn v_41_an_unknown_address_is_not_found_for_people_and_for_machines() -> Result<()> {
    at_both_widths("not-found", async |stage| {
        let path = "/account/no/such/page";
        ensure!(stage.product.status(path)? == 404);
        stage.opens(path).await?;
        stage.person().sees(Role::Heading, "Page not found").await?;
        stage.page_is_sound().await
    })
    .await
}
