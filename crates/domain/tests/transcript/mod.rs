//! What the rule book answers to a few thousand inputs, as one text. The native program and the
//! browser's WebAssembly each write it, and the two must be the same to the byte (API-4). Knows
//! parsers and decisions by name; does not know which answer is right.

use std::fmt::{Debug, Write as _};

use domain::account::{AccountId, Nickname};
use domain::calendar::Calendar;
use domain::identity::{
    BankCard, CorporateAccount, DomainName, Email, EnterpriseCode, EnterpriseName, Fen,
    HkMacauPermit, IcpFiling, OrganisationCode, Passport, PersonName, PhoneNumber,
    ProjectDescription, ProjectName, ResidencePermit, ResidentId, ServerIp, SubUserName,
    TaiwanPermit, TransferAmount, Uscc,
};
use domain::policy::Policy;
use domain::sign_in::{
    Captcha, Password, PasswordOwner, Session, WrongPasswords, may_try_password, try_password,
};
use domain::time::{Date, Span, Timestamp};

const VECTORS: &str = include_str!("../vectors.json");

/// Characters that forms meet: digits and letters of several widths, marks that look like others,
/// invisible ones, and some that take four bytes.
const CHARACTERS: &[char] = &[
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '1', '8', 'X', 'x', 'A', 'Z', 'h', 'M',
    '0', '１', '９', '①', '٣', '.', '。', '@', '-', '_', '+', '(', '（', '·', '•', ' ', '\u{3000}',
    '\u{200b}', '\u{202d}', '\n', '张', '三', '有', '京', '䶮', '𬱖', '😀', 'é', 'İ', 'ß', '×',
];

/// The whole transcript: one line an answer.
pub(crate) fn transcript() -> String {
    let mut pen = Pen(String::new());
    let mut dice = Dice(0x0acc_0027_c0de_2026);
    let known = known_inputs();
    for typed in &known {
        pen.parsers(typed);
    }
    for _ in 0..1000 {
        pen.parsers(&dice.text());
        pen.parsers(&dice.misspelt(&known));
    }
    let policy = Policy::default();
    let calendar = Calendar::mainland();
    for _ in 0..1500 {
        pen.moments(&calendar, dice.moment(), dice.moment());
        pen.session(&policy, dice.moment(), dice.below(200));
    }
    for _ in 0..200 {
        pen.wrong_passwords(&policy, &mut dice);
    }
    pen.0
}

/// Writes lines of the transcript.
struct Pen(String);

impl Pen {
    fn line(&mut self, what: &str, input: &str, answer: &impl Debug) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.0, "{what} {input:?} {answer:?}");
    }

    fn parsers(&mut self, typed: &str) {
        macro_rules! texts {
            ($($value:ty),+ $(,)?) => { $(
                let answer = <$value>::parse(typed).map(|value| value.as_str().to_owned());
                self.line(stringify!($value), typed, &answer);
            )+ };
        }
        macro_rules! printed {
            ($($value:ty),+ $(,)?) => { $(
                let answer = <$value>::parse(typed).map(|value| value.to_string());
                self.line(stringify!($value), typed, &answer);
            )+ };
        }
        texts!(
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
            BankCard,
            CorporateAccount,
            DomainName,
            IcpFiling,
            ProjectName,
            ProjectDescription,
            SubUserName,
            Nickname,
        );
        printed!(Fen, ServerIp, Date, AccountId);
        let email = Email::parse(typed).map(|it| it.canonical().to_owned());
        self.line("Email", typed, &email);
        let amount = TransferAmount::parse(typed).map(TransferAmount::fen);
        self.line("TransferAmount", typed, &amount);
        let owner = PasswordOwner {
            email_name: Some("zhang".to_owned()),
            ..PasswordOwner::default()
        };
        let policy = Policy::default().sign_in;
        let password = Password::choose(typed, &owner, |text| text == "12345678", &policy);
        self.line(
            "Password",
            typed,
            &password.map(|it| it.expose().to_owned()),
        );
    }

    fn moments(&mut self, calendar: &Calendar, moment: Timestamp, other: Timestamp) {
        let day = moment.date();
        let input = moment.as_millis().to_string();
        self.line("day", &input, &(day.to_string(), day.begin(), day.end()));
        self.line("age", &input, &day.age_on(other.date()));
        self.line("business day", &input, &calendar.is_business_day(day));
        self.line("due", &input, &calendar.due(moment, 3));
        self.line("since", &input, &moment.since(other));
    }

    fn session(&mut self, policy: &Policy, began: Timestamp, minutes: u32) {
        let session = Session {
            began,
            used: began.plus(Span::from_minutes(minutes * 30)),
        };
        let end = session.end(&policy.sign_in);
        self.line("session", &began.as_millis().to_string(), &end);
    }

    fn wrong_passwords(&mut self, policy: &Policy, dice: &mut Dice) {
        let policy = &policy.sign_in;
        let mut now = dice.moment();
        let mut wrong = WrongPasswords::None;
        for _ in 0..16 {
            let captcha = match dice.below(4) {
                0 => Captcha::Missing,
                _ => Captcha::Solved,
            };
            let may = may_try_password(wrong, captcha, policy, now);
            let tried = try_password(wrong, captcha, dice.below(9) == 0, policy, now);
            self.line(
                "wrong passwords",
                &now.as_millis().to_string(),
                &(may, &tried),
            );
            wrong = tried.state;
            now = now.plus(Span::from_minutes(dice.below(30)));
        }
    }
}

/// The inputs of the shared vectors.
fn known_inputs() -> Vec<String> {
    let vectors: serde_json::Value = serde_json::from_str(VECTORS).unwrap_or_default();
    let rows = vectors.get("vectors").and_then(|rows| rows.as_array());
    rows.into_iter()
        .flatten()
        .filter_map(|row| row.get("input")?.as_str().map(str::to_owned))
        .collect()
}

/// Numbers that look drawn by chance and are the same on every machine (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, end: u32) -> u32 {
        // The upper half is the better drawn one; the remainder fits what `end` fits.
        ((self.next() >> 32) % u64::from(end)) as u32
    }

    fn character(&mut self) -> char {
        let place = self.below(CHARACTERS.len() as u32) as usize;
        CHARACTERS.get(place).copied().unwrap_or('0')
    }

    fn text(&mut self) -> String {
        (0..self.below(22)).map(|_| self.character()).collect()
    }

    /// A known input with one character changed, removed or added.
    fn misspelt(&mut self, known: &[String]) -> String {
        let place = self.below(known.len() as u32) as usize;
        let mut characters: Vec<char> = known
            .get(place)
            .into_iter()
            .flat_map(|it| it.chars())
            .collect();
        let at = self.below(characters.len() as u32 + 1) as usize;
        let wrong = self.character();
        match (self.below(3), characters.get_mut(at)) {
            (0, Some(character)) => *character = wrong,
            (1, Some(_)) => {
                characters.remove(at);
            }
            _ => characters.insert(at, wrong),
        }
        characters.into_iter().collect()
    }

    /// A moment from 1968 to 2031, the first years of which lie before the epoch.
    fn moment(&mut self) -> Timestamp {
        const TWO_YEARS: i64 = 2 * 365 * 86_400_000;
        let seconds = self.below(2_000_000_000);
        let millisecond = self.below(1000);
        Timestamp::from_millis(i64::from(seconds) * 1000 + i64::from(millisecond) - TWO_YEARS)
    }
}
