//! Holds every parser of typed text against one text: it must not panic, and what a value prints must
//! be parsed to the same value again. Shared by the property tests and the fuzz target; knows the
//! parsers' names and not their rules.

#![allow(
    clippy::unwrap_used,
    reason = "a test's helper fails it by panicking; clippy sees only #[test] functions"
)]

use domain::account::{AccountId, Nickname};
use domain::calendar::Calendar;
use domain::identity::{
    BankCard, CorporateAccount, DomainName, Email, EnterpriseCode, EnterpriseName, Fen,
    HkMacauPermit, IcpFiling, OrganisationCode, Passport, PersonName, PhoneNumber,
    ProjectDescription, ProjectName, ResidencePermit, ResidentId, ServerIp, SubUserName,
    TaiwanPermit, TransferAmount, Uscc, clean,
};
use domain::time::Date;

/// For a value that has `as_str`: parsing what it prints gives the same text.
macro_rules! text_is_stable {
    ($typed:expr, $($value:ty),+ $(,)?) => { $(
        if let Ok(value) = <$value>::parse($typed) {
            let again = <$value>::parse(value.as_str());
            assert_eq!(again.as_ref().map(<$value>::as_str), Ok(value.as_str()), "{}", stringify!($value));
            assert_eq!(again.as_ref(), Ok(&value));
            let wire = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<$value>(&wire).unwrap(), value);
        }
    )+ };
}

/// For a value that has `Display`: parsing what it prints gives the same value.
macro_rules! display_is_stable {
    ($typed:expr, $($value:ty),+ $(,)?) => { $(
        if let Ok(value) = <$value>::parse($typed) {
            assert_eq!(<$value>::parse(&value.to_string()), Ok(value), "{}", stringify!($value));
        }
    )+ };
}

/// Panics when a parser panics or does not read back what its value prints.
pub(crate) fn hold(typed: &str) {
    text_is_stable!(
        typed,
        ResidentId,
        ResidencePermit,
        HkMacauPermit,
        TaiwanPermit,
        Passport,
        Uscc,
        OrganisationCode,
        EnterpriseCode,
        PersonName,
        EnterpriseName,
        PhoneNumber,
        Email,
        BankCard,
        CorporateAccount,
        DomainName,
        IcpFiling,
        ProjectName,
        ProjectDescription,
        SubUserName,
        Nickname,
    );
    display_is_stable!(typed, Fen, ServerIp, Date, AccountId);
    if let Ok(amount) = TransferAmount::parse(typed) {
        assert_eq!(TransferAmount::parse(&amount.fen().to_string()), Ok(amount));
    }
    let cleaned = clean(typed);
    assert_eq!(clean(&cleaned), cleaned);
    let _ = Calendar::parse(typed);
}
