//! The pages, one folder per area, one file per address.
//!
//! An area is a piece of the app that is fetched when somebody first goes there, so that nobody pays
//! for the forty pages they do not open. Its `mod.rs` is the door; a page must not know another page.

pub mod account;
pub mod audit;
pub mod change;
pub mod demo;
pub mod enterprise;
pub mod forgotten;
pub mod help;
pub mod identity;
pub mod mfa;
pub mod new_version;
pub mod not_found;
pub mod operator;
pub mod problem;
pub mod registration;
pub mod second_step;
pub mod security;
pub mod sign_in;
pub mod step_up;
pub mod verification;

use leptos::prelude::AnyView;

/// A page that is there and can be shown.
#[derive(Clone, Copy)]
pub struct Page(fn() -> AnyView);

impl Page {
    /// The page that `show` makes.
    #[must_use]
    pub const fn new(show: fn() -> AnyView) -> Self {
        Self(show)
    }

    /// Makes the page.
    #[must_use]
    pub fn show(self) -> AnyView {
        (self.0)()
    }
}

/// The part of the app with the page could not be fetched, most likely since a newer version of the
/// app has taken its place on the server (V-42).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewVersion;

impl From<leptos::wasm_split::SplitLoaderError> for NewVersion {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// The door of an area: `area!(account, At, find)` makes `open(At)`, which fetches the area's code
/// and answers the page.
///
/// Only a build with the feature `split` is cut into pieces; Trunk and the tests load all at once.
macro_rules! area {
    ($name:ident, $find:ident) => {
        /// Fetches the area, if it is not there yet, and answers the page.
        ///
        /// # Errors
        /// When the area cannot be fetched.
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split(
                                                            $name,
                                                            wasm_split_path = leptos::wasm_split,
                                                            fallible
                                                        )]
        pub fn open(at: At) -> Result<$crate::pages::Page, $crate::pages::NewVersion> {
            Ok($find(at))
        }

        /// Answers the page; this build has all areas in one piece.
        ///
        /// # Errors
        /// Never.
        #[cfg(not(feature = "split"))]
        pub async fn open(at: At) -> Result<$crate::pages::Page, $crate::pages::NewVersion> {
            Ok($find(at))
        }
    };
}
use area;
