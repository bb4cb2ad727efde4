//! Any provider that speaks OpenID Connect, standing for one of the kinds. The library checks; here is
//! only what is asked for, how long answers are kept and what failures mean.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::login_methods::LoginMethodKind;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError,
    Client, ClientId, ClientSecret, CsrfToken, DiscoveryError, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    SignatureVerificationError, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::settings::ProviderSettings;
use super::{Arrival, Asking, Departure, IdentityProvider, ProviderFailure, ProviderIdentity};
use crate::outside::web::{PATIENCE, Web, WebFailure, is_private};

/// How long a provider's addresses and keys are kept. A key that is not among them is looked for at
/// once, so that only a key that was withdrawn is believed for this long.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// The signatures that are believed: those whose key nobody but the provider has.
const SIGNATURES: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

/// A provider that speaks OpenID Connect.
pub(super) struct Oidc {
    kind: LoginMethodKind,
    issuer: IssuerUrl,
    settings: ProviderSettings,
    web: Web,
    kept: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

/// The claims that have no name in the standard. Never printed.
#[derive(Deserialize, Serialize)]
struct Others {
    #[serde(flatten)]
    all: BTreeMap<String, Value>,
}

impl fmt::Debug for Others {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Others(…)")
    }
}

impl AdditionalClaims for Others {}

type Fields = IdTokenFields<
    Others,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Speaker = Client<
    Others,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

impl Oidc {
    /// The provider at the settings' issuer; none when there is no issuer.
    ///
    /// # Errors
    /// When no HTTP client can be made here.
    pub(super) fn new(
        kind: LoginMethodKind,
        settings: ProviderSettings,
    ) -> Result<Option<Self>, reqwest::Error> {
        let issuer = settings.issuer.clone().map(IssuerUrl::new);
        let Some(Ok(issuer)) = issuer else {
            return Ok(None);
        };
        Ok(Some(Self {
            kind,
            issuer,
            settings,
            web: Web::new(PATIENCE)?,
            kept: Mutex::new(None),
        }))
    }

    /// The provider's addresses and keys, asked for when they are not kept.
    async fn metadata(&self) -> Result<CoreProviderMetadata, ProviderFailure> {
        if let Some((since, metadata)) = &*self.kept()
            && since.elapsed() < KEPT_FOR
        {
            return Ok(metadata.clone());
        }
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.web)
            .await
            .map_err(|error| {
                let failure = match error {
                    DiscoveryError::Request(failure) => about(failure),
                    DiscoveryError::Response(..) => ProviderFailure::Misconfigured,
                    _ => ProviderFailure::Untrustworthy,
                };
                self.tell("its own description", failure);
                failure
            })?;
        let pages = metadata.authorization_endpoint().as_str();
        let tokens = metadata.token_endpoint().map(|url| url.as_str());
        if !is_private(pages) || !tokens.is_some_and(is_private) {
            self.tell("its addresses", ProviderFailure::Misconfigured);
            return Err(ProviderFailure::Misconfigured);
        }
        *self.kept() = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    fn kept(&self) -> MutexGuard<'_, Option<(Instant, CoreProviderMetadata)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn speaker(&self, metadata: CoreProviderMetadata) -> Speaker {
        let methods = metadata.token_endpoint_auth_methods_supported();
        let in_body = methods.is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = ClientSecret::new(self.settings.client_secret.reveal().to_owned());
        let speaker = Client::from_provider_metadata(metadata, id, Some(secret));
        if in_body {
            speaker.set_auth_type(AuthType::RequestBody)
        } else {
            speaker
        }
    }

    async fn address(&self, departure: &Departure<'_>) -> Result<String, ProviderFailure> {
        let speaker = self.speaker(self.metadata().await?);
        let redirect = redirect(departure.redirect_uri)?;
        let verifier = PkceCodeVerifier::new(departure.verifier.reveal().to_owned());
        let state = CsrfToken::new(departure.state.to_owned());
        let nonce = Nonce::new(departure.verifier.nonce());
        let (url, _, _) = speaker
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || state,
                || nonce,
            )
            .add_scope(Scope::new("profile".to_owned()))
            .set_redirect_uri(Cow::Owned(redirect))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url.into())
    }

    async fn who(&self, arrival: &Arrival<'_>) -> Result<ProviderIdentity, ProviderFailure> {
        let speaker = self.speaker(self.metadata().await?);
        let tokens = self.tokens(&speaker, arrival).await?;
        let nonce = Nonce::new(arrival.verifier.nonce());
        match self.identity(&speaker, &tokens, &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // Perhaps the key is newer than what is kept.
                *self.kept() = None;
                let speaker = self.speaker(self.metadata().await?);
                self.identity(&speaker, &tokens, &nonce)
            }
            first => first,
        }
        .unwrap_or_else(|_| {
            // The library's words may repeat what is in the token.
            self.tell("an ID token", ProviderFailure::Untrustworthy);
            Err(ProviderFailure::Untrustworthy)
        })
    }

    async fn tokens(
        &self,
        speaker: &Speaker,
        arrival: &Arrival<'_>,
    ) -> Result<Tokens, ProviderFailure> {
        let redirect = redirect(arrival.redirect_uri)?;
        let verifier = PkceCodeVerifier::new(arrival.verifier.reveal().to_owned());
        speaker
            .exchange_code(AuthorizationCode::new(arrival.code.to_owned()))
            .map_err(|_| ProviderFailure::Misconfigured)?
            .set_redirect_uri(Cow::Owned(redirect))
            .set_pkce_verifier(verifier)
            .request_async(&self.web)
            .await
            .map_err(|error| {
                let failure = match error {
                    RequestTokenError::ServerResponse(answer) => match answer.error() {
                        CoreErrorResponseType::InvalidGrant => ProviderFailure::BadCode,
                        CoreErrorResponseType::Extension(word) if word == "access_denied" => {
                            ProviderFailure::Declined
                        }
                        _ => ProviderFailure::Misconfigured,
                    },
                    RequestTokenError::Request(failure) => about(failure),
                    RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                        ProviderFailure::Untrustworthy
                    }
                };
                self.tell("a code", failure);
                failure
            })
    }

    /// What a token says, after signature, issuer, audience, time and nonce were found right.
    fn identity(
        &self,
        speaker: &Speaker,
        tokens: &Tokens,
        nonce: &Nonce,
    ) -> Result<Result<ProviderIdentity, ProviderFailure>, ClaimsVerificationError> {
        let Some(token) = tokens.id_token() else {
            return Ok(Err(ProviderFailure::Untrustworthy));
        };
        let verifier = speaker.id_token_verifier().set_allowed_algs(SIGNATURES);
        let claims = token.claims(&verifier, nonce)?;
        let name = claims.name().and_then(|name| name.get(None));
        let claim = self.settings.administrator_claim.as_ref();
        let is_administrator = claim
            .and_then(|claim| claims.additional_claims().all.get(claim))
            .is_some_and(|value| *value == Value::Bool(true));
        Ok(ProviderIdentity::new(
            claims.subject().as_str(),
            name.map(|name| name.as_str()),
            is_administrator && self.kind == LoginMethodKind::Wecom,
        ))
    }

    fn tell(&self, about: &str, failure: ProviderFailure) {
        let kind = self.kind;
        tracing::warn!(?kind, about, %failure, "a provider did not answer well");
    }
}

fn about(failure: WebFailure) -> ProviderFailure {
    match failure {
        WebFailure::Away => ProviderFailure::Unreachable,
        WebFailure::TooLong => ProviderFailure::Untrustworthy,
        WebFailure::NoRequest => ProviderFailure::Misconfigured,
    }
}

fn redirect(address: &str) -> Result<RedirectUrl, ProviderFailure> {
    RedirectUrl::new(address.to_owned()).map_err(|_| ProviderFailure::Misconfigured)
}

impl IdentityProvider for Oidc {
    fn kind(&self) -> LoginMethodKind {
        self.kind
    }

    fn start<'a>(&'a self, departure: &'a Departure<'a>) -> Asking<'a, String> {
        Box::pin(self.address(departure))
    }

    fn finish<'a>(&'a self, arrival: &'a Arrival<'a>) -> Asking<'a, ProviderIdentity> {
        Box::pin(self.who(arrival))
    }
}
