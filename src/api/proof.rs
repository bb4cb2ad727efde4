//! The calls of proving again who one is.

use contract::codes::CodeSent;
use contract::endpoints;
use contract::proof::{Proof, ProofStatus, Prove, SendProofCode};
use domain::protection::{ProofMethod, SensitiveOperation};

use super::ApiError;
use super::client;

/// Asks what a sensitive operation still asks for (PRT-2).
///
/// # Errors
/// When nobody is signed in or the server cannot be asked.
pub async fn status(operation: SensitiveOperation) -> Result<ProofStatus, ApiError> {
    let word = serde_json::to_string(&operation).unwrap_or_default();
    let parts = [("operation", word.trim_matches('"'))];
    client::get_at(endpoints::GET_PROOF, &parts).await
}

/// Has a code sent (CON-12).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn send_code(method: ProofMethod) -> Result<CodeSent, ApiError> {
    client::send(endpoints::SEND_PROOF_CODE, &SendProofCode { method }).await
}

/// Hands in a proof (PRT-4).
///
/// # Errors
/// When the server refuses or cannot be asked.
pub async fn prove(operation: SensitiveOperation, proof: Proof) -> Result<ProofStatus, ApiError> {
    client::send(endpoints::PROVE, &Prove { operation, proof }).await
}
