//! The page of messages: what a file of one has, and what each letter can show.

use crate::failure::Failure;
use std::fmt::Write as _;
use turnabout_core::{
    bundle::Messages as _,
    decide::SENT_BY_THE_ENGINE,
    occasion::{Occasion, Part},
};
use turnabout_model::AgreementHead;
use turnabout_render::messages::{MessageCheck, variables};

const HEAD: &str = "# Messages

A message is a file `messages/NAME.hbs`: a front matter in TOML between two lines `+++`, then plain text with variables. Its name is
what the script sends (`send(\"NAME\", cohort.mentors)`) and what `invitation` and `reminder` name.

```hbs
+++
subject = \"{{session.title}}: {{session.starts}}\"
stale_after = \"1 day\"
+++
Dear {{recipient.name}},

{{#if (eq recipient.role \"mentor\")}}You lead the conversation.{{else}}You listen.{{/if}}
```

| front matter | | what it is |
| --- | --- | --- |
| `subject` | needed | the subject line, with variables as in the text |
| `stale_after` |  | how long after it was due it is no longer worth sending: after an outage it is then skipped. Without it, it is always sent |

To whom it goes the script says, or the session or survey that names it; a file has no `to`. Beside variables there are
`{{#if X}} ... {{else}} ... {{/if}}`, `{{#unless X}} ... {{/unless}}`, the tests `eq`, `ne`, `and`, `or` and `not` within a
condition, and comments `{{! so }}`. Nothing else of handlebars is there, and nothing is escaped: a letter is plain text.

## What a message can show

| variable | what it is |
| --- | --- |
";

const OCCASIONS: &str = "| `settings.NAME` | a setting of the run; a length of time in words |

The rest of what the programme knows is in no letter: no attributes of people, no answers, nothing of a concern, and no sponsor.

## Which letter has what

`recipient`, `programme`, `coordinator`, `contact` and `settings` are in every letter. The others depend on what it is sent about. Showing
one that is not there is an error of `turnabout check`, since nobody should get a letter with a gap in it; where only a run knows (*perhaps*),
put it between `{{#if pair}}` and `{{/if}}`.

";

const BY_ITSELF: &str = "
## What the engine sends by itself

If the template has a message of that name, and else nothing:

| message | when, and to whom |
| --- | --- |
";

/// A variable that is there when its part is.
const SHOWN: [(&str, &str); 6] = [
    ("`pair`, `mentor`, `mentee`", "mentor.name"),
    ("`session`", "session.title"),
    ("`survey`", "survey.title"),
    ("`agreement`", "agreement.title"),
    ("`record`", "record.meetings"),
    ("`lessons`", "lessons"),
];

/// Every variable, every occasion, and what the engine sends.
pub(super) fn page() -> Result<String, Failure> {
    let mut page = String::from(HEAD);
    for (name, says) in variables() {
        line(&mut page, &format!("| `{name}` | {says} |"));
    }
    page.push_str(OCCASIONS);
    let heads: Vec<&str> = SHOWN.iter().map(|(part, _)| *part).collect();
    line(&mut page, &format!("| sent | {} |\n| --- |{}", heads.join(" | "), " --- |".repeat(heads.len())));
    for (sent, occasion) in occasions() {
        let cells: Vec<&str> = SHOWN.iter().map(|(_, variable)| there(variable, &occasion)).collect();
        line(&mut page, &format!("| {sent} | {} |", cells.join(" | ")));
    }
    page.push_str(BY_ITSELF);
    for message in SENT_BY_THE_ENGINE {
        line(&mut page, &format!("| `{message}` | {} |", when(message)?));
    }
    line(
        &mut page,
        &format!(
            "\nAn agreement that names no `invitation` is sent with the message `{}`. Which messages the modules of `workflows/lib` need, \
             [the library](library.md) says.",
            AgreementHead::INVITATION
        ),
    );
    Ok(page)
}

/// On what occasions a message is sent, as a template's author knows them.
fn occasions() -> Vec<(&'static str, Occasion)> {
    let people = |parts: &[Part]| Occasion::about(None, parts);
    let to = |role: &str, parts: &[Part]| Occasion::about(Some(role.into()), parts);
    vec![
        ("as the `invitation` or `reminder` of a session", people(&[Part::Session])),
        ("as the `invitation` or `reminder` of a survey", people(&[Part::Survey])),
        ("as the `invitation` of an agreement, or the `message` of `agree`", people(&[Part::Agreement, Part::Pair])),
        ("`send(\"NAME\", cohort.mentors)`", people(&[])),
        ("`send(\"NAME\", pair)`, `send(\"NAME\", pair.mentor, pair)`", people(&[Part::Pair])),
        ("`send(\"NAME\", \"coordinator\")`", to("coordinator", &[])),
        ("`send(\"NAME\", \"coordinator\", pair)`", to("coordinator", &[Part::Pair])),
        ("`send(\"NAME\", \"sponsor\")`, `send(\"NAME\", \"contact\")`", to("sponsor", &[])),
        ("by the engine: `session-moved`, `session-cancelled`", people(&[Part::Session])),
        ("by the engine: `paused`", people(&[Part::Pause])),
        ("by the engine: `lessons`", to("coordinator", &[])),
        ("by the engine: any other", people(&[])),
    ]
}

/// Whether a variable is there on an occasion, as the check of a message has it.
fn there(variable: &str, occasion: &Occasion) -> &'static str {
    let text = format!("+++\nsubject = \"So\"\n+++\n{{{{{variable}}}}}\n");
    match MessageCheck.gaps("messages/so.hbs", &text, occasion).first() {
        None => "yes",
        Some(gap) if gap.always => "",
        Some(_) => "perhaps",
    }
}

fn when(message: &str) -> Result<&'static str, Failure> {
    Ok(match message {
        "application-received" => "somebody applied; to them",
        "application-accepted" => "somebody was accepted, one who came with a list too; to them",
        "application-waiting" => "somebody was put on the waiting list; to them",
        "application-declined" => "somebody was declined; to them",
        "session-moved" => "a session was moved; to those invited",
        "session-cancelled" => "a session was called off; to those invited",
        "withdrawal-confirmed" => "somebody left; to them",
        "lessons" => "a run began that renews another; to the coordinator",
        "paused" => "the run was paused, or its pause ends on another day; to everybody in it",
        "unpaused" => "the pause is over; to everybody in it",
        "cancelled" => "the run was cancelled; to everybody in it",
        other => return Err(Failure::Internal(format!("the page of messages does not say when '{other}' is sent"))),
    })
}

fn line(page: &mut String, line: &str) {
    writeln!(page, "{line}").expect("invariant: a string takes all");
}
