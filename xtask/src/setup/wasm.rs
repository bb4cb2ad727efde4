//! A Rust toolchain that builds for the browser. Knows rustup and Debian; does not know what is
//! built.
//!
//! `rustup target add` is tried first. Where it cannot fetch, Debian has a second toolchain with
//! the source of std, from which std is built once. It goes into the cache folder, as a sysroot
//! of its own, instead of below `/usr/lib/rustlib`: no root is needed, and a newer package cannot
//! mix with it, since the folder's name carries the compiler's version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{apt, cache};
use crate::console::{note, step};
use crate::{process, workspace};

/// What the browser understands.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LINKER: &str = "wasm-ld-22";
const DEBIAN_STD_SOURCE: &str = "/usr/lib/rustlib/src/rust/library/std";

/// Variables of the surrounding `cargo run` that would mislead another toolchain's cargo.
const FOREIGN: [&str; 6] = [
    "CARGO",
    "LD_LIBRARY_PATH",
    "RUSTUP_TOOLCHAIN",
    "RUSTC",
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
];

/// A cargo that builds for the browser.
pub(crate) struct WasmCargo {
    kind: Kind,
}

enum Kind {
    /// The toolchain of this very command has the target.
    Own,
    /// Debian's, with the std that stands in this folder.
    Debian { sysroot: PathBuf },
}

impl WasmCargo {
    /// The toolchain's name, for a line on the screen.
    pub(crate) const fn name(&self) -> &'static str {
        match self.kind {
            Kind::Own => "this machine's Rust",
            Kind::Debian { .. } => "Debian's Rust, with std from the cache",
        }
    }

    /// A cargo command that builds for the browser into its own target folder.
    pub(crate) fn command(&self, subcommand: &str, rustflags: &[&str]) -> Command {
        let mut flags: Vec<String> = rustflags.iter().map(ToString::to_string).collect();
        let mut command = match &self.kind {
            Kind::Own => workspace::cargo(),
            Kind::Debian { sysroot } => {
                flags.push(format!("--sysroot={}", sysroot.display()));
                let mut command = debian_cargo(workspace::root());
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
                command
            }
        };
        command
            .arg(subcommand)
            .args(["--target", TARGET])
            .env("CARGO_TARGET_DIR", workspace::browser_target());
        if !flags.is_empty() {
            command.env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                flags.join(" "),
            );
        }
        command
    }
}

/// What makes a panic stop the program at once. No message is worded, and all the code that words
/// messages stays behind, which is a tenth of the app; the page notices the trap and says so.
const NO_MESSAGES: [&str; 2] = ["-Zunstable-options", "-Cpanic=immediate-abort"];

impl WasmCargo {
    /// A cargo command for what people download: std is compiled with the app and for its size.
    ///
    /// Cargo calls both unstable, so it has to be told that we know. Nothing in the sources depends
    /// on them: tests and development use the std that comes with the toolchain.
    ///
    /// # Errors
    /// When the source of std is not there and cannot be installed.
    pub(crate) fn release_build(&self, rustflags: &[&str]) -> Result<Command> {
        let flags = [rustflags, &NO_MESSAGES].concat();
        let mut command = match &self.kind {
            Kind::Own => {
                own_std_source()?;
                self.command("build", &flags)
            }
            // Without the sysroot from the cache, in which there is no source.
            Kind::Debian { .. } => {
                if !Path::new(DEBIAN_STD_SOURCE).is_dir() {
                    apt::install(&DEBIAN_PACKAGES)?;
                }
                let mut command = debian_cargo(workspace::root());
                command
                    .args(["build", "--target", TARGET])
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                    .env("CARGO_TARGET_DIR", workspace::browser_target())
                    .env(
                        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
                        flags.join(" "),
                    );
                command
            }
        };
        command
            .arg("-Zbuild-std=std,panic_abort")
            .arg("-Zbuild-std-features=optimize_for_size")
            .env("RUSTC_BOOTSTRAP", "1");
        Ok(command)
    }
}

/// Makes sure that the toolchain of this very command has the source of std.
fn own_std_source() -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = process::output(Command::new(rustc).args(["--print", "sysroot"]))?;
    let source = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/std");
    if source.is_dir() {
        return Ok(());
    }
    step("Adding the source of std with rustup", || {
        process::output(Command::new("rustup").args(["component", "add", "rust-src"]))
            .map(drop)
            .context("rustup could not fetch the component rust-src; with ACCOUNT_CENTER_WASM=debian Debian's packages are used instead")
    })
}

/// Finds a toolchain for the browser, and installs one where there is none.
///
/// `ACCOUNT_CENTER_WASM=debian` passes over rustup, to try the other way on a machine that has both.
///
/// # Errors
/// When there is none and none can be installed; the message says what to do.
pub(crate) fn wasm_cargo() -> Result<WasmCargo> {
    let debian_only = std::env::var_os("ACCOUNT_CENTER_WASM").is_some_and(|way| way == "debian");
    let own = WasmCargo { kind: Kind::Own };
    if !debian_only && own_toolchain_has_target() {
        return Ok(own);
    }
    if let Some(sysroot) = ready_debian_sysroot() {
        return Ok(WasmCargo {
            kind: Kind::Debian { sysroot },
        });
    }
    if !debian_only && process::find("rustup").is_some() && rustup_adds_target() {
        return Ok(own);
    }
    let sysroot = debian_sysroot()
        .context("rustup could not fetch the target wasm32-unknown-unknown, and Debian's packages for it could not be used either")?;
    Ok(WasmCargo {
        kind: Kind::Debian { sysroot },
    })
}

fn own_toolchain_has_target() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut command = Command::new(rustc);
    command.args(["--print", "target-libdir", "--target", TARGET]);
    process::output(&mut command).is_ok_and(|folder| holds_std(Path::new(folder.trim())))
}

fn rustup_adds_target() -> bool {
    step(&format!("Adding the target {TARGET} with rustup"), || {
        let added = process::output(Command::new("rustup").args(["target", "add", TARGET]));
        if added.is_err() {
            note("rustup cannot fetch it here; going on with Debian's packages");
        }
        Ok(added.is_ok())
    })
    .unwrap_or(false)
}

fn ready_debian_sysroot() -> Option<PathBuf> {
    process::find(DEBIAN_LINKER)?;
    let place = cache::folder().ok()?.join(sysroot_key().ok()?);
    holds_std(&place.join(library_folder())).then_some(place)
}

fn debian_sysroot() -> Result<PathBuf> {
    let missing = !Path::new(DEBIAN_STD_SOURCE).is_dir()
        || !Path::new(DEBIAN_CARGO).is_file()
        || process::find(DEBIAN_LINKER).is_none();
    if missing {
        apt::install(&DEBIAN_PACKAGES)?;
    }
    cache::installed(&sysroot_key()?, &library_folder(), build_std)
}

/// Builds std with its bitcode, without which link-time optimisation fails, into `sysroot`.
fn build_std(sysroot: &Path) -> Result<()> {
    let project = sysroot.join("build");
    fs::create_dir_all(project.join("src"))?;
    fs::write(
        project.join("Cargo.toml"),
        "[package]\nname = \"nothing\"\nedition = \"2024\"\n[workspace]\n",
    )?;
    fs::write(project.join("src/lib.rs"), "#![no_std]\n")?;
    process::output(
        debian_cargo(&project)
            .args(["build", "--release", "--target", TARGET])
            .arg("-Zbuild-std=std,panic_abort,proc_macro,test")
            .env("CARGO_TARGET_DIR", project.join("target"))
            .env("RUSTFLAGS", "-Cembed-bitcode=yes")
            .env("RUSTC_BOOTSTRAP", "1"),
    )?;
    let unfinished = sysroot.join("libraries");
    fs::create_dir_all(&unfinished)?;
    let built = project.join("target").join(TARGET).join("release/deps");
    for file in workspace::files_below(&built) {
        let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if name.ends_with(".rlib") && !name.starts_with("libnothing") {
            fs::copy(&file, unfinished.join(name))?;
        }
    }
    fs::remove_dir_all(&project)?;
    let place = sysroot.join(library_folder());
    fs::create_dir_all(place.parent().context("a folder below the sysroot")?)?;
    fs::rename(unfinished, place)?;
    Ok(())
}

fn debian_cargo(folder: &Path) -> Command {
    let mut command = Command::new(DEBIAN_CARGO);
    command.current_dir(folder);
    for name in FOREIGN {
        command.env_remove(name);
    }
    command.env("RUSTC", DEBIAN_RUSTC);
    command
}

fn library_folder() -> String {
    format!("lib/rustlib/{TARGET}/lib")
}

fn holds_std(folder: &Path) -> bool {
    workspace::files_below(folder).iter().any(|file| {
        let name = file.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| name.starts_with("libstd-") && name.ends_with(".rlib"))
    })
}

/// The cache key of the std that fits Debian's compiler exactly.
fn sysroot_key() -> Result<String> {
    let mut command = Command::new(DEBIAN_RUSTC);
    command.arg("-vV").env_remove("LD_LIBRARY_PATH");
    let version = process::output(&mut command)?;
    let field = |name: &str| {
        let mut lines = version.lines();
        lines.find_map(|line| line.strip_prefix(name).map(str::trim))
    };
    match (field("release:"), field("commit-hash:")) {
        (Some(release), Some(commit)) => {
            let commit: String = commit.chars().take(9).collect();
            Ok(format!("wasm-std-{release}-{commit}"))
        }
        _ => bail!("{DEBIAN_RUSTC} does not say its version"),
    }
}
