//! Doing the same with many things, on all processors. Knows threads; does not know the work.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Result, anyhow};

/// How many things can be done at once.
pub(crate) fn workers() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does `work` with every item, beginning with the first; stops taking new ones after a failure.
///
/// # Errors
/// The failure that stopped the work; one of them, when several came at once.
pub(crate) fn each<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let next = AtomicUsize::new(0);
    let until_done = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers()).map(|_| scope.spawn(until_done)).collect();
        let results = workers.into_iter().map(|worker| {
            let result = worker.join();
            result.unwrap_or_else(|_| Err(anyhow!("a worker panicked")))
        });
        results.collect()
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use anyhow::ensure;

    use super::*;

    #[test]
    fn everything_is_done_once_and_a_failure_is_told() {
        let done = Mutex::new(Vec::new());
        let items: Vec<u32> = (0..50).collect();
        let note = |item: &u32| {
            done.lock().unwrap().push(*item);
            Ok(())
        };
        each(&items, note).unwrap();
        let mut all = done.into_inner().unwrap();
        all.sort_unstable();
        assert_eq!(all, items);

        let failing = |item: &u32| {
            ensure!(*item != 7, "seven");
            Ok(())
        };
        assert_eq!(each(&items, failing).unwrap_err().to_string(), "seven");
        assert!(each(&[] as &[u32], failing).is_ok());
    }
}
