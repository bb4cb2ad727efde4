//! One file for each command that is more than a call. Knows the order of steps; does not know how a
//! step is done.

mod dev;
mod lint;
mod run;
mod screenshots;
mod test;

pub(crate) use dev::dev;
pub(crate) use lint::lint;
pub(crate) use run::{build, run};
pub(crate) use screenshots::screenshots;
pub(crate) use test::{App, journeys, test, test_postgres};
