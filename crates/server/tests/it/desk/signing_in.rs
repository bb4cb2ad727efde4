//! Signing in at the desk (OPS-1): password, then the code of an app that the first sign-in binds.

use contract::demo::OperatorCodes;
use contract::endpoints::{
    DEMO_OPERATOR_CODES, GET_ACCOUNT, GET_OPERATOR_SESSION, GET_QUEUES, OPERATOR_SIGN_IN,
    OPERATOR_SIGN_OUT,
};
use contract::operators::OperatorStanding;
use domain::identity::OperatorName;
use domain::mfa::MfaRefusal;
use domain::operators::{OperatorRefusal, Role};
use domain::refusal::Refusal;
use domain::sign_in::SignInRefusal;
use domain::time::Span;
use serde_json::{Value, json};
use server::operators::{self as hiring, Change, OperatorError, Wish};
use server::outside::ids::SystemIds;

use crate::support::{
    Answer, Bench, Browser, PASSWORD, app_code, on_both_databases, solved_puzzle, standing,
};

on_both_databases!(
    ops_1_the_first_sign_in_binds_an_app_and_the_next_asks_for_its_code,
    ops_1_password_alone_opens_nothing_and_an_owner_s_session_is_none_of_the_desk,
    ops_1_a_wrong_code_is_counted_and_a_used_one_refused,
    ops_1_a_name_that_nobody_has_is_answered_like_a_wrong_password,
    ops_1_the_code_is_taken_for_ten_minutes_and_a_session_ends_without_use,
    ops_1_whoever_is_disabled_or_loses_the_app_is_out_at_once,
    ops_1_hiring_needs_a_name_and_a_password_that_can_be_used,
);

fn refused(answer: &Answer) -> Vec<Refusal> {
    answer.problem().refusals
}

async fn is_nobody(browser: &mut Browser) -> bool {
    matches!(looks(browser).await, OperatorStanding::Nobody {})
}

async fn looks(browser: &mut Browser) -> OperatorStanding {
    standing(&browser.call(&GET_OPERATOR_SESSION, Value::Null).await)
}

async fn ops_1_the_first_sign_in_binds_an_app_and_the_next_asks_for_its_code(bench: Bench) {
    bench.hire("Li.Lei", &[Role::Reviewer], &[]).await;
    let mut browser = bench.browser();
    let asked = browser.gives_password("li.lei", PASSWORD).await;
    let OperatorStanding::BindingAsked {
        secret, address, ..
    } = standing(&asked)
    else {
        panic!("no binding is asked");
    };
    assert!(address.starts_with("otpauth://totp/") && address.contains(&secret));
    assert!(address.contains("Li.Lei"));
    // A reload shows the same secret.
    assert!(matches!(
        looks(&mut browser).await,
        OperatorStanding::BindingAsked { secret: again, .. } if again == secret
    ));
    let first_token = browser.cookies["__Host-operator"].clone();
    let answer = browser.gives_code(&app_code(&secret, bench.now(), 0)).await;
    let OperatorStanding::OnDuty(operator) = standing(&answer) else {
        panic!("not on duty");
    };
    assert_eq!(
        (&*operator.name, operator.roles),
        ("Li.Lei", vec![Role::Reviewer])
    );
    assert_ne!(
        browser.cookies["__Host-operator"], first_token,
        "a fresh token"
    );
    assert_eq!(browser.call(&GET_QUEUES, Value::Null).await.status, 200);
    // Whoever kept the token of the first step has nothing.
    let mut thief = bench.browser();
    thief
        .cookies
        .insert("__Host-operator".to_owned(), first_token);
    assert!(is_nobody(&mut thief).await);

    bench.wait(Span::from_minutes(1));
    let mut later = bench.browser();
    let asked = later.gives_password("LI.LEI", PASSWORD).await;
    assert!(matches!(
        standing(&asked),
        OperatorStanding::CodeAsked { .. }
    ));
    let answer = later.gives_code(&app_code(&secret, bench.now(), 0)).await;
    assert!(matches!(standing(&answer), OperatorStanding::OnDuty(_)));
    let again = later.gives_code(&app_code(&secret, bench.now(), 1)).await;
    assert_eq!((again.status, &*again.kind()), (409, "changed_elsewhere"));
}

async fn ops_1_password_alone_opens_nothing_and_an_owner_s_session_is_none_of_the_desk(
    bench: Bench,
) {
    bench.hire("li", &[Role::Reviewer], &[]).await;
    let mut browser = bench.browser();
    browser.gives_password("li", PASSWORD).await;
    let answer = browser.call(&GET_QUEUES, Value::Null).await;
    assert_eq!(answer.status, 403);
    let missing = Refusal::Operator(OperatorRefusal::MfaMissing);
    assert_eq!(refused(&answer), [missing]);
    let (mut owner, _) = bench.signed_in("zhang@mail.example").await;
    assert_eq!(owner.call(&GET_QUEUES, Value::Null).await.status, 401);
    let (mut operator, _) = bench.on_duty("wang", &[Role::Administrator], &[]).await;
    assert_eq!(operator.call(&GET_ACCOUNT, Value::Null).await.status, 401);
    // The token of one is none of the other.
    let token = owner.cookies["__Host-session"].clone();
    owner.cookies.insert("__Host-operator".to_owned(), token);
    assert_eq!(owner.call(&GET_QUEUES, Value::Null).await.status, 401);
    let gone = operator.call(&OPERATOR_SIGN_OUT, Value::Null).await;
    assert_eq!(gone.status, 204);
    assert!(!operator.cookies.contains_key("__Host-operator"));
    assert_eq!(
        operator.call(&OPERATOR_SIGN_OUT, Value::Null).await.status,
        204
    );
}

async fn ops_1_a_wrong_code_is_counted_and_a_used_one_refused(bench: Bench) {
    bench.hire("li", &[Role::Reviewer], &[]).await;
    let mut browser = bench.browser();
    let secret = bench.binds_at_desk(&mut browser, "li").await;
    let used = app_code(&secret, bench.now(), 0);
    let mut other = bench.browser();
    other.gives_password("li", PASSWORD).await;
    let answer = other.gives_code(&used).await;
    assert!(matches!(
        refused(&answer)[..],
        [Refusal::Mfa(MfaRefusal::AlreadyUsed { .. })]
    ));
    let wrong = app_code(&secret, bench.now(), 40);
    for tries_left in [4, 3, 2, 1] {
        let answer = other.gives_code(&wrong).await;
        assert!(matches!(
            refused(&answer)[..],
            [Refusal::Mfa(MfaRefusal::WrongCode { tries_left: left, .. })] if left == tries_left
        ));
    }
    for code in [&wrong, &app_code(&secret, bench.now(), 1)] {
        let answer = other.gives_code(code).await;
        assert_eq!(answer.status, 429);
        assert!(matches!(
            refused(&answer)[..],
            [Refusal::Mfa(MfaRefusal::Locked { .. })]
        ));
    }
    let field = other.gives_code("12").await;
    assert_eq!(
        (field.status, &*field.problem().fields[0].field),
        (422, "code")
    );
}

async fn ops_1_a_name_that_nobody_has_is_answered_like_a_wrong_password(bench: Bench) {
    bench.hire("li", &[Role::Reviewer], &[]).await;
    let mut shapes = Vec::new();
    for name in ["li", "nobody"] {
        let mut browser = bench.browser();
        let mut shape = Vec::new();
        for at in 1..=13 {
            // The limit by network address is another rule.
            bench.wait(Span::from_minutes(1));
            let captcha = if at > 5 {
                solved_puzzle(&mut browser).await
            } else {
                Value::Null
            };
            let mut wish = json!({ "name": name, "password": "wrong" });
            if at > 5 {
                wish["captcha"] = captcha;
            }
            let answer = browser.call(&OPERATOR_SIGN_IN, wish).await;
            let codes = refused(&answer).into_iter().map(|refusal| match refusal {
                Refusal::SignIn(SignInRefusal::WrongEmailOrPassword) => "wrong",
                Refusal::SignIn(SignInRefusal::CaptchaNeeded) => "captcha",
                Refusal::SignIn(SignInRefusal::Locked { .. }) => "locked",
                other => panic!("{other:?}"),
            });
            shape.push((answer.status, codes.collect::<Vec<_>>()));
        }
        assert!(shape.iter().any(|(_, codes)| codes.contains(&"captcha")));
        shapes.push(shape);
    }
    assert_eq!(shapes[0], shapes[1]);
    let mut browser = bench.browser();
    let empty = browser.gives_password(" ", "").await;
    let fields = empty.problem().fields;
    let named: Vec<_> = fields.iter().map(|field| &*field.field).collect();
    assert_eq!(named, ["name", "password"]);
}

async fn ops_1_the_code_is_taken_for_ten_minutes_and_a_session_ends_without_use(bench: Bench) {
    bench.hire("li", &[Role::Reviewer], &[]).await;
    let mut browser = bench.browser();
    let secret = bench.binds_at_desk(&mut browser, "li").await;
    bench.wait(Span::from_millis(30 * 60_000 - 1));
    assert!(matches!(
        looks(&mut browser).await,
        OperatorStanding::OnDuty(_)
    ));
    // That was use; half an hour without is the end.
    bench.wait(Span::from_minutes(30));
    assert!(is_nobody(&mut browser).await);
    assert_eq!(browser.call(&GET_QUEUES, Value::Null).await.status, 401);
    browser.gives_password("li", PASSWORD).await;
    bench.wait(Span::from_millis(10 * 60_000 - 1));
    assert!(matches!(
        looks(&mut browser).await,
        OperatorStanding::CodeAsked { .. }
    ));
    bench.wait(Span::from_millis(1));
    let late = browser.gives_code(&app_code(&secret, bench.now(), 0)).await;
    assert_eq!((late.status, &*late.kind()), (401, "sign_in_required"));
}

async fn ops_1_whoever_is_disabled_or_loses_the_app_is_out_at_once(bench: Bench) {
    bench.hire("li", &[Role::Reviewer], &[]).await;
    let mut browser = bench.browser();
    let secret = bench.binds_at_desk(&mut browser, "li").await;
    let store = &bench.app.store;
    let name = OperatorName::parse("li").unwrap();
    let change = async |change: Change| {
        hiring::change(store, &name, &change, bench.now())
            .await
            .unwrap();
    };
    change(Change::Disable).await;
    assert_eq!(browser.call(&GET_QUEUES, Value::Null).await.status, 401);
    let answer = browser.gives_password("li", PASSWORD).await;
    let wrong = Refusal::SignIn(SignInRefusal::WrongEmailOrPassword);
    assert_eq!(refused(&answer), [wrong]);
    change(Change::Enable).await;
    change(Change::ResetMfa).await;
    let asked = browser.gives_password("li", PASSWORD).await;
    let OperatorStanding::BindingAsked { secret: other, .. } = standing(&asked) else {
        panic!("no binding is asked");
    };
    assert_ne!(other, secret);
    let old = browser.gives_code(&app_code(&secret, bench.now(), 0)).await;
    assert_eq!(old.status, 409);
    let new = browser.gives_code(&app_code(&other, bench.now(), 0)).await;
    assert!(matches!(standing(&new), OperatorStanding::OnDuty(_)));
    change(Change::Roles(vec![Role::Support])).await;
    assert!(matches!(
        looks(&mut browser).await,
        OperatorStanding::OnDuty(operator) if operator.roles == [Role::Support]
    ));
    let nobody = OperatorName::parse("nobody").unwrap();
    let unknown = hiring::change(store, &nobody, &Change::Disable, bench.now()).await;
    assert!(matches!(unknown, Err(OperatorError::NoSuchOperator)));
}

async fn ops_1_hiring_needs_a_name_and_a_password_that_can_be_used(bench: Bench) {
    bench.hire("li", &[Role::Reviewer], &[]).await;
    let hire = async |name: &str, password: &str, own: &str| {
        let wish = Wish {
            name: OperatorName::parse(name).unwrap(),
            password: password.to_owned(),
            roles: vec![Role::Support],
            own_accounts: match own {
                "" => Vec::new(),
                own => vec![own.parse().unwrap()],
            },
        };
        let (store, policy) = (&bench.app.store, &bench.app.policy.sign_in);
        hiring::create(
            store,
            &bench.app.hasher,
            &SystemIds,
            policy,
            &wish,
            bench.now(),
        )
        .await
    };
    assert!(matches!(
        hire("LI", PASSWORD, "").await,
        Err(OperatorError::NameTaken)
    ));
    for password in ["short", "wang.mei 2026", "password123"] {
        assert!(matches!(
            hire("wang.mei", password, "").await,
            Err(OperatorError::Password(_))
        ));
    }
    assert!(matches!(
        hire("wang", PASSWORD, "100099999999").await,
        Err(OperatorError::NoSuchAccount(_))
    ));
    assert!(hire("wang", PASSWORD, "").await.is_ok());
}

#[tokio::test]
async fn every_seeded_operator_signs_in_with_the_code_that_the_demo_shows() {
    let bench = Bench::sqlite().await;
    server::demo::seed(&bench.app).await.unwrap();
    let lines = server::demo::desk::seed(&bench.app).await.unwrap();
    assert_eq!(server::demo::desk::seed(&bench.app).await.unwrap(), lines);
    assert_eq!(lines.len(), 3);
    for line in lines {
        let name = line.split_whitespace().next().unwrap();
        let mut browser = bench.browser();
        let asked = browser.gives_password(name, server::demo::PASSWORD).await;
        assert!(matches!(
            standing(&asked),
            OperatorStanding::CodeAsked { .. }
        ));
        let shown = browser.call(&DEMO_OPERATOR_CODES, Value::Null).await;
        let shown: OperatorCodes = shown.json();
        let code = shown
            .codes
            .into_iter()
            .find(|one| one.name == name)
            .unwrap();
        let answer = browser.gives_code(&code.code.unwrap()).await;
        assert!(matches!(standing(&answer), OperatorStanding::OnDuty(_)));
    }
}
