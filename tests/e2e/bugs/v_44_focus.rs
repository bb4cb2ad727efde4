//! V-44: after a navigation the title is new and the focus is where the new page begins.

use anyhow::{Result, ensure};
use support::{Key, Look, Role, Seed, Width, journey};

#[tokio::test]
async fn v_44_title_and_focus_follow_a_navigation_by_keyboard() -> Result<()> {
    journey("focus", Look::plain(Width::Desktop), async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.is_on_tab("Account info - Account Centre").await?;
        person.is_at(Role::Heading, "Account info").await?;

        person.tabs_to(Role::Link, "Demo outbox").await?;
        person.presses(Key::Enter).await?;
        person.is_on_tab("Demo outbox - Account Centre").await?;
        person.is_at(Role::Heading, "Demo outbox").await?;
        // Tab goes on from the heading, not from the top of the page.
        person.presses(Key::Tab).await?;
        let (_, name) = person.focus().await?;
        ensure!(name != "Skip to content", "the focus fell back to the top");

        person.goes_back().await?;
        person.is_on_tab("Account info - Account Centre").await?;
        person.is_at(Role::Heading, "Account info").await
    })
    .await
}

#[tokio::test]
async fn v_44_the_first_tab_leads_past_the_navigation() -> Result<()> {
    journey("skip-link", Look::plain(Width::Desktop), async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        stage.opens("/account").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Account info").await?;
        person.presses(Key::Tab).await?;
        person.is_at(Role::Link, "Skip to content").await?;
        person.presses(Key::Enter).await?;
        person.presses(Key::Tab).await?;
        let (_, name) = person.focus().await?;
        ensure!(
            name != "Account info" && name != "Demo outbox",
            "still in the navigation: {name}"
        );
        Ok(())
    })
    .await
}
