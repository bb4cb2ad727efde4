//! The demo plays the bank, the register and the administrator of an Official Account. In production
//! nothing here is mounted.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::endpoints;
use contract::enterprise::{
    AnswerOfficial, DemoBank, DemoExpected, DemoPermission, DemoRecord, DemoTransfer,
    DemoTransferState, PlayBank, Played, SetRegister,
};
use contract::problem::{Problem, ValueProblem};
use domain::identity::EnterpriseCode;
use domain::verification::RegisterAnswer;

use crate::demo::Demo;
use crate::error::ApiError;
use crate::extract::{Body, now};
use crate::outside::bank::TransferStanding;
use crate::outside::official::OfficialAnswer;
use crate::outside::registry::Standing;
use crate::state::App;

fn demo(app: &App) -> Result<&Demo, ApiError> {
    app.demo.as_ref().ok_or(ApiError::NotFound)
}

/// Shows the book of the demo's bank.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    get, path = endpoints::DEMO_BANK.path, tag = "demo", operation_id = "demo_bank",
    responses((status = 200, body = DemoBank))
)]
pub(super) async fn show_bank(State(app): State<Arc<App>>) -> Result<Json<DemoBank>, ApiError> {
    let bank = &demo(&app)?.bank;
    let transfers = bank
        .transfers()
        .into_iter()
        .map(|(reference, sent)| DemoTransfer {
            reference,
            account_name: sent.account_name,
            account_end: sent.account_end,
            amount: sent.amount,
            state: match sent.standing {
                TransferStanding::OnItsWay | TransferStanding::Unknown => {
                    DemoTransferState::OnItsWay
                }
                TransferStanding::Arrived { .. } => DemoTransferState::Arrived,
                TransferStanding::SentBack { .. } => DemoTransferState::SentBack,
            },
            ordered: sent.ordered,
        });
    let expected = bank.expected().into_iter().map(|(reference, awaited)| {
        let confirmed = awaited.payments.iter().filter(|payment| payment.confirmed);
        DemoExpected {
            reference,
            payer_name: awaited.payer_name,
            amount: awaited.amount,
            confirmed: u32::try_from(confirmed.count()).unwrap_or(u32::MAX),
            came: u32::try_from(awaited.payments.len()).unwrap_or(u32::MAX),
        }
    });
    Ok(Json(DemoBank {
        transfers: transfers.collect(),
        expected: expected.collect(),
        server_time: now(&app),
    }))
}

/// Plays the demo's bank.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    post, path = endpoints::DEMO_PLAY_BANK.path, tag = "demo", operation_id = "demo_play_bank",
    request_body = PlayBank, responses((status = 200, body = Played))
)]
pub(super) async fn play_bank(
    State(app): State<Arc<App>>,
    Body(wish): Body<PlayBank>,
) -> Result<Json<Played>, ApiError> {
    let bank = &demo(&app)?.bank;
    let was_waiting = match wish {
        PlayBank::Arrive { reference } => bank.finish_transfer(&reference, true),
        PlayBank::SendBack { reference } => bank.finish_transfer(&reference, false),
        PlayBank::Pay {
            reference,
            route,
            amount,
            from_enterprise,
        } => bank.pay(&reference, (amount, route), from_enterprise),
        PlayBank::Confirm { reference } => bank.confirm(&reference),
    };
    Ok(Json(Played { was_waiting }))
}

/// Sets what the demo's register says of a code from now on.
///
/// # Errors
/// When it is no code.
#[utoipa::path(
    post, path = endpoints::DEMO_SET_REGISTER.path, tag = "demo",
    operation_id = "demo_set_register", request_body = SetRegister,
    responses(
        (status = 200, body = Played),
        (status = 422, body = Problem, description = "It is no code"),
    )
)]
pub(super) async fn set_register(
    State(app): State<Arc<App>>,
    Body(wish): Body<SetRegister>,
) -> Result<Json<Played>, ApiError> {
    let code = EnterpriseCode::parse(&wish.code)
        .map_err(|problem| ApiError::field("code", ValueProblem::EnterpriseCode(problem)))?;
    let (answer, standing) = match wish.says {
        DemoRecord::Sound => (RegisterAnswer::Matches, Standing::Active),
        DemoRecord::NotRecorded => (RegisterAnswer::NotRecorded, Standing::Active),
        DemoRecord::OtherName => (RegisterAnswer::Differs, Standing::Active),
        DemoRecord::Dissolved => (RegisterAnswer::Matches, Standing::Dissolved),
        DemoRecord::Incomplete => (RegisterAnswer::Matches, Standing::Incomplete),
    };
    demo(&app)?.registry.set(&code, answer, standing);
    Ok(Json(Played { was_waiting: true }))
}

/// Answers for the administrator of an Official Account.
///
/// # Errors
/// Only when something is broken.
#[utoipa::path(
    post, path = endpoints::DEMO_ANSWER_OFFICIAL.path, tag = "demo",
    operation_id = "demo_answer_official", request_body = AnswerOfficial,
    responses((status = 200, body = Played))
)]
pub(super) async fn answer_official(
    State(app): State<Arc<App>>,
    Body(wish): Body<AnswerOfficial>,
) -> Result<Json<Played>, ApiError> {
    let answer = match wish.answer {
        DemoPermission::Own => OfficialAnswer::Own,
        DemoPermission::Other => OfficialAnswer::Other,
        DemoPermission::Refused => OfficialAnswer::Refused,
    };
    let was_waiting = demo(&app)?.official.answer(&wish.permission, answer);
    Ok(Json(Played { was_waiting }))
}
