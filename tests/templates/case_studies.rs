//! What each case study contains, in the right order.

use super::{load, play};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use std::collections::BTreeMap;
use turnabout_core::{
    decide::{Input, StartRun},
    limits::Limits,
    rehearse::{Act, Company, House, MemoryStage, Outcome, Rehearsed, SessionOutcome, Stage, invent, live},
};
use turnabout_model::{Event, PairId, ParticipantId, Period, Personas, QuestionKind, RunId, SignalSubject, Value};
use turnabout_sandbox::Sandbox;

#[test]
fn the_ambulance_year_is_the_case_study() {
    let bundle = load("ambulance");
    for seed in [7, 8, 9] {
        let outcome = Outcome::of(&play(&bundle, "steady", seed));
        assert_eq!(outcome.status, "finished", "{:?}", outcome.problems);
        assert_eq!((outcome.mentors, outcome.mentees, outcome.pairs), (10, 10, 10));
        let year = days(outcome.starts, outcome.ends);
        assert!((340..=390).contains(&year), "it lasts {year} days");
        let names: Vec<&str> = outcome.sessions.iter().map(|session| session.name.as_str()).collect();
        assert_eq!(names.first(), Some(&"engagement-day"));
        assert_eq!(names.last(), Some(&"celebration"));
        let first_meeting = outcome.first_meeting.unwrap();
        for name in ["mentor-day-1", "mentor-day-2", "mentee-day"] {
            let session = outcome.sessions.iter().find(|session| session.name == name).unwrap();
            assert!(session.held && session.planned < first_meeting, "{name} is before the first meeting");
        }
    }
}

#[test]
fn the_police_pilot_is_the_case_study() {
    let bundle = load("police");
    for seed in [7, 8, 9] {
        let rehearsed = play(&bundle, "steady", seed);
        let outcome = Outcome::of(&rehearsed);
        assert_eq!(outcome.status, "finished", "{:?}", outcome.problems);
        assert_eq!(outcome.mentors + outcome.mentees, 38);
        assert_eq!(outcome.pairs, 19, "seed {seed}");

        let held = |kind: &str| sessions_held(&outcome, |session| session.kind == kind);
        let named = |name: &str| sessions_held(&outcome, |session| session.name == name);
        let trained = named("mentor-training").into_iter().max().unwrap();
        let briefed = named("mentee-briefing").into_iter().max().unwrap();
        let dating = named("speed-dating");
        let elected =
            first(&rehearsed, |event| matches!(event, Event::WaveOpened { survey, .. } if survey == "election"));
        let paired = first(&rehearsed, |event| matches!(event, Event::PairFormed { .. }));
        let met = outcome.first_meeting.unwrap();
        assert!(trained < dating[0] && briefed < dating[0], "training and briefing come before the speed dating");
        assert!(*dating.iter().max().unwrap() < elected, "speed dating comes before the election");
        assert!(elected < paired && paired < met, "the election comes before the pairs, and they before meetings");

        assert!(held("drop-in").len() >= 3, "there are several drop-ins");
        assert_eq!(held("focus-group").len(), 3);
        assert_eq!(held("interview").len(), 3);
        let all = outcome.waves.iter().find(|wave| wave.survey == "evaluation").unwrap();
        assert_eq!(all.invited, 38, "the survey goes to all");
        let together = days(paired, outcome.ends);
        assert!((170..=195).contains(&together), "six months, not {together} days");
    }
}

#[test]
fn a_surge_leaves_a_pair_in_peace_and_then_goes_on() {
    let bundle = load("police");
    let plan = &bundle.rehearsals["steady"];
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let mut stage = MemoryStage::new(&bundle, House { rules: &sandbox, limits: Limits::standard() });
    let cast = invent(&plan.cohort, &bundle.programme, 7);
    // Pairs meet so rarely that every one of them would be nudged.
    let personas = Personas { meets_every: Period::months(4), ..plan.personas.clone() };
    let zone = TimeZone::get("Europe/London").unwrap();
    let mut company = Company::new(cast, personas, bundle.surveys.clone(), zone, 7);
    let act = |stage: &mut MemoryStage<'_>, company: &mut Company, at: Timestamp, input: Input| {
        let Ok(events) = stage.act(at, &Act::Input(input));
        for event in events.unwrap() {
            company.react(stage.run(), at, &event);
        }
    };
    let starts: Timestamp = "2026-08-20T08:00:00Z".parse().unwrap();
    let input = Input::Start(StartRun {
        run: RunId::from_bits(7),
        client: "rehearsal".into(),
        settings: Value::map([]),
        time_zone: None,
        seed: 7,
        renews: None,
    });
    act(&mut stage, &mut company, starts, input);
    let surge: Timestamp = "2026-11-02T09:00:00Z".parse().unwrap();
    let Ok(_) = live(&mut stage, &mut company, starts, Some(surge));
    let pair = stage.run().pairs[3].id;
    let subject = SignalSubject::Pair(pair);
    let input = Input::Signal { name: "surge".into(), subject, key: "november".into(), payload: Value::Null };
    act(&mut stage, &mut company, surge, input);
    let Ok(_) = live(&mut stage, &mut company, surge, None);

    assert_eq!(stage.run().status().word(), "finished");
    let (_, events, _) = stage.into_parts();
    let told = |name: &str| -> Vec<Timestamp> { messages_about(&events, name, pair).collect() };
    assert_eq!(told("change-of-pace"), [surge, surge], "both hear of it, once");
    let pause = surge + SignedDuration::from_hours(28 * 24);
    let nudges = told("gentle-nudge");
    assert!(nudges.iter().all(|at| *at < surge || *at > pause), "nobody nudges the two: {nudges:?}");
    assert!(nudges.iter().any(|at| *at > pause), "afterwards they are asked again");
    let other = messages_about(&events, "gentle-nudge", PairId(1)).find(|at| *at > surge && *at < pause);
    assert!(other.is_some(), "the others go on as before");
}

/// What is to be compared is asked twice in the same words, before anybody meets and at the end.
#[test]
fn before_and_after_ask_the_same() {
    for (template, after) in [("ambulance", "closing"), ("police", "evaluation")] {
        let bundle = load(template);
        let [before, after] = ["baseline", after].map(|name| &bundle.surveys[name]);
        let items = after.items();
        let mut compared = 0;
        for item in before.items().iter().filter(|item| item.statement.is_some()) {
            let again = items.iter().find(|other| other.name == item.name);
            let again = again.unwrap_or_else(|| panic!("{template} never asks '{}' again", item.name));
            assert_eq!((again.text(), &again.question.kind), (item.text(), &item.question.kind), "{template}");
            compared += 1;
        }
        assert!(compared >= 10, "{template} compares {compared} statements");
        assert!(before.scales.len() >= 4, "{template}");
        for scale in &before.scales {
            assert!(after.scales.contains(scale), "{template} scores '{}' otherwise at the end", scale.name);
        }
        assert_eq!((before.threshold, &before.by), (after.threshold, &after.by), "{template}");

        let rehearsed = play(&bundle, "steady", 7);
        let closed = first(&rehearsed, |event| matches!(event, Event::WaveClosed { wave } if wave.0 == 1));
        let paired = first(&rehearsed, |event| matches!(event, Event::PairFormed { .. }));
        assert!(closed < paired, "{template}: the baseline is over before anybody is paired");
    }
}

#[test]
fn race_equity_is_the_case_study() {
    let bundle = load("race-equity");
    assert!(!bundle.programme.measures);
    for survey in bundle.surveys.values() {
        // Whether somebody's words may be passed on is no answer that could be counted.
        let consents = survey.consent_questions();
        let asked = survey.items().into_iter().filter(|item| !consents.contains(item.name));
        for item in asked {
            assert_eq!(item.question.kind, QuestionKind::Text, "people are asked for words alone: {}", item.name);
        }
    }
    for seed in [7, 8, 9] {
        let rehearsed = play(&bundle, "steady", seed);
        let outcome = Outcome::of(&rehearsed);
        assert_eq!(outcome.status, "finished", "{:?}", outcome.problems);
        assert_eq!(outcome.pairs, 15, "seed {seed}");
        assert!(outcome.waves.iter().all(|wave| wave.survey == "story"), "nobody is asked for a figure");

        let ethnicity: BTreeMap<ParticipantId, _> =
            rehearsed.people.iter().map(|person| (person.id, &person.attributes["ethnicity"])).collect();
        for pair in &rehearsed.run.pairs {
            assert_ne!(ethnicity[&pair.mentor], ethnicity[&pair.mentee], "seed {seed}: {} differs", pair.id);
        }
        let silent = assert_silent_months_are_nudged(&rehearsed);
        assert!(silent > 0, "seed {seed} has no pair that lacks a month's meeting");
        let names: Vec<&str> = outcome.sessions.iter().map(|session| session.name.as_str()).collect();
        assert!(names.contains(&"race-equality-event"));
        assert_eq!(names.last(), Some(&"shared-learning"));
    }
    assert!(assert_silent_months_are_nudged(&play(&bundle, "quiet", 11)) > 0);
}

/// Checks that the mentor of a pair is nudged wherever a month passes without a meeting. Gives how often one does.
fn assert_silent_months_are_nudged(rehearsed: &Rehearsed) -> usize {
    let month = SignedDuration::from_hours(31 * 24 + 1);
    let mut silent = 0;
    for pair in &rehearsed.run.pairs {
        // Nobody meets before both have signed.
        let Some(agreed) = rehearsed.run.agreements.iter().find(|a| a.pair == pair.id && a.is_complete()) else {
            continue;
        };
        let own = |event: &Event| matches!(event, Event::AgreementSigned { agreement, .. } if *agreement == agreed.id);
        let signed = rehearsed.events.iter().rev().find(|(_, event)| own(event)).map(|(at, _)| *at);
        let mut moments = vec![signed.unwrap()];
        let nudges: Vec<Timestamp> = messages_about(&rehearsed.events, "gentle-nudge", pair.id).collect();
        for (at, event) in &rehearsed.events {
            match event {
                Event::MeetingRecorded { pair: met, took_place: true, .. } if *met == pair.id => moments.push(*at),
                Event::PairEnded { pair: ended, .. } if *ended == pair.id => moments.push(*at),
                _ => {}
            }
        }
        for gap in moments.windows(2).filter(|gap| gap[1].duration_since(gap[0]) > month) {
            silent += 1;
            let reminded = nudges.iter().any(|at| gap[0] < *at && *at <= gap[0] + month);
            assert!(reminded, "{} was silent from {} to {} and nobody asked", pair.id, gap[0], gap[1]);
        }
    }
    silent
}

/// When a message about a pair was sent.
fn messages_about<'e>(
    events: &'e [(Timestamp, Event)],
    name: &'e str,
    pair: PairId,
) -> impl Iterator<Item = Timestamp> + 'e {
    events.iter().filter_map(move |(at, event)| match event {
        Event::MessageQueued { template, about, .. } if template == name => {
            let id = about.get("pair").and_then(Value::as_text)?;
            (id == pair.to_string()).then_some(*at)
        }
        _ => None,
    })
}

fn sessions_held(outcome: &Outcome, keep: impl Fn(&SessionOutcome) -> bool) -> Vec<Timestamp> {
    outcome.sessions.iter().filter(|session| session.held && keep(session)).map(|session| session.planned).collect()
}

fn first(rehearsed: &Rehearsed, keep: impl Fn(&Event) -> bool) -> Timestamp {
    rehearsed.events.iter().find(|(_, event)| keep(event)).map(|(at, _)| *at).unwrap()
}

fn days(from: Timestamp, to: Timestamp) -> i64 {
    to.duration_since(from).as_hours() / 24
}
