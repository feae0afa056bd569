//! Messages that wait: whom they go to and what they may speak of, by ids.

use crate::rows::OutboxRow;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, format_smolstr};
use turnabout_core::run::Message;
use turnabout_model::{Event, MessageId, Recipient, RunId, Value};

/// A message that waits to be sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxItem {
    /// The run.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub run: RunId,
    /// Which message.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub message: MessageId,
    /// The name of its template.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub template: SmolStr,
    /// A participant's id, `coordinator`, `sponsor` or `contact`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: SmolStr,
    /// What it may speak of, by name: ids only.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub about: Value,
    /// When it was queued.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub queued: Timestamp,
    /// When it is no longer worth sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub stale_at: Option<Timestamp>,
    /// How often it was given to the mail server.
    pub deliveries: u32,
    /// Not to be tried again before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub not_before: Option<Timestamp>,
    /// What went wrong the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

impl OutboxItem {
    pub(crate) fn of(run: &RunId, message: &Message, row: &OutboxRow) -> Self {
        Self {
            run: run.clone(),
            message: message.id,
            template: message.template.clone(),
            to: match &message.to {
                Recipient::Participant(id) => format_smolstr!("{id}"),
                Recipient::Coordinator => SmolStr::new_static("coordinator"),
                Recipient::Sponsor => SmolStr::new_static("sponsor"),
                Recipient::Contact => SmolStr::new_static("contact"),
            },
            about: message.about.clone(),
            queued: message.queued,
            stale_at: message.stale_at,
            deliveries: row.deliveries,
            not_before: row.not_before,
            problem: row.problem.clone(),
        }
    }
}

/// What is sent again to somebody who has lost their letters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentAgain {
    /// The letters, in the order in which they leave.
    pub letters: Vec<LetterAgain>,
}

/// A letter that is sent again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LetterAgain {
    /// Which message it is now.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub message: MessageId,
    /// The name of its template.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub template: SmolStr,
    /// What it may speak of, by name: ids only.
    #[cfg_attr(feature = "openapi", schema(value_type = serde_json::Value))]
    pub about: Value,
}

impl SentAgain {
    /// What a decision sends.
    pub fn of(events: &[Event]) -> Self {
        let letter = |event: &Event| match event {
            Event::MessageQueued { message, template, about, .. } => {
                Some(LetterAgain { message: *message, template: template.clone(), about: about.clone() })
            }
            _ => None,
        };
        Self { letters: events.iter().filter_map(letter).collect() }
    }
}
