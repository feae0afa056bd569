//! The engine: the core tied to a store, a clock and people's records.

use crate::{
    Clock, LinkKey, LiveError, LiveLimits,
    cache::RunCache,
    catalogue::Catalogue,
    counters::Counters,
    loaded::{Loaded, bundle_of},
    rest::Rest,
};
use std::sync::{Arc, Mutex, OnceLock};
use turnabout_core::run::Wave;
use turnabout_core::{
    bundle::{Bundle, Messages, Scripts},
    limits::Limits,
    ports::{Logics, Rules, Store},
};
use turnabout_model::{RunId, Survey};

/// What an engine is built from.
#[derive(Clone)]
pub struct Parts {
    /// Where journals and documents lie.
    pub store: Arc<dyn Store>,
    /// Runs matching rules.
    pub rules: Arc<dyn Rules>,
    /// Runs the logic of surveys.
    pub logics: Arc<dyn Logics>,
    /// Compiles scripts.
    pub scripts: Arc<dyn Scripts>,
    /// Compiles messages.
    pub messages: Arc<dyn Messages>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// The limits of a run's own life.
    pub limits: Limits,
    /// The limits of the live engine.
    pub live: LiveLimits,
}

/// Live programmes: every act is decided by the core and durable before it is answered.
///
/// Its calls block; it may be shared by any number of threads. Acts on one run happen one after the other, acts on
/// different runs side by side.
pub struct Engine {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) rules: Arc<dyn Rules>,
    pub(crate) logics: Arc<dyn Logics>,
    pub(crate) scripts: Arc<dyn Scripts>,
    pub(crate) messages: Arc<dyn Messages>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) limits: Limits,
    pub(crate) live: LiveLimits,
    pub(crate) runs: RunCache,
    pub(crate) catalogue: Catalogue,
    pub(crate) counters: Counters,
    pub(crate) rest: Rest,
    /// Held while a run starts that wants none alike under way.
    pub(crate) starting: Mutex<()>,
    pub(crate) link_key: OnceLock<LinkKey>,
    changed: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("limits", &self.live).finish_non_exhaustive()
    }
}

/// A run as it stands, to be looked at under its lock.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot<'a> {
    /// The run.
    pub run: &'a turnabout_core::run::Run,
    /// Its bundle.
    pub bundle: &'a Bundle,
    /// The bundles that it pinned before it was amended.
    pub past: &'a [Arc<Bundle>],
    /// Its people.
    pub people: &'a crate::People,
    /// Who runs it.
    pub contacts: &'a crate::Contacts,
    /// What it got from the run that it renews, and which run renews it.
    pub handover: &'a crate::Handover,
}

impl<'a> Snapshot<'a> {
    /// The survey of a wave as people were asked: that of the bundle under which it went out.
    pub fn survey_of(&self, wave: &Wave) -> Option<&'a Survey> {
        bundle_of(wave.bundle.as_ref(), self.bundle, self.past).surveys.get(&wave.survey)
    }
}

impl Loaded {
    pub(crate) fn snapshot(&self) -> Snapshot<'_> {
        Snapshot {
            run: &self.run,
            bundle: &self.bundle,
            past: &self.past,
            people: &self.people,
            contacts: &self.contacts,
            handover: &self.handover,
        }
    }
}

impl Engine {
    /// Ties the parts together and reads which templates are installed.
    pub fn new(parts: Parts) -> Result<Self, LiveError> {
        let Parts { store, rules, logics, scripts, messages, clock, limits, live } = parts;
        let engine = Self {
            store,
            rules,
            logics,
            scripts,
            messages,
            clock,
            limits,
            live,
            runs: RunCache::new(live.cached_runs),
            catalogue: Catalogue::new(live.cached_bundles),
            counters: Counters::default(),
            rest: Rest::default(),
            starting: Mutex::default(),
            link_key: OnceLock::new(),
            changed: OnceLock::new(),
        };
        engine.read_catalogue()?;
        Ok(engine)
    }

    /// The engine's clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The limits of the live engine.
    pub fn limits(&self) -> &LiveLimits {
        &self.live
    }

    /// Asks to be told after each commit, for example to look at the timers again. The first who asks is told.
    pub fn on_commit(&self, tell: impl Fn() + Send + Sync + 'static) {
        let _ = self.changed.set(Box::new(tell));
    }

    pub(crate) fn tell_changed(&self) {
        if let Some(tell) = self.changed.get() {
            tell();
        }
    }

    /// Looks at a run as it stands. What `look` returns is all that leaves the run's lock.
    pub fn read<T>(&self, run: &RunId, look: impl FnOnce(Snapshot<'_>) -> T) -> Result<T, LiveError> {
        self.with_run(run, |_, loaded| Ok(look(loaded.snapshot())))
    }

    /// Takes a run's lock, with the run in memory.
    pub(crate) fn with_run<T>(
        &self,
        run: &RunId,
        act: impl FnOnce(&Self, &mut Loaded) -> Result<T, LiveError>,
    ) -> Result<T, LiveError> {
        let slot = self.slot(run)?;
        let mut slot = slot.lock();
        if slot.is_none() {
            *slot = Some(self.load(run)?);
        }
        act(self, slot.as_mut().expect("invariant: it was just loaded"))
    }

    /// The place of a run that exists: unknown ids must not push runs out of memory.
    pub(crate) fn slot(&self, run: &RunId) -> Result<Arc<crate::cache::Slot>, LiveError> {
        if self.store.version(run)? == 0 {
            return Err(LiveError::NoRun(run.clone()));
        }
        Ok(self.runs.slot(run))
    }
}
