//! Starting a run.

use crate::{
    Contacts, Decision, Engine, LiveError, Outcome,
    act::{Once, Request, within},
    handover::{self, Estate},
    keys,
    loaded::Loaded,
    once, rows,
    views::RunSummary,
};
use serde::{Serialize, de::DeserializeOwned};
use smol_str::SmolStr;
use std::sync::PoisonError;
use turnabout_core::{
    bundle::Bundle,
    decide::{Input, Renewal, StartRun},
    ports::{Batch, StoreError, StoreTable},
};
use turnabout_model::{RunId, Value};

/// What a run is started with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewRun {
    /// The template, by name or by the hash of a version; if empty, the latest of the run that it renews.
    pub template: SmolStr,
    /// For whom it runs; if empty, for whom the run that it renews did.
    pub client: SmolStr,
    /// Settings that differ from the template's defaults, by name: a map, or nothing.
    pub settings: Value,
    /// Its IANA time zone; that of the run that it renews, or the template's, if none.
    pub time_zone: Option<SmolStr>,
    /// Who runs it.
    pub contacts: Contacts,
    /// Its seed; drawn if none.
    pub seed: Option<u64>,
    /// What may be under way for the same client already.
    pub beside: Beside,
    /// The run that it renews: one that is over. It takes over alumni, lessons, and whatever is not given here.
    pub renews: Option<RunId>,
    /// Its id; drawn if none. Drawn ids sort by the time of their start.
    pub run: Option<RunId>,
}

/// What may be under way when a run starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Beside {
    /// Whatever is: whoever embeds the engine knows what they start.
    #[default]
    Anything,
    /// No run of a template of the same name for the same client, so that nobody starts a programme twice unseen. A run
    /// that renews another is held against that one alone. Two nodes of one store may still do it at the same moment.
    NothingAlike,
}

impl Engine {
    /// Starts a run; all its steps up to the first that waits are in the same batch.
    pub fn start<A: Serialize + DeserializeOwned>(
        &self,
        new: NewRun,
        once: Option<Once>,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        if let Some(once) = &once
            && let Some(outcome) = once::recall(self, once)?
        {
            return Ok(outcome);
        }
        match new.renews.clone() {
            Some(before) => self.renew(&before, new, once, answer),
            None if new.beside == Beside::Anything => self.start_with(new, None, once, answer),
            None => self.start_alone(new, once, answer),
        }
    }

    /// Starts a run unless one like it is under way.
    fn start_alone<A: Serialize + DeserializeOwned>(
        &self,
        new: NewRun,
        once: Option<Once>,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        let _one_at_a_time = self.starting.lock().unwrap_or_else(PoisonError::into_inner);
        // The same request may have been here while this one waited for the lock.
        if let Some(once) = &once
            && let Some(outcome) = once::recall(self, once)?
        {
            return Ok(outcome);
        }
        if !new.template.is_empty() && !new.client.is_empty() {
            let (template, _) = self.find_template(&new.template)?;
            if let Some(alike) = self.alike(&template.name, &new.client)? {
                return Err(LiveError::UnderWay { run: alike.id, client: alike.client, since: alike.started });
            }
        }
        self.start_with(new, None, once, answer)
    }

    /// The latest run of a template for a client that is not over.
    fn alike(&self, template: &str, client: &str) -> Result<Option<RunSummary>, LiveError> {
        let plain = |name: &str| name.trim().to_lowercase();
        let mut alike = None;
        self.every_row(StoreTable::Runs, b"", |row| {
            let of = String::from_utf8_lossy(&row.key);
            let known = rows::read::<rows::RunRow>(&row.value, &of, "its summary")?.summary;
            if known.ended.is_none() && known.template == template && plain(&known.client) == plain(client) {
                alike = Some(known);
            }
            Ok(())
        })?;
        Ok(alike)
    }

    /// Starts a run that takes over from one that is over. That one stays locked: nobody takes a consent back unseen, and
    /// nobody else renews it.
    fn renew<A: Serialize + DeserializeOwned>(
        &self,
        before: &RunId,
        new: NewRun,
        once: Option<Once>,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        let run = self.new_id(&new)?;
        if self.store.version(&run)? > 0 {
            return Err(LiveError::RunExists(run));
        }
        self.with_run(before, |engine, loaded| {
            // The same request may have been here while this one waited for the lock.
            if let Some(once) = &once
                && let Some(outcome) = once::recall(engine, once)?
            {
                return Ok(outcome);
            }
            let estate = engine.estate(before, loaded)?;
            let template = if new.template.is_empty() { loaded.run.template.clone() } else { new.template.clone() };
            let (_, bundle) = engine.find_template(&template)?;
            let new = handover::take_over(NewRun { run: Some(run.clone()), template, ..new }, loaded, &bundle);
            let outcome = match engine.start_with(new, Some(estate), once, answer) {
                Err(LiveError::Store(StoreError::RowExists { table: StoreTable::Handovers, .. })) => {
                    loaded.handover = engine.handover(before)?;
                    let by = loaded.handover.renewed_by.clone().unwrap_or(run);
                    return Err(LiveError::Renewed { run: before.clone(), by });
                }
                started => started?,
            };
            loaded.handover.renewed_by = Some(run);
            Ok(outcome)
        })
    }

    fn start_with<A: Serialize + DeserializeOwned>(
        &self,
        new: NewRun,
        estate: Option<Estate>,
        once: Option<Once>,
        answer: impl Fn(Decision<'_>) -> A,
    ) -> Result<Outcome<A>, LiveError> {
        for (what, given) in [("template", &new.template), ("client", &new.client)] {
            if given.is_empty() {
                return Err(LiveError::Missing(what));
            }
        }
        within("the name of a client", &new.client, self.live.client_chars)?;
        let (_, bundle) = self.find_template(&new.template)?;
        permitted(&new.contacts, &bundle)?;
        let run = self.new_id(&new)?;
        let seed = match new.seed {
            Some(seed) => seed,
            None => random::<8>().map(u64::from_be_bytes)?,
        };
        let contacts = rows::put(StoreTable::People, keys::contacts(&run), &new.contacts);
        let mut beside = Batch { rows: vec![contacts], ..Batch::default() };
        let mut loaded = Loaded::new(bundle, new.contacts);
        let mut renews = None;
        if let Some((before, estate)) = new.renews.zip(estate) {
            beside.rows.extend(handover::rows_of(&run, &before, &estate));
            // On whatever node: a run is renewed once.
            beside.absent.push((StoreTable::Handovers, keys::successor(&before)));
            renews = Some(Renewal { run: before, alumni: estate.alumni.iter().map(|person| person.role).collect() });
            loaded.handover.lessons = estate.lessons;
            for person in estate.alumni {
                loaded.people.put(person);
            }
        }
        let input = Input::Start(StartRun {
            run: run.clone(),
            client: new.client,
            settings: new.settings,
            time_zone: new.time_zone,
            seed,
            renews,
        });
        self.submit_first(&run, loaded, &Request::from(input).once(once), &beside, answer)
    }

    fn new_id(&self, new: &NewRun) -> Result<RunId, LiveError> {
        new.run.clone().map_or_else(|| self.draw_id(), Ok)
    }

    /// 48 bits of milliseconds, then 80 random ones: ids sort by when they were drawn.
    fn draw_id(&self) -> Result<RunId, LiveError> {
        let millis = u128::from(self.clock.now().as_millisecond().max(0).cast_unsigned());
        let random = u128::from_be_bytes(random::<16>()?);
        Ok(RunId::from_bits((millis & ((1 << 48) - 1)) << 80 | random & ((1 << 80) - 1)))
    }
}

/// Somebody else's questions are asked only where their owner has agreed to it.
fn permitted(contacts: &Contacts, bundle: &Bundle) -> Result<(), LiveError> {
    let unpermitted = contacts.unpermitted(bundle);
    if unpermitted.is_empty() { Ok(()) } else { Err(LiveError::Unpermitted(unpermitted)) }
}

/// Draws bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], LiveError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| LiveError::Entropy(error.to_string()))?;
    Ok(bytes)
}
