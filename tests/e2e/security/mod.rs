//! Journeys through Security settings.

mod contacts;
mod password;
mod protection;

use anyhow::Result;
use support::{Role, Stage};

/// Answers the question who one is by a code, once it has been asked; codes that were read before do
/// not count.
async fn proves_by(
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

const BY_PHONE: &str = "Code to the security phone";
const BY_EMAIL: &str = "Code to the security e-mail";
