//! Who works at the demo's desk (OPS-1). Everybody is made up.

use domain::account::AccountId;
use domain::identity::{Email, OperatorName};
use domain::operators::Role;

use super::PASSWORD;
use crate::operators::{self, OperatorError, Wish};
use crate::state::App;
use crate::store::operators as rows;
use crate::store::{StoreError, accounts};

/// One operator.
struct Seed {
    name: &'static str,
    roles: &'static [Role],
    /// What their app was bound with, in Base32; no secret, as nothing in a demo is.
    secret: &'static str,
    /// The login e-mail of an account that is their own.
    own: Option<&'static str>,
    about: &'static str,
}

const SEEDS: &[Seed] = &[
    Seed {
        name: "reviewer",
        roles: &[Role::Reviewer],
        secret: "REVIEWERREVIEWERREVIEWERREVIEWER",
        own: Some("wang@demo.example"),
        about: "decides cases, but none about wang@demo.example, an account of their own",
    },
    Seed {
        name: "support",
        roles: &[Role::Support],
        secret: "SUPPORT7SUPPORT7SUPPORT7SUPPORT7",
        own: None,
        about: "looks accounts up, freezes, lifts",
    },
    Seed {
        name: "admin",
        roles: &[Role::Administrator],
        secret: "ADMIN777ADMIN777ADMIN777ADMIN777",
        own: None,
        about: "freezes, lifts, raises an enterprise's limit",
    },
];

/// Hires them, the first time; answers a line for each with how to sign in.
///
/// # Errors
/// When something is broken.
pub async fn seed(app: &App) -> Result<Vec<String>, OperatorError> {
    for seed in SEEDS {
        hire(app, seed).await?;
    }
    let line = |seed: &Seed| {
        let Seed {
            name,
            secret,
            about,
            ..
        } = seed;
        format!("  {name:<10} {PASSWORD}   app secret {secret}   {about}")
    };
    Ok(SEEDS.iter().map(line).collect())
}

async fn hire(app: &App, seed: &Seed) -> Result<(), OperatorError> {
    let name = OperatorName::parse(seed.name).map_err(|_| StoreError::Impossible("seed.name"))?;
    let wish = Wish {
        name,
        password: PASSWORD.to_owned(),
        roles: seed.roles.to_vec(),
        own_accounts: own(app, seed).await?,
    };
    let (store, policy, now) = (&app.store, &app.policy.sign_in, app.clock.now());
    let hired = operators::create(store, &app.hasher, &*app.ids, policy, &wish, now).await;
    let id = match hired {
        Ok(id) => id,
        // At an earlier start.
        Err(OperatorError::NameTaken) => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut tx = app.store.write().await?;
    rows::update_secret(&mut tx, id, Some(seed.secret)).await?;
    tx.commit().await?;
    Ok(())
}

async fn own(app: &App, seed: &Seed) -> Result<Vec<AccountId>, StoreError> {
    let Some(own) = seed.own else {
        return Ok(Vec::new());
    };
    let email = Email::parse(own).map_err(|_| StoreError::Impossible("seed.own"))?;
    let mut tx = app.store.read().await?;
    let found = accounts::find_credentials(&mut tx, &email).await?;
    tx.commit().await?;
    Ok(found.into_iter().map(|found| found.account_id).collect())
}
