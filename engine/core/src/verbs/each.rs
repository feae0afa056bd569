//! `each(items, function)`: a journey of its own for each item, so that each has its own short journal.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, arguments::pair_of};
use crate::decide::Deciding;
use turnabout_model::{JourneyCause, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "each",
        required: &[
            Parameter { name: "items", holds: "a list" },
            Parameter { name: "function", holds: "text: the name of a function of the script with one parameter" },
        ],
        optional: &[],
        label: Some(1),
        immediate: false,
        returns: "a list of what the journeys returned, in order; #{cancelled: true} for one that was cancelled",
        about: "Starts a journey for each item and waits until all have ended. A journey about a pair ends with the \
                pair.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("each", call.arguments);
    let function = arguments.text(1, "the function")?;
    let Some(items) = arguments.at(0).as_list() else {
        let message = format!("each: the items must be a list, not {}", arguments.at(0).kind());
        return Err(VerbError::new("script::bad_argument", message));
    };
    if !d.context().bundle.program.defines(function, 1) {
        let message = format!("each: the script has no function {function} with one parameter");
        return Err(VerbError::new("script::unknown_name", message).help(format!("Add fn {function}(item) {{ ... }}.")));
    }
    let limit = d.context().limits.journeys_per_run;
    if d.run().journeys.len() + items.len() > limit {
        let message = format!("each: a run may have at most {limit} journeys");
        return Err(VerbError::new("script::journal_budget", message));
    }
    let mut children = Vec::with_capacity(items.len());
    for item in items {
        let cause = JourneyCause::Each { parent: call.journey, step: call.step, pair: pair_of(item) };
        children.push(d.start_journey(function, vec![item.clone()], cause));
    }
    Ok(Decided::Wait(Wait::Children(children)))
}
