//! Uploading documents of proof.

use account_center::announce::Announcer;
use account_center::language::LanguageContext;
use account_center::session::SessionContext;
use account_center::text::Language;
use account_center::uploading::Uploads;
use contract::documents::{DocumentRules, KeptDocument, WaitingDocuments};
use contract::endpoints::{GET_DOCUMENTS, GET_SESSION, REMOVE_DOCUMENT};
use contract::problem::Problem;
use domain::refusal::Refusal;
use domain::rule::RuleId;
use domain::verification::{DocumentKind, DocumentProblem, DocumentPurpose};
use js_sys::{Array, Function, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::File;

use crate::support::stage::{Stage, clicks, document, element, focused, pause, show, text, until};
use crate::support::{NOW, problem, server, signed_in, uploads};

const RULES: DocumentRules = DocumentRules {
    most_bytes: 1000,
    most_pixels: 50_000_000,
};

fn kept(id: &str, kind: DocumentKind) -> KeptDocument {
    KeptDocument {
        id: id.to_owned(),
        purpose: DocumentPurpose::VerificationChange,
        item: "new_licence".to_owned(),
        kind,
        bytes: 1536,
        uploaded_at: NOW,
        delete_at: None,
        is_handed_in: false,
    }
}

async fn open(waits: Vec<KeptDocument>) -> Stage {
    server::start();
    uploads::start();
    server::answers(GET_SESSION, &signed_in());
    let waiting = WaitingDocuments {
        documents: waits,
        rules: RULES,
    };
    server::answers(GET_DOCUMENTS, &waiting);
    let stage = show(|| {
        let language = LanguageContext::provide();
        let announcer = Announcer::provide(language);
        SessionContext::provide(announcer);
        let licence = Uploads::start(DocumentPurpose::VerificationChange).item("new_licence");
        licence.view(
            Language::English,
            "Business licence",
            "",
            Signal::stored(None),
        )
    });
    until("the rules", || says("up to 1000 B")).await;
    stage
}

fn file(bytes: &[u8], name: &str) -> File {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, name).unwrap()
}

fn jpeg(length: usize) -> File {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.resize(length, 0);
    file(&bytes, "licence.jpg")
}

/// Whether the page says this.
fn says(words: &str) -> bool {
    text("body").contains(words)
}

/// Drops a file where files come in.
fn drops(file: &File) {
    let drop = Function::new_with_args(
        "place, file",
        "const carried = new DataTransfer(); carried.items.add(file); \
         place.dispatchEvent(new DragEvent('drop', \
         { dataTransfer: carried, bubbles: true, cancelable: true }))",
    );
    let place: JsValue = element(".file-drop").unwrap().into();
    drop.call2(&JsValue::NULL, &place, file).unwrap();
}

fn button(name: &str) -> bool {
    let buttons = document().query_selector_all("button").unwrap();
    (0..buttons.length()).any(|at| {
        let words = buttons.get(at).unwrap().text_content();
        words.is_some_and(|words| words.starts_with(name))
    })
}

fn refusal(document: DocumentProblem) -> String {
    let problem = Problem {
        rule: Some(RuleId::Chg13),
        refusals: vec![Refusal::Document(document)],
        ..problem(422, "refused")
    };
    serde_json::to_string(&problem).unwrap()
}

#[wasm_bindgen_test]
async fn chg_13_a_file_is_sent_with_its_progress_and_can_be_looked_at_and_removed() {
    let _stage = open(Vec::new()).await;
    assert!(says("JPEG, PNG or PDF, up to 1000 B"));
    drops(&jpeg(1000));
    until("the sending", || uploads::count() == 1).await;
    let path = "/api/v1/documents?purpose=verification_change&item=new_licence";
    assert_eq!(uploads::told("path"), path);
    assert_eq!(uploads::told("method"), "POST");
    uploads::progress(42);
    until("the progress", || says("42 %")).await;
    uploads::progress(100);
    until("the check", || says("is being checked")).await;
    let answer = serde_json::to_string(&kept("00ff", DocumentKind::Jpeg)).unwrap();
    uploads::answer(200, &answer);
    until("the document", || says("JPEG, 1.5 KB")).await;
    assert!(!says("100 %"));
    assert!(element("img").is_none());
    clicks("View Business licence");
    until("the picture", || element("img").is_some()).await;
    let picture = element("img").unwrap();
    assert_eq!(
        picture.get_attribute("src").unwrap(),
        "/api/v1/documents/00ff"
    );
    assert_eq!(picture.get_attribute("alt").unwrap(), "Business licence");
    server::accepts(REMOVE_DOCUMENT);
    clicks("Remove Business licence");
    until("its end", || !says("1.5 KB")).await;
    assert_eq!(server::calls(REMOVE_DOCUMENT).len(), 1);
    assert_eq!(focused(), "new_licence");
}

#[wasm_bindgen_test]
async fn v_38_what_is_no_document_is_told_before_anything_is_sent() {
    let _stage = open(Vec::new()).await;
    drops(&file(b"<svg onload=1>", "licence.jpg"));
    until("the reason", || says("By its content this is no")).await;
    drops(&file(b"", "empty.jpg"));
    until("the reason", || says("The file is empty")).await;
    assert_eq!(uploads::count(), 0);
    assert!(!button("Try again"));
}

#[wasm_bindgen_test]
async fn v_40_a_byte_too_many_is_told_with_the_limit_before_anything_is_sent() {
    let _stage = open(Vec::new()).await;
    drops(&jpeg(1001));
    until("the reason", || says("more than 1000 B")).await;
    pause(50).await;
    assert_eq!(uploads::count(), 0);
    // What the server finds is told in the same words.
    drops(&jpeg(999));
    until("the sending", || uploads::count() == 1).await;
    uploads::answer(422, &refusal(DocumentProblem::Broken));
    until("the reason", || says("damaged or incomplete")).await;
    let described = element("#new_licence")
        .unwrap()
        .get_attribute("aria-describedby");
    assert_eq!(described.unwrap(), "new_licence-rules new_licence-problem");
}

#[wasm_bindgen_test]
async fn chg_13_a_cut_line_can_be_tried_again_with_the_same_key_and_a_sending_be_called_back() {
    let _stage = open(Vec::new()).await;
    drops(&jpeg(500));
    until("the sending", || uploads::count() == 1).await;
    let key = uploads::key();
    uploads::breaks();
    until("another try", || button("Try again")).await;
    clicks("Try again Business licence");
    until("the sending", || uploads::count() == 2).await;
    assert_eq!(uploads::key(), key);
    assert_eq!(focused(), "new_licence");
    // Nothing else is taken meanwhile.
    drops(&jpeg(400));
    pause(50).await;
    assert_eq!(uploads::count(), 2);
    clicks("Cancel Business licence");
    assert!(uploads::was_aborted());
    pause(50).await;
    assert!(!button("Cancel") && !button("Try again"));
    assert!(!says("reached"));
}

#[wasm_bindgen_test]
async fn v_33_what_was_uploaded_before_is_there_again_and_a_pdf_is_saved() {
    let _stage = open(vec![kept("00fe", DocumentKind::Pdf)]).await;
    until("the document", || says("PDF, 1.5 KB")).await;
    let link = element("a[download]").unwrap();
    assert_eq!(
        link.get_attribute("href").unwrap(),
        "/api/v1/documents/00fe"
    );
}
