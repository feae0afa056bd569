//! How invented people behave: they react to what happens and plan what they will do.

mod acts;
mod orders;
mod reactions;

pub use orders::Told;

use super::{
    Act, CastMember, NotDone, Ordered, draw::Draw, happenings::Happenings, hours::Calendar, post::Post, queue::Queue,
};
use crate::{
    decide::{Input, Refusal},
    run::Run,
    verbs::Verbs,
};
use jiff::{Timestamp, tz::TimeZone};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{AgreementId, Diary, PairId, ParticipantId, Personas, RehearsalPlan, SessionId, Survey, WaveId};

/// What somebody is going to do.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    Apply(Box<CastMember>),
    Accept(ParticipantId),
    Decline(ParticipantId),
    Withdraw(ParticipantId),
    RaiseConcern,
    /// What the rehearsal's file orders.
    Ordered(Ordered),
    /// A letter of a signal that it orders.
    Letter(Ordered, Input),
    Hold(SessionId),
    Cancel(SessionId),
    /// A pair, with the moment that its rhythm gave.
    Meet(PairId, Timestamp),
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
    /// When people act at all.
    pub(super) hours: Calendar,
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
    /// What was ordered and is being carried out, until it has an effect.
    doing: Option<(Timestamp, Ordered)>,
    not_done: Vec<NotDone>,
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
            hours: Calendar::new(zone.clone()),
            zone,
            draw,
            seed,
            signing,
            meeting: BTreeMap::new(),
            in_time: false,
            plans: Queue::default(),
            refusals: Vec::new(),
            doing: None,
            not_done: Vec::new(),
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

    /// Lets people stay away from work on the days that a diary keeps free.
    #[must_use]
    pub fn with_diary(mut self, diary: &Diary) -> Self {
        self.hours.keep(diary);
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

    /// Notes a refusal: people try what the programme does not allow, and a report says so.
    pub fn refused(&mut self, at: Timestamp, refusal: &Refusal) {
        self.is_not_done(&refusal.to_string());
        if let Refusal::Outdated(proposal) = refusal {
            // As the refusal advises: made again of those who are free, then published.
            let proposal = *proposal;
            let again = Input::ReviseProposal { proposal, pinned: Vec::new(), forbidden: Vec::new() };
            let at = self.coordinator(at);
            self.plans.push(at, Plan::Simply(again));
            self.plans.push(at, Plan::Simply(Input::PublishProposal { proposal }));
        }
        if self.refusals.len() < 100 {
            self.refusals.push((at, refusal.clone()));
        }
    }
}
