//! Made-up people and enterprises.

use domain::identity::{EnterpriseCode, EnterpriseName, IdDocument, IdDocumentKind, PersonName};
use domain::time::Timestamp;
use domain::verification::{CodeStanding, EnterpriseKind, Method, Region, Subject};
use server::store::subjects::{Enterprise, Identity, Person, SubjectRecord};

pub(crate) fn person(name: &str, number: &str) -> Person {
    Person {
        name: PersonName::parse(name).unwrap(),
        document: IdDocument::parse(IdDocumentKind::ResidentId, number).unwrap(),
    }
}

pub(crate) fn enterprise(name: &str, code: &str) -> Enterprise {
    Enterprise {
        name: EnterpriseName::parse(name).unwrap(),
        code: EnterpriseCode::parse(code).unwrap(),
        legal_representative: None,
        handler: None,
        postal_address: None,
    }
}

/// A person who was verified by their face.
pub(crate) fn person_record(name: &str, number: &str, since: Timestamp) -> SubjectRecord {
    SubjectRecord {
        subject: Subject::Person {
            region: Region::Mainland,
        },
        since,
        method: Some(Method::Face),
        identity: Identity::Person(person(name, number)),
    }
}

/// A company that was verified by its Official Account.
pub(crate) fn enterprise_record(name: &str, code: &str, since: Timestamp) -> SubjectRecord {
    let enterprise = enterprise(name, code);
    SubjectRecord {
        subject: Subject::Enterprise {
            enterprise: EnterpriseKind::Company,
            code: CodeStanding::of(&enterprise.code),
        },
        since,
        method: Some(Method::OfficialAccount),
        identity: Identity::Enterprise(enterprise),
    }
}
