//! Helpers of this crate's tests: fake ports, a sound template to break, and diagnostics as text.

use crate::document::{Shape, TableShape};
use smol_str::SmolStr;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    sync::Arc,
};
use turnabout_core::{
    bundle::{Messages, Scripts, TemplateFiles},
    occasion::{Gap, Occasion, Part, Presence},
    ports::{Outline, Program, ScriptCall, ScriptEnd, SharedProgram},
    replay::Replay,
};
use turnabout_model::{AgreementHead, Diagnostic, MessageHead, Severity};

/// The names of a section's keys.
pub(crate) fn names(table: &TableShape) -> BTreeSet<&'static str> {
    table.names().collect()
}

/// Asserts that a shape has exactly the keys with which a value is written.
pub(crate) fn agrees(shape: &Shape, value: &impl serde::Serialize) {
    let Shape::Table(table) = shape else { panic!("{shape:?} is no table") };
    let json = serde_json::to_value(value).unwrap();
    assert_eq!(names(table), json.as_object().unwrap().keys().map(String::as_str).collect());
}

/// Scripts that compile unless they say `broken`, and define what they write as `fn NAME(`.
pub(crate) struct FakeScripts;

#[derive(Debug)]
struct FakeProgram(String, Outline);

impl Scripts for FakeScripts {
    fn compile(&self, files: &BTreeMap<SmolStr, String>) -> Result<SharedProgram, Vec<Diagnostic>> {
        let text = &files["programme.rhai"];
        match text.find("broken") {
            Some(at) => {
                Err(vec![Diagnostic::error("script::syntax", "broken").at("programme.rhai", at..at + 6, "here")])
            }
            None => Ok(Arc::new(FakeProgram(text.clone(), Outline::default()))),
        }
    }
}

impl Program for FakeProgram {
    fn defines(&self, function: &str, _: usize) -> bool {
        self.0.contains(&format!("fn {function}("))
    }

    fn outline(&self) -> &Outline {
        &self.1
    }

    fn run(&self, _: ScriptCall<'_>, replay: Replay) -> (Replay, ScriptEnd) {
        (replay, ScriptEnd::Suspended)
    }
}

/// Messages whose first line is the subject; an empty one is wrong. Of an agreement the first line is the title, the second
/// the name of its invitation.
pub(crate) struct FakeMessages;

impl Messages for FakeMessages {
    fn check(&self, file: &str, text: &str) -> Result<MessageHead, Vec<Diagnostic>> {
        match text.lines().next() {
            Some(subject) => {
                Ok(MessageHead { subject: subject.into(), stale_after: Some(turnabout_model::Period::days(1)) })
            }
            None => Err(vec![Diagnostic::error("message::empty", "the message is empty").at(file, 0..0, "here")]),
        }
    }

    fn head(&self, _: &str, _: &str) -> Option<MessageHead> {
        None
    }

    /// `{{session` shows a session.
    fn gaps(&self, _: &str, text: &str, occasion: &Occasion) -> Vec<Gap> {
        let missing = |(part, word): &(Part, &str)| {
            occasion.presence(*part) == Presence::Absent && text.contains(&format!("{{{{{word}"))
        };
        let parts = [(Part::Session, "session"), (Part::Survey, "survey"), (Part::Pair, "mentor")];
        let found = parts.into_iter().filter(missing);
        found.map(|(_, word)| Gap { variable: word.into(), bytes: 0..0, always: true }).collect()
    }

    fn shows(&self, _: &str, text: &str, variable: &str) -> bool {
        text.contains(variable)
    }

    fn check_agreement(&self, _: &str, text: &str) -> Result<AgreementHead, Vec<Diagnostic>> {
        let mut lines = text.lines().map(str::to_owned);
        let (title, invitation) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        Ok(AgreementHead { title, invitation: invitation.into() })
    }
}

/// The manifest of a template in which nothing is to be found.
pub(crate) const MANIFEST: &str = r#"name = "harbour"
version = "1.0"
summary = "Half a year of reverse mentoring"
purpose = "Leaders learn what work is like for their youngest colleagues"
length = "6 months"
licence = "MIT OR Apache-2.0"

[settings.rhythm]
type = "period"
default = "4 weeks"
help = "How often pairs meet"

[settings.rounds]
type = "integer"
default = 6
least = 1
most = 12
help = "How many meetings a pair has"

[attributes.topics]
kind = "set"
help = "What to talk about"

[attributes.grade]
kind = "number"
help = "The grade"

[sessions.mentor-skills]
kind = "training"
title = "Skills for mentors"
lasts = "1 day"
invitation = "invitation"
reminder = "reminder"

[sessions.review]
kind = "focus-group"
title = "Looking back"
lasts = "2 hours"
at = "14:00"
invitation = "invitation"

[sessions.celebration]
kind = "celebration"
title = "Celebration"
lasts = "3 hours"
invitation = "invitation"

[gates]
match_mentor = ["mentor-skills"]
match_mentee = ["mentor-skills"]

[plugins]
shared-topics = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

[matching.together]
solver = "optimal"
rules = [{ plugin = "shared-topics", weight = 1.0, settings = { attribute = "topics" } }]
"#;

/// Its script.
pub(crate) const SCRIPT: &str = r#"fn programme(settings) {
    let rounds = settings.rounds;
    hold("mentor-skills", []); hold("review", []); hold("celebration", []); agree("ways", ()); survey("half-way", []);
}
fn on_concern(concern) {}
fn on_withdrawn(participant) {}
fn on_pair_ended(pair) {}
"#;

/// Its survey.
pub(crate) const SURVEY: &str = r#"title = "Half-way"
introduction = "Two questions; nobody sees single answers"
invitation = "invitation"

[[questions]]
name = "trust"
text = "I can say what I think"
type = "likert"
points = 5

[[questions]]
name = "form"
text = "How do you meet?"
type = "single"
choices = ["in person", "by video"]
"#;

/// Its rehearsal.
pub(crate) const REHEARSAL: &str = r#"summary = "A calm half-year"
starts = 2026-10-05

[settings]
rounds = 4

[cohort]
mentors = 8
mentees = 8

[cohort.mentor.topics]
from = ["inclusion", "careers", "data"]
pick = 2

[cohort.mentee.grade]
from = ["8", "9"]

[personas]
response_rate = 0.7

[[expect]]
say = "everybody is paired"
count = "pairs"
is = 8

[[expect]]
say = "mentors are trained before they are matched"
order = ["session:mentor-skills", "matching"]
"#;

/// The files of a template in which nothing is to be found.
pub(crate) fn sound() -> TemplateFiles {
    let files = [
        ("programme.toml", MANIFEST),
        ("programme.rhai", SCRIPT),
        ("surveys/half-way.toml", SURVEY),
        ("rehearsals/calm.toml", REHEARSAL),
        ("agreements/ways.hbs", "Ways of working\ninvitation"),
        ("messages/invitation.hbs", "You are invited\nThe rhythm is {{settings.rhythm}}\n{{link}}"),
        ("messages/reminder.hbs", "See you soon\n"),
        ("messages/session-moved.hbs", "A new date\n"),
        ("messages/session-cancelled.hbs", "Called off\n"),
    ];
    files.into_iter().map(|(path, text)| (path.into(), text.as_bytes().to_vec())).collect()
}

/// Writes diagnostics as a terminal would, with the underlined text after the place.
pub(crate) fn print(found: &[Diagnostic], files: &TemplateFiles) -> String {
    let mut out = String::new();
    for one in found {
        let word = match one.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        };
        let _ = writeln!(out, "{word}[{}] {}", one.code, one.message);
        for label in &one.labels {
            let text = files.get(&label.file).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
            let line = text[..label.bytes.start].matches('\n').count() + 1;
            let column = label.bytes.start - text[..label.bytes.start].rfind('\n').map_or(0, |at| at + 1) + 1;
            let _ = writeln!(
                out,
                "  {}:{line}:{column} `{}` {}",
                label.file,
                text[label.bytes.clone()].escape_debug(),
                label.text
            );
        }
        if let Some(help) = &one.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out
}
