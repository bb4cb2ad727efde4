//! What stands around the pages: frame, header, navigation, session warning, the heading of a page.
//!
//! Must not know any single page.

pub mod brand;
pub mod frame;
pub mod freeze_notice;
pub mod header;
pub mod loaded;
pub mod not_verified;
mod page;
pub mod session_warning;
pub mod side_navigation;

pub use frame::Frame;
pub use loaded::loaded;
pub use page::page;
