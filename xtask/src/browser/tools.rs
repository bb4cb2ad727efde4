//! The programs between Cargo's output and what a browser loads. Knows their command lines; does not
//! know where the result goes.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{parts, shrink};
use crate::{process, setup, workspace};

/// What the compiler is told beside the profile.
pub(super) const RUSTFLAGS: [&str; 2] = [
    // What the linker must keep, so that the program can be split.
    "-Clink-args=--emit-relocs",
    // Leptos then forgets the type of every view at its borders: 3 kB less for each area.
    "--cfg=erase_components",
];

/// The programs, all of them installed.
pub(super) struct Tools {
    wasm_split: PathBuf,
    wasm_bindgen: PathBuf,
    binaryen: PathBuf,
    esbuild: PathBuf,
    node: PathBuf,
}

/// Where they stand, versions included.
impl fmt::Display for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let split = [&self.wasm_split, &self.wasm_bindgen];
        for program in split.into_iter().chain([&self.binaryen, &self.esbuild]) {
            writeln!(f, "{}", program.display())?;
        }
        Ok(())
    }
}

impl Tools {
    /// Installs what is missing.
    ///
    /// # Errors
    /// When something cannot be installed.
    pub(super) fn ready() -> Result<Self> {
        Ok(Self {
            wasm_split: setup::wasm_split()?,
            wasm_bindgen: setup::wasm_bindgen()?.join("wasm-bindgen"),
            binaryen: setup::binaryen()?,
            esbuild: setup::npm_program("esbuild", "esbuild")?,
            node: setup::node()?,
        })
    }

    /// Makes `app.js` and `app.wasm` from Cargo's output, and beside them a program for each area,
    /// which is loaded when somebody first goes there; all of them as small as they get.
    ///
    /// # Errors
    /// When a tool fails, or when a browser would refuse a program.
    pub(super) fn bind(&self, program: &Path, folder: &Path) -> Result<()> {
        let (split, bound) = (
            folder.with_file_name("split"),
            folder.with_file_name("bound"),
        );
        fs::create_dir_all(folder)?;
        process::output(
            Command::new(&self.wasm_split)
                .args(["--out-name", "app"])
                .arg(program)
                .arg(&split),
        )?;
        process::output(
            Command::new(&self.wasm_bindgen)
                .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
                .args(["--out-name", "app", "--out-dir"])
                .arg(&bound)
                .arg(split.join("app.wasm")),
        )?;
        let mut programs = vec![(bound.join("app_bg.wasm"), folder.join("app.wasm"))];
        self.minify(&bound.join("app.js"), &folder.join("app.js"))?;
        for part in workspace::files_below(&split) {
            let name = part.file_name().unwrap_or_default();
            match part.extension().and_then(|extension| extension.to_str()) {
                Some("wasm") if name != "app.wasm" => {
                    let small = folder.join(name);
                    programs.push((part, small));
                }
                // Read again: it says which area needs which part.
                Some("js") => drop(fs::copy(&part, folder.join(name))?),
                _ => {}
            }
        }
        shrink::all(&self.node, &self.binaryen, programs)?;
        parts::join(folder)?;
        self.minify_in_place(&folder.join(parts::LOADER))?;
        let snippets = bound.join("snippets");
        if snippets.is_dir() {
            fs::rename(snippets, folder.join("snippets"))?;
        }
        fs::remove_dir_all(&split)?;
        fs::remove_dir_all(&bound).context("could not remove what was bound")
    }

    /// All style sheets in their order, as small as they get.
    ///
    /// # Errors
    /// When a sheet cannot be read as CSS.
    pub(super) fn styles(&self, text: &str, folder: &Path) -> Result<String> {
        let (whole, small) = (folder.join("whole.css"), folder.join("small.css"));
        fs::write(&whole, text)?;
        self.minify(&whole, &small)?;
        let styles = fs::read_to_string(&small)?;
        fs::remove_file(&whole)?;
        fs::remove_file(&small).context("could not remove the joined styles")?;
        Ok(styles)
    }

    fn minify_in_place(&self, file: &Path) -> Result<()> {
        let whole = file.with_extension("whole.js");
        fs::rename(file, &whole)?;
        self.minify(&whole, file)?;
        fs::remove_file(whole).context("could not remove what was minified")
    }

    fn minify(&self, from: &Path, to: &Path) -> Result<()> {
        let mut command = Command::new(&self.esbuild);
        command
            .arg(from)
            .args(["--minify", "--log-level=error"])
            .arg(format!("--outfile={}", to.display()));
        process::output(&mut command).map(drop)
    }
}
