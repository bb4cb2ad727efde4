//! How good a thing is, as a colour, and a word in that colour. Knows no thing; the word says what the
//! colour alone would not.

use leptos::prelude::*;

/// How good a thing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Plain,
    /// As it should be.
    Good,
    /// Worth a look.
    Caution,
    /// Wrong, or in danger.
    Wrong,
}

impl Tone {
    /// The class that gives its colours.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Plain => "tone-plain",
            Self::Good => "tone-good",
            Self::Caution => "tone-caution",
            Self::Wrong => "tone-wrong",
        }
    }
}

/// A word that says how something stands.
#[component]
pub fn Tag(
    /// How good that is.
    #[prop(optional)]
    tone: Tone,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let class = ["tag ", tone.class()].concat();
    view! { <span class=class>{text}</span> }
}
