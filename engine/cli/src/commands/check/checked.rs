//! One template, checked: by what its files say, and by what its rehearsals find.

use crate::{client_file, failure::Failure, house::House};
use std::path::{Path, PathBuf};
use turnabout_core::{
    bundle::{Bundle, TemplateFiles},
    rehearse::Rehearsed,
};
use turnabout_model::{Diagnostic, RehearsalPlan, Severity};
use turnabout_render::messages::MessageCheck;
use turnabout_template::{
    Examined, FolderError,
    rehearsed::{Played, findings},
};

/// A template with everything that there is to say about it.
pub(super) struct Checked {
    /// The folder, as it was named.
    pub path: PathBuf,
    /// Its files, with those of the template that a client tailors.
    pub files: TemplateFiles,
    /// The bundle, if its files have no errors.
    pub bundle: Option<Bundle>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// How many rehearsals were run, if any was to be.
    pub rehearsed: Option<usize>,
    /// Why none was run that was to be, one clause.
    pub not_rehearsed: Option<String>,
    /// Why the folder is none of a template or client at all.
    pub unread: Option<Failure>,
}

impl Checked {
    /// Checks a template. It is rehearsed, also when its files have errors, if these stop no run.
    pub(super) fn of(house: &House, path: &Path, rehearse: bool) -> Result<Self, Failure> {
        let (files, origins) = match turnabout_template::read_folder_to_check(path) {
            Ok(read) => read,
            Err(why) => return Self::unread(path, why),
        };
        let Examined { mut bundle, mut diagnostics, mut draft } = house.examine(files.clone());
        let mut not_rehearsed = None;
        if origins.refusal(path).is_some() {
            (bundle, draft) = (None, Err("a run depends on what is wrong in the client's files".into()));
        }
        let rehearsed = match (rehearse, bundle.as_ref().map_or_else(|| draft.as_ref(), Ok)) {
            (false, _) => None,
            (true, Ok(bundle)) => Some(rehearsals(house, bundle, &mut diagnostics)?),
            (true, Err(why)) => {
                not_rehearsed = Some(why.clone());
                None
            }
        };
        if client_file::of_folder(path).is_some() {
            let own = client_file::has_own_rehearsals(path);
            let its = |code: &str| OF_A_TEMPLATE.contains(&code) || (code == "rehearsal::not_done" && !own);
            diagnostics.retain(|found| !its(&found.code));
        }
        let (mut diagnostics, files) = origins.trace(diagnostics, files);
        if let Some(file) = client_file::of_folder(path) {
            for problem in client_file::problems(&file)? {
                if !diagnostics.iter().any(|known| same(known, &problem)) {
                    diagnostics.push(problem);
                }
            }
        }
        Ok(Self { path: path.into(), files, bundle, diagnostics, rehearsed, not_rehearsed, unread: None })
    }

    /// What there is to say of a folder that can't be read: of a client's in its file, of any other as a whole.
    fn unread(path: &Path, why: FolderError) -> Result<Self, Failure> {
        let not_rehearsed = Some("it can't be read as a template".into());
        let empty = Self {
            path: path.into(),
            files: TemplateFiles::new(),
            bundle: None,
            diagnostics: Vec::new(),
            rehearsed: None,
            not_rehearsed,
            unread: None,
        };
        if let Some(file) = client_file::of_folder(path) {
            let (diagnostics, files) = client_file::without_template(&file, &why)?;
            return Ok(Self { files, diagnostics, ..empty });
        }
        let found = Diagnostic::error(UNREAD, why.to_string());
        let failure = Failure::Folder(why);
        let found = match failure.hint() {
            Some(hint) => found.help(hint),
            None => found,
        };
        Ok(Self { diagnostics: vec![found], unread: Some(failure), ..empty })
    }

    /// Whether the folder, or the template of a client's, can't be read.
    pub(super) fn is_unread(&self) -> bool {
        self.diagnostics.iter().any(|found| found.code == UNREAD)
    }

    /// How many of a severity were found.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|found| found.severity == severity).count()
    }

    /// Whether the audit would find nothing without this waiver.
    pub(super) fn is_unneeded(&self, lint: &str) -> bool {
        let quoted = format!("'{lint}'");
        self.diagnostics.iter().any(|found| found.code == "waiver::unneeded" && found.message.contains(&quoted))
    }

    /// How bad the worst of it is.
    pub(super) fn worst(&self) -> Option<Severity> {
        self.diagnostics.iter().map(|found| found.severity).max()
    }
}

/// The code of what can't be read as a template.
const UNREAD: &str = "template::folder";

/// What is a template's to rehearse: a client's settings may leave it out on purpose, and its template has tried it.
const OF_A_TEMPLATE: [&str; 4] =
    ["message::never_reached", "rehearsal::handler_never_run", "session::never_reached", "survey::never_reached"];

/// Tells whether two findings say the same of the same place.
fn same(one: &Diagnostic, other: &Diagnostic) -> bool {
    one.code == other.code
        && one.labels.first().map(|l| (&l.file, &l.bytes)) == other.labels.first().map(|l| (&l.file, &l.bytes))
}

fn rehearsals(house: &House, bundle: &Bundle, diagnostics: &mut Vec<Diagnostic>) -> Result<usize, Failure> {
    house.prepare(bundle)?;
    let (mut lived, mut never) = (Vec::new(), Vec::new());
    for (name, plan) in &bundle.rehearsals {
        match turnabout_core::rehearse::rehearse(bundle, plan, plan.seed, house.for_rehearsal()) {
            Ok(rehearsed) => lived.push((name, plan, rehearsed)),
            Err(error) => never.push(
                Diagnostic::error("rehearsal::not_begun", format!("the rehearsal '{name}' can't begin: {error}"))
                    .at(format!("rehearsals/{name}.toml"), 0..0, "this rehearsal")
                    .help("mend what it sets, and check again"),
            ),
        }
    }
    let played: Vec<Played<'_>> =
        lived.iter().map(|(name, plan, rehearsed)| Played { name, plan, rehearsed }).collect();
    // One that can't begin has said so above.
    let usual = bundle.usual_rehearsal().and_then(|(_, plan)| Some((plan, tried(house, bundle, plan)?)));
    let tried = usual.as_ref().map(|(plan, rehearsed)| Played { name: "", plan, rehearsed });
    let found = findings(bundle, &played, tried, &MessageCheck);
    // What the files alone have said already need not be said twice.
    let new: Vec<_> =
        found.into_iter().chain(never).filter(|found| !diagnostics.iter().any(|known| same(known, found))).collect();
    diagnostics.extend(new);
    Ok(played.len())
}

/// The usual rehearsal once more, with all that a script may have a handler for.
fn tried(house: &House, bundle: &Bundle, plan: &RehearsalPlan) -> Option<Rehearsed> {
    turnabout_core::rehearse::try_handlers(bundle, plan, plan.seed, house.for_rehearsal()).ok()
}
