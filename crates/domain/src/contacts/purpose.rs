//! What each phone and e-mail of an account is for (CON-1, CON-7). Knows the purposes; does not
//! know their wording.

use serde::{Deserialize, Serialize};

use crate::identity::PhoneNumber;

/// A field of an account that holds a phone or an e-mail; changing one never changes another (CON-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContactField {
    /// The login e-mail 登录邮箱.
    LoginEmail,
    /// The security e-mail 安全邮箱.
    SecurityEmail,
    /// The contact e-mail 联系邮箱.
    ContactEmail,
    /// The security phone 安全手机.
    SecurityPhone,
    /// The contact phone 联系手机.
    ContactPhone,
    /// The phone of a message recipient 消息接收手机.
    MessagePhone,
}

/// What a phone or an e-mail receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// Nothing of its own: it is what one signs in with.
    SignIn,
    /// Codes for sign-in and operation protection.
    SecurityCodes,
    /// Notices of abnormal sign-ins and security changes.
    SecurityNotices,
    /// Alerts of products.
    ProductAlerts,
    /// Notices that something expires.
    Expiry,
    /// Alerts of billing.
    BillingAlerts,
    /// Alerts of business.
    BusinessAlerts,
}

impl ContactField {
    /// Every field (CON-1).
    pub const ALL: [Self; 6] = [
        Self::LoginEmail,
        Self::SecurityEmail,
        Self::ContactEmail,
        Self::SecurityPhone,
        Self::ContactPhone,
        Self::MessagePhone,
    ];

    /// What it receives, which the page says beside it (CON-1).
    #[must_use]
    pub const fn receives(self) -> &'static [MessageKind] {
        match self {
            Self::LoginEmail => &[MessageKind::SignIn],
            Self::SecurityEmail | Self::SecurityPhone => {
                &[MessageKind::SecurityCodes, MessageKind::SecurityNotices]
            }
            Self::ContactEmail | Self::ContactPhone => {
                &[MessageKind::ProductAlerts, MessageKind::Expiry]
            }
            Self::MessagePhone => &[MessageKind::BillingAlerts, MessageKind::BusinessAlerts],
        }
    }
}

/// The two phones of an account, which may differ (CON-7).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phones {
    /// The security phone.
    pub security: Option<PhoneNumber>,
    /// The contact phone.
    pub contact: Option<PhoneNumber>,
}

/// The phone that verification looks at: the security phone, never the contact phone (CON-7, VER-13).
#[must_use]
pub const fn verification_phone(phones: &Phones) -> Option<&PhoneNumber> {
    phones.security.as_ref()
}

#[cfg(test)]
mod tests {
    use super::super::target::examples::phone;
    use super::*;

    #[test]
    fn con_1_three_emails_and_three_phones_have_three_purposes_each() {
        let emails = [
            ContactField::LoginEmail,
            ContactField::SecurityEmail,
            ContactField::ContactEmail,
        ];
        let phones = [
            ContactField::SecurityPhone,
            ContactField::ContactPhone,
            ContactField::MessagePhone,
        ];
        for fields in [emails, phones] {
            let [one, two, three] = fields.map(ContactField::receives);
            for (one, other) in [(one, two), (two, three), (one, three)] {
                assert!(one.iter().all(|kind| !other.contains(kind)));
            }
        }
        assert_eq!(ContactField::ALL.len(), 6);
    }

    #[test]
    fn con_7_verification_looks_only_at_the_security_phone() {
        let mut phones = Phones {
            security: Some(phone(8000)),
            contact: Some(phone(8001)),
        };
        assert_eq!(verification_phone(&phones), Some(&phone(8000)));
        phones.security = None;
        assert_eq!(verification_phone(&phones), None);
    }
}
