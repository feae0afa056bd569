//! Lists of people: who of these, who not of those. Scripts ask it on every wake, so it is done here.

use rhai::{Array, Dynamic, Engine, EvalAltResult, ImmutableString, NativeCallContext};
use std::collections::HashSet;

/// Registers `without` and `among`.
pub(crate) fn register(engine: &mut Engine) {
    engine.register_fn("without", |context: NativeCallContext<'_>, items: &mut Array, others: Array| {
        keep(&context, items, &others, false)
    });
    engine.register_fn("among", |context: NativeCallContext<'_>, items: &mut Array, others: Array| {
        keep(&context, items, &others, true)
    });
}

/// The items, in their order, that are among the others, or that are not.
fn keep(
    context: &NativeCallContext<'_>,
    items: &Array,
    others: &Array,
    among: bool,
) -> Result<Array, Box<EvalAltResult>> {
    let others = texts(context, others)?.into_iter().collect::<HashSet<_>>();
    let items = items.iter().zip(texts(context, items)?);
    Ok(items.filter(|(_, text)| others.contains(text) == among).map(|(item, _)| item.clone()).collect())
}

fn texts(context: &NativeCallContext<'_>, items: &Array) -> Result<Vec<ImmutableString>, Box<EvalAltResult>> {
    let text = |item: &Dynamic| item.read_lock::<ImmutableString>().map(|text| text.clone());
    items.iter().map(text).collect::<Option<_>>().ok_or_else(|| {
        let message = "without and among compare lists of people, or of other texts";
        EvalAltResult::ErrorRuntime(message.into(), context.call_position()).into()
    })
}
