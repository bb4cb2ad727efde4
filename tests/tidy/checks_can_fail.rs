//! Each check of the house, against what it must refuse and what it must let pass.

use super::{LONGEST_FILE, faults_in, missing_opening, raw_colours};

/// The files that stand beside the one in question.
fn is_neighbour(path: &str) -> bool {
    [
        "src/pages/sign_in.rs",
        "src/pages/account/mod.rs",
        "crates/server/src/handlers/session.rs",
    ]
    .contains(&path)
}

fn reasons(path: &str, text: &str) -> Vec<String> {
    let text = format!("//! Opens.\n{text}");
    let faults = faults_in(path, &text, &is_neighbour).into_iter();
    faults.map(|fault| fault.to_string()).collect()
}

fn is_refused(path: &str, text: &str, why: &str) {
    let found = reasons(path, text);
    assert!(
        matches!(&found[..], [one] if one.contains(why)),
        "{path}: {text}: {found:?}"
    );
}

fn is_fine(path: &str, text: &str) {
    assert_eq!(reasons(path, text), [""; 0], "{path}: {text}");
}

#[test]
fn a_widget_knows_no_page_no_call_and_no_wire() {
    is_refused(
        "src/ui/field.rs",
        "use crate::paths;",
        "2: src/ui/ must not know crate::paths",
    );
    is_refused(
        "src/ui/field.rs",
        "use crate::{announce, api::{account, client}};",
        "crate::api",
    );
    is_refused(
        "src/ui/field.rs",
        "fn f() { super::super::session::now() }",
        "crate::session",
    );
    is_refused(
        "src/ui/field.rs",
        "use contract::account::Account;",
        "contract",
    );
    is_refused(
        "src/ui/a.rs",
        "use crate::{\n    text,\n    pages::Page,\n};",
        "2: src/ui/",
    );
    is_fine(
        "src/ui/field.rs",
        "use crate::text;\nuse super::dialog::Dialog;",
    );
    is_fine(
        "src/ui/field.rs",
        "fn f() {}\n#[cfg(test)]\nmod tests { use crate::paths; }",
    );
    is_fine(
        "src/layout/shell.rs",
        "use crate::session;\nuse crate::paths;",
    );
}

#[test]
fn a_call_knows_no_widget_and_no_signal() {
    is_refused(
        "src/api/client.rs",
        "use leptos::prelude::RwSignal;",
        "leptos",
    );
    is_refused("src/api/account.rs", "use crate::ui::Dialog;", "crate::ui");
    is_fine("src/api/account.rs", "use contract::account::Account;");
}

#[test]
fn pages_and_handlers_do_not_know_their_neighbours() {
    is_refused(
        "src/pages/account/a.rs",
        "use crate::pages::sign_in::Form;",
        "sign_in",
    );
    is_refused(
        "src/pages/account.rs",
        "use super::sign_in::Form;",
        "sign_in",
    );
    is_refused(
        "crates/server/src/handlers/account.rs",
        "use super::session::f;",
        "session",
    );
    is_fine(
        "src/pages/account/a.rs",
        "use super::b::Part;\nuse crate::pages::account::c;",
    );
    is_fine(
        "crates/server/src/handlers/account.rs",
        "use super::{audited, masked};",
    );
    is_fine("src/pages/mod.rs", "pub use account::AccountPage;");
    is_fine("src/routes.rs", "use crate::pages::account::AccountPage;");
}

#[test]
fn a_handler_writes_no_sql_and_a_store_knows_no_wire() {
    is_refused(
        "crates/server/src/handlers/account.rs",
        "sqlx::query(\"\");",
        "sqlx",
    );
    is_refused(
        "crates/server/src/store/audit.rs",
        "use axum::http::StatusCode;",
        "axum",
    );
    is_refused(
        "crates/server/src/store/audit.rs",
        "use crate::outside::mail;",
        "outside",
    );
    is_refused(
        "crates/server/src/store/a.rs",
        "use contract::account::Account;",
        "contract",
    );
    is_refused(
        "crates/server/src/outside/mail.rs",
        "use crate::store::outbox;",
        "store",
    );
    is_fine(
        "crates/server/src/store/audit.rs",
        "use sqlx::Row;\nuse domain::account::Id;",
    );
}

#[test]
fn there_is_one_place_that_fetches() {
    is_refused(
        "src/api/account.rs",
        "use gloo_net::http::Request;",
        "fetches",
    );
    is_refused("src/pages/a.rs", "window.fetch_with_str(path)", "fetches");
    is_fine("src/api/client.rs", "use gloo_net::http::Request;");
}

#[test]
fn addresses_come_from_one_file() {
    is_refused(
        "src/layout/shell.rs",
        "<a href=\"/account\">",
        "src/paths.rs",
    );
    is_fine("src/layout/shell.rs", "<a href=\"#main\">");
    is_fine("src/paths.rs", "// <a href=\"/account\">");
}

#[test]
fn sentences_stand_in_one_folder() {
    is_refused(
        "src/pages/account.rs",
        "<p>\"Not verified\"</p>",
        "src/text",
    );
    is_refused("src/pages/account.rs", "<p>\"未认证\"</p>", "src/text");
    is_fine(
        "src/text/account.rs",
        "title: \"账号信息\", \"Account info\";",
    );
    is_fine(
        "src/ui/field.rs",
        "class=\"field wide\" // \"Looks like one\"",
    );
    is_fine(
        "src/ui/field.rs",
        "#[cfg(test)]\nmod tests { const A: &str = \"Not verified\"; }",
    );
}

#[test]
fn an_element_carries_no_style() {
    is_refused("src/ui/field.rs", "<p style=\"top: 0\">", "style/");
    is_fine("src/ui/field.rs", "<p style:top=move || top.get()>");
}

#[test]
fn a_module_opens_by_saying_what_it_is_for() {
    let found = faults_in("src/ui/field.rs", "use crate::text;\n", &is_neighbour);
    assert!(matches!(&found[..], [one] if one.why.contains("opens with")));
    assert_eq!(missing_opening("\n//! Fields.\n"), None);
}

#[test]
fn a_file_is_not_too_long() {
    is_fine("src/ui/field.rs", &"fn f() {}\n".repeat(LONGEST_FILE - 1));
    is_refused(
        "src/ui/field.rs",
        &"fn f() {}\n".repeat(LONGEST_FILE),
        "longer than",
    );
}

#[test]
fn colours_have_names() {
    let faults = |text: &str| raw_colours("style/ui/button.css", text).len();
    assert_eq!(faults("a { color: #fff; }"), 1);
    assert_eq!(faults("a {\n  color: rgb(0 0 0 / 50%);\n}"), 1);
    assert_eq!(faults("a { border: 1px solid white; }"), 1);
    assert_eq!(
        faults("a { color: var(--white-ish); background: url(#gradient); }"),
        0
    );
    assert_eq!(faults("/* a: #fff\n */ a { color: currentcolor; }"), 0);
    assert_eq!(
        raw_colours("style/tokens.css", "a { color: #fff; }").len(),
        0
    );
    assert_eq!(
        raw_colours("style/a.css", "/*\n*/\na { color: #fff }")[0].line,
        3
    );
}
