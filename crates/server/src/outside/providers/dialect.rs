//! Speaks the dialect of OAuth 2.0 that a row of [`super::table`] describes. Knows how rows are read;
//! must not know any service by name.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::login_methods::LoginMethodKind;
use openidconnect::http::{self, header};
use openidconnect::url::Url;
use serde_json::{Map, Value};

use super::settings::ProviderSettings;
use super::table::{Dialect, Field, Fill, Meaning, Need, Step, dialect_of};
use super::{Arrival, Asking, Departure, IdentityProvider, ProviderFailure, ProviderIdentity};
use crate::outside::web::{PATIENCE, Web, WebFailure};

/// How long what belongs to us is kept; services give it for two hours.
const KEPT_FOR: Duration = Duration::from_secs(3600);

/// One service that has its own dialect.
pub(super) struct Service {
    dialect: &'static Dialect,
    settings: ProviderSettings,
    pages: Url,
    api: Url,
    web: Web,
    kept: Mutex<Option<(Instant, Held)>>,
}

type Held = BTreeMap<Field, String>;

/// What may be put into parameters.
struct Known<'a> {
    settings: &'a ProviderSettings,
    redirect_uri: &'a str,
    state: &'a str,
    code: &'a str,
    held: Held,
}

/// What is wrong with one answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Failure(ProviderFailure),
    StaleToken,
}

impl From<ProviderFailure> for Wrong {
    fn from(failure: ProviderFailure) -> Self {
        Self::Failure(failure)
    }
}

impl Service {
    /// The service of this kind; none when the kind has no dialect or an address is none.
    ///
    /// # Errors
    /// When no HTTP client can be made here.
    pub(super) fn new(
        kind: LoginMethodKind,
        settings: ProviderSettings,
    ) -> Result<Option<Self>, reqwest::Error> {
        let Some(dialect) = dialect_of(kind) else {
            return Ok(None);
        };
        let pages = Url::parse(settings.pages.as_deref().unwrap_or(dialect.pages));
        let api = Url::parse(settings.api.as_deref().unwrap_or(dialect.api));
        let (Ok(pages), Ok(api)) = (pages, api) else {
            return Ok(None);
        };
        Ok(Some(Self {
            dialect,
            settings,
            pages,
            api,
            web: Web::new(PATIENCE)?,
            kept: Mutex::new(None),
        }))
    }

    fn address(&self, departure: &Departure<'_>) -> Option<String> {
        let known = Known {
            settings: &self.settings,
            redirect_uri: departure.redirect_uri,
            state: departure.state,
            code: "",
            held: Held::new(),
        };
        let mut url = self.pages.clone();
        url.set_path(self.dialect.authorise);
        known.put(self.dialect.asked, &mut url)?;
        url.set_fragment(self.dialect.fragment);
        Some(url.into())
    }

    async fn who(&self, arrival: &Arrival<'_>) -> Result<ProviderIdentity, ProviderFailure> {
        match self.walk(arrival).await {
            Err(Wrong::StaleToken) => {
                // What was kept is too old, whatever the clock says. Once more, with a new one.
                *self.kept() = None;
                self.walk(arrival).await
            }
            first => first,
        }
        .map_err(|wrong| match wrong {
            Wrong::Failure(failure) => failure,
            Wrong::StaleToken => ProviderFailure::Misconfigured,
        })
    }

    /// All steps, in order.
    async fn walk(&self, arrival: &Arrival<'_>) -> Result<ProviderIdentity, Wrong> {
        let mut known = Known {
            settings: &self.settings,
            redirect_uri: arrival.redirect_uri,
            state: "",
            code: arrival.code,
            held: Held::new(),
        };
        for step in self.dialect.steps {
            let learnt = match step.need {
                Need::Always => self.take(step, &known).await?,
                Need::Kept => self.take_or_keep(step, &known).await?,
                Need::Welcome => match self.take(step, &known).await {
                    Err(Wrong::Failure(ProviderFailure::Frozen)) => {
                        return Err(ProviderFailure::Frozen.into());
                    }
                    other => other.unwrap_or_default(),
                },
            };
            known.held.extend(learnt);
        }
        Ok(self.identity(&known.held)?)
    }

    fn kept(&self) -> MutexGuard<'_, Option<(Instant, Held)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn identity(&self, held: &Held) -> Result<ProviderIdentity, ProviderFailure> {
        let fields = match (self.settings.union_id, self.dialect.union) {
            (true, Some(union)) => union,
            _ => self.dialect.subject,
        };
        let parts: Option<Vec<&str>> = fields
            .iter()
            .map(|field| held.get(field).map(String::as_str))
            .collect();
        let Some(parts) = parts else {
            tracing::warn!(kind = ?self.dialect.kind, "a provider's answer names nobody");
            return Err(ProviderFailure::Untrustworthy);
        };
        let user_kind = held.get(&Field::UserKind).map(String::as_str);
        ProviderIdentity::new(
            &parts.join(":"),
            held.get(&Field::Name).map(String::as_str),
            user_kind.is_some_and(|kind| self.dialect.administrators.contains(&kind)),
        )
    }

    async fn take_or_keep(&self, step: &Step, known: &Known<'_>) -> Result<Held, Wrong> {
        if let Some((since, held)) = &*self.kept()
            && since.elapsed() < KEPT_FOR
        {
            return Ok(held.clone());
        }
        let held = self.take(step, known).await?;
        *self.kept() = Some((Instant::now(), held.clone()));
        Ok(held)
    }

    /// One request, and what is read from its answer.
    async fn take(&self, step: &Step, known: &Known<'_>) -> Result<Held, Wrong> {
        let mut url = self.api.clone();
        url.set_path(step.path);
        let request = known
            .request(step, url)
            .ok_or(ProviderFailure::Untrustworthy)?;
        let answer = self
            .web
            .ask(request)
            .await
            .map_err(|failure| match failure {
                WebFailure::Away => ProviderFailure::Unreachable,
                WebFailure::TooLong => ProviderFailure::Untrustworthy,
                WebFailure::NoRequest => ProviderFailure::Misconfigured,
            })?;
        let Some(body) = json_of(answer.body()) else {
            return Err(if answer.status().is_success() {
                ProviderFailure::Untrustworthy
            } else {
                ProviderFailure::Misconfigured
            }
            .into());
        };
        self.judge(step, &body)?;
        if !answer.status().is_success() {
            return Err(ProviderFailure::Misconfigured.into());
        }
        let read = |(field, at): &(Field, &str)| Some((*field, text_at(&body, at)?));
        Ok(step.read.iter().filter_map(read).collect())
    }

    /// Looks for the number that means that something is wrong.
    fn judge(&self, step: &Step, body: &Value) -> Result<(), Wrong> {
        for at in self.dialect.error_at {
            let number = match body.pointer(at) {
                None | Some(Value::Null) => continue,
                Some(Value::Number(number)) => number.as_i64(),
                Some(Value::String(text)) => text.parse().ok(),
                Some(_) => None,
            };
            if number == Some(0) {
                continue;
            }
            let meaning = self
                .dialect
                .meanings
                .iter()
                .find(|(_, numbers)| number.is_some_and(|number| numbers.contains(&number)));
            // The number is the service's; its words may repeat what they are about.
            let (kind, path) = (self.dialect.kind, step.path);
            tracing::warn!(?kind, path, ?number, ?meaning, "a provider refused");
            return Err(match meaning.map(|(meaning, _)| meaning) {
                Some(Meaning::BadCode) => ProviderFailure::BadCode.into(),
                Some(Meaning::Busy) => ProviderFailure::Unreachable.into(),
                Some(Meaning::Frozen) => ProviderFailure::Frozen.into(),
                Some(Meaning::StaleToken) => Wrong::StaleToken,
                None => ProviderFailure::Misconfigured.into(),
            });
        }
        Ok(())
    }
}

impl IdentityProvider for Service {
    fn kind(&self) -> LoginMethodKind {
        self.dialect.kind
    }

    fn start<'a>(&'a self, departure: &'a Departure<'a>) -> Asking<'a, String> {
        let address = self.address(departure);
        Box::pin(async { address.ok_or(ProviderFailure::Misconfigured) })
    }

    fn finish<'a>(&'a self, arrival: &'a Arrival<'a>) -> Asking<'a, ProviderIdentity> {
        Box::pin(self.who(arrival))
    }
}

impl Known<'_> {
    /// What a parameter says; none when it should repeat something that was not learnt.
    fn fill(&self, fill: Fill) -> Option<&str> {
        Some(match fill {
            Fill::Text(text) => text,
            Fill::ClientId => &self.settings.client_id,
            Fill::ClientSecret => self.settings.client_secret.reveal(),
            Fill::RedirectUri => self.redirect_uri,
            Fill::State => self.state,
            Fill::Code => self.code,
            Fill::Held(field) => self.held.get(&field)?,
        })
    }

    fn put(&self, parameters: &[(&str, Fill)], url: &mut Url) -> Option<()> {
        for (name, fill) in parameters {
            let value = self.fill(*fill)?;
            url.query_pairs_mut().append_pair(name, value);
        }
        Some(())
    }

    fn request(&self, step: &Step, mut url: Url) -> Option<http::Request<Vec<u8>>> {
        self.put(step.query, &mut url)?;
        let request = http::Request::builder()
            .uri(url.as_str())
            .header(header::ACCEPT, "application/json");
        if step.json.is_empty() {
            return request.body(Vec::new()).ok();
        }
        let mut body = Map::new();
        for (name, fill) in step.json {
            body.insert((*name).to_owned(), self.fill(*fill)?.into());
        }
        request
            .method(http::Method::POST)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Value::Object(body).to_string().into_bytes())
            .ok()
    }
}

/// The JSON object of an answer, which some services wrap into a call: `callback( {…} );`.
fn json_of(body: &[u8]) -> Option<Value> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let inner = text
        .strip_prefix("callback(")
        .and_then(|rest| rest.trim_end_matches(';').trim_end().strip_suffix(')'))
        .unwrap_or(text);
    serde_json::from_str(inner).ok().filter(Value::is_object)
}

/// A text or a number; an empty text says nothing.
fn text_at(body: &Value, at: &str) -> Option<String> {
    match body.pointer(at)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_an_object_wrapped_or_not() {
        let wrapped = b" callback( {\"error\":100019} );\n";
        assert_eq!(json_of(wrapped).unwrap()["error"], 100_019);
        assert_eq!(json_of(b"{\"a\":1}").unwrap()["a"], 1);
        for garbage in [
            &b"<html>"[..],
            b"[]",
            b"",
            b"callback(",
            b"\xff",
            b"access_token=a",
        ] {
            assert_eq!(json_of(garbage), None);
        }
    }
}
