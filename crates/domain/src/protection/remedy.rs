//! What to do about a factor that left with an employee (PRT-5).

use serde::{Deserialize, Serialize};

/// A personal thing of somebody who left, and that a sign-in still asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LeaverFactor {
    /// Their phone.
    Phone,
    /// Their e-mail.
    Email,
    /// Their WeChat.
    Wechat,
    /// Their QQ.
    Qq,
}

/// What settles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Change the security phone.
    ChangePhone,
    /// Change the security e-mail.
    ChangeEmail,
    /// Unbind WeChat.
    UnbindWechat,
    /// Unbind QQ.
    UnbindQq,
}

/// The remedy for each factor (PRT-5).
#[must_use]
pub const fn remedy_for(factor: LeaverFactor) -> Remedy {
    match factor {
        LeaverFactor::Phone => Remedy::ChangePhone,
        LeaverFactor::Email => Remedy::ChangeEmail,
        LeaverFactor::Wechat => Remedy::UnbindWechat,
        LeaverFactor::Qq => Remedy::UnbindQq,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prt_5_each_factor_of_a_leaver_has_its_own_remedy() {
        assert_eq!(remedy_for(LeaverFactor::Phone), Remedy::ChangePhone);
        assert_eq!(remedy_for(LeaverFactor::Email), Remedy::ChangeEmail);
        assert_eq!(remedy_for(LeaverFactor::Wechat), Remedy::UnbindWechat);
        assert_eq!(remedy_for(LeaverFactor::Qq), Remedy::UnbindQq);
    }
}
