//! Login methods on Account info: binding, replacing, unbinding, and why not (LGM, REG-5, CON-15).

use anyhow::{Result, ensure};
use support::{Key, Role, Seed, at_both_widths};

use crate::security::{BY_PHONE, proves_by};

const PROOF: (&str, &str) = (BY_PHONE, Seed::PERSONS_PHONE);

#[tokio::test]
async fn v_28_lgm_1_the_last_login_method_says_why_it_stays() -> Result<()> {
    at_both_widths("last-method", async |stage| {
        stage.signs_in(Seed::PHONE_OWNER).await?;
        let person = stage.person();
        person
            .clicks(Role::Button, "Why can it not be unbound?")
            .await?;
        person.reads("This is the last login method").await?;
        person.reads("Bind another one first.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await
    })
    .await
}

#[tokio::test]
async fn lgm_2_the_registration_method_lists_what_is_missing_until_it_may_go() -> Result<()> {
    at_both_widths("registration-method", async |stage| {
        stage.signs_in(Seed::NEWCOMER).await?;
        let person = stage.person();
        person.reads("Registered with it").await?;
        person
            .clicks(Role::Button, "Why can it not be unbound?")
            .await?;
        person
            .reads("Two or more login methods are bound met")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person
            .clicks(Role::Link, "A security phone is bound")
            .await?;
        person.sees(Role::Heading, "Security phone").await
    })
    .await
}

#[tokio::test]
async fn lgm_2_lgm_9_the_registration_method_goes_and_signs_in_no_more() -> Result<()> {
    at_both_widths("registration-method-goes", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Unbind E-mail").await?;
        person.reads("It no longer signs in.").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.confirms("Unbind").await?;
        proves_by(stage, PROOF, &[]).await?;
        person.reads("It was unbound.").await?;
        person.is_at(Role::Heading, "Login methods").await?;
        // WeChat is the last one now (LGM-1).
        person
            .sees(Role::Button, "Why can it not be unbound?")
            .await?;
        stage.page_is_sound().await?;
        for to in [Seed::PERSONS_PHONE, Seed::PERSONS_SAFE_EMAIL] {
            stage.product.lock_link(to).await?;
        }
        stage.signs_out().await?;
        stage.fills_in_sign_in(Seed::PERSON).await?;
        person.reads("E-mail or password is not right.").await
    })
    .await
}

#[tokio::test]
async fn lgm_8_mfa_6_reg_5_wechat_goes_as_a_login_and_confirms_on_until_it_is_bound_again()
-> Result<()> {
    at_both_widths("wechat-goes", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Unbind WeChat").await?;
        person.reads("WeChat as confirmation goes on").await?;
        stage.confirms("Unbind").await?;
        proves_by(stage, PROOF, &[]).await?;
        person
            .reads("WeChat no longer signs in. It still confirms")
            .await?;
        stage.opens("/security/mfa").await?;
        person
            .reads("WeChat no longer signs you in, yet it still confirms")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        stage.opens("/account").await?;
        person.clicks(Role::Button, "Bind WeChat").await?;
        person.clicks(Role::Button, Seed::PERSONS_WECHAT).await?;
        person.sees(Role::Heading, "What next").await?;
        person.reads("WeChat · 张三").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        // The proof of a moment ago still counts.
        person
            .clicks(Role::Button, "Bind it to this account")
            .await?;
        person.reads("It was bound").await?;
        person.sees(Role::Button, "Unbind WeChat").await?;

        stage.opens("/security/mfa").await?;
        person
            .clicks(Role::Button, "Unbind WeChat as confirmation")
            .await?;
        stage.page_is_sound().await?;
        stage.confirms("Unbind").await?;
        person.reads("WeChat no longer confirms.").await?;
        stage.opens("/account").await?;
        person.sees(Role::Button, "Unbind WeChat").await
    })
    .await
}

#[tokio::test]
async fn lgm_3_con_14_con_15_another_login_e_mail_answers_a_code_and_signs_in() -> Result<()> {
    at_both_widths("login-e-mail", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Link, "Replace E-mail").await?;
        person.sees(Role::Heading, "Login e-mail").await?;
        person.clicks(Role::Button, "Save login e-mail").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Textbox, "New login e-mail").await?;
        person.types("zhang.new@demo.example").await?;
        person.clicks(Role::Button, "Send code").await?;
        proves_by(stage, PROOF, &[]).await?;
        person.reads("A code was sent to z***@demo.example").await?;
        person.is_at(Role::Textbox, "Code").await?;
        let code = stage.product.code("zhang.new@demo.example", &[]).await?;
        person.types(&code).await?;
        person.presses(Key::Enter).await?;
        person
            .reads("The login e-mail is set; you can sign in with it now.")
            .await?;
        stage.signs_out().await?;
        let renamed = Seed {
            email: "zhang.new@demo.example",
            ..Seed::PERSON
        };
        stage.fills_in_sign_in(renamed).await?;
        person.sees(Role::Heading, "Account info").await
    })
    .await
}

#[tokio::test]
async fn lgm_5_lgm_7_what_cannot_be_bound_says_why_and_shows_the_way() -> Result<()> {
    at_both_widths("cannot-be-bound", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Bind WeCom").await?;
        // The proof comes before the visit (LGM-9), and counts for the next one too.
        proves_by(stage, PROOF, &[]).await?;
        person.sees(Role::Heading, "Demo phone").await?;
        stage.page_is_sound_in_both_schemes().await?;
        stage.page_can_be_touched().await?;
        person.clicks(Role::Button, "钱成员 wecom-member").await?;
        person
            .reads("Only an administrator of that WeCom organisation can bind it.")
            .await?;
        person
            .sees(Role::Heading, "What a WeCom administrator has to do")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "Back to Account info").await?;
        person.clicks(Role::Button, "Bind QQ").await?;
        person.clicks(Role::Button, "王五 qq-wang").await?;
        person.reads("It signs in to another account.").await?;
        person.clicks(Role::Link, "Back to Account info").await?;
        // Whoever cancels at the service is back, and nothing has happened.
        person.clicks(Role::Button, "Bind QQ").await?;
        person.clicks(Role::Button, "Cancel").await?;
        person
            .reads("You cancelled in QQ. Nothing was changed.")
            .await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "Back to Account info").await?;
        person.sees(Role::Button, "Bind QQ").await
    })
    .await
}

#[tokio::test]
async fn v_27_what_began_in_one_browser_binds_nothing_in_another() -> Result<()> {
    at_both_widths("other-browser", async |stage| {
        stage.signs_in(Seed::PERSON).await?;
        let person = stage.person();
        person.clicks(Role::Button, "Bind QQ").await?;
        proves_by(stage, PROOF, &[]).await?;
        person.sees(Role::Heading, "Demo phone").await?;
        // The service answers, and the way back is not gone in this browser.
        let answer = "const asked = new URLSearchParams(location.search);
            return fetch('/api/v1/demo/phone', {
                method: 'POST',
                headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
                body: JSON.stringify({
                    kind: 'qq', person: 'qq-new', state: asked.get('state'),
                    challenge: asked.get('challenge'), redirect_uri: asked.get('redirect_uri'),
                }),
            }).then((answer) => answer.json()).then((answer) => answer.address);";
        let address = stage.browser.evaluate(answer).await?;
        let address = address.as_str().unwrap_or_default().to_owned();
        ensure!(address.contains("/back/qq?"), "no way back: {address}");
        stage.browser.driver().delete_all_cookies().await?;
        stage.signs_in(Seed::PHONE_OWNER).await?;
        stage.browser.driver().goto(&address).await?;
        person.reads("This was not begun in this browser").await?;
        stage.page_is_sound_in_both_schemes().await?;
        person.clicks(Role::Link, "Back to Account info").await?;
        person.sees(Role::Button, "Bind QQ").await
    })
    .await
}
