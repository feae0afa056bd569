//! Whether, when and what people answer: each from a stream of its own per sending of a survey and person, so that a survey
//! more or less shifts nothing that anybody else does.

use super::{
    draw::Draw,
    hours::Hours,
    personas::{Company, Plan},
};
use crate::run::{Run, Wave};
use jiff::Timestamp;
use smol_str::format_smolstr;
use turnabout_model::{ParticipantId, Personas, WaveId};

/// Lets everyone who was asked and has not answered decide whether they will, and when.
pub(super) fn ask(company: &mut Company, run: &Run, now: Timestamp, wave: WaveId) {
    let Some(wave) = run.wave(wave) else { return };
    let now = run.counts_from(now);
    // In a pause hardly anybody answers: whoever has not by its end is as likely to as if it had not been.
    let opened = wave.opened.checked_add(run.rested(wave.opened, now)).unwrap_or(wave.opened);
    let Personas { response_rate, response_delay: delay, .. } = company.personas;
    for who in wave.audience.iter().filter(|who| !wave.responded.contains(who)) {
        let mut draw = stream(company.seed, run, wave, *who, "whether");
        let (answers, at) = if company.in_time {
            let still = Draw::still(response_rate, delay, (opened, now, wave.closes), &company.zone);
            (draw.chance(still), draw.before(now, delay, wave.closes, &company.zone))
        } else {
            (draw.chance(response_rate), draw.after(now, delay, &company.zone))
        };
        if answers && at < wave.closes {
            let at = company.hours.within(at, (now, wave.closes), Hours::Own);
            company.plans.push(at, Plan::Answer(wave.id, *who));
        }
    }
}

/// The stream that somebody's answers come from.
pub(super) fn saying(seed: u64, run: &Run, wave: &Wave, who: ParticipantId) -> Draw {
    stream(seed, run, wave, who, "what")
}

/// By the survey's name and the how-manieth sending of it: numbers of waves shift when another survey comes before.
fn stream(seed: u64, run: &Run, wave: &Wave, who: ParticipantId, purpose: &str) -> Draw {
    let sending = run.waves.iter().filter(|other| other.survey == wave.survey && other.id <= wave.id).count();
    Draw::of(seed, &format_smolstr!("{purpose} {sending} {}", wave.survey), who.0)
}
