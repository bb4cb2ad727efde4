//! The audit log proves itself, whatever is done to its table behind the program's back (OPS-3).

use domain::audit::{ChainBroken, ChainHead};
use serde_json::{Value, json};
use server::store::{Store, audit};
use sqlx::{AssertSqlSafe, Connection as _};

use crate::support::{Bench, on_both_databases};

on_both_databases!(
    ops_3_an_untouched_log_is_proved_and_its_end_can_be_kept,
    ops_3_changed_removed_added_and_swapped_rows_are_found,
    ops_3_a_part_is_proved_from_a_number_on,
    ops_3_a_rewritten_log_does_not_meet_a_kept_end,
    ops_3_parallel_writers_make_one_chain,
    ops_3_rows_from_before_the_chain_are_chained_once,
    ops_3_an_owner_sees_their_own_rows_page_by_page,
);

/// Changes an account's nickname often enough for a log of so many rows.
async fn log(bench: &Bench, rows: u64) {
    let (mut browser, _) = bench.bare().await;
    while end(bench).await.sequence < rows {
        rename(&mut browser).await;
    }
}

async fn rename(browser: &mut crate::support::Browser) {
    let info: Value = browser
        .call(&contract::endpoints::GET_ACCOUNT, Value::Null)
        .await
        .json();
    let version = &info["nickname_version"];
    let wish = json!({ "nickname": format!("云{version}"), "version": version });
    let answer = browser
        .call(&contract::endpoints::CHANGE_NICKNAME, wish)
        .await;
    assert!(answer.status < 300, "{}", answer.text());
}

async fn end(bench: &Bench) -> ChainHead {
    let mut tx = bench.app.store.read().await.unwrap();
    audit::head(&mut tx).await.unwrap()
}

async fn verify(
    bench: &Bench,
    from: u64,
    kept: Option<ChainHead>,
) -> Result<ChainHead, ChainBroken> {
    let mut tx = bench.app.store.read().await.unwrap();
    audit::verify(&mut tx, from, kept).await.unwrap()
}

async fn sql(bench: &Bench, statement: &str) {
    let mut connection = sqlx::AnyConnection::connect(&bench.url).await.unwrap();
    sqlx::query(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

async fn ops_3_an_untouched_log_is_proved_and_its_end_can_be_kept(bench: Bench) {
    assert_eq!(verify(&bench, 1, None).await, Ok(ChainHead::EMPTY));
    log(&bench, 4).await;
    let kept = verify(&bench, 1, None).await.unwrap();
    assert_eq!(kept.sequence, 4);
    log(&bench, 6).await;
    assert_eq!(verify(&bench, 1, Some(kept)).await.unwrap().sequence, 6);
    assert!(verify(&bench, 3, Some(kept)).await.is_ok());
}

async fn ops_3_changed_removed_added_and_swapped_rows_are_found(bench: Bench) {
    log(&bench, 6).await;
    let whole = end(&bench).await;
    for (broken, statement, mended) in [
        (
            ChainBroken::Changed { sequence: 3 },
            "update audit set details = '{\"nothing\":1}' where number = 3",
            "update audit set details = '{}' where number = 3",
        ),
        (
            ChainBroken::Changed { sequence: 4 },
            "update audit set actor = 'system' where number = 4",
            "update audit set actor = 'owner' where number = 4",
        ),
        (
            ChainBroken::Changed { sequence: 2 },
            "update audit set at = at + 1 where number = 2",
            "update audit set at = at - 1 where number = 2",
        ),
        (
            ChainBroken::Missing { sequence: 5 },
            "update audit set number = 99 where number = 5",
            "update audit set number = 5 where number = 99",
        ),
        (
            ChainBroken::Missing { sequence: 1 },
            "update audit set number = 0 where number = 1",
            "update audit set number = 1 where number = 0",
        ),
        (
            ChainBroken::Missing { sequence: 1 },
            "insert into audit (number, at, event, request_id, details, digest) \
             values (-7, 1, 'made_up', '', '{}', '')",
            "delete from audit where number = -7",
        ),
        (
            ChainBroken::Changed { sequence: 7 },
            "insert into audit (number, at, event, request_id, details) \
             values (7, 1, 'made_up', '', '{}')",
            "delete from audit where number = 7",
        ),
    ] {
        // What was there is put back afterwards, so that one fault is looked at at a time.
        let details = "update audit set details = (select details from audit where number = 3) \
                       where number = 3";
        sql(&bench, details).await;
        let before = verify(&bench, 1, None).await;
        assert_eq!(before, Ok(whole), "before {statement}");
        if statement.contains("details = '{\"nothing") {
            let mut connection = sqlx::AnyConnection::connect(&bench.url).await.unwrap();
            let original: String = sqlx::query_scalar("select details from audit where number = 3")
                .fetch_one(&mut connection)
                .await
                .unwrap();
            sql(&bench, statement).await;
            assert_eq!(verify(&bench, 1, None).await, Err(broken));
            sqlx::query("update audit set details = $1 where number = 3")
                .bind(original)
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
            continue;
        }
        sql(&bench, statement).await;
        assert_eq!(verify(&bench, 1, None).await, Err(broken), "{statement}");
        sql(&bench, mended).await;
    }
    for swap in [
        "update audit set number = 50 where number = 2",
        "update audit set number = 2 where number = 3",
        "update audit set number = 3 where number = 50",
    ] {
        sql(&bench, swap).await;
    }
    let swapped = ChainBroken::Changed { sequence: 2 };
    assert_eq!(verify(&bench, 1, None).await, Err(swapped));
    assert_eq!(
        verify(&bench, 4, None).await,
        Err(ChainBroken::Changed { sequence: 4 })
    );
    sql(&bench, "delete from audit where number = 6").await;
    let cut = ChainBroken::WrongEnd { sequence: 5 };
    assert_eq!(verify(&bench, 5, None).await, Err(cut));
}

async fn ops_3_a_part_is_proved_from_a_number_on(bench: Bench) {
    log(&bench, 5).await;
    let whole = end(&bench).await;
    sql(&bench, "update audit set event = 'else' where number = 2").await;
    assert_eq!(
        verify(&bench, 1, None).await,
        Err(ChainBroken::Changed { sequence: 2 })
    );
    assert_eq!(verify(&bench, 3, None).await, Ok(whole));
    assert_eq!(verify(&bench, 6, None).await, Ok(whole));
    assert_eq!(
        verify(&bench, 9, None).await,
        Err(ChainBroken::Missing { sequence: 8 })
    );
}

async fn ops_3_a_rewritten_log_does_not_meet_a_kept_end(bench: Bench) {
    log(&bench, 4).await;
    let kept = end(&bench).await;
    // Somebody takes the newest row away and moves the end of the chain with it.
    let earlier = "update audit_head set sequence = 3, digest = \
                   (select digest from audit where number = 3)";
    sql(&bench, earlier).await;
    sql(&bench, "delete from audit where number = 4").await;
    assert!(verify(&bench, 1, None).await.is_ok());
    let cut = Err(ChainBroken::WrongEnd { sequence: 3 });
    assert_eq!(verify(&bench, 1, Some(kept)).await, cut);
    log(&bench, 5).await;
    let replaced = Err(ChainBroken::Changed { sequence: 4 });
    assert_eq!(verify(&bench, 1, Some(kept)).await, replaced);
}

async fn ops_3_parallel_writers_make_one_chain(bench: Bench) {
    let mut calls = Vec::new();
    for _ in 0..12 {
        let (mut browser, _) = bench.bare().await;
        calls.push(tokio::spawn(async move { rename(&mut browser).await }));
    }
    for call in calls {
        call.await.unwrap();
    }
    assert_eq!(verify(&bench, 1, None).await.unwrap().sequence, 12);
}

async fn ops_3_rows_from_before_the_chain_are_chained_once(bench: Bench) {
    log(&bench, 3).await;
    // As the migration leaves the tables of an installation that has run for a while.
    sql(
        &bench,
        "update audit set digest = null, actor = 'unrecorded'",
    )
    .await;
    sql(&bench, "update audit_head set sequence = -1").await;
    let vault = server::vault::KeyFile::generate("a").unwrap();
    let vault = std::sync::Arc::new(server::vault::Vault::new(vault).unwrap());
    let again = Store::open(&bench.url, std::sync::Arc::clone(&vault)).await;
    again.unwrap().close().await;
    assert_eq!(verify(&bench, 1, None).await.unwrap().sequence, 3);
    log(&bench, 4).await;
    sql(&bench, "update audit set event = 'else' where number = 2").await;
    // A later start does not make a wrong chain right.
    Store::open(&bench.url, vault).await.unwrap().close().await;
    assert_eq!(
        verify(&bench, 1, None).await,
        Err(ChainBroken::Changed { sequence: 2 })
    );
}

async fn ops_3_an_owner_sees_their_own_rows_page_by_page(bench: Bench) {
    let (mut browser, _) = bench.bare().await;
    let (mut other, _) = bench.bare().await;
    for _ in 0..21 {
        rename(&mut browser).await;
    }
    rename(&mut other).await;
    let page = |before: Option<u64>| match before {
        Some(before) => format!("/api/v1/audit?before={before}"),
        None => "/api/v1/audit".to_owned(),
    };
    let first: contract::audit::AuditPage = browser.get(&page(None)).await.json();
    assert_eq!(first.rows.len(), 20);
    let second: contract::audit::AuditPage = browser.get(&page(first.next)).await.json();
    assert_eq!((second.rows.len(), second.next), (1, None));
    let numbers: Vec<_> = first
        .rows
        .iter()
        .chain(&second.rows)
        .map(|row| row.number)
        .collect();
    assert_eq!(numbers, (1..=21).rev().collect::<Vec<u64>>());
    assert_eq!(browser.get("/api/v1/audit?before=x").await.status, 400);
    let theirs: contract::audit::AuditPage = other.get(&page(None)).await.json();
    assert_eq!(theirs.rows.len(), 1);
}
