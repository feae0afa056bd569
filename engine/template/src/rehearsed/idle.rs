//! Programmes in which nobody meets: no rehearsal forms a pair, or pairs are formed and none of them ever meets.

use super::{About, Played, in_rehearsals};
use crate::checks::MAIN;
use jiff::Timestamp;
use std::ops::Range;
use turnabout_core::rehearse::Rehearsed;
use turnabout_model::Diagnostic;

/// The verb that makes pairs.
const MATCHES: &str = "match_pairs";

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Option<Diagnostic> {
    let bytes = place(about)?;
    let paired: Vec<&Played<'_>> = played.iter().filter(|played| !played.rehearsed.run.pairs.is_empty()).collect();
    if paired.is_empty() {
        return (!played.is_empty()).then(|| no_pair(bytes, played));
    }
    let would_meet: Vec<&Played<'_>> = paired.into_iter().filter(|played| has_time(played)).collect();
    let meets = |played: &&Played<'_>| played.rehearsed.run.meetings.iter().any(|meeting| meeting.took_place);
    (!would_meet.is_empty() && !would_meet.iter().any(meets)).then(|| no_meeting(bytes, &would_meet))
}

/// Whether people of a rhythm would meet once in the time that the run lasts: some rehearsals let nobody meet on purpose.
fn has_time(played: &Played<'_>) -> bool {
    let Rehearsed { run, ended, .. } = played.rehearsed;
    let last: Timestamp = run.ended.unwrap_or(*ended);
    played.plan.personas.meets_every.after(run.started, &run.zone) <= last
}

fn no_pair(bytes: Range<usize>, played: &[Played<'_>]) -> Diagnostic {
    let names: Vec<&str> = played.iter().map(|played| played.name).collect();
    Diagnostic::warning("rehearsal::no_pair", "no rehearsal ever forms a pair")
        .at(MAIN, bytes, format!("nobody is paired here {}", in_rehearsals(&names)))
        .help("give a rehearsal people whom the plan can pair, and look at [gates] and at the settings that say how long all lasts")
}

fn no_meeting(bytes: Range<usize>, paired: &[&Played<'_>]) -> Diagnostic {
    let names: Vec<&str> = paired.iter().map(|played| played.name).collect();
    let formed = paired.iter().map(|played| played.rehearsed.run.pairs.len()).max().unwrap_or_default();
    let pairs = if formed == 1 { "1 pair is".to_owned() } else { format!("up to {formed} pairs are") };
    Diagnostic::warning("rehearsal::no_meeting", "pairs are formed, and no pair ever meets")
        .at(MAIN, bytes, format!("{pairs} formed here {}, and they end without a meeting", in_rehearsals(&names)))
        .help("leave pairs time to meet: settings such as a length may end them as soon as they are formed, and gates or an agreement may keep them from it")
}

/// Where the script pairs people for the first time; nothing if it never does.
fn place(about: About<'_>) -> Option<Range<usize>> {
    let functions = about.bundle.program.outline().functions.iter().filter(|function| function.file == MAIN);
    let calls = functions.flat_map(|function| &function.calls).filter(|call| call.name == MATCHES);
    calls.map(|call| call.bytes.clone()).min_by_key(|bytes| bytes.start)
}
