//! The contract's rules by id, each with a line that says what it is about. Knows the ids; does not
//! know what enforces them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! rules {
    ($($variant:ident = $id:literal: $statement:literal),+ $(,)?) => {
        /// One rule of the product's contract, written `CON-2`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RuleId { $(#[doc = $statement] $variant),+ }

        impl RuleId {
            /// Every rule, in the contract's order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The id as the contract writes it, such as `CON-2`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// What the rule says, in one line for developers and reports; what a person reads is
            /// written in the app's own texts.
            #[must_use]
            pub const fn statement(self) -> &'static str {
                match self { $(Self::$variant => $statement),+ }
            }
        }
    };
}

rules! {
    Acc1 = "ACC-1": "Every account has one id of 12 digits that is shown, never changes and is never given again.",
    Acc2 = "ACC-2": "`GetUserAppId` answers the caller's id, the root account's id and the app id.",
    Acc3 = "ACC-3": "Basic info shows when the account was registered.",
    Acc4 = "ACC-4": "The nickname is display text only; the verified name is advised against as nickname, once.",
    Acc5 = "ACC-5": "Nothing is shared, linked, found or merged between the China site and the International site.",
    Acc6 = "ACC-6": "A frozen account says why and what lifts it; purchases, new projects, users and keys are refused.",
    Acc7 = "ACC-7": "My resources shows the products that the account has opened.",
    Acc8 = "ACC-8": "Only filings and domains can move to another account; resources cannot.",
    Acc9 = "ACC-9": "A filing moves to another account of the same site for two named reasons, when both sides confirm.",
    Acc10 = "ACC-10": "Handing an account over is a checklist computed from what is bound and verified now.",
    Acc11 = "ACC-11": "An account can be found by server address, domain or filing.",
    Acc12 = "ACC-12": "Password and phone can be changed from a mobile; every page works on a narrow screen.",
    Acc13 = "ACC-13": "One card lists every pending change of the account with its state and what can be done.",
    Acc14 = "ACC-14": "The owner can lock the account at once, download all data about them and see a change before saving.",
    Con1 = "CON-1": "Login, security and contact e-mail, and the three phones, are separate; changing one changes no other.",
    Con2 = "CON-2": "One number is the security phone of at most 5 accounts, and a place given up is free at once.",
    Con3 = "CON-3": "A new security phone needs an identity check and then a code sent to the new number.",
    Con4 = "CON-4": "Who cannot use the current phone changes it by appeal with the listed materials.",
    Con5 = "CON-5": "A new security e-mail needs an identity check, a code to the original address and one to the new.",
    Con6 = "CON-6": "A new contact phone or e-mail counts only after it was confirmed; until then the old one stays.",
    Con7 = "CON-7": "Contact phone and security phone may differ; verification looks at the security phone only.",
    Con8 = "CON-8": "The old security phone gets no more codes; where it is still a message phone, that is said.",
    Con9 = "CON-9": "A recycled number is detached after 7 days in which its former holders may object.",
    Con10 = "CON-10": "A phone that receives someone else's messages is led to the cause and its remedy.",
    Con11 = "CON-11": "When no code arrives, the usual causes and the real sender address are named.",
    Con12 = "CON-12": "Codes are short-lived, single-use, bound to purpose and target, and limited in tries and sends.",
    Con13 = "CON-13": "Phone numbers are normalised to E.164 and shown masked.",
    Con14 = "CON-14": "An e-mail that registered an account cannot be linked to another; letter case does not count.",
    Con15 = "CON-15": "With a login e-mail set, e-mail sign-in is possible.",
    Reg1 = "REG-1": "An account is registered by WeChat, e-mail, QQ, Official Account or WeCom.",
    Reg2 = "REG-2": "The account works at once after registration.",
    Reg3 = "REG-3": "Registration binds a security phone, which is never itself a login name.",
    Reg4 = "REG-4": "Enterprises are advised to register with what belongs to the company.",
    Reg5 = "REG-5": "A registration method that was unbound can be bound again as a login method.",
    Reg6 = "REG-6": "Individuals of Hong Kong, Macau and Taiwan may register, for personal verification only.",
    Reg7 = "REG-7": "Registration records which terms and privacy text were agreed to, and when.",
    Lgm1 = "LGM-1": "The last login method cannot be unbound.",
    Lgm2 = "LGM-2": "The registration method can be unbound when another method and a security phone are bound.",
    Lgm3 = "LGM-3": "The e-mail can be replaced; when it is the only method, another is bound before.",
    Lgm4 = "LGM-4": "A login identity about to expire is replaced by binding another method first.",
    Lgm5 = "LGM-5": "One WeChat may open several accounts; any other identity opens one; one of each kind an account.",
    Lgm6 = "LGM-6": "Only root accounts can be linked to one another.",
    Lgm7 = "LGM-7": "WeCom can be bound only by an administrator of that organisation.",
    Lgm8 = "LGM-8": "Unbinding WeChat as login method leaves it in place as MFA.",
    Lgm9 = "LGM-9": "Binding and unbinding need a fresh identity check and are notified.",
    Sgn1 = "SGN-1": "Wrong passwords are counted a day: then a captcha is asked for, then sign-in is locked for an hour.",
    Sgn2 = "SGN-2": "A trusted device skips the second check at sign-in for 7 days, and never operation protection.",
    Sgn3 = "SGN-3": "Who cannot use the phone at the second check is offered every other method of the account.",
    Sgn4 = "SGN-4": "A risky sign-in needs a face check, or another method where no person is verified.",
    Sgn5 = "SGN-5": "A WeChat that is not bound can be linked to a proved account or register a new one.",
    Sgn6 = "SGN-6": "A changed password works at once and ends all other sessions.",
    Sgn7 = "SGN-7": "A forgotten password is reset by code, by another login method, or by appeal.",
    Sgn8 = "SGN-8": "A sub-user's forgotten password is reset by its root account.",
    Sgn9 = "SGN-9": "The sign-in history shows time, address, place, device, method and result.",
    Sgn10 = "SGN-10": "Who has several accounts on one phone or WeChat chooses; frozen third-party accounts are explained.",
    Sgn11 = "SGN-11": "A QR code lives 2 minutes, works once, and warns against sharing.",
    Sgn12 = "SGN-12": "Passwords have 8 to 128 characters and are neither common nor made of the account's own names.",
    Sgn13 = "SGN-13": "Sessions end when unused or too old, warn before, and can be listed and ended.",
    Sgn14 = "SGN-14": "A sub-user signs in with the root's account id, its user name and password.",
    Prt1 = "PRT-1": "Sign-in protection asks for one chosen factor that must be bound and stay bound.",
    Prt2 = "PRT-2": "Sensitive operations need an identity check, which counts for 15 minutes in its session.",
    Prt3 = "PRT-3": "Security settings show what is bound and missing, a score and one next step.",
    Prt4 = "PRT-4": "A change is proved by any method but the replaced thing alone when that was changed lately.",
    Prt5 = "PRT-5": "When a leaver's factor is asked for, the remedy depends on the factor.",
    Prt6 = "PRT-6": "Results of security changes go to security phone and e-mail, old and new.",
    Mfa1 = "MFA-1": "An MFA device is an authenticator app, a one-time-code token or a security key.",
    Mfa2 = "MFA-2": "An account has at most one MFA device; replacing proves the new one first.",
    Mfa3 = "MFA-3": "A code counts in its step and one either side, once, and wrong tries lock the check.",
    Mfa4 = "MFA-4": "A refused code names its two causes and the server's time.",
    Mfa5 = "MFA-5": "A lost device is unbound by appeal.",
    Mfa6 = "MFA-6": "A WeChat MFA works until it is unbound itself.",
    Mfa7 = "MFA-7": "Binding hands out 10 recovery codes, each good once and shown once.",
    Ver1 = "VER-1": "A verified account cannot become unverified by request.",
    Ver2 = "VER-2": "One person verifies at most 3 accounts.",
    Ver3 = "VER-3": "A person is verified by WeChat scan, face or QQ scan, at once.",
    Ver4 = "VER-4": "A person must be 18 or older on the day.",
    Ver5 = "VER-5": "Individuals of Hong Kong, Macau and Taiwan are verified by their own WeChat only.",
    Ver6 = "VER-6": "A resident ID has 18 characters with right province, birth date and check character.",
    Ver7 = "VER-7": "A failed face check lists its causes.",
    Ver8 = "VER-8": "A created sub-user inherits the verification; an associated one must have its own.",
    Ver9 = "VER-9": "Without verification the account cannot buy, use resources, invoice, contract or join betas.",
    Ver10 = "VER-10": "A failed verification shows the reasons and keeps everything typed.",
    Ver11 = "VER-11": "Whoever's identity was misused is led to find, regain and close the accounts.",
    Ver12 = "VER-12": "The status on Account info follows the verification without signing in again.",
    Ver13 = "VER-13": "Contact phone and security phone may differ at verification.",
    Ver14 = "VER-14": "Methods are advised by who can use them, what they need and how long they take.",
    Ver15 = "VER-15": "Each method has a processing time, past which support is offered.",
    Ent1 = "ENT-1": "One enterprise verifies at most 10 accounts, unless an operator raised its limit.",
    Ent2 = "ENT-2": "One account has one subject.",
    Ent3 = "ENT-3": "An enterprise is verified by one of five methods, three of them recommended.",
    Ent4 = "ENT-4": "Public institutions use the Official Account or a bank transfer.",
    Ent5 = "ENT-5": "A foreign legal representative leaves bank transfer, top-up and Official Account.",
    Ent6 = "ENT-6": "Both check characters of a USCC count; older codes are accepted and completed later.",
    Ent7 = "ENT-7": "A transferred amount is entered within 7 days and 2 tries.",
    Ent8 = "ENT-8": "A top-up below 1 yuan from the corporate account arrives within 7 days and becomes balance.",
    Ent9 = "ENT-9": "A new licence may need up to 7 business days to be on record.",
    Ent10 = "ENT-10": "A representative's check that passed but failed says what to check and when to try again.",
    Ent11 = "ENT-11": "A document restricted in use counts only if the restriction names this verification.",
    Ent12 = "ENT-12": "The Official Account permission is used once and can be withdrawn.",
    Ent13 = "ENT-13": "A legal representative's scan does not bind that WeChat.",
    Ent14 = "ENT-14": "Who handled the verification cannot be changed later.",
    Ent15 = "ENT-15": "A dissolved company's resources do not stop at once; its owner is urged to act.",
    Ent16 = "ENT-16": "A re-check that fails gives notice first and then takes the verification away.",
    Ent17 = "ENT-17": "A failed transfer verification needs a new transfer.",
    Ent18 = "ENT-18": "Card numbers have 13 to 19 digits and only warn on the check digit; accounts have 9 to 32.",
    Ent19 = "ENT-19": "A right amount that was refused goes to support with account id and receipt.",
    Ent20 = "ENT-20": "A blank page after the WeChat permission can be resumed.",
    Ent21 = "ENT-21": "The enterprise contact can be edited, or added when CDN is used.",
    Chg1 = "CHG-1": "Which subject may become which: never an enterprise a person, never a mainland person an overseas one.",
    Chg2 = "CHG-2": "30 days lie between changes, except from person to enterprise.",
    Chg3 = "CHG-3": "No change while money is owed or another change is in review.",
    Chg4 = "CHG-4": "An enterprise changes its subject, its name or its legal representative.",
    Chg5 = "CHG-5": "Each kind of change has its steps; nothing typed is lost and submitting twice is one application.",
    Chg6 = "CHG-6": "Each kind of change has its form.",
    Chg7 = "CHG-7": "Each kind of change has its proofs, also for changed or dissolved former subjects.",
    Chg8 = "CHG-8": "Changes without paper are open to enterprises whose USCC starts with 9.",
    Chg9 = "CHG-9": "Review takes at most 3 business days, can be withdrawn, and gives reasons per item.",
    Chg10 = "CHG-10": "A changed business address needs no new verification.",
    Chg11 = "CHG-11": "The user confirms that the resources go to the new subject.",
    Chg12 = "CHG-12": "Approval checks the new subject's limit again and frees the old one's place.",
    Chg13 = "CHG-13": "Documents are checked by content, limited, rewritten, encrypted, audited and deleted in time.",
    Chg14 = "CHG-14": "The former owner agrees first, then the new one accepts.",
    Drg1 = "DRG-1": "Only the signed-in owner applies for deregistration.",
    Drg2 = "DRG-2": "Seven conditions must be met, each shown with its state and the way to settle it.",
    Drg3 = "DRG-3": "Some remains do not block once the owner gives them up; arrears always do.",
    Drg4 = "DRG-4": "An unverified account can be deregistered; a dissolved enterprise shows the registry's statement.",
    Drg5 = "DRG-5": "An application freezes the account until it is decided or cancelled.",
    Drg6 = "DRG-6": "After deregistration all data are gone and every counted place is free.",
    Drg7 = "DRG-7": "Who has lost the phone changes it before deregistering.",
    Drg8 = "DRG-8": "The last step needs the account id typed and an identity check; conditions are checked again.",
    Fnd1 = "FND-1": "An account is found in seven ways.",
    Fnd2 = "FND-2": "By security phone and code: all its accounts, masked.",
    Fnd3 = "FND-3": "By account id: the login methods, after the bound phone or a face answered.",
    Fnd4 = "FND-4": "By domain, server address or filing: the masked account, a few times a day.",
    Fnd5 = "FND-5": "Answers are masked, and the same whether something was found or not.",
    Fnd6 = "FND-6": "By personal information and face: the accounts verified with it.",
    Fnd7 = "FND-7": "By enterprise information and licence or face: reviewed, with a query code.",
    Fnd8 = "FND-8": "Results lead on to sign-in, reset or appeal.",
    Apl1 = "APL-1": "An approved appeal to sign in makes a new e-mail a login method.",
    Apl2 = "APL-2": "The security phone can be changed by appeal.",
    Apl3 = "APL-3": "A recycled number is an appeal.",
    Apl4 = "APL-4": "MFA is removed by appeal of the verified subject, with the listed materials.",
    Apl5 = "APL-5": "An appeal has a number, a state, a timeline and a secret link.",
    Apl6 = "APL-6": "An approved appeal takes effect 24 hours after notice, unless someone objects.",
    Usr1 = "USR-1": "A root account creates sub-users, collaborators and message recipients.",
    Usr2 = "USR-2": "Sub-users and collaborators together are at most 1000.",
    Usr3 = "USR-3": "A collaborator is a root account that accepted an invitation.",
    Usr4 = "USR-4": "A sub-user has one root account only.",
    Usr5 = "USR-5": "A user is deleted only when none of its keys is enabled.",
    Usr6 = "USR-6": "The root resets a sub-user's password, at once.",
    Usr7 = "USR-7": "A user has at most 2 API keys; only a disabled one is deleted.",
    Usr8 = "USR-8": "The list of users stays fast to search, filter and sort.",
    Prj1 = "PRJ-1": "A project has a unique name of 1 to 64 characters and a description; at most 500 projects.",
    Prj2 = "PRJ-2": "Projects are disabled, never deleted; the default one stays enabled.",
    Prj3 = "PRJ-3": "Disabled projects are hidden until asked for, and can be enabled again.",
    Prj4 = "PRJ-4": "A disabled project takes no new resources; moving them is guided.",
    Prj5 = "PRJ-5": "The spending of a disabled project can still be seen.",
    Off1 = "OFF-1": "Before leaving, a root account's owner unbinds everything personal.",
    Off2 = "OFF-2": "Before leaving, a sub-user's keys are disabled and the user deleted.",
    Off3 = "OFF-3": "After leaving, the account is found and regained.",
    Wcm1 = "WCM-1": "A WeCom administrator is guided to grant what binding needs.",
    Hlp1 = "HLP-1": "Every listed question has an answer with a link to where it is done.",
    Hlp2 = "HLP-2": "Every refusal and screen links to the answers that concern it.",
    Ops1 = "OPS-1": "Operators have roles and queues, and never decide on their own account.",
    Ops2 = "OPS-2": "Operators freeze, lift and raise limits; every act is audited with its reason.",
    Ops3 = "OPS-3": "The audit log is append-only and chained, and can be verified.",
    Api1 = "API-1": "The interface is described, and errors carry rule, parameters and the moment to retry.",
    Api2 = "API-2": "Every command can be asked whether it may, with every failing rule listed.",
    Api3 = "API-3": "A repeated command with the same key answers the first result.",
    Api4 = "API-4": "Form and interface validate with the same code.",
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

    #[test]
    fn every_rule_has_one_line_of_its_own() {
        let mut statements: Vec<&str> = RuleId::ALL.iter().map(|rule| rule.statement()).collect();
        assert!(
            statements
                .iter()
                .all(|line| line.ends_with('.') && line.len() <= 110)
        );
        statements.sort_unstable();
        statements.dedup();
        assert_eq!(statements.len(), RuleId::ALL.len());
    }
}
