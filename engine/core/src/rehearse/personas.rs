//! How invented people behave: they react to what happens and plan what they will do.

use super::{Act, CastMember, answers, asking, draw::Draw, happenings::Happenings, post::Post, queue::Queue};
use crate::{
    decide::{Input, Refusal},
    run::Run,
    verbs::{Invented, Verbs},
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{
    AgreementId, Event, MeetingForm, PairId, ParticipantId, ParticipantStatus, Period, Personas, RehearsalPlan,
    Response, Role, SessionId, Survey, TaskKind, WaveId,
};

/// What somebody is going to do.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    Apply(Box<CastMember>),
    Accept(ParticipantId),
    Decline(ParticipantId),
    Withdraw(ParticipantId),
    RaiseConcern,
    /// A planned signal, by its place in the plan.
    Write(usize),
    /// Somebody of this role who is in a pair leaves the programme.
    LeavePair(Role),
    /// Somebody of this role who is in a pair declines their partner.
    DeclinePartner(Role),
    Hold(SessionId),
    Cancel(SessionId),
    Meet(PairId),
    Answer(WaveId, ParticipantId),
    Sign(AgreementId, ParticipantId),
    Simply(Input),
}

/// Invented people, with what they are going to do.
#[derive(Debug)]
pub struct Company {
    cast: Vec<CastMember>,
    pub(super) personas: Personas,
    surveys: BTreeMap<SmolStr, Survey>,
    pub(super) zone: TimeZone,
    pub(super) draw: Draw,
    /// From which the streams of each wave, person and pair come.
    pub(super) seed: u64,
    /// Whether and when people sign: a stream of its own, so that an agreement shifts nothing else.
    signing: Draw,
    /// When each pair meets: a stream a pair, so that what happens elsewhere shifts no meeting.
    meeting: BTreeMap<PairId, Draw>,
    /// Whether the rate of responses has those in it who would have answered too late: one fitted from closed waves has.
    pub(super) in_time: bool,
    pub(super) plans: Queue<Plan>,
    refusals: Vec<(Timestamp, Refusal)>,
    planned: Happenings,
    post: Post,
    /// The verbs that the server brings: what the outside answers to an errand, they invent.
    verbs: Verbs,
    errands: Draw,
}

impl Company {
    /// A company that will apply when recruitment opens.
    pub fn new(
        cast: Vec<CastMember>,
        personas: Personas,
        surveys: BTreeMap<SmolStr, Survey>,
        zone: TimeZone,
        seed: u64,
    ) -> Self {
        let draw = Draw::new(seed, 2);
        let signing = Draw::new(seed, 3);
        Self {
            cast,
            personas,
            surveys,
            zone,
            draw,
            seed,
            signing,
            meeting: BTreeMap::new(),
            in_time: false,
            plans: Queue::default(),
            refusals: Vec::new(),
            planned: Happenings::none(seed),
            post: Post::default(),
            verbs: Verbs::default(),
            errands: Draw::new(seed, 6),
        }
    }

    /// Lets what a rehearsal plans happen to this company too.
    #[must_use]
    pub fn living_through(mut self, plan: &RehearsalPlan) -> Self {
        self.planned.plan(plan);
        self.post = Post::with(&plan.mail_outages);
        self
    }

    /// Lets the outside answer as the verbs of a bundle invent it.
    #[must_use]
    pub fn with_verbs(mut self, verbs: &Verbs) -> Self {
        self.verbs = verbs.clone();
        self
    }

    /// Takes up a run that is under way: everything that waits for somebody is planned as if it had come about now.
    pub fn take_up(&mut self, run: &Run, now: Timestamp) {
        super::take_up::take_up(self, run, now);
    }

    /// When somebody next acts.
    pub fn next_at(&self) -> Option<Timestamp> {
        [self.plans.next_at(), self.post.next_at()].into_iter().flatten().min()
    }

    /// The next message that leaves, with its moment; the others are left where they are. What was written before a run
    /// ended leaves after it.
    pub fn next_letter(&mut self, run: &Run) -> Option<(Timestamp, Option<Act>)> {
        let at = self.post.next_at()?;
        Some((at, self.post.next(run).map(Act::Input)))
    }

    /// What was refused, and when.
    pub fn into_refusals(self) -> Vec<(Timestamp, Refusal)> {
        self.refusals
    }

    /// Notes a refusal: people try what the programme does not allow, and a report says so.
    pub fn refused(&mut self, at: Timestamp, refusal: &Refusal) {
        if self.refusals.len() < 100 {
            self.refusals.push((at, refusal.clone()));
        }
    }

    /// What is done next; nothing if it no longer makes sense.
    pub fn next_act(&mut self, run: &Run) -> Option<Act> {
        // Mail is quicker than people.
        if self.post.next_at().is_some_and(|at| self.plans.next_at().is_none_or(|plan| at <= plan)) {
            return self.post.next(run).map(Act::Input);
        }
        let (at, plan) = self.plans.pop()?;
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
            Plan::DeclinePartner(role) => {
                let by = self.planned.somebody_in_a_pair(run, role)?;
                let pair = run.pairs_of(by).next()?.id;
                return Some(Act::Decline { pair, by });
            }
            Plan::LeavePair(role) => Input::Withdraw { participant: self.planned.somebody_in_a_pair(run, role)? },
            Plan::Write(number) => {
                for letter in self.planned.write(run, number, at) {
                    self.plans.push(at, Plan::Simply(letter));
                }
                return None;
            }
            Plan::Cancel(session) => Input::CancelSession { session, reason: "called off".into() },
            Plan::Hold(session) => {
                let audience = run.session(session)?.plan.audience.clone();
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
            Plan::Meet(pair) => {
                run.pair(pair).filter(|pair| pair.ended.is_none())?;
                if run.agreements.iter().any(|a| a.pair == pair && !run.have_agreed(pair, &a.name)) {
                    // They were asked to sign first, and wait for it.
                    self.plan_meeting(pair, at);
                    return None;
                }
                if let Some(until) = self.planned.rests(pair, at) {
                    self.plan_meeting(pair, until);
                    return None;
                }
                let forms = [MeetingForm::InPerson, MeetingForm::Video, MeetingForm::Telephone];
                let draw = self.meeting_of(pair);
                let form = forms[draw.below(forms.len())];
                let minutes = 45 + 15 * u32::try_from(draw.below(4)).unwrap_or(0);
                self.plan_meeting(pair, at);
                Input::RecordMeeting { pair, on: at, minutes, form, took_place: true }
            }
        }))
    }

    /// Lets people react to what happened.
    pub fn react(&mut self, run: &Run, now: Timestamp, event: &Event) {
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
                    self.plans.push(at, Plan::Withdraw(*participant));
                }
                if let Some(at) = self.draw.first(now, self.personas.concern_rate) {
                    self.plans.push(at, Plan::RaiseConcern);
                }
            }
            Event::SessionPlanned { plan } => {
                if self.draw.chance(self.personas.cancellation_rate) {
                    let lead = SignedDuration::from_hours(24);
                    let at = plan.starts.checked_sub(lead).unwrap_or(now).max(now);
                    self.plans.push(at, Plan::Cancel(plan.session));
                } else {
                    let at = self.coordinator(plan.ends);
                    self.plans.push(at, Plan::Hold(plan.session));
                }
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
            Event::PairFormed { pair, .. } => self.plan_meeting(*pair, now),
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
        let mut calendar: Vec<(Period, Plan)> = Vec::new();
        calendar.extend(self.planned.signals.iter().enumerate().map(|(n, plan)| (plan.after, Plan::Write(n))));
        calendar.extend(self.planned.withdrawals.iter().map(|plan| (plan.after, Plan::LeavePair(plan.role))));
        calendar.extend(self.planned.declines.iter().map(|plan| (plan.after, Plan::DeclinePartner(plan.role))));
        calendar.extend(self.planned.concerns.iter().map(|plan| (plan.after, Plan::RaiseConcern)));
        for (after, plan) in calendar {
            self.plans.push(after.after(start, &self.zone), plan);
        }
    }

    pub(super) fn coordinator(&mut self, from: Timestamp) -> Timestamp {
        self.draw.after(from, self.personas.coordinator_delay, &self.zone)
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
            let at = self.draw.after(now, self.personas.application_delay, &self.zone).min(latest);
            self.plans.push(at, Plan::Apply(Box::new(member)));
        }
    }

    pub(super) fn plan_meeting(&mut self, pair: PairId, from: Timestamp) {
        let Personas { meets_every: rhythm, slips, meeting_jitter: jitter, .. } = self.personas;
        let zone = self.zone.clone();
        let draw = self.meeting_of(pair);
        let rhythm = if draw.chance(slips) { rhythm.times(2).unwrap_or(rhythm) } else { rhythm };
        let at = draw.about(from, rhythm, jitter, &zone);
        self.plans.push(at, Plan::Meet(pair));
    }

    fn meeting_of(&mut self, pair: PairId) -> &mut Draw {
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
            let at = self.signing.after(now, self.personas.response_delay, &self.zone);
            if signs && at < agreement.closes {
                self.plans.push(at, Plan::Sign(id, who));
            }
        }
    }

    /// An invented answer to every question.
    fn answer(&self, run: &Run, id: WaveId, participant: ParticipantId) -> Option<Act> {
        let wave = run.wave(id).filter(|wave| wave.open)?;
        accepted(run, participant)?;
        // An amendment may have left no survey of that name; that somebody answers is still to be seen.
        let survey = self.surveys.get(&wave.survey);
        let mut draw = asking::saying(self.seed, run, wave, participant);
        let answers = survey.map(|survey| answers::invent(survey, run, participant, &mut draw)).unwrap_or_default();
        Some(Act::Answer(Response { wave: id, participant, answers }))
    }
}

fn accepted(run: &Run, participant: ParticipantId) -> Option<()> {
    run.participants.get(&participant).filter(|p| p.status == ParticipantStatus::Accepted).map(|_| ())
}

fn applied(run: &Run, participant: ParticipantId) -> Option<()> {
    run.participants.get(&participant).filter(|p| p.status == ParticipantStatus::Applied).map(|_| ())
}
