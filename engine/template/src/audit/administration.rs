//! Administration: people are invited and reminded, the programme is closed, and was tried before.

use super::{Finding, Lint, Standard::Administration};
use smol_str::SmolStr;
use turnabout_model::Severity;

pub(super) const LINTS: &[Lint] = &[
    Lint {
        code: "audit::no_invitation",
        standard: Administration,
        severity: Severity::Warning,
        why: "A session nobody is invited to is chased by hand.",
        find: |evidence| {
            let sessions = evidence.programme.sessions.iter();
            let bare: Vec<&str> =
                sessions.filter(|(_, s)| s.invitation.is_none()).map(|(name, _)| name.as_str()).collect();
            let first = bare.first()?;
            Some(Finding::new(
                format!("nobody is invited to {}", crate::suggest::list(&bare)),
                evidence.place(&["sessions", first]),
                "add `invitation = \"NAME\"` with the name of a message",
            ))
        },
    },
    Lint {
        code: "audit::no_reminders",
        standard: Administration,
        severity: Severity::Warning,
        why: "Coordinators spend most of their hours on reminding people one by one.",
        find: |evidence| {
            let sessions = &evidence.programme.sessions;
            (!sessions.is_empty() && sessions.values().all(|session| session.reminder.is_none())).then(|| {
                Finding::new(
                    "nobody is ever reminded of a session",
                    evidence.place(&["sessions"]),
                    "add `reminder = \"NAME\"` to the sessions that matter most",
                )
            })
        },
    },
    Lint {
        code: "audit::late_reminders",
        standard: Administration,
        severity: Severity::Advice,
        why: "After an outage a reminder of a session that is over would still go out, unless it says when it is stale.",
        find: |evidence| {
            let stays = |name: &SmolStr| evidence.messages.get(name).is_some_and(|head| head.stale_after.is_none());
            let mut reminders = evidence
                .programme
                .sessions
                .iter()
                .filter_map(|(session, kind)| Some((session, kind.reminder.as_ref()?)));
            let (session, name) = reminders.find(|(_, name)| stays(name))?;
            Some(Finding::new(
                format!("the reminder '{name}' is sent however late it is"),
                evidence.place(&["sessions", session, "reminder"]),
                format!("add `stale_after = \"1 day\"` to the front matter of messages/{name}.hbs"),
            ))
        },
    },
    Lint {
        code: "audit::silent_changes",
        standard: Administration,
        severity: Severity::Advice,
        why: "Whoever does not hear that a session was moved or called off stands before a locked door, and trusts the next \
              invitation less.",
        find: |evidence| {
            let changes = [("session-moved", "moved"), ("session-cancelled", "called off")];
            let silent = changes.iter().filter(|(message, _)| !evidence.messages.contains_key(*message));
            let (messages, words): (Vec<_>, Vec<_>) = silent.copied().unzip();
            if evidence.programme.sessions.is_empty() || messages.is_empty() {
                return None;
            }
            let files: Vec<String> = messages.iter().map(|message| format!("messages/{message}.hbs")).collect();
            Some(Finding::new(
                format!("nobody hears when a session is {}", words.join(" or ")),
                evidence.place(&["sessions"]),
                format!("add {}, which the engine sends by itself", files.join(" and ")),
            ))
        },
    },
    Lint {
        code: "audit::no_closing",
        standard: Administration,
        severity: Severity::Advice,
        why: "A celebration or closing session ends the pairs well, shares what was learned and feeds the next cohort.",
        find: |evidence| {
            evidence.sessions_of(&["celebration", "closing"]).next().is_none().then(|| {
                Finding::new(
                    "no session closes the programme",
                    evidence.place(&["sessions"]),
                    "add a session of kind \"celebration\" or \"closing\"",
                )
            })
        },
    },
    Lint {
        code: "audit::never_rehearsed",
        standard: Administration,
        severity: Severity::Advice,
        why: "A rehearsal with expectations is the test of a template: it shows the year before anybody lives it.",
        find: |evidence| {
            evidence.rehearsals.values().all(|rehearsal| rehearsal.expect.is_empty()).then(|| {
                Finding::new(
                    "no rehearsal says what must come out",
                    evidence.place(&["name"]),
                    "add rehearsals/NAME.toml with a cohort and `[[expect]]` sections",
                )
            })
        },
    },
];
