//! The calls of the operators' desk.

use contract::endpoints;
use contract::operators::{
    AccountAudit, ApproveCase, Case, CaseDecided, ChangeFreeze, CurrentOperator, EnterprisePlaces,
    FindEnterprise, GiveOperatorCode, OperatorAccount, OperatorSignIn, QueueList, Queues,
    RaiseLimit, RejectCase,
};
use domain::operators::Queue;

use super::ApiError;
use super::client;

/// Asks who works here in this browser.
///
/// # Errors
/// When the server cannot be asked.
pub async fn session() -> Result<CurrentOperator, ApiError> {
    client::get(endpoints::GET_OPERATOR_SESSION).await
}

/// Gives name and password (OPS-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn sign_in(typed: OperatorSignIn) -> Result<CurrentOperator, ApiError> {
    client::send(endpoints::OPERATOR_SIGN_IN, &typed).await
}

/// Gives the code of the app (OPS-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn give_code(code: String) -> Result<CurrentOperator, ApiError> {
    client::send(endpoints::OPERATOR_GIVE_CODE, &GiveOperatorCode { code }).await
}

/// Leaves the desk.
///
/// # Errors
/// When the server cannot be asked; the browser forgets the operator all the same.
pub async fn sign_out() -> Result<(), ApiError> {
    client::call(endpoints::OPERATOR_SIGN_OUT).await
}

/// Reads how much waits in each queue.
///
/// # Errors
/// When nobody is on duty or the server cannot be asked.
pub async fn queues() -> Result<Queues, ApiError> {
    client::get(endpoints::GET_QUEUES).await
}

/// Reads what waits in a queue.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn queue(queue: Queue) -> Result<QueueList, ApiError> {
    client::get_at(endpoints::GET_QUEUE, &[("queue", queue_word(queue))]).await
}

/// Reads everything that a case is decided by.
///
/// # Errors
/// When there is none, or the server refuses or cannot be asked.
pub async fn case(id: &str) -> Result<Case, ApiError> {
    client::get_at(endpoints::GET_CASE, &[("case", id)]).await
}

/// Approves a case (OPS-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn approve(id: &str, wish: ApproveCase) -> Result<CaseDecided, ApiError> {
    client::send_at(endpoints::APPROVE_CASE, &[("case", id)], &wish).await
}

/// Rejects a case, with reasons (CHG-9).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn reject(id: &str, wish: RejectCase) -> Result<CaseDecided, ApiError> {
    client::send_at(endpoints::REJECT_CASE, &[("case", id)], &wish).await
}

/// Where a document of a case is; each time that it is fetched is written down (CHG-13).
#[must_use]
pub fn document_path(case: &str, document: &str) -> String {
    client::path(
        endpoints::VIEW_CASE_DOCUMENT,
        &[("case", case), ("document", document)],
    )
}

/// Reads an account as the desk sees it.
///
/// # Errors
/// When there is none, or the server refuses or cannot be asked.
pub async fn account(id: &str) -> Result<OperatorAccount, ApiError> {
    client::get_at(endpoints::GET_OPERATOR_ACCOUNT, &[("account", id)]).await
}

/// Reads an account's audit, from below a row's number on or from the newest.
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn audit(id: &str, below: Option<i64>) -> Result<AccountAudit, ApiError> {
    let endpoint = endpoints::GET_ACCOUNT_AUDIT;
    match below {
        None => client::get_at(endpoint, &[("account", id)]).await,
        Some(below) => {
            let below = ("below", &*below.to_string());
            client::get_at_where(endpoint, &[("account", id)], below).await
        }
    }
}

/// Freezes an account or lifts that (ACC-6, OPS-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn change_freeze(id: &str, wish: ChangeFreeze) -> Result<(), ApiError> {
    client::send_only_at(endpoints::CHANGE_FREEZE, &[("account", id)], &wish).await
}

/// Looks up how many accounts an enterprise verifies and may verify (ENT-1).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn find_enterprise(wish: FindEnterprise) -> Result<EnterprisePlaces, ApiError> {
    client::send(endpoints::FIND_ENTERPRISE, &wish).await
}

/// Raises the number of accounts that an enterprise may verify (OPS-2).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn raise_limit(wish: RaiseLimit) -> Result<EnterprisePlaces, ApiError> {
    client::send(endpoints::RAISE_LIMIT, &wish).await
}

/// A queue's word in an address, as the contract spells it.
#[must_use]
pub const fn queue_word(queue: Queue) -> &'static str {
    match queue {
        Queue::VerificationChanges => "verification_changes",
        Queue::Appeals => "appeals",
        Queue::EnterpriseFinds => "enterprise_finds",
        Queue::Deregistrations => "deregistrations",
        Queue::RecycledNumbers => "recycled_numbers",
    }
}
