//! What an operator writes down about providers. Knows spellings; does not ask anybody.

use std::fmt;
use std::sync::Arc;

use domain::login_methods::LoginMethodKind;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::dialect::Service;
use super::oidc::Oidc;
use super::{IdentityProvider, Providers};
use crate::outside::web::is_private;

/// The TOML file that names the providers: a table for each kind, all of them optional.
///
/// ```toml
/// [wechat]
/// client_id = "wx…"
/// client_secret = "…"
///
/// [wecom]                       # anything that speaks OpenID Connect can stand for a kind
/// issuer = "https://id.example"
/// client_id = "…"
/// client_secret = "…"
/// administrator_claim = "is_administrator"
/// ```
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct ProvidersFile {
    /// WeChat.
    pub wechat: Option<ProviderSettings>,
    /// QQ.
    pub qq: Option<ProviderSettings>,
    /// WeChat Official Account.
    pub official_account: Option<ProviderSettings>,
    /// WeCom.
    pub wecom: Option<ProviderSettings>,
}

/// One provider.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// What the provider knows this installation by (`appid`, `corpid`).
    pub client_id: String,
    /// The secret that belongs to it.
    pub client_secret: Secret,
    /// With it, the provider is asked by OpenID Connect at this issuer and not in its own dialect.
    pub issuer: Option<String>,
    /// For an issuer: the claim that is `true` for administrators of the organisation (LGM-7).
    pub administrator_claim: Option<String>,
    /// For a dialect: persons are known by their union id, one for all apps of one owner. Must not be
    /// changed later: it changes who everybody is.
    #[serde(default)]
    pub union_id: bool,
    /// For a dialect: another origin for the pages that browsers are sent to.
    pub pages: Option<String>,
    /// For a dialect: another origin for what the server asks.
    pub api: Option<String>,
}

/// A secret of the settings, which is never printed and leaves no copy in memory.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct Secret(Zeroizing<String>);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Secret {
    /// The text, to send it to where it belongs.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why the providers' settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProviderSettingsError {
    /// The file is not TOML, or names something that is no setting. Its text is not repeated.
    #[error("the providers' file cannot be used: {0}")]
    File(String),
    /// An id or a secret is empty.
    #[error("the providers' file cannot be used: {0:?} needs client_id and client_secret")]
    Empty(LoginMethodKind),
    /// A setting does not belong to a provider of this sort.
    #[error("the providers' file cannot be used: {0:?} cannot have {1}")]
    NotHere(LoginMethodKind, &'static str),
    /// An address is not one, or would send secrets over an open line.
    #[error(
        "the providers' file cannot be used: {0:?}'s {1} is not an https address (http only for this \
         machine)"
    )]
    Address(LoginMethodKind, &'static str),
    /// No HTTP client can be made here.
    #[error("no HTTP client: {0}")]
    Client(#[from] reqwest::Error),
}

impl Providers {
    /// The providers of a file.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn from_toml(text: &str) -> Result<Self, ProviderSettingsError> {
        // The error's own words would show the line, and a line may be a secret.
        let file: ProvidersFile = toml::from_str(text)
            .map_err(|error| ProviderSettingsError::File(error.message().to_owned()))?;
        let named = [
            (LoginMethodKind::Wechat, file.wechat),
            (LoginMethodKind::Qq, file.qq),
            (LoginMethodKind::OfficialAccount, file.official_account),
            (LoginMethodKind::Wecom, file.wecom),
        ];
        let mut all = Vec::new();
        for (kind, settings) in named {
            if let Some(settings) = settings {
                all.push(settings.provider(kind)?);
            }
        }
        Ok(Self::new(all))
    }
}

impl ProviderSettings {
    /// The provider of this kind that these settings describe.
    ///
    /// # Errors
    /// When they describe none.
    pub fn provider(
        self,
        kind: LoginMethodKind,
    ) -> Result<Arc<dyn IdentityProvider>, ProviderSettingsError> {
        if self.client_id.is_empty() || self.client_secret.reveal().is_empty() {
            return Err(ProviderSettingsError::Empty(kind));
        }
        let (here, elsewhere): (_, [(bool, &str); 3]) = if self.issuer.is_some() {
            let dialect_only = [
                (self.union_id, "union_id"),
                (self.pages.is_some(), "pages"),
                (self.api.is_some(), "api"),
            ];
            ("issuer", dialect_only)
        } else {
            let oidc_only = (self.administrator_claim.is_some(), "administrator_claim");
            let no_union = kind == LoginMethodKind::Wecom && self.union_id;
            ("api", [oidc_only, (no_union, "union_id"), (false, "")])
        };
        if let Some((_, what)) = elsewhere.iter().find(|(is_there, _)| *is_there) {
            return Err(ProviderSettingsError::NotHere(kind, what));
        }
        let addresses = [
            (&self.issuer, "issuer"),
            (&self.pages, "pages"),
            (&self.api, "api"),
        ];
        for (address, what) in addresses {
            if let Some(address) = address
                && !is_private(address)
            {
                return Err(ProviderSettingsError::Address(kind, what));
            }
        }
        if self.issuer.is_some() {
            let oidc = Oidc::new(kind, self)?;
            return oidc
                .map(|oidc| -> Arc<dyn IdentityProvider> { Arc::new(oidc) })
                .ok_or(ProviderSettingsError::Address(kind, here));
        }
        let service = Service::new(kind, self)?;
        service
            .map(|service| -> Arc<dyn IdentityProvider> { Arc::new(service) })
            .ok_or(ProviderSettingsError::Address(kind, here))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Result<Vec<LoginMethodKind>, String> {
        // The program does the same first thing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Providers::from_toml(text)
            .map(|providers| providers.kinds().collect())
            .map_err(|error| error.to_string())
    }

    const KEYS: &str = "client_id = 'wx1'\nclient_secret = 'hush-hush'\n";

    #[test]
    fn a_provider_that_is_not_configured_is_not_offered() {
        assert_eq!(kinds(""), Ok(vec![]));
        let text = format!("[qq]\n{KEYS}[wecom]\n{KEYS}issuer = 'https://id.example'\n");
        assert_eq!(
            kinds(&text),
            Ok(vec![LoginMethodKind::Qq, LoginMethodKind::Wecom])
        );
    }

    #[test]
    fn settings_that_would_be_passed_over_are_refused() {
        for (text, word) in [
            (format!("[wechat]\n{KEYS}admin = 1\n"), "admin"),
            (
                format!("[wechat]\n{KEYS}administrator_claim = 'a'\n"),
                "administrator_claim",
            ),
            (format!("[wecom]\n{KEYS}union_id = true\n"), "union_id"),
            (
                format!("[qq]\n{KEYS}issuer = 'https://a.example'\nunion_id = true\n"),
                "union_id",
            ),
            (
                format!("[qq]\n{KEYS}issuer = 'https://a.example'\napi = 'https://b.example'\n"),
                "api",
            ),
            (
                "[qq]\nclient_id = ''\nclient_secret = 'a'\n".to_owned(),
                "client_id",
            ),
            (
                "[qq]\nclient_id = 'a'\nclient_secret = ''\n".to_owned(),
                "client_secret",
            ),
            ("[email]\n".to_owned(), "email"),
        ] {
            let refused = kinds(&text).unwrap_err();
            assert!(refused.contains(word), "{text}: {refused}");
        }
    }

    #[test]
    fn secrets_go_over_tls_or_stay_on_this_machine() {
        for address in [
            "https://id.example",
            "http://127.0.0.1:1",
            "http://[::1]:1",
            "http://localhost:1",
        ] {
            assert!(
                kinds(&format!("[qq]\n{KEYS}api = '{address}'\n")).is_ok(),
                "{address}"
            );
        }
        for address in [
            "http://id.example",
            "http://localhost.example",
            "ftp://127.0.0.1",
            "id.example",
            "",
        ] {
            let refused = kinds(&format!("[qq]\n{KEYS}api = '{address}'\n")).unwrap_err();
            assert!(refused.contains("api"), "{address}: {refused}");
        }
    }

    #[test]
    fn a_secret_is_not_repeated_by_any_message() {
        let broken = format!("[wechat]\n{KEYS}client_secret = 'hush-hush'\n");
        assert!(!kinds(&broken).unwrap_err().contains("hush"));
        let half = "[wechat]\nclient_secret = 'hush-hush\n";
        assert!(!kinds(half).unwrap_err().contains("hush"));
        assert!(!format!("{:?}", Secret::from("hush-hush".to_owned())).contains("hush"));
    }
}
