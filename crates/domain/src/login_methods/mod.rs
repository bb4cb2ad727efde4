//! The identities an account can be signed in with: binding, replacing, unbinding, linking.
//! Must not know how a provider is asked.

mod bind;
mod expiring;
mod identity;
mod link;
mod policy;
mod refusal;
mod unbind;
mod wecom;

pub use bind::{
    IdentityUse, LoginState, MethodBound, MethodReplaced, MethodWish, OwnerKind, bind_method,
    may_begin_binding, may_begin_replacing, may_bind_method, may_replace_method, replace_method,
};
pub use expiring::{ExpiringIdentity, ExpiringStep, expiring_step};
pub use identity::{LoginIdentity, LoginMethod, LoginMethodKind, MethodOrigin, ProvedIdentity};
pub use link::{AccountsLinked, LinkSide, OtherAccount, link_accounts, may_link_accounts};
pub use policy::LoginMethodPolicy;
pub use refusal::LoginMethodRefusal;
pub use unbind::{
    MethodUnbound, UnbindCondition, UnbindConditionKind, may_unbind_method, unbind_conditions,
    unbind_method,
};
pub use wecom::WecomGuideStep;
