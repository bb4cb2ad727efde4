//! The operators' desk (OPS): its rows, signing in there, its queues, what operators do to accounts.

mod accounts;
mod cases;
mod enterprises;
mod signing_in;
mod store;
