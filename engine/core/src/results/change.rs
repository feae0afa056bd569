//! What changed for the people who answered both times.

use super::{
    answers::Answer,
    numbers::{likert, share},
    study::{Study, SubjectKind, Topic},
    summarise::{label, point},
    summary::{ChangeSummary, Likert, PairedChange, PairedSwitch},
};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_model::{Item, QuestionKind};
use turnabout_statistics as statistics;

/// The same topic in two waves.
#[derive(Debug, Clone, Copy)]
pub(super) struct Both<'s, 'e> {
    pub(super) first: (&'s Study<'e>, &'s Topic<'e>),
    pub(super) last: (&'s Study<'e>, &'s Topic<'e>),
}

/// How many answered in each wave, where that is shown by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shown {
    pub(super) before: Option<usize>,
    pub(super) after: Option<usize>,
}

/// What changed for some people, all of whom answered both times.
pub(super) fn change(both: Both<'_, '_>, people: &BTreeSet<u32>, shown: Shown) -> Option<ChangeSummary> {
    if let SubjectKind::Item(Item { question, .. }) = both.last.1.subject.kind
        && let QuestionKind::Single { choices } = &question.kind
    {
        let choice = label(both.last.0.survey, choices.first()?);
        return switch(both, people, shown, choice).map(ChangeSummary::Switch);
    }
    paired(both, people, shown).map(|change| ChangeSummary::Number(Box::new(change)))
}

fn paired(both: Both<'_, '_>, people: &BTreeSet<u32>, shown: Shown) -> Option<PairedChange> {
    let value = |topic: &Topic<'_>, who: &u32| topic.column.get(who).and_then(Answer::number);
    let rows = people.iter().map(|who| (value(both.first.1, who), value(both.last.1, who)));
    let found = statistics::analyse(rows).ok()?;
    let name = |method: statistics::Method| SmolStr::from(method.to_string());
    Some(PairedChange {
        n_before: shown.before,
        n_after: shown.after,
        n_paired: found.n_paired,
        mean_before: found.mean_pre?,
        mean_after: found.mean_post?,
        mean_change: found.mean_change?,
        ci95: found.ci95.map(Into::into),
        wilcoxon_p: found.wilcoxon_p,
        method: found.method.map(name),
        rank_biserial: found.rank_biserial,
        d_z: found.d_z,
        hedges_g: found.hedges_g,
        reasons: found.reasons.iter().map(|(field, reason)| ((*field).into(), reason.to_string())).collect(),
        before: spread(both.first, people),
        after: spread(both.last, people),
    })
}

/// Of agreement: how these people's answers were spread.
fn spread((study, topic): (&Study<'_>, &Topic<'_>), people: &BTreeSet<u32>) -> Option<Likert> {
    let SubjectKind::Item(Item { question, .. }) = topic.subject.kind else { return None };
    let points: Vec<i32> = people.iter().filter_map(|who| point(topic.column.get(who)?)).collect();
    likert(study.survey, &question.kind, &points)
}

fn switch(both: Both<'_, '_>, people: &BTreeSet<u32>, shown: Shown, choice: String) -> Option<PairedSwitch> {
    let chose = |topic: &Topic<'_>, who: &u32| topic.column.get(who) == Some(&Answer::Choice(0));
    let turns: Vec<(bool, bool)> =
        people.iter().map(|who| (chose(both.first.1, who), chose(both.last.1, who))).collect();
    let count = |is: fn(&(bool, bool)) -> bool| turns.iter().filter(|turn| is(turn)).count();
    let (from, to) = (count(|turn| turn.0 && !turn.1), count(|turn| !turn.0 && turn.1));
    let tested = statistics::mcnemar(from, to).ok();
    Some(PairedSwitch {
        n_before: shown.before,
        n_after: shown.after,
        n_paired: turns.len(),
        choice,
        before: share(count(|turn| turn.0), turns.len())?,
        after: share(count(|turn| turn.1), turns.len())?,
        turned_to: to,
        turned_from: from,
        mcnemar_p: tested.map(|tested| tested.p),
        method: tested.map(|tested| tested.method.to_string().into()),
    })
}
