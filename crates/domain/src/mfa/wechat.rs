//! WeChat as confirmation, which is not the WeChat login (MFA-6). Must not know login methods.

use super::MfaRefusal;
use super::binding::chosen;
use crate::protection::{Factor, Means, Protections, RecentCheck, SecurityChange};
use crate::refusal::Refused;

/// WeChat no longer confirms anything on the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WechatUnbound {
    /// What the account can still prove itself with.
    pub means: Means,
    /// What happened, with its consequences for trust, sessions and notices.
    pub change: SecurityChange,
}

/// What stands against unbinding WeChat as confirmation: it is not bound, or a protection asks for
/// it (MFA-6, PRT-1).
#[must_use]
pub fn may_unbind_wechat_confirmation(means: &Means, protections: Protections) -> Vec<MfaRefusal> {
    if means.wechat.is_none() {
        return vec![MfaRefusal::WechatNotBound];
    }
    chosen(protections, Factor::WechatScan)
}

/// Unbinds WeChat as confirmation; nothing else ever does (MFA-6).
///
/// # Errors
/// [`MfaRefusal::WeChatNotBound`], or each protection that asks for it.
pub fn unbind_wechat_confirmation(
    _check: &RecentCheck,
    means: &Means,
    protections: Protections,
) -> Result<WechatUnbound, Refused<MfaRefusal>> {
    Refused::unless_none(may_unbind_wechat_confirmation(means, protections))?;
    Ok(WechatUnbound {
        means: Means {
            wechat: None,
            ..*means
        },
        change: SecurityChange::WechatConfirmationChanged,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protection::{Protection, ProtectionKind, SensitiveOperation, a_check};
    use crate::time::Timestamp;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    #[test]
    fn mfa_6_wechat_confirmation_goes_only_when_it_is_unbound_itself() {
        let check = a_check(SensitiveOperation::ChangeWechat, NOW);
        let means = Means {
            wechat: Some(NOW),
            security_phone: Some(NOW),
            ..Means::default()
        };
        let unbind = |means, protections| unbind_wechat_confirmation(&check, means, protections);
        let gone = unbind(&means, Protections::default()).unwrap();
        assert_eq!(gone.means.wechat, None);
        assert_eq!(gone.means.security_phone, Some(NOW));
        let refused = unbind(&gone.means, Protections::default());
        assert_eq!(refused, Err(MfaRefusal::WechatNotBound.into()));
        let asked_for = Protections {
            operation: Protection::Require(Factor::WechatScan),
            ..Protections::default()
        };
        let refused = unbind(&means, asked_for);
        assert_eq!(
            refused,
            Err(MfaRefusal::FactorChosen {
                protection: ProtectionKind::Operation
            }
            .into())
        );
    }
}
