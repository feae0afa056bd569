//! Pairs meet and end.

use crate::{
    decide::{Deciding, Refusal},
    run::{Letter, MEETING, Meeting, Pair, WaitKey},
    verbs,
};
use jiff::Timestamp;
use smol_str::{SmolStr, format_smolstr};
use turnabout_model::{Event, MeetingForm, PairId, Role, SignalSubject, Value};

/// A meeting as somebody says it was: all that is ever asked.
pub(super) struct Record {
    pub(super) pair: PairId,
    pub(super) on: Timestamp,
    pub(super) minutes: u32,
    pub(super) form: MeetingForm,
    pub(super) took_place: bool,
}

/// The longest meeting: a day.
const MAX_MINUTES: u32 = 24 * 60;

pub(super) fn record(d: &mut Deciding<'_>, record: &Record) -> Result<(), Refusal> {
    let pair = going(d, record.pair)?.clone();
    if record.on > d.context.now {
        return Err(Refusal::BadTime(format_smolstr!("{} has not come yet; record a meeting after it", record.on)));
    }
    if record.on < d.run.started {
        return Err(Refusal::BadTime(format_smolstr!("{} is before the run started", record.on)));
    }
    if record.minutes > MAX_MINUTES {
        return Err(Refusal::BadTime(format_smolstr!("{} minutes is longer than a day", record.minutes)));
    }
    if record.minutes == 0 && record.took_place {
        return Err(Refusal::BadTime("a meeting that took place lasted at least a minute".into()));
    }
    let same = |known: &&Meeting| {
        (known.pair, known.on, known.minutes, known.form, known.took_place)
            == (record.pair, record.on, record.minutes, record.form, record.took_place)
    };
    if let Some(known) = d.run.meetings.iter().find(same) {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{}", known.id), state: "this meeting" });
    }
    let gates = &d.context.bundle.programme.gates;
    for (participant, role) in [(pair.mentor, Role::Mentor), (pair.mentee, Role::Mentee)] {
        let asked = match role {
            Role::Mentor => &gates.meet_mentor,
            Role::Mentee => &gates.meet_mentee,
        };
        if let Some(gate) = verbs::gate_missed(d.run, participant, asked).filter(|_| record.took_place) {
            return Err(Refusal::Gate { participant, gate });
        }
    }
    let unsigned = gates.meet_signed.iter().find(|name| !d.run.have_agreed(pair.id, name));
    if let Some(agreement) = unsigned.filter(|_| record.took_place) {
        return Err(Refusal::Unsigned { pair: pair.id, agreement: agreement.clone() });
    }
    let Record { on, minutes, form, took_place, .. } = *record;
    let meeting = d.run.next_meeting();
    d.emit(Event::MeetingRecorded { meeting, pair: pair.id, on, minutes, form, took_place });
    if took_place {
        let subject = SignalSubject::Pair(pair.id);
        let payload = Value::map([
            ("meeting", Value::text(meeting)),
            ("on", on.into()),
            ("minutes", minutes.into()),
            ("timed_out", false.into()),
        ]);
        let letter = Letter { name: MEETING, subject, payload };
        super::signals::post(d, letter, &format_smolstr!("{meeting}"));
        d.review(&WaitKey::Signal(MEETING, subject));
    }
    Ok(())
}

pub(super) fn end_pair(d: &mut Deciding<'_>, id: PairId, reason: &SmolStr) -> Result<(), Refusal> {
    let pair = going(d, id)?.clone();
    d.end_pair(id, reason, None);
    d.handle("on_pair_ended", pair.value());
    Ok(())
}

fn going<'a>(d: &'a Deciding<'_>, id: PairId) -> Result<&'a Pair, Refusal> {
    let pair = d.run.pair(id).ok_or_else(|| Refusal::unknown(id))?;
    if pair.ended.is_some() {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "ended" });
    }
    Ok(pair)
}
