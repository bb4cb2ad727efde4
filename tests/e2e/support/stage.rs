//! Where a journey happens: one product, one browser, one person. Knows how both are started and what
//! is kept when a journey fails; does not know the journeys.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use tempfile::TempDir;

use crate::authenticator::app_code;
use crate::browser::{Browser, Look, Scheme, Width};
use crate::checks;
use crate::person::{Person, Role, waits};
use crate::process::told;
use crate::product::{Operator, Product, Seed};

/// A product and a browser that looks at it.
pub struct Stage {
    /// The server.
    pub product: Product,
    /// The browser.
    pub browser: Browser,
    /// How the person sees the product.
    pub look: Look,
    /// Files that the person has at hand.
    pictures: TempDir,
}

/// The smallest picture there is, a PNG of one pixel.
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9\
    awAAAABJRU5ErkJggg==";

impl Stage {
    /// Starts both.
    ///
    /// # Errors
    /// When one of them cannot be started.
    pub async fn open(look: Look) -> Result<Self> {
        Ok(Self {
            product: Product::start().await?,
            browser: Browser::start(look).await?,
            look,
            pictures: tempfile::tempdir()?,
        })
    }

    /// The person at the browser.
    #[must_use]
    pub const fn person(&self) -> Person<'_> {
        Person::new(self.browser.driver())
    }

    /// Opens a page by its address.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn opens(&self, path: &str) -> Result<()> {
        let address = self.product.address(path);
        Ok(self.browser.driver().goto(address).await?)
    }

    /// The same by the name of this machine instead of its number; keys are tied to names.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn opens_by_name(&self, path: &str) -> Result<()> {
        let address = self.product.address(path).replace("127.0.0.1", "localhost");
        Ok(self.browser.driver().goto(address).await?)
    }

    /// Makes sure that the page as it stands is accessible and within the screen's width.
    ///
    /// # Errors
    /// When it is not.
    pub async fn page_is_sound(&self) -> Result<()> {
        checks::accessibility(&self.browser).await?;
        checks::fits(&self.browser).await
    }

    /// The same with light and with dark colours.
    ///
    /// # Errors
    /// When it is not, in one of them.
    pub async fn page_is_sound_in_both_schemes(&self) -> Result<()> {
        self.person().sees_a_page().await?;
        for scheme in Scheme::ALL {
            self.browser.prefer(scheme).await?;
            let page = || format!("with {} colours", scheme.name());
            self.page_is_sound().await.with_context(page)?;
        }
        self.browser.prefer(self.look.scheme).await
    }

    /// Makes sure that the page can be used with a finger.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn page_can_be_touched(&self) -> Result<()> {
        self.person().sees_a_page().await?;
        checks::can_be_touched(&self.browser).await
    }

    /// Opens the product and signs in, up to Account info.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn signs_in(&self, seed: Seed) -> Result<()> {
        self.opens("/sign-in").await?;
        self.fills_in_sign_in(seed).await?;
        let words = self.look.language.words();
        self.person().sees(Role::Heading, words.account_info).await
    }

    /// Fills in the form of the sign-in page and sends it.
    ///
    /// # Errors
    /// When the page is not there.
    pub async fn fills_in_sign_in(&self, seed: Seed) -> Result<()> {
        let words = self.look.language.words();
        let person = self.person();
        person.clicks(Role::Textbox, words.login_email).await?;
        person.types(seed.email).await?;
        person.clicks(Role::Textbox, words.password).await?;
        person.types(Seed::PASSWORD).await?;
        person.clicks(Role::Button, words.sign_in).await
    }

    /// Signs an operator in at the desk, by password and code, up to the queues. `steps` is how far the
    /// demo's clock is ahead, in steps of an app.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn signs_in_at_desk(&self, operator: Operator, steps: i64) -> Result<()> {
        self.opens("/operator/sign-in").await?;
        let words = self.look.language.words();
        let person = self.person();
        person.clicks(Role::Textbox, words.operator_name).await?;
        person.types(operator.name).await?;
        person.clicks(Role::Textbox, words.password).await?;
        person.types(Seed::PASSWORD).await?;
        person.clicks(Role::Button, words.next).await?;
        person.is_at(Role::Textbox, words.code).await?;
        person.types(&app_code(operator.secret, steps)?).await?;
        person.clicks(Role::Button, words.sign_in).await?;
        person.sees(Role::Heading, words.queues).await
    }

    /// Presses a button of the question that is open over the page; the page may have one of that name too.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn confirms(&self, name: &str) -> Result<()> {
        let has_question = "return document.querySelector('dialog[open]') !== null;";
        self.until(has_question).await?;
        let script = "return [...document.querySelectorAll('dialog[open] button')]
            .find((button) => button.innerText.trim() === 'NAME') ?? null;";
        let script = script.replace("NAME", name);
        let found = self.browser.driver().execute(script, Vec::new()).await?;
        Ok(found.element()?.click().await?)
    }

    /// Uploads a small picture as the document of this name, and waits until it is kept. The browser's own
    /// choice of files is no page, so its answer is given to the input behind the button.
    ///
    /// # Errors
    /// When there is no such document, or it is not kept in time.
    pub async fn uploads_a_picture(&self, document: &str) -> Result<()> {
        let file = self.pictures.path().join("picture.png");
        std::fs::write(
            &file,
            base64::engine::general_purpose::STANDARD.decode(PICTURE)?,
        )?;
        let field = "[...document.querySelectorAll('fieldset.upload')]
            .find((field) => field.querySelector('legend').innerText.trim() === NAME)";
        let field = field.replace("NAME", &serde_json::to_string(document)?);
        self.until(&format!("return {field} !== undefined;"))
            .await?;
        let script = format!("return {field}.querySelector('input:not([capture])');");
        let found = self.browser.driver().execute(script, Vec::new()).await?;
        found.element()?.send_keys(file.to_string_lossy()).await?;
        let is_kept = format!("return {field}.querySelector('.upload-kept') !== null;");
        self.until(&is_kept).await
    }

    /// Signs out by the menu of the account.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn signs_out(&self) -> Result<()> {
        let words = self.look.language.words();
        let person = self.person();
        // On a wide screen the nickname belongs to the button's name.
        let menu = person.finds_beginning(Role::Button, words.account_menu);
        menu.await?.click().await?;
        person.clicks(Role::Button, words.sign_out).await?;
        person.sees(Role::Heading, words.sign_in).await
    }

    /// Makes sure that the keyboard still has a place on the page to go on from.
    ///
    /// # Errors
    /// When what had the focus is gone.
    pub async fn focus_is_not_lost(&self) -> Result<()> {
        self.until("return document.activeElement !== document.body;")
            .await
    }

    /// Waits until a script's body returns true in the page.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until(&self, script: &str) -> Result<()> {
        let holds = waits(async || Ok(self.browser.evaluate(script).await? == true));
        ensure!(holds.await?, "never true: {script}");
        Ok(())
    }

    /// Keeps what a developer needs to see why a journey failed.
    async fn keep_evidence(&self, name: &str) -> Result<PathBuf> {
        let folder = told("E2E_EVIDENCE")?;
        let picture = folder.join(format!("{name}-{}.png", self.look.name()));
        self.browser.picture(&picture).await?;
        let source = self.browser.driver().source().await?;
        std::fs::write(picture.with_extension("html"), source)?;
        Ok(picture)
    }
}

/// Tells a journey with this look. When it fails, a picture and the page's source are kept; when it
/// succeeds, the browser must not have complained.
///
/// # Errors
/// The journey's own, or the browser's complaint.
pub async fn journey(
    name: &str,
    look: Look,
    story: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    let mut stage = Stage::open(look).await?;
    let mut result = story(&mut stage).await;
    if result.is_ok() {
        result = checks::no_complaints(&stage.browser).await;
    }
    let result = match result {
        Ok(()) => Ok(()),
        Err(error) => {
            let seen = match stage.keep_evidence(name).await {
                Ok(picture) => format!("see {}", picture.display()),
                Err(error) => format!("no picture could be taken: {error}"),
            };
            Err(error.context(format!("{name} at {}; {seen}", look.name())))
        }
    };
    let closed = stage.browser.close().await.context("closing the browser");
    result.and(closed)
}

/// Tells a journey on a phone and on a laptop.
///
/// # Errors
/// The same as [`journey`].
pub async fn at_both_widths(
    name: &str,
    story: impl AsyncFn(&mut Stage) -> Result<()>,
) -> Result<()> {
    for width in Width::ALL {
        journey(name, Look::plain(width), &story).await?;
    }
    Ok(())
}
