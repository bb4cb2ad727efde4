//! Who is signed in, and until when (SGN-13). Knows the two clocks; does not know any page.

use contract::session::CurrentSession;
use domain::account::{AccountId, VerificationStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::announce::Announcer;
use crate::api::{self, ApiError};
use crate::text::Sentence;
use crate::text::shell::ShellText;

/// Who is signed in, for the whole app.
#[derive(Clone, Copy)]
pub struct SessionContext {
    state: RwSignal<Session>,
    phase: RwSignal<Phase>,
    announcer: Announcer,
}

/// What is known about the session.
#[derive(Clone, Debug)]
pub enum Session {
    /// The server has not answered yet.
    Unknown,
    /// The server could not be asked.
    Failed(ApiError),
    /// Nobody is signed in.
    Nobody,
    /// The owner of an account is.
    Owner(SignedIn),
}

/// The signed-in owner, with the end of the session on this machine's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    /// The account's id (ACC-1).
    pub account_id: AccountId,
    /// What the console calls the owner (ACC-4), or the sub-user's own name.
    pub nickname: String,
    /// Whether it is a sub-user of the account, and not its owner (SGN-14).
    pub is_sub_user: bool,
    /// After unlocking, the password must be set anew before anything else (ACC-14).
    pub must_set_password: bool,
    /// What an operator froze the account for, when one did (ACC-6).
    pub frozen_for: Option<String>,
    /// Whether the account is verified (VER-9).
    pub verification: VerificationStatus,
    /// What this machine's clock will show at the end, in milliseconds.
    ends_at: f64,
    /// How long the session lasts from one use to the end, in milliseconds.
    lasts: f64,
    /// How long before the end the page warns, in milliseconds.
    warn_before: f64,
    /// Whether use moves the end.
    extends_with_use: bool,
}

/// How near the session's end is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Not near.
    Fine,
    /// So near that the page warns (SGN-13).
    EndsSoon {
        /// Whole minutes until the end at the time of the warning, at least 1.
        minutes: i64,
        /// Whether the person can stay by using it.
        extends_with_use: bool,
    },
    /// Over, as far as this machine's clock knows.
    Over,
}

/// How often the clock is looked at. A timer for the very moment would be late after a sleep.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

impl SessionContext {
    /// Asks the server who is signed in, and watches the clock from then on.
    pub fn provide(announcer: Announcer) -> Self {
        let session = Self {
            state: RwSignal::new(Session::Unknown),
            phase: RwSignal::new(Phase::Fine),
            announcer,
        };
        provide_context(session);
        session.ask();
        let watch = set_interval_with_handle(move || session.look_at_the_clock(), LOOK_EVERY);
        on_cleanup(move || {
            if let Ok(watch) = watch {
                watch.clear();
            }
        });
        session
    }

    /// The app's session.
    #[must_use]
    pub fn expect() -> Self {
        expect_context()
    }

    /// What is known; whoever asks inside a closure is asked again when it changes.
    #[must_use]
    pub fn get(self) -> Session {
        self.state.get()
    }

    /// Who is signed in, if anybody is.
    #[must_use]
    pub fn owner(self) -> Option<SignedIn> {
        match self.state.get() {
            Session::Owner(owner) => Some(owner),
            Session::Unknown | Session::Failed(_) | Session::Nobody => None,
        }
    }

    /// How near the end is.
    #[must_use]
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Asks the server, which also counts as use and moves the end (SGN-13).
    pub fn ask(self) {
        spawn_local(async move { self.learn(api::session::current().await) });
    }

    /// Takes what the server has answered.
    pub fn set(self, answer: &CurrentSession) {
        self.state.set(Session::from_answer(answer, now()));
        self.phase.set(Phase::Fine);
    }

    /// The owner has another nickname from now on.
    pub fn rename(self, nickname: &str) {
        self.state.update(|state| {
            if let Session::Owner(owner) = state {
                nickname.clone_into(&mut owner.nickname);
            }
        });
    }

    /// The owner has set the password anew (ACC-14).
    pub fn password_set(self) {
        // Only a change is told: whatever shows the session is made anew, and a notice with it.
        self.state.maybe_update(|state| match state {
            Session::Owner(owner) => std::mem::take(&mut owner.must_set_password),
            _ => false,
        });
    }

    /// A call of the owner's was answered, so the session has been used (SGN-13); by then the app may be
    /// gone.
    pub fn used(self) {
        self.state.try_update_untracked(|state| {
            if let Session::Owner(owner) = state {
                owner.use_at(now());
            }
        });
        self.phase.try_set(Phase::Fine);
    }

    /// The server says that nobody is signed in; who was is told so (V-26).
    pub fn ended(self) {
        if self.is_owner() {
            self.announcer.leave_notice(Sentence::new(|language| {
                ShellText::of(language).session_ended
            }));
        }
        self.forget();
    }

    /// The session was ended on the server by what its owner did; `why` stands on the next page.
    pub fn gone(self, why: Sentence) {
        self.announcer.leave_notice(why);
        self.forget();
    }

    /// Signs out. The browser forgets the owner whatever the server answers (V-26).
    pub fn sign_out(self) {
        spawn_local(async move {
            // Whether it ended now or long ago makes no difference to the person; a server that
            // cannot be reached ends it by itself.
            let _ = api::session::sign_out().await;
            self.announcer
                .leave_notice(Sentence::new(|language| ShellText::of(language).signed_out));
            self.forget();
        });
    }

    /// Also where the app is gone by the time that an answer comes.
    fn is_owner(self) -> bool {
        matches!(self.state.try_get_untracked(), Some(Session::Owner(_)))
    }

    fn forget(self) {
        self.phase.set(Phase::Fine);
        self.state.set(Session::Nobody);
    }

    fn learn(self, answer: Result<CurrentSession, ApiError>) {
        let was_owner = self.is_owner();
        match answer {
            Ok(answer) if was_owner && answer.owner.is_none() => self.ended(),
            Ok(answer) => self.set(&answer),
            // Who was signed in stays so until the server says otherwise.
            Err(_) if was_owner => {}
            Err(error) => self.state.set(Session::Failed(error)),
        }
    }

    fn look_at_the_clock(self) {
        let phase = self.state.with_untracked(|state| match state {
            Session::Owner(owner) => owner.phase(now()),
            Session::Unknown | Session::Failed(_) | Session::Nobody => Phase::Fine,
        });
        let shown = self.phase.get_untracked();
        match (shown, phase) {
            // The sentence keeps the minutes of its first appearance, instead of ticking.
            (Phase::EndsSoon { .. }, Phase::EndsSoon { .. }) => {}
            (_, Phase::Over) => {
                self.phase.set(Phase::Over);
                // Another tab may have used it in the meantime: the server knows.
                if shown != Phase::Over {
                    self.ask();
                }
            }
            (shown, phase) if shown != phase => self.phase.set(phase),
            _ => {}
        }
    }
}

impl Session {
    /// What an answer means on a machine whose clock shows `local_now`, which may be wrong by years.
    fn from_answer(answer: &CurrentSession, local_now: f64) -> Self {
        let Some(owner) = &answer.owner else {
            return Self::Nobody;
        };
        let lasts = milliseconds(owner.ends_at.since(answer.server_time).as_millis());
        Self::Owner(SignedIn {
            account_id: owner.account_id,
            nickname: match &owner.sub_user {
                Some(user) => user.name.as_str().to_owned(),
                None => owner.nickname.clone(),
            },
            is_sub_user: owner.sub_user.is_some(),
            must_set_password: owner.must_set_password,
            frozen_for: owner.freeze.as_ref().map(|freeze| freeze.reason.clone()),
            verification: owner.verification,
            ends_at: local_now + lasts,
            lasts,
            warn_before: milliseconds(owner.warn_before),
            extends_with_use: owner.extends_with_use,
        })
    }
}

impl SignedIn {
    fn use_at(&mut self, local_now: f64) {
        if self.extends_with_use {
            self.ends_at = local_now + self.lasts;
        }
    }

    /// How near the end is when this machine's clock shows `local_now`.
    fn phase(&self, local_now: f64) -> Phase {
        let left = self.ends_at - local_now;
        if left <= 0.0 {
            Phase::Over
        } else if left <= self.warn_before {
            #[expect(clippy::cast_possible_truncation, reason = "minutes of a session")]
            let minutes = (left / 60_000.0).ceil() as i64;
            Phase::EndsSoon {
                minutes,
                extends_with_use: self.extends_with_use,
            }
        } else {
            Phase::Fine
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of sessions are far below 2^53 milliseconds"
)]
fn milliseconds(whole: i64) -> f64 {
    whole as f64
}

/// This machine's clock.
fn now() -> f64 {
    js_sys::Date::now()
}

#[cfg(test)]
mod tests {
    use contract::session::Owner;
    use domain::time::Timestamp;

    use super::*;

    const MINUTE: f64 = 60_000.0;

    fn answer(lasts_minutes: i64, extends_with_use: bool) -> CurrentSession {
        let server_time = Timestamp::from_millis(1_790_000_010_000);
        let ends_at = Timestamp::from_millis(server_time.as_millis() + lasts_minutes * 60_000);
        CurrentSession {
            owner: Some(Owner {
                account_id: "100012345678".parse().unwrap(),
                nickname: "云上小张".to_owned(),
                sub_user: None,
                must_set_password: false,
                ends_at,
                extends_with_use,
                warn_before: 120_000,
                freeze: None,
                verification: VerificationStatus::Unverified,
            }),
            server_time,
        }
    }

    fn owner(answer: &CurrentSession, local_now: f64) -> SignedIn {
        match Session::from_answer(answer, local_now) {
            Session::Owner(owner) => owner,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn sgn_13_warns_two_minutes_before_the_end_on_a_clock_that_is_wrong() {
        // The machine believes that it is 1970; the server knows better.
        let owner = owner(&answer(120, true), 5.0);
        let end = 5.0 + 120.0 * MINUTE;
        assert_eq!(owner.phase(end - 2.0 * MINUTE - 1.0), Phase::Fine);
        let soon = Phase::EndsSoon {
            minutes: 2,
            extends_with_use: true,
        };
        assert_eq!(owner.phase(end - 2.0 * MINUTE), soon);
        assert!(matches!(
            owner.phase(end - 1.0),
            Phase::EndsSoon { minutes: 1, .. }
        ));
        assert_eq!(owner.phase(end), Phase::Over);
    }

    #[test]
    fn sgn_13_use_moves_the_end_unless_the_session_is_at_its_greatest_age() {
        let mut moving = owner(&answer(120, true), 0.0);
        moving.use_at(100.0 * MINUTE);
        assert_eq!(moving.phase(217.0 * MINUTE), Phase::Fine);
        let mut fixed = owner(&answer(120, false), 0.0);
        fixed.use_at(100.0 * MINUTE);
        assert_eq!(
            fixed.phase(119.0 * MINUTE),
            Phase::EndsSoon {
                minutes: 1,
                extends_with_use: false
            }
        );
    }

    #[test]
    fn an_answer_without_an_owner_means_nobody() {
        let nobody = CurrentSession {
            owner: None,
            server_time: Timestamp::from_millis(0),
        };
        assert!(matches!(
            Session::from_answer(&nobody, 0.0),
            Session::Nobody
        ));
    }
}
