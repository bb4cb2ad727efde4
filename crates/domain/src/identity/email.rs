//! An e-mail address. Knows its syntax; does not know whether anybody reads it.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::domain_name::{DomainNameProblem, to_ascii};
use super::text::{clean, length};
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;

/// A mailbox address (RFC 5321), as its owner writes it and in the form that is compared (CON-14).
///
/// Two addresses are equal when they name one mailbox: letter case does not count, nor whether the
/// domain is written in its own script or as `xn--…`.
#[derive(Clone)]
pub struct Email {
    display: String,
    canonical: String,
}

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
#[error("{self:?}")]
pub enum EmailProblem {
    /// Nothing was typed.
    Empty,
    /// It has no `@`.
    NoAt,
    /// It has more than one `@`.
    SecondAt,
    /// Nothing stands before the `@`.
    NoName,
    /// Nothing stands after the `@`.
    NoDomain,
    /// A character that cannot stand before the `@`; quoted names and names in other scripts are legal
    /// but reach few mailboxes (ours).
    ForbiddenCharacter {
        /// The first such character.
        character: char,
    },
    /// The name starts or ends with a dot, or has two in a row.
    MisplacedDot,
    /// The name has too many characters.
    NameTooLong {
        /// Most characters before the `@`.
        longest: u32,
    },
    /// The whole address has too many characters.
    TooLong {
        /// Most characters, the domain counted as the domain name system writes it.
        longest: u32,
    },
    /// The domain is wrong.
    Domain {
        /// What is wrong with it.
        problem: DomainNameProblem,
    },
}

impl Email {
    /// Most octets before the `@` (RFC 5321, 4.5.3.1.1).
    const LONGEST_NAME: u32 = 64;
    /// Most octets of an address (RFC 5321, 4.5.3.1.3, less the angle brackets).
    const LONGEST: u32 = 254;

    /// Parses what a person typed; blanks around it and invisible characters do not count.
    ///
    /// # Errors
    /// Says what is wrong with the text (CON-14).
    pub fn parse(typed: &str) -> Result<Self, EmailProblem> {
        let display = clean(typed);
        if display.is_empty() {
            return Err(EmailProblem::Empty);
        }
        let (name, domain) = display.split_once('@').ok_or(EmailProblem::NoAt)?;
        if domain.contains('@') {
            return Err(EmailProblem::SecondAt);
        }
        judge_name(name)?;
        if domain.is_empty() {
            return Err(EmailProblem::NoDomain);
        }
        let domain = to_ascii(domain).map_err(|problem| EmailProblem::Domain { problem })?;
        let canonical = [&name.to_ascii_lowercase(), "@", &domain].concat();
        if canonical.len() > Self::LONGEST as usize {
            return Err(EmailProblem::TooLong {
                longest: Self::LONGEST,
            });
        }
        Ok(Self { display, canonical })
    }

    /// The address as its owner wrote it.
    #[must_use]
    pub fn display(&self) -> &str {
        &self.display
    }

    /// The form by which addresses are compared, and to which messages are sent (CON-14).
    #[must_use]
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// As [`Email::display`]: what crosses the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.display
    }

    /// The part before the `@`, as its owner wrote it; a password must not contain it (SGN-12).
    #[must_use]
    pub fn name(&self) -> &str {
        self.display.split_once('@').map_or("", |(name, _)| name)
    }

    /// The address as others may see it: `z***@example.com`.
    #[must_use]
    pub fn masked(&self) -> Masked {
        let (name, domain) = self.display.split_once('@').unwrap_or_default();
        // A fixed number of asterisks: the length of a name is a part of it.
        let first: String = name
            .chars()
            .take(if length(name) > 1 { 1 } else { 0 })
            .collect();
        Masked::already([&first, "***@", domain].concat())
    }
}

masked_debug!(Email);
wire_text!(Email);

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for Email {}

impl Hash for Email {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

fn judge_name(name: &str) -> Result<(), EmailProblem> {
    if name.is_empty() {
        return Err(EmailProblem::NoName);
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    if let Some(character) = name.chars().find(|c| !is_allowed(*c)) {
        return Err(EmailProblem::ForbiddenCharacter { character });
    }
    if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        return Err(EmailProblem::MisplacedDot);
    }
    if name.len() > Email::LONGEST_NAME as usize {
        return Err(EmailProblem::NameTooLong {
            longest: Email::LONGEST_NAME,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> EmailProblem {
        Email::parse(typed).unwrap_err()
    }

    #[test]
    fn v_10_con_14_letter_case_and_blanks_do_not_make_another_mailbox() {
        let email = Email::parse(" Zhang.San@Example.com ").unwrap();
        assert_eq!(email.display(), "Zhang.San@Example.com");
        assert_eq!(email.canonical(), "zhang.san@example.com");
        assert_eq!(email, Email::parse("zhang.san@example.com").unwrap());
        assert_ne!(email, Email::parse("zhangsan@example.com").unwrap());
    }

    #[test]
    fn con_14_a_domain_in_its_own_script_is_the_same_as_its_xn_form() {
        let own_script = Email::parse("user@例子。中国").unwrap();
        assert_eq!(own_script.display(), "user@例子。中国");
        assert_eq!(
            own_script,
            Email::parse("user@xn--fsqu00a.XN--FIQS8S").unwrap()
        );
    }

    #[test]
    fn con_14_what_is_no_mailbox_is_told_exactly() {
        assert_eq!(problem("\u{200b}"), EmailProblem::Empty);
        assert_eq!(problem("user"), EmailProblem::NoAt);
        assert_eq!(problem("a@b@example.com"), EmailProblem::SecondAt);
        assert_eq!(problem("@example.com"), EmailProblem::NoName);
        assert_eq!(problem("user@"), EmailProblem::NoDomain);
        for typed in [
            ".user@example.com",
            "user.@example.com",
            "user..name@example.com",
        ] {
            assert_eq!(problem(typed), EmailProblem::MisplacedDot);
        }
        for (typed, character) in [
            ("user name@example.com", ' '),
            ("用户@example.com", '用'),
            ("\"a b\"@example.com", '"'),
        ] {
            assert_eq!(
                problem(typed),
                EmailProblem::ForbiddenCharacter { character }
            );
        }
        for (typed, problem_of_domain) in [
            ("user@example", DomainNameProblem::NoDot),
            ("user@example..com", DomainNameProblem::EmptyLabel),
            (
                "user@[203.0.113.7]",
                DomainNameProblem::ForbiddenCharacter { character: '[' },
            ),
        ] {
            let expected = EmailProblem::Domain {
                problem: problem_of_domain,
            };
            assert_eq!(problem(typed), expected);
        }
    }

    #[test]
    fn con_14_sixty_four_octets_before_the_at_and_254_in_all() {
        let name = "x".repeat(64);
        assert!(Email::parse(&format!("{name}@example.com")).is_ok());
        assert_eq!(
            problem(&format!("x{name}@example.com")),
            EmailProblem::NameTooLong { longest: 64 }
        );
        let domain = |last: usize| {
            let label = "a".repeat(63);
            format!("{label}.{label}.{}", "a".repeat(last))
        };
        let fits = format!("{name}@{}", domain(61));
        assert_eq!(fits.len(), 254);
        assert!(Email::parse(&fits).is_ok());
        assert_eq!(
            problem(&format!("{name}@{}", domain(62))),
            EmailProblem::TooLong { longest: 254 }
        );
    }

    #[test]
    fn con_14_a_masked_address_keeps_first_letter_and_domain() {
        let masked = |typed| Email::parse(typed).unwrap().masked().to_string();
        assert_eq!(masked("zhang.san@example.com"), "z***@example.com");
        assert_eq!(masked("a@b.cn"), "***@b.cn");
    }
}
