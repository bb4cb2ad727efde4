//! The calls of the verification of enterprises.

use contract::endpoints;
use contract::enterprise::{
    AmountAnswer, AnswerOfficial, CompleteCode, DemoBank, DemoPermission, EnterAmount,
    EnterpriseCodeShown, EnterpriseContactShown, EnterpriseVerification, PlayBank, Played,
    SetEnterpriseContact, SetRegister, StartEnterprise, SwitchCdn, TransferForm,
};

use super::ApiError;
use super::client;

/// Reads methods, attempt and whatever it waits for.
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn read() -> Result<EnterpriseVerification, ApiError> {
    client::get(endpoints::GET_ENTERPRISE).await
}

/// Has the server ask what has become of the attempt.
///
/// # Errors
/// When a rule refuses what has passed, or the server cannot be asked.
pub async fn look() -> Result<EnterpriseVerification, ApiError> {
    client::call_for(endpoints::LOOK_AFTER_ENTERPRISE).await
}

/// Begins an attempt (ENT-3).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn start(wish: StartEnterprise) -> Result<EnterpriseVerification, ApiError> {
    client::send(endpoints::START_ENTERPRISE, &wish).await
}

/// Asks for a transfer to other bank details (ENT-17).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn request_transfer(details: TransferForm) -> Result<EnterpriseVerification, ApiError> {
    client::send(endpoints::REQUEST_TRANSFER, &details).await
}

/// Enters the sum that arrived (ENT-7).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn enter_amount(amount: String) -> Result<AmountAnswer, ApiError> {
    client::send(endpoints::ENTER_AMOUNT, &EnterAmount { amount }).await
}

/// Complains that the right sum was refused (ENT-19).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn dispute() -> Result<EnterpriseVerification, ApiError> {
    client::call_for(endpoints::DISPUTE_AMOUNT).await
}

/// Has another sum named (ENT-8).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn name_top_up() -> Result<EnterpriseVerification, ApiError> {
    client::call_for(endpoints::NAME_TOP_UP).await
}

/// Begins anew what the administrator or the legal representative has to do (ENT-20).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn ask_again() -> Result<EnterpriseVerification, ApiError> {
    client::call_for(endpoints::ASK_AGAIN).await
}

/// Withdraws the permission of the Official Account (ENT-12).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn withdraw() -> Result<EnterpriseVerification, ApiError> {
    client::call_for(endpoints::WITHDRAW_PERMISSION).await
}

/// Reads the enterprise contact (ENT-21).
///
/// # Errors
/// When there is no enterprise or the server cannot be asked.
pub async fn contact() -> Result<EnterpriseContactShown, ApiError> {
    client::get(endpoints::GET_ENTERPRISE_CONTACT).await
}

/// Sets the enterprise contact (ENT-21).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn set_contact(wish: SetEnterpriseContact) -> Result<EnterpriseContactShown, ApiError> {
    client::send(endpoints::SET_ENTERPRISE_CONTACT, &wish).await
}

/// Switches "uses CDN" (ENT-21).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn switch_cdn(uses_cdn: bool) -> Result<EnterpriseContactShown, ApiError> {
    client::send(endpoints::SWITCH_CDN, &SwitchCdn { uses_cdn }).await
}

/// Reads what is recorded as the code (ENT-6).
///
/// # Errors
/// When there is no enterprise or the server cannot be asked.
pub async fn code() -> Result<EnterpriseCodeShown, ApiError> {
    client::get(endpoints::GET_ENTERPRISE_CODE).await
}

/// Completes or corrects the code (ENT-6).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn complete_code(code: String) -> Result<EnterpriseCodeShown, ApiError> {
    client::send(endpoints::COMPLETE_CODE, &CompleteCode { code }).await
}

/// Reads the book of the demo's bank.
///
/// # Errors
/// When this is no demo or the server cannot be asked.
pub async fn demo_bank() -> Result<DemoBank, ApiError> {
    client::get(endpoints::DEMO_BANK).await
}

/// Plays the demo's bank.
///
/// # Errors
/// When this is no demo or the server cannot be asked.
pub async fn play_bank(play: PlayBank) -> Result<Played, ApiError> {
    client::send(endpoints::DEMO_PLAY_BANK, &play).await
}

/// Sets what the demo's register says of a code.
///
/// # Errors
/// When it is no code, this is no demo, or the server cannot be asked.
pub async fn set_register(wish: SetRegister) -> Result<Played, ApiError> {
    client::send(endpoints::DEMO_SET_REGISTER, &wish).await
}

/// Answers for the administrator of an Official Account.
///
/// # Errors
/// When this is no demo or the server cannot be asked.
pub async fn answer_official(
    permission: String,
    answer: DemoPermission,
) -> Result<Played, ApiError> {
    let body = AnswerOfficial { permission, answer };
    client::send(endpoints::DEMO_ANSWER_OFFICIAL, &body).await
}
