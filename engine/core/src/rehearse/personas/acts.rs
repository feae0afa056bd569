//! What invented people do, when its moment has come.

use super::{Company, Plan};
use crate::{
    decide::Input,
    rehearse::{Act, answers, asking, hours::Hours},
    run::{Run, Session, later},
};
use jiff::Timestamp;
use turnabout_model::{MeetingForm, ParticipantId, ParticipantStatus, Response, SessionStatus, WaveId};

impl Company {
    /// What is done next; nothing if it no longer makes sense.
    pub fn next_act(&mut self, run: &Run) -> Option<Act> {
        self.doing = None;
        // Mail is quicker than people.
        if self.post.next_at().is_some_and(|at| self.plans.next_at().is_none_or(|plan| at <= plan)) {
            return self.post.next(run).map(Act::Input);
        }
        let (at, plan) = self.plans.pop()?;
        if let (Plan::Answer(..) | Plan::Sign(..), Some(pause)) = (&plan, &run.paused) {
            // Hardly anybody answers while all rests: they do as much later.
            let moved = later(at, (pause.since.min(at), pause.until), &self.zone);
            self.plans.push(self.hours.next(moved, Hours::Own), plan);
            return None;
        }
        Some(Act::Input(match plan {
            Plan::Apply(member) => return Some(Act::Apply(member)),
            Plan::Answer(wave, participant) => return self.answer(run, wave, participant),
            // The script may have gone on without it.
            Plan::Simply(Input::CompleteErrand { errand, .. }) if !run.wants(errand) => return None,
            Plan::Simply(input) => input,
            Plan::Accept(participant) => {
                applied(run, participant)?;
                Input::SetStatus { participant, status: ParticipantStatus::Accepted }
            }
            Plan::Decline(participant) => {
                applied(run, participant)?;
                Input::SetStatus { participant, status: ParticipantStatus::Declined }
            }
            Plan::Withdraw(participant) => {
                accepted(run, participant)?;
                Input::Withdraw { participant }
            }
            Plan::RaiseConcern => Input::RaiseConcern,
            Plan::Ordered(ordered) => return self.carry_out(run, at, ordered),
            Plan::Letter(ordered, letter) => {
                self.doing = Some((at, ordered));
                letter
            }
            Plan::Cancel(session) => Input::CancelSession { session, reason: "called off".into() },
            Plan::Hold(session) => {
                // One that was moved is held when it was moved to.
                let moved = |s: &Session| s.sequence > 0 && (s.status != SessionStatus::Planned || s.plan.ends > at);
                let audience = run.session(session).filter(|s| !moved(s))?.plan.audience.clone();
                let mut attended = Vec::with_capacity(audience.len());
                for who in audience {
                    let comes = self.draw.chance(self.personas.attendance);
                    let stands_by = || run.alumni().any(|alumnus| alumnus.id == who);
                    if comes && (accepted(run, who).is_some() || stands_by()) {
                        attended.push(who);
                    }
                }
                Input::HoldSession { session, attended }
            }
            Plan::Sign(agreement, participant) => {
                run.agreement(agreement).filter(|a| a.open && a.missing().any(|who| who == participant))?;
                Input::Sign { agreement, participant }
            }
            Plan::Meet(pair, drawn) => {
                run.pair(pair).filter(|pair| pair.ended.is_none())?;
                if run.agreements.iter().any(|a| a.pair == pair && !run.have_agreed(pair, &a.name)) {
                    // They were asked to sign first, and wait for it.
                    self.plan_meeting(pair, at, at);
                    return None;
                }
                let paused = run.paused.as_ref().map(|pause| pause.until);
                if let Some(until) = self.planned.rests(pair, at).max(paused) {
                    self.plan_meeting(pair, until, until);
                    return None;
                }
                let forms = [MeetingForm::InPerson, MeetingForm::Video, MeetingForm::Telephone];
                let draw = self.meeting_of(pair);
                let form = forms[draw.below(forms.len())];
                let minutes = 45 + 15 * u32::try_from(draw.below(4)).unwrap_or(0);
                self.plan_meeting(pair, self.rhythm_from(drawn, at), at);
                Input::RecordMeeting { pair, on: at, minutes, form, took_place: true }
            }
        }))
    }

    /// An invented answer to every question.
    fn answer(&self, run: &Run, id: WaveId, participant: ParticipantId) -> Option<Act> {
        let wave = run.wave(id).filter(|wave| wave.open)?;
        accepted(run, participant)?;
        // An amendment may have left no survey of that name; that somebody answers is still to be seen.
        let survey = self.surveys.get(&wave.survey);
        let mut draw = asking::saying(self.seed, run, wave, participant);
        let answers =
            survey.map(|survey| answers::invent(survey, run, (id, participant), &mut draw)).unwrap_or_default();
        Some(Act::Answer(Response { wave: id, participant, answers }))
    }

    /// From when a pair's next meeting is counted: from the moment that its rhythm gave, so that a weekend between does not
    /// slow it down for ever; after a longer time away from the meeting itself.
    fn rhythm_from(&self, drawn: Timestamp, met: Timestamp) -> Timestamp {
        let rhythm = self.personas.meets_every.after(met, &self.zone).duration_since(met);
        if met.duration_since(drawn).as_secs().saturating_mul(3) > rhythm.as_secs() { met } else { drawn }
    }
}

fn accepted(run: &Run, participant: ParticipantId) -> Option<()> {
    run.participants.get(&participant).filter(|p| p.status == ParticipantStatus::Accepted).map(|_| ())
}

fn applied(run: &Run, participant: ParticipantId) -> Option<()> {
    run.participants.get(&participant).filter(|p| p.status == ParticipantStatus::Applied).map(|_| ())
}
