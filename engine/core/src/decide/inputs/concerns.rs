//! Somebody says that something is wrong. The journal knows only that there is a concern.

use crate::decide::{Deciding, Refusal};
use smol_str::format_smolstr;
use turnabout_model::{ConcernId, Event, Value};

pub(super) fn raise(d: &mut Deciding<'_>) {
    let concern = d.run.next_concern();
    d.emit(Event::ConcernRaised { concern });
    d.handle("on_concern", Value::map([("concern", Value::text(concern))]));
}

pub(super) fn close(d: &mut Deciding<'_>, id: ConcernId) -> Result<(), Refusal> {
    let concern = d.run.concern(id).ok_or_else(|| Refusal::unknown(id))?;
    if !concern.open {
        return Err(Refusal::AlreadySo { what: format_smolstr!("{id}"), state: "closed" });
    }
    d.emit(Event::ConcernClosed { concern: id });
    Ok(())
}
