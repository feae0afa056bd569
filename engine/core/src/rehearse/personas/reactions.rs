//! How invented people react to what happens: they plan what they will do, and when.

use super::{Company, Plan};
use crate::{
    decide::Input,
    rehearse::{Ordered, Orders, asking, draw::Draw, happenings::Happenings, hours::Hours},
    run::Run,
    verbs::Invented,
};
use jiff::{SignedDuration, Timestamp};
use turnabout_model::{AgreementId, Event, PairId, ParticipantId, ParticipantStatus, Period, Personas, TaskKind};

impl Company {
    /// Lets people react to what happened.
    pub fn react(&mut self, run: &Run, now: Timestamp, event: &Event) {
        // What was being carried out has had its effect.
        self.doing = None;
        match event {
            Event::RunStarted { .. } => self.begin(now),
            Event::MessageQueued { message, .. } => self.post.take(*message, now),
            Event::RecruitmentOpened { closes, .. } => self.apply_all(run, now, *closes),
            Event::ParticipantAdded { participant, status: ParticipantStatus::Applied, .. } => {
                let at = self.coordinator(now);
                self.plans.push(at, self.on_application(*participant));
            }
            Event::ParticipantAdded { participant, status: ParticipantStatus::Accepted, .. }
            | Event::ParticipantStatusChanged { participant, status: ParticipantStatus::Accepted } => {
                if let Some(at) = self.draw.first(now, self.personas.withdrawal_rate) {
                    self.plans.push(self.hours.next(at, Hours::Own), Plan::Withdraw(*participant));
                }
                if let Some(at) = self.draw.first(now, self.personas.concern_rate) {
                    self.plans.push(self.hours.next(at, Hours::Own), Plan::RaiseConcern);
                }
            }
            Event::SessionPlanned { plan } => {
                if self.draw.chance(self.personas.cancellation_rate) {
                    let lead = SignedDuration::from_hours(24);
                    let at = plan.starts.checked_sub(lead).unwrap_or(now).max(now);
                    // Of a Monday's session people hear on the Friday.
                    let at = self.hours.by(at, now, Hours::Work);
                    self.plans.push(at, Plan::Cancel(plan.session));
                } else {
                    let at = self.coordinator(plan.ends);
                    self.plans.push(at, Plan::Hold(plan.session));
                }
            }
            Event::SessionRescheduled { session, ends, .. } => {
                let at = self.coordinator(*ends);
                self.plans.push(at, Plan::Hold(*session));
            }
            Event::TaskOpened { task, kind, choices, proposal, .. } => {
                let at = self.coordinator(now);
                let input = match (kind, proposal) {
                    (TaskKind::ReviewProposal, Some(proposal)) => Input::PublishProposal { proposal: *proposal },
                    (TaskKind::Decide, _) => {
                        let choice = choices.first().cloned().unwrap_or_else(|| "done".into());
                        Input::CloseTask { task: *task, choice }
                    }
                    // Whoever holds the session records who came.
                    _ => return,
                };
                self.plans.push(at, Plan::Simply(input));
            }
            Event::ErrandSent { errand, verb, request } => {
                let Some(verb) = self.verbs.find(verb) else { return };
                let Invented { after, answer } = verb.invent(request, self.errands.unit());
                let input = Input::CompleteErrand { errand: *errand, answer };
                self.plans.push(after.after(now, &self.zone), Plan::Simply(input));
            }
            Event::PairFormed { pair, .. } => self.plan_meeting(*pair, now, now),
            Event::WaveOpened { wave, .. } => asking::ask(self, run, now, *wave),
            Event::AgreementOpened { agreement, .. } => self.plan_signatures(run, now, *agreement),
            Event::ConcernRaised { concern } => {
                let at = self.coordinator(now);
                self.plans.push(at, Plan::Simply(Input::CloseConcern { concern: *concern }));
            }
            _ => {}
        }
    }

    /// Puts what is planned into the calendar.
    fn begin(&mut self, start: Timestamp) {
        self.post.begin(start, &self.zone);
        let mut calendar: Vec<(Period, Hours, Orders, usize)> = Vec::new();
        let Happenings { signals, withdrawals, declines, concerns, pauses, .. } = &self.planned;
        let (own, work) = (Hours::Own, Hours::Work);
        calendar.extend(signals.iter().enumerate().map(|(n, plan)| (plan.after, work, Orders::Signals, n)));
        calendar.extend(withdrawals.iter().enumerate().map(|(n, plan)| (plan.after, own, Orders::Withdrawals, n)));
        calendar.extend(declines.iter().enumerate().map(|(n, plan)| (plan.after, own, Orders::Declines, n)));
        calendar.extend(concerns.iter().enumerate().map(|(n, plan)| (plan.after, own, Orders::Concerns, n)));
        calendar.extend(pauses.iter().enumerate().map(|(n, plan)| (plan.after, work, Orders::Pauses, n)));
        for (after, hours, list, place) in calendar {
            let at = self.hours.next(after.after(start, &self.zone), hours);
            self.plans.push(at, Plan::Ordered(Ordered { list, place }));
        }
    }

    /// When the coordinator is done with something that came about at a moment.
    pub(in super::super) fn coordinator(&mut self, from: Timestamp) -> Timestamp {
        let at = self.draw.after(from, self.personas.coordinator_delay, &self.zone);
        self.hours.next(at, Hours::Work)
    }

    /// Everyone who has not applied yet does so before recruitment closes.
    fn apply_all(&mut self, run: &Run, now: Timestamp, closes: Timestamp) {
        if run.participants.values().any(|participant| !participant.only_alumnus) {
            return;
        }
        // The coordinator still has to answer before the close.
        let answer = Period::days(5);
        let latest = answer.negated().after(closes, &self.zone).max(now);
        for member in std::mem::take(&mut self.cast) {
            let at = self.draw.before(now, self.personas.application_delay, latest, &self.zone);
            let at = self.hours.within(at, (now, latest), Hours::Work);
            self.plans.push(at, Plan::Apply(Box::new(member)));
        }
    }

    /// Plans the next meeting of a pair that met, or was formed, at `from`; it is `now` or later.
    pub(in super::super) fn plan_meeting(&mut self, pair: PairId, from: Timestamp, now: Timestamp) {
        let Personas { meets_every: rhythm, slips, meeting_jitter: jitter, .. } = self.personas;
        let zone = self.zone.clone();
        let draw = self.meeting_of(pair);
        let rhythm = if draw.chance(slips) { rhythm.times(2).unwrap_or(rhythm) } else { rhythm };
        let at = draw.about(from, rhythm, jitter, &zone).max(now);
        self.plans.push(self.hours.next(at, Hours::Meeting), Plan::Meet(pair, at));
    }

    pub(super) fn meeting_of(&mut self, pair: PairId) -> &mut Draw {
        let seed = self.seed;
        self.meeting.entry(pair).or_insert_with(|| Draw::of(seed, "meetings of a pair", pair.0))
    }

    /// What the coordinator does with an application.
    fn on_application(&self, participant: ParticipantId) -> Plan {
        let declines = Draw::of(self.seed, "an application", participant.0).chance(self.personas.decline_rate);
        if declines { Plan::Decline(participant) } else { Plan::Accept(participant) }
    }

    fn plan_signatures(&mut self, run: &Run, now: Timestamp, id: AgreementId) {
        let Some(agreement) = run.agreement(id) else { return };
        for who in agreement.missing() {
            let signs = self.signing.chance(self.personas.signs.unwrap_or(self.personas.response_rate));
            let at = self.signing.after(run.counts_from(now), self.personas.response_delay, &self.zone);
            if signs && at < agreement.closes {
                let at = self.hours.within(at, (now, agreement.closes), Hours::Own);
                self.plans.push(at, Plan::Sign(id, who));
            }
        }
    }
}
