//! The variables that a message can show, by name: those of [`MessageData`](super::MessageData).

/// The variables that are always one text, except `settings.NAME`.
pub(super) const VARIABLES: [&str; 28] = {
    let mut names = [""; 28];
    let mut at = 0;
    while at < names.len() {
        names[at] = MEANINGS[at].0;
        at += 1;
    }
    names
};

/// What each shows, for the book.
const MEANINGS: [(&str, &str); 28] = [
    ("recipient.name", "the name of who gets it"),
    ("recipient.role", "`mentor`, `mentee`, `coordinator`, `sponsor` or `contact`"),
    ("pair", "the pair's id: rather for `{{#if pair}}` than to show"),
    ("mentor.name", "the pair's mentor"),
    ("mentee.name", "the pair's mentee"),
    ("session.title", "the title in the diary"),
    ("session.starts", "day and time, as `Tuesday 3 March 2026 at 10:00`"),
    ("session.lasts", "as `2 hours`"),
    ("survey.title", "the survey's title"),
    ("survey.closes", "until when it can be answered"),
    ("agreement.title", "the agreement's title"),
    ("agreement.closes", "until when it can be signed"),
    ("pause.until", "when the pause ends"),
    ("record.first", "the first day of what the recipient did; there once they did something"),
    ("record.last", "the last day, likewise"),
    ("record.months", "how many months lie between"),
    ("record.training_hours", "hours of training they attended"),
    ("record.meetings", "meetings of their pair that took place"),
    ("record.sessions", "the sessions they came to, a line each; there if there are any"),
    ("lessons", "what the run before learned, a line a point; there if it left any"),
    ("programme.summary", "the template's one sentence"),
    ("programme.template", "the template's name"),
    ("programme.organisation", "the client's organisation"),
    ("coordinator.name", "who runs it"),
    ("coordinator.email", "their address"),
    ("contact.name", "whom concerns go to"),
    ("contact.email", "their address"),
    (
        RAISING,
        "where who gets it tells the contact what is wrong, with their name or without; only the engine fills it, so ask `{{#if contact.link}}` first",
    ),
];

/// Every variable that a message can show but `settings.NAME`, with what it is, in Markdown.
pub fn variables() -> impl Iterator<Item = (&'static str, &'static str)> {
    MEANINGS.into_iter().chain([(LINK, "where to answer the survey, sign the agreement or read the concerns that the message is about; only the engine fills it, so ask `{{#if link}}` first")])
}

/// The variable that stands alone and is not always there.
pub(super) const LINK: &str = "link";

/// The way to the contact, likewise.
pub(super) const RAISING: &str = "contact.link";

/// The groups of variables: conditions can ask whether one is there.
pub(super) const GROUPS: [&str; 11] = [
    "recipient",
    "mentor",
    "mentee",
    "session",
    "survey",
    "agreement",
    "pause",
    "record",
    "programme",
    "coordinator",
    "contact",
];
