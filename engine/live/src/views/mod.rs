//! Views: what leaves the engine, as plain data. They hold no special-category attribute, no word of a concern, and no
//! answer to a confidential survey but those that a person gives and gets back with the key of their own draft.

mod agreements;
mod amendment;
mod diary;
mod form;
mod matching;
mod messages;
mod participants;
mod records;
mod review;
mod risks;
mod runs;
mod surveys;
mod tasks;
mod templates;

pub use agreements::{AgreementDetail, AgreementView};
pub use amendment::{
    AmendmentView, ChangedDeadlineView, DivergenceView, JudgementView, KeptSettingView, LostView, ObstacleView,
    PlaceView, SettingsView,
};
pub use diary::{DateView, MeetingView, RoundView, RoundsView, SessionView, SomebodyView};
pub use form::{DraftView, FormView};
pub use matching::{
    ComparisonView, EarlierDraftView, LeftOutView, PairView, ProposalView, ProposedPairView, TwoPeople, UnmatchedView,
};
pub use messages::{LetterAgain, OutboxItem, SentAgain};
pub use participants::{Added, Checked, ParticipantView};
pub use records::{ConcernView, JournalEntry, TimelineItem};
pub use review::{InsteadView, MadeView, MovedView, PairReviewView, ReasonView, RuleView};
pub use risks::{FlagView, PairAtRisk};
pub(crate) use runs::summary;
pub use runs::{
    AmendedView, ChangedSetting, LessonsView, ParkedView, RecruitmentView, RunDetail, RunSummary, StageView,
};
pub use surveys::{ChoiceView, ChoicesView, QuestionView, WaveDetail, WaveView};
pub use tasks::TaskView;
pub use templates::{AttributeView, NamedView, SettingView, SurveyView, TemplateDetail, TemplateSummary};

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What to pass as `after` for the next page; nothing on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Cuts a page out of a list in memory: up to `limit` items after the one whose key is `after`.
    pub fn cut(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> u64, after: u64, limit: usize) -> Self {
        let mut rest = items.into_iter().filter(|item| key(item) > after);
        let items: Vec<T> = rest.by_ref().take(limit).collect();
        let next = rest.next().and(items.last()).map(|last| key(last).to_string());
        Self { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_and_the_last_has_no_next() {
        let page = |after, limit| Page::cut(1..=5_u64, |n| *n, after, limit);
        assert_eq!(page(0, 2), Page { items: vec![1, 2], next: Some("2".into()) });
        assert_eq!(page(2, 2), Page { items: vec![3, 4], next: Some("4".into()) });
        assert_eq!(page(4, 2), Page { items: vec![5], next: None });
        assert_eq!(page(0, 5).next, None);
        assert_eq!(page(9, 5), Page { items: vec![], next: None });
    }
}
