//! The MFA device, from binding to unbinding, and signing in with a passkey. The door of the area.

mod bind;
mod codes;
mod device;
mod passkey;
mod prove;
mod wechat;

use super::{Page, area};

/// The pages of the area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// What is bound.
    Device,
    /// Binding or replacing.
    Bind,
    /// Signing in with a passkey.
    Passkey,
}

fn find(at: At) -> Page {
    match at {
        At::Device => Page::new(device::page),
        At::Bind => Page::new(bind::page),
        At::Passkey => Page::new(passkey::page),
    }
}

area!(mfa, find);
