//! A browser with a screen, a language and a colour scheme. Knows WebDriver; does not know the
//! product.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use base64::Engine;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, WebDriver};
use tokio::process::{Child, Command};
use tokio::time::sleep;

use crate::process::{free_port, told};

/// How long the driver may take until it answers.
const PATIENCE: Duration = Duration::from_secs(20);

/// The contrast (WCAG 2) of what is typed in a field against what is painted below it: a shadow that
/// fills the field, as long as there is one, else its background.
const CONTRAST: &str = "
    const field = document.querySelector('SELECTOR');
    if (!field.matches(':autofill')) return 'not shown as filled in';
    const style = getComputedStyle(field);
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    const shadow = style.boxShadow.includes('inset') && style.boxShadow.match(/^[a-z]+\\([^)]*\\)/);
    const ground = shadow ? shadow[0] : style.backgroundColor;
    const luminance = (colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
        }
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
            const share = part / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const page = getComputedStyle(document.body).backgroundColor;
    const below = luminance([page, ground]);
    const text = luminance([page, ground, style.webkitTextFillColor]);
    return (Math.max(below, text) + 0.05) / (Math.min(below, text) + 0.05);";

/// How wide the screen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// What is left of a laptop's screen at four times its size, 320 px (WCAG 2.2, 1.4.10).
    Narrowest,
    /// A small phone, 360 px.
    Phone,
    /// A laptop, 1280 px.
    Desktop,
}

impl Width {
    /// The two that every journey is told at, the phone first.
    pub const ALL: [Self; 2] = [Self::Phone, Self::Desktop];

    /// Width and height in CSS pixels.
    const fn size(self) -> (u32, u32) {
        match self {
            Self::Narrowest => (320, 640),
            Self::Phone => (360, 740),
            Self::Desktop => (1280, 800),
        }
    }

    /// The width in CSS pixels.
    #[must_use]
    pub const fn pixels(self) -> u32 {
        self.size().0
    }
}

/// Which colours the person's system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// As CSS and file names spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Which languages the person's browser asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English only.
    English,
    /// Chinese, spelled with its script and without a country's name alone (V-45).
    Chinese,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Chinese, Self::English];

    /// The browser's list, most wanted first.
    const fn list(self) -> &'static str {
        match self {
            Self::English => "en-US,en",
            Self::Chinese => "zh-Hans-CN,zh-Hans,en-US",
        }
    }

    /// How file names spell it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }
}

/// How a person sees the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How wide the screen is.
    pub width: Width,
    /// Which colours the system prefers.
    pub scheme: Scheme,
    /// Which languages the browser asks for.
    pub language: Language,
}

impl Look {
    /// Light and English.
    #[must_use]
    pub const fn plain(width: Width) -> Self {
        Self {
            width,
            scheme: Scheme::Light,
            language: Language::English,
        }
    }

    /// A short name for messages and files.
    #[must_use]
    pub fn name(&self) -> String {
        format!(
            "{}-{}-{}",
            self.width.pixels(),
            self.scheme.name(),
            self.language.name()
        )
    }
}

/// A browser of its own, with an empty profile.
pub struct Browser {
    driver: WebDriver,
    // Ends with this value; the profile's folder goes with it.
    _chromedriver: Child,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser that looks like this.
    ///
    /// # Errors
    /// When it or its driver cannot be started.
    pub async fn start(look: Look) -> Result<Self> {
        let profile = TempDir::new()?;
        let port = free_port()?;
        let chromedriver = Command::new(told("E2E_CHROMEDRIVER")?)
            .arg(format!("--port={port}"))
            .arg("--log-level=WARNING")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("could not start the browser's driver")?;
        let driver = connect(port, capabilities(look, profile.path())?).await?;
        let browser = Self {
            driver,
            _chromedriver: chromedriver,
            _profile: profile,
        };
        browser.resize(look.width).await?;
        browser.prefer(look.scheme).await?;
        Ok(browser)
    }

    /// The session, for what has no word of its own here.
    #[must_use]
    pub const fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Makes the screen as wide as this.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn resize(&self, width: Width) -> Result<()> {
        let (pixels, height) = width.size();
        let metrics = json!({
            "width": pixels, "height": height, "deviceScaleFactor": 1,
            "mobile": width != Width::Desktop,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await
            .map(drop)
    }

    /// Lets the system prefer these colours.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn prefer(&self, scheme: Scheme) -> Result<()> {
        let features = json!({
            // Nothing moves while it is looked at.
            "features": [
                { "name": "prefers-color-scheme", "value": scheme.name() },
                { "name": "prefers-reduced-motion", "value": "reduce" },
            ],
        });
        self.devtools("Emulation.setEmulatedMedia", features)
            .await
            .map(drop)
    }

    /// Runs a script's body in the page and answers what it returns.
    ///
    /// # Errors
    /// When the script throws.
    pub async fn evaluate(&self, script: &str) -> Result<Value> {
        let answer = self.driver.execute(script, Vec::new()).await?;
        Ok(answer.json().clone())
    }

    /// Takes a picture of the whole page, also of what is below the screen's edge.
    ///
    /// # Errors
    /// When the browser refuses or the file cannot be written.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        let wish = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.devtools("Page.captureScreenshot", wish).await?;
        let data = answer.get("data").and_then(Value::as_str);
        let data = data.context("a picture")?;
        let bytes = base64::engine::general_purpose::STANDARD.decode(data)?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, bytes).with_context(|| format!("could not write {}", file.display()))
    }

    /// Lets nothing through whose address fits the pattern.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn block(&self, pattern: &str) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        self.devtools("Network.setBlockedURLs", json!({ "urls": [pattern] }))
            .await
            .map(drop)
    }

    /// The contrast between text and ground of a field that the browser has filled in.
    ///
    /// # Errors
    /// When there is no such field, or the browser does not show it as filled in.
    pub async fn contrast_when_filled_in(&self, selector: &str) -> Result<f64> {
        for domain in ["DOM.enable", "CSS.enable"] {
            self.devtools(domain, json!({})).await?;
        }
        let document = self.devtools("DOM.getDocument", json!({})).await?;
        let root = document.pointer("/root/nodeId");
        let wish = json!({ "nodeId": root, "selector": selector });
        let node = self.devtools("DOM.querySelector", wish).await?;
        let state = json!({ "nodeId": node.get("nodeId"), "forcedPseudoClasses": ["autofill"] });
        self.devtools("CSS.forcePseudoState", state).await?;
        let script = CONTRAST.replace("SELECTOR", selector);
        let contrast = self.evaluate(&script).await?;
        contrast
            .as_f64()
            .with_context(|| format!("{selector}: {contrast}"))
    }

    /// Sends a command of Chromium's own protocol.
    pub(crate) async fn devtools(&self, name: &str, parameters: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(name, parameters).await?)
    }

    /// Closes the browser.
    ///
    /// # Errors
    /// When the driver does not answer.
    pub async fn close(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }
}

async fn connect(port: u16, capabilities: Capabilities) -> Result<WebDriver> {
    let address = format!("http://127.0.0.1:{port}");
    let begun = Instant::now();
    loop {
        match WebDriver::new(&address, capabilities.clone()).await {
            Ok(driver) => return Ok(driver),
            Err(error) if begun.elapsed() > PATIENCE => {
                bail!("the browser did not start: {error}")
            }
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

fn capabilities(look: Look, profile: &Path) -> Result<Capabilities> {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
    ];
    let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.push(format!("--accept-lang={}", look.language.list()));
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "chrome")?;
    capabilities.set("goog:loggingPrefs", json!({ "browser": "ALL" }))?;
    let options = json!({
        "binary": told("E2E_CHROMIUM")?,
        "args": arguments,
        "prefs": { "intl.accept_languages": look.language.list() },
    });
    capabilities.set("goog:chromeOptions", options)?;
    Ok(capabilities)
}
