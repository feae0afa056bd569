//! `stage(name)`: the programme has come to a stage, for dashboards and reports.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::decide::Deciding;
use turnabout_model::{Event, Value};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "stage",
        required: &[Parameter { name: "name", holds: "text: the stage, in words for people" }],
        optional: &[],
        label: Some(0),
        immediate: true,
        returns: "nothing",
        about: "Notes that the programme has come to a stage.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let stage = Arguments::new("stage", call.arguments).text(0, "the name")?;
    d.emit(Event::StageReached { stage: stage.into() });
    Ok(Decided::Value(Value::Null))
}
