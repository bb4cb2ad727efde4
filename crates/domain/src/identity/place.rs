//! The three places whose residents have travel permits of their own. Knows their names only.

use serde::{Deserialize, Serialize};

/// Hong Kong, Macau or Taiwan (VER-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum HkMacauTaiwan {
    /// 香港
    HongKong,
    /// 澳门
    Macau,
    /// 台湾
    Taiwan,
}
