//! One file per area: parse, load, decide, apply, answer. A handler must not know another area's.

pub mod account;
pub mod audit;
pub mod captcha;
pub mod changes;
pub mod demo;
pub mod documents;
pub mod enterprise;
pub mod forgotten;
pub mod health;
pub mod help;
pub mod legal;
pub mod lock;
pub mod mfa;
pub mod operators;
pub mod proof;
pub mod providers;
pub mod registration;
pub mod scans;
pub mod security;
pub mod session;
pub mod verification;

/// `欧阳文文` as `欧***`: a star for each character but the first.
fn masked_name(name: &str) -> String {
    let mut characters = name.chars();
    let first: String = characters.by_ref().take(1).collect();
    format!("{first}{}", "*".repeat(characters.count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_show_the_first_character_only() {
        assert_eq!(masked_name("张三"), "张*");
        assert_eq!(masked_name("欧阳文文"), "欧***");
        assert_eq!(masked_name(""), "");
    }
}
