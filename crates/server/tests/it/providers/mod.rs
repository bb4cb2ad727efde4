//! The providers' adapters against servers that speak as the services do. Knows what goes over the
//! wire; does not know tables or handlers.

mod dialects;
mod oidc;

use std::sync::Arc;

use domain::login_methods::LoginMethodKind;
use server::outside::providers::{
    Arrival, Departure, IdentityProvider, ProviderFailure, ProviderIdentity, Providers, Verifier,
};

const BACK: &str = "https://account.example/sign-in/back/wechat";

/// The provider of a file with one table.
fn provider(text: &str) -> Arc<dyn IdentityProvider> {
    // The program does the same first thing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let providers = Providers::from_toml(text).unwrap();
    let kind: LoginMethodKind = providers.kinds().next().unwrap();
    Arc::clone(providers.get(kind).unwrap())
}

fn verifier(text: &str) -> Verifier {
    Verifier::kept(format!("{text:-<43}"))
}

async fn start(provider: &dyn IdentityProvider, verifier: &Verifier) -> reqwest::Url {
    let departure = Departure {
        state: "the state",
        verifier,
        redirect_uri: BACK,
    };
    let url = provider.start(&departure).await.unwrap();
    assert!(!url.contains(verifier.reveal()), "{url}");
    url.parse().unwrap()
}

async fn finish(
    provider: &dyn IdentityProvider,
    code: &str,
    verifier: &Verifier,
) -> Result<ProviderIdentity, ProviderFailure> {
    let arrival = Arrival {
        code,
        verifier,
        redirect_uri: BACK,
    };
    provider.finish(&arrival).await
}
