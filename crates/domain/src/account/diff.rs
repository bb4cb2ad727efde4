//! What saving a form would change, field by field, and when that is shown first (ACC-14). Must
//! not know the form.

use serde::{Deserialize, Serialize};

use super::AccountRefusal;
use crate::refusal::Refused;

/// A field of a form that saves more than one (ACC-14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProfileField {
    /// The nickname (ACC-4).
    Nickname,
    /// The contact phone (CON-6).
    ContactPhone,
    /// The contact e-mail (CON-6).
    ContactEmail,
    /// The enterprise contact's name (ENT-21).
    EnterpriseContactName,
    /// The enterprise contact's ID number (ENT-21).
    EnterpriseContactId,
    /// The enterprise contact's phone (ENT-21).
    EnterpriseContactPhone,
    /// A project's or a user's name.
    Name,
    /// A project's description, or a remark on a user.
    Description,
}

/// A field with its text; nothing when it is empty.
pub type FieldText = (ProfileField, Option<String>);

/// One field that changes (ACC-14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldChange {
    /// The field.
    pub field: ProfileField,
    /// What is stored.
    pub before: Option<String>,
    /// What would be stored.
    pub after: Option<String>,
}

/// The fields of `wanted` that differ from what is stored; a field that is not in `wanted` does not
/// change, so that two people who change different fields both succeed (ACC-14).
#[must_use]
pub fn diff(stored: &[FieldText], wanted: &[FieldText]) -> Vec<FieldChange> {
    wanted
        .iter()
        .filter_map(|(field, after)| {
            let before = stored
                .iter()
                .find(|(other, _)| other == field)
                .and_then(|(_, before)| before.clone());
            (before != *after).then(|| FieldChange {
                field: *field,
                before,
                after: after.clone(),
            })
        })
        .collect()
}

/// All reasons why these changes are not saved now (ACC-14): `confirmed` are the differences that
/// the person saw and agreed to, if any were shown.
#[must_use]
pub fn may_save_changes(
    changes: &[FieldChange],
    confirmed: Option<&[FieldChange]>,
) -> Vec<AccountRefusal> {
    if changes.is_empty() {
        return vec![AccountRefusal::NothingChanged];
    }
    match confirmed {
        Some(confirmed) if confirmed == changes => Vec::new(),
        Some(_) => vec![AccountRefusal::ChangedElsewhere],
        None if changes.len() > 1 => vec![AccountRefusal::DiffNotConfirmed {
            fields: u32::try_from(changes.len()).unwrap_or(u32::MAX),
        }],
        None => Vec::new(),
    }
}

/// Saves what differs, and only that, after the differences of more than one field were agreed to
/// (ACC-14).
///
/// # Errors
/// Everything that [`may_save_changes`] lists.
pub fn save_changes(
    stored: &[FieldText],
    wanted: &[FieldText],
    confirmed: Option<&[FieldChange]>,
) -> Result<Vec<FieldChange>, Refused<AccountRefusal>> {
    let changes = diff(stored, wanted);
    Refused::unless_none(may_save_changes(&changes, confirmed))?;
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(field: ProfileField, text: &str) -> FieldText {
        (field, Some(text.to_owned()))
    }

    fn stored() -> Vec<FieldText> {
        vec![
            text(ProfileField::Name, "website"),
            (ProfileField::Description, None),
        ]
    }

    fn save(
        wanted: &[FieldText],
        confirmed: Option<&[FieldChange]>,
    ) -> Result<Vec<FieldChange>, Vec<AccountRefusal>> {
        save_changes(&stored(), wanted, confirmed).map_err(Refused::into_all)
    }

    #[test]
    fn acc_14_one_field_is_saved_at_once_and_two_only_after_their_difference_was_seen() {
        let one = [text(ProfileField::Name, "shop")];
        assert_eq!(save(&one, None).unwrap().len(), 1);
        let two = [
            text(ProfileField::Name, "shop"),
            text(ProfileField::Description, "sells"),
        ];
        assert_eq!(
            save(&two, None),
            Err(vec![AccountRefusal::DiffNotConfirmed { fields: 2 }])
        );
        let seen = diff(&stored(), &two);
        assert_eq!(
            seen[1],
            FieldChange {
                field: ProfileField::Description,
                before: None,
                after: Some("sells".to_owned()),
            }
        );
        assert_eq!(save(&two, Some(&seen)), Ok(seen.clone()));
    }

    #[test]
    fn acc_14_what_is_the_same_does_not_count_as_a_change() {
        let same = [
            text(ProfileField::Name, "website"),
            text(ProfileField::Description, "sells"),
        ];
        assert_eq!(save(&same, None).unwrap().len(), 1);
        assert_eq!(
            save(&stored(), None),
            Err(vec![AccountRefusal::NothingChanged])
        );
    }

    #[test]
    fn v_35_a_difference_that_was_seen_before_another_tab_saved_is_not_applied() {
        let wanted = [
            text(ProfileField::Name, "shop"),
            text(ProfileField::Description, "sells"),
        ];
        let seen = diff(&stored(), &wanted);
        let elsewhere = [
            text(ProfileField::Name, "blog"),
            (ProfileField::Description, None),
        ];
        let refused = save_changes(&elsewhere, &wanted, Some(&seen)).unwrap_err();
        assert_eq!(refused.all(), [AccountRefusal::ChangedElsewhere]);
        let only_description = [text(ProfileField::Description, "sells")];
        let saved = save_changes(&elsewhere, &only_description, None).unwrap();
        assert_eq!(saved.len(), 1, "the name of the other tab stays");
    }
}
