//! Old journals read for ever: a journal that an earlier build wrote folds to the run it was.
//!
//! `tests/golden/journal-format-1.jsonl` is a whole hard year of the ambulance template, an entry a line. It is never
//! written again; a change of format adds a file beside it.

use std::{collections::BTreeSet, path::Path};
use turnabout_core::run::{Run, RunStatus};
use turnabout_model::{Entry, FORMAT};

fn golden(name: &str) -> Vec<Entry> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_journal_of_format_1_reads_and_folds_to_the_run_it_was() {
    let entries = golden("journal-format-1.jsonl");
    let mut run = Run::default();
    for entry in &entries {
        assert!(entry.format <= FORMAT);
        run.apply(entry.at, &entry.event);
        assert_eq!(run.version, entry.version);
    }
    assert_eq!(run.status(), RunStatus::Finished);
    assert_eq!(run.template, "ambulance");
    assert!(run.journeys.iter().all(turnabout_core::run::Journey::ended));
    assert!(run.pairs.iter().all(|pair| pair.ended.is_some()));
}

#[test]
fn the_golden_journal_holds_nearly_every_kind_of_event() {
    let kinds: BTreeSet<String> = golden("journal-format-1.jsonl")
        .iter()
        .map(|entry| serde_json::to_value(&entry.event).unwrap()["event"].as_str().unwrap().to_owned())
        .collect();
    for kind in [
        "run_started",
        "run_finished",
        "participant_added",
        "participant_status_changed",
        "journey_started",
        "journey_finished",
        "journey_cancelling",
        "journey_cancelled",
        "step_started",
        "step_completed",
        "step_taken",
        "branch_completed",
        "step_dropped",
        "stage_reached",
        "recruitment_opened",
        "recruitment_closed",
        "session_planned",
        "session_held",
        "session_cancelled",
        "session_reminded",
        "proposal_made",
        "proposal_published",
        "pair_formed",
        "pair_ended",
        "meeting_recorded",
        "wave_opened",
        "response_received",
        "wave_closed",
        "task_opened",
        "task_closed",
        "message_queued",
        "signal_received",
        "signal_taken",
        "concern_raised",
        "concern_closed",
    ] {
        assert!(kinds.contains(kind), "the golden journal has no {kind}");
    }
}
