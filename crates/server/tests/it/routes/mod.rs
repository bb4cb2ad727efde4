//! What callers see, one file per area, as in `src/handlers`; and what all areas have in common.

mod account;
mod account_changes;
mod change_consents;
mod changes;
mod demo;
mod documents;
mod enterprise;
mod failures;
mod forgotten;
mod idempotency;
mod lock;
mod mfa;
mod proof;
mod providers;
mod registration;
mod second_step;
mod security;
mod session;
mod site;
mod sub_users;
mod verification;
mod wrong_passwords;
