//! How much of something is reached, drawn and in words. The drawing adds nothing to the words, so
//! screen readers are spared it.

use leptos::prelude::*;

use super::{Tone, live};

/// How much is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// What is reached.
    pub value: u32,
    /// What could be.
    pub of: u32,
    /// How good that is.
    pub tone: Tone,
    /// The same in words.
    pub words: String,
}

impl Level {
    /// Whole hundredths.
    fn percent(&self) -> u32 {
        (self.value.min(self.of) * 100)
            .checked_div(self.of)
            .unwrap_or_default()
    }
}

/// A bar with its words beside it.
#[component]
pub fn Meter(
    /// How much is reached.
    #[prop(into)]
    level: Signal<Level>,
) -> impl IntoView {
    // Read out where it stands in a live region, so it is made anew for a change only.
    let level = Memo::new(move |_| level.get());
    live(move || {
        let level = level.get();
        let class = ["meter ", level.tone.class()].concat();
        view! {
            <div class=class>
                <svg class="meter-bar" aria-hidden="true">
                    <rect width="100%" height="100%" />
                    <rect class="meter-part" width=percent_text(&level) height="100%" />
                </svg>
                <span class="meter-words">{level.words}</span>
            </div>
        }
        .into_any()
    })
}

/// A ring around a number, with its words below it.
#[component]
pub fn ScoreRing(
    /// The score.
    #[prop(into)]
    level: Signal<Level>,
) -> impl IntoView {
    live(move || {
        let level = level.get();
        let class = ["ring ", level.tone.class()].concat();
        let part = [level.percent().to_string().as_str(), " 100"].concat();
        view! {
            <div class=class>
                <svg class="ring-drawing" viewBox="0 0 40 40" aria-hidden="true">
                    <circle cx="20" cy="20" r="17" />
                    <circle
                        class="ring-part"
                        cx="20"
                        cy="20"
                        r="17"
                        pathLength="100"
                        stroke-dasharray=part
                    />
                    <text x="20" y="20">
                        {level.value.to_string()}
                    </text>
                </svg>
                <p class="ring-words">{level.words}</p>
            </div>
        }
        .into_any()
    })
}

fn percent_text(level: &Level) -> String {
    level.percent().to_string() + "%"
}
