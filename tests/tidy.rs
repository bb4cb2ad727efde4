//! The rules of the house that neither Cargo nor clippy can express. Knows how files are named and
//! what may stand in them; does not know what the product does.

#[path = "tidy/checks_can_fail.rs"]
mod checks_can_fail;
#[path = "tidy/imports.rs"]
mod imports;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use imports::named_paths;

/// Files may be longer than this only when they are named in [`LONG_FILES`].
const LONGEST_FILE: usize = 600;

/// Files that are long because their subject is, each with the reason.
const LONG_FILES: &[(&str, &str)] = &[];

/// Who must not know whom: files below the first must not name what the others begin.
const STRANGERS: &[(&str, &[&str])] = &[
    (
        "src/ui/",
        &[
            "crate::api",
            "crate::session",
            "crate::pages",
            "crate::paths",
            "contract",
        ],
    ),
    (
        "src/api/",
        &["crate::pages", "crate::ui", "crate::layout", "leptos"],
    ),
    ("src/text/", &["crate::pages", "crate::ui", "crate::layout"]),
    (
        "crates/server/src/store/",
        &["axum", "contract", "crate::outside", "crate::handlers"],
    ),
    (
        "crates/server/src/outside/",
        &["axum", "crate::store", "crate::handlers"],
    ),
    ("crates/server/src/handlers/", &["sqlx"]),
];

/// Rooms whose parts are neighbours and must not name each other.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("src/pages/", "crate::pages"),
    ("crates/server/src/handlers/", "crate::handlers"),
];

/// Imports that are fine although the rules above would refuse them, each with the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[(
    "src/api/client.rs",
    "leptos::prelude::window",
    "the browser's window is no signal",
)];

/// One thing that is not where it belongs.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    line: usize,
    why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.why)
    }
}

fn fault(line: usize, why: impl Into<String>) -> Fault {
    Fault {
        line,
        why: why.into(),
    }
}

#[test]
fn the_house_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut faults = Vec::new();
    let mut looked_at = 0;
    for room in ["src", "crates", "tests", "xtask", "style"] {
        for file in files_below(&root.join(room)) {
            let path = file.strip_prefix(&root).unwrap();
            let path = path.to_string_lossy().replace('\\', "/");
            let Ok(text) = fs::read_to_string(&file) else {
                continue;
            };
            looked_at += 1;
            let found = faults_in(&path, &text, &|path| root.join(path).is_file());
            faults.extend(found.iter().map(|fault| format!("{path}:{fault}")));
        }
    }
    assert!(looked_at > 40, "only {looked_at} files were looked at");
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_file_on_the_list_of_long_files_is_long() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for (path, reason) in LONG_FILES {
        let text = fs::read_to_string(root.join(path)).unwrap_or_default();
        assert!(
            text.lines().count() > LONGEST_FILE,
            "{path} need not be on the list"
        );
        assert!(!reason.is_empty(), "{path} is long without a reason");
    }
}

/// Everything that is wrong with a file.
fn faults_in(path: &str, text: &str, exists: &dyn Fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if path.ends_with(".css") {
        faults.extend(raw_colours(path, text));
    }
    if path.ends_with(".rs") {
        faults.extend(missing_opening(text));
        faults.extend(too_long(path, text));
        faults.extend(strangers(path, text));
        faults.extend(neighbours(path, text, exists));
        faults.extend(second_fetch(path, text));
        faults.extend(addresses(path, text));
        faults.extend(inline_styles(path, text));
        faults.extend(sentences(path, text));
    }
    faults.dedup();
    faults
}

/// Every module says what it is for.
fn missing_opening(text: &str) -> Option<Fault> {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let opens = first.is_some_and(|line| line.starts_with("//! "));
    (!opens).then(|| {
        fault(
            1,
            "a module opens with `//!`: what it is for and what it must not know",
        )
    })
}

fn too_long(path: &str, text: &str) -> Option<Fault> {
    let lines = text.lines().count();
    let is_listed = LONG_FILES.iter().any(|(listed, _)| *listed == path);
    (lines > LONGEST_FILE && !is_listed)
        .then(|| fault(lines, format!("longer than {LONGEST_FILE} lines")))
}

/// The import rules of ARCHITECTURE.md.
fn strangers(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (room, strangers) in STRANGERS.iter().filter(|(room, _)| path.starts_with(room)) {
        for (line, named) in named_paths(path, text) {
            if EXCEPTIONS
                .iter()
                .any(|(file, known, _)| *file == path && *known == named)
            {
                continue;
            }
            for stranger in strangers.iter().filter(|stranger| begins(&named, stranger)) {
                faults.push(fault(line, format!("{room} must not know {stranger}")));
            }
        }
    }
    faults
}

/// A page does not know another page, and a handler not another handler.
///
/// `exists` tells whether there is a file: what has none is the room's own, and everybody's.
fn neighbours(path: &str, text: &str, exists: &dyn Fn(&str) -> bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (room, module) in NEIGHBOURS {
        let Some(within) = path.strip_prefix(room).filter(|rest| *rest != "mod.rs") else {
            continue;
        };
        let own = within.split(['/', '.']).next().unwrap_or_default();
        for (line, named) in named_paths(path, text) {
            let rest = named.strip_prefix(module);
            let other = rest.and_then(|rest| rest.strip_prefix("::"));
            let other = other.and_then(|rest| rest.split("::").next());
            let is_module = |other: &str| {
                exists(&format!("{room}{other}.rs")) || exists(&format!("{room}{other}/mod.rs"))
            };
            if let Some(other) = other.filter(|other| *other != own && is_module(other)) {
                faults.push(fault(
                    line,
                    format!("{own} must not know its neighbour {other}"),
                ));
            }
        }
    }
    faults
}

/// There is one place that fetches.
fn second_fetch(path: &str, text: &str) -> Vec<Fault> {
    if !path.starts_with("src/") || path == "src/api/client.rs" {
        return Vec::new();
    }
    let fetches = |line: &str| {
        ["gloo_net", "fetch_with_"]
            .iter()
            .any(|word| line.contains(word))
    };
    code_lines(text)
        .filter(|(_, line)| fetches(line))
        .map(|(number, _)| fault(number, "only src/api/client.rs fetches"))
        .collect()
}

/// Every address of a page comes from `src/paths.rs`.
fn addresses(path: &str, text: &str) -> Vec<Fault> {
    if !path.starts_with("src/") || path == "src/paths.rs" {
        return Vec::new();
    }
    let written = |line: &str| line.contains("href=\"/") || line.contains("href={\"/");
    code_lines(text)
        .filter(|(_, line)| written(line))
        .map(|(number, _)| fault(number, "an address of a page comes from src/paths.rs"))
        .collect()
}

/// The policy lets no element carry its own style.
fn inline_styles(path: &str, text: &str) -> Vec<Fault> {
    if !path.starts_with("src/") {
        return Vec::new();
    }
    code_lines(text)
        .filter(|(_, line)| line.contains(" style=\"") || line.contains("<style"))
        .map(|(number, _)| fault(number, "styles stand in style/"))
        .collect()
}

/// What a person reads stands in `src/text`, in both languages.
fn sentences(path: &str, text: &str) -> Vec<Fault> {
    if !path.starts_with("src/") || path.starts_with("src/text/") {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (number, line) in code_lines(text) {
        for literal in literals(line) {
            if literal.chars().any(is_chinese) || is_english_sentence(literal) {
                faults.push(fault(number, format!("“{literal}” belongs into src/text")));
            }
        }
    }
    faults
}

/// Colours have names, and the names are given in one file.
fn raw_colours(path: &str, text: &str) -> Vec<Fault> {
    if path == "style/tokens.css" {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (index, line) in without_css_comments(text).lines().enumerate() {
        let Some((_, value)) = line.split_once(':') else {
            continue;
        };
        if has_hex_colour(value) || has_colour_function(value) || has_colour_name(value) {
            faults.push(fault(index + 1, "a raw colour outside style/tokens.css"));
        }
    }
    faults
}

fn has_hex_colour(value: &str) -> bool {
    value.split('#').skip(1).any(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_hexdigit());
        matches!(end.unwrap_or(rest.len()), 3 | 4 | 6 | 8)
    })
}

fn has_colour_function(value: &str) -> bool {
    [
        "rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(",
    ]
    .iter()
    .any(|function| value.contains(function))
}

fn has_colour_name(value: &str) -> bool {
    const NAMES: [&str; 10] = [
        "black", "blue", "gray", "green", "grey", "orange", "purple", "red", "white", "yellow",
    ];
    value
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .any(|word| NAMES.contains(&word))
}

/// The text with its comments blanked, line by line as before.
fn without_css_comments(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        kept += before;
        kept.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    kept + rest
}

/// The lines of code before the tests, with their numbers and without remarks.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number, line.split(" // ").next().unwrap_or(line)))
}

/// The texts between quotation marks in one line.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Two words or more, the first of them with a capital: names of classes and keys are not like that.
fn is_english_sentence(literal: &str) -> bool {
    let mut words = literal.split(' ');
    let first = words.next().unwrap_or_default();
    let has_capital = first.starts_with(|c: char| c.is_ascii_uppercase());
    let is_word = |word: &str| word.chars().any(|c| c.is_ascii_lowercase());
    has_capital && is_word(first) && words.next().is_some_and(is_word)
}

fn begins(path: &str, prefix: &str) -> bool {
    let rest = path.strip_prefix(prefix);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
