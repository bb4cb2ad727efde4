//! A dozen applications that wait at the demo's desk (OPS-1). Everybody, every company and every document
//! is made up.

use axum::body::Bytes;
use domain::account::{AccountId, Nickname};
use domain::audit::Actor;
use domain::identity::Email;
use domain::operators::Queue;
use domain::time::{Span, Timestamp};
use domain::verification::change::{
    ApplicationState, ChangeKind, ChangeWay, Consent, ConsentProof, Consents, FormerSubject, Proof,
    TypedChange, required_proofs,
};
use domain::verification::{DocumentPurpose, RegisterAnswer};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};

use super::{PASSWORD, Seeded, record};
use crate::accounts::{self as making, CreateError, Wish};
use crate::error::ApiError;
use crate::extract::{Intent, RequestId};
use crate::flows::documents::{self as keeping, Asking, HandedIn, holder_of};
use crate::language::Language;
use crate::state::App;
use crate::store::changes::{self, Change, RegisterSaid, TypedForm};
use crate::store::queue::{self, QueueEntry};
use crate::store::{StoreError, Tx, documents, installation, subjects};

/// Remembers that they are there.
const SEEDED: &str = "demo_cases_seeded";
/// How long the accounts have been verified, beyond the 30 days of CHG-2.
const VERIFIED_DAYS_AGO: u32 = 90;

/// Why the applications are not there.
#[derive(Debug, thiserror::Error)]
pub enum CasesError {
    /// An account could not be made.
    #[error(transparent)]
    Account(#[from] CreateError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document could not be kept.
    #[error("a document could not be kept: {0:?}")]
    Document(ApiError),
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] image::ImageError),
}

/// One application.
struct Seed {
    nickname: &'static str,
    subject: Seeded,
    kind: ChangeKind,
    former: FormerSubject,
    /// What was typed: two fields, in the order of [`ChangeKind`]'s form.
    becomes: (&'static str, &'static str),
    /// The register's word, where it is asked.
    register: Option<RegisterAnswer>,
    /// How long ago it was handed in.
    days_ago: u32,
}

const SEEDS: [Seed; 12] = [
    person(
        "柳如烟",
        "110101198503120017",
        ("沈知夏", "310101197909250025"),
        FormerSubject::Unchanged,
        6,
    ),
    person(
        "顾北辰",
        "440304199201180031",
        ("林晚秋", "330106198806060050"),
        FormerSubject::DataChanged,
        1,
    ),
    person(
        "陆明远",
        "510104199504300026",
        ("苏见微", "320505198307140113"),
        FormerSubject::Unchanged,
        0,
    ),
    into_enterprise(
        "许未央",
        "420106199012030139",
        ("青禾（示例）网络科技有限公司", "91110108MA02DEM164"),
        RegisterAnswer::Matches,
        5,
    ),
    into_enterprise(
        "江有汜",
        "61011319771021017X",
        ("远山（示例）软件有限公司", "91310115MA1H2DE34A"),
        RegisterAnswer::Matches,
        2,
    ),
    into_enterprise(
        "温如玉",
        "350203198602280211",
        ("白露（示例）商贸有限公司", "91440300MA5F3DE514"),
        RegisterAnswer::NotRecorded,
        0,
    ),
    enterprise(
        ChangeKind::EnterpriseToEnterprise,
        ("旧港（示例）物流有限公司", "91330106MA2G4DE798"),
        ("新港（示例）供应链有限公司", "91510100MA6C5DE94F"),
        FormerSubject::Unchanged,
        4,
    ),
    enterprise(
        ChangeKind::EnterpriseToEnterprise,
        ("落星（示例）文化有限公司", "91320594MA1W6D110K"),
        ("启明（示例）传媒有限公司", "91420100MA4K7D137B"),
        FormerSubject::Dissolved,
        1,
    ),
    enterprise(
        ChangeKind::EnterpriseName,
        ("云杉（示例）科技有限公司", "91610131MA6U8D151R"),
        ("云杉智造（示例）科技有限公司", "91610131MA6U8D151R"),
        FormerSubject::Unchanged,
        3,
    ),
    enterprise(
        ChangeKind::EnterpriseName,
        ("海棠（示例）餐饮有限公司", "91350200MA3D9D172L"),
        ("海棠小馆（示例）餐饮管理有限公司", "91350200MA3D9D172L"),
        FormerSubject::DataChanged,
        0,
    ),
    enterprise(
        ChangeKind::LegalRepresentative,
        ("松间（示例）设计有限公司", "91370200MA3NAD1931"),
        ("沈知夏", "310101197909250025"),
        FormerSubject::Unchanged,
        2,
    ),
    enterprise(
        ChangeKind::LegalRepresentative,
        ("雨前（示例）数据有限公司", "91440300MA5K9D21XB"),
        ("林晚秋", "330106198806060050"),
        FormerSubject::Unchanged,
        0,
    ),
];

const fn person(
    name: &'static str,
    number: &'static str,
    becomes: (&'static str, &'static str),
    former: FormerSubject,
    days_ago: u32,
) -> Seed {
    Seed {
        nickname: name,
        subject: Seeded::Person(name, number),
        kind: ChangeKind::PersonToPerson,
        former,
        becomes,
        register: None,
        days_ago,
    }
}

const fn into_enterprise(
    name: &'static str,
    number: &'static str,
    becomes: (&'static str, &'static str),
    register: RegisterAnswer,
    days_ago: u32,
) -> Seed {
    Seed {
        nickname: name,
        subject: Seeded::Person(name, number),
        kind: ChangeKind::PersonToEnterprise,
        former: FormerSubject::Unchanged,
        becomes,
        register: Some(register),
        days_ago,
    }
}

const fn enterprise(
    kind: ChangeKind,
    (name, code): (&'static str, &'static str),
    becomes: (&'static str, &'static str),
    former: FormerSubject,
    days_ago: u32,
) -> Seed {
    Seed {
        nickname: "示例企业",
        subject: Seeded::Enterprise(name, code),
        kind,
        former,
        becomes,
        register: Some(RegisterAnswer::Matches),
        days_ago,
    }
}

/// Hands them in, the first time. It takes a few seconds, so the server answers meanwhile.
///
/// # Errors
/// When something is broken.
pub async fn seed(app: &App) -> Result<(), CasesError> {
    let mut tx = app.store.read().await?;
    let seeded = installation::find(&mut tx, SEEDED).await?.is_some();
    tx.commit().await?;
    if seeded {
        return Ok(());
    }
    for (number, seed) in SEEDS.iter().enumerate() {
        hand_in(app, number + 1, seed).await?;
    }
    let mut tx = app.store.write().await?;
    installation::update(&mut tx, SEEDED, "yes").await?;
    Ok(tx.commit().await?)
}

async fn hand_in(app: &App, number: usize, seed: &Seed) -> Result<(), CasesError> {
    let broken = |what| CreateError::Store(StoreError::Impossible(what));
    let email = format!("applicant{number}@demo.example");
    let wish = Wish {
        email: Email::parse(&email).map_err(|_| broken("seed.email"))?,
        password: PASSWORD.to_owned(),
        nickname: Nickname::parse(seed.nickname).map_err(|_| broken("seed.nickname"))?,
        language: Language::Chinese,
    };
    let now = app.clock.now();
    let (store, policy) = (&app.store, &app.policy.sign_in);
    let id = match making::create(store, &app.hasher, &*app.ids, policy, &wish, now).await {
        Ok(id) => id,
        // An earlier start was stopped half-way.
        Err(CreateError::EmailTaken) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for proof in required_proofs(seed.kind, ChangeWay::Paper, seed.former) {
        upload(app, id, *proof, now).await?;
    }
    let at = now.minus(Span::from_days(seed.days_ago));
    let since = now.minus(Span::from_days(VERIFIED_DAYS_AGO));
    let mut tx = app.store.write().await?;
    if let Some(record) = record(&seed.subject, since)? {
        subjects::replace(&mut tx, id, &record).await?;
    }
    write_down(app, &mut tx, (id, seed), at).await?;
    Ok(tx.commit().await?)
}

/// The application, its documents and its place in the queue.
async fn write_down(
    app: &App,
    tx: &mut Tx,
    (id, seed): (AccountId, &Seed),
    at: Timestamp,
) -> Result<(), StoreError> {
    let queue = Queue::VerificationChanges;
    let due_at = queue.due(at, &app.calendar, &app.policy.operators).at;
    let change = Change {
        id: format!("demo-{id}"),
        account_id: id,
        version: 1,
        kind: seed.kind,
        way: ChangeWay::Paper,
        former: seed.former,
        state: ApplicationState::InReview {
            submitted_at: at,
            due_at,
        },
        form: TypedForm {
            fields: typed(seed),
            ..TypedForm::default()
        },
        consents: Consents::Neither.former_agrees(Consent {
            by: ConsentProof::Code,
            at,
        }),
        resources_confirmed: true,
        basic_information_saved: false,
        register: seed.register.map(|answer| RegisterSaid {
            answer,
            represents: None,
        }),
        began_at: at,
        changed_at: at,
        invitation: None,
    };
    changes::insert(tx, &change).await?;
    let holder = holder_of(id);
    documents::claim(tx, &holder, DocumentPurpose::VerificationChange, &change.id).await?;
    let entry = QueueEntry {
        id: change.id,
        queue,
        accounts: vec![id],
        entered_at: at,
        due_at,
    };
    queue::enter(tx, &entry).await
}

fn typed(seed: &Seed) -> TypedChange {
    let (first, second) = seed.becomes;
    let (first, second) = (first.to_owned(), second.to_owned());
    match seed.kind {
        ChangeKind::PersonToPerson => TypedChange {
            new_person_name: first,
            new_person_id: second,
            ..TypedChange::default()
        },
        ChangeKind::EnterpriseToEnterprise => TypedChange {
            new_enterprise_name: first,
            new_enterprise_code: second,
            former_legal_representative_name: "苏见微".to_owned(),
            former_legal_representative_id: "320505198307140113".to_owned(),
            ..TypedChange::default()
        },
        ChangeKind::PersonToEnterprise | ChangeKind::EnterpriseName => TypedChange {
            new_enterprise_name: first,
            new_enterprise_code: second,
            ..TypedChange::default()
        },
        ChangeKind::LegalRepresentative => TypedChange {
            new_legal_representative_name: first,
            new_legal_representative_id: second,
            ..TypedChange::default()
        },
    }
}

async fn upload(app: &App, id: AccountId, proof: Proof, now: Timestamp) -> Result<(), CasesError> {
    let request = RequestId(String::new(), Intent::Do);
    let asking = Asking {
        actor: Actor::Owner,
        endpoint: &contract::endpoints::UPLOAD_DOCUMENT,
        request: &request,
    };
    let handed_in = HandedIn {
        holder: &holder_of(id),
        purpose: DocumentPurpose::VerificationChange,
        item: proof.word(),
    };
    keeping::keep(app, &asking, handed_in, picture(proof)?, now)
        .await
        .map_err(CasesError::Document)?;
    Ok(())
}

/// Something that looks like a document from afar: a sheet, a seal, lines; the lighter band at the top is
/// where it is up.
fn picture(proof: Proof) -> Result<Bytes, image::ImageError> {
    let (width, height) = (300_u32, 200_u32);
    let hue = u8::try_from(proof.word().len() * 9 % 120).unwrap_or(60);
    let sheet = RgbImage::from_fn(width, height, |x, y| {
        let in_seal = (x.abs_diff(235)).pow(2) + (y.abs_diff(150)).pow(2) < 30 * 30;
        let in_line = y > 60 && y % 20 < 6 && (20..200).contains(&x);
        match (in_seal, in_line, y < 40) {
            (true, ..) => Rgb([190, 40, 40]),
            (_, true, _) => Rgb([90, 90, 90]),
            (.., true) => Rgb([200, 225 - hue / 2, 150 + hue / 2]),
            _ => Rgb([245, 244, 236]),
        }
    });
    let mut file = Vec::new();
    DynamicImage::from(sheet).write_with_encoder(JpegEncoder::new(&mut file))?;
    Ok(file.into())
}
