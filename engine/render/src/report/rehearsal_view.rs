//! The page of one rehearsal: the counts in words, rows and drawings.

use super::{Addressees, PairStory, RehearsalReport, Risk, SILENCE_DAYS, charts, pauses};
use crate::{
    Look,
    html::{self, Page, words},
    limits::MAX_ROWS,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use turnabout_model::{PairId, Role, SessionStatus};

/// Writes the report of a rehearsal as a page of its own.
pub fn rehearsal_report(report: &RehearsalReport, look: &Look) -> String {
    html::render_for(look, Page::Rehearsal, &view(report, look))
}

fn view(report: &RehearsalReport, look: &Look) -> Value {
    let RehearsalReport { outcome, zone, .. } = report;
    let missed = report.verdicts.iter().filter(|verdict| !verdict.met).count();
    let (timeline, load) = (timeline_in_words(report), load_in_words(report));
    json!({
        "title": format!("Rehearsal of {}", look.title(&outcome.template)),
        "summary": report.summary,
        "template": outcome.template,
        "version": report.version,
        "seed": outcome.seed,
        "status": status(outcome.status),
        "well": outcome.status == "finished",
        "from": words::long(words::date(outcome.starts, zone)),
        "to": words::long(words::date(outcome.ends, zone)),
        "zone": zone.iana_name().unwrap_or("UTC"),
        "facts": facts(report),
        "expected": expected(report.verdicts.len(), missed),
        "verdicts": report.verdicts,
        "timeline": charts::timeline(report, &timeline),
        "timeline_words": timeline,
        "stages": stages(report),
        "paused": !report.pauses.is_empty(),
        "sessions": sessions(report),
        "load": charts::load(report, &format!("{load}{}", pauses::sentences(&report.pauses, zone))),
        "load_words": load,
        "weeks": weeks(report),
        "pairs_words": pairs_in_words(&report.pairs),
        "pairs": rows(&report.pairs, |pair| pair_row(pair, report)),
        "attrition": attrition(report),
        "leavers": leavers(report),
        "surveys": surveys(report),
        "messages_words": messages_in_words(report),
        "messages": rows(&report.sendings, |sending| json!({
            "at": words::moment(sending.at, zone),
            "message": words::title(&sending.message),
            "to": addressees(sending.to),
            "about": sending.about,
        })),
        "parked": report.parked.iter().map(|parked| json!({
            "journey": parked.journey,
            "function": parked.function,
            "code": parked.problem.code,
            "message": parked.problem.message,
            "position": parked.problem.position.as_ref().map_or(String::new(), ToString::to_string),
            "help": parked.problem.help.clone().unwrap_or_default(),
        })).collect::<Vec<_>>(),
        "refused": report.refused.iter()
            .map(|refused| json!({ "because": refused.because, "times": refused.times })).collect::<Vec<_>>(),
        "entries": words::entries(usize::try_from(outcome.journal_entries).unwrap_or(usize::MAX)),
        "journeys": words::count(outcome.journeys, "journey"),
        "long_journal": report.long_journal,
    })
}

/// Rows of a table up to a limit, and how many are left out.
fn rows<T>(items: &[T], row: impl Fn(&T) -> Value) -> Value {
    let left_out = match items.len().saturating_sub(MAX_ROWS) {
        0 => String::new(),
        1 => "1 more is left out.".into(),
        n => format!("{} more are left out.", words::grouped(n)),
    };
    json!({ "rows": items.iter().take(MAX_ROWS).map(row).collect::<Vec<_>>(), "left_out": left_out })
}

fn status(word: &str) -> &'static str {
    match word {
        "finished" => "Finished",
        "needs-attention" => "Needs attention: a journey is parked",
        "cancelled" => "Cancelled",
        "new" => "Did not start",
        _ => "Stalled: nothing more was going to happen",
    }
}

fn facts(report: &RehearsalReport) -> Value {
    let outcome = &report.outcome;
    let held = report.sessions.iter().filter(|session| session.status == SessionStatus::Held).count();
    json!([
        { "name": "Mentors", "value": outcome.mentors },
        { "name": "Mentees", "value": outcome.mentees },
        { "name": "Pairs", "value": outcome.pairs },
        { "name": "Pairs that signed an agreement", "value": outcome.agreements },
        { "name": "Sessions held", "value": held },
        { "name": "Meetings", "value": outcome.meetings },
        { "name": "Messages", "value": outcome.messages },
        { "name": "Withdrawals", "value": outcome.withdrawals },
        { "name": "Concerns raised", "value": outcome.concerns },
    ])
}

fn expected(all: usize, missed: usize) -> String {
    match (all, missed) {
        (0, _) => "This rehearsal has no expectations.".into(),
        (1, 0) => "The expectation was met.".into(),
        (all, 0) => format!("All {all} expectations were met."),
        (all, 1) => format!("1 of {} was not met.", words::count(all, "expectation")),
        (all, missed) => format!("{missed} of {} were not met.", words::count(all, "expectation")),
    }
}

fn timeline_in_words(report: &RehearsalReport) -> String {
    let outcome = &report.outcome;
    let day = |at: Timestamp| words::long(words::date(at, &report.zone));
    let stages: Vec<String> = report.stages.iter().map(|s| format!("{} from {}", s.name, day(s.from))).collect();
    let stages = if stages.is_empty() { "no stages".into() } else { stages.join(", ") };
    format!(
        "From {} to {}: {stages}. {} in the diary, {}, {}.{}",
        day(outcome.starts),
        day(outcome.ends),
        words::count(outcome.sessions.len(), "session"),
        words::count(outcome.waves.len(), "survey"),
        words::count(outcome.meetings, "meeting"),
        pauses::sentences(&report.pauses, &report.zone),
    )
}

/// Stages and pauses, in the order in which they began.
fn stages(report: &RehearsalReport) -> Vec<Value> {
    let zone = &report.zone;
    let stages = report.stages.iter().map(|stage| {
        let [from, to] = [stage.from, stage.to].map(|at| words::day(at, zone));
        (stage.from, json!({ "name": stage.name, "from": from, "to": to }))
    });
    let pauses = report.pauses.iter().map(|pause| (pause.since, pauses::row(pause, zone)));
    let mut rows: Vec<(Timestamp, Value)> = stages.chain(pauses).collect();
    rows.sort_by_key(|(from, _)| *from);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn load_in_words(report: &RehearsalReport) -> String {
    let busiest = |minutes: &dyn Fn(&super::Week) -> u64, people: usize, who: &str| {
        let all: u64 = report.weeks.iter().map(minutes).sum();
        let week = report.weeks.iter().max_by_key(|week| minutes(week)).filter(|week| minutes(week) > 0)?;
        Some(format!(
            "A {who} spends {} in all on average; the busiest week is that of {} with {}.",
            words::in_hours(charts::each(all, people)),
            words::long(week.starts),
            words::hours(charts::each(minutes(week), people)),
        ))
    };
    let coordinator = report.weeks.iter().max_by_key(|week| week.coordinator).filter(|week| week.coordinator > 0);
    let coordinator = coordinator.map(|week| {
        let all: u32 = report.weeks.iter().map(|week| week.coordinator).sum();
        let all = words::count(usize::try_from(all).unwrap_or(usize::MAX), "thing");
        format!(
            "The coordinator has {all} to do in all; the busiest week is that of {} with {}.",
            words::long(week.starts),
            week.coordinator
        )
    });
    let sentences = [
        busiest(&|week| week.mentor_minutes, report.outcome.mentors, "mentor"),
        busiest(&|week| week.mentee_minutes, report.outcome.mentees, "mentee"),
        coordinator,
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    if sentences.is_empty() { "Nobody had anything to do.".into() } else { sentences.join(" ") }
}

fn sessions(report: &RehearsalReport) -> Value {
    rows(&report.sessions, |session| {
        json!({
            "at": words::moment(session.starts, &report.zone),
            "name": session.name,
            "title": session.title,
            "kind": words::title(&session.kind),
            "held": session.status == SessionStatus::Held,
            "otherwise": if session.status == SessionStatus::Cancelled { "✗ Called off" } else { "○ Not yet held" },
            "attended": session.attended,
            "invited": session.invited,
        })
    })
}

fn weeks(report: &RehearsalReport) -> Vec<Value> {
    let busy = report.weeks.iter().filter(|week| !week.is_empty());
    let rows = busy.map(|week| {
        json!({
            "starts": words::short(week.starts),
            "sessions": week.sessions.join(", "),
            "meetings": week.meetings,
            "mentors": words::hours(charts::each(week.mentor_minutes, report.outcome.mentors)),
            "mentees": words::hours(charts::each(week.mentee_minutes, report.outcome.mentees)),
            "coordinator": week.coordinator,
        })
    });
    rows.collect()
}

fn pairs_in_words(pairs: &[PairStory]) -> String {
    let all = words::count(pairs.len(), "pair");
    let such = |risk| pairs.iter().filter(|pair| pair.risk == Some(risk)).count();
    let weeks = SILENCE_DAYS / 7;
    match (pairs.len(), such(Risk::Silent), such(Risk::NeverMet)) {
        (0, _, _) => "No pair was formed.".into(),
        (_, 0, 0) => format!("No pair went more than {weeks} weeks without a meeting."),
        (_, silent, 0) => format!("{silent} of {all} went more than {weeks} weeks without a meeting at some time."),
        (_, 0, never) => format!("{never} of {all} never met."),
        (_, silent, never) => format!(
            "{silent} of {all} went more than {weeks} weeks without a meeting at some time, and {never} never met."
        ),
    }
}

fn pair_row(pair: &PairStory, report: &RehearsalReport) -> Value {
    let ended = pair.ended.as_ref();
    json!({
        "id": pair.id,
        "mentor": report.known_as(pair.mentor),
        "mentee": report.known_as(pair.mentee),
        "score": pair.score.map_or("none".into(), |score| format!("{score:.2}")),
        "formed": words::day(pair.formed, &report.zone),
        "meetings": pair.meetings,
        "gap": words::count(usize::try_from(pair.longest_gap_days).unwrap_or(usize::MAX), "day"),
        "silence": match pair.risk {
            None => String::new(),
            Some(Risk::NeverMet) => "Never met".into(),
            Some(Risk::Silent) => format!("Over {} weeks", SILENCE_DAYS / 7),
        },
        "ended": ended.map_or("not ended".into(), |(at, _)| words::day(*at, &report.zone)),
        "because": ended.map_or("", |(_, reason)| reason.as_str()),
    })
}

fn attrition(report: &RehearsalReport) -> String {
    let left = |role: Role| report.leavers.iter().filter(|leaver| leaver.role == role).count();
    if report.leavers.is_empty() {
        return "Nobody withdrew.".into();
    }
    format!(
        "{} of {} and {} of {} withdrew.",
        left(Role::Mentor),
        words::count(report.outcome.mentors, "mentor"),
        left(Role::Mentee),
        words::count(report.outcome.mentees, "mentee"),
    )
}

fn leavers(report: &RehearsalReport) -> Value {
    let list = |pairs: &[PairId]| pairs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    rows(&report.leavers, |leaver| {
        json!({
            "at": words::day(leaver.at, &report.zone),
            "who": report.known_as(leaver.id),
            "role": leaver.role,
            "ended": if leaver.ended.is_empty() { "none".into() } else { list(&leaver.ended) },
            "found": match (leaver.ended.is_empty(), leaver.found.is_empty()) {
                (true, _) => "nobody was left behind".into(),
                (_, true) => "no new partner".into(),
                _ => list(&leaver.found),
            },
        })
    })
}

fn surveys(report: &RehearsalReport) -> Value {
    rows(&report.surveys, |survey| {
        let share = (survey.answered * 100 + survey.asked / 2).checked_div(survey.asked);
        json!({
            "title": survey.title,
            "from": words::day(survey.from, &report.zone),
            "to": words::day(survey.to, &report.zone),
            "asked": survey.asked,
            "answered": survey.answered,
            "share": share.map_or("none asked".into(), |share| format!("{share}%")),
            "shown": match (survey.named, survey.answered >= survey.threshold) {
                (true, _) => "used by the programme".into(),
                (_, true) => "yes".into(),
                (_, false) => format!("no: fewer than {} answers", survey.threshold),
            },
        })
    })
}

fn messages_in_words(report: &RehearsalReport) -> String {
    format!(
        "{}, sent on {}.",
        words::count(report.outcome.messages, "message"),
        words::count(report.sendings.len(), "occasion")
    )
}

fn addressees(to: Addressees) -> String {
    let people = [(to.mentors, "mentor"), (to.mentees, "mentee")];
    let people = people.into_iter().filter(|(n, _)| *n > 0).map(|(n, role)| words::count(n, role));
    let named = [(to.coordinator, "coordinator"), (to.sponsor, "sponsor"), (to.contact, "contact for concerns")];
    let named = named.into_iter().filter(|(n, _)| *n > 0).map(|(_, who)| who.to_owned());
    people.chain(named).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::Story;

    #[test]
    fn silence_is_called_what_it_is() {
        let mut story = Story::begin("2026-01-05T09:00:00Z", "UTC");
        let (mentor, mentee) = (story.mentor(), story.mentee());
        let until = "2026-06-01T10:00:00Z".parse().unwrap();
        let said = |story: &Story| pairs_in_words(&crate::report::pairs::pairs(&story.run, &story.events, until));
        assert_eq!(said(&story), "No pair was formed.");
        let steady = story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        story.meeting(steady, "2026-02-20T10:00:00Z", 60);
        story.end_pair(steady, "2026-04-10T10:00:00Z", "completed");
        assert_eq!(said(&story), "No pair went more than 8 weeks without a meeting.");
        let silent = story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        story.meeting(silent, "2026-05-01T10:00:00Z", 60);
        assert_eq!(said(&story), "1 of 2 pairs went more than 8 weeks without a meeting at some time.");
        story.pair("2026-02-01T10:00:00Z", mentor, mentee);
        assert_eq!(
            said(&story),
            "1 of 3 pairs went more than 8 weeks without a meeting at some time, and 1 never met."
        );
    }
}
