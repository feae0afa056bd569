//! `recruit(label, options)`: applications are open until they close.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, deadline};
use crate::decide::Deciding;
use turnabout_model::{Event, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "recruit",
        required: &[Parameter { name: "label", holds: "text: what the round of applications is called" }],
        optional: &[Parameter {
            name: "options",
            holds: "#{ closes: when, a period from now or a moment; 4 weeks by default }",
        }],
        label: Some(0),
        immediate: false,
        returns: "a cohort: #{mentors, mentees, everyone, waiting}, lists of participants",
        about: "Takes applications until they close, by themselves or by the coordinator, and returns who was accepted.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("recruit", call.arguments);
    arguments.only(1, &["closes"])?;
    let closes = deadline::closes("recruit", call.arguments, d.counts_from(), &d.run().zone)?;
    d.emit(Event::RecruitmentOpened { label: call.address.label.clone(), closes });
    Ok(Decided::Wait(Wait::Recruitment { closes }))
}
