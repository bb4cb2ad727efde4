//! A server for one test, a browser to call it with, and the databases to run both on.

mod bench;
mod browser;
mod mfa;
mod soft_key;

pub(crate) use bench::{Bench, PASSWORD, START, Settings};
pub(crate) use browser::{Answer, Browser};
pub(crate) use mfa::{
    LOCAL, app_code, bind_app, bind_key, confirm_app, prove, soft_key, start_app,
};
pub(crate) use soft_key::SoftKey;

/// Makes each function that takes a [`Bench`] a test on SQLite and a test on PostgreSQL.
macro_rules! on_both_databases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $name() {
                    super::$name(crate::support::Bench::sqlite().await).await;
                }
            )+
        }
        mod postgres {
            $(
                #[tokio::test]
                async fn $name() {
                    if let Some(bench) = crate::support::Bench::postgres().await {
                        super::$name(bench).await;
                    }
                }
            )+
        }
    };
}
pub(crate) use on_both_databases;
