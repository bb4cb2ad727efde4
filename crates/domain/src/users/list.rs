//! The list of users: search, filter, order and pages (USR-8). Must not know where rows come from.

use serde::{Deserialize, Serialize};

use super::{UserKind, UserPolicy};
use crate::search::SearchText;
use crate::time::Timestamp;

/// What the list sorts by (USR-8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UserOrder {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By name, letter case not counting.
    Name,
}

/// What is listed (USR-8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserQuery {
    /// What is searched for in names, ids and contacts.
    pub search: SearchText,
    /// Only users of this kind.
    pub kind: Option<UserKind>,
    /// In this order.
    pub order: UserOrder,
    /// The page, counted from 1.
    pub page: u32,
    /// Rows on a page; nothing for the usual number.
    pub page_size: Option<u32>,
}

/// What a row is searched and sorted by; the rest of it is the store's.
#[derive(Clone, Copy, Debug)]
pub struct UserRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its kind.
    pub kind: UserKind,
    /// Its id, when it has one: message recipients have none.
    pub uin: Option<&'a str>,
    /// Its contacts as the list shows them.
    pub contacts: &'a [&'a str],
    /// When it was made.
    pub created_at: Timestamp,
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPage {
    /// The places of its rows in what was given.
    pub rows: Vec<usize>,
    /// How many rows there are on all pages.
    pub total: usize,
    /// The page, counted from 1; the last one when the wanted one lies behind it.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
}

impl UserQuery {
    fn matches(&self, row: &UserRow<'_>) -> bool {
        self.kind.is_none_or(|kind| kind == row.kind)
            && (self.search.is_in(row.name)
                || row.uin.is_some_and(|uin| self.search.is_in(uin))
                || row.contacts.iter().any(|text| self.search.is_in(text)))
    }

    /// Rows on a page: what was asked for within the limits (USR-8).
    #[must_use]
    pub fn rows_per_page(&self, policy: &UserPolicy) -> u32 {
        let most = policy.page_size_most.max(1);
        self.page_size.unwrap_or(policy.page_size).clamp(1, most)
    }
}

/// Finds, sorts and cuts out one page (USR-8).
#[must_use]
pub fn list_users(rows: &[UserRow<'_>], query: &UserQuery, policy: &UserPolicy) -> UserPage {
    let mut found: Vec<_> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| query.matches(row))
        .collect();
    match query.order {
        UserOrder::Newest => found.sort_by_key(|(_, row)| std::cmp::Reverse(row.created_at)),
        UserOrder::Oldest => found.sort_by_key(|(_, row)| row.created_at),
        UserOrder::Name => found.sort_by_cached_key(|(_, row)| row.name.to_lowercase()),
    }
    let size = query.rows_per_page(policy) as usize;
    let pages = found.len().div_ceil(size).max(1);
    let page = (query.page.max(1) as usize).min(pages);
    UserPage {
        rows: found
            .iter()
            .skip((page - 1) * size)
            .take(size)
            .map(|(place, _)| *place)
            .collect(),
        total: found.len(),
        page: u32::try_from(page).unwrap_or(u32::MAX),
        pages: u32::try_from(pages).unwrap_or(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTACTS: &[&str] = &["138****5678"];

    fn row(name: &str, created_at: i64) -> UserRow<'_> {
        UserRow {
            name,
            kind: UserKind::SubUser,
            uin: Some("100012345678"),
            contacts: CONTACTS,
            created_at: Timestamp::from_millis(created_at),
        }
    }

    fn names<'a>(rows: &[UserRow<'a>], query: &UserQuery) -> Vec<&'a str> {
        list_users(rows, query, &UserPolicy::default())
            .rows
            .into_iter()
            .map(|place| rows[place].name)
            .collect()
    }

    fn search(typed: &str) -> UserQuery {
        UserQuery {
            search: SearchText::new(typed),
            ..UserQuery::default()
        }
    }

    #[test]
    fn v_32_user_search_has_no_wildcards() {
        let rows = [row("a_b", 1), row("axb", 2), row("a+b", 3)];
        assert_eq!(names(&rows, &search("_")), ["a_b"]);
        assert_eq!(names(&rows, &search("%")), [""; 0]);
        assert_eq!(names(&rows, &search("A_B")), ["a_b"]);
    }

    #[test]
    fn usr_8_users_are_found_by_name_id_and_contact_and_filtered_by_kind() {
        let recipient = UserRow {
            kind: UserKind::MessageRecipient,
            uin: None,
            contacts: &[],
            ..row("ops", 2)
        };
        let rows = [row("anna", 1), recipient];
        assert_eq!(names(&rows, &search("10001234")), ["anna"]);
        assert_eq!(names(&rows, &search("5678")), ["anna"]);
        assert_eq!(names(&rows, &search("OPS")), ["ops"]);
        let only = UserQuery {
            kind: Some(UserKind::MessageRecipient),
            ..UserQuery::default()
        };
        assert_eq!(names(&rows, &only), ["ops"]);
    }

    #[test]
    fn usr_8_the_list_is_sorted_and_cut_into_pages() {
        let owned: Vec<_> = (0..45).map(|n| format!("user{n:02}")).collect();
        let rows: Vec<_> = owned
            .iter()
            .zip(0..)
            .map(|(name, at)| row(name, at))
            .collect();
        let policy = UserPolicy::default();
        let on = |page, order| UserQuery {
            page,
            order,
            ..UserQuery::default()
        };
        let first = list_users(&rows, &on(1, UserOrder::Newest), &policy);
        assert_eq!((first.total, first.pages, first.page), (45, 3, 1));
        assert_eq!((first.rows.len(), first.rows[0]), (20, 44));
        let last = list_users(&rows, &on(3, UserOrder::Oldest), &policy);
        assert_eq!(last.rows, [40, 41, 42, 43, 44]);
        let behind = list_users(&rows, &on(9, UserOrder::Name), &policy);
        assert_eq!((behind.page, behind.rows), (3, last.rows));
        let none = list_users(&[], &on(0, UserOrder::Name), &policy);
        assert_eq!((none.pages, none.page, none.total), (1, 1, 0));
    }

    #[test]
    fn usr_8_a_page_has_at_most_a_hundred_rows() {
        let policy = UserPolicy::default();
        let sized = |page_size| UserQuery {
            page_size,
            ..UserQuery::default()
        };
        assert_eq!(sized(None).rows_per_page(&policy), 20);
        assert_eq!(sized(Some(100)).rows_per_page(&policy), 100);
        assert_eq!(sized(Some(101)).rows_per_page(&policy), 100);
        assert_eq!(sized(Some(0)).rows_per_page(&policy), 1);
    }
}
