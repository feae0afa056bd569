//! The page at `/`: which runs there are and how they stand. Counts only, nobody's data.

use crate::html::{self, Page, words};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use smol_str::SmolStr;
use turnabout_core::run::Run;
use turnabout_model::{ParticipantStatus, Role, RunId, SessionStatus};

/// What the page at `/` shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusPage {
    /// The server's version.
    pub version: SmolStr,
    /// The runs, in the order in which they are shown.
    pub runs: Vec<RunCard>,
    /// How many more runs there are than are shown.
    pub more_runs: usize,
    /// Where the API begins, for example `/api/v1`.
    pub api: SmolStr,
    /// Where its `OpenAPI` document is, for example `/api/v1/openapi.json`.
    pub openapi: SmolStr,
}

/// One run on the status page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunCard {
    /// Which one.
    pub id: RunId,
    /// The template's name.
    pub template: SmolStr,
    /// For whom it runs.
    pub client: SmolStr,
    /// How it stands, as [`turnabout_core::run::RunStatus::word`] says.
    pub status: SmolStr,
    /// The stage it is in.
    pub stage: Option<SmolStr>,
    /// Until when it is paused, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Timestamp>,
    /// When it started.
    pub started: Timestamp,
    /// The IANA time zone in which its dates are told.
    pub time_zone: SmolStr,
    /// How many mentors, by status.
    pub mentors: RoleCounts,
    /// How many mentees, by status.
    pub mentees: RoleCounts,
    /// The pairs that have not ended.
    pub pairs: usize,
    /// The pairs that have been asked to sign an agreement, and have not both signed.
    #[serde(default)]
    pub unsigned_pairs: usize,
    /// The meetings that took place.
    pub meetings: usize,
    /// The next session in the diary.
    pub next_session: Option<NextSession>,
    /// The tasks that wait for the coordinator.
    pub open_tasks: usize,
    /// The messages that have not left yet.
    pub messages_waiting: usize,
    /// The journeys that are parked.
    pub parked: usize,
}

/// How many participants of a role there are, by status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleCounts {
    /// Have applied and wait for an answer.
    pub applied: usize,
    /// Take part.
    pub accepted: usize,
    /// Wait for a place.
    pub waiting: usize,
    /// Were not taken.
    pub declined: usize,
}

/// The next session of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextSession {
    /// Its name in the diary.
    pub name: SmolStr,
    /// When it starts.
    pub starts: Timestamp,
}

impl RunCard {
    /// Counts a run at a moment; nothing if it has not started.
    pub fn of(run: &Run, now: Timestamp) -> Option<Self> {
        let planned = run.sessions.iter().filter(|s| s.status == SessionStatus::Planned && s.plan.starts >= now);
        let next = planned.min_by_key(|session| session.plan.starts);
        let pairs = run.pairs.iter().filter(|pair| pair.ended.is_none()).count();
        Some(Self {
            id: run.id.clone()?,
            template: run.template.clone(),
            client: run.client.clone(),
            status: run.status().word().into(),
            stage: run.stage().cloned(),
            paused_until: run.paused.as_ref().map(|pause| pause.until),
            started: run.started,
            time_zone: run.zone.iana_name().unwrap_or("UTC").into(),
            mentors: RoleCounts::of(run, Role::Mentor),
            mentees: RoleCounts::of(run, Role::Mentee),
            pairs,
            unsigned_pairs: run.unsigned_pairs(),
            meetings: run.meetings.iter().filter(|meeting| meeting.took_place).count(),
            next_session: next.map(|s| NextSession { name: s.plan.name.clone(), starts: s.plan.starts }),
            open_tasks: run.tasks.iter().filter(|task| task.choice.is_none()).count(),
            messages_waiting: run.messages.iter().filter(|message| message.outcome.is_none()).count(),
            parked: run.journeys.iter().filter(|journey| journey.problem().is_some()).count(),
        })
    }
}

impl RoleCounts {
    fn of(run: &Run, role: Role) -> Self {
        let mut counts = Self::default();
        for participant in run.participants.values().filter(|participant| participant.role == role) {
            *match participant.status {
                ParticipantStatus::Applied => &mut counts.applied,
                ParticipantStatus::Accepted => &mut counts.accepted,
                ParticipantStatus::Waiting => &mut counts.waiting,
                ParticipantStatus::Declined => &mut counts.declined,
                // Who has left is nobody's business on an open page, nor who once took part.
                ParticipantStatus::Withdrawn | ParticipantStatus::Alumnus => continue,
            } += 1;
        }
        counts
    }
}

/// Writes the status page.
pub fn status_page(page: &StatusPage) -> String {
    let runs: Vec<Value> = page.runs.iter().map(card).collect();
    html::render(
        Page::Status,
        &json!({
            "title": "Turnabout",
            "runs_words": match (page.runs.len(), page.more_runs) {
                (0, 0) => "No run has been started yet.".into(),
                (shown, 0) => format!("{}.", words::count(shown, "run")),
                (shown, more) => format!("{shown} of {}.", words::count(shown + more, "run")),
            },
            "runs": runs,
            "api": page.api,
            "openapi": page.openapi,
            "version": page.version,
        }),
    )
}

fn card(run: &RunCard) -> Value {
    let zone = TimeZone::get(&run.time_zone).unwrap_or(TimeZone::UTC);
    json!({
        "id": run.id,
        "template": words::title(&run.template),
        "client": words::known_as(&run.client),
        // One that can't go on says so, paused or not.
        "status": if run.paused_until.is_some() && run.status == "running" { "Paused".into() } else { words::title(&run.status) },
        "attention": run.status == "needs-attention",
        "paused": run.paused_until.map(|until| format!("{} ({})", words::moment(until, &zone), run.time_zone)),
        "stage": run.stage.clone().unwrap_or_else(|| "none yet".into()),
        "started": words::long(words::date(run.started, &zone)),
        "next": run.next_session.as_ref().map_or("none planned".into(), |session| {
            format!("{}, {} ({})", words::known_as(&session.name), words::moment(session.starts, &zone), run.time_zone)
        }),
        "roles": [counts("Mentors", run.mentors), counts("Mentees", run.mentees)],
        "facts": [
            { "name": "Pairs", "value": run.pairs },
            { "name": "Pairs that have not both signed", "value": run.unsigned_pairs },
            { "name": "Meetings", "value": run.meetings },
            { "name": "Open tasks", "value": run.open_tasks },
            { "name": "Messages waiting", "value": run.messages_waiting },
            { "name": "Parts of the script that wait for help", "value": run.parked },
        ],
    })
}

fn counts(name: &str, counts: RoleCounts) -> Value {
    let RoleCounts { applied, accepted, waiting, declined } = counts;
    json!({
        "name": name, "accepted": accepted, "applied": applied, "waiting": waiting, "declined": declined,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnabout_model::{BundleHash, Event};

    fn run() -> Run {
        let mut run = Run::default();
        let at: Timestamp = "2026-03-02T10:00:00Z".parse().unwrap();
        let started = Event::RunStarted {
            run: RunId::from_bits(1),
            bundle: BundleHash("00".into()),
            template: "ambulance".into(),
            template_version: "1.0.0".into(),
            client: "<b>A trust</b>".into(),
            settings: turnabout_model::Value::Null,
            time_zone: "Europe/London".into(),
            seed: 1,
            renews: None,
        };
        let mentor = run.next_participant();
        let applied = ParticipantStatus::Applied;
        run.apply(at, &started);
        run.apply(at, &Event::ParticipantAdded { participant: mentor, role: Role::Mentor, status: applied });
        run.apply(at, &Event::ConcernRaised { concern: run.next_concern() });
        run
    }

    fn page(runs: Vec<RunCard>) -> String {
        let [version, api, openapi] = ["0.1.0", "/api", "/api/openapi.json"].map(SmolStr::new_static);
        status_page(&StatusPage { version, runs, more_runs: 0, api, openapi })
    }

    #[test]
    fn a_run_is_counted_and_escaped() {
        let card = RunCard::of(&run(), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!((card.mentors.applied, card.mentees.applied), (1, 0));
        let text = page(vec![card]);
        assert!(text.contains("&lt;b&gt;A trust&lt;/b&gt;") && !text.contains("<b>A trust"), "{text}");
        assert!(text.contains("href=\"/api/openapi.json\""));
        // Nothing answers at the API's own address.
        assert!(!text.contains("href=\"/api\""), "{text}");
        // Anybody may open the page: in a small cohort a count can name a person.
        for private in ["oncern", "ithdraw", "ended"] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }

    #[test]
    fn a_server_without_runs_says_so() {
        assert_eq!(RunCard::of(&Run::default(), Timestamp::UNIX_EPOCH), None);
        assert!(page(Vec::new()).contains("No run has been started yet."));
    }

    #[test]
    fn the_page_reads_back_as_data() {
        let card = RunCard::of(&run(), Timestamp::UNIX_EPOCH).unwrap();
        let json = serde_json::to_string(&card).unwrap();
        assert_eq!(serde_json::from_str::<RunCard>(&json).unwrap(), card);
    }
}
