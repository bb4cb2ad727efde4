//! The development build of the browser app, laid out as `dist/` is: what the journeys walk through
//! while somebody works on a page. Knows Cargo and wasm-bindgen; does not know how a release is packed.
//!
//! Nothing is split, shrunk or compressed, so after a small change it is there in seconds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::index_html::Page;
use super::{copy_folder, empty, hex, read};
use crate::console::{note, step};
use crate::setup::{WasmCargo, wasm_bindgen, wasm_cargo};
use crate::{process, workspace};

/// Builds `target/browser/quick/`, unless it is what the sources say already, and answers where it is.
///
/// # Errors
/// When a tool is missing or fails.
pub(crate) fn build_quick() -> Result<PathBuf> {
    let cargo = wasm_cargo()?;
    let bindgen = wasm_bindgen()?.join("wasm-bindgen");
    let program = step("Compiling the browser app for development", || {
        compile(&cargo)
    })?;
    let place = workspace::browser_target().join("quick");
    let stamp = stamp(workspace::root(), &program)?;
    let stamp_file = workspace::browser_target().join("quick.stamp");
    if is_current(&place, &stamp_file, &stamp) {
        note("target/browser/quick/ is up to date");
        return Ok(place);
    }
    step("Laying it out in target/browser/quick/", || {
        lay_out(&program, &bindgen, &stamp, &place)
    })?;
    fs::write(stamp_file, stamp).context("could not note what was laid out")?;
    Ok(place)
}

/// The same units as the tests in the browser are made of: asking for (no) examples counts the
/// dependencies of tests in, which give `web-sys` more features and so everything above it.
fn compile(cargo: &WasmCargo) -> Result<PathBuf> {
    let mut command = cargo.command("build", &[]);
    command
        .args(["--package", "account-center", "--features", "parity"])
        .args(["--bin", "account-center", "--examples"]);
    process::run(&mut command)?;
    Ok(workspace::browser_target()
        .join("wasm32-unknown-unknown/debug")
        .join("account-center.wasm"))
}

/// What the files are made from, as one hash. The program counts with the moment it was written, since
/// reading it whole would take longer than anything else here.
fn stamp(root: &Path, program: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    let written = fs::metadata(program)
        .and_then(|data| data.modified())
        .with_context(|| format!("could not look at {}", program.display()))?;
    let written = written.duration_since(UNIX_EPOCH).unwrap_or_default();
    hash.update(written.as_nanos().to_le_bytes());
    let mut files = vec![root.join("index.html")];
    for folder in ["style", "public", "xtask/src/browser"] {
        files.extend(workspace::files_below(&root.join(folder)));
    }
    for file in files {
        hash.update(file.to_string_lossy().as_bytes());
        hash.update(read(&file)?);
    }
    Ok(hex(&hash.finalize()).chars().take(16).collect())
}

fn is_current(place: &Path, stamp_file: &Path, stamp: &str) -> bool {
    let is_same = fs::read_to_string(stamp_file).is_ok_and(|old| old == stamp);
    is_same && place.join("index.html").is_file()
}

fn lay_out(program: &Path, bindgen: &Path, name: &str, place: &Path) -> Result<()> {
    let root = workspace::root();
    let page = Page::read(&fs::read_to_string(root.join("index.html")).context("index.html")?)?;
    empty(place)?;
    let assets = place.join("assets").join(name);
    process::output(
        Command::new(bindgen)
            .args(["--target", "web", "--no-typescript"])
            .args(["--out-name", "app", "--out-dir"])
            .arg(&assets)
            .arg(program),
    )?;
    fs::rename(assets.join("app_bg.wasm"), assets.join("app.wasm"))?;
    finish(root, &page, name, place)
}

/// What is served beside the program; the page comes last, since it says that all is there.
fn finish(root: &Path, page: &Page, name: &str, place: &Path) -> Result<()> {
    for copied in page.copied_folders() {
        copy_folder(&root.join(&copied.from), &place.join(&copied.to))?;
    }
    let html = page.for_build(name, &["app.js"], &page.styles(root)?);
    fs::write(place.join("index.html"), html).context("could not write the page")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder that looks like the repository, as far as this looks at it.
    fn repository() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("program.wasm", "program"),
            (
                "index.html",
                "<link data-trunk rel=\"css\" href=\"style/a.css\">\n\
                 <link data-trunk rel=\"copy-dir\" href=\"public\" data-target-path=\"/\">\n\
                 <link data-trunk rel=\"rust\">\n",
            ),
            ("style/a.css", "p{color:red}"),
            ("public/robots.txt", "all"),
        ] {
            let file = root.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        root
    }

    #[test]
    fn a_changed_style_or_a_new_program_is_laid_out_again_and_nothing_else_is() {
        let root = repository();
        let program = root.path().join("program.wasm");
        let stamp = || stamp(root.path(), &program).unwrap();
        let first = stamp();
        assert_eq!(first, stamp());
        fs::write(root.path().join("style/a.css"), "p{color:blue}").unwrap();
        let second = stamp();
        assert_ne!(first, second);
        let file = fs::File::options().write(true).open(&program).unwrap();
        file.set_modified(UNIX_EPOCH).unwrap();
        assert_ne!(second, stamp());

        let (place, noted) = (root.path().join("quick"), root.path().join("stamp"));
        fs::write(&noted, &second).unwrap();
        assert!(!is_current(&place, &noted, &second), "nothing is there");
        fs::create_dir(&place).unwrap();
        fs::write(place.join("index.html"), "").unwrap();
        assert!(is_current(&place, &noted, &second));
        assert!(!is_current(&place, &noted, &first));
    }

    #[test]
    fn the_page_names_only_what_is_there() {
        let root = repository();
        let page = fs::read_to_string(root.path().join("index.html")).unwrap();
        let page = Page::read(&page).unwrap();
        let place = root.path().join("quick");
        fs::create_dir(&place).unwrap();
        finish(root.path(), &page, "abc", &place).unwrap();
        assert_eq!(fs::read_to_string(place.join("robots.txt")).unwrap(), "all");
        let html = fs::read_to_string(place.join("index.html")).unwrap();
        assert!(html.contains("<style>p{color:red}</style>"));
        assert!(html.contains("/assets/abc/app.wasm"));
        assert!(!html.contains("__wasm_split"), "nothing is split: {html}");
    }
}
