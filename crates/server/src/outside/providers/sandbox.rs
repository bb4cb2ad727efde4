//! The demo's providers: a page that plays the phone stands where the provider's would. Knows who lives
//! there; must not know what an identity is used for.
//!
//! # People of the demo, and inputs that fail
//!
//! | kind | id | what happens |
//! | --- | --- | --- |
//! | WeChat | `wechat-zhang` | linked to several accounts |
//! | WeChat | `wechat-li` | linked to one account |
//! | WeChat | `wechat-new` | known to nobody yet |
//! | WeChat | `wechat-frozen` | frozen by its own service (SGN-10) |
//! | WeChat | `wechat-away` | the service does not answer |
//! | QQ | `qq-wang` | linked to one account |
//! | QQ | `qq-new` | known to nobody yet |
//! | QQ | `qq-frozen` | frozen by its own service (SGN-10) |
//! | WeCom | `wecom-administrator` | administers its organisation |
//! | WeCom | `wecom-member` | is a member only (LGM-7) |
//! | Official Account | `official-sunny` | linked to one account |
//! | Official Account | `official-new` | known to nobody yet |
//! | any | `guest-…` | any other person, known to nobody yet; a WeCom guest administers |
//!
//! Which of them is linked to what is a matter of `demo`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::login_methods::LoginMethodKind;
use domain::time::{Span, Timestamp};
use hmac::{Hmac, KeyInit as _, Mac as _};
use openidconnect::url::form_urlencoded::Serializer;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::{Arrival, Asking, Departure, IdentityProvider, ProviderFailure, ProviderIdentity};
use crate::outside::clock::Clock;
use crate::outside::ids::{Ids, NoRandomness};

/// The path of the page that plays the phone. It is told `kind`, `state`, `challenge` and
/// `redirect_uri`.
pub const PHONE_PAGE: &str = "/demo/phone";

/// What the ids of people begin with who have no row in the table.
pub const GUEST: &str = "guest-";

/// How long a code of the phone is good.
const CODE_LASTS: Span = Span::from_minutes(2);

/// Somebody who can be chosen on the phone. Everybody is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Whose identity it is.
    pub kind: LoginMethodKind,
    /// What the provider knows them by; the identity's subject.
    pub id: &'static str,
    /// What they call themselves.
    pub name: &'static str,
    ending: Ending,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Known,
    Administrator,
    Frozen,
    Away,
}

const fn person(
    kind: LoginMethodKind,
    id: &'static str,
    name: &'static str,
    ending: Ending,
) -> Person {
    Person {
        kind,
        id,
        name,
        ending,
    }
}

/// The table above.
const PEOPLE: [Person; 12] = {
    use LoginMethodKind::{OfficialAccount, Qq, Wechat, Wecom};
    [
        person(Wechat, "wechat-zhang", "张三", Ending::Known),
        person(Wechat, "wechat-li", "李四", Ending::Known),
        person(Wechat, "wechat-new", "路过的人", Ending::Known),
        person(Wechat, "wechat-frozen", "冻住的微信", Ending::Frozen),
        person(Wechat, "wechat-away", "断线的人", Ending::Away),
        person(Qq, "qq-wang", "王五", Ending::Known),
        person(Qq, "qq-new", "新来的企鹅", Ending::Known),
        person(Qq, "qq-frozen", "冻住的企鹅", Ending::Frozen),
        person(
            Wecom,
            "wecom-administrator",
            "赵管理",
            Ending::Administrator,
        ),
        person(Wecom, "wecom-member", "钱成员", Ending::Known),
        person(
            OfficialAccount,
            "official-sunny",
            "晴空服务号",
            Ending::Known,
        ),
        person(
            OfficialAccount,
            "official-new",
            "新开的服务号",
            Ending::Known,
        ),
    ]
};

/// Who can be chosen for this kind.
pub fn people(kind: LoginMethodKind) -> impl Iterator<Item = &'static Person> {
    PEOPLE.iter().filter(move |person| person.kind == kind)
}

/// Why the phone gives no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody of this kind has this id")]
pub struct PhoneProblem;

/// What all phones of one demo share: the key of their codes, and which codes were used. A restart
/// forgets both, and codes with them.
pub struct SandboxPhones {
    key: [u8; 32],
    clock: Arc<dyn Clock>,
    used: Mutex<BTreeMap<String, Timestamp>>,
}

/// What a code says.
#[derive(Serialize, Deserialize)]
struct Said {
    kind: LoginMethodKind,
    id: String,
    challenge: String,
    until: i64,
    /// Two codes are never the same.
    once: String,
}

impl SandboxPhones {
    /// New phones.
    ///
    /// # Errors
    /// When there are no random bytes.
    pub fn new(ids: &dyn Ids, clock: Arc<dyn Clock>) -> Result<Arc<Self>, NoRandomness> {
        let mut key = [0; 32];
        ids.fill(&mut key)?;
        Ok(Arc::new(Self {
            key,
            clock,
            used: Mutex::default(),
        }))
    }

    /// The code that the page gives when the person `id` has confirmed; `challenge` is what the page was
    /// called with.
    ///
    /// # Errors
    /// When there is nobody with this id, or no randomness.
    pub fn code(
        &self,
        ids: &dyn Ids,
        kind: LoginMethodKind,
        id: &str,
        challenge: &str,
    ) -> Result<String, PhoneProblem> {
        if !is_somebody(kind, id) {
            return Err(PhoneProblem);
        }
        let said = Said {
            kind,
            id: id.to_owned(),
            challenge: challenge.to_owned(),
            until: self.clock.now().plus(CODE_LASTS).as_millis(),
            once: ids.id().map_err(|_| PhoneProblem)?,
        };
        let text = serde_json::to_vec(&said).map_err(|_| PhoneProblem)?;
        let text = URL_SAFE_NO_PAD.encode(text);
        let mark = self.mark(&text).ok_or(PhoneProblem)?;
        Ok(format!("{text}.{mark}"))
    }

    fn mark(&self, text: &str) -> Option<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(text.as_bytes());
        Some(URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    /// Reads a code, once.
    fn read(&self, kind: LoginMethodKind, arrival: &Arrival<'_>) -> Option<String> {
        let (text, mark) = arrival.code.split_once('.')?;
        let is_ours = subtle::ConstantTimeEq::ct_eq(self.mark(text)?.as_bytes(), mark.as_bytes());
        if !bool::from(is_ours) {
            return None;
        }
        let said: Said = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let (now, until) = (self.clock.now(), Timestamp::from_millis(said.until));
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, until| *until > now);
        let is_new = used.insert(said.once, until).is_none();
        let is_good =
            now < until && said.kind == kind && said.challenge == arrival.verifier.challenge();
        (is_new && is_good).then_some(said.id)
    }
}

fn is_somebody(kind: LoginMethodKind, id: &str) -> bool {
    people(kind).any(|person| person.id == id)
        || id.strip_prefix(GUEST).is_some_and(|rest| {
            (1..=32).contains(&rest.len())
                && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// The demo's provider of one kind.
pub struct Sandbox {
    kind: LoginMethodKind,
    phones: Arc<SandboxPhones>,
}

impl Sandbox {
    /// The provider of this kind.
    #[must_use]
    pub const fn new(kind: LoginMethodKind, phones: Arc<SandboxPhones>) -> Self {
        Self { kind, phones }
    }

    fn who(&self, arrival: &Arrival<'_>) -> Result<ProviderIdentity, ProviderFailure> {
        let id = self
            .phones
            .read(self.kind, arrival)
            .ok_or(ProviderFailure::BadCode)?;
        let listed = people(self.kind).find(|person| person.id == id);
        let administers = match listed.map(|person| person.ending) {
            Some(Ending::Frozen) => return Err(ProviderFailure::Frozen),
            Some(Ending::Away) => return Err(ProviderFailure::Unreachable),
            Some(Ending::Known) => false,
            Some(Ending::Administrator) => true,
            None => self.kind == LoginMethodKind::Wecom,
        };
        let name = listed.map_or(id.as_str(), |person| person.name);
        ProviderIdentity::new(&id, Some(name), administers)
    }
}

impl IdentityProvider for Sandbox {
    fn kind(&self) -> LoginMethodKind {
        self.kind
    }

    fn start<'a>(&'a self, departure: &'a Departure<'a>) -> Asking<'a, String> {
        let kind = serde_json::to_value(self.kind).unwrap_or_default();
        let query = Serializer::new(String::new())
            .append_pair("kind", kind.as_str().unwrap_or_default())
            .append_pair("state", departure.state)
            .append_pair("challenge", &departure.verifier.challenge())
            .append_pair("redirect_uri", departure.redirect_uri)
            .finish();
        Box::pin(async move { Ok(format!("{PHONE_PAGE}?{query}")) })
    }

    fn finish<'a>(&'a self, arrival: &'a Arrival<'a>) -> Asking<'a, ProviderIdentity> {
        let outcome = self.who(arrival);
        Box::pin(async { outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::clock::MovableClock;
    use crate::outside::ids::SystemIds;
    use crate::outside::providers::{Providers, Verifier};

    const BACK: &str = "https://account.example/back";

    struct Demo {
        clock: Arc<MovableClock>,
        phones: Arc<SandboxPhones>,
    }

    fn demo() -> Demo {
        let clock = Arc::new(MovableClock::default());
        let phones = SandboxPhones::new(&SystemIds, clock.clone()).unwrap();
        Demo { clock, phones }
    }

    impl Demo {
        fn code(&self, kind: LoginMethodKind, id: &str, verifier: &Verifier) -> String {
            let challenge = verifier.challenge();
            self.phones.code(&SystemIds, kind, id, &challenge).unwrap()
        }

        fn finish(
            &self,
            kind: LoginMethodKind,
            code: &str,
            verifier: &Verifier,
        ) -> Result<ProviderIdentity, ProviderFailure> {
            Sandbox::new(kind, Arc::clone(&self.phones)).who(&Arrival {
                code,
                verifier,
                redirect_uri: BACK,
            })
        }
    }

    fn verifier() -> Verifier {
        Verifier::new(&SystemIds).unwrap()
    }

    #[tokio::test]
    async fn the_phones_page_is_told_what_it_must_give_back_and_not_the_secret() {
        let providers = Providers::sandbox(&demo().phones);
        assert_eq!(providers.kinds().count(), 4);
        let wechat = providers.get(LoginMethodKind::Wechat).unwrap();
        let verifier = verifier();
        let url = wechat
            .start(&Departure {
                state: "st&te",
                verifier: &verifier,
                redirect_uri: BACK,
            })
            .await
            .unwrap();
        assert!(url.starts_with("/demo/phone?kind=wechat&state=st%26te&challenge="));
        assert!(url.ends_with("&redirect_uri=https%3A%2F%2Faccount.example%2Fback"));
        assert!(!url.contains(verifier.reveal()));
    }

    #[test]
    fn a_code_says_who_confirmed_once_and_for_two_minutes() {
        let (demo, verifier) = (demo(), verifier());
        let kind = LoginMethodKind::Wechat;
        let code = demo.code(kind, "wechat-zhang", &verifier);
        let who = demo.finish(kind, &code, &verifier).unwrap();
        assert_eq!(
            (&*who.subject, who.display_name.as_deref()),
            ("wechat-zhang", Some("张三"))
        );
        let again = demo.finish(kind, &code, &verifier);
        assert_eq!(again, Err(ProviderFailure::BadCode));
        let old = demo.code(kind, "wechat-zhang", &verifier);
        demo.clock.forward(120_000).unwrap();
        assert_eq!(
            demo.finish(kind, &old, &verifier),
            Err(ProviderFailure::BadCode)
        );
        assert!(
            demo.finish(kind, &demo.code(kind, "wechat-li", &verifier), &verifier)
                .is_ok()
        );
    }

    #[test]
    fn a_code_of_another_trip_another_kind_or_another_hand_is_refused() {
        let (here, verifier, other) = (demo(), verifier(), verifier());
        let kind = LoginMethodKind::Qq;
        let refused = Err(ProviderFailure::BadCode);
        let code = || here.code(kind, "guest-1", &verifier);
        assert_eq!(here.finish(kind, &code(), &other), refused);
        assert_eq!(
            here.finish(LoginMethodKind::Wecom, &code(), &verifier),
            refused
        );
        let elsewhere = demo().code(kind, "guest-1", &verifier);
        assert_eq!(here.finish(kind, &elsewhere, &verifier), refused);
        let (text, mark) = code()
            .split_once('.')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
            .unwrap();
        for forged in [
            format!("{text}x.{mark}"),
            format!("{text}."),
            text,
            String::new(),
        ] {
            assert_eq!(here.finish(kind, &forged, &verifier), refused, "{forged}");
        }
        assert!(here.finish(kind, &code(), &verifier).is_ok());
    }

    #[test]
    fn the_table_ends_as_it_says() {
        let (demo, verifier) = (demo(), verifier());
        let finish = |kind, id: &str| demo.finish(kind, &demo.code(kind, id, &verifier), &verifier);
        let frozen = Err(ProviderFailure::Frozen);
        assert_eq!(finish(LoginMethodKind::Wechat, "wechat-frozen"), frozen);
        assert_eq!(finish(LoginMethodKind::Qq, "qq-frozen"), frozen);
        let away = finish(LoginMethodKind::Wechat, "wechat-away");
        assert_eq!(away, Err(ProviderFailure::Unreachable));
        let administers = |id: &str| {
            finish(LoginMethodKind::Wecom, id)
                .unwrap()
                .is_wecom_administrator
        };
        assert!(administers("wecom-administrator") && administers("guest-a"));
        assert!(!administers("wecom-member"));
        for kind in LoginMethodKind::ALL {
            assert_eq!(people(kind).count() > 1, kind != LoginMethodKind::Email);
            let unknown = demo.phones.code(&SystemIds, kind, "nobody", "c");
            assert_eq!(unknown, Err(PhoneProblem));
        }
        for bad in ["guest-", "guest-a b", &format!("guest-{}", "a".repeat(33))] {
            let code = demo.phones.code(&SystemIds, LoginMethodKind::Qq, bad, "c");
            assert_eq!(code, Err(PhoneProblem), "{bad}");
        }
    }
}
