//! Widgets. They know no page, no call, no address and no language: words come in from outside.

pub mod button;
pub mod choice;
pub mod code_field;
pub mod copy_button;
pub mod countdown;
pub mod dialog;
pub mod error_summary;
pub mod field;
pub mod focus;
pub mod live;
pub mod notice;
pub mod password_field;
pub mod skeleton;

pub use button::SubmitButton;
pub use choice::{Checkbox, Choice, RadioGroup, Segments, SelectField};
pub use code_field::{CodeField, CodeWords};
pub use copy_button::CopyButton;
pub use countdown::seconds_until;
pub use dialog::Dialog;
pub use error_summary::ErrorSummary;
pub use field::{Field, FieldValue, PhoneField};
pub use focus::focus_soon;
pub use live::{live, live_text, nothing, react};
pub use notice::{Notice, NoticeKind};
pub use password_field::PasswordField;
pub use skeleton::Skeleton;
