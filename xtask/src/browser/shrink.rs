//! Programs made small, many at a time. Knows how the work is dealt out; does not know what a program
//! is for.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::{parallel, process};

/// Run by Node.js; it also asks a browser's engine whether it takes the result.
const SCRIPT: &str = include_str!("shrink.mjs");

/// A program, and where the small one goes.
pub(super) type FromTo = (PathBuf, PathBuf);

/// Makes every program small, on all processors.
///
/// # Errors
/// When one cannot be read, or when a browser would refuse a result.
pub(super) fn all(node: &Path, binaryen: &Path, programs: Vec<FromTo>) -> Result<()> {
    let size = |(from, _): &FromTo| fs::metadata(from).map_or(0, |file| file.len());
    let sized = programs.into_iter().map(|it| (size(&it), it)).collect();
    parallel::each(&dealt(sized, parallel::workers()), |programs| {
        let mut command = Command::new(node);
        command.args(["--input-type=module", "--eval", SCRIPT, "--"]);
        command.arg(binaryen);
        for (from, to) in programs {
            command.arg(from).arg(to);
        }
        process::output(&mut command).map(drop)
    })
}

/// Deals out what costs something, so that everybody has about as much to do.
fn dealt<T>(mut costly: Vec<(u64, T)>, hands: usize) -> Vec<Vec<T>> {
    costly.sort_by_key(|(cost, _)| Reverse(*cost));
    let mut all: Vec<(u64, Vec<T>)> = (0..hands).map(|_| (0, Vec::new())).collect();
    for (cost, item) in costly {
        if let Some((sum, hand)) = all.iter_mut().min_by_key(|(sum, _)| *sum) {
            *sum += cost;
            hand.push(item);
        }
    }
    let hands = all.into_iter().map(|(_, hand)| hand);
    hands.filter(|hand| !hand.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_program_does_not_wait_behind_the_others() {
        let costly = vec![(1, 'a'), (9, 'b'), (4, 'c'), (3, 'd')];
        assert_eq!(dealt(costly, 2), [vec!['b'], vec!['c', 'd', 'a']]);
        assert_eq!(dealt(vec![(1, 'a')], 4), [vec!['a']]);
        assert_eq!(dealt(Vec::<(u64, char)>::new(), 2), Vec::<Vec<char>>::new());
    }
}
