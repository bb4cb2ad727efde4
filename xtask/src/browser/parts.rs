//! One file for each area of the program, in place of the dozens that splitting leaves: what several
//! areas share comes out as a file for each set of areas that shares it, and a first view would fetch
//! thirty of them. Knows the loader that the splitting tool writes; does not know what an area is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// The loader's name.
pub(super) const LOADER: &str = "__wasm_split.js";

/// How the loader names the door of an area.
const DOOR: &str = "export const __wasm_split_load_";

/// Put in front of the loader: fetches the pack of the area that is being opened and cuts a part out of
/// it. Opening calls for all of its parts at once, before anything else can run, so that `area` is the
/// right one; parts that another area has brought are not called for again.
const CUT: &str = "const fetched = {};
let area;
function open(name, load) {
    return () => {
        area = name;
        return load();
    };
}
function part(name) {
    const pack = area;
    fetched[pack] ??= unpacked(pack);
    // A pack that did not arrive is asked for again the next time.
    fetched[pack].catch(() => delete fetched[pack]);
    return fetched[pack].then(([bytes, places]) => bytes.slice(...places[name]));
}
async function unpacked(pack) {
    const answer = await fetch(new URL(`./${pack}.pack`, import.meta.url));
    if (!answer.ok) throw new Error(`${pack}: ${answer.status}`);
    const bytes = await answer.arrayBuffer();
    const length = new DataView(bytes).getUint32(0, true);
    const places = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, length)));
    return [bytes.slice(4 + length), places];
}
";

/// Joins the parts of each area into one file, and has the loader take them from there.
///
/// Which part stands where in a pack, the pack says itself: what the loader knows of an area, everybody
/// pays for.
///
/// # Errors
/// When the loader is not written as this expects, or a file cannot be read or written.
pub(super) fn join(folder: &Path) -> Result<()> {
    let loader = folder.join(LOADER);
    let script = fs::read_to_string(&loader).context("the loader of the areas")?;
    let mut joined = BTreeSet::new();
    for area in areas(&script) {
        let files = parts(&script, area).with_context(|| format!("the parts of {area}"))?;
        let (mut places, mut pack) = (BTreeMap::new(), Vec::new());
        for file in files {
            let bytes = fs::read(folder.join(&file)).with_context(|| file.clone())?;
            let from = pack.len();
            pack.extend(&bytes);
            places.insert(file.clone(), [from, pack.len()]);
            joined.insert(file);
        }
        let places = serde_json::to_vec(&places)?;
        let length = u32::try_from(places.len())?.to_le_bytes();
        let whole = [length.as_slice(), &places, &pack].concat();
        fs::write(folder.join(format!("{area}.pack")), whole)?;
    }
    for file in &joined {
        fs::remove_file(folder.join(file))?;
    }
    let script = rewritten(&script)?;
    fs::write(&loader, [CUT, &script].concat()).context("the loader of the areas")
}

/// The names of the areas.
fn areas(script: &str) -> Vec<&str> {
    let doors = script.split(DOOR).skip(1);
    doors
        .filter_map(|rest| rest.split_once(" = "))
        .map(|(name, _)| name)
        .collect()
}

/// The files of an area: its own part, and those that it shares.
///
/// The script makes a loader for each part, whose last argument lists the loaders it waits for.
fn parts(script: &str, area: &str) -> Option<Vec<String>> {
    let mut files = Vec::new();
    let mut wanted = vec![format!("__wasm_split_load_{area}")];
    while let Some(name) = wanted.pop() {
        let (_, rest) = script.split_once(&format!("const {name} = "))?;
        let (_, rest) = rest.split_once("new URL(\"./")?;
        let (file, rest) = rest.split_once('"')?;
        let (_, rest) = rest.split_once(", [")?;
        let (waits_for, _) = rest.split_once(']')?;
        files.push(file.to_owned());
        let names = waits_for.split(',').map(str::trim);
        wanted.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
    }
    files.sort();
    files.dedup();
    Some(files)
}

/// The loader with every fetch of a part turned into a cut.
fn rewritten(script: &str) -> Result<String> {
    let fetches = script.matches("fetch(new URL(\"./").count();
    let cut = script
        .replace("fetch(new URL(\"./", "part(\"")
        .replace(".wasm\", import.meta.url))", ".wasm\")")
        .replace(
            "WebAssembly.instantiateStreaming(src, imports)",
            "WebAssembly.instantiate(await src, imports)",
        );
    let mut all = String::new();
    let mut doors = 0;
    let mut is_door = false;
    for line in cut.lines() {
        let door = line
            .strip_prefix(DOOR)
            .and_then(|rest| rest.split_once(" = "));
        if let Some((area, rest)) = door {
            let rest = rest
                .strip_prefix("wrapAsyncCb(")
                .context("a door's beginning")?;
            writeln!(all, "{DOOR}{area} = wrapAsyncCb(open({area:?}, {rest}")?;
            is_door = true;
        } else if is_door && line.starts_with(", [") {
            let line = line.strip_suffix("));").context("a door's end")?;
            writeln!(all, "{line})));")?;
            doors += 1;
            is_door = false;
        } else {
            writeln!(all, "{line}")?;
        }
    }
    ensure!(doors == areas(script).len(), "a door was not found again");
    ensure!(
        cut.matches("part(\"").count() == fetches && !cut.contains("instantiateStreaming"),
        "the loader is written otherwise than expected"
    );
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script() -> String {
        let loader = |begin: &str, file: &str, waits_for: &str, end: &str| {
            format!(
                "{begin}makeLoad(() => {{\n    const src = fetch(new URL(\"./{file}\", \
                 import.meta.url));\n    src.catch(() => {{}});\n    return async (imports) => \
                 (WebAssembly.instantiateStreaming(src, imports));\n}}\n, [{waits_for}]){end};\n"
            )
        };
        let door = |area: &str| format!("{DOOR}{area} = wrapAsyncCb(");
        [
            loader("const __chunk_1 = ", "chunk_1.wasm", "", ""),
            loader("const __chunk_2 = ", "chunk_2.wasm", "__chunk_1", ""),
            loader(&door("a"), "split_a.wasm", "__chunk_1, __chunk_2", ")"),
            loader(&door("b"), "split_b.wasm", "__chunk_1", ")"),
        ]
        .concat()
    }

    #[test]
    fn an_area_brings_its_own_part_and_those_it_shares() {
        let script = script();
        let files = |area| parts(&script, area).unwrap_or_default();
        assert_eq!(files("a"), ["chunk_1.wasm", "chunk_2.wasm", "split_a.wasm"]);
        assert_eq!(files("b"), ["chunk_1.wasm", "split_b.wasm"]);
        assert_eq!(parts(&script, "c"), None);
        assert_eq!(areas(&script), ["a", "b"]);
    }

    #[test]
    fn each_area_is_one_file_with_the_bytes_of_its_parts_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path(LOADER), script()).unwrap();
        for (name, bytes) in [
            ("chunk_1.wasm", "one"),
            ("chunk_2.wasm", "two!"),
            ("split_a.wasm", "A"),
            ("split_b.wasm", "BB"),
        ] {
            fs::write(path(name), bytes).unwrap();
        }
        join(folder.path()).unwrap();
        let unpacked = |name: &str| {
            let pack = fs::read(path(name)).unwrap();
            let length = u32::from_le_bytes(pack[..4].try_into().unwrap());
            let (places, bytes) = pack[4..].split_at(usize::try_from(length).unwrap());
            [places, bytes].map(|text| String::from_utf8(text.to_vec()).unwrap())
        };
        let places = r#"{"chunk_1.wasm":[0,3],"chunk_2.wasm":[3,7],"split_a.wasm":[7,8]}"#;
        assert_eq!(unpacked("a.pack"), [places, "onetwo!A"]);
        let places = r#"{"chunk_1.wasm":[0,3],"split_b.wasm":[3,5]}"#;
        assert_eq!(unpacked("b.pack"), [places, "oneBB"]);
        assert!(!path("chunk_1.wasm").exists() && !path("split_b.wasm").exists());
        let loader = fs::read_to_string(path(LOADER)).unwrap();
        assert!(loader.contains("load_b = wrapAsyncCb(open(\"b\", makeLoad(() => {"));
        assert!(loader.contains(", [__chunk_1])));"));
        assert!(loader.contains("const src = part(\"chunk_2.wasm\");"));
    }

    #[test]
    fn a_loader_that_is_written_otherwise_is_not_guessed_at() {
        let other = script().replace("wrapAsyncCb(", "wrap(");
        assert!(rewritten(&other).is_err());
    }
}
