//! The stages of a run and its surveys as stretches of time.

use jiff::Timestamp;
use smol_str::SmolStr;
use turnabout_core::{bundle::Bundle, run::Run};
use turnabout_model::{Event, SurveyMode, Threshold, WaveId};

/// A stage, until the next one was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// Its name.
    pub name: SmolStr,
    /// When it was reached.
    pub from: Timestamp,
    /// When the next was reached, or the end.
    pub to: Timestamp,
}

/// One sending of a survey, while it was open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyBar {
    /// The survey's name.
    pub survey: SmolStr,
    /// The title that people saw.
    pub title: String,
    /// Whether its answers belong to the programme, like a ballot, and are no results to release.
    pub named: bool,
    /// How many people have to be in a result.
    pub threshold: usize,
    /// When it opened.
    pub from: Timestamp,
    /// When it closed, or the end.
    pub to: Timestamp,
    /// How many were asked.
    pub asked: usize,
    /// How many answered.
    pub answered: usize,
}

/// The stages of a run in order.
pub(super) fn stages(run: &Run, until: Timestamp) -> Vec<Stage> {
    let ends = run.stages.iter().skip(1).map(|(at, _)| *at).chain([until]);
    run.stages.iter().zip(ends).map(|((from, name), to)| Stage { name: name.clone(), from: *from, to }).collect()
}

/// The surveys of a run in the order in which they were sent.
pub(super) fn surveys(run: &Run, events: &[(Timestamp, Event)], bundle: &Bundle, until: Timestamp) -> Vec<SurveyBar> {
    let moment = |wanted: &dyn Fn(&Event) -> Option<WaveId>, wave: WaveId| {
        events.iter().find(|(_, event)| wanted(event) == Some(wave)).map(|(at, _)| *at)
    };
    let opened = |event: &Event| match event {
        Event::WaveOpened { wave, .. } => Some(*wave),
        _ => None,
    };
    let closed = |event: &Event| match event {
        Event::WaveClosed { wave } => Some(*wave),
        _ => None,
    };
    let bars = run.waves.iter().map(|wave| {
        let survey = bundle.surveys.get(&wave.survey);
        SurveyBar {
            survey: wave.survey.clone(),
            title: run.title_of(wave, survey.map_or(&wave.survey, |survey| survey.own_title())),
            named: survey.is_some_and(|survey| survey.mode == SurveyMode::Named),
            threshold: survey.map_or(Threshold::default(), |survey| survey.threshold).people(),
            from: moment(&opened, wave.id).unwrap_or(run.started),
            to: moment(&closed, wave.id).unwrap_or(until),
            asked: wave.audience.len(),
            answered: wave.responded.len(),
        }
    });
    bars.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::Story;

    #[test]
    fn a_stage_lasts_until_the_next() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "UTC");
        story.stage("2026-01-05T09:00:00Z", "Recruiting");
        story.stage("2026-02-02T09:00:00Z", "Mentoring");
        let until = "2026-12-18T09:00:00Z".parse().unwrap();
        let told: Vec<_> = stages(&story.run, until).into_iter().map(|s| (s.name, s.to.to_string())).collect();
        assert_eq!(
            told,
            [("Recruiting".into(), "2026-02-02T09:00:00Z".into()), ("Mentoring".into(), until.to_string())],
        );
    }
}
