//! Time has passed: what was due happens, in the order in which it was due.

use super::pausing;
use crate::{decide::Deciding, run::Alarm, verbs::present};
use jiff::Timestamp;
use rustc_hash::FxHashSet;
use turnabout_model::{Event, Recipient, SessionId, SessionStatus, TaskKind, Value, Wait, WaveId};

pub(super) fn tick(d: &mut Deciding<'_>) {
    let Some(until) = d.run.paused.as_ref().map(|pause| pause.until) else { return fall_due(d, None) };
    if d.context.now >= until {
        pausing::end(d, Vec::new());
        fall_due(d, Some(until));
    }
}

/// Lets happen what is due; after a pause, what was due in it is due at its end.
pub(super) fn fall_due(d: &mut Deciding<'_>, paused_until: Option<Timestamp>) {
    let mut rung = FxHashSet::default();
    while !d.run.is_over() {
        let Some((at, alarm)) = due(d, &rung) else { return };
        rung.insert((at, alarm));
        let at = paused_until.map_or(at, |until| until.max(at));
        match alarm {
            Alarm::Remind(session) => remind(d, session, at),
            Alarm::RemindWave(wave) => remind_wave(d, wave, at),
            Alarm::Overdue(session) => ask_who_came(d, session),
            Alarm::Step(journey, step) => {
                if matches!(d.run.wait_of(journey, step), Some(Wait::Branches { .. })) {
                    // Only the script can end a composite: it sees that the time has come.
                    d.wake_later(journey);
                    d.advance();
                } else {
                    d.review_step(journey, step);
                }
            }
        }
        d.advance();
    }
}

/// The first alarm that is due and has not rung. What rang and is still there nothing here can end: it holds up nothing else, and
/// the next tick may try again.
fn due(d: &Deciding<'_>, rung: &FxHashSet<(Timestamp, Alarm)>) -> Option<(Timestamp, Alarm)> {
    let mut alarms = d.run.waits.alarms().take_while(|(at, _)| *at <= d.context.now);
    alarms.find(|due| d.run.heeds(due.1) && !rung.contains(due))
}

/// Reminds of a session that is still to come. The message ages from when it was due, whenever that is noticed.
fn remind(d: &mut Deciding<'_>, id: SessionId, due: Timestamp) {
    let Some(session) = d.run.session(id).filter(|s| s.status == SessionStatus::Planned) else { return };
    let to_come = session.plan.starts > d.context.now;
    let audience: Vec<_> = session.plan.audience.iter().copied().map(Recipient::Participant).collect();
    let diary = session.plan.diary.clone();
    let reminder = d.context.bundle.programme.sessions.get(&diary).and_then(|kind| kind.reminder.clone());
    d.emit(Event::SessionReminded { session: id });
    if let Some(template) = reminder.filter(|_| to_come) {
        d.queue_due(&template, &audience, due, &Value::map([("session", Value::text(id))]));
    }
}

/// Reminds whoever is still there and has not answered.
fn remind_wave(d: &mut Deciding<'_>, id: WaveId, due: Timestamp) {
    let Some(wave) = d.run.wave(id).filter(|wave| wave.open) else { return };
    let missing = wave.audience.iter().filter(|who| !wave.responded.contains(who)).copied();
    let missing: Vec<_> =
        present(d.run, &missing.collect::<Vec<_>>()).into_iter().map(Recipient::Participant).collect();
    let to_come = wave.closes > d.context.now;
    let of_survey = || d.context.bundle.surveys.get(&wave.survey).and_then(|survey| survey.reminder.clone());
    let reminder = wave.reminder.clone().or_else(of_survey);
    d.emit(Event::WaveReminded { wave: id });
    if let Some(template) = reminder.filter(|_| to_come) {
        d.queue_due(&template, &missing, due, &Value::map([("wave", Value::text(id))]));
    }
}

fn ask_who_came(d: &mut Deciding<'_>, id: SessionId) {
    let Some(session) = d.run.session(id) else { return };
    let title = smol_str::format_smolstr!("Who came to '{}'?", session.plan.name);
    let task = d.run.next_task();
    d.emit(Event::TaskOpened {
        task,
        kind: TaskKind::RecordAttendance,
        title,
        choices: Vec::new(),
        session: Some(id),
        proposal: None,
    });
}
