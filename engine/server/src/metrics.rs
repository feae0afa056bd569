//! Counts of requests, and the metrics as Prometheus reads them.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicU64, Ordering},
};
use turnabout_live::Measured;

/// Answers by the first digit of their status.
#[derive(Debug, Default)]
pub(crate) struct Requests([AtomicU64; 6]);

impl Requests {
    pub(crate) fn count(&self, status: u16) {
        let class = usize::from(status / 100).min(5);
        self.0[class].fetch_add(1, Ordering::Relaxed);
    }
}

/// Writes metrics in the text format of Prometheus.
pub(crate) fn text(measured: &Measured, requests: &Requests) -> String {
    let mut out = String::with_capacity(2_048);
    let counts = &measured.counts;
    for (name, help, value) in [
        ("commits", "Batches committed", counts.commits),
        ("events", "Journal entries committed", counts.events),
        ("refusals", "Requests refused by the programme's rules", counts.refusals),
        ("conflicts", "Decisions taken again because somebody else wrote first", counts.conflicts),
        ("replayed_requests", "Requests answered from their idempotency key", counts.replayed),
        ("wakes", "Runs woken because their time had come", counts.wakes),
        ("loads", "Runs read from the store", counts.loads),
        ("messages_sent", "Messages taken by the mail server", counts.sent),
        ("messages_stale", "Messages too old to be sent", counts.stale),
        ("messages_failed", "Messages that could not be delivered", counts.failed),
    ] {
        metric(&mut out, &format!("turnabout_{name}_total"), "counter", help, &[(String::new(), value)]);
    }
    let classes = requests.0.iter().enumerate().skip(1);
    let classes: Vec<_> =
        classes.map(|(class, n)| (format!("{{status=\"{class}xx\"}}"), n.load(Ordering::Relaxed))).collect();
    metric(&mut out, "turnabout_requests_total", "counter", "HTTP answers by status", &classes);
    let runs: Vec<_> =
        measured.runs.iter().map(|(status, n)| (format!("{{status=\"{status}\"}}"), *n as u64)).collect();
    metric(&mut out, "turnabout_runs", "gauge", "Runs by status", &runs);
    for (name, help, value) in [
        ("cached_runs", "Runs in memory", measured.cached_runs as u64),
        ("outbox_messages", "Messages that wait", measured.outbox as u64),
        ("overdue_seconds", "How late the longest overdue run is", measured.overdue_seconds.max(0).cast_unsigned()),
    ] {
        metric(&mut out, &format!("turnabout_{name}"), "gauge", help, &[(String::new(), value)]);
    }
    out
}

fn metric(out: &mut String, name: &str, kind: &str, help: &str, values: &[(String, u64)]) {
    let _ = writeln!(out, "# HELP {name} {help}.\n# TYPE {name} {kind}");
    for (labels, value) in values {
        let _ = writeln!(out, "{name}{labels} {value}");
    }
}
