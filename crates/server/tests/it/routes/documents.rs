//! Documents of proof through the interface (CHG-13): what is taken, what is kept of it, who sees it,
//! and when it goes.

use std::sync::atomic::Ordering;

use axum::body::{Body, Bytes};
use contract::documents::{KeptDocument, WaitingDocuments};
use contract::endpoints::{GET_AUDIT, REMOVE_DOCUMENT, VIEW_DOCUMENT};
use domain::account::AccountId;
use domain::refusal::Refusal;
use domain::time::Span;
use domain::verification::{DocumentKind, DocumentProblem, DocumentPurpose};
use futures_util::stream;
use image::GenericImageView as _;
use serde_json::Value;
use server::flows::documents::{delete_expired, holder_of};
use server::housekeeping;
use server::outside::documents::DocumentStorage as _;
use server::store::{audit, documents};

use crate::support::{Answer, Bench, Browser, files, on_both_databases};

on_both_databases!(
    v_39_a_picture_is_kept_upright_and_without_its_place,
    v_38_content_decides_and_not_the_name,
    v_40_three_megabytes_pass_and_a_byte_too_many_is_told_with_the_limit,
    v_40_what_breaks_off_leaves_nothing,
    chg_13_a_store_that_is_away_leaves_nothing_and_the_same_file_can_be_sent_again,
    chg_13_a_new_file_replaces_what_waited_for_the_same_item,
    chg_13_only_its_holder_sees_a_document_and_each_view_is_written_down,
    chg_13_documents_are_sealed_and_a_pdf_is_a_file_to_save,
    chg_13_what_was_handed_in_stays_until_180_days_after_the_decision,
    chg_13_what_is_given_back_can_be_corrected,
    api_2_asking_uploads_nothing,
    api_3_a_repeated_upload_answers_the_first_result,
);

const LICENCE: &str = "/api/v1/documents?purpose=verification_change&item=new_licence";
const LIST: &str = "/api/v1/documents?purpose=verification_change";
const CHANGE: DocumentPurpose = DocumentPurpose::VerificationChange;

async fn upload(browser: &mut Browser, file: impl Into<Body>) -> Answer {
    browser
        .with("content-type", "text/html")
        .send("POST", LICENCE, file.into())
        .await
}

async fn uploaded(browser: &mut Browser, file: Vec<u8>) -> KeptDocument {
    let answer = upload(browser, file).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

async fn waiting(browser: &mut Browser) -> Vec<KeptDocument> {
    let list: WaitingDocuments = browser.get(LIST).await.json();
    list.documents
}

async fn view(browser: &mut Browser, id: &str) -> Answer {
    let path = VIEW_DOCUMENT.path.replace("{document}", id);
    browser.get(&path).await
}

async fn remove(browser: &mut Browser, id: &str) -> Answer {
    let path = REMOVE_DOCUMENT.path.replace("{document}", id);
    browser.send("DELETE", &path, Body::empty()).await
}

fn lies_there(bench: &Bench) -> usize {
    bench.storage.kept.lock().unwrap().len()
}

fn problem(answer: &Answer) -> DocumentProblem {
    match &answer.problem().refusals[..] {
        [Refusal::Document(problem)] => *problem,
        other => panic!("{other:?}"),
    }
}

async fn v_39_a_picture_is_kept_upright_and_without_its_place(bench: Bench) {
    let (mut browser, _) = bench.bare().await;
    let taken = files::taken_upright(&files::jpeg(40, 20));
    let kept = uploaded(&mut browser, taken).await;
    assert_eq!(kept.kind, DocumentKind::Jpeg);
    let shown = view(&mut browser, &kept.id).await;
    assert_eq!(shown.status, 200);
    assert_eq!(shown.header("content-type"), "image/jpeg");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    assert_eq!(shown.header("content-disposition"), "inline");
    assert_eq!(shown.body.len() as u64, kept.bytes);
    let picture = image::load_from_memory(&shown.body).unwrap();
    assert_eq!(picture.dimensions(), (20, 40));
    assert!(!shown.body.windows(3).any(|part| part == b"GPS"));
}

async fn v_38_content_decides_and_not_the_name(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    for file in [
        &b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"[..],
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"MZ\x90\0\x03\0\0\0",
        b"RIFF\x24\0\0\0WAVEfmt ",
    ] {
        let answer = upload(&mut browser, file).await;
        assert_eq!(answer.status, 422);
        assert_eq!(problem(&answer), DocumentProblem::UnknownKind);
        assert_eq!(answer.problem().rule.unwrap().as_str(), "CHG-13");
    }
    let empty = upload(&mut browser, Body::empty()).await;
    assert_eq!(problem(&empty), DocumentProblem::Empty);
    let half = files::jpeg(400, 200);
    let half = upload(&mut browser, half[..half.len() - 100].to_vec()).await;
    assert_eq!(problem(&half), DocumentProblem::Broken);
    let mut script = files::pdf(500);
    script.splice(9..9, *b"<< /S /JavaScript >>");
    let script = upload(&mut browser, script).await;
    assert_eq!(problem(&script), DocumentProblem::ActiveContent);
    for nowhere in [
        "/api/v1/documents?purpose=verification_change&item=receipt",
        "/api/v1/documents?purpose=verification_change",
        "/api/v1/documents?purpose=anything&item=new_licence",
        "/api/v1/documents",
    ] {
        let file = Body::from(files::jpeg(4, 4));
        assert_eq!(
            browser.send("POST", nowhere, file).await.status,
            400,
            "{nowhere}"
        );
    }
    assert_eq!(lies_there(&bench), 0);
    assert_eq!(bench.events(id).await, Vec::<String>::new());
}

async fn v_40_three_megabytes_pass_and_a_byte_too_many_is_told_with_the_limit(bench: Bench) {
    let (mut browser, _) = bench.bare().await;
    let most = bench.app.policy.verification.document_most_bytes;
    assert_eq!(most, 10 * 1024 * 1024);
    for length in [3 * 1024 * 1024, usize::try_from(most).unwrap()] {
        let kept = uploaded(&mut browser, files::pdf(length)).await;
        assert_eq!(kept.bytes, length as u64);
    }
    for length in [most + 1, most * 2 + 1] {
        let file = files::pdf(usize::try_from(length).unwrap());
        // In pieces, so that its length is not known before it is there.
        let pieces = file.chunks(60_000).map(Bytes::copy_from_slice);
        let pieces: Vec<_> = pieces.map(Ok::<_, std::io::Error>).collect();
        for body in [Body::from(file), Body::from_stream(stream::iter(pieces))] {
            let answer = upload(&mut browser, body).await;
            assert_eq!(answer.status, 413);
            let too_large = DocumentProblem::TooLarge { most_bytes: most };
            assert_eq!(problem(&answer), too_large);
        }
    }
    assert_eq!(lies_there(&bench), 1);
    // Elsewhere a long body is as unwelcome as before.
    let long = Body::from(vec![b' '; 70_000]);
    let json = browser.with("content-type", "application/json");
    let answer = json
        .clone()
        .send("PUT", "/api/v1/account/nickname", long)
        .await;
    assert_eq!(answer.kind(), "too_large");
}

async fn v_40_what_breaks_off_leaves_nothing(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    let pieces = vec![
        Ok(Bytes::from(files::pdf(300_000))),
        Err(std::io::Error::other("the line is cut")),
    ];
    let answer = upload(&mut browser, Body::from_stream(stream::iter(pieces))).await;
    assert_eq!(answer.status, 400);
    assert_eq!(lies_there(&bench), 0);
    assert!(waiting(&mut browser).await.is_empty());
    assert_eq!(bench.events(id).await, Vec::<String>::new());
}

async fn chg_13_a_store_that_is_away_leaves_nothing_and_the_same_file_can_be_sent_again(
    bench: Bench,
) {
    let (mut browser, _) = bench.bare().await;
    bench.storage.is_away.store(true, Ordering::SeqCst);
    let answer = upload(&mut browser, files::jpeg(8, 8)).await;
    assert_eq!((answer.status, answer.kind().as_str()), (503, "busy"));
    assert!(waiting(&mut browser).await.is_empty());
    bench.storage.is_away.store(false, Ordering::SeqCst);
    // As if the server had died between the bytes and the row.
    bench
        .storage
        .put("00ff", Bytes::from_static(b"half"))
        .await
        .unwrap();
    let holder = holder_of(AccountId::from_serial(1).unwrap());
    let lost = documents::Document {
        id: "00ff".to_owned(),
        holder: holder.clone(),
        purpose: CHANGE,
        item: "new_licence".to_owned(),
        application_id: None,
        kind: DocumentKind::Jpeg,
        bytes: 4,
        uploaded_at: bench.now(),
        decided_at: None,
    };
    let mut tx = bench.app.store.write().await.unwrap();
    documents::insert(&mut tx, &lost).await.unwrap();
    tx.commit().await.unwrap();
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 1, "it may still be arriving");
    uploaded(&mut browser, files::jpeg(8, 8)).await;
    bench.wait(Span::from_hours(1));
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 1);
    assert_eq!(waiting(&mut browser).await.len(), 1);
    // Whoever comes too late finds no row to keep.
    let mut tx = bench.app.store.write().await.unwrap();
    let kept = documents::update_kept(&mut tx, &lost).await.unwrap();
    assert_eq!(kept, None);
    tx.commit().await.unwrap();
}

async fn chg_13_a_new_file_replaces_what_waited_for_the_same_item(bench: Bench) {
    let (mut browser, _) = bench.bare().await;
    let first = uploaded(&mut browser, files::jpeg(8, 8)).await;
    let second = uploaded(&mut browser, files::pdf(400)).await;
    assert_eq!(waiting(&mut browser).await, vec![second.clone()]);
    assert_eq!(view(&mut browser, &first.id).await.status, 404);
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 1);
    // Several at once: one is left, whole.
    let mut calls = Vec::new();
    for _ in 0..6 {
        let mut browser = browser.clone();
        calls.push(tokio::spawn(async move {
            uploaded(&mut browser, files::jpeg(16, 16)).await
        }));
    }
    for call in calls {
        call.await.unwrap();
    }
    let left = waiting(&mut browser).await;
    assert_eq!(left.len(), 1);
    assert_eq!(view(&mut browser, &left[0].id).await.status, 200);
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 1);
    assert_eq!(remove(&mut browser, &left[0].id).await.status, 204);
    assert_eq!(remove(&mut browser, &left[0].id).await.status, 404);
    assert_eq!(lies_there(&bench), 0);
}

async fn chg_13_only_its_holder_sees_a_document_and_each_view_is_written_down(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    let (mut stranger, other) = bench.bare().await;
    let kept = uploaded(&mut browser, files::jpeg(8, 8)).await;
    assert_eq!(view(&mut stranger, &kept.id).await.status, 404);
    assert_eq!(remove(&mut stranger, &kept.id).await.status, 404);
    assert!(waiting(&mut stranger).await.is_empty());
    assert_eq!(view(&mut bench.browser(), &kept.id).await.status, 401);
    for hostile in ["..", "%2e%2e%2f", "x", "%00"] {
        assert_eq!(view(&mut browser, hostile).await.status, 404, "{hostile}");
    }
    for _ in 0..2 {
        assert_eq!(view(&mut browser, &kept.id).await.status, 200);
    }
    let events = ["document_uploaded", "document_viewed", "document_viewed"];
    assert_eq!(bench.events(id).await, events);
    assert_eq!(bench.events(other).await, Vec::<String>::new());
    let page: Value = browser.call(&GET_AUDIT, Value::Null).await.json();
    assert_eq!(page["rows"][0]["event"], "document_viewed");
    assert_eq!(page["rows"][0]["actor"], "owner");
    let details = page["rows"][0]["details"].as_array().unwrap();
    assert!(
        details
            .iter()
            .any(|detail| detail["value"] == kept.id.as_str())
    );
}

async fn chg_13_documents_are_sealed_and_a_pdf_is_a_file_to_save(bench: Bench) {
    let (mut browser, _) = bench.bare().await;
    let mut file = files::pdf(400);
    file.splice(11..11, *b"Zhang San 110101199003070011");
    let kept = uploaded(&mut browser, file.clone()).await;
    {
        let lies = bench.storage.kept.lock().unwrap();
        let sealed = &lies[&kept.id];
        assert!(!sealed.windows(5).any(|part| part == b"Zhang"));
        assert!(!sealed.windows(5).any(|part| part == b"%PDF-"));
    }
    let saved = view(&mut browser, &kept.id).await;
    assert_eq!(saved.body, file);
    assert_eq!(saved.header("content-type"), "application/pdf");
    let disposition = "attachment; filename=\"new_licence.pdf\"";
    assert_eq!(saved.header("content-disposition"), disposition);
    assert!(saved.header("content-security-policy").contains("sandbox"));
    assert_eq!(saved.header("cache-control"), "no-store");
}

async fn chg_13_what_was_handed_in_stays_until_180_days_after_the_decision(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    let kept = uploaded(&mut browser, files::jpeg(8, 8)).await;
    let soon = bench.now().plus(Span::from_days(180));
    assert_eq!(kept.delete_at, Some(soon));
    let mut tx = bench.app.store.write().await.unwrap();
    let claimed = documents::claim(&mut tx, &holder_of(id), CHANGE, "application").await;
    assert_eq!(claimed.unwrap().len(), 1);
    tx.commit().await.unwrap();
    assert!(waiting(&mut browser).await.is_empty());
    let refused = remove(&mut browser, &kept.id).await;
    assert_eq!(
        (refused.status, problem(&refused)),
        (409, DocumentProblem::HandedIn)
    );
    // A new file for the same item is another one.
    uploaded(&mut browser, files::jpeg(4, 4)).await;
    bench.wait(Span::from_days(400));
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 1, "nobody handed the other in");
    // A moment later than now, so that the whole 180 days lie just before the end.
    let decided = bench.now().plus(Span::from_millis(1));
    let mut tx = bench.app.store.write().await.unwrap();
    documents::decided(&mut tx, "application", decided)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    bench.wait(Span::from_days(180));
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 1);
    bench.wait(Span::from_millis(1));
    delete_expired(&bench.app).await.unwrap();
    assert_eq!(lies_there(&bench), 0);
    let mut tx = bench.app.store.read().await.unwrap();
    let rows = audit::list(&mut tx, id, 1).await.unwrap();
    assert_eq!(rows[0].event, "document_deleted");
    assert_eq!(rows[0].actor.to_string(), "system");
    let left = documents::list_of_application(&mut tx, "application").await;
    assert_eq!(left.unwrap(), vec![]);
    tx.commit().await.unwrap();
    housekeeping::forget(&bench.app).await.unwrap();
}

async fn chg_13_what_is_given_back_can_be_corrected(bench: Bench) {
    let (mut browser, id) = bench.bare().await;
    let first = uploaded(&mut browser, files::jpeg(8, 8)).await;
    let holder = holder_of(id);
    let mut tx = bench.app.store.write().await.unwrap();
    documents::claim(&mut tx, &holder, CHANGE, "a")
        .await
        .unwrap();
    documents::decided(&mut tx, "a", bench.now()).await.unwrap();
    documents::release(&mut tx, "a").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(waiting(&mut browser).await[0].id, first.id);
    let second = uploaded(&mut browser, files::jpeg(4, 4)).await;
    let mut tx = bench.app.store.write().await.unwrap();
    let handed_in = documents::claim(&mut tx, &holder, CHANGE, "a")
        .await
        .unwrap();
    assert_eq!(handed_in.len(), 1);
    assert_eq!(handed_in[0].id, second.id);
    assert_eq!(handed_in[0].decided_at, None);
    tx.commit().await.unwrap();
    // What came in the meantime stays in the place of what is given back.
    let third = uploaded(&mut browser, files::jpeg(4, 4)).await;
    let mut tx = bench.app.store.write().await.unwrap();
    documents::release(&mut tx, "a").await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(waiting(&mut browser).await, vec![third]);
}

async fn api_2_asking_uploads_nothing(bench: Bench) {
    let (browser, _) = bench.bare().await;
    let mut asks = browser.with("may-i", "true");
    assert_eq!(upload(&mut asks, files::jpeg(8, 8)).await.status, 204);
    let refused = upload(&mut asks, "no document").await;
    assert_eq!(problem(&refused), DocumentProblem::UnknownKind);
    assert_eq!(lies_there(&bench), 0);
    let mut browser = browser;
    let kept = uploaded(&mut browser, files::jpeg(8, 8)).await;
    assert_eq!(remove(&mut asks, &kept.id).await.status, 204);
    assert_eq!(waiting(&mut browser).await, vec![kept]);
}

async fn api_3_a_repeated_upload_answers_the_first_result(bench: Bench) {
    let (browser, id) = bench.bare().await;
    let mut browser = browser.with("idempotency-key", "one");
    // Longer than other bodies may be.
    let first = uploaded(&mut browser, files::pdf(200_000)).await;
    let again = uploaded(&mut browser, files::pdf(200_000)).await;
    assert_eq!(first, again);
    assert_eq!(bench.events(id).await, ["document_uploaded"]);
    let other = LICENCE.replace("new_licence", "former_licence");
    let answer = browser
        .send("POST", &other, files::pdf(200_000).into())
        .await;
    assert_eq!(answer.kind(), "key_used_otherwise");
}
