//! The domain's plain enums as the words that a text column holds, and its larger values as JSON. Must
//! not know what they mean.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::StoreError;

/// The word of a variant without fields, as the domain spells it on the wire too.
///
/// # Errors
/// When the value is not such a variant.
pub(super) fn word(value: impl Serialize) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        _ => Err(StoreError::Impossible("a word")),
    }
}

/// The variant that [`word`] wrote into the column.
///
/// # Errors
/// When it did not.
pub(super) fn parse<T: DeserializeOwned>(
    word: &str,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_value(Value::String(word.to_owned()))
        .map_err(|_| StoreError::Impossible(column))
}

/// A value of several fields as JSON.
///
/// # Errors
/// When it has no such form.
pub(super) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Impossible("a JSON value"))
}

/// The value that [`json`] wrote into the column.
///
/// # Errors
/// When it did not.
pub(super) fn parse_json<T: DeserializeOwned>(
    text: &str,
    column: &'static str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Impossible(column))
}

#[cfg(test)]
mod tests {
    use domain::login_methods::LoginMethodKind;
    use domain::protection::Protection;

    use super::*;

    #[test]
    fn a_word_comes_back_as_what_it_was() {
        for kind in LoginMethodKind::ALL {
            let word = word(kind).unwrap();
            assert_eq!(parse::<LoginMethodKind>(&word, "kind").unwrap(), kind);
        }
        assert_eq!(
            word(LoginMethodKind::OfficialAccount).unwrap(),
            "official_account"
        );
        assert!(parse::<LoginMethodKind>("carrier pigeon", "kind").is_err());
        assert!(word(Protection::Off).is_err());
    }
}
