//! What journeys are told with: a running product, a browser, and a person who uses it. Knows the
//! product from outside only; must not know its source.

mod authenticator;
mod browser;
mod checks;
mod outbox;
mod person;
mod phone;
mod process;
mod product;
mod stage;
mod words;

pub use authenticator::app_code;
pub use browser::{Browser, Language, Look, Scheme, Width};
pub use person::{Key, Person, Role};
pub use product::{Answer, Operator, Product, Seed};
pub use stage::{Stage, at_both_widths, journey};
