//! What a call can fail with. Knows the problem document; does not know how it is worded.
//!
//! A refusal and a wrong field stay as the JSON that arrived, and the page that made the call
//! decodes the closed enum of its own area. So a page carries the refusals it can meet, and not
//! those of the whole product, which would weigh more than everything else the browser loads.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// Why a call brought no answer.
#[derive(Clone, Debug)]
pub enum ApiError {
    /// Nobody is signed in, or the session has ended (SGN-13).
    SignInRequired,
    /// A rule refuses.
    Refused(Refused),
    /// Single fields are wrong.
    Fields(Vec<WrongField>),
    /// Somebody changed the same thing in the meantime (V-35).
    ChangedElsewhere,
    /// There is nothing at the address.
    NotFound,
    /// The server takes no more for the moment.
    Busy,
    /// The server answered that the request is not one it carries out.
    NotAllowed,
    /// No answer came: no network, or not in time.
    Unreachable,
    /// Something is broken on the server's side.
    Broken {
        /// Finds the request in the server's log; empty when the answer did not say.
        request_id: String,
    },
}

/// A refusal of some area, not decoded yet.
#[derive(Clone, Debug)]
pub struct Refused {
    json: Box<RawValue>,
}

/// A field of a request that the server did not take, and why, not decoded yet.
#[derive(Clone, Debug, Deserialize)]
pub struct WrongField {
    field: String,
    problem: Box<RawValue>,
}

/// A problem document, as far as the browser acts on it.
#[derive(Deserialize)]
struct Document {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    refusal: Option<Box<RawValue>>,
    #[serde(default)]
    fields: Vec<WrongField>,
    #[serde(default)]
    request_id: String,
}

/// The tag of `domain::refusal::Refusal`.
#[derive(Deserialize)]
struct Area<'a> {
    #[serde(borrow)]
    area: std::borrow::Cow<'a, str>,
}

impl ApiError {
    /// The error that an answer with this status and body means.
    #[must_use]
    pub fn from_answer(status: u16, body: &str) -> Self {
        let Ok(document) = serde_json::from_str::<Document>(body) else {
            return Self::from_status(status, String::new());
        };
        if let Some(json) = document.refusal {
            return Self::Refused(Refused { json });
        }
        if !document.fields.is_empty() {
            return Self::Fields(document.fields);
        }
        match document.kind.strip_prefix("/problems/") {
            Some("changed_elsewhere") => Self::ChangedElsewhere,
            Some("still_working") => Self::Busy,
            _ => Self::from_status(status, document.request_id),
        }
    }

    fn from_status(status: u16, request_id: String) -> Self {
        match status {
            401 => Self::SignInRequired,
            404 => Self::NotFound,
            408 | 429 | 503 => Self::Busy,
            500.. => Self::Broken { request_id },
            _ => Self::NotAllowed,
        }
    }
}

impl Refused {
    /// The refusal as one of `R`, when it is of this area.
    #[must_use]
    pub fn of<R: DeserializeOwned>(&self, area: &str) -> Option<R> {
        let tag: Area<'_> = serde_json::from_str(self.json.get()).ok()?;
        if tag.area == area {
            serde_json::from_str(self.json.get()).ok()
        } else {
            None
        }
    }
}

impl WrongField {
    /// The field's name in the request's body.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong, when it is about this field of the request's body.
    #[must_use]
    pub fn of<P: DeserializeOwned>(&self, field: &str) -> Option<P> {
        if self.field == field {
            serde_json::from_str(self.problem.get()).ok()
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::problem::{FieldProblem, Problem, ValueProblem};
    use domain::account::{NicknameProblem, NicknameRefusal};
    use domain::refusal::{Refusal, Refuse as _};
    use domain::sign_in::SignInRefusal;
    use domain::time::Timestamp;

    use super::*;

    fn document(status: u16, kind: &str) -> Problem {
        Problem {
            kind: format!("/problems/{kind}"),
            title: String::new(),
            status,
            rule: None,
            refusal: None,
            retry_at: None,
            fields: Vec::new(),
            request_id: "0194f0".to_owned(),
        }
    }

    fn read(problem: &Problem) -> ApiError {
        ApiError::from_answer(problem.status, &serde_json::to_string(problem).unwrap())
    }

    #[test]
    fn api_1_a_refusal_is_decoded_by_its_own_area_only() {
        let refusal = Refusal::from(SignInRefusal::TooManyTries {
            retry_at: Timestamp::from_millis(1_790_000_010_000),
        });
        let mut problem = document(429, "refused");
        problem.rule = Some(refusal.rule());
        problem.refusal = Some(refusal);
        let ApiError::Refused(refused) = read(&problem) else {
            panic!("not read as a refusal");
        };
        assert_eq!(refused.of::<NicknameRefusal>("nickname"), None);
        assert_eq!(
            refused.of("sign_in"),
            Some(SignInRefusal::TooManyTries {
                retry_at: Timestamp::from_millis(1_790_000_010_000)
            })
        );
    }

    #[test]
    fn api_4_a_wrong_field_is_the_domain_s_own_problem() {
        let mut problem = document(422, "invalid_fields");
        problem.fields.push(FieldProblem {
            field: "nickname".to_owned(),
            problem: ValueProblem::Nickname(NicknameProblem::TooLong { longest: 32 }),
        });
        let ApiError::Fields(fields) = read(&problem) else {
            panic!("not read as fields");
        };
        assert_eq!(fields.len(), 1);
        assert_eq!(fields[0].of::<NicknameProblem>("email"), None);
        assert_eq!(
            fields[0].of("nickname"),
            Some(NicknameProblem::TooLong { longest: 32 })
        );
    }

    #[test]
    fn api_1_every_other_answer_is_told_by_its_kind_or_status() {
        let kind = |status, kind| read(&document(status, kind));
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
        assert!(
            matches!(kind(500, "internal"), ApiError::Broken { request_id } if request_id == "0194f0")
        );
    }

    #[test]
    fn an_answer_that_is_no_problem_document_is_told_by_its_status() {
        for body in ["", "<html>502 Bad Gateway</html>", "{}", "[1]"] {
            assert!(
                matches!(ApiError::from_answer(502, body), ApiError::Broken { request_id } if request_id.is_empty()),
                "{body}"
            );
        }
    }
}
