//! A live engine on a data folder.

use crate::failure::Failure;
use std::{path::Path, sync::Arc};
use turnabout_core::limits::Limits;
use turnabout_live::{Clock, Engine, LiveLimits, Parts};
use turnabout_render::messages::MessageCheck;
use turnabout_sandbox::Sandbox;
use turnabout_script::{RhaiScripts, ScriptLimits};
use turnabout_store::SledStore;

/// Opens the store of a data folder and builds a live engine on it.
pub(crate) fn open(data: &Path, clock: Arc<dyn Clock>) -> Result<Arc<Engine>, Failure> {
    let store = SledStore::open(data)?;
    let rules = Sandbox::with_standard_plugins().map_err(|error| Failure::Internal(error.to_string()))?;
    let parts = Parts {
        store: Arc::new(store),
        rules: Arc::new(rules),
        scripts: Arc::new(RhaiScripts::new(ScriptLimits::standard())),
        messages: Arc::new(MessageCheck),
        clock,
        limits: Limits::standard(),
        live: LiveLimits::standard(),
    };
    Ok(Arc::new(Engine::new(parts)?))
}

/// Installs the template of a folder; its notes are not printed here, `turnabout check` does that.
pub(crate) fn install(engine: &Engine, path: &Path) -> Result<turnabout_live::Installed, Failure> {
    let files = turnabout_template::read_folder(path)?;
    match engine.install(files.clone()) {
        Err(turnabout_live::LiveError::Template(problems)) => {
            crate::diagnostics::print(&problems, &files);
            Err(Failure::Template { path: path.display().to_string(), errors: problems.len() })
        }
        other => Ok(other?),
    }
}
