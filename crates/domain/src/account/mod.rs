//! The account itself and its basic information. Must not know how anybody signs in.

mod app_id;
mod diff;
mod export;
mod freeze;
mod id;
mod lock;
mod moves;
mod nickname;
mod pending;
mod policy;
mod refusal;
mod resources;
mod site;
mod standing;
mod verification;

pub use app_id::{AppId, Caller, CallerIds, NotAnAppId, caller_ids};
pub use diff::{FieldChange, FieldText, ProfileField, diff, may_save_changes, save_changes};
pub use export::{ExportMade, ExportSection, KeptSecret, export_data, may_export_data};
pub use freeze::{
    FreezeCauses, FreezeReason, FreezeRemedy, FrozenAction, freeze_reasons, may_act_unfrozen,
};
pub use id::{AccountId, AccountIdProblem, NotAnAccountId};
pub use lock::{
    AccountLocked, AccountUnlocked, Lock, LockedFrom, lock_account, may_lock_account,
    may_unlock_account, unlock_account, unlock_proof,
};
pub use moves::{MoveReason, MoveSide, MoveState, MoveWish, may_offer_move, offer_move};
pub use nickname::{
    Nickname, NicknameChange, NicknameChanged, NicknameProblem, NicknameRefusal, change_nickname,
};
pub use pending::{
    OpenChanges, PendingAction, PendingChange, PendingKind, PendingState, StillStands,
    pending_changes,
};
pub use policy::AccountPolicy;
pub use refusal::AccountRefusal;
pub use resources::{
    Belonging, INSTEAD_OF_MOVING, InsteadOfMoving, ProductUse, may_move_belonging, opened_products,
};
pub use site::Site;
pub use standing::{
    AccountAccess, AccountStanding, access_account, may_access_account, may_act_as_owner,
};
pub use verification::VerificationStatus;
