//! Where the bytes of documents lie: a folder, or storage that speaks S3. Gets and gives sealed bytes
//! under a name; must not know what is in them, nor whose they are.

mod disk;
mod s3;

use bytes::Bytes;
use futures_util::future::BoxFuture;

pub use disk::Disk;
pub use s3::{S3, S3Settings, S3SettingsError};

/// The answer of a storage, whose trait is used as an object.
pub type Storing<'a, T> = BoxFuture<'a, Result<T, StorageFailure>>;

/// Keeps bytes under names. A name is made of hexadecimal digits.
pub trait DocumentStorage: Send + Sync {
    /// Keeps `bytes` under `name`: whole, or not at all.
    ///
    /// # Errors
    /// When they are not kept, or nobody can tell.
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> Storing<'a, ()>;

    /// The bytes that are kept under `name`.
    ///
    /// # Errors
    /// When there are none, or the storage does not answer.
    fn get<'a>(&'a self, name: &'a str) -> Storing<'a, Bytes>;

    /// Keeps nothing under `name` any more; it is fine when nothing was.
    ///
    /// # Errors
    /// When it is not sure that nothing is left.
    fn delete<'a>(&'a self, name: &'a str) -> Storing<'a, ()>;
}

/// Why the storage did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum StorageFailure {
    /// Nothing is kept under this name.
    #[error("nothing is kept under this name")]
    Missing,
    /// Away, full or out of order: it may work later.
    #[error("the document store was not reached, or is out of order: {0}")]
    Away(String),
    /// It does not accept us: the operator has to look.
    #[error("the document store does not accept this installation: status {0}")]
    Refused(u16),
    /// What it was asked for is no name of ours.
    #[error("not a name of a document")]
    Name,
}

/// Whether a name is one that this program gives: nothing that leads out of a folder or a bucket.
fn check_name(name: &str) -> Result<(), StorageFailure> {
    let is_ours =
        !name.is_empty() && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_hexdigit());
    if is_ours {
        Ok(())
    } else {
        Err(StorageFailure::Name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_else() {
        assert!(check_name("00ff").is_ok());
        for name in ["", "..", "a/b", "../a", "a.b", "ä", &"a".repeat(65)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
