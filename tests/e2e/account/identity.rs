//! What identifies the account (ACC-1, ACC-2, ACC-3, CON-1).

use anyhow::Result;
use support::{Role, Seed, at_both_widths};

#[tokio::test]
async fn acc_1_acc_2_acc_3_con_1_the_account_says_what_it_is_and_what_each_contact_gets()
-> Result<()> {
    at_both_widths("account-identity", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.reads("100000000002").await?;
        person.reads("2000000002").await?;
        person.reads("China site").await?;
        person.reads("(Beijing time)").await?;
        person.clicks(Role::Button, "Copy Account ID").await?;
        person.sees(Role::Button, "Copied Account ID").await?;
        for gets in [
            "For: signing in",
            "For: security codes, security notices",
            "For: alerts of products, expiry reminders",
        ] {
            person.reads(gets).await?;
        }
        Ok(())
    })
    .await
}
