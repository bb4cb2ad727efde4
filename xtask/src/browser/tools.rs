//! The programs between Cargo's output and what a browser loads. Knows their command lines; does not
//! know where the result goes.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{process, setup};

/// Asked of every program that is going to be served: does a browser's engine take it?
const VALIDATE: &str = "const bytes = require('fs').readFileSync(process.argv[1]);\
    if (!WebAssembly.validate(bytes)) { console.error('not valid WebAssembly'); process.exit(1); }";

/// The programs, all of them installed.
pub(super) struct Tools {
    wasm_bindgen: PathBuf,
    wasm_opt: PathBuf,
    esbuild: PathBuf,
    node: PathBuf,
}

/// Where they stand, versions included.
impl fmt::Display for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for program in [&self.wasm_bindgen, &self.wasm_opt, &self.esbuild] {
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
            wasm_bindgen: setup::wasm_bindgen()?.join("wasm-bindgen"),
            wasm_opt: setup::npm_program("binaryen", "wasm-opt")?,
            esbuild: setup::npm_program("esbuild", "esbuild")?,
            node: setup::node()?,
        })
    }

    /// Makes `app.js` and `app.wasm`, both as small as they get, from Cargo's output.
    ///
    /// # Errors
    /// When a tool fails.
    pub(super) fn bind(&self, program: &Path, folder: &Path) -> Result<()> {
        let bound = folder.with_file_name("bound");
        fs::create_dir_all(folder)?;
        process::output(
            Command::new(&self.wasm_bindgen)
                .args(["--target", "web", "--no-typescript", "--out-name", "app"])
                .arg("--out-dir")
                .arg(&bound)
                .arg(program),
        )?;
        // No feature flags: the module says itself what it needs, and more is more than some
        // browsers take.
        process::output(
            Command::new(&self.wasm_opt)
                .arg("-Oz")
                .arg(bound.join("app_bg.wasm"))
                .arg("-o")
                .arg(folder.join("app.wasm")),
        )?;
        self.minify(&bound.join("app.js"), &folder.join("app.js"))?;
        let snippets = bound.join("snippets");
        if snippets.is_dir() {
            fs::rename(snippets, folder.join("snippets"))?;
        }
        fs::remove_dir_all(&bound).context("could not remove what was bound")
    }

    /// Makes `app.css` from all style sheets in their order.
    ///
    /// # Errors
    /// When a sheet cannot be read as CSS.
    pub(super) fn styles(&self, text: &str, folder: &Path) -> Result<()> {
        let whole = folder.with_file_name("whole.css");
        fs::write(&whole, text)?;
        self.minify(&whole, &folder.join("app.css"))?;
        fs::remove_file(&whole).context("could not remove the joined styles")
    }

    /// Makes sure that an engine takes the program.
    ///
    /// # Errors
    /// When it does not.
    pub(super) fn validate(&self, program: &Path) -> Result<()> {
        let mut command = Command::new(&self.node);
        command.arg("-e").arg(VALIDATE).arg(program);
        process::output(&mut command)
            .map(drop)
            .context("a browser would refuse the program")
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
