//! The fold: what each event means for the run. It never fails and never decides anything.

use super::{
    Agreement, Alarm, Concern, Errand, Journey, JourneyStatus, Letter, Meeting, Message, Pair, Participant, Proposal,
    Recruitment, Run, Session, Task, Wave,
};
use crate::replay::{Memory, StepState};
use jiff::{Timestamp, tz::TimeZone};
use std::{collections::BTreeSet, sync::Arc};
use turnabout_model::{
    Event, JourneyId, PairId, ParticipantId, ParticipantStatus, SessionId, SessionPlan, SessionStatus, StepKey, Wait,
};

impl Run {
    /// Folds one event into the run. `at` is when it was decided.
    pub fn apply(&mut self, at: Timestamp, event: &Event) {
        self.version += 1;
        match event {
            Event::RunStarted { run, bundle, template, client, settings, time_zone, seed, renews, .. } => {
                self.id = Some(run.clone());
                self.bundle = Some(bundle.clone());
                self.template = template.clone();
                self.client = client.clone();
                self.settings = Arc::new(settings.clone());
                self.zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
                self.seed = *seed;
                self.renews.clone_from(renews);
                self.started = at;
            }
            Event::BundleSwitched { .. } => self.switch_bundle(at, event),
            Event::RunPaused { .. } | Event::RunUnpaused { .. } => self.apply_pause(at, event),
            Event::RunFinished => self.end(at),
            Event::RunCancelled { reason } => {
                self.end(at);
                self.cancelled = Some(reason.clone());
            }
            Event::ParticipantAdded { participant, role, status } => {
                let (id, only_alumnus) = (*participant, *status == ParticipantStatus::Alumnus);
                let attended = BTreeSet::default();
                self.participants.insert(id, Participant { id, role: *role, status: *status, only_alumnus, attended });
            }
            Event::ParticipantStatusChanged { participant, status } => {
                if let Some(part) = self.participants.get_mut(participant) {
                    part.status = *status;
                    part.only_alumnus &= *status != ParticipantStatus::Accepted;
                }
            }
            Event::StageReached { stage } => self.stages.push((at, stage.clone())),
            Event::RecruitmentOpened { label, closes } => {
                self.recruitments.push(Recruitment { label: label.clone(), closes: *closes, open: true });
            }
            Event::RecruitmentClosed { label } => {
                for recruitment in self.recruitments.iter_mut().filter(|r| r.label == *label) {
                    recruitment.open = false;
                }
            }
            Event::JourneyStarted { .. }
            | Event::JourneyFinished { .. }
            | Event::JourneyParked { .. }
            | Event::JourneyResumed { .. }
            | Event::JourneyCancelling { .. }
            | Event::JourneyCancelled { .. } => self.apply_journey(event),
            Event::StepStarted { .. }
            | Event::StepCompleted { .. }
            | Event::StepTaken { .. }
            | Event::BranchCompleted { .. }
            | Event::StepDropped { .. } => self.apply_step(at, event),
            Event::SessionPlanned { plan } => self.plan_session(at, plan),
            Event::SessionRescheduled { session, starts, ends, sequence } => {
                self.move_session(at, *session, (*starts, *ends), *sequence);
            }
            Event::SessionHeld { session, attended } => self.hold_session(*session, attended),
            Event::SessionCancelled { session, .. } => {
                self.end_session(*session, SessionStatus::Cancelled);
            }
            Event::SessionReminded { session } => self.remind_session(*session),
            Event::BudgetWarning { .. } => self.warned = true,
            other => self.apply_record(at, other),
        }
    }

    fn apply_record(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ProposalMade { proposal, plan, wave, pairs, unmatched } => self.proposals.push(Proposal {
                id: *proposal,
                plan: plan.clone(),
                pairs: pairs.clone(),
                unmatched: unmatched.clone(),
                pairs_then: self.pairs.len(),
                wave: *wave,
                pinned: Vec::new(),
                forbidden: Vec::new(),
                number: 1,
                made: at,
                drafts: Vec::new(),
                published: None,
                left_out: Vec::new(),
            }),
            Event::ProposalRevised { proposal, pinned, forbidden, pairs, unmatched, draft } => {
                let now = self.pairs.len();
                if let Some(of) = self.proposals.iter_mut().find(|p| p.id == *proposal) {
                    // What is taken up again counts on the places that were free when it was made.
                    let earlier = draft.and_then(|number| of.draft(number)).map(|draft| draft.pairs_then);
                    of.set_aside();
                    of.pairs_then = earlier.unwrap_or(now);
                    of.made = at;
                    of.pairs.clone_from(pairs);
                    of.unmatched.clone_from(unmatched);
                    of.pinned.clone_from(pinned);
                    of.forbidden.clone_from(forbidden);
                }
            }
            Event::ProposalPublished { proposal, pairs, left_out } => {
                if let Some(draft) = self.proposals.iter_mut().find(|p| p.id == *proposal) {
                    draft.published = Some(pairs.clone());
                    draft.left_out.clone_from(left_out);
                }
            }
            Event::PairFormed { pair, mentor, mentee } => self.pairs.push(Pair {
                id: *pair,
                mentor: *mentor,
                mentee: *mentee,
                formed: at,
                ended: None,
                meetings: 0,
                last_met: None,
            }),
            Event::PairEnded { pair, reason } => {
                if let Some(pair) = self.pair_mut(*pair) {
                    pair.ended = Some(reason.clone());
                }
                self.mailbox.forget_meetings(*pair);
            }
            Event::MeetingRecorded { meeting, pair, on, minutes, form, took_place } => {
                if let Some(pair) = self.pair_mut(*pair).filter(|_| *took_place) {
                    pair.meetings += 1;
                    pair.last_met = pair.last_met.max(Some(*on));
                }
                let (form, took_place) = (*form, *took_place);
                let meeting = Meeting { id: *meeting, pair: *pair, on: *on, minutes: *minutes, form, took_place };
                self.meetings.push(meeting);
            }
            Event::WaveOpened { wave, survey, audience, closes, remind_at, reminder } => {
                if let Some(at) = remind_at {
                    self.waits.set_alarm(*at, Alarm::RemindWave(*wave));
                }
                self.waves.push(Wave {
                    id: *wave,
                    survey: survey.clone(),
                    bundle: self.bundle.clone(),
                    audience: audience.clone(),
                    opened: at,
                    closes: *closes,
                    reminder: reminder.clone(),
                    responded: BTreeSet::default(),
                    open: true,
                    closed: None,
                    closed_under: None,
                });
            }
            Event::WaveReminded { wave } => self.waits.clear_alarm(Alarm::RemindWave(*wave)),
            Event::ResponseReceived { wave, participant } => {
                if let Some(wave) = self.waves.iter_mut().find(|w| w.id == *wave) {
                    wave.responded.insert(*participant);
                }
            }
            Event::WaveClosed { wave } => {
                self.waits.clear_alarm(Alarm::RemindWave(*wave));
                if let Some(wave) = self.waves.iter_mut().find(|w| w.id == *wave) {
                    wave.open = false;
                    if wave.closed.is_none() {
                        (wave.closed, wave.closed_under) = (Some(at), self.bundle.clone());
                    }
                }
            }
            Event::AgreementOpened { .. } | Event::AgreementSigned { .. } | Event::AgreementClosed { .. } => {
                self.apply_agreement(at, event);
            }
            Event::TaskOpened { task, kind, title, choices, session, proposal } => {
                if let Some(id) = session {
                    self.waits.clear_alarm(Alarm::Overdue(*id));
                }
                self.tasks.push(Task {
                    id: *task,
                    kind: *kind,
                    title: title.clone(),
                    choices: choices.clone(),
                    session: *session,
                    proposal: *proposal,
                    opened: at,
                    choice: None,
                });
            }
            Event::TaskClosed { task, choice } => {
                if let Some(task) = self.tasks.iter_mut().find(|t| t.id == *task) {
                    task.choice = Some(choice.clone());
                }
            }
            Event::ErrandSent { errand, verb, request } => self.errands.push(Errand {
                id: *errand,
                verb: verb.clone(),
                request: request.clone(),
                sent: at,
                answer: None,
            }),
            Event::ErrandDone { errand, answer } => {
                if let Some(errand) = self.errands.iter_mut().find(|e| e.id == *errand) {
                    errand.answer = Some(answer.clone());
                }
            }
            Event::MessageQueued { message, template, to, about, stale_at } => self.messages.push(Message {
                id: *message,
                template: template.clone(),
                to: to.clone(),
                about: about.clone(),
                queued: at,
                stale_at: *stale_at,
                outcome: None,
            }),
            Event::MessageSettled { message, outcome } => {
                let index = usize::try_from(message.0).unwrap_or(usize::MAX).wrapping_sub(1);
                if let Some(message) = self.messages.get_mut(index) {
                    message.outcome = Some(*outcome);
                }
            }
            Event::SignalReceived { signal, name, subject, key, payload } => {
                let letter = Letter { name: name.clone(), subject: *subject, payload: payload.clone() };
                self.mailbox.receive(*signal, key, letter);
            }
            Event::SignalTaken { signal } => self.mailbox.take(*signal),
            Event::ConcernRaised { concern } => {
                self.concerns.push(Concern { id: *concern, raised: at, open: true });
            }
            Event::ConcernClosed { concern } => {
                if let Some(concern) = self.concerns.iter_mut().find(|c| c.id == *concern) {
                    concern.open = false;
                }
            }
            _ => {}
        }
    }

    fn apply_agreement(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::AgreementOpened { agreement, name, pair, text, closes, signed } => {
                let between = self.pair(*pair).map_or_else(Vec::new, |pair| vec![pair.mentor, pair.mentee]);
                self.agreements.push(Agreement {
                    id: *agreement,
                    name: name.clone(),
                    pair: *pair,
                    between,
                    text: text.clone(),
                    bundle: self.bundle.clone(),
                    opened: at,
                    closes: *closes,
                    signed: signed.iter().copied().collect(),
                    open: true,
                });
            }
            Event::AgreementSigned { agreement, participant } => {
                if let Some(agreement) = self.agreements.iter_mut().find(|a| a.id == *agreement) {
                    agreement.signed.insert(*participant);
                }
            }
            Event::AgreementClosed { agreement } => {
                if let Some(agreement) = self.agreements.iter_mut().find(|a| a.id == *agreement) {
                    agreement.open = false;
                }
            }
            _ => {}
        }
    }

    fn apply_journey(&mut self, event: &Event) {
        match event {
            Event::JourneyStarted { journey, function, arguments, cause } => self.journeys.push(Journey {
                id: *journey,
                function: function.clone(),
                arguments: arguments.clone(),
                cause: cause.clone(),
                status: JourneyStatus::Active,
                memory: Memory::new(self.retention),
            }),
            Event::JourneyFinished { journey, value } => {
                self.set_status(*journey, JourneyStatus::Finished(value.clone()));
            }
            Event::JourneyParked { journey, problem } => {
                self.set_status(*journey, JourneyStatus::Parked(Box::new(problem.clone())));
            }
            Event::JourneyResumed { journey } => self.set_status(*journey, JourneyStatus::Active),
            Event::JourneyCancelling { journey } => self.set_status(*journey, JourneyStatus::Cancelling),
            Event::JourneyCancelled { journey } => self.set_status(*journey, JourneyStatus::Cancelled),
            _ => {}
        }
    }

    fn apply_step(&mut self, at: Timestamp, event: &Event) {
        let at = self.counts_from(at);
        match event {
            Event::StepStarted { journey, step, address, wait } => {
                if let Some(journey) = self.journey_mut(*journey) {
                    journey.memory.started(at, *step, address, wait);
                }
                self.waits.add(*journey, *step, wait);
            }
            Event::StepCompleted { journey, step, value } => {
                self.stop_waiting(*journey, *step);
                if let Some(journey) = self.journey_mut(*journey) {
                    journey.memory.completed(*step, value);
                }
            }
            Event::StepTaken { journey, step, address, value } => {
                if let Some(journey) = self.journey_mut(*journey) {
                    journey.memory.taken(at, *step, address, value);
                }
            }
            Event::BranchCompleted { journey, step, branch, value } => {
                if let Some(journey) = self.journey_mut(*journey) {
                    journey.memory.branch_completed(*step, *branch, value);
                }
            }
            Event::StepDropped { journey, step } => {
                self.stop_waiting(*journey, *step);
                if let Some(journey) = self.journey_mut(*journey) {
                    journey.memory.dropped(*step);
                }
            }
            _ => {}
        }
    }

    fn stop_waiting(&mut self, journey: JourneyId, step: StepKey) {
        if let Some(wait) = self.wait_of(journey, step).cloned() {
            self.waits.remove(journey, step, &wait);
        }
    }

    /// What a step waits for, if it waits.
    pub fn wait_of(&self, journey: JourneyId, step: StepKey) -> Option<&Wait> {
        match self.journey(journey)?.memory.state(step)? {
            StepState::Waiting(wait) => Some(wait),
            StepState::Done(_) | StepState::Dropped => None,
        }
    }

    fn set_status(&mut self, journey: JourneyId, status: JourneyStatus) {
        let over = matches!(status, JourneyStatus::Finished(_) | JourneyStatus::Cancelled);
        let keep = self.retention;
        if let Some(journey) = self.journey_mut(journey) {
            journey.status = status;
            if over && keep == crate::replay::Retention::Open {
                journey.memory = Memory::new(keep);
            }
        }
    }

    /// The journey, to be changed by the fold and by a wake that borrows its memory.
    pub(crate) fn journey_mut(&mut self, journey: JourneyId) -> Option<&mut Journey> {
        self.journeys.get_mut(usize::try_from(journey.0).ok()?)
    }

    fn pair_mut(&mut self, pair: PairId) -> Option<&mut Pair> {
        self.pairs.iter_mut().find(|p| p.id == pair)
    }

    fn session_mut(&mut self, session: SessionId) -> Option<&mut Session> {
        self.sessions.get_mut(usize::try_from(session.0).ok()?.checked_sub(1)?)
    }

    fn plan_session(&mut self, now: Timestamp, plan: &SessionPlan) {
        self.waits.set_alarm(plan.ends, Alarm::Overdue(plan.session));
        if let Some(at) = plan.remind_at {
            self.waits.set_alarm(at.max(now), Alarm::Remind(plan.session));
        }
        self.sessions.push(Session {
            plan: plan.clone(),
            status: SessionStatus::Planned,
            attended: Vec::new(),
            sequence: 0,
            reminded: false,
        });
    }

    fn move_session(
        &mut self,
        now: Timestamp,
        session: SessionId,
        (starts, ends): (Timestamp, Timestamp),
        sequence: u32,
    ) {
        let Some(part) = self.session_mut(session) else { return };
        let lead = part.plan.remind_at.map(|at| part.plan.starts.duration_since(at));
        part.plan.starts = starts;
        part.plan.ends = ends;
        part.plan.remind_at = lead.and_then(|lead| starts.checked_sub(lead).ok());
        part.sequence = sequence;
        part.reminded = false;
        let remind_at = part.plan.remind_at;
        self.waits.set_alarm(ends, Alarm::Overdue(session));
        if let Some(at) = remind_at {
            self.waits.set_alarm(at.max(now), Alarm::Remind(session));
        }
    }

    fn remind_session(&mut self, session: SessionId) {
        self.waits.clear_alarm(Alarm::Remind(session));
        if let Some(part) = self.session_mut(session) {
            part.reminded = true;
        }
    }

    fn hold_session(&mut self, session: SessionId, attended: &[ParticipantId]) {
        self.end_session(session, SessionStatus::Held);
        let Some(diary) = self.session(session).map(|part| part.plan.diary.clone()) else { return };
        for participant in attended {
            if let Some(part) = self.participants.get_mut(participant) {
                part.attended.insert(diary.clone());
            }
        }
        if let Some(part) = self.session_mut(session) {
            part.attended = attended.to_vec();
        }
    }

    fn end_session(&mut self, session: SessionId, status: SessionStatus) {
        self.waits.clear_alarm(Alarm::Overdue(session));
        self.waits.clear_alarm(Alarm::Remind(session));
        if let Some(part) = self.session_mut(session) {
            part.status = status;
        }
    }
}
