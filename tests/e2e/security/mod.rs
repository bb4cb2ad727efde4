//! Journeys through Security settings.

mod contacts;
mod leaver;
mod password;
mod protection;
mod two_browsers;

use anyhow::Result;
use support::{Role, Stage};

/// Answers the question who one is by a code, once it has been asked; codes that were read before do
/// not count.
pub(crate) async fn proves_by(
    stage: &Stage,
    (way, to): (&str, &str),
    read_before: &[String],
) -> Result<String> {
    let person = stage.person();
    person.sees(Role::Heading, "Confirm that it is you").await?;
    person.clicks(Role::Radio, way).await?;
    person.clicks(Role::Button, "Send code").await?;
    person.is_at(Role::Textbox, "Code").await?;
    let code = stage.product.code(to, read_before).await?;
    person.types(&code).await?;
    person.clicks(Role::Button, "Confirm").await?;
    Ok(code)
}

pub(crate) const BY_PHONE: &str = "Code to the security phone";
pub(crate) const BY_EMAIL: &str = "Code to the security e-mail";
