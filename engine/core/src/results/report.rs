//! The evaluation, put together: plan every view, ask the gate once, fill in what it lets through.

use super::{
    Attrition, ChangeResult, Evaluation, Evidence, ItemResult, ScaleResult, Shown, ViewResult, WaveResult,
    activity::activity,
    change::{self, Both, change},
    groups::{Group, Groups},
    plan::{About, Place, Planned, plan},
    released::released,
    study::{Study, SubjectKind, Topic},
    summarise, themes,
};
use crate::{
    release::{View, Withheld, release},
    run::Wave,
};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{ParticipantStatus, Survey, SurveyMode, Text, WaveId};

/// Says what of a programme's surveys and groups may be shown.
pub fn evaluation(evidence: Evidence<'_>) -> Evaluation {
    let Evidence { run, programme, .. } = evidence;
    let measures = programme.measures;
    let studies = Study::all(&evidence);
    let released = released(&evidence, &studies, measures);
    let mut found = Evaluation {
        invented: false,
        template: run.template.clone(),
        client: run.client.clone(),
        purpose: programme.purpose.trim().to_owned(),
        measures,
        waves: Vec::new(),
        changes: Vec::new(),
        attrition: Vec::new(),
        activity: None,
        named: released.lists,
        stories: released.stories,
        quotes: themes::quotes(&evidence),
        themes: Vec::new(),
        learning: themes::lessons(evidence.run, evidence.notes),
    };
    if !measures {
        return found;
    }
    let groups = Groups::of(&evidence);
    let planned = plan(&evidence, &studies, &groups, released.named);
    let judged = Judged::of(planned);
    let results = Results { evidence: &evidence, studies: &studies, groups: &groups, judged: &judged };
    found.waves = run.waves.iter().filter_map(|wave| results.wave(wave)).collect();
    found.changes = results.changes();
    found.attrition = attrition(&evidence, &found.changes);
    found.activity = Some(activity(&evidence));
    found.themes = themes::themes(&evidence);
    found
}

/// Who is in a view, and whether it may be shown.
type Verdict = (BTreeSet<u32>, Result<(), Withheld>);

/// Every view with its verdict.
struct Judged(BTreeMap<(About, Group), Verdict>);

impl Judged {
    /// Asks the gate, once for the whole run.
    fn of(planned: Vec<Planned>) -> Self {
        let (keys, views): (Vec<(About, Group)>, Vec<View>) =
            planned.into_iter().map(|planned| ((planned.about, planned.group), planned.view)).unzip();
        let verdicts = release(&views);
        Self(keys.into_iter().zip(views.into_iter().map(|view| view.people).zip(verdicts)).collect())
    }

    fn people(&self, about: &About, group: &Group) -> Option<Result<&BTreeSet<u32>, Withheld>> {
        let (people, verdict) = self.0.get(&(about.clone(), group.clone()))?;
        Some(verdict.map(|()| people))
    }
}

struct Results<'r, 'e> {
    evidence: &'r Evidence<'e>,
    studies: &'r [Study<'e>],
    groups: &'r Groups,
    judged: &'r Judged,
}

impl Results<'_, '_> {
    /// The views of something, everyone first: each a figure made from those people alone, or why there is none.
    fn views<T>(
        &self,
        about: &About,
        study: &Study<'_>,
        figure: impl Fn(&Group, &BTreeSet<u32>) -> Option<T>,
    ) -> Vec<ViewResult<T>> {
        let asked = |group: &Group| study.wave.audience.iter().any(|who| self.groups.holds(group, *who));
        let parts = study.survey.by.iter().flat_map(|by| self.groups.by(by)).filter(asked);
        let all = std::iter::once(Group::Everyone).chain(parts);
        let mut views = Vec::new();
        for group in all {
            let result = match self.judged.people(about, &group) {
                Some(Ok(people)) => figure(&group, people).map_or(Shown::Withheld(Withheld::TooFew), Shown::Shown),
                Some(Err(withheld)) => Shown::Withheld(withheld),
                None if group == Group::Everyone => Shown::Withheld(Withheld::AskedAgain),
                None => continue,
            };
            let (by, value) = group.parts();
            views.push(ViewResult { view: group.name(), by, value, result });
        }
        views
    }

    fn wave(&self, wave: &Wave) -> Option<WaveResult> {
        let survey = self.evidence.survey_of(wave).filter(|survey| survey.mode != SurveyMode::Named)?;
        let say = |text: &Text| survey.say(text, &survey.default_language).trim().to_owned();
        let mut result = WaveResult {
            wave: wave.id,
            survey: wave.survey.clone(),
            title: self.evidence.run.title_of(wave, survey.own_title()),
            purpose: survey.purpose.as_ref().map(say),
            mode: survey.mode,
            threshold: survey.threshold.into(),
            open: wave.open,
            invited: wave.audience.len(),
            completed: wave.responded.len(),
            items: Vec::new(),
            scales: Vec::new(),
        };
        let Some((number, study)) = self.studies.iter().enumerate().find(|(_, study)| study.wave.id == wave.id) else {
            return Some(result);
        };
        for (place, topic) in study.topics.iter().enumerate() {
            let about = About::Topic((number, place));
            match topic.subject.kind {
                SubjectKind::Item(item) => {
                    let seed = self.evidence.run.seed;
                    let figure = |_: &Group, people: &BTreeSet<u32>| summarise::item(seed, study, topic, people);
                    result.items.push(ItemResult {
                        name: item.name.clone(),
                        text: say(item.text()),
                        question: item.statement.map(|_| say(&item.question.text)),
                        reversed: reversed(study.survey, item.name),
                        conditional: item.conditional,
                        views: self.views(&about, study, figure),
                    });
                }
                SubjectKind::Scale(scale) => {
                    let figure = |_: &Group, people: &BTreeSet<u32>| summarise::scale(study, topic, people);
                    let range = summarise::range(study, topic).unwrap_or_default();
                    let views = self.views(&about, study, figure);
                    result.scales.push(ScaleResult { name: scale.name.clone(), range, views });
                }
            }
        }
        Some(result)
    }

    /// Of each question the change up to the last wave that has it. Where that one is withheld and an earlier one is
    /// not, the earlier one: it could be read when it was new.
    fn changes(&self) -> Vec<ChangeResult> {
        let changes = self.judged.0.keys().filter(|(_, group)| *group == Group::Everyone);
        let mut best: BTreeMap<Place, Place> = BTreeMap::new();
        for (about, _) in changes {
            let About::Change(first, last) = about else { continue };
            let rank = |last: &Place| {
                let about = About::Change(*first, *last);
                (self.judged.people(&about, &Group::Everyone).is_some_and(|found| found.is_ok()), self.wave_of(last))
            };
            match best.get(first) {
                Some(known) if rank(known) >= rank(last) => {}
                _ => drop(best.insert(*first, *last)),
            }
        }
        let mut found: Vec<(Place, Place)> = best.into_iter().collect();
        found.sort_by_key(|(first, last)| {
            (self.wave_of(first), self.wave_of(last), !self.topic(last).subject.is_scale(), last.1)
        });
        found.into_iter().map(|(first, last)| self.change(first, last)).collect()
    }

    fn topic(&self, place: &Place) -> &Topic<'_> {
        &self.studies[place.0].topics[place.1]
    }

    fn wave_of(&self, place: &Place) -> WaveId {
        self.studies[place.0].wave.id
    }

    fn change(&self, first: Place, last: Place) -> ChangeResult {
        let (before, after) = (&self.studies[first.0], &self.studies[last.0]);
        let both = Both { first: (before, &before.topics[first.1]), last: (after, &after.topics[last.1]) };
        let figure = |group: &Group, people: &BTreeSet<u32>| {
            let counted = |place| match self.judged.people(&About::Topic(place), group) {
                Some(Ok(people)) => Some(people.len()),
                _ => None,
            };
            change(both, people, change::Shown { before: counted(first), after: counted(last) })
        };
        let topic = both.last.1;
        let say = |text: &Text| after.survey.say(text, &after.survey.default_language).trim().to_owned();
        let (text, question) = match topic.subject.kind {
            SubjectKind::Item(item) => (say(item.text()), item.statement.map(|_| say(&item.question.text))),
            SubjectKind::Scale(scale) => (scale.name.to_string(), None),
        };
        ChangeResult {
            name: topic.subject.name().clone(),
            text,
            reversed: reversed(after.survey, topic.subject.name()),
            question,
            scale: topic.subject.is_scale(),
            first: before.wave.id,
            last: after.wave.id,
            range: summarise::range(after, topic),
            views: self.views(&About::Change(first, last), after, figure),
        }
    }
}

/// Whether a scale of a survey counts an item reversed.
fn reversed(survey: &Survey, item: &str) -> bool {
    survey.scales.iter().flat_map(|scale| &scale.reverse).any(|reverse| reverse == item)
}

fn attrition(evidence: &Evidence<'_>, changes: &[ChangeResult]) -> Vec<Attrition> {
    let waves: BTreeSet<(WaveId, WaveId)> = changes.iter().map(|change| (change.first, change.last)).collect();
    let run = evidence.run;
    let counted = waves.into_iter().filter_map(|(first, last)| {
        let (before, after) = (run.wave(first)?, run.wave(last)?);
        let withdrawn = |status: ParticipantStatus| status == ParticipantStatus::Withdrawn;
        let left = before.audience.iter().filter_map(|who| run.participants.get(who)).filter(|p| withdrawn(p.status));
        Some(Attrition {
            first,
            last,
            asked: before.audience.len(),
            answered_first: before.responded.len(),
            answered_both: before.responded.intersection(&after.responded).count(),
            withdrawn: left.count(),
        })
    });
    counted.collect()
}
