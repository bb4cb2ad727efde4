//! The browser app's files, held in memory and sent as small as the browser takes them.
//!
//! Knows files, languages and caching; must not know what the app does with them.

mod html;

pub use html::Facts;

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

use crate::cookies;
use crate::error::{ApiError, MeantForEyes};
use crate::language::Language;

/// The page that every address of the app answers with.
const INDEX: &str = "index.html";
/// The browser asks again before it uses its copy.
const ASK_AGAIN: &str = "no-cache";
/// The name changes with the content, so a copy never goes stale (V-42).
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The app as it is served.
#[derive(Default)]
pub struct Site {
    files: HashMap<String, Document>,
    page: Option<Page>,
    demo: bool,
}

/// One file in every form it can be sent in.
struct Document {
    content_type: &'static str,
    caching: &'static str,
    tag: String,
    plain: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
}

/// `index.html` in both languages, with the policy that its inline parts need (V-43).
struct Page {
    chinese: (Document, HeaderValue),
    english: (Document, HeaderValue),
}

/// How an answer is packed.
#[derive(Clone, Copy)]
enum Packing {
    Plain,
    Gzip,
    Brotli,
}

impl Site {
    /// Reads every file below `folder`.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn read(folder: &Path, facts: Facts<'_>) -> io::Result<Self> {
        let mut files = Vec::new();
        collect(folder, "", &mut files)?;
        Self::new(files, facts)
    }

    /// The files that were built into this program.
    ///
    /// # Errors
    /// When the page cannot be packed.
    #[cfg(feature = "embed-app")]
    pub fn embedded(facts: Facts<'_>) -> io::Result<Self> {
        let files = Embedded::iter()
            .filter_map(|name| {
                let data = Embedded::get(&name)?.data;
                Some((name.into_owned(), in_memory(data)))
            })
            .collect();
        Self::new(files, facts)
    }

    /// Takes files by their name below the root. `X.br` and `X.gz` are packed forms of `X`.
    ///
    /// # Errors
    /// When the page cannot be packed.
    pub fn new(files: Vec<(String, Bytes)>, facts: Facts<'_>) -> io::Result<Self> {
        let mut all: HashMap<String, Bytes> = files.into_iter().collect();
        let index = all.remove(INDEX);
        let page = index
            .map(|bytes| Page::new(&String::from_utf8_lossy(&bytes), facts))
            .transpose()?;
        let packed = |name: &str| {
            let base = name.strip_suffix(".br").or(name.strip_suffix(".gz"));
            base.is_some_and(|base| base == INDEX || all.contains_key(base))
        };
        let files = all
            .iter()
            .filter(|(name, _)| !packed(name))
            .map(|(name, bytes)| {
                let document = Document {
                    content_type: content_type(name),
                    caching: if is_named_by_content(name) {
                        FOR_EVER
                    } else {
                        ASK_AGAIN
                    },
                    tag: tag(bytes),
                    plain: bytes.clone(),
                    gzip: all.get(&format!("{name}.gz")).cloned(),
                    brotli: all.get(&format!("{name}.br")).cloned(),
                };
                (format!("/{name}"), document)
            })
            .collect();
        Ok(Self {
            files,
            page,
            demo: facts.demo,
        })
    }

    /// Whether there is an app to serve.
    #[must_use]
    pub const fn has_page(&self) -> bool {
        self.page.is_some()
    }

    /// Answers whatever is not the API's.
    #[must_use]
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        if method != Method::GET && method != Method::HEAD {
            let mut refused = ApiError::MethodNotAllowed.into_response();
            refused
                .headers_mut()
                .insert(header::ALLOW, HeaderValue::from_static("GET,HEAD"));
            return refused;
        }
        if let Some(document) = self.files.get(path) {
            return document.answer(StatusCode::OK, headers);
        }
        let last = path.rsplit('/').next().unwrap_or_default();
        // A script that is gone must fail as a script, not arrive as a page (V-42).
        let (true, Some(page)) = (!last.contains('.'), &self.page) else {
            return for_eyes((StatusCode::NOT_FOUND, "Not found\n").into_response());
        };
        let status = if contract::pages::is_page(path, self.demo) {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        page.answer(status, headers)
    }
}

impl Page {
    fn new(template: &str, facts: Facts<'_>) -> io::Result<Self> {
        let variant = |language| -> io::Result<(Document, HeaderValue)> {
            let text = html::localise(template, language, facts);
            let policy = HeaderValue::from_str(&html::policy(&text)).map_err(io::Error::other)?;
            let bytes = Bytes::from(text.into_bytes());
            let document = Document {
                content_type: "text/html; charset=utf-8",
                caching: ASK_AGAIN,
                tag: tag(&bytes),
                gzip: Some(gzip(&bytes)?),
                brotli: Some(brotli(&bytes)?),
                plain: bytes,
            };
            Ok((document, policy))
        };
        Ok(Self {
            chinese: variant(Language::Chinese)?,
            english: variant(Language::English)?,
        })
    }

    /// The page in the language that was chosen in this browser, else the one it asks for (V-45).
    fn answer(&self, status: StatusCode, headers: &HeaderMap) -> Response {
        let chosen = cookies::language(&CookieJar::from_headers(headers));
        let language = chosen.unwrap_or_else(|| {
            let asked = headers.get(header::ACCEPT_LANGUAGE);
            let text = asked.and_then(|value| value.to_str().ok());
            Language::from_accept_language(text.unwrap_or_default())
        });
        let (document, policy) = match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        };
        let mut response = document.answer(status, headers);
        let fields = response.headers_mut();
        fields.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        fields.insert(
            header::VARY,
            HeaderValue::from_static("accept-encoding, accept-language, cookie"),
        );
        response
    }
}

impl Document {
    fn answer(&self, status: StatusCode, headers: &HeaderMap) -> Response {
        let (body, packing) = match accepted(headers) {
            Packing::Brotli if self.brotli.is_some() => (&self.brotli, Packing::Brotli),
            Packing::Brotli | Packing::Gzip if self.gzip.is_some() => (&self.gzip, Packing::Gzip),
            _ => (&None, Packing::Plain),
        };
        let body = body.as_ref().unwrap_or(&self.plain);
        let (suffix, encoding) = match packing {
            Packing::Plain => ("", None),
            Packing::Gzip => ("-g", Some("gzip")),
            Packing::Brotli => ("-b", Some("br")),
        };
        let tag = format!("\"{}{suffix}\"", self.tag);
        let unchanged = status == StatusCode::OK && is_known(headers, &tag);
        let mut response = if unchanged {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            let mut response = Response::new(Body::from(body.clone()));
            *response.status_mut() = status;
            response
        };
        let fields = response.headers_mut();
        fields.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.content_type),
        );
        fields.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(self.caching),
        );
        fields.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            fields.insert(header::ETAG, tag);
        }
        if let Some(encoding) = encoding {
            fields.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        for_eyes(response)
    }
}

fn for_eyes(mut response: Response) -> Response {
    response.extensions_mut().insert(MeantForEyes);
    response
}

/// The best packing that the browser takes.
fn accepted(headers: &HeaderMap) -> Packing {
    let mut best = Packing::Plain;
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    for item in values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
    {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let unwanted = parts.any(|part| {
            part.strip_prefix("q=")
                .is_some_and(|q| q.trim_matches(['0', '.']).is_empty())
        });
        match name {
            _ if unwanted => {}
            "br" => return Packing::Brotli,
            "gzip" => best = Packing::Gzip,
            _ => {}
        }
    }
    best
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == tag)
}

fn tag(bytes: &[u8]) -> String {
    let mut tag = hex::encode(Sha256::digest(bytes));
    tag.truncate(20);
    tag
}

/// Whether a part of the name, a folder's included, is a hash: 12 or more of `0-9a-f` on their own.
fn is_named_by_content(name: &str) -> bool {
    name.split(['/', '-', '_', '.']).any(|part| {
        part.len() >= 12 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn gzip(bytes: &[u8]) -> io::Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish().map(Bytes::from)
}

fn brotli(bytes: &[u8]) -> io::Result<Bytes> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut io::Cursor::new(bytes), &mut packed, &params)?;
    Ok(Bytes::from(packed))
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Bytes)>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push((name, Bytes::from(std::fs::read(entry.path())?)));
        }
    }
    Ok(())
}

/// The browser app as it stood in the workspace's `dist` when this program was built.
#[cfg(feature = "embed-app")]
#[derive(rust_embed::RustEmbed)]
#[folder = "../../dist"]
struct Embedded;

/// What stands in the program stays there; nothing is copied.
#[cfg(feature = "embed-app")]
fn in_memory(data: std::borrow::Cow<'static, [u8]>) -> Bytes {
    match data {
        std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v_42_only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_named_by_content("app-0123456789abcdef.js"));
        assert!(is_named_by_content("app-0123456789abcdef_bg.wasm"));
        assert!(is_named_by_content("0123456789ab/split_account.wasm"));
        assert!(!is_named_by_content("favicon.svg"));
        assert!(!is_named_by_content("facade-decade.js"));
        assert!(!is_named_by_content("help/zh.json"));
    }

    #[test]
    fn packing_follows_what_the_browser_takes() {
        let ask = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, text.parse().unwrap());
            match accepted(&headers) {
                Packing::Plain => "plain",
                Packing::Gzip => "gzip",
                Packing::Brotli => "br",
            }
        };
        assert_eq!(ask("gzip, deflate, br, zstd"), "br");
        assert_eq!(ask("gzip"), "gzip");
        assert_eq!(ask("br;q=0, gzip;q=0.5"), "gzip");
        assert_eq!(ask("br;q=0.000"), "plain");
        assert_eq!(ask("identity"), "plain");
    }
}
