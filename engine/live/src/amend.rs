//! Amending a run: looked at without writing anything, or made as one commit.

use crate::{
    Contacts, Decision, Engine, ForecastAsked, LiveError, Outcome, act::Once, clock::stopwatch, counters, keys,
    loaded::Loaded, once, rows, submit::Decided, views::AmendmentView,
};
use serde::{Serialize, de::DeserializeOwned};
use smol_str::SmolStr;
use std::{collections::BTreeMap, sync::Arc};
use turnabout_core::{
    amend::{Amendment, amend, judge, look_back},
    bundle::Bundle,
    decide::Context,
    forecast::{Ask, compare},
    ports::{Batch, StoreError, StoreTable},
    rehearse::House,
    replay::Retention,
};
use turnabout_model::RunId;

/// What a run is amended to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Amend {
    /// The template, by name or by the hash of a version. Its name means its latest version.
    pub template: SmolStr,
    /// Settings, mappings, deadlines.
    pub amendment: Amendment,
    /// Who permitted the client to ask somebody else's questions that are new in that version, by the name of the survey.
    pub permissions: BTreeMap<SmolStr, String>,
}

impl Loaded {
    /// Every bundle that the run has pinned, the present one last.
    fn pinned(&self) -> Vec<&Bundle> {
        self.past.iter().chain([&self.bundle]).map(|bundle| &**bundle).collect()
    }
}

/// The run's contacts with the permissions that an amendment brings. Refused is one to questions that are new in it and that
/// nobody has permitted; what the run asks already it may go on asking.
fn newly_permitted(loaded: &Loaded, to: &Amend, new: &Bundle) -> Result<Contacts, LiveError> {
    let mut contacts = loaded.contacts.clone();
    contacts.permissions.extend(to.permissions.clone());
    let asked = |name: &SmolStr| loaded.bundle.surveys.get(name).is_some_and(|survey| survey.requires_permission);
    let unpermitted: Vec<_> = contacts.unpermitted(new).into_iter().filter(|name| !asked(name)).collect();
    if unpermitted.is_empty() { Ok(contacts) } else { Err(LiveError::Unpermitted(unpermitted)) }
}

impl Engine {
    /// Looks at what an amendment would mean for every journey of a run. Nothing is written, and the run's lock is held only
    /// while the run is copied.
    ///
    /// Asked for a forecast too, it says where the run goes as it stands and where it goes once amended, if nothing stands in
    /// the way.
    pub fn look_at_amendment(
        &self,
        run: &RunId,
        to: &Amend,
        asked: Option<ForecastAsked>,
    ) -> Result<AmendmentView, LiveError> {
        asked.map_or(Ok(()), |asked| self.check_times(asked.times.saturating_mul(2)))?;
        let (summary, new) = self.find_template(&to.template)?;
        let copy = |loaded: &Loaded| {
            let bundles: Vec<Arc<Bundle>> = loaded.past.iter().chain([&loaded.bundle]).map(Arc::clone).collect();
            newly_permitted(loaded, to, &new)?;
            Ok((loaded.run.clone(), bundles, loaded.people.clone(), loaded.last))
        };
        let (live, bundles, people, last) = self.with_run(run, |_, loaded| copy(loaded))?;
        let now = self.clock.now().max(last);
        let context = Context { now, bundle: &new, rules: &*self.rules, records: &people, limits: self.limits };
        let pinned: Vec<&Bundle> = bundles.iter().map(|bundle| &**bundle).collect();
        let judged = judge(&live, &to.amendment, &pinned, context)?;
        let settings =
            judged.after.as_ref().map_or_else(|| Arc::clone(&live.settings), |(run, _)| Arc::clone(&run.settings));
        let (all, _) = self.fold(run, Retention::All)?;
        let past = look_back(&all, (&to.amendment, &judged.branches), &settings, context);
        let old = pinned.last().copied().unwrap_or(&new);
        let mut view = AmendmentView::of(&summary, (&live, old, &new), &judged, &past);
        if let (Some(ForecastAsked { times, seed }), Some((after, events))) = (asked, &judged.after) {
            let history = self.history(run, live.version)?;
            let house = House { rules: &*self.rules, limits: self.limits };
            let (history, records) = (&history, &people);
            let began = stopwatch();
            let has_time = &|| self.has_time_to_forecast(began);
            let before =
                Ask { run: &live, bundle: old, history, at_once: &[], records, house, now, times, seed, has_time };
            let compared = compare(before, Ask { run: after, bundle: &new, at_once: events, ..before });
            view.forecast = Some(compared.map_err(|cut| self.too_slow(cut))?);
        }
        Ok(view)
    }

    /// Refuses an idempotency key that can't be one, of a request that writes nothing.
    pub fn check_key(&self, once: &Once) -> Result<(), LiveError> {
        once.check(self.live.key_chars)
    }

    /// Amends a run: if every journey continues, it is switched to the other bundle in one commit; else nothing changes. A
    /// conflict loads the run and judges it again.
    pub fn amend<A: Serialize + DeserializeOwned>(
        &self,
        run: &RunId,
        to: &Amend,
        once: Option<&Once>,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        let slot = self.slot(run)?;
        let mut slot = slot.lock();
        for _ in 0..self.live.attempts_per_request {
            if let Some(once) = once
                && let Some(outcome) = once::recall(self, once)?
            {
                counters::add(&self.counters.replayed, 1);
                return Ok(outcome);
            }
            // Asked for anew each time: the name of a template means its latest version.
            let (_, new) = self.find_template(&to.template)?;
            if slot.is_none() {
                counters::add(&self.counters.loads, 1);
                *slot = Some(self.load(run)?);
            }
            let Some(loaded) = slot.as_mut() else { continue };
            let contacts = newly_permitted(loaded, to, &new)?;
            let at = self.clock.now().max(loaded.last);
            let before = loaded.run.version;
            let context =
                Context { now: at, bundle: &new, rules: &*self.rules, records: &loaded.people, limits: self.limits };
            let mut after = loaded.run.clone();
            let events = amend(&mut after, &to.amendment, &loaded.pinned(), context)
                .inspect_err(|_| counters::add(&self.counters.refusals, 1))?;
            loaded.run = after;
            let old = std::mem::replace(&mut loaded.bundle, new);
            loaded.past.push(old);
            let mut changes = Vec::new();
            if contacts != loaded.contacts {
                changes.push(rows::put(StoreTable::People, keys::contacts(run), &contacts));
                loaded.contacts = contacts;
            }
            let decided = Decided { at, before, events, changes };
            match self.commit(loaded, run, decided, (once, &Batch::default()), &answer) {
                Ok(outcome) => return Ok(outcome),
                Err(error) => {
                    *slot = None;
                    match error {
                        LiveError::Store(StoreError::Conflict { .. }) => counters::add(&self.counters.conflicts, 1),
                        LiveError::Store(StoreError::RowExists { table: StoreTable::Idempotency, .. }) => {}
                        error => return Err(error),
                    }
                }
            }
        }
        Err(LiveError::Contended(run.clone(), self.live.attempts_per_request))
    }
}
