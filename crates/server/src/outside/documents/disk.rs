//! Documents in a folder, one file each. A file appears whole under its name, or not at all.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;

use super::{DocumentStorage, StorageFailure, Storing, check_name};

/// The ending of a file that is being written. Names of documents have none.
const UNFINISHED: &str = "part";

/// A folder.
pub struct Disk {
    folder: Arc<Path>,
}

impl Disk {
    /// The folder at this path, which is made when it is missing. What was being written when the program
    /// stopped is removed.
    ///
    /// # Errors
    /// When it cannot be made, read or written.
    pub fn open(folder: &Path) -> io::Result<Self> {
        make(folder)?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == UNFINISHED) {
                fs::remove_file(path)?;
            }
        }
        Ok(Self {
            folder: folder.into(),
        })
    }

    fn path(&self, name: &str) -> Result<PathBuf, StorageFailure> {
        check_name(name)?;
        Ok(self.folder.join(name))
    }
}

impl DocumentStorage for Disk {
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> Storing<'a, ()> {
        let path = self.path(name);
        let folder = Arc::clone(&self.folder);
        Box::pin(async move {
            let path = path?;
            apart(move || write(&folder, &path, &bytes)).await
        })
    }

    fn get<'a>(&'a self, name: &'a str) -> Storing<'a, Bytes> {
        let path = self.path(name);
        Box::pin(async move {
            let path = path?;
            apart(move || fs::read(path).map(Bytes::from)).await
        })
    }

    fn delete<'a>(&'a self, name: &'a str) -> Storing<'a, ()> {
        let path = self.path(name);
        Box::pin(async move {
            let path = path?;
            let deleted = apart(move || fs::remove_file(path)).await;
            match deleted {
                Err(StorageFailure::Missing) => Ok(()),
                other => other,
            }
        })
    }
}

/// Only this program's user reads what is in it.
#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Writes beside the place first, and moves only what has reached the disk.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = path.with_extension(UNFINISHED);
    let written = File::create(&unfinished).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    });
    if written.is_err() {
        // It fails when there is nothing to remove.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    // The name is on the disk as well.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Runs what waits for the disk where it holds up nobody.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StorageFailure> {
    let done = tokio::task::spawn_blocking(work).await;
    match done {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) if error.kind() == ErrorKind::NotFound => Err(StorageFailure::Missing),
        Ok(Err(error)) => Err(StorageFailure::Away(error.to_string())),
        Err(error) => Err(StorageFailure::Away(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_put_is_got_until_it_is_deleted() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a").join("documents");
        let disk = Disk::open(&folder).unwrap();
        assert!(matches!(
            disk.get("00ff").await,
            Err(StorageFailure::Missing)
        ));
        disk.put("00ff", Bytes::from_static(b"one")).await.unwrap();
        disk.put("00ff", Bytes::from_static(b"two")).await.unwrap();
        assert_eq!(disk.get("00ff").await.unwrap(), "two");
        disk.delete("00ff").await.unwrap();
        disk.delete("00ff").await.unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        assert!(matches!(
            disk.put("../escaped", Bytes::new()).await,
            Err(StorageFailure::Name)
        ));
    }

    #[tokio::test]
    async fn chg_13_a_file_that_broke_off_is_gone_at_the_next_start() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("00ff.part"), "half").unwrap();
        fs::write(home.path().join("00fe"), "whole").unwrap();
        let disk = Disk::open(home.path()).unwrap();
        assert!(!home.path().join("00ff.part").exists());
        assert_eq!(disk.get("00fe").await.unwrap(), "whole");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_folder() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("documents");
        Disk::open(&folder).unwrap();
        let mode = fs::metadata(folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }
}
