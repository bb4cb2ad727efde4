//! A document store in memory that can be out of order.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use server::outside::documents::{DocumentStorage, StorageFailure, Storing};

/// What lies in it, and whether it works.
#[derive(Default)]
pub(crate) struct TestStorage {
    pub(crate) kept: Mutex<BTreeMap<String, Bytes>>,
    pub(crate) is_away: AtomicBool,
}

impl TestStorage {
    fn reach(&self) -> Result<(), StorageFailure> {
        if self.is_away.load(Ordering::SeqCst) {
            return Err(StorageFailure::Away("switched off".to_owned()));
        }
        Ok(())
    }
}

impl DocumentStorage for TestStorage {
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> Storing<'a, ()> {
        Box::pin(async move {
            self.reach()?;
            self.kept.lock().unwrap().insert(name.to_owned(), bytes);
            Ok(())
        })
    }

    fn get<'a>(&'a self, name: &'a str) -> Storing<'a, Bytes> {
        Box::pin(async move {
            self.reach()?;
            let kept = self.kept.lock().unwrap().get(name).cloned();
            kept.ok_or(StorageFailure::Missing)
        })
    }

    fn delete<'a>(&'a self, name: &'a str) -> Storing<'a, ()> {
        Box::pin(async move {
            self.reach()?;
            self.kept.lock().unwrap().remove(name);
            Ok(())
        })
    }
}
