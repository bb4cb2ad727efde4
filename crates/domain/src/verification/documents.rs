//! Documents of proof: what may be uploaded, who may see it, how long it is kept (CHG-13). Knows
//! a file's first bytes and its measures; must not know how to decode a picture.

use serde::{Deserialize, Serialize};

use super::VerificationPolicy;
use super::change::Proof;
use crate::refusal::Refuse;
use crate::rule::RuleId;
use crate::time::Timestamp;

/// What a document is, by its content (CHG-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A PDF.
    Pdf,
}

/// Width and height of a picture in pixels, as its header says before anything is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dimensions {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

/// Why a file cannot be a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum DocumentProblem {
    /// It has no content.
    Empty,
    /// It is neither JPEG, PNG nor PDF by its content.
    UnknownKind,
    /// It has more bytes than allowed.
    TooLarge {
        /// Most bytes.
        most_bytes: u64,
    },
    /// It has more pixels than allowed.
    TooManyPixels {
        /// Most pixels.
        most_pixels: u64,
    },
    /// It begins like what it says it is, but cannot be read as that.
    Broken,
    /// It is a PDF that opens with a password only, so nobody can review it.
    Encrypted,
    /// It is a PDF that runs something or carries other files.
    ActiveContent,
    /// It was handed in and is not the applicant's to remove.
    HandedIn,
}

/// What documents are handed in for. Each purpose names the items that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DocumentPurpose {
    /// A change of the verification (CHG-7).
    VerificationChange,
    /// An amount that was refused although it was right: the screenshot of the receipt (ENT-19).
    AmountDispute,
}

/// The item of [`DocumentPurpose::AmountDispute`].
const RECEIPT: &str = "receipt";

impl DocumentPurpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::VerificationChange, Self::AmountDispute];

    /// Whether `item` is the word of something that is handed in for this.
    #[must_use]
    pub fn takes(self, item: &str) -> bool {
        match self {
            Self::VerificationChange => Proof::ALL.iter().any(|proof| proof.word() == item),
            Self::AmountDispute => item == RECEIPT,
        }
    }

    /// The word as it is written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::VerificationChange => "verification_change",
            Self::AmountDispute => "amount_dispute",
        }
    }
}

impl Refuse for DocumentProblem {
    fn rule(&self) -> RuleId {
        RuleId::Chg13
    }
}

impl DocumentKind {
    /// How many bytes from the start of a file [`DocumentKind::sniff`] looks at.
    pub const HEAD: usize = 8;

    /// What the first bytes of a file say it is; its name and the client's word do not count (CHG-13).
    #[must_use]
    pub const fn sniff(head: &[u8]) -> Option<Self> {
        match head {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Self::Png),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Whether it has a width and a height.
    #[must_use]
    pub const fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    /// The type it is served with, beside `nosniff` (CHG-13).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Judges a file's length; the browser asks before it sends anything (CHG-13).
///
/// # Errors
/// [`DocumentProblem::Empty`] or [`DocumentProblem::TooLarge`].
pub const fn check_length(bytes: u64, policy: &VerificationPolicy) -> Result<(), DocumentProblem> {
    if bytes == 0 {
        return Err(DocumentProblem::Empty);
    }
    if bytes > policy.document_most_bytes {
        return Err(DocumentProblem::TooLarge {
            most_bytes: policy.document_most_bytes,
        });
    }
    Ok(())
}

/// Judges a picture's measures before it is decoded (CHG-13).
///
/// # Errors
/// [`DocumentProblem::TooManyPixels`], or [`DocumentProblem::Broken`] when a side is zero.
pub const fn check_dimensions(
    dimensions: Dimensions,
    policy: &VerificationPolicy,
) -> Result<(), DocumentProblem> {
    let pixels = dimensions.width as u64 * dimensions.height as u64;
    if pixels == 0 {
        return Err(DocumentProblem::Broken);
    }
    if pixels > policy.document_most_pixels {
        return Err(DocumentProblem::TooManyPixels {
            most_pixels: policy.document_most_pixels,
        });
    }
    Ok(())
}

/// Judges a whole file by its length, its first bytes and, for a picture, its measures (CHG-13).
///
/// `dimensions` is what the edge read from the picture's header, nothing when it could not.
///
/// # Errors
/// The first [`DocumentProblem`] that applies.
pub fn check_document(
    head: &[u8],
    bytes: u64,
    dimensions: Option<Dimensions>,
    policy: &VerificationPolicy,
) -> Result<DocumentKind, DocumentProblem> {
    check_length(bytes, policy)?;
    let kind = DocumentKind::sniff(head).ok_or(DocumentProblem::UnknownKind)?;
    if kind.is_picture() {
        check_dimensions(dimensions.ok_or(DocumentProblem::Broken)?, policy)?;
    }
    Ok(kind)
}

/// When a document is deleted, counted from the decision on its application (CHG-13).
///
/// Nothing while the application is undecided; a withdrawal counts as a decision.
#[must_use]
pub fn delete_document_at(
    decided_at: Option<Timestamp>,
    policy: &VerificationPolicy,
) -> Option<Timestamp> {
    decided_at.map(|at| at.plus(policy.document_kept))
}

/// When a document is deleted that nobody has handed in; ours: as long after its upload (CHG-13).
#[must_use]
pub fn delete_waiting_document_at(
    uploaded_at: Timestamp,
    policy: &VerificationPolicy,
) -> Timestamp {
    uploaded_at.plus(policy.document_kept)
}

/// Who asks to see a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentViewer {
    /// The account that handed it in.
    Applicant,
    /// An operator who reviews.
    Reviewer,
    /// Another operator.
    OtherOperator,
    /// Anybody else.
    Stranger,
}

/// Whether a document may be shown; every view that is allowed is audited (CHG-13).
#[must_use]
pub const fn may_view_document(viewer: DocumentViewer) -> bool {
    match viewer {
        DocumentViewer::Applicant | DocumentViewer::Reviewer => true,
        DocumentViewer::OtherOperator | DocumentViewer::Stranger => false,
    }
}

/// A limit of use that somebody wrote on a copy of their document (ENT-11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UsageRestriction {
    /// Nothing is written on it.
    None,
    /// Only for verification on this platform.
    NamesThisPlatform,
    /// Only for something else, or it does not say for what.
    NamesAnother,
}

impl UsageRestriction {
    /// Whether a document with it can be accepted (ENT-11).
    #[must_use]
    pub const fn is_acceptable(self) -> bool {
        match self {
            Self::None | Self::NamesThisPlatform => true,
            Self::NamesAnother => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Span;
    use proptest::prelude::*;

    const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
    const SMALL: Option<Dimensions> = Some(Dimensions {
        width: 40,
        height: 20,
    });

    fn check(
        head: &[u8],
        bytes: u64,
        dimensions: Option<Dimensions>,
    ) -> Result<DocumentKind, DocumentProblem> {
        check_document(head, bytes, dimensions, &VerificationPolicy::default())
    }

    #[test]
    fn chg_13_jpeg_png_and_pdf_are_known_by_content() {
        assert_eq!(
            check(&[0xff, 0xd8, 0xff, 0xe1], 1000, SMALL),
            Ok(DocumentKind::Jpeg)
        );
        assert_eq!(check(PNG, 1000, SMALL), Ok(DocumentKind::Png));
        assert_eq!(check(b"%PDF-1.7", 1000, None), Ok(DocumentKind::Pdf));
    }

    #[test]
    fn v_38_a_wrong_content_is_refused_whatever_its_name() {
        for head in [
            b"<svg xmlns".as_slice(),
            b"<?xml ver".as_slice(),
            b"GIF89a\x01\x00".as_slice(),
            b"MZ\x90\x00\x03\x00\x00\x00".as_slice(),
            b"RIFF\x24\x00\x00\x00WAVE".as_slice(),
            b"\n%PDF-1.7".as_slice(),
            b"%PDF".as_slice(),
            b"\x89PNG\n\x1a\n".as_slice(),
        ] {
            assert_eq!(check(head, 1000, SMALL), Err(DocumentProblem::UnknownKind));
        }
        assert_eq!(check(b"", 0, None), Err(DocumentProblem::Empty));
    }

    #[test]
    fn v_40_ten_megabytes_pass_and_one_byte_more_is_refused_with_the_limit() {
        let most_bytes = 10 * 1024 * 1024;
        assert_eq!(check(PNG, 3 * 1024 * 1024, SMALL), Ok(DocumentKind::Png));
        assert_eq!(check(PNG, most_bytes, SMALL), Ok(DocumentKind::Png));
        assert_eq!(
            check(PNG, most_bytes + 1, SMALL),
            Err(DocumentProblem::TooLarge { most_bytes })
        );
    }

    #[test]
    fn chg_13_fifty_megapixels_pass_and_one_row_more_is_refused() {
        let of = |width, height| check(PNG, 1000, Some(Dimensions { width, height }));
        assert_eq!(of(10_000, 5_000), Ok(DocumentKind::Png));
        assert_eq!(
            of(10_000, 5_001),
            Err(DocumentProblem::TooManyPixels {
                most_pixels: 50_000_000
            })
        );
        assert_eq!(
            of(u32::MAX, u32::MAX),
            Err(DocumentProblem::TooManyPixels {
                most_pixels: 50_000_000
            })
        );
        assert_eq!(of(0, 5_000), Err(DocumentProblem::Broken));
        assert_eq!(check(PNG, 1000, None), Err(DocumentProblem::Broken));
    }

    #[test]
    fn chg_13_documents_go_180_days_after_the_decision() {
        let policy = VerificationPolicy::default();
        let decided = Timestamp::from_millis(1_790_000_010_000);
        assert_eq!(delete_document_at(None, &policy), None);
        assert_eq!(
            delete_document_at(Some(decided), &policy),
            Some(decided.plus(Span::from_days(180)))
        );
    }

    #[test]
    fn chg_13_what_nobody_hands_in_goes_180_days_after_its_upload() {
        let policy = VerificationPolicy::default();
        let uploaded = Timestamp::from_millis(1_790_000_010_000);
        assert_eq!(
            delete_waiting_document_at(uploaded, &policy),
            uploaded.plus(Span::from_days(180))
        );
    }

    #[test]
    fn chg_13_a_purpose_takes_its_own_items_only() {
        let change = DocumentPurpose::VerificationChange;
        assert!(change.takes("new_licence") && change.takes("former_latest_id_back"));
        assert!(!change.takes("receipt") && !change.takes("New_Licence") && !change.takes(""));
        assert!(DocumentPurpose::AmountDispute.takes("receipt"));
        for purpose in DocumentPurpose::ALL {
            let word = serde_json::to_value(purpose).unwrap();
            assert_eq!(word, purpose.word());
        }
    }

    #[test]
    fn chg_13_only_applicant_and_reviewers_see_documents() {
        assert!(may_view_document(DocumentViewer::Applicant));
        assert!(may_view_document(DocumentViewer::Reviewer));
        assert!(!may_view_document(DocumentViewer::OtherOperator));
        assert!(!may_view_document(DocumentViewer::Stranger));
    }

    #[test]
    fn ent_11_a_restriction_must_name_this_platform() {
        assert!(UsageRestriction::None.is_acceptable());
        assert!(UsageRestriction::NamesThisPlatform.is_acceptable());
        assert!(!UsageRestriction::NamesAnother.is_acceptable());
    }

    proptest! {
        #[test]
        fn chg_13_no_bytes_make_the_check_panic(
            head in prop::collection::vec(any::<u8>(), 0..16),
            bytes: u64,
            width: u32,
            height: u32,
        ) {
            let accepted = check(&head, bytes, Some(Dimensions { width, height }));
            prop_assert!(accepted.is_err() || DocumentKind::sniff(&head).is_some());
        }
    }
}
