//! Bank transfer and top-up, with days that pass.

use anyhow::{Context as _, Result};
use support::{Role, Seed, Stage, at_both_widths};

use super::{fills, fills_in, opens_the_form};

const DAY: u64 = 86_400_000;

async fn asks_for_a_transfer(stage: &Stage, account: &str) -> Result<()> {
    let person = stage.person();
    opens_the_form(stage).await?;
    fills_in(stage, "晴空（示例）科技有限公司", "Corporate bank transfer").await?;
    fills(stage, "Account number", account).await?;
    fills(stage, "Bank and branch", "示例银行北京分行").await?;
    fills(stage, "Name of the person in charge", "李四").await?;
    fills(stage, "Their resident ID number", "110101199003070038").await?;
    person.clicks(Role::Button, "Submit").await?;
    person.sees(Role::Heading, "The money is on its way").await
}

/// Days pass, and whoever comes back signs in again.
async fn days_pass(stage: &Stage, milliseconds: u64, page: &str) -> Result<()> {
    let body = format!("{{\"forward_by\":{milliseconds}}}");
    let moved = stage.product.post("/api/v1/demo/clock", &body)?;
    anyhow::ensure!(moved.status == 200, "{}", moved.body);
    stage.signs_in(Seed::PHONE_OWNER).await?;
    stage.opens(page).await
}

/// The sum of the newest transfer in the demo's book.
fn sum(stage: &Stage) -> Result<String> {
    let book = stage.product.get("/api/v1/demo/bank")?;
    let book: serde_json::Value = serde_json::from_str(&book.body)?;
    let fen = book
        .pointer("/transfers/0/amount")
        .and_then(serde_json::Value::as_i64);
    Ok(format!("0.{:02}", fen.context("a sum in fen")?))
}

#[tokio::test]
async fn ent_7_v_29_the_sum_that_arrived_is_entered() -> Result<()> {
    at_both_widths("enterprise-transfer", async |stage| {
        let person = stage.person();
        asks_for_a_transfer(stage, "0200000000000020265").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        stage.opens("/demo/bank").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Button, "Arrive").await?;
        person.reads("arrived").await?;
        stage.opens("/verification/transfer").await?;
        person
            .sees(Role::Heading, "Enter the sum that arrived")
            .await?;
        person.reads("2 tries are left").await?;
        fills(stage, "Sum in yuan", "0。1").await?;
        person.clicks(Role::Button, "Confirm the sum").await?;
        person.reads("Write the decimal point as").await?;
        stage.page_is_sound_in_both_schemes().await?;
        let right = sum(stage)?;
        let wrong = if right == "0.01" { "0.02" } else { "0.01" };
        fills(stage, "Sum in yuan", wrong).await?;
        person.clicks(Role::Button, "Confirm the sum").await?;
        person
            .reads("That is not the sum. One try is left.")
            .await?;
        fills(stage, "Sum in yuan", &right).await?;
        person.clicks(Role::Button, "Confirm the sum").await?;
        person.reads("The sum is right").await?;
        stage.page_is_sound().await
    })
    .await
}

#[tokio::test]
async fn ent_7_ent_17_after_seven_days_a_new_transfer_is_needed() -> Result<()> {
    at_both_widths("enterprise-transfer-late", async |stage| {
        let person = stage.person();
        asks_for_a_transfer(stage, "0200000000000020265").await?;
        stage.opens("/demo/bank").await?;
        person.clicks(Role::Button, "Arrive").await?;
        person.reads("arrived").await?;
        days_pass(stage, 7 * DAY + 60_000, "/verification/transfer").await?;
        person.reads("This transfer has failed").await?;
        person
            .reads("The sum was not entered within 7 days of its arrival")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        // Everything typed is there again; the button is all there is to do.
        person.clicks(Role::Button, "Ask for the transfer").await?;
        person.sees(Role::Heading, "The money is on its way").await
    })
    .await
}

#[tokio::test]
async fn ent_7_ver_15_money_that_does_not_come_is_looked_for_and_support_is_offered() -> Result<()>
{
    at_both_widths("enterprise-transfer-missing", async |stage| {
        let person = stage.person();
        asks_for_a_transfer(stage, "0200000000000020002").await?;
        // Five business days are over then, whatever holidays there are.
        days_pass(stage, 20 * DAY, "/verification/transfer").await?;
        person
            .reads("No money after more than 3 business days")
            .await?;
        person
            .reads("Contact support and name the case number")
            .await?;
        stage.page_is_sound_in_both_schemes().await
    })
    .await
}

#[tokio::test]
async fn ent_8_the_named_sum_is_paid_and_confirmed() -> Result<()> {
    at_both_widths("enterprise-top-up", async |stage| {
        let person = stage.person();
        opens_the_form(stage).await?;
        fills_in(stage, "晴空（示例）科技有限公司", "Platform top-up").await?;
        person.clicks(Role::Button, "Submit").await?;
        person.reads("Pay exactly").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.opens("/demo/bank").await?;
        person.clicks(Role::Button, "Somebody else pays").await?;
        person
            .clicks(Role::Button, "The enterprise pays the sum")
            .await?;
        person.reads("0 / 2").await?;
        stage.opens("/verification/top-up").await?;
        person
            .reads("The money came in and is being confirmed")
            .await?;
        person.reads("From another payer; it is balance").await?;
        stage.page_is_sound_in_both_schemes().await?;
        // The next business day is over then, whatever holidays there are.
        days_pass(stage, 20 * DAY, "/verification/top-up").await?;
        person.reads("The payment is confirmed").await?;
        stage.page_is_sound().await
    })
    .await
}
