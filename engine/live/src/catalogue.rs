//! The templates that are installed: kept in the store by content hash, compiled once.

use crate::{
    Engine, LiveError,
    rows::{self, BundleRow},
    views::{TemplateDetail, TemplateSummary},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    ports::{Batch, StoreTable},
};
use turnabout_model::{BundleHash, Diagnostic};

/// The fewest characters of a hash by which a version can be named.
const HASH_BEGINS: usize = 7;
/// How many versions are named that a beginning fits.
const LISTED: usize = 5;

/// What is known of installed templates without reading their files.
#[derive(Debug)]
pub(crate) struct Catalogue {
    held: Mutex<Held>,
    most: usize,
}

#[derive(Debug, Default)]
struct Held {
    installed: BTreeMap<BundleHash, TemplateSummary>,
    compiled: HashMap<BundleHash, Arc<Bundle>>,
}

impl Catalogue {
    pub(crate) fn new(most: usize) -> Self {
        Self { held: Mutex::default(), most }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, bundle: Arc<Bundle>) -> Arc<Bundle> {
        let mut held = self.lock();
        if held.compiled.len() >= self.most {
            // What a run in memory uses stays anyway.
            held.compiled.retain(|_, bundle| Arc::strong_count(bundle) > 1);
        }
        Arc::clone(held.compiled.entry(bundle.hash.clone()).or_insert(bundle))
    }
}

/// A template that was installed.
#[derive(Debug, Clone)]
pub struct Installed {
    /// What it is.
    pub template: TemplateSummary,
    /// Warnings and advice about it.
    pub notes: Vec<Diagnostic>,
    /// False if the store had this version already, as the latest of its name.
    pub new: bool,
}

impl Engine {
    /// Checks a template and installs it; from then on its name means this version. Runs keep the version they pin.
    pub fn install(&self, files: TemplateFiles) -> Result<Installed, LiveError> {
        // What is here already has passed: a server that installs its templates at every start need not wait for logics.
        let known = self.catalogue.lock().installed.contains_key(&turnabout_template::content_hash(&files));
        let (scripts, messages) = (&*self.scripts, &*self.messages);
        let loaded = if known {
            turnabout_template::load(files, scripts, messages)
        } else {
            turnabout_template::check(files, scripts, messages, &*self.logics)
        };
        let (bundle, notes) = loaded.map_err(LiveError::Template)?;
        self.bring_components(&bundle)?;
        let bundle = self.catalogue.keep(Arc::new(bundle));
        let latest = self.latest(&bundle.programme.name);
        if let Some(template) = latest.filter(|latest| latest.hash == bundle.hash) {
            return Ok(Installed { template, notes, new: false });
        }
        let programme = &bundle.programme;
        let row = BundleRow {
            name: programme.name.clone(),
            version: programme.version.clone(),
            summary: programme.summary.clone(),
            installed: self.clock.now().max(self.last_installed()),
            files: BundleRow::pack(&bundle.files),
        };
        let template = summary(&bundle.hash, &row);
        let row = rows::put(StoreTable::Bundles, bundle.hash.0.as_bytes().to_vec(), &row);
        self.store.commit(Batch { rows: vec![row], ..Batch::default() })?;
        self.catalogue.lock().installed.insert(bundle.hash.clone(), template.clone());
        Ok(Installed { template, notes, new: true })
    }

    /// Lists the installed templates, every version, by name and then the latest first.
    pub fn templates(&self) -> Vec<TemplateSummary> {
        let mut all: Vec<_> = self.catalogue.lock().installed.values().cloned().collect();
        all.sort_by(|one, other| {
            (&one.name, other.installed, &one.hash).cmp(&(&other.name, one.installed, &other.hash))
        });
        all
    }

    /// Shows a template by its name, which means its latest version, by `NAME@VERSION`, which means what was last installed as
    /// that, or by the hash of a version or enough of its beginning.
    pub fn template(&self, name_or_hash: &str) -> Result<TemplateDetail, LiveError> {
        let (summary, bundle) = self.find_template(name_or_hash)?;
        Ok(TemplateDetail::of(summary, &bundle))
    }

    /// Finds a template by name, name and version, hash, or the beginning of a hash, compiled.
    pub(crate) fn find_template(&self, name_or_hash: &str) -> Result<(TemplateSummary, Arc<Bundle>), LiveError> {
        let hash = BundleHash(name_or_hash.into());
        let found = self.catalogue.lock().installed.get(&hash).cloned();
        let found = match found.or_else(|| self.latest(name_or_hash)) {
            None => self.begins(name_or_hash)?,
            found => found,
        };
        let Some(found) = found else {
            let mut known: Vec<_> = self.templates().into_iter().map(|t| t.name.to_string()).collect();
            known.dedup();
            let known = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(LiveError::NoTemplate { name: name_or_hash.chars().take(80).collect(), known });
        };
        let bundle = self.bundle(&found.hash)?;
        Ok((found, bundle))
    }

    /// The bundle with a hash, compiled once.
    pub(crate) fn bundle(&self, hash: &BundleHash) -> Result<Arc<Bundle>, LiveError> {
        if let Some(bundle) = self.catalogue.lock().compiled.get(hash) {
            return Ok(Arc::clone(bundle));
        }
        let value = self.store.get(StoreTable::Bundles, hash.0.as_bytes())?;
        let value = value.ok_or_else(|| LiveError::NoBundle(hash.clone()))?;
        let row: BundleRow = rows::read(&value, &hash.0, "a template")?;
        let files =
            row.unpack().map_err(|error| LiveError::Damaged { run: hash.0.clone(), what: error.to_string() })?;
        // Compiled outside the lock: two threads may both do it, and one result is kept.
        let (bundle, _) =
            turnabout_template::load(files, &*self.scripts, &*self.messages).map_err(LiveError::Template)?;
        self.bring_components(&bundle)?;
        Ok(self.catalogue.keep(Arc::new(bundle)))
    }

    /// Hands a template's own components to whoever runs plugins, rules and logics being two parts of an engine.
    fn bring_components(&self, bundle: &Bundle) -> Result<(), LiveError> {
        bundle.bring_components(&*self.rules)?;
        Ok(bundle.bring_components(&*self.logics)?)
    }

    /// Reads which templates the store has.
    pub(crate) fn read_catalogue(&self) -> Result<(), LiveError> {
        self.every_row(StoreTable::Bundles, b"", |row| {
            let hash = BundleHash(String::from_utf8_lossy(&row.key).as_ref().into());
            let summary = summary(&hash, &rows::read(&row.value, &hash.0, "a template")?);
            self.catalogue.lock().installed.insert(hash, summary);
            Ok(())
        })
    }

    /// The version whose hash begins so, if it is one alone.
    fn begins(&self, hash: &str) -> Result<Option<TemplateSummary>, LiveError> {
        if hash.len() < HASH_BEGINS || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let hash = hash.to_ascii_lowercase();
        let found: Vec<_> = self.templates().into_iter().filter(|known| known.hash.0.starts_with(&hash)).collect();
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.clone())),
            several => {
                let named = several.iter().take(LISTED).map(|t| format!("{} {} {}", t.hash, t.name, t.version));
                Err(LiveError::Ambiguous { name: hash.into(), found: named.collect::<Vec<_>>().join(", ") })
            }
        }
    }

    /// What was last installed under a name, or as one of its versions: `ambulance`, `ambulance@1.0.0`.
    fn latest(&self, name: &str) -> Option<TemplateSummary> {
        let (name, version) = name.split_once('@').map_or((name, None), |(name, version)| (name, Some(version)));
        let held = self.catalogue.lock();
        let asked = |t: &&TemplateSummary| t.name == name && version.is_none_or(|version| t.version == version);
        held.installed.values().filter(asked).max_by_key(|t| t.installed).cloned()
    }

    /// A moment after everything that is installed, so that what is installed last is the latest even if the clock
    /// stands still.
    fn last_installed(&self) -> jiff::Timestamp {
        let held = self.catalogue.lock();
        let last = held.installed.values().map(|t| t.installed).max();
        last.map_or(jiff::Timestamp::MIN, |last| {
            last.saturating_add(jiff::SignedDuration::from_millis(1)).unwrap_or(last)
        })
    }
}

fn summary(hash: &BundleHash, row: &BundleRow) -> TemplateSummary {
    TemplateSummary {
        name: row.name.clone(),
        version: row.version.clone(),
        hash: hash.clone(),
        summary: row.summary.clone(),
        installed: row.installed,
    }
}
