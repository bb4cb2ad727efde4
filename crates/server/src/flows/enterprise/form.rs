//! The form of an enterprise: parsed as a whole, every problem told at once, and shown again as it was
//! typed (VER-10).

use contract::enterprise::{EnterpriseForm, TransferForm};
use contract::problem::{FieldProblem, ValueProblem};
use domain::identity::{
    BankBranch, CorporateAccount, EnterpriseCode, EnterpriseName, IdDocument, IdDocumentKind,
    PersonName,
};
use domain::time::{Date, Timestamp};
use domain::verification::{EnterpriseKind, LegalRepresentative, Method, Region};

use crate::store::attempts::ClaimedEnterprise;
use crate::store::bank_transfers::StoredTransfer;
use crate::store::subjects::{Enterprise, Person};

/// Where the small sum is sent to.
#[derive(Clone)]
pub(super) struct Destination {
    pub(super) account: CorporateAccount,
    pub(super) bank: BankBranch,
    pub(super) handler: Person,
}

/// The problems that were met on the way.
#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn keep<T, P>(
        &mut self,
        field: &str,
        parsed: Result<T, P>,
        why: impl FnOnce(P) -> ValueProblem,
    ) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, why(problem));
                None
            }
        }
    }

    fn add(&mut self, field: &str, problem: ValueProblem) {
        self.0.push(FieldProblem {
            field: field.to_owned(),
            problem,
        });
    }
}

/// Parses what was typed; a bank account only where the method needs one.
///
/// # Errors
/// Everything that is wrong, in the order of the page.
pub(super) fn parse(
    form: &EnterpriseForm,
    method: Method,
    now: Timestamp,
) -> Result<(ClaimedEnterprise, Option<Destination>), Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let name = problems.keep(
        "name",
        EnterpriseName::parse(&form.name),
        ValueProblem::EnterpriseName,
    );
    let code = problems.keep(
        "code",
        EnterpriseCode::parse(&form.code),
        ValueProblem::EnterpriseCode,
    );
    // What it is decides which methods are open, so the code has the last word (ENT-4).
    if let Some(uscc) = code.as_ref().and_then(EnterpriseCode::uscc) {
        let of_code = EnterpriseKind::of(uscc);
        if of_code != form.kind {
            problems.add("kind", ValueProblem::EnterpriseKind { of_code });
        }
    }
    let issued = problems.keep("issued", Date::parse(&form.issued), ValueProblem::Date);
    if issued.is_some_and(|issued| issued > now.date()) {
        problems.add("issued", ValueProblem::DateAhead);
    }
    let representative = person(
        &mut problems,
        ("representative_name", &form.representative_name),
        (
            form.representative_document,
            "representative_number",
            &form.representative_number,
        ),
    );
    let destination = match (method, &form.transfer) {
        (Method::BankTransfer, Some(typed)) => destination(&mut problems, typed),
        (Method::BankTransfer, None) => {
            let nothing = TransferForm {
                account: String::new(),
                bank: String::new(),
                handler_name: String::new(),
                handler_number: String::new(),
            };
            destination(&mut problems, &nothing)
        }
        _ => None,
    };
    match (name, code, issued, representative) {
        (Some(name), Some(code), Some(issued), Some(representative)) if problems.0.is_empty() => {
            let claimed = ClaimedEnterprise {
                legal_representative: match form.representative_document {
                    IdDocumentKind::ResidentId => LegalRepresentative::Resident,
                    _ => LegalRepresentative::Foreign,
                },
                enterprise: Enterprise {
                    name,
                    code,
                    legal_representative: Some(representative),
                    handler: destination.as_ref().map(|to| to.handler.clone()),
                    postal_address: None,
                },
                region: Region::Mainland,
                kind: form.kind,
                issued: Some(issued),
            };
            Ok((claimed, destination))
        }
        _ => Err(problems.0),
    }
}

/// Parses where a small sum is sent to (ENT-7, ENT-14, ENT-18).
///
/// # Errors
/// Everything that is wrong, in the order of the page.
pub(super) fn parse_destination(typed: &TransferForm) -> Result<Destination, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    destination(&mut problems, typed).ok_or(problems.0)
}

fn destination(problems: &mut Problems, typed: &TransferForm) -> Option<Destination> {
    let account = problems.keep(
        "account",
        CorporateAccount::parse(&typed.account),
        ValueProblem::BankNumber,
    );
    let bank = problems.keep(
        "bank",
        BankBranch::parse(&typed.bank),
        ValueProblem::BankBranch,
    );
    let handler = person(
        problems,
        ("handler_name", &typed.handler_name),
        (
            IdDocumentKind::ResidentId,
            "handler_number",
            &typed.handler_number,
        ),
    );
    Some(Destination {
        account: account?,
        bank: bank?,
        handler: handler?,
    })
}

fn person(
    problems: &mut Problems,
    (name_field, name): (&str, &str),
    (kind, number_field, number): (IdDocumentKind, &str, &str),
) -> Option<Person> {
    let name = problems.keep(
        name_field,
        PersonName::parse(name),
        ValueProblem::PersonName,
    );
    let document = problems.keep(
        number_field,
        IdDocument::parse(kind, number),
        ValueProblem::IdDocument,
    );
    Some(Person {
        name: name?,
        document: document?,
    })
}

/// What was typed, once more (VER-10).
pub(super) fn typed(
    claimed: &ClaimedEnterprise,
    transfer: Option<&StoredTransfer>,
) -> EnterpriseForm {
    let enterprise = &claimed.enterprise;
    let representative = enterprise.legal_representative.as_ref();
    let words = |person: Option<&Person>| {
        person.map_or_else(Default::default, |person| {
            (
                person.name.as_str().to_owned(),
                person.document.number().to_owned(),
            )
        })
    };
    let (representative_name, representative_number) = words(representative);
    let (handler_name, handler_number) = words(enterprise.handler.as_ref());
    EnterpriseForm {
        kind: claimed.kind,
        name: enterprise.name.as_str().to_owned(),
        code: enterprise.code.as_str().to_owned(),
        issued: claimed
            .issued
            .map(|issued| issued.to_string())
            .unwrap_or_default(),
        representative_document: representative
            .map_or(IdDocumentKind::ResidentId, |person| person.document.kind()),
        representative_name,
        representative_number,
        transfer: transfer.map(|transfer| TransferForm {
            account: transfer.order.account.as_str().to_owned(),
            bank: transfer.order.bank.as_str().to_owned(),
            handler_name,
            handler_number,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_010_000);

    fn form() -> EnterpriseForm {
        EnterpriseForm {
            kind: EnterpriseKind::Company,
            name: "晴空（示例）科技有限公司".to_owned(),
            code: "91110108MA01ABC25F".to_owned(),
            issued: "2026-09-01".to_owned(),
            representative_name: "张三".to_owned(),
            representative_document: IdDocumentKind::ResidentId,
            representative_number: "110101199003070011".to_owned(),
            transfer: None,
        }
    }

    fn wrong(form: &EnterpriseForm, method: Method) -> Vec<String> {
        let problems = parse(form, method, NOW).err().unwrap_or_default();
        problems.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn ent_6_every_wrong_field_is_told_at_once() {
        assert!(wrong(&form(), Method::OfficialAccount).is_empty());
        let empty = EnterpriseForm {
            kind: EnterpriseKind::Company,
            name: "晴".to_owned(),
            code: "91110108MA01ABC250".to_owned(),
            issued: "yesterday".to_owned(),
            representative_name: String::new(),
            representative_document: IdDocumentKind::ResidentId,
            representative_number: "1".to_owned(),
            transfer: None,
        };
        let expected = [
            "name",
            "code",
            "issued",
            "representative_name",
            "representative_number",
            "account",
            "bank",
            "handler_name",
            "handler_number",
        ];
        assert_eq!(wrong(&empty, Method::BankTransfer), expected);
    }

    #[test]
    fn ent_4_the_code_says_what_kind_of_enterprise_it_is() {
        let mut institution = form();
        institution.kind = EnterpriseKind::PublicInstitution;
        assert_eq!(wrong(&institution, Method::OfficialAccount), ["kind"]);
        institution.code = "MA01ABC25".to_owned();
        assert!(wrong(&institution, Method::OfficialAccount).is_empty());
    }

    #[test]
    fn ent_9_a_licence_was_not_issued_tomorrow() {
        let today = NOW.date();
        let mut new = form();
        new.issued = today.to_string();
        assert!(wrong(&new, Method::OfficialAccount).is_empty());
        new.issued = today.next().to_string();
        assert_eq!(wrong(&new, Method::OfficialAccount), ["issued"]);
    }

    #[test]
    fn ent_5_who_has_no_resident_id_is_a_foreign_representative() {
        let mut foreign = form();
        foreign.representative_document = IdDocumentKind::Passport;
        foreign.representative_name = "Sam Smith".to_owned();
        foreign.representative_number = "AB1234567".to_owned();
        let (claimed, _) = parse(&foreign, Method::TopUp, NOW).unwrap();
        assert_eq!(claimed.legal_representative, LegalRepresentative::Foreign);
        let (claimed, _) = parse(&form(), Method::TopUp, NOW).unwrap();
        assert_eq!(claimed.legal_representative, LegalRepresentative::Resident);
        assert_eq!(typed(&claimed, None), form());
    }
}
