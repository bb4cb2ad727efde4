//! The number of a mainland resident's ID card (GB 11643, VER-6). Knows the arithmetic; does not
//! know whether the card exists.

use serde::{Deserialize, Serialize};

use super::document::IdDocumentProblem;
use super::eighteen::Eighteen;
use super::residence_permit;
use super::uscc::Uscc;
use super::value::{masked_debug, wire_text};
use crate::masked::Masked;
use crate::time::Date;

/// A resident ID number of 18 characters, the X in upper case (VER-6).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ResidentId {
    text: String,
    province: Province,
    born: Date,
}

impl ResidentId {
    /// Parses what a person typed.
    ///
    /// Only the province part of the region is looked at: people keep the number of a county that
    /// no longer exists.
    ///
    /// # Errors
    /// Says what is wrong with the text, and names the other document where it is one (VER-6).
    pub fn parse(typed: &str) -> Result<Self, IdDocumentProblem> {
        Self::read(typed).map_err(|problem| {
            if Uscc::read(typed).is_ok() {
                IdDocumentProblem::IsEnterpriseCode
            } else {
                problem
            }
        })
    }

    /// As [`ResidentId::parse`], without a look at whether it is an organisation's code instead.
    pub(super) fn read(typed: &str) -> Result<Self, IdDocumentProblem> {
        let Eighteen { text, region, born } =
            Eighteen::parse(typed, |region| province(region).map(|_| ()))?;
        let province = province(region)?;
        Ok(Self {
            text,
            province,
            born,
        })
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The birth date that the number contains (VER-4).
    #[must_use]
    pub const fn birth_date(&self) -> Date {
        self.born
    }

    /// The province in which the number was first issued.
    #[must_use]
    pub const fn province(&self) -> Province {
        self.province
    }

    /// The number as others may see it: first and last character.
    #[must_use]
    pub fn masked(&self) -> Masked {
        Masked::middle(&self.text, 1, 1)
    }
}

masked_debug!(ResidentId);
wire_text!(ResidentId);

fn province(region: u32) -> Result<Province, IdDocumentProblem> {
    if residence_permit::place(region).is_ok() {
        return Err(IdDocumentProblem::IsResidencePermit);
    }
    let digits = u8::try_from(region / 10_000).unwrap_or(0);
    Province::from_digits(digits).ok_or(IdDocumentProblem::UnknownProvince { digits })
}

macro_rules! provinces {
    ($($(#[$doc:meta])* $variant:ident = $digits:literal),+ $(,)?) => {
        /// A province, autonomous region or municipality of the mainland, by the first two digits of a
        /// region code (VER-6).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum Province { $($(#[$doc])* $variant),+ }

        impl Province {
            /// The province with these two digits. Taiwan, Hong Kong and Macau (71, 81, 82) issue no
            /// resident IDs and are not among them.
            #[must_use]
            pub const fn from_digits(digits: u8) -> Option<Self> {
                match digits {
                    $($digits => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

provinces! {
    /// 北京
    Beijing = 11,
    /// 天津
    Tianjin = 12,
    /// 河北
    Hebei = 13,
    /// 山西
    Shanxi = 14,
    /// 内蒙古
    InnerMongolia = 15,
    /// 辽宁
    Liaoning = 21,
    /// 吉林
    Jilin = 22,
    /// 黑龙江
    Heilongjiang = 23,
    /// 上海
    Shanghai = 31,
    /// 江苏
    Jiangsu = 32,
    /// 浙江
    Zhejiang = 33,
    /// 安徽
    Anhui = 34,
    /// 福建
    Fujian = 35,
    /// 江西
    Jiangxi = 36,
    /// 山东
    Shandong = 37,
    /// 河南
    Henan = 41,
    /// 湖北
    Hubei = 42,
    /// 湖南
    Hunan = 43,
    /// 广东
    Guangdong = 44,
    /// 广西
    Guangxi = 45,
    /// 海南
    Hainan = 46,
    /// 重庆
    Chongqing = 50,
    /// 四川
    Sichuan = 51,
    /// 贵州
    Guizhou = 52,
    /// 云南
    Yunnan = 53,
    /// 西藏
    Tibet = 54,
    /// 陕西
    Shaanxi = 61,
    /// 甘肃
    Gansu = 62,
    /// 青海
    Qinghai = 63,
    /// 宁夏
    Ningxia = 64,
    /// 新疆
    Xinjiang = 65,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(typed: &str) -> IdDocumentProblem {
        ResidentId::parse(typed).unwrap_err()
    }

    #[test]
    fn v_01_ver_6_numbers_that_end_in_x_are_stored_in_upper_case() {
        for typed in [
            "11010119900307002X",
            "11010119900307002x",
            "  11010119900307002x ",
        ] {
            assert_eq!(
                ResidentId::parse(typed).unwrap().as_str(),
                "11010119900307002X"
            );
        }
    }

    #[test]
    fn v_02_the_birth_date_is_a_day_of_the_calendar() {
        let october = ResidentId::parse("110101199010010025").unwrap();
        assert_eq!(Some(october.birth_date()), Date::from_ymd(1990, 10, 1));
        assert_eq!(october.province(), Province::Beijing);
        assert!(ResidentId::parse("110101200002290026").is_ok());
        for typed in [
            "110101199000070016",
            "110101199013070015",
            "110101199004310013",
            "110101202302290019",
            "110101190002290011",
        ] {
            assert_eq!(
                problem(typed),
                IdDocumentProblem::ImpossibleBirthDate,
                "{typed}"
            );
        }
        assert_eq!(
            problem("110101189912310036"),
            IdDocumentProblem::BornBefore1900
        );
    }

    #[test]
    fn v_03_a_county_that_no_longer_exists_is_accepted() {
        let id = ResidentId::parse("412723197005060049").unwrap();
        assert_eq!(id.province(), Province::Henan);
    }

    #[test]
    fn v_04_hostile_characters_are_an_error_and_no_crash() {
        assert_eq!(
            problem("11010119900307A011"),
            IdDocumentProblem::ForbiddenCharacter { character: 'A' }
        );
        assert_eq!(
            problem("1101011990😀3070011"),
            IdDocumentProblem::ForbiddenCharacter { character: '😀' }
        );
        assert_eq!(
            problem("X10101199003070011"),
            IdDocumentProblem::ForbiddenCharacter { character: 'X' }
        );
        assert_eq!(
            problem("11010119900307002×"),
            IdDocumentProblem::ForbiddenCharacter { character: '×' }
        );
        assert_eq!(problem(""), IdDocumentProblem::Empty);
        assert_eq!(
            problem(&"1".repeat(10_000)),
            IdDocumentProblem::WrongLength {
                length: 10_000,
                wanted: 18
            }
        );
        let full_width = ResidentId::parse("１１０１０１１９９００３０７００１１").unwrap();
        assert_eq!(full_width.as_str(), "110101199003070011");
    }

    #[test]
    fn v_05_ver_6_a_residence_permit_is_named_as_another_document() {
        for typed in [
            "810000199003070015",
            "830000199003070019",
            "820000199003070000",
        ] {
            assert_eq!(
                problem(typed),
                IdDocumentProblem::IsResidencePermit,
                "{typed}"
            );
        }
        assert_eq!(
            problem("710000199003070011"),
            IdDocumentProblem::UnknownProvince { digits: 71 }
        );
    }

    #[test]
    fn ver_6_length_and_check_character() {
        assert_eq!(problem("110101900307001"), IdDocumentProblem::FifteenDigits);
        for (typed, length) in [("11010119900307001", 17), ("1101011990030700110", 19)] {
            assert_eq!(
                problem(typed),
                IdDocumentProblem::WrongLength { length, wanted: 18 }
            );
        }
        assert_eq!(
            problem("110101199003070010"),
            IdDocumentProblem::WrongCheckCharacter
        );
        assert_eq!(
            problem("000000000000000000"),
            IdDocumentProblem::UnknownProvince { digits: 0 }
        );
    }

    #[test]
    fn v_07_an_organisation_code_is_named_and_a_number_that_is_both_stays_a_resident_id() {
        assert_eq!(
            problem("91110108MA01ABC25F"),
            IdDocumentProblem::IsEnterpriseCode
        );
        assert!(ResidentId::parse("110101199003010035").is_ok());
    }

    #[test]
    fn personal_data_is_not_printed() {
        let id = ResidentId::parse("110101199003070011").unwrap();
        assert_eq!(format!("{id:?}"), "ResidentId(1********1)");
    }
}
