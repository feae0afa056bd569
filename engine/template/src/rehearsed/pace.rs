//! How many messages somebody gets in a week: what comes too often is not read any more.

use super::{About, Played, in_rehearsals};
use jiff::{SignedDuration, Timestamp};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_core::{decide::SENT_BY_THE_ENGINE, rehearse::Rehearsed};
use turnabout_model::{Diagnostic, Event, ParticipantId, Recipient, Severity};

/// Messages to one person in seven days, where the template names no number of its own. More than one a working day.
const MOST_BY_DEFAULT: u32 = 5;

/// The fullest week of anybody.
struct Fullest {
    count: usize,
    began: Timestamp,
    messages: Vec<SmolStr>,
}

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Option<Diagnostic> {
    let said = about.bundle.programme.pace.most_messages_per_week;
    let most = said.unwrap_or(MOST_BY_DEFAULT);
    let weeks = played.iter().filter_map(|played| Some((played, fullest(played.rehearsed)?)));
    let over: Vec<_> = weeks.filter(|(_, week)| week.count > most as usize).collect();
    let (played, week) = over.iter().max_by_key(|(_, week)| week.count)?;
    let names: Vec<&str> = over.iter().map(|(played, _)| played.name).collect();
    let day = week.began.to_zoned(played.rehearsed.run.zone.clone()).strftime("%-d %B %Y").to_string();
    let message = format!("somebody gets {} messages in seven days, and {most} are the most", week.count);
    let text = about.text("programme.toml");
    let key = "most_messages_per_week";
    let at = text.find(key).map_or(0..0, |start| start..start + key.len());
    let label = format!("from {day}: {} ({})", listed(&week.messages), in_rehearsals(&names));
    let found = Diagnostic::warning("rehearsal::pace", message).at("programme.toml", at, label);
    Some(match said {
        Some(_) => found.help("send fewer, put them further apart, or raise the number"),
        None => Diagnostic { severity: Severity::Advice, ..found }
            .help("send fewer, put them further apart, or say how many are right: [pace] most_messages_per_week"),
    })
}

/// The messages in the order of their first, those that came several times with their number.
fn listed(messages: &[SmolStr]) -> String {
    let mut counted: Vec<(&SmolStr, usize)> = Vec::new();
    for message in messages {
        match counted.iter_mut().find(|(known, _)| *known == message) {
            Some((_, times)) => *times += 1,
            None => counted.push((message, 1)),
        }
    }
    let words = counted.into_iter().map(|(message, times)| match times {
        1 => message.to_string(),
        _ => format!("{message} ({times} times)"),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn fullest(rehearsed: &Rehearsed) -> Option<Fullest> {
    let mut of: BTreeMap<ParticipantId, Vec<(Timestamp, &SmolStr)>> = BTreeMap::new();
    for (at, event) in &rehearsed.events {
        if let Event::MessageQueued { template, to: Recipient::Participant(id), .. } = event {
            // What answers something that they did is no nudge.
            if !SENT_BY_THE_ENGINE.contains(&template.as_str()) {
                of.entry(*id).or_default().push((*at, template));
            }
        }
    }
    let week = SignedDuration::from_hours(7 * 24);
    let mut best: Option<Fullest> = None;
    for messages in of.values() {
        let mut first = 0;
        for last in 0..messages.len() {
            while messages[last].0.duration_since(messages[first].0) >= week {
                first += 1;
            }
            let count = last + 1 - first;
            if best.as_ref().is_none_or(|best| count > best.count) {
                let messages_of = messages[first..=last].iter().map(|(_, template)| (*template).clone()).collect();
                best = Some(Fullest { count, began: messages[first].0, messages: messages_of });
            }
        }
    }
    best
}
