//! Starts the app when the browser has loaded it. Knows nothing else.

fn main() {
    account_center::start();
}
