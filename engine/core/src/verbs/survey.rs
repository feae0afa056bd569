//! `survey(name, audience, options)`: a wave goes out, and the script waits until it closes.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, cohort, deadline};
use crate::decide::Deciding;
use turnabout_model::{Event, Recipient, Value, Wait};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "survey",
        required: &[
            Parameter { name: "name", holds: "text: a survey of the template" },
            Parameter { name: "audience", holds: "people: a participant, a list of them, a pair or a cohort" },
        ],
        optional: &[Parameter {
            name: "options",
            holds: "#{ closes: when, a period from now or a moment; 2 weeks by default }",
        }],
        label: Some(0),
        immediate: false,
        returns: "#{wave, invited, completed, timed_out}: how many answered, never what",
        about: "Sends a survey out and waits until it closes or everyone has answered.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("survey", call.arguments);
    arguments.only(2, &["closes"])?;
    let name = arguments.text(0, "the name")?;
    let bundle = d.context().bundle;
    // `pulse 3` is the survey `pulse`, sent for the third time.
    let survey = name.split_whitespace().next().unwrap_or(name);
    let form = bundle.surveys.get(survey);
    let form = form.ok_or_else(|| VerbError::unknown("survey", survey, bundle.surveys.keys()))?;
    let audience = cohort::present(d.run(), &arguments.people(1, "the audience")?);
    let closes = deadline::closes("survey", call.arguments, d.counts_from(), &d.run().zone)?;
    let wave = d.run().next_wave();
    let invited: Vec<_> = audience.iter().copied().map(Recipient::Participant).collect();
    // One that would go out with the invitation does not go out at all.
    let remind_at = form.reminder.as_ref().map(|_| form.remind_before.negated().after(closes, &d.run().zone));
    let remind_at = remind_at.filter(|at| *at > d.counts_from());
    let reminder = form.reminder.clone().filter(|_| remind_at.is_some());
    d.emit(Event::WaveOpened { wave, survey: survey.into(), audience, closes, remind_at, reminder });
    if let Some(template) = &form.invitation {
        d.queue(template, &invited, &Value::map([("wave", Value::text(wave))]));
    }
    Ok(Decided::Wait(Wait::Wave { wave, closes }))
}
