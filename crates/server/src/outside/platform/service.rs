//! The platform behind HTTP, as `docs/outside/platform.yaml` writes it down. Knows paths and bodies; must
//! not know what the answers decide.

use domain::account::AccountId;
use openidconnect::http::{self, header};
use openidconnect::url::Url;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{Asking, Asset, HandOver, Handed, Holding, Platform, PlatformFailure, ProjectUse};
use crate::outside::web::{self, PATIENCE, Web, WebFailure};

/// Why the platform's settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlatformSettingsError {
    /// The address is not an absolute https URL (http only for this machine).
    #[error("the platform's address is not an https URL")]
    Url,
    /// The token does not fit into a header.
    #[error("the platform's token does not fit into a header")]
    Token,
    /// No HTTP client can be made here.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

/// A platform that answers over HTTP.
pub struct PlatformService {
    web: Web,
    root: Url,
    authorization: http::HeaderValue,
}

#[derive(Deserialize)]
struct Projects {
    projects: Vec<ProjectUse>,
}

#[derive(Deserialize)]
struct Owners {
    accounts: Vec<AccountId>,
}

impl Asset {
    /// The word of the contract, and the value.
    fn spelled(&self) -> (&'static str, String) {
        match self {
            Self::Domain(name) => ("domain", name.as_str().to_owned()),
            Self::ServerIp(address) => ("server_ip", address.to_string()),
            Self::IcpFiling(filing) => ("icp_filing", filing.main().to_owned()),
        }
    }
}

impl PlatformService {
    /// A platform at `url` that knows us by `token`.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub fn new(url: &str, token: &str) -> Result<Self, PlatformSettingsError> {
        let root = Url::parse(url).map_err(|_| PlatformSettingsError::Url)?;
        if !web::is_private(url) || root.cannot_be_a_base() {
            return Err(PlatformSettingsError::Url);
        }
        let mut authorization = http::HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| PlatformSettingsError::Token)?;
        authorization.set_sensitive(true);
        Ok(Self {
            web: Web::new(PATIENCE)?,
            root,
            authorization,
        })
    }

    fn at(&self, parts: &[&str]) -> Url {
        let mut url = self.root.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        url
    }

    /// Asks, and answers with status and body.
    async fn ask(
        &self,
        request: http::request::Builder,
        body: Vec<u8>,
    ) -> Result<(http::StatusCode, Vec<u8>), PlatformFailure> {
        let request = request
            .header(header::AUTHORIZATION, self.authorization.clone())
            .header(header::ACCEPT, "application/json")
            .body(body)
            .map_err(|_| PlatformFailure::Misconfigured)?;
        let answer = self
            .web
            .ask(request)
            .await
            .map_err(|failure| match failure {
                WebFailure::Away => PlatformFailure::Unreachable,
                WebFailure::TooLong | WebFailure::NoRequest => PlatformFailure::Misconfigured,
            })?;
        let (parts, body) = answer.into_parts();
        Ok((parts.status, body))
    }

    /// What a path of the contract answers; nothing where the platform knows nothing of it.
    async fn read<T: DeserializeOwned>(&self, url: &Url) -> Result<Option<T>, PlatformFailure> {
        let (status, body) = self
            .ask(http::Request::get(url.as_str()), Vec::new())
            .await?;
        if status == http::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        match serde_json::from_slice(&body) {
            Ok(answer) if status.is_success() => Ok(Some(answer)),
            _ => Err(told(status)),
        }
    }

    async fn holding(&self, account: AccountId) -> Result<Holding, PlatformFailure> {
        let url = self.at(&["accounts", &account.to_string()]);
        let mut holding: Holding = self.read(&url).await?.unwrap_or_default();
        // A link that is offered to owners leads nowhere that others can read or change.
        holding.pay_at = holding.pay_at.filter(|address| web::is_private(address));
        Ok(holding)
    }

    async fn uses(&self, account: AccountId) -> Result<Vec<ProjectUse>, PlatformFailure> {
        let url = self.at(&["accounts", &account.to_string(), "projects"]);
        let found: Option<Projects> = self.read(&url).await?;
        Ok(found.map(|found| found.projects).unwrap_or_default())
    }

    async fn find(&self, of: &Asset) -> Result<Vec<AccountId>, PlatformFailure> {
        let mut url = self.at(&["owners"]);
        let (word, value) = of.spelled();
        url.query_pairs_mut().append_pair(word, &value);
        let found: Option<Owners> = self.read(&url).await?;
        Ok(found.map(|found| found.accounts).unwrap_or_default())
    }

    async fn order(&self, order: &HandOver) -> Result<Handed, PlatformFailure> {
        let (word, value) = order.asset.spelled();
        let body = json!({
            word: value,
            "from": order.from.to_string(),
            "to": order.to.to_string(),
        });
        let request = http::Request::post(self.at(&["handovers"]).as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", order.reference.as_str());
        let (status, _) = self.ask(request, body.to_string().into_bytes()).await?;
        match status {
            status if status.is_success() => Ok(Handed::Moved),
            http::StatusCode::CONFLICT => Ok(Handed::NotTheirs),
            status => Err(told(status)),
        }
    }
}

fn told(status: http::StatusCode) -> PlatformFailure {
    let status = status.as_u16();
    tracing::warn!(status, "the platform answered something unknown");
    PlatformFailure::Misconfigured
}

impl Platform for PlatformService {
    fn account(&self, account: AccountId) -> Asking<'_, Holding> {
        Box::pin(self.holding(account))
    }

    fn projects(&self, account: AccountId) -> Asking<'_, Vec<ProjectUse>> {
        Box::pin(self.uses(account))
    }

    fn owners<'a>(&'a self, of: &'a Asset) -> Asking<'a, Vec<AccountId>> {
        Box::pin(self.find(of))
    }

    fn hand_over<'a>(&'a self, order: &'a HandOver) -> Asking<'a, Handed> {
        Box::pin(self.order(order))
    }
}
