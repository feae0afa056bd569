//! The durable verbs, registered from the core's own list.

use crate::{
    call::{Call, STOPPED, SUSPENDED, end, position},
    convert::{to_dynamic, to_value},
};
use rhai::{Dynamic, Engine, EvalAltResult, NativeCallContext};
use std::any::TypeId;
use turnabout_core::{
    replay::Answer,
    verbs::{VerbSpec, specs},
};
use turnabout_model::{Problem, Value};

/// Registers every verb for each number of arguments it takes.
pub(crate) fn register(engine: &mut Engine) {
    for spec in specs() {
        let least = spec.required.len();
        for arity in least..=least + spec.optional.len() {
            let types = vec![TypeId::of::<Dynamic>(); arity];
            engine.register_raw_fn(spec.name, types, move |context, arguments| ask(&context, spec, arguments));
        }
    }
    engine.register_fn("random", |context: NativeCallContext<'_>| -> Result<f64, Box<EvalAltResult>> {
        Ok(Call::of(&context)?.replay(turnabout_core::replay::Replay::random))
    });
    engine.register_fn("settings", |context: NativeCallContext<'_>| -> Result<Dynamic, Box<EvalAltResult>> {
        Ok(to_dynamic(Call::of(&context)?.settings()))
    });
    engine.register_fn("run_started", |context: NativeCallContext<'_>| -> Result<Dynamic, Box<EvalAltResult>> {
        Ok(Dynamic::from(Call::of(&context)?.run_started()))
    });
}

fn ask(
    context: &NativeCallContext<'_>,
    spec: &'static VerbSpec,
    arguments: &mut [&mut Dynamic],
) -> Result<Dynamic, Box<EvalAltResult>> {
    let call = Call::of(context)?;
    let at = position(context);
    let values: Result<Vec<Value>, String> = arguments.iter().map(|argument| to_value(argument)).collect();
    let answer = match values {
        Err(why) => call.replay(|replay| {
            replay.fail(Problem {
                code: "script::bad_argument".into(),
                message: format!("{}: {why}", spec.name),
                position: Some(at),
                help: None,
            })
        }),
        Ok(values) => {
            let label = label(spec, &values);
            call.replay(|replay| {
                if spec.immediate {
                    let value = if spec.name == "now" { Value::Instant(replay.now()) } else { Value::Null };
                    replay.take(spec.name, &label, values, value, at)
                } else {
                    replay.wait(spec.name, &label, values, at)
                }
            })
        }
    };
    match answer {
        Answer::Value(value) => Ok(to_dynamic(&value)),
        Answer::Suspend => Err(end(SUSPENDED, context)),
        Answer::Stop => Err(end(STOPPED, context)),
    }
}

/// What the script calls a step: the parameter that the verb says, or the pair or person it is about.
fn label(spec: &VerbSpec, values: &[Value]) -> smol_str::SmolStr {
    let about = values.get(spec.label.unwrap_or(0));
    match (about, spec.label) {
        (Some(Value::Text(text)), Some(_)) => text.clone(),
        (Some(value @ Value::Map(_)), None) => {
            value.get("id").and_then(Value::as_text).map(Into::into).unwrap_or_default()
        }
        _ => smol_str::SmolStr::default(),
    }
}
