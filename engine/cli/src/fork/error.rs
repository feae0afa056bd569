//! Why nothing was done to a fork.

use smol_str::SmolStr;
use std::path::PathBuf;

/// Why nothing was done to a fork, or an update is not through.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ForkError {
    /// There is no `.upstream/upstream.toml`.
    #[error("{} is no fork: it keeps no upstream in .upstream/", .0.display())]
    NotAFork(PathBuf),
    /// The base is not what was kept.
    #[error("what {} keeps of its upstream in .upstream/ is damaged: {why}", path.display())]
    Damaged { path: PathBuf, why: String },
    /// The upstream is not where it was.
    #[error("the upstream can't be read from {}: {why}", path.display())]
    UpstreamGone { path: PathBuf, why: String },
    /// It is the upstream of another.
    #[error("{} is the template '{found}', and this is a fork of '{known}'", path.display())]
    AnotherUpstream { path: PathBuf, known: SmolStr, found: SmolStr },
    /// Both sides changed the same things.
    #[error("{conflicts} {} between your changes and the upstream's; the fork is as it was", if *conflicts == 1 { "conflict" } else { "conflicts" })]
    Conflicts { conflicts: usize, beside: usize, fork: PathBuf, merge: PathBuf },
    /// An update is there to be had.
    #[error("an update is pending: {}", step(name, old, new))]
    Pending { fork: PathBuf, name: SmolStr, old: SmolStr, new: SmolStr },
    /// An update would come to conflicts.
    #[error("an update is pending, and would have {conflicts} {}", if *conflicts == 1 { "conflict" } else { "conflicts" })]
    PendingConflicts { fork: PathBuf, conflicts: usize },
    /// An update would not be sound.
    #[error("an update is pending, and what it would merge is not sound; the fork is as it was")]
    PendingUnsound { fork: PathBuf },
    /// A merge waits for a person.
    #[error("a merge waits to be finished in {}", merge.display())]
    Waiting { fork: PathBuf, merge: PathBuf },
    /// Another update is at work.
    #[error("another update of {} is under way", fork.display())]
    Locked { fork: PathBuf, lock: PathBuf },
    /// Two names would be one file.
    #[error("{one} and {other} differ in capitals alone, and this disk takes them for one file; nothing was written")]
    Alike { one: SmolStr, other: SmolStr },
    /// Nothing waits.
    #[error("no merge waits to be finished: there is no {}", merge.display())]
    NothingWaits { fork: PathBuf, merge: PathBuf },
    /// The folder of the merge is not one.
    #[error("{} is in the way: it is no merge of this fork that can be finished", merge.display())]
    InTheWay { merge: PathBuf },
    /// Something was not resolved.
    #[error("the merge is not resolved yet: {}", what.join("; "))]
    Unresolved { what: Vec<String>, merge: PathBuf },
    /// The fork went on meanwhile.
    #[error("the fork was changed after the merge had begun: {}", paths.join(", "))]
    ChangedSince { paths: Vec<String>, fork: PathBuf, merge: PathBuf },
    /// The merged template is not one that may run.
    #[error("what was merged is not sound; the fork is as it was")]
    Unsound { fork: PathBuf, merge: PathBuf },
    /// An update was interrupted.
    #[error("an update of {} was interrupted while it was put in place", .0.display())]
    Interrupted(PathBuf),
    /// A file was changed while an update was put in place.
    #[error("{} was changed while an update was put in place", file.display())]
    Changing { file: PathBuf, staged: PathBuf },
    /// The plan of an update names what is no file of the fork.
    #[error("{} names {path}, which is no file of the fork; nothing was touched", plan.display())]
    StrangePlan { plan: PathBuf, path: String },
}

/// What an update leads to, in words: some upstreams change without a new version.
fn step(name: &str, old: &str, new: &str) -> String {
    if old == new {
        format!("{name} has changed, and still calls itself {new}")
    } else {
        format!("{name} {old} is now {new}")
    }
}

impl ForkError {
    /// The stable code that `turnabout explain` knows.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotAFork(_) => "upstream::not_a_fork",
            Self::Damaged { .. } => "upstream::damaged",
            Self::UpstreamGone { .. } => "upstream::gone",
            Self::AnotherUpstream { .. } => "upstream::another",
            Self::Conflicts { .. } => "upstream::conflicts",
            Self::Pending { .. } | Self::PendingConflicts { .. } | Self::PendingUnsound { .. } => "upstream::pending",
            Self::Waiting { .. } => "upstream::waiting",
            Self::Locked { .. } => "upstream::locked",
            Self::Alike { .. } => "upstream::alike",
            Self::NothingWaits { .. } => "upstream::nothing_waits",
            Self::InTheWay { .. } => "upstream::in_the_way",
            Self::Unresolved { .. } => "upstream::unresolved",
            Self::ChangedSince { .. } => "upstream::changed_since",
            Self::Unsound { .. } => "upstream::unsound",
            Self::Interrupted(_) => "upstream::interrupted",
            Self::Changing { .. } => "upstream::changing",
            Self::StrangePlan { .. } => "upstream::strange_plan",
        }
    }

    /// What to do.
    pub(crate) fn hint(&self) -> String {
        let go_on = |fork: &PathBuf| format!("turnabout upstream update {} --continue", fork.display());
        match self {
            Self::NotAFork(path) => format!("Make one with: turnabout fork TEMPLATE {}", path.display()),
            Self::Damaged { .. } => {
                "Restore the folder .upstream from your version control or a backup; nothing else knows what you changed."
                    .into()
            }
            Self::UpstreamGone { .. } => "Say where it is now with --from TEMPLATE.".into(),
            Self::AnotherUpstream { known, .. } => {
                format!("Name the folder of '{known}' with --from. If it was renamed, write its new name into .upstream/upstream.toml.")
            }
            Self::Conflicts { fork, merge, beside, .. } => {
                let beside = match *beside {
                    0 => "",
                    1 => " (one file of the upstream's lies beside its place, as NAME.upstream: rename or delete it)",
                    _ => " (files of the upstream's lie beside their places, as NAME.upstream: rename or delete them)",
                };
                format!("Resolve them in {}{beside}, and then run: {}", merge.display(), go_on(fork))
            }
            Self::Locked { lock, .. } => format!(
                "Wait until it has ended. Its lock, {}, goes with it; if no update is running, remove the file.",
                lock.display()
            ),
            Self::Alike { .. } => {
                "Rename one of them, in the fork or upstream, or update on a disk that tells capitals apart.".into()
            }
            Self::Pending { fork, .. } => format!("Take it with: turnabout upstream update {}", fork.display()),
            Self::PendingConflicts { fork, .. } | Self::PendingUnsound { fork } => {
                format!("Look at it with turnabout upstream diff {0}, and begin with turnabout upstream update {0}", fork.display())
            }
            Self::Waiting { fork, merge } => {
                format!("Resolve it and run: {}. To begin again, delete {}.", go_on(fork), merge.display())
            }
            Self::NothingWaits { fork, .. } => {
                format!("Begin with: turnabout upstream update {}", fork.display())
            }
            Self::InTheWay { merge } => format!("Move {} elsewhere and try again.", merge.display()),
            Self::Unresolved { merge, .. } => format!("Edit the files in {} and run the command again.", merge.display()),
            Self::ChangedSince { merge, fork, .. } => format!(
                "Make the same changes in {0}, and put the files in {1} back; or delete {0} and run turnabout upstream update {1} again.",
                merge.display(),
                fork.display()
            ),
            Self::Unsound { fork, merge } => {
                format!("Mend what is shown above in {}, and then run: {}", merge.display(), go_on(fork))
            }
            Self::StrangePlan { plan, .. } => format!(
                "No update of Turnabout's writes such a plan. Did {} come with somebody's folder? Remove it, and take the update anew.",
                plan.parent().unwrap_or(plan).display()
            ),
            Self::Interrupted(path) => format!("Finish it with: turnabout upstream update {}", path.display()),
            Self::Changing { staged, .. } => format!(
                "What was there before is in {0}/old and what was to come in {0}/new: put one of the two in place and run the \
                 command again.",
                staged.display()
            ),
        }
    }

    /// True for what the caller can mend in the call; false for what an update came to.
    pub(crate) fn is_input(&self) -> bool {
        !matches!(
            self,
            Self::Conflicts { .. }
                | Self::Pending { .. }
                | Self::PendingConflicts { .. }
                | Self::PendingUnsound { .. }
                | Self::Waiting { .. }
                | Self::Locked { .. }
                | Self::Alike { .. }
                | Self::Unsound { .. }
                | Self::Changing { .. }
                | Self::Interrupted(_)
        )
    }
}
