//! Every view of the run, in the one order in which the gate judges them.

use super::same::{self, identity};
use super::{
    Evidence,
    groups::{Group, Groups, tells_apart},
    study::{Study, Topic, subjects},
};
use crate::release::{Standing, View};
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{Survey, SurveyMode, WaveId};

/// A topic: the place of its study, and its place there.
pub(super) type Place = (usize, usize);

/// What a view shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    /// A topic in its wave.
    Topic(Place),
    /// A topic in the first wave and in a later one.
    Change(Place, Place),
    /// People who let themselves be named.
    Named,
}

/// A view and what it shows.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) about: About,
    pub(super) group: Group,
    pub(super) view: View,
}

/// A plan in the making.
struct Plan<'p, 'e> {
    studies: &'p [Study<'e>],
    groups: &'p Groups,
    /// The first wave that asked something, closed or not.
    first: BTreeMap<String, WaveId>,
    /// The studies that asked something, in the order in which they closed.
    asked: BTreeMap<&'p str, Vec<usize>>,
    evidence: &'p Evidence<'e>,
    over: bool,
    planned: Vec<Planned>,
}

/// Plans every view; `named` are those who let their answer to a question be told under their names, by the question.
pub(super) fn plan(
    evidence: &Evidence<'_>,
    studies: &[Study<'_>],
    groups: &Groups,
    named: BTreeMap<SmolStr, BTreeSet<u32>>,
) -> Vec<Planned> {
    let confidential = |survey: &&turnabout_model::Survey| survey.mode == SurveyMode::Confidential;
    let mut first = BTreeMap::new();
    for wave in &evidence.run.waves {
        if let Some(survey) = evidence.survey_of(wave).filter(confidential) {
            let identities = subjects(survey).into_iter().filter_map(|subject| identity(survey, &subject));
            identities.for_each(|identity| _ = first.entry(identity).or_insert(wave.id));
        }
    }
    let mut asked: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, study) in studies.iter().enumerate().filter(|(_, study)| study.is_confidential()) {
        for identity in study.topics.iter().filter_map(|topic| topic.identity.as_deref()) {
            asked.entry(identity).or_default().push(number);
        }
    }
    let over = evidence.run.is_over();
    let mut plan = Plan { studies, groups, first, asked, evidence, over, planned: Vec::new() };
    plan.named(named);
    for stage in 0..=studies.len() {
        plan.stage(stage);
    }
    plan.planned
}

impl Plan<'_, '_> {
    fn topic(&self, place: Place) -> &Topic<'_> {
        &self.studies[place.0].topics[place.1]
    }

    fn named(&mut self, named: BTreeMap<SmolStr, BTreeSet<u32>>) {
        for (variable, people) in named {
            let (name, variables) = (SmolStr::new_static("named"), [variable].into());
            let view = View { name, variables, people, least: 0, standing: Standing::Given };
            self.planned.push(Planned { about: About::Named, group: Group::Everyone, view });
        }
    }

    /// Plans what a wave brings when it closes; the last stage is the end of the run.
    fn stage(&mut self, stage: usize) {
        let (topics, changes) = (self.topics(stage), self.changes(stage));
        let mut about: Vec<About> = changes.into_iter().map(|(first, last)| About::Change(first, last)).collect();
        about.extend(topics.into_iter().map(About::Topic));
        let of_stage = self.studies.get(stage).into_iter().chain(self.studies);
        let mut order: Vec<SmolStr> = Vec::new();
        for by in of_stage.flat_map(|study| &study.survey.by) {
            if !order.contains(by) {
                order.push(by.clone());
            }
        }
        for about in &about {
            self.view(about, &Group::Everyone);
        }
        // At the end of the run no further wave has closed.
        let closed = |number: usize| self.studies.iter().take(number + 1).map(|study| study.wave);
        order.retain(|by| !self.groups.is_crowded(by, closed(stage)));
        for by in order {
            let parts: Vec<&About> = about.iter().filter(|about| self.breaks_down(about, &by)).collect();
            for group in self.groups.by(&by) {
                for about in &parts {
                    self.view(about, &group);
                }
            }
        }
    }

    /// The topics that are shown from a stage on: when their wave closes, or when it is known what becomes of them.
    fn topics(&self, stage: usize) -> Vec<Place> {
        let places =
            self.studies.iter().enumerate().flat_map(|(study, of)| (0..of.topics.len()).map(move |t| (study, t)));
        places.filter(|place| self.shown_from(*place) == Some(stage)).collect()
    }

    /// The stage from which a topic is shown. What another survey asks in the same words waits for it; at the end of the
    /// run there is nothing to wait for.
    fn shown_from(&self, place: Place) -> Option<usize> {
        let study = &self.studies[place.0];
        let identity = self.topic(place).identity.as_deref().filter(|_| study.is_confidential());
        let Some(identity) = identity else { return Some(place.0) };
        if !self.is_asked_again(study, identity) {
            return Some(place.0);
        }
        match self.asked.get(identity).and_then(|asked| asked.get(1)) {
            Some(second) => Some(place.0.max(*second)),
            None => self.over.then_some(self.studies.len()),
        }
    }

    /// Tells whether several surveys ask something, as it stood when a wave closed: those of the bundle that the run pinned
    /// then, and those that had been sent. An amendment or a wave that comes later does not decide it again, or what was shown
    /// would be withheld, or what was withheld would be judged before what was shown.
    fn is_asked_again(&self, study: &Study<'_>, identity: &str) -> bool {
        let (_, bundled) = self.evidence.under(study.wave.closed_under.as_ref());
        let sent = self.evidence.run.waves.iter().filter(|wave| Some(wave.opened) < study.wave.closed);
        let sent = sent.filter_map(|wave| Some((&wave.survey, self.evidence.survey_of(wave)?)));
        let asks = |survey: &Survey| {
            let mut subjects = subjects(survey).into_iter();
            survey.mode == SurveyMode::Confidential
                && subjects.any(|subject| same::identity(survey, &subject).as_deref() == Some(identity))
        };
        let names: BTreeSet<&SmolStr> =
            bundled.iter().chain(sent).filter(|(_, survey)| asks(survey)).map(|(name, _)| name).collect();
        names.len() > 1
    }

    /// The changes that a stage brings: from the first wave that asked to each later one, scales first.
    fn changes(&self, stage: usize) -> Vec<(Place, Place)> {
        let mut found = Vec::new();
        for (last, study) in self.studies.iter().enumerate().filter(|(_, study)| study.is_confidential()) {
            for (place, topic) in study.topics.iter().enumerate() {
                let Some(identity) = topic.identity.as_deref() else { continue };
                let Some(base) = self.first.get(identity).filter(|base| **base < study.wave.id) else { continue };
                let Some(first) = self.studies.iter().position(|study| study.wave.id == *base) else { continue };
                let same = |topic: &Topic<'_>| topic.identity.as_deref() == Some(identity);
                let Some(in_first) = self.studies[first].topics.iter().position(same) else { continue };
                if first.max(last) == stage {
                    found.push(((first, in_first), (last, place)));
                }
            }
        }
        found.sort_by_key(|(_, last)| (last.0, !self.topic(*last).subject.is_scale(), last.1));
        found
    }

    /// Tells whether something is broken down by an attribute at all. Comments never are: who wrote one is nobody's
    /// business, and neither is whether it was a mentor.
    fn breaks_down(&self, about: &About, by: &SmolStr) -> bool {
        // As people were told, and as it was when the wave closed.
        let within = |place: &Place| {
            let study = &self.studies[place.0];
            let bundles = [study.wave.bundle.as_ref(), study.wave.closed_under.as_ref()];
            let told = bundles.into_iter().all(|bundle| tells_apart(self.evidence.under(bundle).0, by));
            study.is_confidential() && study.survey.by.contains(by) && told
        };
        match about {
            About::Topic(place) => within(place) && !self.topic(*place).subject.is_text(),
            About::Change(first, last) => within(first) && within(last),
            About::Named => false,
        }
    }

    fn view(&mut self, about: &About, group: &Group) {
        let (people, variables, least) = match about {
            About::Named => return,
            About::Topic(place) => {
                let (topic, threshold) = (self.topic(*place), self.studies[place.0].survey.threshold);
                let least = if topic.subject.is_text() { threshold.comments() } else { threshold.people() };
                (self.members(*place, group), topic.variables.clone(), least)
            }
            About::Change(first, last) => {
                let both = self.members(*first, group);
                let both = both.intersection(&self.members(*last, group)).copied().collect();
                let variables = self.topic(*first).variables.union(&self.topic(*last).variables).cloned().collect();
                let [one, other] = [first, last].map(|place| self.studies[place.0].survey.threshold.people());
                (both, variables, one.max(other))
            }
        };
        let view = View { name: group.name(), variables, people, least, standing: Standing::Judged };
        self.planned.push(Planned { about: about.clone(), group: group.clone(), view });
    }

    /// Who answered a topic and is in a group.
    fn members(&self, place: Place, group: &Group) -> BTreeSet<u32> {
        let study = &self.studies[place.0];
        let within = |who: &u32| match (group, study.participant(*who)) {
            (Group::Everyone, _) => true,
            (group, Some(participant)) => self.groups.holds(group, participant),
            (_, None) => false,
        };
        self.topic(place).column.keys().copied().filter(within).collect()
    }
}
