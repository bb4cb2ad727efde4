//! Users of an account: sub-users (子用户), collaborators (协作者), message recipients (消息接收人)
//! and their API keys. Must not know how a sub-user signs in.

mod delete;
mod invitation;
mod keys;
mod list;
mod policy;
mod refusal;
mod rights;
#[cfg(test)]
mod tests;
mod user;

pub use delete::{DeletedUser, DeletionLoss, UserDeleted, delete_user, may_delete_user};
pub use invitation::{
    Invitation, InvitationState, InvitedAccount, Relation, invite_collaborator,
    may_invite_collaborator,
};
pub use keys::{
    KeyCreated, KeyDeleted, KeyOwner, KeyState, KeysOfUser, SignedRequest, create_key, delete_key,
    disable_key, enable_key, may_create_key, may_delete_key, may_disable_key, may_enable_key,
    may_use_key,
};
pub use list::{UserOrder, UserPage, UserQuery, UserRow, list_users};
pub use policy::UserPolicy;
pub use refusal::UserRefusal;
pub use rights::{Actor, Right, Rights};
pub use user::{
    RecipientCreated, SubUserCreated, SubUserWish, UserKind, UserStanding, UsersOfAccount,
    change_rights, create_recipient, create_sub_user, may_change_rights, may_create_recipient,
    may_create_sub_user, may_reset_user_password, password_resetter,
};
