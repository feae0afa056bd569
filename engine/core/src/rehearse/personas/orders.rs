//! What a rehearsal's file orders, carried out when its moment has come.

use super::{Company, Plan};
use crate::{
    decide::{Input, Refusal},
    rehearse::{Act, NotDone, Ordered, Orders},
    run::Run,
};
use jiff::Timestamp;
use turnabout_model::{PausePlan, Role};

/// What a company was refused, and what was ordered and never happened.
#[derive(Debug)]
pub struct Told {
    /// What was refused, and when: the first hundred.
    pub refused: Vec<(Timestamp, Refusal)>,
    /// What the rehearsal's file ordered and what did not happen, in order of time.
    pub not_done: Vec<NotDone>,
}

impl Company {
    /// What something that was ordered comes to now; nothing if there is nobody for it, which is noted.
    pub(super) fn carry_out(&mut self, run: &Run, at: Timestamp, ordered: Ordered) -> Option<Act> {
        self.doing = Some((at, ordered));
        let place = ordered.place;
        let act = match ordered.list {
            Orders::Signals => {
                let letters = self.planned.write(run, place, at);
                if letters.is_empty() {
                    self.is_not_done("there was no pair to send it to");
                }
                for letter in letters {
                    self.plans.push(at, Plan::Letter(ordered, letter));
                }
                return None;
            }
            Orders::Withdrawals => {
                let role = self.planned.withdrawals.get(place)?.role;
                let who = self.planned.somebody_in_a_pair(run, role);
                who.ok_or(role).map(|participant| Act::Input(Input::Withdraw { participant }))
            }
            Orders::Declines => {
                let role = self.planned.declines.get(place)?.role;
                let by = self.planned.somebody_in_a_pair(run, role);
                let pair = by.and_then(|by| Some((by, run.pairs_of(by).next()?.id)));
                pair.ok_or(role).map(|(by, pair)| Act::Decline { pair, by })
            }
            Orders::Concerns => Ok(Act::Input(Input::RaiseConcern)),
            Orders::Pauses => {
                let PausePlan { lasts, reason, .. } = self.planned.pauses.get(place)?;
                Ok(Act::Input(Input::Pause { until: lasts.after(at, &run.zone), reason: reason.clone() }))
            }
            // The post is out by itself.
            Orders::MailOutages => return None,
        };
        act.map_err(|role: Role| self.is_not_done(&format!("no {role} was in a pair then"))).ok()
    }

    /// Notes that what is being carried out does not happen.
    pub(super) fn is_not_done(&mut self, why: &str) {
        if let Some((at, ordered)) = self.doing.take() {
            self.note(NotDone { ordered, at, why: why.into() });
        }
    }

    /// Of several letters of one signal only the first is noted.
    fn note(&mut self, lost: NotDone) {
        if self.not_done.iter().all(|known| known.ordered != lost.ordered) {
            self.not_done.push(lost);
        }
    }

    /// What was refused, and what was ordered and did not happen in a run that went as far as this.
    pub fn into_told(mut self, run: &Run) -> Told {
        while let Some((at, plan)) = self.plans.pop() {
            if let Plan::Ordered(ordered) | Plan::Letter(ordered, _) = plan {
                self.note(NotDone::left_over(ordered, at, run));
            }
        }
        let begins = self.post.planned().iter().map(|outage| outage.from.after(run.started, &self.zone));
        for (place, at) in begins.enumerate().collect::<Vec<_>>() {
            if run.ended.is_some_and(|ended| ended <= at) {
                self.note(NotDone::left_over(Ordered { list: Orders::MailOutages, place }, at, run));
            }
        }
        self.not_done.sort_by_key(|lost| lost.at);
        Told { refused: self.refusals, not_done: self.not_done }
    }
}
