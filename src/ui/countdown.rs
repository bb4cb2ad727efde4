//! How long until a moment. Knows this machine's clock; does not know what happens at the moment.

use std::time::Duration;

use leptos::prelude::*;

use super::react;

/// Often enough that no second is skipped on screen, though timers are late at times.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// The whole seconds until a moment on this machine's clock (in milliseconds, as `Date.now` counts
/// them), rounded up; 0 once it has come, and while there is no moment.
///
/// One timer runs, and only while there is something to wait for. Each look asks the clock, so that
/// neither a view made anew nor a machine that has slept loses its place.
#[must_use]
pub fn seconds_until(moment: Signal<Option<f64>>) -> Signal<u32> {
    let left = RwSignal::new(seconds(moment.get_untracked()));
    let timer: StoredValue<Option<IntervalHandle>> = StoredValue::new(None);
    let stop = move || {
        if let Some(Some(handle)) = timer.try_update_value(Option::take) {
            handle.clear();
        }
    };
    let look = move || {
        let now_left = seconds(moment.try_get_untracked().flatten());
        if left.try_get_untracked() != Some(now_left) {
            left.try_set(now_left);
        }
        if now_left == 0 {
            stop();
        }
    };
    react(move || {
        moment.track();
        stop();
        look();
        if left.get_untracked() > 0 {
            timer.set_value(set_interval_with_handle(look, LOOK_EVERY).ok());
        }
    });
    on_cleanup(stop);
    left.into()
}

fn seconds(until: Option<f64>) -> u32 {
    let Some(until) = until else {
        return 0;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast stops at 0 and at the greatest number"
    )]
    let seconds = ((until - js_sys::Date::now()) / 1000.0).ceil() as u32;
    seconds
}
