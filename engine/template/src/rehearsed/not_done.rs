//! What a rehearsal's file orders and what never happened in it: nothing of it was tried.

use super::{About, Played};
use crate::{document::Document, document::Node, report::Report};
use turnabout_core::rehearse::{NotDone, Orders};
use turnabout_model::Diagnostic;

pub(super) fn find(about: About<'_>, played: &[Played<'_>]) -> Vec<Diagnostic> {
    let lost = played.iter().flat_map(|played| played.rehearsed.not_done.iter().map(move |lost| (played, lost)));
    lost.map(|(played, lost)| told(about, played, lost)).collect()
}

fn told(about: About<'_>, played: &Played<'_>, order: &NotDone) -> Diagnostic {
    let file = format!("rehearsals/{}.toml", played.name);
    let text = about.text(&file);
    let (list, when) = (order.ordered.list, if order.ordered.list == Orders::MailOutages { "from" } else { "after" });
    let document = Document::parse(file.as_str(), &text, &mut Report::default());
    let item = document.root().items_of(list.key()).get(order.ordered.place).copied();
    let at = item.map_or(0..0, |item| item.get(when).map_or_else(|| item.span(), Node::span));
    let what = order.what(&played.rehearsed.run);
    Diagnostic::warning(
        "rehearsal::not_done",
        format!("the rehearsal {} orders {what}, and it never happens", played.name),
    )
    .at(file, at, order.why.clone())
    .help(format!(
        "order the {} for a time at which it can happen, or remove it: as it is, it tries nothing",
        list.one()
    ))
}
