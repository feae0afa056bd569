//! The timeline: events as sentences for people, with ids instead of names.

use crate::views::TimelineItem;
use smol_str::SmolStr;
use turnabout_core::run::Run;
use turnabout_model::{Entry, Event, MessageOutcome, SessionId};

/// Tells an entry in a sentence; nothing for the steps of the script.
pub(crate) fn tell(entry: &Entry, run: &Run) -> Option<TimelineItem> {
    let (about, text) = sentence(&entry.event, run)?;
    Some(TimelineItem { version: entry.version, at: entry.at, about: SmolStr::new_static(about), text })
}

fn sentence(event: &Event, run: &Run) -> Option<(&'static str, String)> {
    Some(match event {
        Event::RunStarted { template, template_version, client, .. } => {
            ("run", format!("The run of {template} {template_version} for {client} started."))
        }
        Event::BundleSwitched { to, .. } => ("run", format!("The run continues under version {to} of its template.")),
        Event::RunPaused { until, reason: Some(reason), .. } => {
            ("run", format!("The run is paused until {until}: {reason}."))
        }
        Event::RunPaused { until, .. } => ("run", format!("The run is paused until {until}.")),
        Event::RunUnpaused { .. } => ("run", "The pause is over; the run goes on.".into()),
        Event::RunFinished => ("run", "The programme is over.".into()),
        Event::RunCancelled { reason } => ("run", format!("The run was cancelled: {reason}.")),
        Event::BudgetWarning { entries } => {
            ("run", format!("The journal has {entries} entries; plan a successor for this run."))
        }
        Event::StageReached { stage } => ("run", format!("Stage: {stage}.")),
        Event::ParticipantAdded { participant, role, status } => {
            ("people", format!("{participant} came in as {role}, {}.", word(*status)))
        }
        Event::ParticipantStatusChanged { participant, status } => {
            ("people", format!("{participant} is now {}.", word(*status)))
        }
        Event::RecruitmentOpened { label, closes } => {
            ("people", format!("Applications for '{label}' opened, until {closes}."))
        }
        Event::RecruitmentClosed { label } => ("people", format!("Applications for '{label}' closed.")),
        Event::JourneyParked { journey, problem } => {
            let at = problem.position.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
            ("script", format!("{journey} can't go on{at}: {}.", problem.message))
        }
        Event::JourneyResumed { journey } => ("script", format!("{journey} is tried again.")),
        _ => return of_groups(event, run).or_else(|| of_records(event)),
    })
}

fn of_groups(event: &Event, run: &Run) -> Option<(&'static str, String)> {
    let name = |id: &SessionId| {
        run.session(*id).map_or_else(|| id.to_string(), |session| format!("{id} '{}'", session.plan.name))
    };
    Some(match event {
        Event::SessionPlanned { plan } => (
            "session",
            format!(
                "{} '{}' is planned for {} with {}.",
                plan.session,
                plan.name,
                plan.starts,
                people(plan.audience.len())
            ),
        ),
        Event::SessionRescheduled { session, starts, .. } => {
            ("session", format!("{} moved to {starts}.", name(session)))
        }
        Event::SessionHeld { session, attended } => {
            ("session", format!("{} took place; {} came.", name(session), people(attended.len())))
        }
        Event::SessionCancelled { session, reason } => {
            ("session", format!("{} was called off: {reason}.", name(session)))
        }
        Event::SessionReminded { session } => ("session", format!("People were reminded of {}.", name(session))),
        Event::ProposalMade { proposal, plan, pairs, unmatched, .. } => {
            let alone = people(unmatched.len());
            ("pair", format!("{proposal} of '{plan}': {}, {alone} in none.", count(pairs.len(), "pair", "pairs")))
        }
        Event::ProposalPublished { proposal, pairs, left_out } => {
            let formed = count(pairs.len(), "pair", "pairs");
            let rest = if left_out.is_empty() { String::new() } else { format!(", and {} left out", left_out.len()) };
            ("pair", format!("{proposal} was published with {formed}{rest}."))
        }
        Event::PairFormed { pair, mentor, mentee } => ("pair", format!("{pair}: {mentor} mentors {mentee}.")),
        Event::PairEnded { pair, reason } => ("pair", format!("{pair} ended: {reason}.")),
        Event::MeetingRecorded { pair, on, minutes, took_place: true, .. } => {
            ("meeting", format!("{pair} met on {on} for {minutes} minutes."))
        }
        Event::MeetingRecorded { pair, on, .. } => ("meeting", format!("{pair} did not meet on {on}.")),
        _ => return None,
    })
}

fn of_records(event: &Event) -> Option<(&'static str, String)> {
    Some(match event {
        Event::WaveOpened { wave, survey, audience, closes, .. } => {
            ("survey", format!("{wave} of '{survey}' went to {}, until {closes}.", people(audience.len())))
        }
        Event::ResponseReceived { wave, .. } => ("survey", format!("Somebody answered {wave}.")),
        Event::WaveReminded { wave } => ("survey", format!("Whoever had not answered {wave} was reminded.")),
        Event::WaveClosed { wave } => ("survey", format!("{wave} closed.")),
        Event::AgreementOpened { agreement, name, pair, closes, .. } => {
            ("pair", format!("{agreement} '{name}' was put before {pair}, until {closes}."))
        }
        Event::AgreementSigned { agreement, participant } => ("pair", format!("{participant} signed {agreement}.")),
        Event::AgreementClosed { agreement } => ("pair", format!("{agreement} closed.")),
        Event::TaskOpened { task, title, .. } => ("task", format!("{task}: {title}")),
        Event::TaskClosed { task, choice } => ("task", format!("{task} was closed: {choice}.")),
        Event::ErrandSent { errand, verb, .. } => ("script", format!("{errand} of {verb} is to be done outside.")),
        Event::ErrandDone { errand, .. } => ("script", format!("{errand} was done.")),
        Event::MessageQueued { message, template, .. } => ("message", format!("{message} '{template}' is to be sent.")),
        Event::MessageSettled { message, outcome } => {
            let became = match outcome {
                MessageOutcome::Sent => "was sent",
                MessageOutcome::Stale => "was too old to be sent",
                MessageOutcome::Failed => "could not be delivered",
            };
            ("message", format!("{message} {became}."))
        }
        Event::SignalReceived { signal, name, .. } => ("script", format!("{signal} '{name}' arrived.")),
        Event::ConcernRaised { concern } => ("concern", format!("{concern} was raised with the contact.")),
        Event::ConcernClosed { concern } => ("concern", format!("The contact has dealt with {concern}.")),
        _ => return None,
    })
}

fn people(n: usize) -> String {
    count(n, "person", "people")
}

fn count(n: usize, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

fn word(status: turnabout_model::ParticipantStatus) -> &'static str {
    use turnabout_model::ParticipantStatus as Status;
    match status {
        Status::Applied => "applied",
        Status::Accepted => "accepted",
        Status::Waiting => "on the waiting list",
        Status::Declined => "declined",
        Status::Withdrawn => "withdrawn",
        Status::Alumnus => "an alumnus of the run before",
    }
}
