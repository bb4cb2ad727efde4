//! Where security keys and passkeys work: a browser ties each to the name of a site, and takes
//! neither a bare IP address nor plain HTTP, apart from `localhost`. Must not know the ceremonies.

use contract::mfa::NoKeysHere;
use url::{Host, Url};

/// The site that keys are tied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySite {
    /// The relying party's id: the name of the host alone.
    pub id: String,
    /// The origin that browsers show.
    pub origin: Url,
}

impl KeySite {
    /// The site of a request: `public_origin` where the operator named it, otherwise what stands
    /// in `Host`, if that is `localhost`.
    ///
    /// # Errors
    /// Says why keys cannot be used.
    pub fn of(public_origin: Option<&str>, host: Option<&str>) -> Result<Self, NoKeysHere> {
        match public_origin {
            Some(origin) => Self::at(origin),
            None => {
                let host = host.ok_or(NoKeysHere::NoPublicOrigin)?;
                let site = Self::at(&format!("http://{host}"));
                site.map_err(|problem| match problem {
                    NoKeysHere::NotSecure => NoKeysHere::NoPublicOrigin,
                    NoKeysHere::NumericAddress { instead: None } => NoKeysHere::NoPublicOrigin,
                    other => other,
                })
            }
        }
    }

    fn at(origin: &str) -> Result<Self, NoKeysHere> {
        let url = Url::parse(origin).map_err(|_| NoKeysHere::NoPublicOrigin)?;
        let is_bare = url.username().is_empty()
            && url.password().is_none()
            && matches!(url.path(), "" | "/")
            && url.query().is_none()
            && url.fragment().is_none();
        if !is_bare {
            return Err(NoKeysHere::NoPublicOrigin);
        }
        let id = match url.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_owned(),
            Some(Host::Ipv4(address)) => return Err(numeric(&url, address.is_loopback())),
            Some(Host::Ipv6(address)) => return Err(numeric(&url, address.is_loopback())),
            None => return Err(NoKeysHere::NoPublicOrigin),
        };
        let is_local = id == "localhost" || id.ends_with(".localhost");
        match url.scheme() {
            "https" => {}
            "http" if is_local => {}
            _ => return Err(NoKeysHere::NotSecure),
        }
        Ok(Self { id, origin: url })
    }
}

fn numeric(url: &Url, is_loopback: bool) -> NoKeysHere {
    let instead = is_loopback.then(|| {
        let port = url.port().map(|port| format!(":{port}"));
        format!("{}://localhost{}", url.scheme(), port.unwrap_or_default())
    });
    NoKeysHere::NumericAddress { instead }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(public_origin: Option<&str>, host: Option<&str>) -> Result<String, NoKeysHere> {
        KeySite::of(public_origin, host).map(|site| site.id)
    }

    #[test]
    fn mfa_1_the_operators_origin_counts_whatever_the_request_says() {
        let origin = Some("https://account.example");
        assert_eq!(
            id(origin, Some("10.0.0.7:8080")).as_deref(),
            Ok("account.example")
        );
        assert_eq!(id(origin, None).as_deref(), Ok("account.example"));
        assert_eq!(
            id(Some("http://account.example"), None),
            Err(NoKeysHere::NotSecure)
        );
        assert_eq!(
            id(Some("https://203.0.113.7"), None),
            Err(NoKeysHere::NumericAddress { instead: None })
        );
        assert_eq!(id(Some("nonsense"), None), Err(NoKeysHere::NoPublicOrigin));
    }

    #[test]
    fn mfa_1_without_an_origin_only_localhost_is_a_site_for_keys() {
        let site = KeySite::of(None, Some("localhost:8080")).unwrap();
        assert_eq!(site.id, "localhost");
        assert_eq!(
            site.origin.origin().ascii_serialization(),
            "http://localhost:8080"
        );
        assert_eq!(
            id(None, Some("demo.localhost")).as_deref(),
            Ok("demo.localhost")
        );
        for (host, instead) in [
            ("127.0.0.1:8080", "http://localhost:8080"),
            ("127.0.0.1", "http://localhost"),
            ("[::1]:8080", "http://localhost:8080"),
        ] {
            let instead = Some(instead.to_owned());
            assert_eq!(
                id(None, Some(host)),
                Err(NoKeysHere::NumericAddress { instead })
            );
        }
        for host in [
            "account.example",
            "203.0.113.7",
            "localhost.account.example",
            "localhost:80@account.example",
            "user@localhost",
            "localhost/path",
            "localhost?query",
            "localhost:99999",
            "",
            " ",
        ] {
            assert_eq!(
                id(None, Some(host)),
                Err(NoKeysHere::NoPublicOrigin),
                "{host}"
            );
        }
        assert_eq!(id(None, None), Err(NoKeysHere::NoPublicOrigin));
    }
}
