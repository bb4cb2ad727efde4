//! My resources (我的资源): what the account opened, and what of it can leave (ACC-7, ACC-8). Must
//! not know the products themselves.

use serde::{Deserialize, Serialize};

use super::AccountRefusal;
use crate::time::Timestamp;

/// One product as the platform reports it for an account (ACC-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductUse {
    /// The platform's short name of the product.
    pub product: String,
    /// When the account opened it; never, when it did not.
    pub opened_at: Option<Timestamp>,
    /// How many resources the account has in it.
    pub resources: u32,
}

/// Something that an account owns, as far as moving it matters (ACC-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Belonging {
    /// A cloud server.
    CloudServer,
    /// Any other resource.
    OtherResource,
    /// A domain.
    Domain,
    /// An ICP filing.
    IcpFiling,
}

/// What is offered to somebody who wants resources in another account (ACC-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InsteadOfMoving {
    /// Bind the other person's login method to this account.
    BindLoginMethod,
}

/// What the product offers in place of moving resources (ACC-8).
pub const INSTEAD_OF_MOVING: InsteadOfMoving = InsteadOfMoving::BindLoginMethod;

/// The products that the account has opened, the newest first (ACC-7).
#[must_use]
pub fn opened_products(products: &[ProductUse]) -> Vec<&ProductUse> {
    let mut opened: Vec<_> = products
        .iter()
        .filter(|product| product.opened_at.is_some())
        .collect();
    opened.sort_by(|one, other| {
        (other.opened_at, &one.product).cmp(&(one.opened_at, &other.product))
    });
    opened
}

/// Refuses to move anything but filings and domains to another account (ACC-8).
#[must_use]
pub fn may_move_belonging(belonging: Belonging) -> Option<AccountRefusal> {
    match belonging {
        Belonging::Domain | Belonging::IcpFiling => None,
        Belonging::CloudServer | Belonging::OtherResource => Some(AccountRefusal::ResourceStays),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acc_7_my_resources_are_the_products_that_were_opened() {
        let product = |product: &str, opened_at: Option<i64>| ProductUse {
            product: product.to_owned(),
            opened_at: opened_at.map(Timestamp::from_millis),
            resources: 0,
        };
        let products = [
            product("storage", Some(1)),
            product("database", None),
            product("server", Some(2)),
            product("network", Some(1)),
        ];
        let names: Vec<_> = opened_products(&products)
            .into_iter()
            .map(|product| product.product.as_str())
            .collect();
        assert_eq!(names, ["server", "network", "storage"]);
    }

    #[test]
    fn acc_8_only_filings_and_domains_move() {
        for belonging in [Belonging::CloudServer, Belonging::OtherResource] {
            assert_eq!(
                may_move_belonging(belonging),
                Some(AccountRefusal::ResourceStays)
            );
        }
        for belonging in [Belonging::IcpFiling, Belonging::Domain] {
            assert_eq!(may_move_belonging(belonging), None);
        }
        assert_eq!(INSTEAD_OF_MOVING, InsteadOfMoving::BindLoginMethod);
    }
}
