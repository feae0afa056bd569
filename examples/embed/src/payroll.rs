//! A verb of one's own, and the system behind it: `notify_payroll(reason, pair, #{ hours: 6 })`.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};
use turnabout_core::verbs::{Arguments, Invented, OwnDecided, OwnVerb, Parameter, VerbError, VerbSpec};
use turnabout_live::{Engine, Errand, Outside, Reply};
use turnabout_model::{PairId, Period, Value};

// ANCHOR: verb
/// The verb as scripts know it. It decides from its arguments alone; payroll itself is asked later, outside.
pub(crate) struct NotifyPayroll;

impl OwnVerb for NotifyPayroll {
    fn spec(&self) -> VerbSpec {
        VerbSpec {
            name: "notify_payroll",
            required: &[
                Parameter { name: "reason", holds: "text: why money is due" },
                Parameter { name: "pair", holds: "a pair" },
            ],
            optional: &[Parameter { name: "options", holds: "#{hours}: 4 by default" }],
            label: Some(0),
            immediate: false,
            returns: "#{accepted, booking}",
            about: "Books the hours of a pair's mentor with payroll and waits for its answer.",
        }
    }

    fn decide(&self, arguments: Arguments<'_>) -> Result<OwnDecided, VerbError> {
        let reason = arguments.text(0, "the reason")?;
        let pair = arguments.at(1).get("id").and_then(Value::as_text);
        let pair = pair.ok_or_else(|| VerbError::new("script::bad_argument", "notify_payroll: it is about a pair"))?;
        arguments.only(2, &["hours"])?;
        let hours = match arguments.option(2, "hours")? {
            None => 4,
            Some(Value::Int(hours)) if (1..=40).contains(hours) => *hours,
            Some(_) => return Err(VerbError::new("script::bad_argument", "notify_payroll: hours are from 1 to 40")),
        };
        Ok(OwnDecided::Errand(Value::map([("reason", reason.into()), ("pair", pair.into()), ("hours", hours.into())])))
    }

    fn invent(&self, _: &Value, lot: f64) -> Invented {
        // In rehearsals payroll refuses one booking in twenty.
        let answer = Value::map([("accepted", (lot >= 0.05).into()), ("booking", "invented".into())]);
        Invented { after: Period::days(2), answer }
    }
}
// ANCHOR_END: verb

/// The payroll that the office has, as far as this example goes: it is closed on the first try, and books nothing twice.
#[derive(Default)]
pub(crate) struct Payroll {
    booked: Mutex<BTreeMap<String, usize>>,
    tried: Mutex<usize>,
    /// What was booked, in words.
    pub(crate) said: Mutex<Vec<String>>,
}

// ANCHOR: outside
impl Outside for Payroll {
    fn carry_out(&self, engine: &Engine, errand: &Errand) -> Result<Reply, String> {
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        *tried += 1;
        if *tried == 1 {
            return Err("payroll does not answer".into());
        }
        // The journal holds ids; who they are stands beside it.
        let pair: PairId = errand
            .request
            .get("pair")
            .and_then(Value::as_text)
            .unwrap_or_default()
            .parse()
            .map_err(|error: turnabout_model::IdError| error.to_string())?;
        let mentor = engine.read(&errand.run, |of| {
            let mentor = of.run.pair(pair).and_then(|pair| of.people.get(pair.mentor));
            mentor.map_or_else(|| "somebody".to_owned(), |mentor| mentor.name.clone())
        });
        let mentor = mentor.map_err(|error| error.to_string())?;
        // An errand may come twice, under the same id: it is booked once.
        let mut booked = self.booked.lock().unwrap_or_else(PoisonError::into_inner);
        let next = booked.len() + 1;
        let number = *booked.entry(errand.id.clone()).or_insert(next);
        let hours = errand.request.get("hours").cloned().unwrap_or_default();
        if let Value::Int(hours) = hours {
            let line = format!("payroll books {hours} hours for {mentor} as PAY-{number}");
            self.said.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        }
        Ok(Reply::Done(Value::map([("accepted", true.into()), ("booking", format!("PAY-{number}").into())])))
    }
}
// ANCHOR_END: outside
