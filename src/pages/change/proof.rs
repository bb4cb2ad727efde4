//! The page at `/verification/change/proof`: the new data and their proof, saved at each Continue, right or
//! wrong (CHG-5 to CHG-8, V-33). Knows what is asked for; the rules say what is missing.

use contract::changes::{Application, SaveChange};
use domain::verification::change::{
    ApplicationState, ChangeForm, ChangeStep, ChangeWay, FormerSubject, may_choose_former,
    missing_proofs, required_proofs,
};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::fields::{Fields, message};
use super::papers::Papers;
use super::wizard::{Wizard, show_error, summary};
use crate::api::{self, ApiError};
use crate::form::Form;
use crate::paths;
use crate::text::changes::{self as text, ChangeText};
use crate::text::{Language, change_refusals};
use crate::ui::{Choice, Notice, NoticeKind, RadioGroup, SubmitButton, live, nothing};

const WAY: &str = "way";
const FORMER: &str = "former";
const ONLINE: &str = "online";
const PAPER: &str = "paper";

/// The page.
pub(super) fn page() -> AnyView {
    let page = Proving {
        wizard: Wizard::new(),
        form: Form::new("proof-problems"),
        fields: Fields::new(),
        way: RwSignal::new(PAPER.to_owned()),
        former: RwSignal::new(former_word(FormerSubject::Unchanged).to_owned()),
        papers: Papers::new(),
        written: StoredValue::new(false),
    };
    page.wizard.page(
        |language| ChangeText::of(language).proof_title,
        ChangeStep::SubmitProof,
        move |language| page.view(language),
    )
}

#[derive(Clone, Copy)]
struct Proving {
    wizard: Wizard,
    form: Form,
    fields: Fields,
    way: RwSignal<String>,
    former: RwSignal<String>,
    papers: Papers,
    /// What was saved has been put into the fields; from then on what stands there is the person's.
    written: StoredValue<bool>,
}

const FORMERS: [FormerSubject; 3] = [
    FormerSubject::Unchanged,
    FormerSubject::DataChanged,
    FormerSubject::Dissolved,
];

const fn former_word(former: FormerSubject) -> &'static str {
    match former {
        FormerSubject::Unchanged => "unchanged",
        FormerSubject::DataChanged => "data_changed",
        FormerSubject::Dissolved => "dissolved",
    }
}

impl Proving {
    fn view(self, language: Language) -> AnyView {
        let Some(change) = self.wizard.application() else {
            return nothing();
        };
        if !self.written.get_value() {
            self.written.set_value(true);
            self.fields.write(&change.fields);
            let way = match change.way {
                ChangeWay::Online => ONLINE,
                ChangeWay::Paper => PAPER,
            };
            self.way.set(way.to_owned());
            self.former.set(former_word(change.former).to_owned());
        }
        let words = ChangeText::of(language);
        let form = self.form;
        let kind = change.kind;
        let state = change.state.clone();
        view! {
            {reasons(&state, language)}
            <form class="form" novalidate on:submit=move |event| self.submit(&event)>
                {summary(form, language)}
                {self.ways(&change, language)}
                {self.fields.view(kind, form, language)}
                {live(move || self.proofs(kind, language))}
                <p class="quiet">{words.saved_note}</p>
                <div class="buttons">
                    <SubmitButton
                        label=words.next
                        pending_label=words.saving
                        pending=form.pending()
                    />
                    <a class="button" href=paths::change_type()>
                        {words.back}
                    </a>
                </div>
            </form>
        }
        .into_any()
    }

    /// Online or with papers, where there are both (CHG-8).
    fn ways(self, change: &Application, language: Language) -> AnyView {
        if change.kind.changes_subject() {
            return nothing();
        }
        let words = ChangeText::of(language);
        let online = Choice::new(ONLINE, words.online);
        let online = match &change.online_refusal {
            Some(refusal) => online.closed(&change_refusals::refusal(language, refusal)),
            None => online.hint(words.online_hint),
        };
        let choices = vec![
            online,
            Choice::new(PAPER, words.paper).hint(words.paper_hint),
        ];
        view! { <RadioGroup id=WAY label=words.way choices value=self.way /> }.into_any()
    }

    /// What became of the former subject, and the papers that follow from it (CHG-7).
    fn proofs(self, kind: domain::verification::change::ChangeKind, language: Language) -> AnyView {
        let words = ChangeText::of(language);
        if self.chosen_way() == ChangeWay::Online {
            return view! { <p>{words.no_papers}</p> }.into_any();
        }
        let choices = FORMERS
            .into_iter()
            .filter(|former| may_choose_former(kind, *former).is_none())
            .map(|former| Choice::new(former_word(former), text::former(language, former)))
            .collect();
        let needed = required_proofs(kind, ChangeWay::Paper, self.chosen_former());
        view! {
            <RadioGroup id=FORMER label=words.former choices value=self.former />
            {self.papers.view(needed, self.form, language)}
        }
        .into_any()
    }

    fn chosen_way(self) -> ChangeWay {
        match self.way.with(|way| way == ONLINE) {
            true => ChangeWay::Online,
            false => ChangeWay::Paper,
        }
    }

    fn chosen_former(self) -> FormerSubject {
        let chosen = self.former.get();
        let known = FORMERS.into_iter().find(|one| former_word(*one) == chosen);
        known.unwrap_or_default()
    }

    fn submit(self, event: &SubmitEvent) {
        if !self.form.may_submit(event) {
            return;
        }
        let Some(change) = self.wizard.application() else {
            return;
        };
        self.form.clear();
        let wish = SaveChange {
            version: change.version,
            way: untrack(|| self.chosen_way()),
            former: untrack(|| self.chosen_former()),
            fields: self.fields.read(&change),
        };
        let (id, kind) = (change.id, change.kind);
        let call = {
            let wish = wish.clone();
            async move { api::changes::save(&id, &wish).await }
        };
        self.form.send(call, move |answer| match answer {
            Ok(saved) => {
                self.wizard.overview.put(saved);
                self.saved(kind, &wish);
            }
            Err(error) => {
                if matches!(error, ApiError::ChangedElsewhere) {
                    self.wizard.overview.again();
                }
                show_error(self.form, &error);
            }
        });
    }

    /// It is saved, right or wrong; on goes who has everything right.
    fn saved(self, kind: domain::verification::change::ChangeKind, wish: &SaveChange) {
        let mut wrong: Vec<_> = match ChangeForm::parse(kind, &wish.fields) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(message).collect(),
        };
        let needed = required_proofs(kind, wish.way, wish.former);
        let missing = missing_proofs(needed, &self.papers.uploaded());
        wrong.extend(missing.into_iter().map(|proof| self.papers.missing(proof)));
        if wrong.is_empty() {
            self.wizard.address.go(paths::change_check());
        } else {
            self.form.show_fields(wrong);
        }
    }
}

/// Why it was rejected last time, while it is being corrected (CHG-9).
fn reasons(state: &ApplicationState, language: Language) -> AnyView {
    let ApplicationState::Draft { reasons } = state else {
        return nothing();
    };
    if reasons.is_empty() {
        return nothing();
    }
    let lines: Vec<_> = reasons
        .iter()
        .map(|reason| view! { <li>{text::item_reason(language, reason)}</li> })
        .collect();
    view! {
        <Notice kind=NoticeKind::Warning>
            <p class="notice-title">{ChangeText::of(language).reasons}</p>
            <ul class="bullets">{lines}</ul>
        </Notice>
    }
    .into_any()
}
