//! What verbs of the server's own wanted done outside.

use crate::{
    decide::{Deciding, Refusal},
    limits::Misfit,
    run::WaitKey,
};
use smol_str::format_smolstr;
use turnabout_model::{ErrandId, Event, Value};

const ANSWER: &str = "the answer to an errand";

/// It is done: the step that waits for it goes on with the answer.
pub(super) fn complete(d: &mut Deciding<'_>, id: ErrandId, answer: &Value) -> Result<(), Refusal> {
    let errand = d.run.errand(id).ok_or_else(|| Refusal::unknown(id))?;
    if errand.answer.is_some() {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "done" });
    }
    if !d.run.wants(id) {
        return Err(Refusal::NoLongerAsked(format_smolstr!("{id}")));
    }
    d.context.limits.keeps(answer).map_err(|misfit| match misfit {
        Misfit::TooLarge(most) => Refusal::TooLarge(ANSWER, most),
        Misfit::TooDeep(most) => Refusal::TooDeep(ANSWER, most),
        Misfit::Unkeepable => Refusal::Unkeepable(ANSWER),
    })?;
    d.emit(Event::ErrandDone { errand: id, answer: answer.clone() });
    d.review(&WaitKey::Errand(id));
    Ok(())
}
