//! One turn of `turnabout plugin dev`: build, gate, cases, and a rehearsal with the new component.

use super::{
    Folder, Kind, cases,
    rehearsing::{self, Came, Swap},
    series::Fresh,
};
use crate::{
    failure::{Failure, count},
    house::House,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
use turnabout_core::ports::PluginRef;

/// What builds a plugin into its folder: the tools of its language, or what stands for them in a test.
pub(crate) type Build<'a> = &'a mut dyn FnMut(&Folder) -> Result<Vec<u8>, Failure>;

/// A plugin that is being written, and the template it is tried in.
#[derive(Debug)]
pub(crate) struct Workshop {
    folder: PathBuf,
    target: Option<PathBuf>,
    /// The last component that passed the gate: the one in use.
    good: Option<Vec<u8>>,
    /// What the last rehearsal came to.
    before: Option<Came>,
    began: bool,
}

/// What came of one turn.
#[derive(Debug)]
pub(crate) struct Turn {
    /// What there is to say, a line each.
    pub(crate) lines: Vec<String>,
    /// Whether it was built, passed the gate, held its cases and met what the rehearsal expects.
    pub(crate) sound: bool,
    /// The new component, if it passed the gate and the template takes it: for the series of rehearsals.
    pub(crate) fresh: Option<Fresh>,
}

impl Workshop {
    /// A plugin's folder, and the template or client whose rehearsal shows what a change does.
    pub(crate) fn new(folder: &Path, target: Option<&Path>) -> Self {
        Self { folder: folder.into(), target: target.map(Into::into), good: None, before: None, began: false }
    }

    /// Takes one turn. Whatever goes wrong is in its lines, and the last good component stays in use.
    pub(crate) fn turn(&mut self, build: Build<'_>) -> Turn {
        let (mut lines, mut fresh) = (Vec::new(), None);
        let sound = match self.take(build, &mut lines, &mut fresh) {
            Ok(sound) => sound,
            Err(failure) => {
                lines.push(format!("failed: {failure}"));
                lines.extend(failure.hint().map(|hint| format!("  help: {hint}")));
                self.keep(&mut lines);
                false
            }
        };
        Turn { lines, sound, fresh }
    }

    fn take(&mut self, build: Build<'_>, lines: &mut Vec<String>, fresh: &mut Option<Fresh>) -> Result<bool, Failure> {
        // New engines for every turn: what compiled components take is given back.
        let house = Arc::new(House::new()?);
        let folder = Folder::read(&self.folder)?;
        self.look_at_the_target(&house, &folder);
        let component = build(&folder)?;
        let found = house.sandbox().inspect(&component);
        if !found.is_sound() {
            for complaint in &found.complaints {
                lines.push(format!("refused: [{}] {}", complaint.code, complaint.what));
                lines.push(format!("  help: {}", complaint.help));
            }
            self.keep(lines);
            return Ok(false);
        }
        let (mut sound, mut held) = (true, 0);
        for (name, case) in cases::read(&folder.path)? {
            let wrong = cases::ask(house.sandbox(), &found.sha256, folder.manifest.kind, &case).wrong;
            if wrong.is_empty() {
                held += 1;
            } else {
                sound = false;
                lines.push(format!("FAILED  {name}"));
                lines.extend(wrong.into_iter().map(|wrong| format!("          {}", wrong.what)));
            }
        }
        let same = self.good.as_ref().is_some_and(|good| *good == component);
        let word = if same { "the same as before" } else { "new" };
        lines.push(format!("built {} ({word}), {} held", &found.sha256[..12], count(held, "case")));
        if let Some(target) = &self.target {
            let id = folder.manifest.id.as_str();
            let (came, bundle) = rehearsing::run(&house, target, id, Some(Swap { id, component: &component }))?;
            lines.extend(came.lines(self.before.as_ref()));
            if !came.used {
                lines.push(format!(
                    "no plan and no survey of {} names '{id}', so that it decides nothing",
                    target.display()
                ));
            }
            if came.used && folder.manifest.kind == Kind::Rule {
                if self.good.is_none() {
                    let target = target.display();
                    lines.push(format!(
                        "whatever {target} pins for '{id}', this folder's component is used; its files stay"
                    ));
                }
                let plugin = PluginRef { id: id.into(), sha256: found.sha256.clone() };
                *fresh = Some(Fresh { house: Arc::clone(&house), bundle: Arc::new(bundle), plugin });
            }
            sound &= came.is_sound();
            self.before = Some(came);
        }
        self.good = Some(component);
        Ok(sound)
    }

    /// Rehearses the template as it is, once, to compare with. It may well not work without the component that is to come.
    fn look_at_the_target(&mut self, house: &House, folder: &Folder) {
        if std::mem::replace(&mut self.began, true) {
            return;
        }
        if let Some(target) = &self.target {
            self.before = rehearsing::run(house, target, &folder.manifest.id, None).ok().map(|(came, _)| came);
        }
    }

    /// Says what stays in use, and puts it back where a worse one was built over it.
    fn keep(&self, lines: &mut Vec<String>) {
        let Some(good) = &self.good else {
            lines.push("there is no good component yet".into());
            return;
        };
        let sha256 = turnabout_sandbox::component_sha256(good);
        lines.push(format!("the last good component stays in use: {}", &sha256[..12]));
        if let Ok(folder) = Folder::read(&self.folder) {
            let file = folder.component();
            if fs::read(&file).is_ok_and(|now| now != *good)
                && let Err(error) = fs::write(&file, good)
            {
                lines.push(format!("it could not be put back into {}: {error}", file.display()));
            }
        }
    }
}

#[cfg(test)]
mod tests;
