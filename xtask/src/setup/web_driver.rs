//! A browser that a program can drive, and fonts for both languages. Knows Chromium; does not know
//! what is looked at.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::apt;
use crate::process;

/// A browser and the program that drives it.
pub(crate) struct WebDriverPrograms {
    /// The browser.
    pub(crate) chromium: PathBuf,
    /// What speaks WebDriver to it.
    pub(crate) chromedriver: PathBuf,
}

/// Finds Chromium with its driver and a Chinese font, and installs what is missing.
///
/// # Errors
/// When they are missing and cannot be installed.
pub(crate) fn web_driver() -> Result<WebDriverPrograms> {
    let mut missing = Vec::new();
    if browser().is_none() {
        missing.push("chromium");
    }
    if process::find("chromedriver").is_none() {
        missing.push("chromium-driver");
    }
    if !has_chinese_font() {
        missing.extend(["fontconfig", "fonts-noto-cjk"]);
    }
    if !missing.is_empty() {
        apt::install(&missing)?;
    }
    Ok(WebDriverPrograms {
        chromium: browser().context("please install Chromium: it is not on the path")?,
        chromedriver: process::find("chromedriver")
            .context("please install ChromeDriver: `chromedriver` is not on the path")?,
    })
}

fn browser() -> Option<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(process::find)
}

fn has_chinese_font() -> bool {
    process::output(Command::new("fc-list").arg(":lang=zh-cn"))
        .is_ok_and(|fonts| !fonts.trim().is_empty())
}
