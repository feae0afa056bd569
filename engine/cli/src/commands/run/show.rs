//! `turnabout run show RUN`: where a run stands.

use super::minute;
use crate::{
    client::{RunName, Server},
    failure::{Failure, count},
    output::{self, plain},
};
use std::process::ExitCode;
use turnabout_live::views::{AmendedView, ChangedSetting, LessonsView, RunDetail, RunSummary, SurveyView};
use turnabout_model::{SurveyMode, Value};

/// Shows where a run stands, its settings and stages, and what can't go on
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The run, as `turnabout run list` names it
    run: RunName,
    /// Show what the run before learned instead, for a run that renews one
    #[arg(long)]
    lessons: bool,
    #[command(flatten)]
    server: Server,
    /// Print the server's answer as JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let client = args.server.client()?;
    let of_lessons = if args.lessons { "/lessons" } else { "" };
    let run = client.run(&args.run)?;
    let answer = client.get(&format!("/runs/{run}{of_lessons}"))?;
    if args.json {
        output::json(&answer)?;
    } else if args.lessons {
        let told: LessonsView = client.read(&answer)?;
        match &told.from {
            Some(before) => say!("{} from {before}", count(told.lessons.len(), "learning point")),
            None => say!("this run renews none"),
        }
        for lesson in &told.lessons {
            say!("  - {}", plain(lesson));
        }
    } else {
        print(&client.read(&answer)?);
    }
    Ok(ExitCode::SUCCESS)
}

fn print(detail: &RunDetail) {
    print_summary(&detail.run);
    say!("  version {} of the template, content hash {}", plain(&detail.template_version), detail.run.bundle);
    for amended in &detail.amendments {
        print_amended(amended);
    }
    if let Some(reason) = &detail.cancelled {
        say!("  cancelled: {}", plain(reason));
    }
    if let Some(pause) = &detail.pause {
        let reason = pause.reason.as_deref().map(|reason| format!(": {}", plain(reason))).unwrap_or_default();
        say!("  paused since {}{reason}", minute(pause.since));
    }
    if let Some(before) = &detail.renews {
        say!("  renews {before}; what was learned then: turnabout run show {} --lessons", detail.run.id);
    }
    if let Some(after) = &detail.renewed_by {
        say!("  renewed by {after}");
    }
    if let Value::Map(settings) = &detail.settings {
        if !settings.is_empty() {
            say!("\nSettings");
        }
        for (name, value) in settings {
            say!("  {}: {}", plain(name), plain(&in_words(value)));
        }
    }
    print_surveys(&detail.surveys);
    if !detail.stages.is_empty() {
        say!("\nStages");
    }
    for stage in &detail.stages {
        say!("  {}  {}", minute(stage.reached), plain(&stage.stage));
    }
    for round in detail.recruitments.iter().filter(|round| round.open) {
        say!("\nApplications for '{}' are taken until {}", plain(&round.label), minute(round.closes));
    }
    for parked in &detail.parked {
        let at = parked.at.as_ref().map(|at| format!(" at {at}")).unwrap_or_default();
        say!("\nparked[{}] {} ({}){}", parked.code, parked.journey, plain(&parked.function), plain(&at));
        say!("  {}", plain(&parked.message));
        if let Some(help) = &parked.help {
            say!("  help: {}", plain(help));
        }
    }
    if !detail.parked.is_empty() {
        say!("\nMend it and run: turnabout run resume {}", detail.run.id);
    }
}

fn print_amended(amended: &AmendedView) {
    let AmendedView { at, from_template, from_version, from, to, settings } = amended;
    let (at, template, version) = (minute(*at), plain(from_template), plain(from_version));
    if from == to {
        say!("  amended {at}: {template} {version} as before, {from}");
    } else {
        say!("  amended {at}: from {template} {version} {from}");
        say!("    to {to}");
    }
    let said =
        |value: &Option<Value>| value.as_ref().map_or_else(|| "not there".into(), |value| plain(&in_words(value)));
    for ChangedSetting { name, from, to } in settings {
        say!("    setting {}: {}, before {}", plain(name), said(to), said(from));
    }
}

/// Prints what every answer about a run has.
pub(super) fn print_summary(run: &RunSummary) {
    say!("{}: {}", run.id, run.status);
    say!("  {} for {}", plain(&run.template), plain(&run.client));
    let ended = run.ended.map(|at| format!(", ended {}", minute(at))).unwrap_or_default();
    say!("  started {}{ended} (UTC); its people live in {}", minute(run.started), run.time_zone);
    if let Some(stage) = &run.stage {
        say!("  stage: {}", plain(stage));
    }
    if run.alumni > 0 {
        say!("  alumni of earlier runs, by their consent: {}", run.alumni);
    }
    if let Some(until) = run.paused_until {
        say!("  paused until {}; until then nothing happens by itself", minute(until));
    } else if let Some(due) = run.next_due {
        say!("  does something by itself next at {}", minute(due));
    }
    say!(
        "  {}, {}, {}; {}, {}",
        count(run.mentors, "mentor"),
        count(run.mentees, "mentee"),
        count(run.pairs, "pair"),
        count(run.open_tasks, "open task"),
        count(run.open_concerns, "open concern")
    );
}

/// Prints what people are told about their answers: who sees what, and what for.
pub(super) fn print_surveys(surveys: &[SurveyView]) {
    if !surveys.is_empty() {
        say!("\nSurveys");
    }
    for survey in surveys {
        let results = |mode: &str| format!("{mode}; results of at least {} people", survey.threshold);
        let kept = match survey.mode {
            SurveyMode::Confidential => results("confidential"),
            SurveyMode::Anonymous => results("anonymous"),
            SurveyMode::Named => "named; in no evaluation".to_owned(),
        };
        let line = |text: &str| plain(text).replace('\n', " ");
        let purpose = survey.purpose.as_ref().map(|purpose| format!(": {}", line(purpose))).unwrap_or_default();
        say!("  {} ({kept}){purpose}", line(&survey.title));
    }
}

/// A setting as a person would write it.
fn in_words(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Period(period) => period.to_string(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}
