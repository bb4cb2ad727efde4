//! Values that name a person, an organisation or a way to reach them.
//!
//! Each is parsed once, at the edge; a parsed value is normalised and is never checked again.
//! This room must not know why a value is wanted.

mod email;
mod text;

pub use email::{Email, EmailProblem};
pub use text::clean;
