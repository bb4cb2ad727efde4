//! Reads the JSON of an answer: the browser parses it, and the types of `contract` take it apart.
//!
//! Does what `serde_json` does for reading, without its sentences about what is wrong and without
//! fractions, of which no answer has any. Those two and the parser weigh about 14 kB in the browser; the
//! figures stand in docs/decisions.md. Must not know what an answer is about.

use std::fmt;

use js_sys::{Array, JSON, Object};
use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use wasm_bindgen::JsValue;

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction.
    Integer(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Names and values in their order.
    Map(Vec<(String, Self)>),
}

/// The text is no JSON, or not that of the wanted type. Which of both makes no difference to anybody.
#[derive(Debug, thiserror::Error)]
#[error("unreadable")]
pub(super) struct Unreadable;

impl Json {
    /// Parses a text.
    ///
    /// # Errors
    /// When it is no JSON, or has a number with a fraction.
    pub(super) fn parse(text: &str) -> Result<Self, Unreadable> {
        let value = JSON::parse(text).map_err(|_| Unreadable)?;
        Self::from_js(&value)
    }

    /// The value as one of `T`.
    ///
    /// # Errors
    /// When it is none.
    pub(super) fn read<T: DeserializeOwned>(self) -> Result<T, Unreadable> {
        T::deserialize(self)
    }

    /// What stands under a name, when this is a map and has it.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        let (_, value) = entries.iter().find(|(known, _)| known == name)?;
        Some(value)
    }

    /// The text under a name; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        match self.get(name) {
            Some(Self::Text(text)) => text,
            _ => "",
        }
    }

    fn from_js(value: &JsValue) -> Result<Self, Unreadable> {
        if value.is_null() {
            return Ok(Self::Null);
        }
        if let Some(truth) = value.as_bool() {
            return Ok(Self::Bool(truth));
        }
        if let Some(text) = value.as_string() {
            return Ok(Self::Text(text));
        }
        if let Some(number) = value.as_f64() {
            return integer(number).map(Self::Integer);
        }
        if Array::is_array(value) {
            let items = Array::from(value);
            let items = items.iter().map(|item| Self::from_js(&item));
            return items.collect::<Result<_, _>>().map(Self::List);
        }
        let entries = Object::entries(&Object::from(value.clone()));
        let entries = entries.iter().map(|entry| {
            let entry = Array::from(&entry);
            let name = entry.get(0).as_string().ok_or(Unreadable)?;
            Ok((name, Self::from_js(&entry.get(1))?))
        });
        entries.collect::<Result<_, _>>().map(Self::Map)
    }
}

/// A number of JavaScript's that is an integer, and so small that it is exact.
#[expect(
    clippy::cast_possible_truncation,
    clippy::float_cmp,
    reason = "both are what is asked here"
)]
fn integer(number: f64) -> Result<i64, Unreadable> {
    if number.trunc() == number && number.abs() <= 9_007_199_254_740_991.0 {
        Ok(number as i64)
    } else {
        Err(Unreadable)
    }
}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_message: T) -> Self {
        Self
    }
}

impl<'de> IntoDeserializer<'de, Unreadable> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// One way of reading for several types that are written as the same kind of JSON.
macro_rules! each {
    ($($($name:ident)+, ($kind:ident) $visit:ident;)+) => {$($(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self {
                Self::$kind(value) => visitor.$visit(value),
                _ => Err(Unreadable),
            }
        }
    )+)+};
}

impl<'de> Deserializer<'de> for Json {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(truth) => visitor.visit_bool(truth),
            Self::Integer(number) => visitor.visit_i64(number),
            Self::Text(text) => visitor.visit_string(text),
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Self::Map(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Null => visitor.visit_none(),
            value => visitor.visit_some(value),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self {
            Self::Text(variant) => visitor.visit_enum(variant.into_deserializer()),
            Self::Map(entries) => {
                let entries = MapDeserializer::new(entries.into_iter());
                visitor.visit_enum(MapAccessDeserializer::new(entries))
            }
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::List(_) => Err(Unreadable),
        }
    }

    // Each for the one kind of JSON that the type is written as. Handing all of them to
    // `deserialize_any` is shorter here, and weighs a path for every kind of JSON in every type.
    each! {
        deserialize_bool, (Bool) visit_bool;
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64, (Integer) visit_i64;
        deserialize_char deserialize_str deserialize_string deserialize_identifier
        deserialize_bytes deserialize_byte_buf, (Text) visit_string;
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::List(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Map(entries) => visitor.visit_map(MapDeserializer::new(entries.into_iter())),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self {
            Self::Null => visitor.visit_unit(),
            _ => Err(Unreadable),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        // Dropped with what is in it, instead of walked through.
        visitor.visit_unit()
    }
}
