//! `index.html`, as Trunk understands it, turned into the page of a build. Knows the tags;
//! does not know how the files behind them are made.
//!
//! Trunk serves the same page in development, so the page names its parts with `data-trunk` tags,
//! one to a line: `rel="css"`, `rel="copy-dir"` and, once, `rel="rust"`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

/// A page and its tags.
pub(super) struct Page {
    lines: Vec<Line>,
}

enum Line {
    Plain(String),
    Styles { href: String },
    Folder(CopiedFolder),
    Program,
}

/// A folder that is served as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CopiedFolder {
    /// Where it stands in the repository.
    pub(super) from: String,
    /// Where it goes in `dist/`.
    pub(super) to: String,
}

impl Page {
    /// Reads the page.
    ///
    /// # Errors
    /// When a tag is unknown or lacks its address, or when the program's own tag is not there once.
    pub(super) fn read(html: &str) -> Result<Self> {
        let lines = html.lines().map(read_line).collect::<Result<Vec<_>>>()?;
        let programs = lines
            .iter()
            .filter(|line| matches!(line, Line::Program))
            .count();
        ensure!(
            programs == 1,
            "index.html needs one `<link data-trunk rel=\"rust\">`, and has {programs}"
        );
        Ok(Self { lines })
    }

    /// All style sheets, joined in their order.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(super) fn styles(&self, root: &Path) -> Result<String> {
        let mut text = String::new();
        for line in &self.lines {
            if let Line::Styles { href } = line {
                let sheet = fs::read_to_string(root.join(href));
                text += &sheet.with_context(|| format!("could not read {href}"))?;
                text.push('\n');
            }
        }
        Ok(text)
    }

    /// The folders that are served as they are.
    pub(super) fn copied_folders(&self) -> Vec<CopiedFolder> {
        let folder = |line: &Line| match line {
            Line::Folder(folder) => Some(folder.clone()),
            Line::Plain(_) | Line::Styles { .. } | Line::Program => None,
        };
        self.lines.iter().filter_map(folder).collect()
    }

    /// The page of the build whose files stand in `assets/<name>/`, with its styles inside: they are
    /// few, and so the first thing on screen waits for nothing but the page itself. `scripts` are
    /// those of the build's scripts that a browser needs at once.
    pub(super) fn for_build(&self, name: &str, scripts: &[&str], styles: &str) -> String {
        let base = format!("/assets/{name}");
        let mut html = String::new();
        let mut has_styles = false;
        for line in &self.lines {
            match line {
                Line::Plain(text) => html += text,
                Line::Folder(_) => continue,
                Line::Styles { .. } if has_styles => continue,
                Line::Styles { .. } => {
                    has_styles = true;
                    html += &format!("<style>{}</style>", styles.trim());
                }
                Line::Program => html += &start(&base, scripts),
            }
            html.push('\n');
        }
        html
    }
}

/// Fetches script and program at once, then starts the app; says so where that fails.
fn start(base: &str, scripts: &[&str]) -> String {
    let preload =
        |script: &&str| format!("<link rel=\"modulepreload\" href=\"{base}/{script}\">\n");
    let scripts: String = scripts.iter().map(preload).collect();
    format!(
        r#"{scripts}<link rel="preload" href="{base}/app.wasm" as="fetch" type="application/wasm" crossorigin>
<script type="module">
import("{base}/app.js")
  .then((app) => app.default({{ module_or_path: "{base}/app.wasm" }}))
  .then(() => dispatchEvent(new CustomEvent("TrunkApplicationStarted")))
  .catch((error) => {{
    console.error(error);
    const message = document.getElementById("cannot-start");
    if (message) message.hidden = false;
  }});
</script>"#
    )
}

fn read_line(line: &str) -> Result<Line> {
    if !line.contains("data-trunk") {
        return Ok(Line::Plain(line.to_owned()));
    }
    let href = || {
        attribute(line, "href")
            .map(|href| href.trim_start_matches(['.', '/']).to_owned())
            .with_context(|| format!("no address in `{}`", line.trim()))
    };
    match attribute(line, "rel") {
        Some("rust") => Ok(Line::Program),
        Some("css") => Ok(Line::Styles { href: href()? }),
        Some("copy-dir") => {
            let from = href()?;
            let to = attribute(line, "data-target-path").unwrap_or(&from);
            let to = to.trim_matches(['.', '/']).to_owned();
            Ok(Line::Folder(CopiedFolder { from, to }))
        }
        other => bail!(
            "index.html has a tag that the release build does not know ({}): `{}`",
            other.unwrap_or("no rel"),
            line.trim()
        ),
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html>
<link data-trunk rel="css" href="style/tokens.css">
<link data-trunk rel="css" href="style/base.css">
<link data-trunk rel="copy-dir" href="public" data-target-path="/">
<link data-trunk rel="rust" data-wasm-opt="0">
<p>Static</p>
"#;

    #[test]
    fn tags_become_links_to_one_build() {
        let page = Page::read(PAGE).unwrap();
        let html = page.for_build("abc", &["app.js", "more.js"], "p{color:red}\n");
        assert_eq!(html.matches("<style>p{color:red}</style>").count(), 1);
        assert!(html.contains(r#"<link rel="modulepreload" href="/assets/abc/app.js">"#));
        assert!(html.contains(r#"<link rel="modulepreload" href="/assets/abc/more.js">"#));
        assert!(html.contains(r#"module_or_path: "/assets/abc/app.wasm""#));
        assert!(html.contains("<p>Static</p>"));
        assert!(!html.contains("data-trunk"));
        assert_eq!(
            page.copied_folders(),
            [CopiedFolder {
                from: "public".into(),
                to: String::new()
            }]
        );
    }

    #[test]
    fn a_tag_that_is_not_understood_stops_the_build() {
        let refused = |page: &str| Page::read(page).err().unwrap().to_string();
        assert!(refused("<p>nothing</p>").contains("has 0"));
        let unknown = PAGE.replace("copy-dir", "inline");
        assert!(refused(&unknown).contains("does not know (inline)"));
        let without_address = PAGE.replace(" href=\"style/base.css\"", "");
        assert!(refused(&without_address).contains("no address"));
    }
}
