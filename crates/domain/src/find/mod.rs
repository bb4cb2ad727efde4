//! Finding an account (查找账号) without signing in: what is asked, what is told. Must not know how
//! accounts are looked up, and tells nothing that was not proved.

mod answer;
mod enterprise;
mod policy;
mod refusal;
mod way;

pub use answer::{
    Disclosure, FoundAccount, FoundStep, Possession, Searched, ShownAccount, ShownMethod,
    disclosure, sends_find_code, show_accounts,
};
pub use enterprise::{
    EnterpriseFind, FindReason, NotAQueryCode, QueryCode, SoughtFind, may_see_progress,
    may_submit_find, see_progress, submit_find,
};
pub use policy::FindPolicy;
pub use refusal::FindRefusal;
pub use way::{FindField, FindWay, may_search, search};
