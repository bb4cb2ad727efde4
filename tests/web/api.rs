//! What an answer of the server means, told by its problem document.

use account_center::api::ApiError;
use contract::problem::{FieldProblem, Problem, ValueProblem};
use domain::account::{NicknameProblem, NicknameRefusal};
use domain::refusal::{Refusal, Refuse as _};
use domain::sign_in::SignInRefusal;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{NOW, problem};

fn read(problem: &Problem) -> ApiError {
    ApiError::from_answer(problem.status, &serde_json::to_string(problem).unwrap())
}

#[wasm_bindgen_test]
fn api_1_a_refusal_is_decoded_by_its_own_area_only() {
    let refusal = Refusal::from(SignInRefusal::TooManyTries { retry_at: NOW });
    let mut document = problem(429, "refused");
    document.rule = Some(refusal.rule());
    document.refusals = vec![refusal];
    let ApiError::Refused(refused) = read(&document) else {
        panic!("not read as a refusal");
    };
    assert_eq!(refused.of::<NicknameRefusal>("nickname"), None);
    let decoded = refused.of::<SignInRefusal>("sign_in");
    assert_eq!(decoded, Some(SignInRefusal::TooManyTries { retry_at: NOW }));
}

#[wasm_bindgen_test]
fn api_4_a_wrong_field_is_the_domain_s_own_problem() {
    let too_long = NicknameProblem::TooLong { longest: 32 };
    let mut document = problem(422, "invalid_fields");
    document.fields.push(FieldProblem {
        field: "nickname".to_owned(),
        problem: ValueProblem::Nickname(too_long),
    });
    let ApiError::Fields(fields) = read(&document) else {
        panic!("not read as fields");
    };
    assert_eq!(fields.len(), 1);
    assert_eq!(fields[0].of::<NicknameProblem>("email"), None);
    assert_eq!(fields[0].of("nickname"), Some(too_long));
}

#[wasm_bindgen_test]
fn api_1_every_other_answer_is_told_by_its_kind_or_status() {
    let kind = |status, kind| read(&problem(status, kind));
    assert!(matches!(
        kind(401, "sign_in_required"),
        ApiError::SignInRequired
    ));
    assert!(matches!(
        kind(409, "changed_elsewhere"),
        ApiError::ChangedElsewhere
    ));
    assert!(matches!(kind(409, "still_working"), ApiError::Busy));
    assert!(matches!(kind(503, "busy"), ApiError::Busy));
    assert!(matches!(kind(404, "not_found"), ApiError::NotFound));
    assert!(matches!(kind(403, "cross_site"), ApiError::NotAllowed));
    let broken = kind(500, "internal");
    assert!(matches!(broken, ApiError::Broken { request_id } if request_id == "0194f0"));
}

#[wasm_bindgen_test]
fn an_answer_that_is_no_problem_document_is_told_by_its_status() {
    for body in [
        "",
        "<html>502 Bad Gateway</html>",
        "{}",
        "[1]",
        "{\"type\":0.5}",
    ] {
        let error = ApiError::from_answer(502, body);
        assert!(
            matches!(&error, ApiError::Broken { request_id } if request_id.is_empty()),
            "{body}: {error:?}"
        );
    }
}
