//! The ids of the contract's rules. Knows the ids; does not know what enforces them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $id:literal),+ $(,)?) => {
        /// One rule of the product's contract, written `CON-2`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RuleId { $($(#[$doc])* $variant),+ }

        impl RuleId {
            /// Every rule, in the contract's order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The id as the contract writes it, such as `CON-2`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }
        }
    };
}

rules! {
    Acc1 = "ACC-1",
    Acc2 = "ACC-2",
    Acc3 = "ACC-3",
    Acc4 = "ACC-4",
    Acc5 = "ACC-5",
    Acc6 = "ACC-6",
    Acc7 = "ACC-7",
    Acc8 = "ACC-8",
    Acc9 = "ACC-9",
    Acc10 = "ACC-10",
    Acc11 = "ACC-11",
    Acc12 = "ACC-12",
    Acc13 = "ACC-13",
    Acc14 = "ACC-14",
    Con1 = "CON-1",
    Con2 = "CON-2",
    Con3 = "CON-3",
    Con4 = "CON-4",
    Con5 = "CON-5",
    Con6 = "CON-6",
    Con7 = "CON-7",
    Con8 = "CON-8",
    Con9 = "CON-9",
    Con10 = "CON-10",
    Con11 = "CON-11",
    Con12 = "CON-12",
    Con13 = "CON-13",
    Con14 = "CON-14",
    Con15 = "CON-15",
    Reg1 = "REG-1",
    Reg2 = "REG-2",
    Reg3 = "REG-3",
    Reg4 = "REG-4",
    Reg5 = "REG-5",
    Reg6 = "REG-6",
    Reg7 = "REG-7",
    Lgm1 = "LGM-1",
    Lgm2 = "LGM-2",
    Lgm3 = "LGM-3",
    Lgm4 = "LGM-4",
    Lgm5 = "LGM-5",
    Lgm6 = "LGM-6",
    Lgm7 = "LGM-7",
    Lgm8 = "LGM-8",
    Lgm9 = "LGM-9",
    Sgn1 = "SGN-1",
    Sgn2 = "SGN-2",
    Sgn3 = "SGN-3",
    Sgn4 = "SGN-4",
    Sgn5 = "SGN-5",
    Sgn6 = "SGN-6",
    Sgn7 = "SGN-7",
    Sgn8 = "SGN-8",
    Sgn9 = "SGN-9",
    Sgn10 = "SGN-10",
    Sgn11 = "SGN-11",
    Sgn12 = "SGN-12",
    Sgn13 = "SGN-13",
    Sgn14 = "SGN-14",
    Prt1 = "PRT-1",
    Prt2 = "PRT-2",
    Prt3 = "PRT-3",
    Prt4 = "PRT-4",
    Prt5 = "PRT-5",
    Prt6 = "PRT-6",
    Mfa1 = "MFA-1",
    Mfa2 = "MFA-2",
    Mfa3 = "MFA-3",
    Mfa4 = "MFA-4",
    Mfa5 = "MFA-5",
    Mfa6 = "MFA-6",
    Mfa7 = "MFA-7",
    Ver1 = "VER-1",
    Ver2 = "VER-2",
    Ver3 = "VER-3",
    Ver4 = "VER-4",
    Ver5 = "VER-5",
    Ver6 = "VER-6",
    Ver7 = "VER-7",
    Ver8 = "VER-8",
    Ver9 = "VER-9",
    Ver10 = "VER-10",
    Ver11 = "VER-11",
    Ver12 = "VER-12",
    Ver13 = "VER-13",
    Ver14 = "VER-14",
    Ver15 = "VER-15",
    Ent1 = "ENT-1",
    Ent2 = "ENT-2",
    Ent3 = "ENT-3",
    Ent4 = "ENT-4",
    Ent5 = "ENT-5",
    Ent6 = "ENT-6",
    Ent7 = "ENT-7",
    Ent8 = "ENT-8",
    Ent9 = "ENT-9",
    Ent10 = "ENT-10",
    Ent11 = "ENT-11",
    Ent12 = "ENT-12",
    Ent13 = "ENT-13",
    Ent14 = "ENT-14",
    Ent15 = "ENT-15",
    Ent16 = "ENT-16",
    Ent17 = "ENT-17",
    Ent18 = "ENT-18",
    Ent19 = "ENT-19",
    Ent20 = "ENT-20",
    Ent21 = "ENT-21",
    Chg1 = "CHG-1",
    Chg2 = "CHG-2",
    Chg3 = "CHG-3",
    Chg4 = "CHG-4",
    Chg5 = "CHG-5",
    Chg6 = "CHG-6",
    Chg7 = "CHG-7",
    Chg8 = "CHG-8",
    Chg9 = "CHG-9",
    Chg10 = "CHG-10",
    Chg11 = "CHG-11",
    Chg12 = "CHG-12",
    Chg13 = "CHG-13",
    Chg14 = "CHG-14",
    Drg1 = "DRG-1",
    Drg2 = "DRG-2",
    Drg3 = "DRG-3",
    Drg4 = "DRG-4",
    Drg5 = "DRG-5",
    Drg6 = "DRG-6",
    Drg7 = "DRG-7",
    Drg8 = "DRG-8",
    Fnd1 = "FND-1",
    Fnd2 = "FND-2",
    Fnd3 = "FND-3",
    Fnd4 = "FND-4",
    Fnd5 = "FND-5",
    Fnd6 = "FND-6",
    Fnd7 = "FND-7",
    Fnd8 = "FND-8",
    Apl1 = "APL-1",
    Apl2 = "APL-2",
    Apl3 = "APL-3",
    Apl4 = "APL-4",
    Apl5 = "APL-5",
    Apl6 = "APL-6",
    Usr1 = "USR-1",
    Usr2 = "USR-2",
    Usr3 = "USR-3",
    Usr4 = "USR-4",
    Usr5 = "USR-5",
    Usr6 = "USR-6",
    Usr7 = "USR-7",
    Usr8 = "USR-8",
    Prj1 = "PRJ-1",
    Prj2 = "PRJ-2",
    Prj3 = "PRJ-3",
    Prj4 = "PRJ-4",
    Prj5 = "PRJ-5",
    Off1 = "OFF-1",
    Off2 = "OFF-2",
    Off3 = "OFF-3",
    Wcm1 = "WCM-1",
    Hlp1 = "HLP-1",
    Hlp2 = "HLP-2",
    Ops1 = "OPS-1",
    Ops2 = "OPS-2",
    Ops3 = "OPS-3",
    Api1 = "API-1",
    Api2 = "API-2",
    Api3 = "API-3",
    Api4 = "API-4",
}

/// The text is not the id of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the id of a rule")]
pub struct UnknownRule;

impl FromStr for RuleId {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.as_str() == text)
            .ok_or(UnknownRule)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_parsed_from_what_it_prints() {
        for rule in RuleId::ALL {
            assert_eq!(rule.to_string().parse(), Ok(*rule));
        }
        assert_eq!(RuleId::ALL.len(), 170);
        assert_eq!("CON-0".parse::<RuleId>(), Err(UnknownRule));
        assert_eq!("con-2".parse::<RuleId>(), Err(UnknownRule));
    }
}
