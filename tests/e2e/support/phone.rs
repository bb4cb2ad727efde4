//! The person's own phone with WeChat and the like, which the demo plays in another tab. Knows the demo's
//! phone; does not know what is confirmed on it.

use anyhow::{Context, Result, ensure};

use crate::person::{Role, waits};
use crate::stage::Stage;

impl Stage {
    /// Follows a link that opens a tab of its own, tells what happens there, and comes back.
    ///
    /// # Errors
    /// When no tab opens, or the story's own.
    pub async fn in_a_new_tab(
        &self,
        link: &str,
        story: impl AsyncFnOnce() -> Result<()>,
    ) -> Result<()> {
        let driver = self.browser.driver();
        let here = driver.window().await?;
        self.person().clicks(Role::Link, link).await?;
        let has_opened = async || Ok(driver.windows().await?.len() > 1);
        ensure!(waits(has_opened).await?, "no tab has opened");
        let windows = driver.windows().await?;
        let new = windows.into_iter().find(|window| *window != here);
        driver.switch_to_window(new.context("the new tab")?).await?;
        self.browser.resize(self.look.width).await?;
        story().await?;
        driver.close_window().await?;
        Ok(driver.switch_to_window(here).await?)
    }

    /// Scans the code on the page as `who`, up to the question whether to confirm, and answers it by the
    /// button `answer`.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn scans(&self, who: &str, answer: &str) -> Result<()> {
        self.in_a_new_tab("Open it on this device", async || {
            let person = self.person();
            person.clicks(Role::Button, who).await?;
            person.reads("Make sure this is you.").await?;
            self.page_is_sound_in_both_schemes().await?;
            self.page_can_be_touched().await?;
            person.clicks(Role::Button, answer).await?;
            let said = [
                "Confirmed. Go on where you saw the code.",
                "Declined. That code is dead now.",
            ];
            let has_said = async || {
                let text = person.text().await?;
                Ok(said.iter().any(|said| text.contains(said)))
            };
            ensure!(waits(has_said).await?, "the phone says nothing");
            Ok(())
        })
        .await
    }
}
