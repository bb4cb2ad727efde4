//! The public address of a cloud server (FND-4). Knows addresses; does not know servers.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::text::clean;
use super::value::wire_display;

/// An address by which a server is reached from outside, IPv4 or IPv6 (FND-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServerIp(IpAddr);

/// Why a text is not such an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum ServerIpProblem {
    /// Nothing was typed.
    Empty,
    /// It is neither an IPv4 nor an IPv6 address.
    Malformed,
    /// It is an address inside some network (private, loopback, link-local and so on), which many
    /// servers have.
    NotPublic,
}

impl ServerIp {
    /// Parses what a person typed.
    ///
    /// # Errors
    /// Says what is wrong with the text (FND-4).
    pub fn parse(typed: &str) -> Result<Self, ServerIpProblem> {
        let text = clean(typed).replace('。', ".");
        if text.is_empty() {
            return Err(ServerIpProblem::Empty);
        }
        let address: IpAddr = text.parse().map_err(|_| ServerIpProblem::Malformed)?;
        let address = address.to_canonical();
        if is_public(address) {
            Ok(Self(address))
        } else {
            Err(ServerIpProblem::NotPublic)
        }
    }

    /// The address.
    #[must_use]
    pub const fn address(self) -> IpAddr {
        self.0
    }
}

impl fmt::Display for ServerIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

wire_display!(ServerIp);

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            // 100.64.0.0/10 is shared by carriers (RFC 6598).
            let is_shared = matches!(v4.octets(), [100, 64..=127, ..]);
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.octets().starts_with(&[0])
                || is_shared)
        }
        IpAddr::V6(v6) => {
            !(v6.is_unspecified()
                || v6.is_loopback()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnd_4_all_spellings_of_an_address_are_one() {
        let text = |typed| ServerIp::parse(typed).map(|ip| ip.to_string());
        for typed in [
            " 203.0.113.7 ",
            "２０３．０．１１３．７",
            "203。0。113。7",
            "::ffff:203.0.113.7",
        ] {
            assert_eq!(text(typed).as_deref(), Ok("203.0.113.7"), "{typed}");
        }
        assert_eq!(text("2001:DB8:0:0::7").as_deref(), Ok("2001:db8::7"));
    }

    #[test]
    fn fnd_4_what_is_no_public_address() {
        for typed in [
            "10.0.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "0.0.0.0",
            "100.64.0.1",
            "::1",
            "fe80::1",
            "fd00::1",
        ] {
            assert_eq!(
                ServerIp::parse(typed),
                Err(ServerIpProblem::NotPublic),
                "{typed}"
            );
        }
        for typed in [
            "203.0.113",
            "203.0.113.256",
            "203.0.113.07",
            "example.com",
            "203.0.113.7/24",
        ] {
            assert_eq!(
                ServerIp::parse(typed),
                Err(ServerIpProblem::Malformed),
                "{typed}"
            );
        }
        assert_eq!(ServerIp::parse("　"), Err(ServerIpProblem::Empty));
    }
}
