//! The developer's commands. Knows how the product is built, tested and started; does not know what
//! it does.
#![allow(
    clippy::print_stdout,
    reason = "talking to the developer is what these commands are for"
)]

mod browser;
mod commands;
mod console;
mod parallel;
mod postgres;
mod process;
mod product;
mod rules;
mod setup;
mod size;
mod workspace;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, bail};

use commands::App;

/// Every command, as it is typed and as it is described.
const COMMANDS: [(&str, &str); 12] = [
    (
        "run",
        "builds app and server in release and starts the demo on http://localhost:8080",
    ),
    (
        "dev",
        "the same in debug, rebuilding and reloading at every change",
    ),
    (
        "test [filter…]",
        "every test there is, or those whose name contains a filter",
    ),
    (
        "test --postgres [filter…]",
        "the server's tests only, on SQLite and PostgreSQL",
    ),
    (
        "e2e [--quick] [filter…]",
        "the journeys in a real browser only; --quick takes the app as it is in development",
    ),
    (
        "screenshots [--quick] [page…]",
        "pictures of pages at two widths, in two languages, light and dark",
    ),
    (
        "lint",
        "formatting, clippy with warnings as errors, licences and sources",
    ),
    ("size", "what a first view costs, against xtask/budget.toml"),
    ("build", "one release binary with the browser app inside"),
    (
        "rules [--json]",
        "which code and which tests stand for each rule",
    ),
    ("setup", "installs everything that the other commands need"),
    ("help", "this list"),
];

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match carry_out(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(words: &[&str]) -> Result<()> {
    if let [command, rest @ ..] = words
        && let Some(option) = unknown_option(command, rest)
    {
        list();
        return match option {
            "--help" | "-h" => Ok(()),
            option => bail!("`{command}` has no option `{option}`"),
        };
    }
    match words {
        [] | ["help" | "--help" | "-h"] => {
            list();
            Ok(())
        }
        ["run", arguments @ ..] => commands::run(arguments),
        ["dev"] => commands::dev(),
        ["test", "--postgres", filters @ ..] => commands::test_postgres(filters),
        ["test", filters @ ..] => commands::test(filters),
        ["test-postgres", filters @ ..] => commands::test_postgres(filters),
        ["e2e", words @ ..] => {
            let (app, filters) = App::asked(words);
            commands::journeys(app, filters)
        }
        ["screenshots", words @ ..] => {
            let (app, pages) = App::asked(words);
            commands::screenshots(app, pages)
        }
        ["lint"] => commands::lint(),
        ["size"] => {
            browser::build()?;
            size::check()
        }
        ["build"] => commands::build(),
        ["rules"] => rules::print_table(),
        ["rules", "--json"] => rules::print_json(),
        ["setup"] => setup::everything(),
        other => {
            list();
            bail!("there is no command `{}`", other.join(" "))
        }
    }
}

/// The options of each command; `run` hands every one of its own on to the server.
const OPTIONS: [(&str, &str); 4] = [
    ("test", "--postgres"),
    ("e2e", "--quick"),
    ("screenshots", "--quick"),
    ("rules", "--json"),
];

/// The first option that a command does not have: taken for a filter, it would start a run of minutes.
fn unknown_option<'a>(command: &str, rest: &[&'a str]) -> Option<&'a str> {
    let is_known = |word: &str| OPTIONS.contains(&(command, word));
    rest.iter()
        .copied()
        .find(|word| word.starts_with('-') && command != "run" && !is_known(word))
}

fn list() {
    println!("cargo xtask COMMAND\n");
    let row = |(name, what): &(&str, &str)| vec![(*name).to_owned(), (*what).to_owned()];
    console::table(&COMMANDS.iter().map(row).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_a_command_does_not_have_is_no_filter() {
        for words in [["test", "--help"], ["e2e", "-h"], ["lint", "--fix"]] {
            let [command, option] = words;
            assert_eq!(unknown_option(command, &[option]), Some(option));
        }
        assert_eq!(unknown_option("test", &["--postgres", "lgm_1"]), None);
        assert_eq!(unknown_option("test", &["lgm_1"]), None);
        assert_eq!(unknown_option("run", &["--port", "80"]), None);
        assert!(carry_out(&["test", "--help"]).is_ok());
        assert!(carry_out(&["test", "--postgress"]).is_err());
    }
}
