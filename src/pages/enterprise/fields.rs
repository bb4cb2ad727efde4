//! The fields of a bank account and its handler, which the form and the page of the transfer share (ENT-7,
//! ENT-14, ENT-18). Knows what is typed; not what it is sent for.

use contract::enterprise::TransferForm;
use domain::identity::{
    BankBranch, BankBranchProblem, BankNumberProblem, CorporateAccount, IdDocument, IdDocumentKind,
    IdDocumentProblem, PersonName, PersonNameProblem,
};
use leptos::prelude::*;

use crate::api::WrongField;
use crate::form::{FieldMessage, Form};
use crate::text::enterprise::{self as words, EnterpriseText};
use crate::text::{Language, Sentence, subjects};
use crate::ui::{Field, FieldValue};

const ACCOUNT: &str = "account";
const BANK: &str = "bank";
const HANDLER_NAME: &str = "handler-name";
const HANDLER_NUMBER: &str = "handler-number";

/// Where the small sum is sent to.
#[derive(Clone, Copy)]
pub(super) struct BankFields {
    account: FieldValue,
    bank: FieldValue,
    handler_name: FieldValue,
    handler_number: FieldValue,
}

impl BankFields {
    pub(super) fn new() -> Self {
        Self {
            account: FieldValue::new(""),
            bank: FieldValue::new(""),
            handler_name: FieldValue::new(""),
            handler_number: FieldValue::new(""),
        }
    }

    /// Fills in what was typed before.
    pub(super) fn write(self, typed: &TransferForm) {
        self.account.write(&typed.account);
        self.bank.write(&typed.bank);
        self.handler_name.write(&typed.handler_name);
        self.handler_number.write(&typed.handler_number);
    }

    pub(super) fn view(self, form: Form, language: Language) -> AnyView {
        let text = EnterpriseText::of(language);
        view! {
            <Field
                id=ACCOUNT
                label=text.account
                hint=text.account_hint
                error=form.error_of(ACCOUNT, language)
                value=self.account
                autocomplete="off"
            />
            <Field
                id=BANK
                label=text.bank
                error=form.error_of(BANK, language)
                value=self.bank
                autocomplete="off"
            />
            <Field
                id=HANDLER_NAME
                label=text.handler_name
                hint=text.handler_hint
                error=form.error_of(HANDLER_NAME, language)
                value=self.handler_name
                autocomplete="off"
            />
            <Field
                id=HANDLER_NUMBER
                label=text.handler_number
                error=form.error_of(HANDLER_NUMBER, language)
                value=self.handler_number
                autocomplete="off"
            />
        }
        .into_any()
    }

    /// What was typed, and everything that is wrong with it.
    pub(super) fn read(self) -> (TransferForm, Vec<FieldMessage>) {
        let typed = TransferForm {
            account: self.account.read(),
            bank: self.bank.read(),
            handler_name: self.handler_name.read(),
            handler_number: self.handler_number.read(),
        };
        let account = CorporateAccount::parse(&typed.account).err().map(number);
        let bank = BankBranch::parse(&typed.bank).err().map(branch);
        let name = PersonName::parse(&typed.handler_name).err();
        let document = IdDocument::parse(IdDocumentKind::ResidentId, &typed.handler_number).err();
        let problems = [
            account,
            bank,
            name.map(|problem| person(HANDLER_NAME, problem)),
            document.map(|problem| id_document(HANDLER_NUMBER, problem)),
        ];
        (typed, problems.into_iter().flatten().collect())
    }
}

/// What the server says is wrong with a field of these.
pub(super) fn of_field(wrong: &WrongField) -> Option<FieldMessage> {
    wrong
        .of("account")
        .map(number)
        .or_else(|| wrong.of("bank").map(branch))
        .or_else(|| {
            let problem = wrong.of("handler_name")?;
            Some(person(HANDLER_NAME, problem))
        })
        .or_else(|| {
            let problem = wrong.of("handler_number")?;
            Some(id_document(HANDLER_NUMBER, problem))
        })
}

fn number(problem: BankNumberProblem) -> FieldMessage {
    FieldMessage {
        field: ACCOUNT,
        sentence: Sentence::new(move |language| words::bank_number_problem(language, problem)),
    }
}

fn branch(problem: BankBranchProblem) -> FieldMessage {
    FieldMessage {
        field: BANK,
        sentence: Sentence::new(move |language| words::bank_branch_problem(language, problem)),
    }
}

/// What is wrong with a person's name.
pub(super) fn person(field: &'static str, problem: PersonNameProblem) -> FieldMessage {
    FieldMessage {
        field,
        sentence: Sentence::new(move |language| subjects::person_name_problem(language, problem)),
    }
}

/// What is wrong with the number of a person's document.
pub(super) fn id_document(field: &'static str, problem: IdDocumentProblem) -> FieldMessage {
    FieldMessage {
        field,
        sentence: Sentence::new(move |language| subjects::id_document_problem(language, problem)),
    }
}
