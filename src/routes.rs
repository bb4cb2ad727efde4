//! The whole route table, and showing the page of the address. Knows which page is where and for
//! whom; does not know what a page shows.

use std::future::Future;
use std::pin::Pin;

use contract::pages as addresses;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::address::Address;
use crate::language::LanguageContext;
use crate::pages::{self, NewVersion, Page};
use crate::session::{Session, SessionContext};
use crate::text::shell::ShellText;
use crate::ui::{Skeleton, live, react};
use crate::{paths, product};

/// A page of the app and its address.
pub struct Route {
    /// The address.
    pub path: &'static str,
    /// Who sees it; others are led to signing in, or are told that there is nothing.
    pub who: Who,
    /// What is there.
    pub shows: Shows,
}

/// Who sees a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    Anyone,
    /// The signed-in owner of an account.
    Owner,
    /// Only who is not signed in; an owner is led on to where they wanted to go.
    Nobody,
    /// Everybody, where the demo runs.
    Demo,
}

/// What is at an address.
pub enum Shows {
    /// A page, whose area may have to be fetched first.
    Page(fn() -> Opening),
    /// Nothing of its own; it leads to another address.
    LeadsTo(&'static str),
}

/// An area that is being fetched.
pub type Opening = Pin<Box<dyn Future<Output = Result<Page, NewVersion>>>>;

/// Every page.
pub static ROUTES: &[Route] = &[
    Route {
        path: addresses::HOME,
        who: Who::Owner,
        shows: Shows::LeadsTo(paths::account()),
    },
    Route {
        path: addresses::SIGN_IN,
        who: Who::Nobody,
        shows: Shows::Page(|| Box::pin(pages::sign_in::open(pages::sign_in::At::SignIn))),
    },
    Route {
        path: addresses::SECOND_STEP,
        who: Who::Nobody,
        shows: Shows::Page(|| Box::pin(pages::second_step::open(pages::second_step::At::Proof))),
    },
    Route {
        path: addresses::SIGN_IN_SUB_USER,
        who: Who::Nobody,
        shows: Shows::Page(|| Box::pin(pages::second_step::open(pages::second_step::At::SubUser))),
    },
    Route {
        path: addresses::ACCOUNT,
        who: Who::Owner,
        shows: Shows::Page(|| Box::pin(pages::account::open(pages::account::At::Info))),
    },
    Route {
        path: addresses::LOGIN_EMAIL,
        who: Who::Owner,
        shows: Shows::Page(|| account_change(pages::account::changes::At::LoginEmail)),
    },
    Route {
        path: addresses::CONFIRM_CONTACT,
        who: Who::Anyone,
        shows: Shows::Page(|| account_change(pages::account::changes::At::ConfirmContact)),
    },
    Route {
        path: addresses::REGISTER,
        who: Who::Nobody,
        shows: Shows::Page(|| registration(pages::registration::At::Choose)),
    },
    Route {
        path: addresses::REGISTER_EMAIL,
        who: Who::Nobody,
        shows: Shows::Page(|| registration(pages::registration::At::Email)),
    },
    Route {
        path: addresses::REGISTER_FINISH,
        who: Who::Nobody,
        shows: Shows::Page(|| registration(pages::registration::At::Finish)),
    },
    Route {
        path: addresses::TERMS,
        who: Who::Anyone,
        shows: Shows::Page(|| registration(pages::registration::At::Terms)),
    },
    Route {
        path: addresses::PRIVACY,
        who: Who::Anyone,
        shows: Shows::Page(|| registration(pages::registration::At::Privacy)),
    },
    Route {
        path: addresses::FORGOTTEN,
        who: Who::Anyone,
        shows: Shows::Page(|| Box::pin(pages::forgotten::open(pages::forgotten::At::Forgotten))),
    },
    Route {
        path: addresses::HELP,
        who: Who::Anyone,
        shows: Shows::Page(|| Box::pin(pages::help::open(pages::help::At::Help))),
    },
    Route {
        path: addresses::UNLOCK,
        who: Who::Anyone,
        shows: Shows::Page(|| Box::pin(pages::forgotten::open(pages::forgotten::At::Unlock))),
    },
    Route {
        path: addresses::LOCK,
        who: Who::Anyone,
        shows: Shows::Page(|| Box::pin(pages::forgotten::open(pages::forgotten::At::Lock))),
    },
    Route {
        path: addresses::MFA,
        who: Who::Owner,
        shows: Shows::Page(|| Box::pin(pages::mfa::open(pages::mfa::At::Device))),
    },
    Route {
        path: addresses::MFA_BIND,
        who: Who::Owner,
        shows: Shows::Page(|| Box::pin(pages::mfa::open(pages::mfa::At::Bind))),
    },
    Route {
        path: addresses::SIGN_IN_PASSKEY,
        who: Who::Nobody,
        shows: Shows::Page(|| Box::pin(pages::mfa::open(pages::mfa::At::Passkey))),
    },
    Route {
        path: addresses::SECURITY,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::Overview)),
    },
    Route {
        path: addresses::SECURITY_PHONE,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::Phone)),
    },
    Route {
        path: addresses::SECURITY_PASSWORD,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::Password)),
    },
    Route {
        path: addresses::SECURITY_EMAIL,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::Email)),
    },
    Route {
        path: addresses::SECURITY_PROTECTION,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::Protection)),
    },
    Route {
        path: addresses::SECURITY_SESSIONS,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::Sessions)),
    },
    Route {
        path: addresses::SECURITY_HISTORY,
        who: Who::Owner,
        shows: Shows::Page(|| security(pages::security::At::History)),
    },
    Route {
        path: addresses::CHANGE,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Start)),
    },
    Route {
        path: addresses::CHANGE_TYPE,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Type)),
    },
    Route {
        path: addresses::CHANGE_PROOF,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Proof)),
    },
    Route {
        path: addresses::CHANGE_CHECK,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Check)),
    },
    Route {
        path: addresses::CHANGE_REVIEW,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Review)),
    },
    Route {
        path: addresses::CHANGE_INFORMATION,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Information)),
    },
    Route {
        path: addresses::CHANGE_METHOD,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Method)),
    },
    Route {
        path: addresses::CHANGE_DONE,
        who: Who::Owner,
        shows: Shows::Page(|| change(pages::change::At::Done)),
    },
    Route {
        path: addresses::CONSENT,
        who: Who::Anyone,
        shows: Shows::Page(|| change(pages::change::At::Consent)),
    },
    Route {
        path: addresses::AUDIT,
        who: Who::Owner,
        shows: Shows::Page(|| Box::pin(pages::audit::open(pages::audit::At::Rows))),
    },
    Route {
        path: addresses::VERIFICATION,
        who: Who::Owner,
        shows: Shows::Page(|| verification(pages::verification::At::Overview)),
    },
    Route {
        path: addresses::VERIFICATION_PERSON,
        who: Who::Owner,
        shows: Shows::Page(|| verification(pages::verification::At::Person)),
    },
    Route {
        path: addresses::OUTBOX,
        who: Who::Demo,
        shows: Shows::Page(|| Box::pin(pages::demo::open(pages::demo::At::Outbox))),
    },
    Route {
        path: addresses::VISIT,
        who: Who::Anyone,
        shows: Shows::Page(|| identity(pages::identity::At::Go)),
    },
    Route {
        path: addresses::BACK,
        who: Who::Anyone,
        shows: Shows::Page(|| identity(pages::identity::At::Back)),
    },
    Route {
        path: addresses::IDENTITY,
        who: Who::Anyone,
        shows: Shows::Page(|| identity(pages::identity::At::Identity)),
    },
    Route {
        path: addresses::SIGN_IN_SCAN,
        who: Who::Nobody,
        shows: Shows::Page(|| identity(pages::identity::At::Scan)),
    },
    Route {
        path: addresses::SCAN,
        who: Who::Anyone,
        shows: Shows::Page(|| identity(pages::identity::At::Phone)),
    },
    Route {
        path: addresses::FACE_DONE,
        who: Who::Anyone,
        shows: Shows::Page(|| identity(pages::identity::At::FaceDone)),
    },
    Route {
        path: addresses::VERIFICATION_ENTERPRISE,
        who: Who::Owner,
        shows: Shows::Page(|| enterprise(pages::enterprise::At::Form)),
    },
    Route {
        path: addresses::VERIFICATION_TRANSFER,
        who: Who::Owner,
        shows: Shows::Page(|| enterprise(pages::enterprise::At::Transfer)),
    },
    Route {
        path: addresses::VERIFICATION_TOP_UP,
        who: Who::Owner,
        shows: Shows::Page(|| enterprise(pages::enterprise::At::TopUp)),
    },
    Route {
        path: addresses::VERIFICATION_OFFICIAL,
        who: Who::Owner,
        shows: Shows::Page(|| enterprise(pages::enterprise::At::Official)),
    },
    Route {
        path: addresses::VERIFICATION_CONTACT,
        who: Who::Owner,
        shows: Shows::Page(|| enterprise(pages::enterprise::At::Contact)),
    },
    Route {
        path: addresses::VERIFICATION_CODE,
        who: Who::Owner,
        shows: Shows::Page(|| enterprise(pages::enterprise::At::Code)),
    },
    Route {
        path: addresses::DEMO_BANK,
        who: Who::Demo,
        shows: Shows::Page(|| Box::pin(pages::demo::open(pages::demo::At::Bank))),
    },
    Route {
        path: addresses::DEMO_OFFICIAL,
        who: Who::Demo,
        shows: Shows::Page(|| Box::pin(pages::demo::open(pages::demo::At::Official))),
    },
    Route {
        path: addresses::OPERATOR_SIGN_IN,
        who: Who::Anyone,
        shows: Shows::Page(|| operator(pages::operator::At::SignIn)),
    },
    Route {
        path: addresses::OPERATOR,
        who: Who::Anyone,
        shows: Shows::Page(|| operator(pages::operator::At::Queues)),
    },
    Route {
        path: addresses::OPERATOR_CASE,
        who: Who::Anyone,
        shows: Shows::Page(|| operator(pages::operator::At::Case)),
    },
    Route {
        path: addresses::OPERATOR_ACCOUNTS,
        who: Who::Anyone,
        shows: Shows::Page(|| operator(pages::operator::At::Accounts)),
    },
    Route {
        path: addresses::OPERATOR_ACCOUNT,
        who: Who::Anyone,
        shows: Shows::Page(|| operator(pages::operator::At::Account)),
    },
    Route {
        path: addresses::OPERATOR_ENTERPRISES,
        who: Who::Anyone,
        shows: Shows::Page(|| operator(pages::operator::At::Enterprises)),
    },
    Route {
        path: addresses::DEMO_PHONE,
        who: Who::Demo,
        shows: Shows::Page(|| Box::pin(pages::demo::open(pages::demo::At::Phone))),
    },
    Route {
        path: addresses::DEMO_PLATFORM,
        who: Who::Demo,
        shows: Shows::Page(|| Box::pin(pages::demo::open(pages::demo::At::Platform))),
    },
    Route {
        path: addresses::DEMO_FACE,
        who: Who::Demo,
        shows: Shows::Page(|| Box::pin(pages::demo::open(pages::demo::At::Face))),
    },
];

fn change(at: pages::change::At) -> Opening {
    Box::pin(pages::change::open(at))
}

fn account_change(at: pages::account::changes::At) -> Opening {
    Box::pin(pages::account::changes::open(at))
}

fn identity(at: pages::identity::At) -> Opening {
    Box::pin(pages::identity::open(at))
}

fn enterprise(at: pages::enterprise::At) -> Opening {
    Box::pin(pages::enterprise::open(at))
}

/// The desk has a session of its own, of which the app knows nothing before the area is there; its pages
/// lead to their own sign-in.
fn operator(at: pages::operator::At) -> Opening {
    Box::pin(pages::operator::open(at))
}

fn security(at: pages::security::At) -> Opening {
    Box::pin(pages::security::open(at))
}

fn verification(at: pages::verification::At) -> Opening {
    Box::pin(pages::verification::open(at))
}

fn registration(at: pages::registration::At) -> Opening {
    Box::pin(pages::registration::open(at))
}

/// The route of an address, if this installation has a page there.
#[must_use]
pub fn find(address: &str, is_demo: bool) -> Option<&'static Route> {
    ROUTES
        .iter()
        .find(|route| paths::is_path(address, route.path))
        .filter(|route| is_demo || route.who != Who::Demo)
}

/// What stands in the main part.
#[derive(Clone, Copy)]
enum Content {
    /// Nothing has been opened yet.
    Waiting,
    /// A page.
    Page(Page),
    /// The part of the app with the page could not be fetched.
    NewVersion,
    /// Nobody knows whether somebody is signed in.
    NoSession,
}

/// The page of the address. While the next one is being fetched, the last one stays.
#[component]
pub fn CurrentPage() -> impl IntoView {
    let address = Address::expect();
    let session = SessionContext::expect();
    let language = LanguageContext::expect();
    let content = RwSignal::new(Content::Waiting);
    let standing = Memo::new(move |_| Standing::of(&session.get()));
    // Pages are not rebuilt when only the query changes: they read it themselves.
    let navigation = StoredValue::new(0_u32);

    react(move || {
        let here = address.get();
        let number = navigation.get_value() + 1;
        navigation.set_value(number);
        let route = find(&here, product::is_demo());
        // What everybody sees is not made anew once it is known who they are: they may have begun to type.
        let is_for_all = route.is_none_or(|route| matches!(route.who, Who::Anyone | Who::Demo));
        let standing = match is_for_all {
            true => standing.get_untracked(),
            false => standing.get(),
        };
        match decide(route, standing) {
            Step::Wait => {}
            Step::Show(page) => content.set(page),
            Step::SignIn => address.replace(&paths::sign_in_then(&here)),
            Step::GoOn => {
                let next = paths::place_to_go_on(address.query(paths::NEXT).as_deref());
                address.replace(&next);
            }
            Step::Go(path) => address.replace(path),
            Step::Open(open) => spawn_local(async move {
                let opened = match open().await {
                    Ok(page) => Content::Page(page),
                    Err(NewVersion) => Content::NewVersion,
                };
                // Unless the person has gone elsewhere meanwhile.
                if navigation.try_get_value() == Some(number) {
                    content.set(opened);
                }
            }),
        }
    });

    live(move || match content.get() {
        Content::Waiting => {
            let label = ShellText::of(language.get()).loading;
            view! { <Skeleton label /> }.into_any()
        }
        Content::Page(page) => page.show(),
        Content::NewVersion => pages::new_version::page(),
        Content::NoSession => pages::problem::page(),
    })
}

/// What the session means for opening a page; changes less often than the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Unknown,
    Failed,
    Nobody,
    Owner,
    /// An owner is, who must set the password anew before anything else (ACC-14).
    SetsPassword,
    /// A sub-user is, who has one page of its own in the place of every owner's page (SGN-14).
    SubUser,
}

impl Standing {
    fn of(session: &Session) -> Self {
        match session {
            Session::Unknown => Self::Unknown,
            Session::Failed(_) => Self::Failed,
            Session::Nobody => Self::Nobody,
            Session::Owner(owner) if owner.is_sub_user => Self::SubUser,
            Session::Owner(owner) if owner.must_set_password => Self::SetsPassword,
            Session::Owner(_) => Self::Owner,
        }
    }
}

/// What to do at an address.
enum Step {
    Wait,
    Show(Content),
    Open(fn() -> Opening),
    SignIn,
    GoOn,
    Go(&'static str),
}

/// What a sub-user sees where an owner has a page.
fn sub_user() -> Opening {
    Box::pin(pages::second_step::open(pages::second_step::At::Home))
}

fn decide(route: Option<&'static Route>, standing: Standing) -> Step {
    let Some(route) = route else {
        return Step::Show(Content::Page(Page::new(pages::not_found::page)));
    };
    let is_password_page = route.path == addresses::SECURITY_PASSWORD;
    match (route.who, standing) {
        (Who::Owner, Standing::SetsPassword) if !is_password_page => {
            Step::Go(paths::security_password())
        }
        (Who::Anyone | Who::Demo, _)
        | (Who::Owner, Standing::Owner | Standing::SetsPassword)
        | (Who::Nobody, Standing::Nobody) => match route.shows {
            Shows::Page(open) => Step::Open(open),
            Shows::LeadsTo(path) => Step::Go(path),
        },
        (Who::Owner, Standing::Nobody) => Step::SignIn,
        (Who::Owner, Standing::SubUser) => Step::Open(sub_user),
        (Who::Nobody, Standing::Owner | Standing::SetsPassword | Standing::SubUser) => Step::GoOn,
        (Who::Owner | Who::Nobody, Standing::Failed) => Step::Show(Content::NoSession),
        (Who::Owner | Who::Nobody, Standing::Unknown) => Step::Wait,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_that_the_server_knows_has_one_route_and_no_other_has() {
        let routes: Vec<_> = ROUTES.iter().map(|route| route.path).collect();
        let known = [addresses::ALL, addresses::DEMO].concat();
        assert_eq!(routes.len(), known.len());
        for address in known {
            let is_demo = addresses::DEMO.contains(&address);
            assert!(routes.contains(&address), "{address}");
            assert!(find(address, true).is_some(), "{address}");
            assert_eq!(find(address, false).is_some(), !is_demo, "{address}");
        }
        assert!(find("/no-such-page", true).is_none());
    }

    #[test]
    fn acc_14_after_unlocking_every_page_of_an_owner_leads_to_the_password() {
        for address in ["/", "/account", "/security", "/security/mfa"] {
            let step = decide(find(address, false), Standing::SetsPassword);
            assert!(matches!(step, Step::Go("/security/password")), "{address}");
        }
        let password = decide(find("/security/password", false), Standing::SetsPassword);
        assert!(matches!(password, Step::Open(_)));
    }

    #[test]
    fn nobody_sees_an_owner_s_page_and_nothing_is_decided_before_the_server_has_answered() {
        let account = || find("/account", false);
        assert!(matches!(decide(account(), Standing::Unknown), Step::Wait));
        assert!(matches!(decide(account(), Standing::Nobody), Step::SignIn));
        assert!(matches!(decide(account(), Standing::Owner), Step::Open(_)));
        for address in ["/", "/account"] {
            let seen = decide(find(address, false), Standing::SubUser);
            assert!(matches!(seen, Step::Open(_)), "{address}");
        }
        let sign_in = || find("/sign-in", false);
        assert!(matches!(
            decide(sign_in(), Standing::SetsPassword),
            Step::GoOn
        ));
        assert!(matches!(decide(sign_in(), Standing::SubUser), Step::GoOn));
        assert!(matches!(decide(sign_in(), Standing::Owner), Step::GoOn));
        assert!(matches!(decide(sign_in(), Standing::Nobody), Step::Open(_)));
        assert!(matches!(
            decide(sign_in(), Standing::Failed),
            Step::Show(Content::NoSession)
        ));
        assert!(matches!(
            decide(find("/", false), Standing::Owner),
            Step::Go("/account")
        ));
    }
}
