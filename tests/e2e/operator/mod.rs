//! Journeys at the operators' desk: signing in there, freezing an account, raising an enterprise's limit.

use anyhow::{Result, ensure};
use support::{Key, Operator, Role, Seed, app_code, at_both_widths};

#[tokio::test]
async fn ops_1_an_operator_gives_password_and_code_and_nobody_else_gets_in() -> Result<()> {
    at_both_widths("desk-sign-in", async |stage| {
        // The desk leads whoever is not on duty to its own door, and back to where they wanted to go.
        stage.opens("/operator/accounts").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Operator sign-in").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Next").await?;
        person.reads("Enter your name").await?;
        person.reads("Enter your password").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "Name").await?;
        person.types("nobody").await?;
        person.clicks(Role::Textbox, "Password").await?;
        person.types(Seed::PASSWORD).await?;
        person.clicks(Role::Button, "Next").await?;
        person
            .reads("Name and password do not belong together.")
            .await?;
        person.clicks(Role::Textbox, "Name").await?;
        person.types_over(Operator::SUPPORT.name).await?;
        person.clicks(Role::Button, "Next").await?;
        person.is_at(Role::Textbox, "Code").await?;
        stage.page_is_sound_in_both_schemes().await?;
        // A password alone opens nothing, and a reload asks for the code again.
        stage.opens("/operator/accounts").await?;
        person.sees(Role::Textbox, "Code").await?;
        person.clicks(Role::Textbox, "Code").await?;
        person.types("000000").await?;
        person.presses(Key::Enter).await?;
        person.reads("tries left: 4").await?;
        person.clicks(Role::Textbox, "Code").await?;
        person
            .types_over(&app_code(Operator::SUPPORT.secret, 0)?)
            .await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Find an account").await?;
        person.reads("support · Support").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        // The desk is none of an owner's.
        stage.opens("/account").await?;
        person.sees(Role::Heading, "Sign in").await?;
        stage.opens("/operator").await?;
        person.sees(Role::Heading, "Queues").await?;
        person.clicks(Role::Button, "Leave the desk").await?;
        person.reads("You have left the desk.").await?;
        stage.opens("/operator").await?;
        person.sees(Role::Heading, "Operator sign-in").await
    })
    .await
}

#[tokio::test]
async fn ops_1_the_desk_is_worked_by_keyboard_and_its_keys_can_be_switched_off() -> Result<()> {
    at_both_widths("desk-keys", async |stage| {
        stage.signs_in_at_desk(Operator::REVIEWER, 0).await?;
        let person = stage.person();
        person.reads("Verification changes").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.types("f").await?;
        person.sees(Role::Heading, "Find an account").await?;
        person.types("q").await?;
        person.sees(Role::Heading, "Queues").await?;
        person.types("?").await?;
        person.sees(Role::Heading, "Keyboard shortcuts").await?;
        stage.page_is_sound().await?;
        person
            .clicks(Role::Checkbox, "Use single-key shortcuts")
            .await?;
        stage.confirms("Close").await?;
        person.types("f").await?;
        // A letter in a field stays a letter, and a key that is off does nothing.
        person.clicks(Role::Link, "Accounts").await?;
        person.sees(Role::Heading, "Find an account").await?;
        person.types("q").await?;
        person.sees(Role::Heading, "Find an account").await
    })
    .await
}

#[tokio::test]
async fn acc_6_support_freezes_an_account_and_its_owner_reads_why_until_it_is_lifted() -> Result<()>
{
    at_both_widths("desk-freeze", async |stage| {
        stage.signs_in_at_desk(Operator::SUPPORT, 0).await?;
        let person = stage.person();
        stage.opens("/operator/accounts").await?;
        person.clicks(Role::Textbox, "Account ID").await?;
        person.types("1234").await?;
        person.presses(Key::Enter).await?;
        person
            .reads("An account ID has 12 digits; you typed 4")
            .await?;
        person.clicks(Role::Textbox, "Account ID").await?;
        person.types_over(Seed::PERSONS_ID).await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Freeze the account").await?;
        person.reads("Not frozen").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "Freeze the account").await?;
        person.reads("Enter a reason").await?;
        person.clicks(Role::Textbox, "Reason").await?;
        person.types("Sent spam to 300 people.").await?;
        person.clicks(Role::Button, "Freeze the account").await?;
        person.reads("The account is frozen.").await?;
        person.sees(Role::Heading, "Lift the freeze").await?;
        person.reads("freeze_changed").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.focus_is_not_lost().await?;
        stage.signs_in(Seed::PERSON).await?;
        person
            .reads("The account is frozen because of a violation")
            .await?;
        person.reads("Sent spam to 300 people.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage
            .opens(&format!("/operator/accounts/{}", Seed::PERSONS_ID))
            .await?;
        person.sees(Role::Heading, "Lift the freeze").await?;
        person.clicks(Role::Textbox, "Reason").await?;
        person.types("It has stopped.").await?;
        person.clicks(Role::Button, "Lift the freeze").await?;
        person.reads("The freeze is lifted.").await?;
        stage.opens("/account").await?;
        person.sees(Role::Heading, "Account info").await?;
        person.sees_no_waiting().await?;
        let text = person.text().await?;
        ensure!(!text.contains("because of a violation"), "still frozen");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn ent_1_an_administrator_raises_the_limit_of_an_enterprise() -> Result<()> {
    at_both_widths("desk-limit", async |stage| {
        stage.signs_in_at_desk(Operator::ADMINISTRATOR, 0).await?;
        let person = stage.person();
        stage.opens("/operator/enterprises").await?;
        person.clicks(Role::Button, "Look it up").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Textbox, "Enterprise name").await?;
        person.types("晴空（示例）科技有限公司").await?;
        person.clicks(Role::Textbox, "Enterprise code").await?;
        person.types("91110108MA01ABC25F").await?;
        person.clicks(Role::Button, "Look it up").await?;
        person.sees(Role::Heading, "Raise the limit").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Textbox, "New limit").await?;
        person.types("10").await?;
        person.clicks(Role::Textbox, "Reason").await?;
        person.types("A group with 24 subsidiaries.").await?;
        person.clicks(Role::Button, "Raise the limit").await?;
        person
            .reads("The new limit must be above the present 10.")
            .await?;
        person.clicks(Role::Textbox, "New limit").await?;
        person.types_over("25").await?;
        person.clicks(Role::Button, "Raise the limit").await?;
        person.reads("The limit is raised.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.focus_is_not_lost().await
    })
    .await
}

/// Waits for the demo's applications, which are handed in while the server answers already.
async fn sees_cases(stage: &support::Stage) -> Result<()> {
    for _ in 0..30 {
        let text = stage.person().text().await?;
        if text.contains("12 open") {
            return Ok(());
        }
        stage.person().clicks(Role::Button, "Reload").await?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    }
    anyhow::bail!("the demo's applications are not there")
}

#[tokio::test]
async fn ops_1_a_reviewer_compares_looks_at_documents_and_approves_by_keyboard() -> Result<()> {
    at_both_widths("desk-approve", async |stage| {
        stage.signs_in_at_desk(Operator::REVIEWER, 0).await?;
        sees_cases(stage).await?;
        let person = stage.person();
        person.reads("Overdue").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.types("j").await?;
        person.is_at(Role::Link, "Person to another person").await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Before and after").await?;
        person.reads("柳如烟").await?;
        person.reads("沈知夏").await?;
        person.types("d").await?;
        person.sees(Role::Button, "Rotate").await?;
        person.types("+").await?;
        person.types("r").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.types("a").await?;
        person.sees(Role::Button, "Approve the case").await?;
        person.clicks(Role::Button, "Approve the case").await?;
        person.reads("These checks are still to be made").await?;
        stage.page_is_sound().await?;
        for check in [
            "Every document can be read whole and has not expired",
            "Names and numbers agree among documents, form and register",
            "A usage restriction or watermark on a document names this platform's verification",
            "The form is signed or stamped by who must sign it",
        ] {
            person.clicks(Role::Checkbox, check).await?;
        }
        person.clicks(Role::Button, "Approve the case").await?;
        person.reads("The case was approved.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.focus_is_not_lost().await?;
        person.clicks(Role::Link, "Back to the queue").await?;
        person.reads("11 open").await
    })
    .await
}

#[tokio::test]
async fn chg_9_a_reviewer_rejects_with_reasons_for_single_items() -> Result<()> {
    at_both_widths("desk-reject", async |stage| {
        stage.signs_in_at_desk(Operator::REVIEWER, 0).await?;
        sees_cases(stage).await?;
        let person = stage.person();
        person.types("j").await?;
        person.presses(Key::Enter).await?;
        person.sees(Role::Heading, "Before and after").await?;
        person.types("x").await?;
        person.clicks(Role::Button, "Reject the case").await?;
        person
            .reads("Choose a reason for at least one item.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person
            .clicks(Role::Combobox, "Change application form, signed or stamped")
            .await?;
        person.types("Something else").await?;
        person.presses(Key::Enter).await?;
        person.clicks(Role::Button, "Reject the case").await?;
        person.reads("Enter a reason").await?;
        person.clicks(Role::Textbox, "Note").await?;
        person.types("The seal belongs to another company.").await?;
        stage.page_is_sound().await?;
        person.clicks(Role::Button, "Reject the case").await?;
        person
            .reads("The case was rejected, and the applicant told why.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person
            .clicks(Role::Link, "Go on with the next case")
            .await?;
        person.sees(Role::Heading, "Before and after").await
    })
    .await
}
