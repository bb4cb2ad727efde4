//! Bodies of documents of proof (CHG-13).

use domain::time::Timestamp;
use domain::verification::{DocumentKind, DocumentPurpose};
use serde::{Deserialize, Serialize};

/// The query of [`crate::endpoints::UPLOAD_DOCUMENT`], whose body is the file itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadDocument {
    /// What it is for.
    pub purpose: DocumentPurpose,
    /// What it proves, as a word of its purpose.
    pub item: String,
}

/// A document that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KeptDocument {
    /// Names it.
    pub id: String,
    /// What it is for.
    pub purpose: DocumentPurpose,
    /// What it proves, as a word of its purpose.
    pub item: String,
    /// What it is, by its content.
    pub kind: DocumentKind,
    /// Its length as it is kept: a picture was written anew.
    pub bytes: u64,
    /// When it was uploaded.
    pub uploaded_at: Timestamp,
    /// When it is deleted by itself, as far as that is settled.
    pub delete_at: Option<Timestamp>,
    /// Whether it was handed in, and so is not its holder's to remove.
    pub is_handed_in: bool,
}

/// What a file must be to be taken (CHG-13), for whoever judges it before sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentRules {
    /// Most bytes.
    pub most_bytes: u64,
    /// Most pixels of a picture.
    pub most_pixels: u64,
}

/// The answer to [`crate::endpoints::GET_DOCUMENTS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingDocuments {
    /// What waits to be handed in, at most one for each item.
    pub documents: Vec<KeptDocument>,
    /// What a file must be.
    pub rules: DocumentRules,
}
