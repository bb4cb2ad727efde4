//! The compressed twins of what is served, so that the server compresses nothing. Knows bytes; does
//! not know pages.

use std::cmp::Reverse;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{parallel, workspace};

/// What gains from compression; pictures and fonts are compressed already.
const WORTH_IT: [&str; 9] = [
    "css",
    "html",
    "js",
    "json",
    "pack",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Puts `.br` and `.gz` beside every file that gets smaller that way.
///
/// # Errors
/// When a file cannot be read or written.
pub(super) fn folder(folder: &Path) -> Result<()> {
    let mut files = workspace::files_below(folder);
    // The largest first, so that nobody waits for it at the end.
    files.sort_by_key(|file| Reverse(fs::metadata(file).map_or(0, |file| file.len())));
    parallel::each(&files, |file| add_twins(file))
}

fn add_twins(file: &Path) -> Result<()> {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let Some(extension) = extension.filter(|extension| WORTH_IT.contains(extension)) else {
        return Ok(());
    };
    let bytes = fs::read(file).with_context(|| format!("could not read {}", file.display()))?;
    for (suffix, small) in [("br", brotli(&bytes)?), ("gz", gzip(&bytes)?)] {
        if small.len() < bytes.len() {
            fs::write(file.with_extension(format!("{extension}.{suffix}")), small)?;
        }
    }
    Ok(())
}

/// The bytes in brotli, at its best.
///
/// # Errors
/// Never in practice: the writer is memory.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let (buffer, quality, window) = (4096, 11, 24);
    let mut writer = brotli::CompressorWriter::new(Vec::new(), buffer, quality, window);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

/// The bytes in gzip, at its best.
///
/// # Errors
/// Never in practice: the writer is memory.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_make_text_smaller() {
        let text = "一 account centre ".repeat(200);
        let small = [
            brotli(text.as_bytes()).unwrap(),
            gzip(text.as_bytes()).unwrap(),
        ];
        assert!(small.iter().all(|bytes| bytes.len() < 200), "{small:?}");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut small[0].as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
