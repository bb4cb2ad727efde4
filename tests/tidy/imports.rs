//! Which paths a source names, in imports and in code. Knows how Rust is written; does not know which
//! paths are allowed.

use super::code_lines;

/// Every path that the code before the tests names, made absolute, with its line.
pub(super) fn named_paths(file: &str, text: &str) -> Vec<(usize, String)> {
    let module = module_of(file);
    let mut named = Vec::new();
    let mut imports: Option<(usize, String)> = None;
    for (number, line) in code_lines(text) {
        let line = line.trim();
        let begins_import = ["use ", "pub use ", "pub(crate) use "]
            .iter()
            .find_map(|start| line.strip_prefix(start));
        match (&mut imports, begins_import) {
            (Some((_, open)), _) => *open += line,
            (None, Some(rest)) => imports = Some((number, rest.to_owned())),
            (None, None) => {
                let words = line.split(|c: char| !c.is_ascii_alphanumeric() && !"_:".contains(c));
                let paths = words.filter(|word| word.contains("::"));
                named.extend(paths.map(|path| (number, absolute(&module, path))));
            }
        }
        if let Some((begun, open)) = imports.take_if(|(_, open)| open.ends_with(';')) {
            let paths = expanded(open.trim_end_matches(';'));
            named.extend(paths.iter().map(|path| (begun, absolute(&module, path))));
        }
    }
    named
}

/// `a::{b, c::{d, e}}` as `a::b`, `a::c::d`, `a::c::e`.
fn expanded(import: &str) -> Vec<String> {
    let import = import.trim();
    let Some((prefix, rest)) = import.split_once('{') else {
        let name = import.split(" as ").next().unwrap_or(import);
        return vec![name.trim().trim_end_matches("::self").to_owned()];
    };
    let rest = rest.strip_suffix('}').unwrap_or(rest);
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in rest.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let parts = parts.iter().filter(|part| !part.trim().is_empty());
    parts
        .flat_map(|part| expanded(&format!("{prefix}{}", part.trim())))
        .collect()
}

/// `crate::pages::account` for `src/pages/account/mod.rs`.
fn module_of(file: &str) -> Vec<&str> {
    let within = file.rsplit_once("/src/").map(|(_, rest)| rest);
    let within = within.or_else(|| file.strip_prefix("src/")).unwrap_or(file);
    let within = within.trim_end_matches(".rs");
    let parts = within
        .split('/')
        .filter(|part| !matches!(*part, "mod" | "lib" | "main"));
    std::iter::once("crate").chain(parts).collect()
}

fn absolute(module: &[&str], path: &str) -> String {
    let mut base = module.to_vec();
    let mut rest = path;
    let mut is_relative = false;
    loop {
        if let Some(after) = rest.strip_prefix("super::") {
            base.pop();
            rest = after;
        } else if let Some(after) = rest.strip_prefix("self::") {
            rest = after;
        } else {
            break;
        }
        is_relative = true;
    }
    if is_relative {
        format!("{}::{rest}", base.join("::"))
    } else {
        rest.to_owned()
    }
}
