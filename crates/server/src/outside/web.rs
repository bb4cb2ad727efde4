//! Asking other servers over HTTP: with a time limit, a size limit, and no redirects followed.
//! Knows HTTP; does not know who is asked or what for.

use std::time::Duration;

use futures_util::future::BoxFuture;
use openidconnect::url::{Host, Url};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};

/// The longest answer that is read, in bytes. A set of keys takes a few thousand.
const LONGEST_ANSWER: usize = 256 * 1024;

/// How long an answer may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum WebFailure {
    /// The other side is away, slow, or out of order.
    #[error("the other side was not reached, or is out of order")]
    Away,
    /// The answer is longer than anything that was asked for.
    #[error("the answer is too long")]
    TooLong,
    /// What was to be asked is no request.
    #[error("this is no request")]
    NoRequest,
}

/// A client whose errors never repeat an address: addresses carry secrets.
#[derive(Clone)]
pub(super) struct Web {
    client: reqwest::Client,
}

impl Web {
    /// A client that waits this long for a whole answer.
    ///
    /// # Errors
    /// When no client can be made here.
    pub(super) fn new(patience: Duration) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(patience)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { client })
    }

    /// Asks once. Statuses that say "not now" count as no answer.
    ///
    /// # Errors
    /// When there is no answer, or one that is too long.
    pub(super) async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, WebFailure> {
        let request = reqwest::Request::try_from(request).map_err(|_| WebFailure::NoRequest)?;
        let mut answer = self
            .client
            .execute(request)
            .await
            .map_err(|_| WebFailure::Away)?;
        let status = answer.status();
        if status.is_server_error() || status == http::StatusCode::TOO_MANY_REQUESTS {
            return Err(WebFailure::Away);
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|_| WebFailure::Away)? {
            if body.len() + piece.len() > LONGEST_ANSWER {
                return Err(WebFailure::TooLong);
            }
            body.extend_from_slice(&piece);
        }
        let headers = std::mem::take(answer.headers_mut());
        let mut response = HttpResponse::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// Whether nobody on the way can read what is sent to this address: TLS, or this very machine.
pub(super) fn is_private(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let is_here = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && is_here)
}

impl<'c> AsyncHttpClient<'c> for Web {
    type Error = WebFailure;
    type Future = BoxFuture<'c, Result<HttpResponse, WebFailure>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wiremock::matchers::any;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    async fn ask(answer: ResponseTemplate) -> Result<HttpResponse, WebFailure> {
        // The program does the same first thing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let request = http::Request::get(server.uri()).body(Vec::new()).unwrap();
        Web::new(Duration::from_millis(300))
            .unwrap()
            .ask(request)
            .await
    }

    #[tokio::test]
    async fn nobody_is_waited_for_without_end() {
        let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(5));
        assert_eq!(ask(slow).await.unwrap_err(), WebFailure::Away);
        let busy = ResponseTemplate::new(429);
        assert_eq!(ask(busy).await.unwrap_err(), WebFailure::Away);
    }

    #[tokio::test]
    async fn an_answer_has_an_end_and_redirects_lead_nowhere() {
        let long = |length| ResponseTemplate::new(200).set_body_bytes(vec![b'a'; length]);
        let read = ask(long(LONGEST_ANSWER)).await.unwrap();
        assert_eq!(read.body().len(), LONGEST_ANSWER);
        let refused = ask(long(LONGEST_ANSWER + 1)).await.unwrap_err();
        assert_eq!(refused, WebFailure::TooLong);
        let elsewhere = ResponseTemplate::new(302).insert_header("location", "/elsewhere");
        assert_eq!(ask(elsewhere).await.unwrap().status(), 302);
    }
}
