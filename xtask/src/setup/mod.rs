//! Set-up: what a fresh machine lacks is installed once and kept for every later clone.
//! Knows the tools; does not know what they are used for.

mod apt;
mod cache;
mod database;
mod node;
mod tools;
mod wasm;
mod web_driver;

pub(crate) use apt::is_root;
pub(crate) use database::{PostgresPrograms, postgres};
pub(crate) use node::{axe_core, binaryen, node, npm_program, oidc_server};
pub(crate) use tools::{trunk, wasm_bindgen, wasm_split};
pub(crate) use wasm::{WasmCargo, wasm_cargo};
pub(crate) use web_driver::{WebDriverPrograms, web_driver};

use anyhow::Result;

use crate::console::{note, step};

/// Installs everything that any command needs, so that the later ones find it there.
///
/// # Errors
/// When something is missing and cannot be installed; the message says what to do.
pub(crate) fn everything() -> Result<()> {
    step("Setting up", || {
        note(&format!("WebAssembly toolchain: {}", wasm_cargo()?.name()));
        let tools = [
            ("wasm-split", wasm_split()?),
            ("wasm-bindgen", wasm_bindgen()?),
            ("binaryen", binaryen()?),
            ("esbuild", npm_program("esbuild", "esbuild")?),
            ("axe-core", axe_core()?),
            ("OpenID Connect server", oidc_server()?),
        ];
        for (name, place) in tools {
            note(&format!("{name}: {}", place.display()));
        }
        let browser = web_driver()?;
        note(&format!("browser: {}", browser.chromium.display()));
        note(&format!("PostgreSQL: {}", postgres()?.folder().display()));
        Ok(())
    })
}
