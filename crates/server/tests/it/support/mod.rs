//! A server for one test, a browser to call it with, and the databases to run both on.

mod bench;
mod browser;
pub(crate) mod changes;
mod desk;
pub(crate) mod enterprises;
pub(crate) mod files;
mod joining;
mod mfa;
pub(crate) mod phone;
mod signing_in;
mod soft_key;
mod storage;
mod subjects;

pub(crate) use bench::{Bench, PASSWORD, START, Settings, digits};
pub(crate) use browser::{Answer, Browser};
pub(crate) use desk::standing;
pub(crate) use mfa::{
    LOCAL, app_code, bind_app, bind_key, confirm_app, prove, soft_key, start_app,
};
pub(crate) use signing_in::{solved_puzzle, step_of};
pub(crate) use soft_key::SoftKey;
pub(crate) use storage::TestStorage;
pub(crate) use subjects::{enterprise, enterprise_record, person, person_record};

/// Makes each function that takes a [`Bench`] a test on SQLite and a test on PostgreSQL.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        $crate::support::on_both_databases!(
            with $crate::support::Settings::default(); $($name),+
        );
    };
    (with $settings:expr; $($name:ident),+ $(,)?) => {
        fn settings_of_these_tests() -> $crate::support::Settings {
            $settings
        }
        mod sqlite {
            $(
                #[tokio::test]
                async fn $name() {
                    let settings = super::settings_of_these_tests();
                    super::$name(crate::support::Bench::with(settings).await).await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test]
                async fn $name() {
                    let settings = super::settings_of_these_tests();
                    if let Some(bench) = crate::support::Bench::postgres(settings).await {
                        super::$name(bench).await;
                    }
                }
            )+
        }
    };
}
pub(crate) use on_both_databases;
