//! The verification of enterprises.

use super::{Audit, Endpoint, Method, READS, Who};

/// Shows the methods and the attempt with whatever it waits for (ENT-3, VER-10).
pub const GET_ENTERPRISE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification/enterprise",
    who: Who::Owner,
    audit: READS,
};

/// Asks register, bank and the others what has become of the running attempt, and answers how everything
/// stands then. What follows from their answers leaves rows of its own.
pub const LOOK_AFTER_ENTERPRISE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/enterprise/look",
    who: Who::Owner,
    audit: Audit::Nothing("it asks other services; what they have done is recorded as theirs"),
};

/// Begins an attempt to verify an enterprise (ENT-3).
pub const START_ENTERPRISE: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/enterprise",
    who: Who::Owner,
    audit: Audit::Event("enterprise_verification_started"),
};

/// Asks for another bank transfer: new bank details (ENT-7, ENT-17, ENT-18).
pub const REQUEST_TRANSFER: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/transfer",
    who: Who::Owner,
    audit: Audit::Event("bank_transfer_requested"),
};

/// Enters the sum that arrived (ENT-7).
pub const ENTER_AMOUNT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/transfer/amount",
    who: Who::Owner,
    audit: Audit::Event("transfer_amount_entered"),
};

/// Complains that the right sum was refused; account id and receipt go to support (ENT-19).
pub const DISPUTE_AMOUNT: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/transfer/dispute",
    who: Who::Owner,
    audit: Audit::Event("transfer_amount_disputed"),
};

/// Has another sum named to pay in, when the former one is too late (ENT-8).
pub const NAME_TOP_UP: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/top-up",
    who: Who::Owner,
    audit: Audit::Event("top_up_named"),
};

/// Begins what the legal representative or the Official Account's administrator does anew (ENT-20).
pub const ASK_AGAIN: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/verification/enterprise/again",
    who: Who::Owner,
    audit: Audit::Event("enterprise_check_begun_anew"),
};

/// Withdraws the permission of an Official Account (ENT-12).
pub const WITHDRAW_PERMISSION: Endpoint = Endpoint {
    method: Method::Delete,
    path: "/api/v1/verification/official-account",
    who: Who::Owner,
    audit: Audit::Event("official_account_permission_withdrawn"),
};

/// Shows the enterprise contact (ENT-21).
pub const GET_ENTERPRISE_CONTACT: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification/contact",
    who: Who::Owner,
    audit: READS,
};

/// Sets the enterprise contact (ENT-21).
pub const SET_ENTERPRISE_CONTACT: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/verification/contact",
    who: Who::Owner,
    audit: Audit::Event("enterprise_contact_changed"),
};

/// Switches "uses CDN" (ENT-21).
pub const SWITCH_CDN: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/verification/contact/cdn",
    who: Who::Owner,
    audit: Audit::Event("uses_cdn_switched"),
};

/// Shows what is recorded as the enterprise's code (ENT-6).
pub const GET_ENTERPRISE_CODE: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/verification/code",
    who: Who::Owner,
    audit: READS,
};

/// Completes or corrects the enterprise's code (ENT-6).
pub const COMPLETE_CODE: Endpoint = Endpoint {
    method: Method::Put,
    path: "/api/v1/verification/code",
    who: Who::Owner,
    audit: Audit::Event("enterprise_code_completed"),
};

/// Shows the book of the demo's bank.
pub const DEMO_BANK: Endpoint = Endpoint {
    method: Method::Get,
    path: "/api/v1/demo/bank",
    who: Who::Demo,
    audit: READS,
};

/// Plays the demo's bank.
pub const DEMO_PLAY_BANK: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/bank",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's bank belongs to no account"),
};

/// Sets what the demo's register says of a code.
pub const DEMO_SET_REGISTER: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/register",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's register belongs to no account"),
};

/// Answers for the administrator of an Official Account in the demo.
pub const DEMO_ANSWER_OFFICIAL: Endpoint = Endpoint {
    method: Method::Post,
    path: "/api/v1/demo/official-account",
    who: Who::Demo,
    audit: Audit::Nothing("the demo's phone belongs to no account"),
};

/// Every endpoint of the area.
pub(super) const AREA: &[Endpoint] = &[
    GET_ENTERPRISE,
    LOOK_AFTER_ENTERPRISE,
    START_ENTERPRISE,
    REQUEST_TRANSFER,
    ENTER_AMOUNT,
    DISPUTE_AMOUNT,
    NAME_TOP_UP,
    ASK_AGAIN,
    WITHDRAW_PERMISSION,
    GET_ENTERPRISE_CONTACT,
    SET_ENTERPRISE_CONTACT,
    SWITCH_CDN,
    GET_ENTERPRISE_CODE,
    COMPLETE_CODE,
    DEMO_BANK,
    DEMO_PLAY_BANK,
    DEMO_SET_REGISTER,
    DEMO_ANSWER_OFFICIAL,
];
