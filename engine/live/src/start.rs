//! Starting a run.

use crate::{
    Contacts, Decision, Engine, LiveError, Outcome,
    act::{Once, Request, within},
    keys,
    loaded::Loaded,
    once, rows,
};
use serde::{Serialize, de::DeserializeOwned};
use smol_str::SmolStr;
use turnabout_core::{
    decide::{Input, StartRun},
    ports::StoreTable,
};
use turnabout_model::{RunId, Value};

/// What a run is started with.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewRun {
    /// The template, by name or by the hash of a version.
    pub template: SmolStr,
    /// For whom it runs.
    pub client: SmolStr,
    /// Settings that differ from the template's defaults, by name: a map, or nothing.
    pub settings: Value,
    /// Its IANA time zone; the template's if none.
    pub time_zone: Option<SmolStr>,
    /// Who runs it.
    pub contacts: Contacts,
    /// Its seed; drawn if none.
    pub seed: Option<u64>,
    /// Its id; drawn if none. Drawn ids sort by the time of their start.
    pub run: Option<RunId>,
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
        within("the name of a client", &new.client, self.live.client_chars)?;
        let (_, bundle) = self.find_template(&new.template)?;
        let run = match new.run {
            Some(run) => run,
            None => self.draw_id()?,
        };
        let seed = match new.seed {
            Some(seed) => seed,
            None => random::<8>().map(u64::from_be_bytes)?,
        };
        let input = Input::Start(StartRun {
            run: run.clone(),
            client: new.client,
            settings: new.settings,
            time_zone: new.time_zone,
            seed,
        });
        let contacts = rows::put(StoreTable::People, keys::contacts(&run), &new.contacts);
        let loaded = Loaded::new(bundle, new.contacts);
        self.submit_first(&run, loaded, &Request::from(input).once(once), &[contacts], answer)
    }

    /// 48 bits of milliseconds, then 80 random ones: ids sort by when they were drawn.
    fn draw_id(&self) -> Result<RunId, LiveError> {
        let millis = u128::from(self.clock.now().as_millisecond().max(0).cast_unsigned());
        let random = u128::from_be_bytes(random::<16>()?);
        Ok(RunId::from_bits((millis & ((1 << 48) - 1)) << 80 | random & ((1 << 80) - 1)))
    }
}

/// Draws bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], LiveError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| LiveError::Entropy(error.to_string()))?;
    Ok(bytes)
}
