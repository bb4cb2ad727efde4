//! What holds for every text a person or an attacker can type: no parser panics, what a value prints
//! is parsed to the same value again, and normalising twice changes nothing. Knows the parsers' names;
//! does not know their rules.

mod every_parser;

use domain::calendar::Calendar;
use domain::identity::{BankCard, Email, PersonName, PhoneNumber, ProjectName, ResidentId};
use domain::time::{Date, Timestamp};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::{collection, sample};

/// Arbitrary texts, and texts built from the pieces that parsers look for, which come near to being
/// right far more often.
fn typed() -> impl Strategy<Value = String> {
    let pieces = vec![
        "110101",
        "19900307",
        "20040229",
        "0011",
        "002X",
        "x",
        "91110108",
        "MA01ABC2",
        "5F",
        "-",
        " ",
        "\u{3000}",
        "\u{200b}",
        "\u{202d}",
        "１",
        "Ｈ",
        "H",
        "M",
        "C",
        "A",
        "(3)",
        "12345678",
        "01",
        "+",
        "00",
        "86",
        "+852",
        "886",
        "138",
        "00138000",
        "@",
        ".",
        "。",
        "example",
        "中国",
        "xn--",
        "com",
        "张三",
        "·",
        "•",
        "䶮",
        "𬱖",
        "⼀",
        "O'",
        "é",
        "ß",
        "Σ",
        "İ",
        "😀",
        "é",
        "0",
        "0.29",
        ",",
        "京",
        "ICP备",
        "ICP证",
        "号",
        "-1",
        "203.0.113.7",
        "::",
        "ffff:",
        "6222",
        "\n",
        "\r\n",
        "\0",
        "2026-09-21",
        "1000",
        "<b>",
        "（",
        "(",
        ")",
        "://",
        "/",
    ];
    prop_oneof![
        10 => any::<String>(),
        20 => collection::vec(sample::select(pieces), 0..8).prop_map(|pieces| pieces.concat()),
        10 => "[0-9A-Z]{0,20}",
        1 => Just("1".repeat(10_000)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn v_04_no_text_makes_a_parser_panic_and_what_is_printed_is_parsed_again(typed in typed()) {
        every_parser::hold(&typed);
    }

    #[test]
    fn con_14_the_canonical_form_of_an_address_is_its_own(typed in typed()) {
        if let Ok(email) = Email::parse(&typed) {
            let again = Email::parse(email.canonical()).unwrap();
            assert_eq!(again.canonical(), email.canonical());
            assert_eq!(again, email);
        }
    }

    #[test]
    fn prj_1_a_compare_key_is_its_own_key(typed in typed()) {
        if let Ok(name) = ProjectName::parse(&typed)
            && let Ok(again) = ProjectName::parse(&name.compare_key())
        {
            assert_eq!(again.compare_key(), name.compare_key());
        }
    }

    #[test]
    fn no_masked_value_shows_the_whole(typed in typed()) {
        if let Ok(phone) = PhoneNumber::parse(&typed) {
            assert!(!phone.masked().as_str().contains(phone.national()));
        }
        if let Ok(id) = ResidentId::parse(&typed) {
            assert!(!format!("{id:?}{}", id.masked()).contains(id.as_str()));
        }
        if let Ok(name) = PersonName::parse(&typed) {
            assert_ne!(name.masked().as_str(), name.as_str());
            assert!(!format!("{name:?}").contains(name.as_str()));
        }
        if let Ok(card) = BankCard::parse(&typed) {
            assert!(!card.masked().as_str().contains(card.as_str()));
        }
    }

    #[test]
    fn v_24_every_moment_lies_in_its_day(milliseconds in -62_000_000_000_000_i64..253_000_000_000_000) {
        let moment = Timestamp::from_millis(milliseconds);
        let day = moment.date();
        assert!(day.begin() <= moment && moment < day.end());
        assert_eq!(day.end().date(), day.next());
    }

    #[test]
    fn v_30_adding_business_days_and_counting_them_agree(day in 0_u32..1_200, count in 1_u16..30) {
        let calendar = Calendar::mainland();
        let from = Date::parse("2024-01-01").unwrap().plus_days(day);
        let end = calendar.add_business_days(from, count);
        assert!(calendar.is_business_day(end.date));
        assert_eq!(calendar.business_days_between(from, end.date), count);
    }
}
