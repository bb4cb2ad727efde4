//! What a call can fail with. Knows the problem document; does not know how it is worded.
//!
//! A refusal and a wrong field stay as the JSON that arrived, and the page that made the call
//! decodes the closed enum of its own area. So a page carries the refusals it can meet, and not
//! those of the whole product, which would weigh more than everything else the browser loads.

use serde::de::DeserializeOwned;

use super::json::Json;

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

/// Every rule that refuses, the most important first, not decoded yet.
#[derive(Clone, Debug)]
pub struct Refused {
    all: Vec<Json>,
    /// The rule behind the first.
    rule: String,
}

/// A field of a request that the server did not take, and why, not decoded yet.
#[derive(Clone, Debug)]
pub struct WrongField {
    field: String,
    problem: Json,
}

impl ApiError {
    /// The error that an answer with this status and body means.
    #[must_use]
    pub fn from_answer(status: u16, body: &str) -> Self {
        let Ok(document) = Json::parse(body) else {
            return Self::from_status(status, String::new());
        };
        if let Some(Json::List(all)) = document.get("refusals") {
            return Self::Refused(Refused {
                all: all.clone(),
                rule: document.text("rule").to_owned(),
            });
        }
        if let Some(Json::List(fields)) = document.get("fields") {
            return Self::Fields(fields.iter().filter_map(WrongField::from_json).collect());
        }
        match document.text("type").strip_prefix("/problems/") {
            Some("changed_elsewhere") => Self::ChangedElsewhere,
            Some("still_working") => Self::Busy,
            _ => Self::from_status(status, document.text("request_id").to_owned()),
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
    /// The most important refusal of this area as one of `R`, when there is one.
    #[must_use]
    pub fn of<R: DeserializeOwned>(&self, area: &str) -> Option<R> {
        let json = self.all.iter().find(|json| json.text("area") == area)?;
        json.clone().read().ok()
    }

    /// Every refusal of this area as one of `R`.
    #[must_use]
    pub fn all_of<R: DeserializeOwned>(&self, area: &str) -> Vec<R> {
        let of_area = self.all.iter().filter(|json| json.text("area") == area);
        of_area
            .filter_map(|json| json.clone().read().ok())
            .collect()
    }

    /// The rule behind the most important refusal, such as `CON-2`.
    #[must_use]
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// Whether only the owner, signed in to the root account, may do it (SGN-14, ACC-14).
    #[must_use]
    pub fn is_for_the_owner(&self) -> bool {
        self.begins_with("account", "only_owner")
    }

    fn begins_with(&self, area: &str, code: &str) -> bool {
        self.all
            .first()
            .is_some_and(|json| json.text("area") == area && json.text("code") == code)
    }

    /// Whether the first thing to do is to prove again who one is, or to bind what one can be proved
    /// with (PRT-2).
    #[must_use]
    pub fn asks_for_proof(&self) -> bool {
        self.begins_with("protection", "proof_needed")
            || self.begins_with("protection", "nothing_to_prove_with")
    }
}

impl WrongField {
    fn from_json(json: &Json) -> Option<Self> {
        Some(Self {
            field: json.text("field").to_owned(),
            problem: json.get("problem")?.clone(),
        })
    }

    /// The field's name in the request's body.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is wrong, when it is about this field of the request's body.
    #[must_use]
    pub fn of<P: DeserializeOwned>(&self, field: &str) -> Option<P> {
        if self.field == field {
            self.problem.clone().read().ok()
        } else {
            None
        }
    }
}
