//! The durable verbs, registered from the core's own list.

use crate::{
    call::{Call, STOPPED, SUSPENDED, end, position},
    convert::{to_dynamic, to_value},
};
use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, Map, NativeCallContext};
use smol_str::SmolStr;
use std::any::TypeId;
use turnabout_core::{
    replay::Answer,
    verbs::{VerbSpec, Verbs, specs},
};
use turnabout_model::{Problem, Value};

/// Registers every verb, the engine's and those that are brought, for each number of arguments it takes.
pub(crate) fn register(engine: &mut Engine, own: &Verbs) {
    for spec in specs().copied().chain(own.specs()) {
        let least = spec.required.len();
        for arity in least..=least + spec.optional.len() {
            let types = vec![TypeId::of::<Dynamic>(); arity];
            engine.register_raw_fn(spec.name, types, move |context, arguments| ask(&context, &spec, arguments));
        }
    }
    engine.register_fn("random", |context: NativeCallContext<'_>| -> Result<f64, Box<EvalAltResult>> {
        Ok(Call::of(&context)?.replay(turnabout_core::replay::Replay::random))
    });
    engine.register_fn("settings", |context: NativeCallContext<'_>| -> Result<Dynamic, Box<EvalAltResult>> {
        Ok(Call::of(&context)?.settings())
    });
    engine.register_fn("run_started", |context: NativeCallContext<'_>| -> Result<Dynamic, Box<EvalAltResult>> {
        Ok(Dynamic::from(Call::of(&context)?.run_started()))
    });
}

fn ask(
    context: &NativeCallContext<'_>,
    spec: &VerbSpec,
    arguments: &mut [&mut Dynamic],
) -> Result<Dynamic, Box<EvalAltResult>> {
    let call = Call::of(context)?;
    let at = position(context);
    let label = label(spec, arguments);
    // The arguments cross only when the step is new: a replay hands back what the journal has.
    let cross = || {
        let values: Result<Vec<Value>, String> = arguments.iter().map(|argument| to_value(argument)).collect();
        values.map_err(|why| Problem {
            code: "script::bad_argument".into(),
            message: format!("{}: {why}", spec.name),
            position: Some(at.clone()),
            help: None,
        })
    };
    let answer = call.replay(|replay| {
        if spec.immediate {
            let value = if spec.name == "now" { Value::Instant(replay.now()) } else { Value::Null };
            replay.take(spec.name, &label, cross, value, &at)
        } else {
            replay.wait(spec.name, &label, cross, &at)
        }
    });
    match answer {
        Answer::Value(value) => Ok(to_dynamic(&value)),
        Answer::Suspend => Err(end(SUSPENDED, context)),
        Answer::Stop => Err(end(STOPPED, context)),
    }
}

/// What the script calls a step: the parameter that the verb says, or the pair or person it is about.
fn label(spec: &VerbSpec, arguments: &[&mut Dynamic]) -> SmolStr {
    let Some(about) = arguments.get(spec.label.unwrap_or(0)) else { return SmolStr::default() };
    let text = |of: &Dynamic| of.read_lock::<ImmutableString>().map(|text| SmolStr::new(text.as_str()));
    let label = match spec.label {
        Some(_) => text(about),
        None => about.read_lock::<Map>().and_then(|about| about.get("id").and_then(text)),
    };
    label.unwrap_or_default()
}
