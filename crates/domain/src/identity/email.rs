//! An e-mail address. Knows its syntax; does not know whether anybody reads it.

use serde::{Deserialize, Serialize};

use super::text::clean;

/// A mailbox address (RFC 5321), as typed and in the form that is compared (CON-14).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email {
    display: String,
    canonical: String,
}

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum EmailProblem {
    /// Nothing was typed.
    Empty,
    /// It is not of the form `name@domain.example`.
    Malformed,
}

impl Email {
    /// Parses what a person typed; blanks around it and invisible characters do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text (CON-14).
    pub fn parse(typed: &str) -> Result<Self, EmailProblem> {
        let display = clean(typed);
        if display.is_empty() {
            return Err(EmailProblem::Empty);
        }
        let (local, domain) = display.split_once('@').ok_or(EmailProblem::Malformed)?;
        let blank = |c: char| c.is_whitespace() || c == '@';
        if local.is_empty() || !domain.contains('.') || display.matches(blank).count() != 1 {
            return Err(EmailProblem::Malformed);
        }
        let canonical = display.to_lowercase();
        Ok(Self { display, canonical })
    }

    /// The address as its owner wrote it.
    #[must_use]
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The form by which addresses are compared.
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}
