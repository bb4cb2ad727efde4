//! Moments of the server's clock on this machine's, which may be wrong by years. Must not know what
//! happens at them.

use domain::time::Timestamp;

/// What this machine's clock will show at `moment`, in milliseconds, when an answer that says
/// `server_time` has just come.
#[must_use]
pub fn local(moment: Timestamp, server_time: Timestamp) -> f64 {
    let ahead = moment.since(server_time).as_millis();
    let behind = server_time.since(moment).as_millis();
    #[expect(
        clippy::cast_precision_loss,
        reason = "what a page counts down is far below 2^53 milliseconds"
    )]
    let difference = (ahead - behind) as f64;
    js_sys::Date::now() + difference
}
