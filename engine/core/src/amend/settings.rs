//! A run's settings under another manifest.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{Programme, SettingError, Value};

/// A setting that the run keeps although the template's default is another one now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptDefault {
    /// The setting.
    pub name: SmolStr,
    /// What the run has: the old default.
    pub value: Value,
    /// The default now.
    pub default: Value,
}

/// What becomes of a run's settings.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SettingsChange {
    /// Settings that are new, with their value.
    pub added: BTreeMap<SmolStr, Value>,
    /// Settings that the new manifest no longer has, with the value that goes.
    pub gone: BTreeMap<SmolStr, Value>,
    /// Settings that were given another value, with the new one.
    pub changed: BTreeMap<SmolStr, Value>,
    /// Settings that nobody set, whose default changed: they keep their value.
    pub kept: Vec<KeptDefault>,
}

/// The run's settings under a new manifest: its own values, over them what is given, defaults for what is new. A value out of
/// the new bounds is refused.
pub(super) fn change(
    (own, old, new): (&Value, &Programme, &Programme),
    given: &Value,
) -> Result<(Value, SettingsChange), SettingError> {
    let mut change = SettingsChange::default();
    let mut wanted = BTreeMap::new();
    if let Value::Map(own) = own {
        for (name, value) in own {
            let Some(setting) = new.settings.get(name) else {
                change.gone.insert(name.clone(), value.clone());
                continue;
            };
            wanted.insert(name.clone(), value.clone());
            let (before, default) =
                (old.settings.get(name).map(turnabout_model::Setting::default_value), setting.default_value());
            if before.as_ref() == Some(value) && default != *value {
                change.kept.push(KeptDefault { name: name.clone(), value: value.clone(), default });
            }
        }
    }
    if let Value::Map(given) = given {
        for (name, value) in given {
            change.kept.retain(|kept| kept.name != *name);
            wanted.insert(name.clone(), value.clone());
        }
    }
    let settings = crate::decide::effective_settings(new, &Value::Map(wanted))?;
    if let (Value::Map(now), own) = (&settings, own) {
        for (name, value) in now {
            match own.get(name) {
                None => _ = change.added.insert(name.clone(), value.clone()),
                Some(before) if before != value => _ = change.changed.insert(name.clone(), value.clone()),
                Some(_) => {}
            }
        }
    }
    Ok((settings, change))
}
