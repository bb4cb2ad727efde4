//! Security keys and passkeys, as the browser reaches them. Knows the browser's interface and how older
//! browsers spell it; must not know what a key proves.
//!
//! All by name, so that a browser without keys is told apart from a key that says no.

use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Why there is no answer of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTrouble {
    /// This browser has no way to ask for one.
    NotSupported,
    /// The person closed the question, or took too long.
    GivenUp,
    /// The key is bound already.
    BoundAlready,
    /// Something else.
    Failed,
}

/// What is wanted of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Create,
    Get,
}

/// Has a key register itself. Takes the JSON text of the server's options, answers the JSON text of
/// the key's answer.
///
/// # Errors
/// Why there is none.
pub async fn create(options: &str) -> Result<String, KeyTrouble> {
    ask(Wish::Create, options).await
}

/// Has a key sign a challenge; texts as for [`create`].
///
/// # Errors
/// Why there is no answer.
pub async fn get(options: &str) -> Result<String, KeyTrouble> {
    ask(Wish::Get, options).await
}

/// Whether this browser can ask for a key at all.
#[must_use]
pub fn are_supported() -> bool {
    !class().is_undefined()
}

async fn ask(wish: Wish, options: &str) -> Result<String, KeyTrouble> {
    if !are_supported() {
        return Err(KeyTrouble::NotSupported);
    }
    let credential = match begin(wish, options) {
        Ok(promise) => JsFuture::from(promise).await,
        Err(error) => Err(error),
    };
    let credential = credential.map_err(|error| trouble(&error))?;
    if credential.is_null() {
        return Err(KeyTrouble::GivenUp);
    }
    answer(&credential).map_err(|_| KeyTrouble::Failed)
}

fn class() -> JsValue {
    member(&window(), "PublicKeyCredential")
}

fn begin(wish: Wish, options: &str) -> Result<Promise, JsValue> {
    let wanted = member(&JSON::parse(options)?, "publicKey");
    let (parse, method) = match wish {
        Wish::Create => ("parseCreationOptionsFromJSON", "create"),
        Wish::Get => ("parseRequestOptionsFromJSON", "get"),
    };
    let class = class();
    let parsed = match member(&class, parse).dyn_into::<Function>() {
        Ok(parse) => parse.call1(&class, &wanted)?,
        Err(_) => parsed(&wanted)?,
    };
    let request = Object::new();
    Reflect::set(&request, &"publicKey".into(), &parsed)?;
    let container = member(&window().navigator(), "credentials");
    let method: Function = member(&container, method).dyn_into()?;
    method.call1(&container, &request)?.dyn_into()
}

/// The options as browsers want them that cannot read JSON: bytes where the text is base64url.
fn parsed(wanted: &JsValue) -> Result<JsValue, JsValue> {
    decode(wanted, "challenge")?;
    decode(&member(wanted, "user"), "id")?;
    for list in ["excludeCredentials", "allowCredentials"] {
        if let Ok(list) = member(wanted, list).dyn_into::<Array>() {
            for known in list.iter() {
                decode(&known, "id")?;
            }
        }
    }
    Ok(wanted.clone())
}

fn decode(object: &JsValue, name: &str) -> Result<(), JsValue> {
    let Some(text) = member(object, name).as_string() else {
        return Ok(());
    };
    let binary = window().atob(&text.replace('-', "+").replace('_', "/"))?;
    let bytes: Vec<u8> = binary
        .chars()
        .filter_map(|c| u8::try_from(u32::from(c)).ok())
        .collect();
    Reflect::set(object, &name.into(), &Uint8Array::from(bytes.as_slice()))?;
    Ok(())
}

/// The key's answer as JSON.
fn answer(credential: &JsValue) -> Result<String, JsValue> {
    let json = match member(credential, "toJSON").dyn_into::<Function>() {
        Ok(to_json) => to_json.call0(credential)?,
        Err(_) => spelt(credential)?,
    };
    Ok(String::from(JSON::stringify(&json)?))
}

/// The same for browsers that cannot spell it: base64url where there are bytes.
fn spelt(credential: &JsValue) -> Result<JsValue, JsValue> {
    let response = Object::new();
    let told = member(credential, "response");
    for name in [
        "clientDataJSON",
        "attestationObject",
        "authenticatorData",
        "signature",
        "userHandle",
    ] {
        encode(&told, name, &response)?;
    }
    let all = Object::new();
    encode(credential, "rawId", &all)?;
    for name in ["id", "type"] {
        Reflect::set(&all, &name.into(), &member(credential, name))?;
    }
    Reflect::set(&all, &"response".into(), &response)?;
    Reflect::set(&all, &"clientExtensionResults".into(), &Object::new())?;
    Ok(all.into())
}

fn encode(from: &JsValue, name: &str, to: &Object) -> Result<(), JsValue> {
    let value = member(from, name);
    if !value.is_object() {
        return Ok(());
    }
    let bytes = Uint8Array::new(&value).to_vec();
    let binary: String = bytes.into_iter().map(char::from).collect();
    let text = window().btoa(&binary)?;
    let text = text.replace('+', "-").replace('/', "_").replace('=', "");
    Reflect::set(to, &name.into(), &text.into())?;
    Ok(())
}

/// What stands under a name; nothing where that cannot be.
fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn trouble(error: &JsValue) -> KeyTrouble {
    match member(error, "name").as_string().as_deref() {
        Some("NotAllowedError" | "AbortError") => KeyTrouble::GivenUp,
        Some("InvalidStateError") => KeyTrouble::BoundAlready,
        Some("NotSupportedError") => KeyTrouble::NotSupported,
        _ => KeyTrouble::Failed,
    }
}
