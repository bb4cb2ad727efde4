//! The verification of enterprises (ENT).

mod attempt;
mod contact;
mod demo;

use axum::Json;
use contract::endpoints;
use contract::enterprise::EnterpriseVerification;
use domain::account::AccountId;
use domain::time::Timestamp;
use utoipa::OpenApi;

use crate::error::ApiError;
use crate::flows::enterprise;
use crate::routes::Routes;
use crate::state::App;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    attempt::get_enterprise,
    attempt::look_after_enterprise,
    attempt::start_enterprise,
    attempt::request_transfer,
    attempt::enter_amount,
    attempt::dispute_amount,
    attempt::name_top_up,
    attempt::ask_again,
    attempt::withdraw_permission,
    contact::get_enterprise_contact,
    contact::set_enterprise_contact,
    contact::switch_cdn,
    contact::get_enterprise_code,
    contact::complete_code,
    demo::show_bank,
    demo::play_bank,
    demo::set_register,
    demo::answer_official
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_ENTERPRISE, attempt::get_enterprise);
    routes.add(
        &endpoints::LOOK_AFTER_ENTERPRISE,
        attempt::look_after_enterprise,
    );
    routes.add(&endpoints::START_ENTERPRISE, attempt::start_enterprise);
    routes.add(&endpoints::REQUEST_TRANSFER, attempt::request_transfer);
    routes.add(&endpoints::ENTER_AMOUNT, attempt::enter_amount);
    routes.add(&endpoints::DISPUTE_AMOUNT, attempt::dispute_amount);
    routes.add(&endpoints::NAME_TOP_UP, attempt::name_top_up);
    routes.add(&endpoints::ASK_AGAIN, attempt::ask_again);
    routes.add(
        &endpoints::WITHDRAW_PERMISSION,
        attempt::withdraw_permission,
    );
    routes.add(
        &endpoints::GET_ENTERPRISE_CONTACT,
        contact::get_enterprise_contact,
    );
    routes.add(
        &endpoints::SET_ENTERPRISE_CONTACT,
        contact::set_enterprise_contact,
    );
    routes.add(&endpoints::SWITCH_CDN, contact::switch_cdn);
    routes.add(
        &endpoints::GET_ENTERPRISE_CODE,
        contact::get_enterprise_code,
    );
    routes.add(&endpoints::COMPLETE_CODE, contact::complete_code);
}

/// Mounts what only the demo has.
pub fn mount_demo(routes: &mut Routes) {
    routes.add(&endpoints::DEMO_BANK, demo::show_bank);
    routes.add(&endpoints::DEMO_PLAY_BANK, demo::play_bank);
    routes.add(&endpoints::DEMO_SET_REGISTER, demo::set_register);
    routes.add(&endpoints::DEMO_ANSWER_OFFICIAL, demo::answer_official);
}

/// How everything stands now.
async fn answer(
    app: &App,
    id: AccountId,
    now: Timestamp,
) -> Result<Json<EnterpriseVerification>, ApiError> {
    let mut tx = app.store.read().await?;
    let shown = enterprise::shown(app, &mut tx, id, now).await?;
    tx.commit().await?;
    Ok(Json(shown))
}
