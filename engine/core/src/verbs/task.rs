//! `task(title, choices)`: a decision waits for the coordinator.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec};
use crate::decide::Deciding;
use smol_str::SmolStr;
use turnabout_model::{Event, TaskKind, Value, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "task",
        required: &[Parameter { name: "title", holds: "text: what is to be decided or done" }],
        optional: &[Parameter { name: "choices", holds: "a list of words; \"done\" by default" }],
        label: Some(0),
        immediate: false,
        returns: "the word that was chosen",
        about: "Asks the coordinator to decide something and waits for the answer.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("task", call.arguments);
    let title = arguments.text(0, "the title")?;
    let bad = || VerbError::new("script::bad_argument", "task: the choices must be a list of words");
    let choices: Vec<SmolStr> = match arguments.at(1) {
        Value::Null => vec![SmolStr::new_static("done")],
        Value::List(items) if !items.is_empty() => {
            items.iter().map(|item| item.as_text().map(SmolStr::from).ok_or_else(bad)).collect::<Result<_, _>>()?
        }
        _ => return Err(bad()),
    };
    let task = d.run().next_task();
    d.emit(Event::TaskOpened {
        task,
        kind: TaskKind::Decide,
        title: title.into(),
        choices,
        session: None,
        proposal: None,
    });
    Ok(Decided::Wait(Wait::Task(task)))
}
