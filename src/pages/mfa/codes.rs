//! Recovery codes as they are shown, this once: to copy, to save, to print (MFA-7). Must not know how
//! they came about.

use leptos::prelude::*;

use crate::product;
use crate::session::SessionContext;
use crate::text::Language;
use crate::text::mfa_page::{self as text, MfaText};
use crate::text::shell::ShellText;
use crate::ui::{CopyButton, SecretBlock, download, print_page};

/// The name of the file in which they are saved.
const FILE: &str = "recovery-codes.txt";

/// The codes with their buttons.
pub(super) fn recovery_codes(codes: &[String], language: Language) -> AnyView {
    let text = MfaText::of(language);
    let shell = ShellText::of(language);
    let owner = untrack(|| SessionContext::expect().owner());
    let account = owner
        .map(|owner| owner.account_id.to_string())
        .unwrap_or_default();
    let title = text::codes_of(language, &product::name(language), &account);
    let all = codes.join("\n");
    let file = [&*title, "\n\n", &*all, "\n"].concat();
    let save = move |_| {
        // Where it cannot be handed over, the browser says so itself; the codes stay on the page.
        let _ = download(FILE, "text/plain;charset=utf-8", &file);
    };
    view! {
        <SecretBlock label=text.codes_label text=all.clone() print_title=title>
            <CopyButton
                text=all
                what=text.codes_label
                label=shell.copy
                copied=shell.copied
                not_copied=shell.not_copied
            />
            <button type="button" class="button" on:click=save>
                {text.download}
            </button>
            <button type="button" class="button" on:click=|_| print_page()>
                {text.print}
            </button>
        </SecretBlock>
    }
    .into_any()
}
