//! What is wrong with what was typed of a person or an enterprise, for every form that asks for one
//! (VER-6, ENT-6, CHG-6).

use domain::identity::{
    EnterpriseCodeProblem, EnterpriseNameProblem, IdDocumentKind, IdDocumentProblem,
    PersonNameProblem,
};
use domain::verification::change::PostalAddressProblem;

use super::Language;

/// What is wrong with the name of a person.
#[must_use]
pub fn person_name_problem(language: Language, problem: PersonNameProblem) -> String {
    use PersonNameProblem as P;
    match (language, problem) {
        (Language::Chinese, P::Empty) => "请填写姓名".to_owned(),
        (Language::English, P::Empty) => "Enter the name.".to_owned(),
        (Language::Chinese, P::TooShort { shortest }) => format!("姓名至少 {shortest} 个字"),
        (Language::English, P::TooShort { shortest }) => {
            format!("A name has {shortest} characters or more.")
        }
        (Language::Chinese, P::TooLong { longest }) => format!("姓名最多 {longest} 个字"),
        (Language::English, P::TooLong { longest }) => {
            format!("A name has {longest} characters at most.")
        }
        (Language::Chinese, P::ForbiddenCharacter { character }) => {
            format!("姓名中不能有“{character}”")
        }
        (Language::English, P::ForbiddenCharacter { character }) => {
            format!("No name has the character “{character}”.")
        }
        (Language::Chinese, P::BlankInside) => {
            "汉字之间有空格，请去掉；少数民族姓名请用“·”分隔".to_owned()
        }
        (Language::English, P::BlankInside) => {
            "There is a blank between Chinese characters. Take it out, or write “·” where the name has one."
                .to_owned()
        }
        (Language::Chinese, P::DotAtEdge) => "姓名不能以“·”开头或结尾".to_owned(),
        (Language::English, P::DotAtEdge) => {
            "A name does not begin or end with a dot.".to_owned()
        }
        (Language::Chinese, P::DoubledDot) => "有两个连在一起的分隔符，请去掉一个".to_owned(),
        (Language::English, P::DoubledDot) => {
            "Two dots or hyphens stand side by side. Take one out.".to_owned()
        }
        (Language::Chinese, P::MixedScripts) => {
            "汉字和字母混在一起，请按证件填写其中一种".to_owned()
        }
        (Language::English, P::MixedScripts) => {
            "Chinese characters and letters are mixed. Write the name as the document does.".to_owned()
        }
    }
}

/// What is wrong with the number of a document.
#[must_use]
pub fn id_document_problem(language: Language, problem: IdDocumentProblem) -> String {
    use IdDocumentProblem as P;
    let plain = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    match problem {
        P::Empty => plain("请填写证件号码", "Enter the document's number."),
        P::ForbiddenCharacter { character } => match language {
            Language::Chinese => format!("证件号码中不能有“{character}”"),
            Language::English => format!("The number cannot have “{character}” there."),
        },
        P::WrongLength { length, wanted } => match language {
            Language::Chinese => format!("证件号码应为 {wanted} 位，现在是 {length} 位"),
            Language::English => {
                format!("The number has {wanted} characters; {length} were typed.")
            }
        },
        P::FifteenDigits => plain(
            "15 位号码是第一代身份证，2013 年起已停用，请填写 18 位号码",
            "A number of 15 digits belongs to a card of the first generation, void since 2013. Enter the 18 \
             characters of the present one.",
        ),
        P::UnknownProvince { digits } => match language {
            Language::Chinese => format!("前两位 {digits:02} 不是任何省份，请检查"),
            Language::English => format!("{digits:02} at the beginning is no province."),
        },
        P::ImpossibleBirthDate => plain(
            "第 7 至 14 位不是有效的出生日期，请检查",
            "The digits 7 to 14 are no day of the calendar.",
        ),
        P::BornBefore1900 => plain(
            "出生日期早于 1900 年，请检查",
            "The birth date is before 1900.",
        ),
        P::WrongCheckCharacter => plain(
            "最后一位校验码与前面不符，请逐位核对",
            "The last character does not fit the others: something is mistyped.",
        ),
        P::IsResidencePermit => plain(
            "这是港澳台居民居住证，请改用对应的通行证或选择该证件",
            "This is a residence permit for residents of Hong Kong, Macau and Taiwan, which is another document.",
        ),
        P::IsResidentId => plain(
            "这是居民身份证号码，请选择居民身份证",
            "This is the number of a resident ID card. Choose that document.",
        ),
        P::IsEnterpriseCode => plain(
            "这是统一社会信用代码，请填写个人证件号码",
            "This is the code of an organisation. Enter the number of a person's document.",
        ),
        P::IsExitPermit => plain(
            "这是内地居民往来港澳通行证，需要的是港澳居民来往内地通行证",
            "This is the permit by which mainland residents travel to Hong Kong or Macau; the one the other way is needed.",
        ),
        P::IsHkIdentityCard => plain(
            "这是香港身份证号码，请填写来往内地通行证号码",
            "This is the number of a Hong Kong identity card. Enter that of the travel permit.",
        ),
        P::IsTaiwanIdentityCard => plain(
            "这是台湾身份证号码，请填写来往大陆通行证号码",
            "This is the number of a Taiwan identity card. Enter that of the travel permit.",
        ),
        P::WrongFirstLetter { character } => match language {
            Language::Chinese => {
                format!("首位应为 H（香港）或 M（澳门），现在是“{character}”")
            }
            Language::English => {
                format!("It begins with H (Hong Kong) or M (Macau), not “{character}”.")
            }
        },
    }
}

/// What is wrong with the name of an enterprise.
#[must_use]
pub fn enterprise_name_problem(language: Language, problem: EnterpriseNameProblem) -> String {
    use EnterpriseNameProblem as P;
    match (language, problem) {
        (Language::Chinese, P::Empty) => "请填写企业名称".to_owned(),
        (Language::English, P::Empty) => "Enter the enterprise's name.".to_owned(),
        (Language::Chinese, P::TooShort { shortest }) => {
            format!("企业名称至少 {shortest} 个字；如执照上的名称确实更短，请携执照联系客服")
        }
        (Language::English, P::TooShort { shortest }) => format!(
            "An enterprise's name has {shortest} characters or more. Should the licence really say less, contact \
             support with it."
        ),
        (Language::Chinese, P::TooLong { longest }) => format!("企业名称最多 {longest} 个字"),
        (Language::English, P::TooLong { longest }) => {
            format!("An enterprise's name has {longest} characters at most.")
        }
        (Language::Chinese, P::ForbiddenCharacter { character }) => {
            format!("企业名称中不能有“{character}”，请按执照填写")
        }
        (Language::English, P::ForbiddenCharacter { character }) => {
            format!("No certificate prints “{character}”. Write the name as the certificate does.")
        }
    }
}

/// What is wrong with the code of an enterprise.
#[must_use]
pub fn enterprise_code_problem(language: Language, problem: EnterpriseCodeProblem) -> String {
    use EnterpriseCodeProblem as P;
    let plain = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    match problem {
        P::Empty => plain(
            "请填写统一社会信用代码或其他组织机构代码",
            "Enter the unified social credit code or another organisation code.",
        ),
        P::WrongLength { length } => match language {
            Language::Chinese => format!(
                "统一社会信用代码为 18 位，组织机构代码为 9 位，注册号为 15 位；现在是 {length} 位"
            ),
            Language::English => format!(
                "A unified social credit code has 18 characters, an organisation code 9, a registration number 15; \
                 {length} were typed."
            ),
        },
        P::ForbiddenCharacter { character } => match language {
            Language::Chinese => {
                format!("此处不能是“{character}”；统一社会信用代码不使用字母 I、O、S、V、Z")
            }
            Language::English => format!(
                "The code cannot have “{character}” there; a unified social credit code has no I, O, S, V and Z."
            ),
        },
        P::IsOtherCode => plain(
            "这是旧的组织机构代码或注册号，请填写 18 位统一社会信用代码",
            "This is an older code. Enter the unified social credit code of 18 characters.",
        ),
        P::IsUscc => plain(
            "这是统一社会信用代码，请填写旧的组织机构代码或注册号",
            "This is the unified social credit code. Enter the older code.",
        ),
        P::WrongOrganisationCheckCharacter => plain(
            "其中的组织机构代码（第 9 至 17 位）校验不符，请逐位核对",
            "The organisation code inside it does not fit its check character: something is mistyped.",
        ),
        P::WrongCheckCharacter => plain(
            "最后一位校验码与前面不符，请逐位核对",
            "The last character does not fit the others: something is mistyped.",
        ),
        P::LooksLikeResidentId => plain(
            "这像是身份证号码，请填写企业的代码",
            "This looks like the number of an ID card. Enter the enterprise's code.",
        ),
    }
}

/// What is wrong with a postal address.
#[must_use]
pub fn postal_address_problem(language: Language, problem: PostalAddressProblem) -> String {
    match (language, problem) {
        (Language::Chinese, PostalAddressProblem::Empty) => "请填写通信地址".to_owned(),
        (Language::English, PostalAddressProblem::Empty) => "Enter the postal address.".to_owned(),
        (Language::Chinese, PostalAddressProblem::TooLong { longest }) => {
            format!("通信地址最多 {longest} 个字")
        }
        (Language::English, PostalAddressProblem::TooLong { longest }) => {
            format!("The address has {longest} characters at most.")
        }
        (Language::Chinese, PostalAddressProblem::ControlCharacter) => {
            "通信地址请写在一行内".to_owned()
        }
        (Language::English, PostalAddressProblem::ControlCharacter) => {
            "Write the address on one line.".to_owned()
        }
    }
}

/// What a document is called.
#[must_use]
pub const fn id_document_kind(language: Language, kind: IdDocumentKind) -> &'static str {
    let (chinese, english) = match kind {
        IdDocumentKind::ResidentId => ("居民身份证", "Resident ID card"),
        IdDocumentKind::ResidencePermit => {
            ("港澳台居民居住证", "Residence permit (HK, Macau, Taiwan)")
        }
        IdDocumentKind::HkMacauPermit => (
            "港澳居民来往内地通行证",
            "Mainland travel permit (HK, Macau)",
        ),
        IdDocumentKind::TaiwanPermit => {
            ("台湾居民来往大陆通行证", "Mainland travel permit (Taiwan)")
        }
        IdDocumentKind::Passport => ("护照", "Passport"),
    };
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}
