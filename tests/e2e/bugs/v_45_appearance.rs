//! V-45: language and colours are the person's, and both can be read.

use anyhow::{Result, ensure};
use support::{Language, Look, Role, Scheme, Seed, Width, journey};

/// Every page in every look is accessible and fits the screen.
async fn pages_are_sound(width: Width) -> Result<()> {
    for language in Language::ALL {
        let look = Look {
            width,
            scheme: Scheme::Light,
            language,
        };
        journey("every-page", look, async |stage| {
            for path in ["/sign-in", "/no-such-page"] {
                stage.opens(path).await?;
                stage.page_is_sound_in_both_schemes().await?;
            }
            stage.signs_in(Seed::PERSON).await?;
            for path in ["/account", "/outbox"] {
                stage.opens(path).await?;
                stage.page_is_sound_in_both_schemes().await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn v_45_every_page_can_be_read_on_a_phone() -> Result<()> {
    pages_are_sound(Width::Phone).await
}

#[tokio::test]
async fn v_45_every_page_can_be_read_on_a_laptop() -> Result<()> {
    pages_are_sound(Width::Desktop).await
}

#[tokio::test]
async fn v_45_chinese_is_understood_by_any_of_its_names() -> Result<()> {
    let look = Look {
        width: Width::Phone,
        scheme: Scheme::Light,
        language: Language::Chinese,
    };
    journey("chinese", look, async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.sees(Role::Heading, "登录").await?;
        let tag = "return document.documentElement.lang";
        ensure!(stage.browser.evaluate(tag).await? == "zh-CN");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn v_45_the_chosen_language_stays_chosen() -> Result<()> {
    journey("language", Look::plain(Width::Desktop), async |stage| {
        stage.opens("/sign-in").await?;
        let person = stage.person();
        person.sees(Role::Heading, "Sign in").await?;
        person.clicks(Role::Button, "中文").await?;
        person.sees(Role::Heading, "登录").await?;
        person.reloads().await?;
        person.sees(Role::Heading, "登录").await?;
        let tag = "return document.documentElement.lang";
        ensure!(stage.browser.evaluate(tag).await? == "zh-CN");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn v_45_a_form_filled_in_by_the_browser_can_be_read() -> Result<()> {
    journey("autofill", Look::plain(Width::Desktop), async |stage| {
        stage.opens("/sign-in").await?;
        stage.person().sees(Role::Textbox, "Password").await?;
        for scheme in Scheme::ALL {
            stage.browser.prefer(scheme).await?;
            for field in ["input[type=email]", "input[type=password]"] {
                let contrast = stage.browser.contrast_when_filled_in(field).await?;
                ensure!(contrast >= 4.5, "{field}, {}: {contrast:.1}", scheme.name());
            }
        }
        Ok(())
    })
    .await
}
