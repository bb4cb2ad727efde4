//! The ceremonies with a key made of software: right ones, and each way to go wrong.

use domain::account::AccountId;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::soft_key::SoftKey;
use super::{Begun, KeyOwner, KeyProblem, KeyProof, KeySite, Keys, KnownKey, NewKey, key_id};

const ORIGIN: &str = "https://account.example";

fn keys() -> Keys {
    let site = KeySite::of(Some(ORIGIN), None).unwrap();
    Keys::new(&site, "云账号中心").unwrap()
}

fn soft_key(number: u8) -> SoftKey {
    SoftKey::new(number, "account.example", ORIGIN)
}

fn account(serial: u32) -> AccountId {
    AccountId::from_serial(serial).unwrap()
}

fn owner(serial: u32) -> KeyOwner<'static> {
    KeyOwner {
        account_id: account(serial),
        nickname: "青空",
    }
}

fn bound(key: &mut SoftKey, serial: u32) -> NewKey {
    let begun = keys().start_registration(owner(serial), &[]).unwrap();
    let answer = key.create(&begun.challenge);
    let new = keys().finish_registration(&begun.state, account(serial), &answer);
    new.unwrap()
}

fn second_step(stored: &str, serial: u32) -> Begun {
    let stored = [stored.to_owned()];
    keys().start_second_step(account(serial), &stored).unwrap()
}

fn finish(
    begun: &Begun,
    serial: u32,
    stored: &str,
    answer: &Value,
) -> Result<KeyProof, KeyProblem> {
    let known = KnownKey {
        account_id: account(serial),
        stored,
    };
    keys().finish_authentication(&begun.state, known, answer)
}

#[test]
fn mfa_1_a_key_is_bound_and_then_proves_the_second_step() {
    let mut key = soft_key(1);
    let new = bound(&mut key, 7);
    assert_eq!(new.id, key.id_text());
    assert_eq!(new.is_discoverable, Some(true));
    let begun = second_step(&new.stored, 7);
    assert_eq!(
        begun.challenge["publicKey"]["allowCredentials"][0]["id"],
        new.id.as_str()
    );
    let answer = key.get(&begun.challenge);
    assert_eq!(key_id(&answer).unwrap(), new.id);
    let proof = finish(&begun, 7, &new.stored, &answer).unwrap();
    assert_eq!(proof.id, new.id);
    assert_eq!(proof.counter, 1);
    assert!(proof.user_verified);
    assert_ne!(proof.stored, new.stored, "the counter is kept");
}

#[test]
fn mfa_1_a_key_signs_in_without_a_name() {
    let mut key = soft_key(1);
    let new = bound(&mut key, 7);
    let begun = keys().start_sign_in().unwrap();
    let options = &begun.challenge["publicKey"];
    assert_eq!(options["userVerification"], "required");
    assert_eq!(options["allowCredentials"], json!([]));
    assert_eq!(begun.challenge.get("mediation"), None, "the page decides");
    let answer = key.get(&begun.challenge);
    let proof = finish(&begun, 7, &new.stored, &answer).unwrap();
    assert!(proof.user_verified);
}

#[test]
fn mfa_1_a_key_that_does_not_check_its_person_is_a_second_proof_and_never_the_only_one() {
    let mut key = soft_key(1);
    key.verifies = false;
    let new = bound(&mut key, 7);
    let begun = second_step(&new.stored, 7);
    let proof = finish(&begun, 7, &new.stored, &key.get(&begun.challenge)).unwrap();
    assert!(!proof.user_verified);
    let begun = keys().start_sign_in().unwrap();
    let refused = finish(&begun, 7, &proof.stored, &key.get(&begun.challenge));
    assert!(matches!(refused, Err(KeyProblem::NotProved(_))));
}

#[test]
fn mfa_1_a_key_that_checked_its_person_at_binding_must_do_so_again() {
    let mut key = soft_key(1);
    let new = bound(&mut key, 7);
    key.verifies = false;
    let begun = second_step(&new.stored, 7);
    let refused = finish(&begun, 7, &new.stored, &key.get(&begun.challenge));
    assert!(matches!(refused, Err(KeyProblem::NotProved(_))));
}

#[test]
fn mfa_1_what_the_browser_is_asked_at_binding() {
    let begun = keys()
        .start_registration(owner(7), &[soft_key(1).id_text()])
        .unwrap();
    let options = &begun.challenge["publicKey"];
    assert_eq!(options["rp"]["id"], "account.example");
    assert_eq!(options["rp"]["name"], "云账号中心");
    assert_eq!(options["user"]["name"], account(7).to_string());
    assert_eq!(options["user"]["displayName"], "青空");
    assert_eq!(options["attestation"], "none");
    assert_eq!(options["extensions"], json!({"credProps": true}));
    assert_eq!(
        options["authenticatorSelection"],
        json!({
            "residentKey": "preferred",
            "requireResidentKey": false,
            "userVerification": "preferred",
        })
    );
    assert_eq!(
        options["excludeCredentials"][0]["id"],
        soft_key(1).id_text()
    );
}

#[test]
fn mfa_1_a_key_that_is_bound_already_is_refused() {
    let mut key = soft_key(1);
    let begun = keys()
        .start_registration(owner(7), &[key.id_text()])
        .unwrap();
    let answer = key.create(&begun.challenge);
    let refused = keys().finish_registration(&begun.state, account(7), &answer);
    assert!(
        matches!(refused, Err(KeyProblem::AlreadyBound)),
        "{refused:?}"
    );
}

#[test]
fn mfa_1_an_answer_to_another_challenge_proves_nothing() {
    let mut key = soft_key(1);
    let first = keys().start_registration(owner(7), &[]).unwrap();
    let second = keys().start_registration(owner(7), &[]).unwrap();
    let answer = key.create(&first.challenge);
    let refused = keys().finish_registration(&second.state, account(7), &answer);
    assert!(matches!(refused, Err(KeyProblem::NotProved(_))));
    let new = bound(&mut key, 7);
    let first = second_step(&new.stored, 7);
    let replayed = key.get(&first.challenge);
    assert!(finish(&first, 7, &new.stored, &replayed).is_ok());
    let second = second_step(&new.stored, 7);
    let refused = finish(&second, 7, &new.stored, &replayed);
    assert!(matches!(refused, Err(KeyProblem::NotProved(_))));
}

#[test]
fn mfa_1_the_same_answer_does_not_work_twice_even_in_its_own_ceremony() {
    let mut key = soft_key(1);
    let new = bound(&mut key, 7);
    let begun = second_step(&new.stored, 7);
    let answer = key.get(&begun.challenge);
    let proof = finish(&begun, 7, &new.stored, &answer).unwrap();
    let refused = finish(&begun, 7, &proof.stored, &answer);
    assert!(matches!(
        refused,
        Err(KeyProblem::CounterNotGrown { answered: 1 })
    ));
}

#[test]
fn mfa_1_a_copy_of_a_key_shows_by_its_counter_whenever_it_began() {
    let mut key = soft_key(1);
    let new = bound(&mut key, 7);
    let mut copy = key.clone();
    let begun_by_copy = second_step(&new.stored, 7);
    let begun = second_step(&new.stored, 7);
    let proof = finish(&begun, 7, &new.stored, &key.get(&begun.challenge)).unwrap();
    let answer = copy.get(&begun_by_copy.challenge);
    let refused = finish(&begun_by_copy, 7, &proof.stored, &answer);
    assert!(matches!(
        refused,
        Err(KeyProblem::CounterNotGrown { answered: 1 })
    ));
}

#[test]
fn mfa_1_a_key_that_does_not_count_stays_usable() {
    let mut key = soft_key(1);
    key.counter = None;
    let mut stored = bound(&mut key, 7).stored;
    for _ in 0..2 {
        let begun = second_step(&stored, 7);
        let proof = finish(&begun, 7, &stored, &key.get(&begun.challenge)).unwrap();
        assert_eq!(proof.counter, 0);
        stored = proof.stored;
    }
}

#[test]
fn mfa_1_an_answer_from_another_site_proves_nothing() {
    let mut key = soft_key(1);
    let new = bound(&mut key, 7);
    for (site, origin) in [
        (
            "account.example",
            "https://account.example.attacker.example",
        ),
        ("account.example", "http://account.example"),
        ("account.example", "https://account.example:8443"),
        ("account.example", "https://sub.account.example"),
        ("attacker.example", ORIGIN),
    ] {
        let mut elsewhere = key.clone();
        elsewhere.site = site.to_owned();
        elsewhere.origin = origin.to_owned();
        let begun = second_step(&new.stored, 7);
        let answer = elsewhere.get(&begun.challenge);
        let refused = finish(&begun, 7, &new.stored, &answer);
        assert!(matches!(refused, Err(KeyProblem::NotProved(_))), "{origin}");
        let begun = keys().start_registration(owner(8), &[]).unwrap();
        let answer = elsewhere.create(&begun.challenge);
        let refused = keys().finish_registration(&begun.state, account(8), &answer);
        assert!(matches!(refused, Err(KeyProblem::NotProved(_))), "{origin}");
    }
}

#[test]
fn mfa_1_another_accounts_state_key_or_name_proves_nothing() {
    let (mut mine, mut theirs) = (soft_key(1), soft_key(2));
    let (my_key, their_key) = (bound(&mut mine, 7), bound(&mut theirs, 8));
    // The ceremony of one account with the key of the other.
    let begun = second_step(&my_key.stored, 7);
    let answer = theirs.get(&begun.challenge);
    let refused = finish(&begun, 8, &their_key.stored, &answer);
    assert!(matches!(refused, Err(KeyProblem::WrongCeremony)));
    let refused = finish(&begun, 7, &my_key.stored, &answer);
    assert!(
        matches!(refused, Err(KeyProblem::WrongCeremony)),
        "its handle"
    );
    theirs.handle = None;
    let answer = theirs.get(&begun.challenge);
    let refused = finish(&begun, 7, &my_key.stored, &answer);
    assert!(matches!(refused, Err(KeyProblem::NotProved(_))), "its id");
    theirs.id.clone_from(&mine.id);
    let answer = theirs.get(&begun.challenge);
    let refused = finish(&begun, 7, &my_key.stored, &answer);
    assert!(
        matches!(refused, Err(KeyProblem::NotProved(_))),
        "its signature"
    );
    // Signing in without a name needs the account's handle.
    let begun = keys().start_sign_in().unwrap();
    mine.handle = None;
    let refused = finish(&begun, 7, &my_key.stored, &mine.get(&begun.challenge));
    assert!(matches!(refused, Err(KeyProblem::WrongCeremony)));
    // A registration is of one account.
    let begun = keys().start_registration(owner(7), &[]).unwrap();
    let answer = soft_key(3).create(&begun.challenge);
    let refused = keys().finish_registration(&begun.state, account(8), &answer);
    assert!(matches!(refused, Err(KeyProblem::WrongCeremony)));
    // A ceremony does not end as another one.
    let refused = finish(&begun, 7, &my_key.stored, &mine.get(&begun.challenge));
    assert!(matches!(refused, Err(KeyProblem::WrongCeremony)));
}

#[test]
fn the_handle_of_an_account_is_its_own_and_does_not_tell_it() {
    let mut key = soft_key(1);
    bound(&mut key, 7);
    let first = key.handle.clone().unwrap();
    bound(&mut key, 8);
    let second = key.handle.clone().unwrap();
    bound(&mut key, 7);
    assert_eq!(key.handle, Some(first.clone()));
    assert_ne!(first, second);
    assert_eq!(first.len(), 16);
}

#[test]
fn what_is_no_answer_of_a_key_is_refused() {
    let begun = keys().start_sign_in().unwrap();
    for answer in [
        json!(null),
        json!([]),
        json!({}),
        json!({"rawId": 1}),
        json!("x"),
    ] {
        let refused = key_id(&answer);
        assert!(
            matches!(refused, Err(KeyProblem::Unreadable(_))),
            "{answer}"
        );
        let refused = finish(&begun, 7, "{}", &answer);
        assert!(
            matches!(refused, Err(KeyProblem::Unreadable(_))),
            "{answer}"
        );
        let refused = keys().finish_registration("{}", account(7), &answer);
        assert!(matches!(refused, Err(KeyProblem::Internal(_))), "{answer}");
    }
    let mut nameless = soft_key(1);
    nameless.id.clear();
    assert!(key_id(&nameless.get(&begun.challenge)).is_err());
    nameless.id = vec![7; 1024];
    assert!(key_id(&nameless.get(&begun.challenge)).is_err());
    nameless.id.pop();
    assert!(key_id(&nameless.get(&begun.challenge)).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Bytes of a key are a stranger's: whatever is changed in them, it is refused and nothing falls
    /// over.
    #[test]
    fn no_changed_bytes_are_accepted_or_make_it_fall_over(
        field in 0..5_usize,
        at in 0..400_usize,
        change in 1..=255_u8,
        cut in proptest::bool::ANY,
    ) {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let mut key = soft_key(1);
        let new = bound(&mut key, 7);
        let (begun, mut answer, path) = if field < 2 {
            let begun = keys().start_registration(owner(7), &[]).unwrap();
            let answer = key.create(&begun.challenge);
            (begun, answer, ["attestationObject", "clientDataJSON"][field])
        } else {
            let begun = second_step(&new.stored, 7);
            let answer = key.get(&begun.challenge);
            (begun, answer, ["authenticatorData", "clientDataJSON", "signature"][field - 2])
        };
        let place = &mut answer["response"][path];
        let mut bytes = URL_SAFE_NO_PAD.decode(place.as_str().unwrap()).unwrap();
        let at = at % bytes.len();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] ^= change;
        }
        *place = URL_SAFE_NO_PAD.encode(bytes).into();
        if field < 2 {
            // Nothing signs a registration without attestation: a changed key id or key is simply
            // another key.
            let _ = keys().finish_registration(&begun.state, account(7), &answer);
        } else {
            prop_assert!(finish(&begun, 7, &new.stored, &answer).is_err());
        }
    }
}
