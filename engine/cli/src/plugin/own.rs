//! Whether a component is the one that its folder is about: who it says it is, and what its cases have it answer.

use super::{Folder, Kind, cases};
use crate::failure::Failure;
use turnabout_sandbox::{Complaint, Inspection, PluginKind, Sandbox, Step};

/// Holds an inspected component against its folder's `plugin.toml` and cases, and adds what is wrong to what was found.
pub(crate) fn hold(sandbox: &Sandbox, folder: &Folder, found: &mut Inspection) -> Result<(), Failure> {
    kind(folder, found);
    described(folder, found);
    // What does not come to its answers has no use for questions.
    if found.is_sound() {
        found.reached = Step::Cases;
        for (name, case) in cases::read(&folder.path)? {
            if let Some(first) = cases::ask(sandbox, &found.sha256, folder.manifest.kind, &case).wrong.first() {
                let help = "mend the plugin or the case; `turnabout plugin test` says everything that is wrong with it";
                let what = format!("{name}: {}", first.what);
                found.complaints.push(Complaint { step: Step::Cases, code: first.code, what, help: help.into() });
            }
        }
    }
    found.complaints.sort_by_key(|complaint| complaint.step);
    Ok(())
}

fn kind(folder: &Folder, found: &mut Inspection) {
    let (said, is) = (folder.manifest.kind, found.kind);
    let Some(is) = is.map(|kind| if kind == PluginKind::Rule { Kind::Rule } else { Kind::Logic }) else { return };
    if said != is {
        let what = format!("it is a {}, and plugin.toml says that it is a {}", is.word(), said.word());
        wrong(found, Step::Exports, what, rebuild(folder));
    }
}

fn described(folder: &Folder, found: &mut Inspection) {
    let Some(own) = found.identity.clone() else { return };
    let manifest = &folder.manifest;
    let said = [("id", own.id, Some(&manifest.id)), ("version", own.version, manifest.version.as_ref())];
    for (name, own, said) in said {
        if let Some(said) = said.filter(|said| **said != own) {
            wrong(
                found,
                Step::Describes,
                format!("its {name} is '{own}', and plugin.toml has '{said}'"),
                rebuild(folder),
            );
        }
    }
}

fn rebuild(folder: &Folder) -> String {
    format!(
        "build it again, or write into the plugin and plugin.toml the same: turnabout plugin build {}",
        folder.path.display()
    )
}

fn wrong(found: &mut Inspection, step: Step, what: String, help: String) {
    found.complaints.push(Complaint { step, code: "plugin::contract", what, help });
}
