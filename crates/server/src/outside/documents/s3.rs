//! Documents in a bucket of storage that speaks S3: three requests, each signed in its address.

use std::time::Duration;

use bytes::Bytes;
use openidconnect::url::Url;
use reqwest::{Client, Response, StatusCode};
use rusty_s3::{Bucket, BucketError, Credentials, S3Action as _, UrlStyle};

use super::{DocumentStorage, StorageFailure, Storing, check_name};
use crate::outside::web::is_private;

/// For how long a signed address works; each is used at once.
const SIGNED_FOR: Duration = Duration::from_secs(300);

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest answer that is read: the largest document, its seal, and room for larger limits.
const LONGEST_ANSWER: usize = 256 * 1024 * 1024;

/// Where the bucket is, and what it knows us by.
#[derive(Clone, Debug)]
pub struct S3Settings<'a> {
    /// The service's address, such as `https://s3.example`.
    pub endpoint: &'a str,
    /// The region that is signed for.
    pub region: &'a str,
    /// The bucket's name.
    pub bucket: &'a str,
    /// Whether the bucket's name is a part of the host, not of the path.
    pub bucket_in_host: bool,
    /// The access key's id.
    pub key_id: &'a str,
    /// The access key's secret.
    pub secret: &'a str,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum S3SettingsError {
    /// The address is not an absolute https URL (http only for this machine).
    #[error("the document store's address is not an https URL")]
    Url,
    /// The bucket does not fit into the address.
    #[error("the document store's bucket does not fit its address: {0:?}")]
    Bucket(BucketError),
    /// No HTTP client can be made here.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// A bucket.
pub struct S3 {
    client: Client,
    bucket: Bucket,
    credentials: Credentials,
}

impl S3 {
    /// The bucket that the settings name.
    ///
    /// # Errors
    /// When they cannot be used.
    pub fn new(settings: &S3Settings<'_>) -> Result<Self, S3SettingsError> {
        let endpoint = Url::parse(settings.endpoint).map_err(|_| S3SettingsError::Url)?;
        if !is_private(settings.endpoint) {
            return Err(S3SettingsError::Url);
        }
        let style = if settings.bucket_in_host {
            UrlStyle::VirtualHost
        } else {
            UrlStyle::Path
        };
        let (name, region) = (settings.bucket.to_owned(), settings.region.to_owned());
        let bucket = Bucket::new(endpoint, style, name, region).map_err(S3SettingsError::Bucket)?;
        let client = Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            client,
            bucket,
            credentials: Credentials::new(settings.key_id, settings.secret),
        })
    }

    async fn send(&self, name: &str, bytes: Bytes) -> Result<(), StorageFailure> {
        check_name(name)?;
        let action = self.bucket.put_object(Some(&self.credentials), name);
        let request = self.client.put(action.sign(SIGNED_FOR)).body(bytes);
        judge(request.send().await).map(|_| ())
    }

    async fn fetch(&self, name: &str) -> Result<Bytes, StorageFailure> {
        check_name(name)?;
        let action = self.bucket.get_object(Some(&self.credentials), name);
        let request = self.client.get(action.sign(SIGNED_FOR));
        let mut answer = judge(request.send().await)?;
        let mut bytes = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(away)? {
            if bytes.len() + piece.len() > LONGEST_ANSWER {
                return Err(StorageFailure::Away("the answer is too long".to_owned()));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.into())
    }

    async fn forget(&self, name: &str) -> Result<(), StorageFailure> {
        check_name(name)?;
        let action = self.bucket.delete_object(Some(&self.credentials), name);
        let request = self.client.delete(action.sign(SIGNED_FOR));
        match judge(request.send().await) {
            Ok(_) | Err(StorageFailure::Missing) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

impl DocumentStorage for S3 {
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> Storing<'a, ()> {
        Box::pin(self.send(name, bytes))
    }

    fn get<'a>(&'a self, name: &'a str) -> Storing<'a, Bytes> {
        Box::pin(self.fetch(name))
    }

    fn delete<'a>(&'a self, name: &'a str) -> Storing<'a, ()> {
        Box::pin(self.forget(name))
    }
}

fn judge(answer: Result<Response, reqwest::Error>) -> Result<Response, StorageFailure> {
    let answer = answer.map_err(away)?;
    match answer.status() {
        status if status.is_success() => Ok(answer),
        StatusCode::NOT_FOUND => Err(StorageFailure::Missing),
        status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Err(StorageFailure::Away(format!("status {}", status.as_u16())))
        }
        status => Err(StorageFailure::Refused(status.as_u16())),
    }
}

/// Without the address, which carries the signature.
#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn away(error: reqwest::Error) -> StorageFailure {
    let what = if error.is_timeout() {
        "no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "a broken answer"
    };
    StorageFailure::Away(what.to_owned())
}
