//! The texts that whoever registers agrees to (REG-7): those shipped are templates, an operator's own take
//! their place. Must not know who has agreed.

use std::path::Path;

use contract::registration::LegalText;
use domain::registration::LegalVersions;

/// The first line of each file names its version after this.
const VERSION: &str = "version:";

/// The texts in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legal {
    /// The terms.
    pub terms: LegalText,
    /// The privacy text.
    pub privacy: LegalText,
}

/// Why the texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LegalError {
    /// A file is missing or cannot be read.
    #[error("{0} cannot be read: {1}")]
    File(String, std::io::Error),
    /// A file does not begin with its version.
    #[error("{0} must begin with a line such as “version: 2026-11”")]
    NoVersion(String),
    /// The two languages of a text name different versions.
    #[error("{0}.zh.txt and {0}.en.txt must have one version")]
    TwoVersions(&'static str),
}

impl Legal {
    /// The texts of a folder, or those shipped with the program where none was named.
    ///
    /// # Errors
    /// When a file is missing or has no version.
    pub fn load(folder: Option<&Path>) -> Result<Self, LegalError> {
        let read = |name: &str, shipped: &str| match folder {
            None => Ok(shipped.to_owned()),
            Some(folder) => {
                let path = folder.join(name);
                std::fs::read_to_string(&path)
                    .map_err(|error| LegalError::File(path.display().to_string(), error))
            }
        };
        Ok(Self {
            terms: text(
                "terms",
                &read("terms.zh.txt", include_str!("../data/legal/terms.zh.txt"))?,
                &read("terms.en.txt", include_str!("../data/legal/terms.en.txt"))?,
            )?,
            privacy: text(
                "privacy",
                &read(
                    "privacy.zh.txt",
                    include_str!("../data/legal/privacy.zh.txt"),
                )?,
                &read(
                    "privacy.en.txt",
                    include_str!("../data/legal/privacy.en.txt"),
                )?,
            )?,
        })
    }

    /// The versions that agreeing names (REG-7).
    #[must_use]
    pub fn versions(&self) -> LegalVersions {
        LegalVersions {
            terms: self.terms.version.clone(),
            privacy: self.privacy.version.clone(),
        }
    }
}

fn text(name: &'static str, chinese: &str, english: &str) -> Result<LegalText, LegalError> {
    let of = |file: &str, text: &str| {
        let version = split(text).ok_or_else(|| LegalError::NoVersion(file.to_owned()));
        version.map(|(version, body)| (version.to_owned(), body.to_owned()))
    };
    let (version, chinese) = of(&format!("{name}.zh.txt"), chinese)?;
    let (same, english) = of(&format!("{name}.en.txt"), english)?;
    if version != same {
        return Err(LegalError::TwoVersions(name));
    }
    Ok(LegalText {
        version,
        chinese,
        english,
    })
}

/// The version and what follows its line.
fn split(text: &str) -> Option<(&str, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let version = first.trim().strip_prefix(VERSION)?.trim();
    (!version.is_empty()).then(|| (version, rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reg_7_the_shipped_texts_have_versions_and_say_that_they_are_templates() {
        let legal = Legal::load(None).unwrap();
        for text in [&legal.terms, &legal.privacy] {
            assert!(!text.version.is_empty());
            assert!(text.chinese.starts_with("这是一份模板"));
            assert!(text.english.starts_with("This is a template"));
        }
        assert_eq!(legal.versions().terms, legal.terms.version);
    }

    #[test]
    fn reg_7_an_operator_s_own_texts_take_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        let load = || Legal::load(Some(folder.path()));
        assert!(matches!(load(), Err(LegalError::File(..))));
        for name in [
            "terms.zh.txt",
            "terms.en.txt",
            "privacy.zh.txt",
            "privacy.en.txt",
        ] {
            write(name, "version: 7\n\n# One\nOurs.\n").unwrap();
        }
        let legal = load().unwrap();
        assert_eq!(legal.versions().privacy, "7");
        assert_eq!(legal.terms.english, "# One\nOurs.");
        write("terms.en.txt", "version: 8\nOurs.").unwrap();
        assert!(matches!(load(), Err(LegalError::TwoVersions("terms"))));
        write("terms.en.txt", "Ours.\nwithout").unwrap();
        assert!(matches!(load(), Err(LegalError::NoVersion(_))));
    }
}
