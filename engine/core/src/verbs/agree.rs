//! `agree(name, pair, options)`: an agreement goes to the two of a pair, and the script waits until both have signed.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, deadline};
use crate::{
    decide::Deciding,
    run::{Agreement, Run},
};
use std::collections::BTreeSet;
use turnabout_model::{AgreementId, Event, PairId, ParticipantId, Recipient, TextHash, Value, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "agree",
        required: &[
            Parameter { name: "name", holds: "text: an agreement of the template" },
            Parameter { name: "pair", holds: "a pair" },
        ],
        optional: &[Parameter {
            name: "options",
            holds: "#{ closes: when, a period from now or a moment, 2 weeks by default; message: which asks to sign }",
        }],
        label: Some(0),
        immediate: false,
        returns: "#{agreement, signed, complete, timed_out}: who has signed, and whether both have",
        about: "Puts an agreement before the two of a pair and waits until both have signed, it closes or the pair ends. \
                Who has signed the same text before need not sign again.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("agree", call.arguments);
    arguments.only(2, &["closes", "message"])?;
    let name = arguments.text(0, "the name")?;
    let bundle = d.context().bundle;
    let text = bundle.agreements.get(name);
    let text = text.ok_or_else(|| VerbError::unknown("agreement", name, bundle.agreements.keys()))?;
    let pair = arguments.pair(1)?;
    let Some(part) = d.run().pair(pair) else {
        return Err(VerbError::new("script::bad_argument", format!("agree: this run has no {pair}")));
    };
    let (two, over) = ([part.mentor, part.mentee], part.ended.is_some());
    let invitation = arguments.option_text(2, "message")?.unwrap_or(&text.head.invitation);
    if !bundle.messages.contains_key(invitation) {
        return Err(VerbError::unknown("message", invitation, bundle.messages.keys()));
    }
    let closes = deadline::closes("agree", call.arguments, d.counts_from(), &d.run().zone)?;
    let signed = signed_before(d.run(), pair, &text.hash);
    if over {
        return Ok(Decided::Value(value(None, &two, &signed, false)));
    }
    let agreement = d.run().next_agreement();
    let missing = two.into_iter().filter(|who| !signed.contains(who)).map(Recipient::Participant);
    let missing: Vec<_> = missing.collect();
    d.emit(Event::AgreementOpened {
        agreement,
        name: name.into(),
        pair,
        text: text.hash.clone(),
        closes,
        signed: signed.into_iter().collect(),
    });
    d.queue(invitation, &missing, &Value::map([("agreement", Value::text(agreement)), ("pair", Value::text(pair))]));
    Ok(Decided::Wait(Wait::Agreement { agreement, closes }))
}

/// Who of a pair has signed a text already.
fn signed_before(run: &Run, pair: PairId, text: &TextHash) -> BTreeSet<ParticipantId> {
    let same = run.agreements.iter().filter(|other| other.pair == pair && other.text == *text);
    same.flat_map(|other| other.signed.iter().copied()).collect()
}

/// What `agree` returns of an agreement.
pub(crate) fn agreement_value(agreement: &Agreement, timed_out: bool) -> Value {
    value(Some(agreement.id), &agreement.between, &agreement.signed, timed_out)
}

fn value(id: Option<AgreementId>, two: &[ParticipantId], signed: &BTreeSet<ParticipantId>, timed_out: bool) -> Value {
    let by: Vec<Value> = two.iter().filter(|who| signed.contains(who)).map(Value::text).collect();
    Value::map([
        ("agreement", id.map_or(Value::Null, Value::text)),
        ("complete", (by.len() == two.len()).into()),
        ("signed", by.into()),
        ("timed_out", timed_out.into()),
    ])
}
