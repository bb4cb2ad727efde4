//! The account itself and its basic information. Must not know how anybody signs in.

mod id;
mod nickname;
mod verification;

pub use id::{AccountId, AccountIdProblem, NotAnAccountId};
pub use nickname::{
    Nickname, NicknameChange, NicknameChanged, NicknameProblem, NicknameRefusal, change_nickname,
};
pub use verification::VerificationStatus;
