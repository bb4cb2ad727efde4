//! A read and what came of it. Knows how to ask again; does not know how it is shown.
//!
//! Smaller than `LocalResource` with `Transition` and `ErrorBoundary`, which do the same for
//! 16 kB of what the browser may load; the figures stand in docs/decisions.md.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::session::SessionContext;

/// What is there of something that the server was asked for.
#[derive(Clone, Debug)]
pub enum Loaded<T> {
    /// No answer yet.
    Waiting,
    /// The newest answer.
    Ready(T),
    /// No answer at all.
    Failed(ApiError),
}

/// Whether there is something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No answer yet.
    Waiting,
    /// An answer.
    Ready,
    /// No answer at all.
    Failed,
}

type Call<T> = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<T, ApiError>>>>>;

/// Something that the server is asked for, now and whenever it may have changed.
pub struct Load<T: Send + Sync + 'static> {
    state: RwSignal<Loaded<T>>,
    call: StoredValue<Call<T>, LocalStorage>,
    /// How often was asked: the answer to an older question does not replace that to a newer one.
    asked: StoredValue<u32>,
    session: SessionContext,
}

impl<T: Send + Sync + 'static> Clone for Load<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Load<T> {}

impl<T: Clone + Send + Sync + 'static> Load<T> {
    /// Asks at once.
    pub fn start<F>(call: impl Fn() -> F + 'static) -> Self
    where
        F: Future<Output = Result<T, ApiError>> + 'static,
    {
        let call: Call<T> = Rc::new(move || Box::pin(call()));
        let load = Self {
            state: RwSignal::new(Loaded::Waiting),
            call: StoredValue::new_local(call),
            asked: StoredValue::new(0),
            session: SessionContext::expect(),
        };
        load.again();
        load
    }

    /// Asks again; what was there stays until the answer comes, a failure does not.
    pub fn again(self) {
        let Some(call) = self.call.try_get_value() else {
            return;
        };
        if matches!(self.state.try_get_untracked(), Some(Loaded::Failed(_))) {
            self.state.set(Loaded::Waiting);
        }
        let question = self.asked.try_get_value().unwrap_or_default() + 1;
        self.asked.set_value(question);
        spawn_local(async move {
            let answer = call().await;
            // Nobody waits any more when the page is gone or has asked again.
            if self.asked.try_get_value() == Some(question) {
                self.take(answer);
            }
        });
    }

    /// Takes what a change has answered as the newest state, in place of asking again.
    pub fn put(self, value: T) {
        let question = self.asked.try_get_value().unwrap_or_default() + 1;
        self.asked.set_value(question);
        self.state.set(Loaded::Ready(value));
    }

    /// What is there as of now.
    #[must_use]
    pub fn get_untracked(self) -> Loaded<T> {
        self.state.get_untracked()
    }

    /// Which of the three it is; changes less often than what is there.
    #[must_use]
    pub fn stage(self) -> Memo<Stage> {
        Memo::new(move |_| {
            self.state.with(|state| match state {
                Loaded::Waiting => Stage::Waiting,
                Loaded::Ready(_) => Stage::Ready,
                Loaded::Failed(_) => Stage::Failed,
            })
        })
    }

    /// Something about the newest answer; whoever asks inside a closure is asked again when there
    /// is a newer one.
    #[must_use]
    pub fn with<R: Default>(self, about: impl FnOnce(&T) -> R) -> R {
        self.state.with(|state| match state {
            Loaded::Ready(value) => about(value),
            Loaded::Waiting | Loaded::Failed(_) => R::default(),
        })
    }

    /// The newest answer as of now, if there was one.
    #[must_use]
    pub fn ready_untracked(self) -> Option<T> {
        match self.state.try_get_untracked()? {
            Loaded::Ready(value) => Some(value),
            Loaded::Waiting | Loaded::Failed(_) => None,
        }
    }

    fn take(self, answer: Result<T, ApiError>) {
        match answer {
            Ok(value) => {
                self.session.used();
                self.state.set(Loaded::Ready(value));
            }
            Err(ApiError::SignInRequired) => self.session.ended(),
            Err(error) => self.state.set(Loaded::Failed(error)),
        }
    }
}

/// How often a page that is open asks whether a result has come, and how many times: no page keeps its
/// session alive by asking (SGN-13).
const ASKS_EVERY: Duration = Duration::from_secs(30);
const ASKS_TIMES: u32 = 20;

/// A page that was opened before a result came shows it: when its reader comes back, and by itself for
/// ten minutes (VER-12).
pub fn refresh_by_itself<T: Clone + Send + Sync + 'static>(
    load: Load<T>,
    is_waiting: fn(&T) -> bool,
) {
    let asked = StoredValue::new(0_u32);
    let focus = window_event_listener(ev::focus, move |_| {
        asked.set_value(0);
        load.again();
    });
    let ask = move || {
        let is_waiting = load.ready_untracked().as_ref().is_some_and(is_waiting);
        let times = asked.try_get_value().unwrap_or(ASKS_TIMES);
        if is_waiting && times < ASKS_TIMES && !document().hidden() {
            asked.set_value(times + 1);
            load.again();
        }
    };
    let timer = set_interval_with_handle(ask, ASKS_EVERY).ok();
    on_cleanup(move || {
        focus.remove();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}
