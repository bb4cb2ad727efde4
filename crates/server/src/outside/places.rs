//! Where in the world an address is (SGN-4, SGN-9): from a file of the operator, or not at all.
//!
//! Such files are wrong at times and know nothing of many addresses, so "not known" is a normal
//! answer and never a sign of danger. No address is sent anywhere to be looked up. Must not know
//! who signs in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

use maxminddb::{MaxMindDbError, Reader};
use serde::Deserialize;

/// Where an address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The country: two letters of ISO 3166-1, in upper case.
    pub country: String,
    /// The name of the place in Chinese, at least of its country; empty when there is none.
    pub chinese: String,
    /// The same in English.
    pub english: String,
}

/// Tells where addresses are.
pub trait Places: Send + Sync {
    /// The place of `address`, when it is known.
    fn place_of(&self, address: IpAddr) -> Option<Place>;

    /// The place of an address as requests are counted by: with a prefix length behind it when it
    /// is of IPv6.
    fn place_of_text(&self, address: &str) -> Option<Place> {
        let bare = address.split('/').next()?;
        self.place_of(bare.parse::<IpAddr>().ok()?.to_canonical())
    }
}

/// Knows no place: what an installation has that names no file.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPlaces;

impl Places for NoPlaces {
    fn place_of(&self, _address: IpAddr) -> Option<Place> {
        None
    }
}

/// The demo's world, made of the addresses that are set aside for examples (RFC 5737, RFC 3849):
///
/// | address | place |
/// | --- | --- |
/// | 192.0.2.0/24, 2001:db8:1::/48 | Shanghai, China |
/// | 198.51.100.0/24 | Shenzhen, China |
/// | 203.0.113.0/24, 2001:db8:2::/48 | Singapore |
/// | 2001:db8:3::/48 | Berlin, Germany |
/// | any other | not known |
///
/// A browser says such an address in `X-Forwarded-For` when the demo runs with
/// `--trusted-proxies 1`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxPlaces;

impl Places for SandboxPlaces {
    fn place_of(&self, address: IpAddr) -> Option<Place> {
        let (country, chinese, english) = match address {
            IpAddr::V4(address) => match address.octets() {
                [192, 0, 2, _] => SHANGHAI,
                [198, 51, 100, _] => ("CN", "中国 深圳", "Shenzhen, China"),
                [203, 0, 113, _] => SINGAPORE,
                _ => return None,
            },
            IpAddr::V6(address) => match address.segments() {
                [0x2001, 0xdb8, 1, ..] => SHANGHAI,
                [0x2001, 0xdb8, 2, ..] => SINGAPORE,
                [0x2001, 0xdb8, 3, ..] => ("DE", "德国 柏林", "Berlin, Germany"),
                _ => return None,
            },
        };
        Some(Place {
            country: country.to_owned(),
            chinese: chinese.to_owned(),
            english: english.to_owned(),
        })
    }
}

const SHANGHAI: (&str, &str, &str) = ("CN", "中国 上海", "Shanghai, China");
const SINGAPORE: (&str, &str, &str) = ("SG", "新加坡", "Singapore");

/// Places from a file in MaxMind's format with countries or cities, held in memory.
pub struct PlacesFile(Reader<Vec<u8>>);

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the file with places cannot be used: {0}")]
pub struct PlacesFileError(Box<MaxMindDbError>);

/// The fields of a record that are read; files of cities have both, files of countries one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Record {
    country: Country,
    city: City,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Country {
    iso_code: String,
    names: Names,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct City {
    names: Names,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Names {
    #[serde(rename = "zh-CN")]
    chinese: String,
    #[serde(rename = "en")]
    english: String,
}

impl PlacesFile {
    /// Reads the file at `path`.
    ///
    /// # Errors
    /// When it cannot be read or is something else.
    pub fn open(path: &Path) -> Result<Self, PlacesFileError> {
        let reader = Reader::open_readfile(path);
        reader
            .map(Self)
            .map_err(|error| PlacesFileError(Box::new(error)))
    }
}

impl Places for PlacesFile {
    fn place_of(&self, address: IpAddr) -> Option<Place> {
        if !may_be_in_a_file(address) {
            return None;
        }
        let record: Record = self.0.lookup(address).ok()?.decode().ok()??;
        let Record { country, city } = record;
        let is_code = |code: &str| code.len() == 2 && code.chars().all(|c| c.is_ascii_uppercase());
        is_code(&country.iso_code).then(|| Place {
            chinese: joined(&country.names.chinese, " ", &city.names.chinese),
            english: joined(&city.names.english, ", ", &country.names.english),
            country: country.iso_code,
        })
    }
}

/// Addresses at home have no place in the world, whatever a file says.
fn may_be_in_a_file(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            !(address.is_loopback() || address.is_private() || address == Ipv4Addr::UNSPECIFIED)
        }
        IpAddr::V6(address) => {
            !(address.is_loopback()
                || address.is_unique_local()
                || address == Ipv6Addr::UNSPECIFIED)
        }
    }
}

/// Two names with `between` between them; a city that is its country stands once.
fn joined(first: &str, between: &str, second: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (false, false) if first != second => format!("{first}{between}{second}"),
        (true, _) => second.to_owned(),
        (false, _) => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value in the format of MaxMind's files, of the few kinds that are needed here.
    enum Value {
        Text(&'static str),
        Short(u8),
        Word(u8),
        Long(u8),
        NoList,
        Map(Vec<(&'static str, Value)>),
    }

    impl Value {
        fn write(&self, into: &mut Vec<u8>) {
            match self {
                Self::Text(text) => {
                    assert!(text.len() < 29);
                    into.push(2 << 5 | u8::try_from(text.len()).unwrap());
                    into.extend(text.as_bytes());
                }
                Self::Short(number) => into.extend([5 << 5 | 1, *number]),
                Self::Word(number) => into.extend([6 << 5 | 1, *number]),
                Self::Long(number) => into.extend([1, 2, *number]),
                Self::NoList => into.extend([0, 4]),
                Self::Map(pairs) => {
                    into.push(7 << 5 | u8::try_from(pairs.len()).unwrap());
                    for (key, value) in pairs {
                        Self::Text(key).write(into);
                        value.write(into);
                    }
                }
            }
        }
    }

    /// A file in which every address of IPv4 below 128.0.0.0 is at the same place.
    fn file(country: &'static str) -> tempfile::NamedTempFile {
        let names = |chinese, english| {
            Value::Map(vec![
                ("zh-CN", Value::Text(chinese)),
                ("en", Value::Text(english)),
            ])
        };
        // One node: its left record points behind the 16 zeros that follow the tree, its right one
        // nowhere.
        let mut bytes = vec![0, 0, 17, 0, 0, 1];
        bytes.extend([0; 16]);
        Value::Map(vec![
            (
                "country",
                Value::Map(vec![
                    ("iso_code", Value::Text(country)),
                    ("names", names("法国", "France")),
                ]),
            ),
            ("city", Value::Map(vec![("names", names("里昂", "Lyon"))])),
        ])
        .write(&mut bytes);
        bytes.extend(b"\xab\xcd\xefMaxMind.com");
        Value::Map(vec![
            ("binary_format_major_version", Value::Short(2)),
            ("binary_format_minor_version", Value::Short(0)),
            ("build_epoch", Value::Long(1)),
            ("database_type", Value::Text("Test-City")),
            ("description", Value::Map(Vec::new())),
            ("ip_version", Value::Short(4)),
            ("languages", Value::NoList),
            ("node_count", Value::Word(1)),
            ("record_size", Value::Short(24)),
        ])
        .write(&mut bytes);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        file
    }

    #[test]
    fn sgn_9_a_file_tells_country_and_city_in_both_languages() {
        let file = file("FR");
        let places = PlacesFile::open(file.path()).unwrap();
        let lyon = Place {
            country: "FR".to_owned(),
            chinese: "法国 里昂".to_owned(),
            english: "Lyon, France".to_owned(),
        };
        assert_eq!(places.place_of_text("80.0.0.1"), Some(lyon));
        for unknown in [
            "200.0.0.1",
            "127.0.0.1",
            "10.1.2.3",
            "2a01::/64",
            "unknown",
            "",
        ] {
            assert_eq!(places.place_of_text(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_country_that_is_no_code_is_no_place() {
        let file = file("France");
        let places = PlacesFile::open(file.path()).unwrap();
        assert_eq!(places.place_of_text("80.0.0.1"), None);
    }

    #[test]
    fn a_file_of_something_else_is_refused_at_the_start() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "no places").unwrap();
        assert!(PlacesFile::open(file.path()).is_err());
        assert!(PlacesFile::open(Path::new("/no/such/file")).is_err());
    }

    #[test]
    fn sgn_4_the_demos_addresses_are_in_different_countries() {
        let country = |address| {
            let place = SandboxPlaces.place_of_text(address);
            place.map(|place| place.country)
        };
        assert_eq!(country("192.0.2.7").as_deref(), Some("CN"));
        assert_eq!(country("198.51.100.7").as_deref(), Some("CN"));
        assert_eq!(country("203.0.113.7").as_deref(), Some("SG"));
        assert_eq!(country("::ffff:203.0.113.7").as_deref(), Some("SG"));
        assert_eq!(country("2001:db8:1::/64").as_deref(), Some("CN"));
        assert_eq!(country("2001:db8:2:5::/64").as_deref(), Some("SG"));
        assert_eq!(country("2001:db8:3::/64").as_deref(), Some("DE"));
        assert_eq!(country("127.0.0.1"), None);
        assert_eq!(NoPlaces.place_of_text("192.0.2.7"), None);
    }

    #[test]
    fn a_city_state_is_named_once() {
        assert_eq!(joined("Singapore", ", ", "Singapore"), "Singapore");
        assert_eq!(joined("", ", ", "China"), "China");
        assert_eq!(joined("中国", " ", ""), "中国");
        assert_eq!(joined("", " ", ""), "");
    }
}
