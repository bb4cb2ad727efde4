//! What all parsed texts have in common: their wire form, and a `Debug` that keeps personal data
//! out of logs. Must not know what makes a text right.

/// Gives a value with `as_str` and `parse` the wire form of a plain string.
macro_rules! wire_text {
    ($value:ty) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        $crate::identity::value::read_from_text!($value);
    };
}

/// Gives a value with `Display` and `parse` the wire form of a plain string.
macro_rules! wire_display {
    ($value:ty) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        $crate::identity::value::read_from_text!($value);
    };
}

/// Reads a value from the wire by parsing its text once more.
macro_rules! read_from_text {
    ($value:ty) => {
        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text =
                    <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $value {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                <String as utoipa::PartialSchema>::schema()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $value {}
    };
}

/// Prints a value that is personal data in its masked form only.
macro_rules! masked_debug {
    ($value:ident) => {
        impl std::fmt::Debug for $value {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($value), "({})"), self.masked())
            }
        }
    };
}

pub(crate) use {masked_debug, read_from_text, wire_display, wire_text};
