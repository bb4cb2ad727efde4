//! Every journey; one folder for each area, named as in `src/pages`. Knows the running product; must
//! not know its source.

mod account;
mod audit;
mod bugs;
mod change;
mod enterprise;
mod forgotten;
mod help;
mod mfa;
mod registration;
mod security;
mod sign_in;
