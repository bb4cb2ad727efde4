//! A person at the browser, who finds things by what they are and what they are called, as a screen
//! reader says it. Knows roles and names; must not know ids, classes or the order of elements.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Result, bail, ensure};
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::{By, RequestData, SessionId, WebDriver, WebElement};
use tokio::time::sleep;

pub use thirtyfour::Key;

use crate::browser::Browser;

/// How long a person waits for something to appear.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many times a person presses Tab before giving up.
const TABS: usize = 60;

/// What a thing on a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Something that does something here.
    Button,
    /// Something that leads elsewhere.
    Link,
    /// A place to type.
    Textbox,
    /// A heading of any level.
    Heading,
    /// A message that interrupts.
    Alert,
    /// A message that waits until the reader is free.
    Status,
    /// A box to tick.
    Checkbox,
    /// One of several to choose.
    Radio,
    /// A list to choose from.
    Combobox,
    /// A group of links.
    Navigation,
    /// The page's own part.
    Main,
}

impl Role {
    /// What may have the role; the browser then says what has.
    const fn candidates(self) -> &'static str {
        match self {
            Self::Button => "button, summary, input[type=submit], [role=button]",
            Self::Link => "a[href]",
            Self::Textbox => "input, textarea",
            Self::Heading => "h1, h2, h3, h4, h5, h6",
            Self::Alert => "[role=alert]",
            Self::Status => "[role=status], output",
            Self::Checkbox => "input[type=checkbox]",
            Self::Radio => "input[type=radio]",
            Self::Combobox => "select, [role=combobox]",
            Self::Navigation => "nav",
            Self::Main => "main",
        }
    }

    /// As the browser's accessibility tree spells it.
    fn is(self, computed: &str) -> bool {
        match self {
            Self::Button => matches!(computed, "button" | "DisclosureTriangle"),
            Self::Link => computed == "link",
            Self::Textbox => matches!(computed, "textbox" | "searchbox"),
            Self::Heading => computed == "heading",
            Self::Alert => computed == "alert",
            Self::Status => computed == "status",
            Self::Checkbox => computed == "checkbox",
            Self::Radio => computed == "radio",
            Self::Combobox => computed == "combobox",
            Self::Navigation => computed == "navigation",
            Self::Main => computed == "main",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{self:?}").to_lowercase())
    }
}

/// Somebody who uses the product through a browser.
pub struct Person<'a> {
    driver: &'a WebDriver,
}

impl<'a> Person<'a> {
    pub(crate) const fn new(driver: &'a WebDriver) -> Self {
        Self { driver }
    }

    /// Whoever sits at another browser.
    #[must_use]
    pub const fn at(browser: &'a Browser) -> Self {
        Self::new(browser.driver())
    }

    /// Looks for a thing until it is there.
    ///
    /// # Errors
    /// When it does not appear in time; the message lists what is there instead.
    pub async fn finds(&self, role: Role, name: &str) -> Result<WebElement> {
        self.finds_where(role, name, |seen| seen == name).await
    }

    /// Looks for a thing of which only the beginning of its name is known.
    ///
    /// # Errors
    /// When it does not appear in time; the message lists what is there instead.
    pub async fn finds_beginning(&self, role: Role, name: &str) -> Result<WebElement> {
        self.finds_where(role, name, |seen| seen.starts_with(name))
            .await
    }

    async fn finds_where(
        &self,
        role: Role,
        name: &str,
        fits: impl Fn(&str) -> bool,
    ) -> Result<WebElement> {
        let begun = Instant::now();
        loop {
            let seen = self.all(role).await.unwrap_or_default();
            let names: Vec<String> = seen.iter().map(|(name, _)| name.clone()).collect();
            if let Some((_, element)) = seen.into_iter().find(|(seen, _)| fits(seen)) {
                return Ok(element);
            }
            if begun.elapsed() > PATIENCE {
                bail!("there is no {role} called “{name}”, only {names:?}");
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Makes sure that a thing is there.
    ///
    /// # Errors
    /// When it does not appear in time.
    pub async fn sees(&self, role: Role, name: &str) -> Result<()> {
        self.finds(role, name).await.map(drop)
    }

    /// Waits until some page has a heading of its own, which is when the app has started.
    ///
    /// # Errors
    /// When none appears in time.
    pub async fn sees_a_page(&self) -> Result<()> {
        let has_heading = async || Ok(!self.all(Role::Heading).await?.is_empty());
        ensure!(waits(has_heading).await?, "no page has appeared");
        Ok(())
    }

    /// Waits until nothing on the page is busy any more.
    ///
    /// # Errors
    /// When something stays busy.
    pub async fn sees_no_waiting(&self) -> Result<()> {
        let idle = async || {
            let busy = By::Css("[aria-busy=true]");
            Ok(self.driver.find_all(busy).await?.is_empty())
        };
        ensure!(waits(idle).await?, "something stays busy");
        Ok(())
    }

    /// Waits until the page shows a text somewhere.
    ///
    /// # Errors
    /// When it does not appear in time.
    pub async fn reads(&self, text: &str) -> Result<()> {
        let mut last = String::new();
        let found = waits(async || {
            last = self.text().await?;
            Ok(last.contains(text))
        });
        if found.await? {
            return Ok(());
        }
        bail!("the page does not say “{text}”; it says:\n{last}")
    }

    /// Everything that the page shows.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn text(&self) -> Result<String> {
        let script = "return document.body.innerText";
        let answer = self.driver.execute(script, Vec::new()).await?;
        Ok(answer.convert()?)
    }

    /// Clicks or touches a thing.
    ///
    /// # Errors
    /// When it does not appear in time or something covers it.
    pub async fn clicks(&self, role: Role, name: &str) -> Result<()> {
        Ok(self.finds(role, name).await?.click().await?)
    }

    /// Presses Tab until a thing has the focus.
    ///
    /// # Errors
    /// When the keyboard does not lead there.
    pub async fn tabs_to(&self, role: Role, name: &str) -> Result<()> {
        self.sees(role, name).await?;
        let mut passed = Vec::new();
        for _ in 0..TABS {
            let (focused_role, focused_name) = self.focus().await?;
            if role.is(&focused_role) && focused_name == name {
                return Ok(());
            }
            passed.push(format!("{focused_role} “{focused_name}”"));
            self.presses(Key::Tab).await?;
        }
        bail!("Tab does not lead to the {role} “{name}”, only to {passed:?}")
    }

    /// Types a text into what has the focus.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn types(&self, text: &str) -> Result<()> {
        let chain = self.driver.action_chain().send_keys(text);
        Ok(chain.perform().await?)
    }

    /// Types a text over whatever stands in what has the focus.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn types_over(&self, text: &str) -> Result<()> {
        let chain = self.driver.action_chain();
        let chain = chain
            .key_down(Key::Control)
            .send_keys("a")
            .key_up(Key::Control);
        chain.send_keys(text).perform().await?;
        Ok(())
    }

    /// Presses one key.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn presses(&self, key: impl Into<char> + Clone) -> Result<()> {
        let chain = self.driver.action_chain();
        Ok(chain.key_down(key.clone()).key_up(key).perform().await?)
    }

    /// Role and name of what has the focus.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn focus(&self) -> Result<(String, String)> {
        let element = self.driver.active_element().await?;
        self.describe(&element).await
    }

    /// Waits until a thing has the focus.
    ///
    /// # Errors
    /// When something else keeps it.
    pub async fn is_at(&self, role: Role, name: &str) -> Result<()> {
        let mut last = (String::new(), String::new());
        let arrived = waits(async || {
            last = self.focus().await?;
            Ok(role.is(&last.0) && last.1 == name)
        });
        if arrived.await? {
            return Ok(());
        }
        bail!("the focus is not on the {role} “{name}” but on {last:?}")
    }

    /// Waits until the browser's tab is called so.
    ///
    /// # Errors
    /// When it keeps another name.
    pub async fn is_on_tab(&self, title: &str) -> Result<()> {
        let mut last = String::new();
        let arrived = waits(async || {
            last = self.driver.title().await?;
            Ok(last == title)
        });
        if arrived.await? {
            return Ok(());
        }
        bail!("the tab is not called “{title}” but “{last}”")
    }

    /// Goes back to the page before.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn goes_back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn reloads(&self) -> Result<()> {
        Ok(self.driver.refresh().await?)
    }

    /// Everything of a role that can be seen, with its name.
    async fn all(&self, role: Role) -> Result<Vec<(String, WebElement)>> {
        let script = "return [...document.querySelectorAll(arguments[0])]
            .filter((element) => element.checkVisibility({ visibilityProperty: true }));";
        let candidates = vec![role.candidates().into()];
        let candidates = self.driver.execute(script, candidates).await?;
        let mut found = Vec::new();
        for element in candidates.elements()? {
            let (computed, name) = self.describe(&element).await?;
            if role.is(&computed) {
                found.push((name, element));
            }
        }
        Ok(found)
    }

    async fn describe(&self, element: &WebElement) -> Result<(String, String)> {
        let ask = async |what| {
            let question = Computed {
                element: element.element_id().to_string(),
                what,
            };
            let answer: Option<String> = self.driver.cmd(question).await?.value()?;
            anyhow::Ok(answer.unwrap_or_default().trim().to_owned())
        };
        Ok((ask("computedrole").await?, ask("computedlabel").await?))
    }
}

/// Asks again and again until the answer is yes, or for as long as a person waits.
pub(crate) async fn waits(mut question: impl AsyncFnMut() -> Result<bool>) -> Result<bool> {
    let begun = Instant::now();
    loop {
        // While a page is going away the browser may not answer; that is a no.
        if question().await.unwrap_or(false) {
            return Ok(true);
        }
        if begun.elapsed() > PATIENCE {
            return question().await;
        }
        sleep(Duration::from_millis(50)).await;
    }
}

/// WebDriver's question for what an element is or is called.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl FormatRequestData for Computed {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let path = format!("session/{session}/element/{}/{}", self.element, self.what);
        RequestData::new(http::Method::GET, path)
    }
}
