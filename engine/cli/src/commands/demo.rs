//! `turnabout demo`: the ambulance year with a sample cohort, five months old, then served live.

use crate::{client_file, failure::Failure, live};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use turnabout_core::rehearse::{Act, CastMember, Company, Stage, live as live_through};
use turnabout_live::{
    Clock as _, Engine, FolderMail, FormOf, Letters, Links, LiveStage, ManualClock, NewRun, SystemClock,
};
use turnabout_model::{Diary, Event, Personas, RunId, Survey, Value};
use turnabout_server::{ServerOptions, Token, serve};

/// Shows a programme that has been running for five months, then serves it live
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that keeps everything; a demonstration that is there already is served as it is
    #[arg(long, value_name = "DIR", default_value = "turnabout-data/demo")]
    data: PathBuf,
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", env = "TURNABOUT_LISTEN")]
    listen: live::Listen,
    /// The folder with workflows/ and examples/
    #[arg(long, value_name = "DIR", default_value = ".", hide = true)]
    project: PathBuf,
    /// Prepare the demonstration and stop, without serving it
    #[arg(long, hide = true)]
    prepare_only: bool,
}

/// How long ago the demonstration starts.
const MONTHS_AGO: i32 = 5;

/// When the check half-way goes out, counted from the start: some days ago.
const MIDPOINT: &str = "21 weeks";

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    super::serve::start_logging();
    if !args.prepare_only {
        args.listen.check()?;
    }
    let now = SystemClock.now();
    let run = match existing(&args.data)? {
        Some(run) => {
            say!("The demonstration in {} is served as it is.", args.data.display());
            run
        }
        None => prepare(args, now)?,
    };
    if args.prepare_only {
        return Ok(ExitCode::SUCCESS);
    }
    let engine = live::open(&args.data, Arc::new(SystemClock))?;
    let token = Token::of_folder(&args.data)?;
    let file = args.data.join(turnabout_server::TOKEN_FILE);
    let letters = live::letters(&engine, Some(&base(args.listen)))?;
    let post = live::post(&args.data, letters)?;
    let options = ServerOptions { post: Some(post), ..ServerOptions::new(args.listen.0, token) };
    let form = open_form(&engine, &run)?;
    serve(engine, options, |address| say_where(address, &run, &file, &args.data, form.as_deref()))?;
    say!("Stopped. Everything is kept; the same command serves it again.");
    Ok(ExitCode::SUCCESS)
}

/// Where people reach the demonstration: where it listens, on this machine if it does so everywhere.
fn base(listen: live::Listen) -> String {
    let mut at = listen.0;
    if at.ip().is_unspecified() {
        at.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{at}")
}

/// The run of a demonstration that was prepared before.
fn existing(data: &Path) -> Result<Option<RunId>, Failure> {
    let path = data.join("demo-run");
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::File { path: path.display().to_string(), source }),
    }
}

/// Lets invented people live the programme from five months ago up to now, in the real store.
fn prepare(args: &Args, now: Timestamp) -> Result<RunId, Failure> {
    let example = args.project.join("examples/ambulance-trust");
    let zone = TimeZone::get("Europe/London").map_err(|error| Failure::Internal(error.to_string()))?;
    let start = now.to_zoned(zone.clone()).saturating_sub(MONTHS_AGO.months());
    let start = start.date().at(9, 0, 0, 0).to_zoned(zone.clone());
    let start = start.map_err(|error| Failure::Internal(error.to_string()))?.timestamp();
    // Everything is read before the data folder is touched: a demonstration that can't begin leaves nothing behind.
    let template = args.project.join("workflows/ambulance");
    if !template.is_dir() {
        return Err(Failure::NotFound {
            what: format!("there is no {} to demonstrate", template.display()),
            hint: "Run the demonstration in Turnabout's own folder, where workflows/ and examples/ are.".into(),
        });
    }
    let bundle = crate::house::House::new()?.load(&template, true)?;
    let client = client_file::read(&example.join("client.toml"))?;
    let cast = cast(&example, &bundle.programme)?;
    let clock = ManualClock::at(start);
    let draft = drafting(&args.data)?;
    let engine = live::open(&draft, Arc::new(clock.clone()))?;
    live::install(&engine, &template)?;
    let mut settings = client.settings.clone();
    // A survey is under way, so that there is one to answer.
    settings.insert("midpoint".into(), Value::Text(MIDPOINT.into()));
    let new = NewRun {
        template: bundle.programme.name.clone(),
        client: client.name.clone(),
        settings: Value::Map(settings),
        contacts: client_file::contacts(&client),
        seed: Some(7),
        ..NewRun::default()
    };
    let started = engine.start(new, None, |decision| (decision.after.run.id.clone(), decision.events.to_vec()))?;
    let (Some(id), events) = started.answer else { return Err(Failure::Internal("the run has no id".into())) };
    let personas = bundle.usual_rehearsal().map_or_else(Personas::default, |(_, plan)| plan.personas.clone());
    let mail = live::mail(&draft)?;
    let (surveys, diary) = (bundle.surveys.clone(), bundle.programme.diary.clone());
    let letters = live::letters(&engine, Some(&base(args.listen)))?;
    let players = Players { cast, personas, surveys, zone, diary, mail, letters };
    let played = play(&engine, clock, (start, now), &id, &events, players)?;
    drop(engine);
    let path = draft.join("demo-run");
    let failed = |path: &Path| {
        let path = path.display().to_string();
        move |source| Failure::File { path, source }
    };
    std::fs::write(&path, id.as_str()).map_err(failed(&path))?;
    // Whole or not at all: what an interruption leaves behind is only ever a draft.
    std::fs::rename(&draft, &args.data).map_err(failed(&args.data))?;
    say!(
        "Invented people have lived the programme from {} up to now: {played} things happened, each durable in {}.\nThe \
         letters they got are in {}.",
        start.strftime("%e %B %Y").to_string().trim(),
        args.data.display(),
        args.data.join("mail").display()
    );
    Ok(id)
}

/// An empty folder beside the data folder in which the demonstration is prepared. What an interrupted preparation left
/// there is cleared away.
fn drafting(data: &Path) -> Result<PathBuf, Failure> {
    let failed = |source| Failure::File { path: data.display().to_string(), source };
    match std::fs::read_dir(data).map(|mut entries| entries.next().is_some()) {
        Ok(true) => {
            return Err(Failure::Input {
                what: format!("{} holds something that is no demonstration", data.display()),
                hint: "Name a folder that is empty or does not exist yet with --data.".into(),
            });
        }
        Ok(false) => std::fs::remove_dir(data).map_err(failed)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(source) => return Err(failed(source)),
    }
    let mut name = data.file_name().unwrap_or_else(|| "demo".as_ref()).to_owned();
    name.push(".draft");
    let draft = data.with_file_name(name);
    if draft.is_dir() {
        // Whoever prepares it now holds the lock of its store, and opening it fails.
        drop(live::open(&draft, Arc::new(SystemClock))?);
        std::fs::remove_dir_all(&draft).map_err(failed)?;
    }
    Ok(draft)
}

/// Who plays, how they behave, what they are asked, when they are away, who writes their letters, and where those go.
struct Players {
    cast: Vec<CastMember>,
    personas: Personas,
    surveys: std::collections::BTreeMap<smol_str::SmolStr, Survey>,
    zone: TimeZone,
    diary: Diary,
    mail: FolderMail,
    letters: Letters,
}

fn play(
    engine: &Engine,
    clock: ManualClock,
    (start, now): (Timestamp, Timestamp),
    id: &RunId,
    events: &[Event],
    players: Players,
) -> Result<u64, Failure> {
    let Players { cast, personas, surveys, zone, diary, mail, letters } = players;
    let stage = LiveStage::new(engine, clock, id.clone())?.with_post(&mail, &letters);
    let mut stage = Shown { stage, bar: bar(start, now), start };
    let mut company = Company::new(cast, personas, surveys, zone, 7).with_diary(&diary);
    for event in events {
        company.react(stage.run(), start, event);
    }
    live_through(&mut stage, &mut company, start, Some(now))?;
    stage.bar.finish_and_clear();
    Ok(stage.run().version)
}

/// A stage that shows how far it has come.
struct Shown<'a> {
    stage: LiveStage<'a>,
    bar: ProgressBar,
    start: Timestamp,
}

impl Stage for Shown<'_> {
    type Error = turnabout_live::LiveError;

    fn run(&self) -> &turnabout_core::run::Run {
        self.stage.run()
    }

    fn act(
        &mut self,
        at: Timestamp,
        act: &Act,
    ) -> Result<Result<Vec<Event>, turnabout_core::decide::Refusal>, Self::Error> {
        self.bar.set_position(days(self.start, at));
        self.stage.act(at, act)
    }
}

fn days(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(0)
}

fn bar(start: Timestamp, now: Timestamp) -> ProgressBar {
    let bar = ProgressBar::new(days(start, now));
    let style = ProgressStyle::with_template("{bar:40} day {pos} of {len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn cast(example: &Path, programme: &turnabout_model::Programme) -> Result<Vec<CastMember>, Failure> {
    let path = example.join("people.csv");
    let imported =
        turnabout_template::people::read_csv(&client_file::bytes(&path)?, programme).map_err(|problems| {
            let what = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
            Failure::Input { what: format!("{}: {what}", path.display()), hint: "Mend the rows and try again.".into() }
        })?;
    let member = |person: turnabout_template::people::NewPerson| CastMember {
        role: person.role,
        name: person.name,
        email: person.email,
        manager: person.manager,
        attributes: person.attributes,
        consents: person.consents,
    };
    Ok(imported.people.into_iter().map(member).collect())
}

/// The path of a form that somebody has not handed in yet; none if no survey is open.
fn open_form(engine: &Engine, run: &RunId) -> Result<Option<String>, Failure> {
    let missing = engine.read(run, |of| {
        let open = of.run.waves.iter().rev().filter(|wave| wave.open);
        let mut forms = open.flat_map(|wave| wave.audience.iter().map(move |who| (wave, *who)));
        let form = forms.find(|(wave, who)| !wave.responded.contains(who));
        form.map(|(wave, participant)| FormOf { wave: wave.id, participant })
    })?;
    Ok(match missing {
        Some(of) => Some(Links::new(engine.link_key()?, "").to(run, of)),
        None => None,
    })
}

fn say_where(address: SocketAddr, run: &RunId, token: &Path, data: &Path, form: Option<&str>) {
    let form = form.map(|path| format!("  A survey        http://{address}{path}\n")).unwrap_or_default();
    let data = data.display();
    let token = token.display();
    say!(
        "
A reverse-mentoring programme is running.

  Look at it      http://{address}/
{form}  The API         http://{address}/api/v1/openapi.json
  Letters         {data}/mail (this version sends no e-mail)
  Stop            Ctrl-C; everything is kept

Try, in another terminal:

  curl -s -H \"Authorization: Bearer $(cat {token})\" http://{address}/api/v1/runs/{run}
  curl -s -H \"Authorization: Bearer $(cat {token})\" http://{address}/api/v1/runs/{run}/sessions
  curl -s -H \"Authorization: Bearer $(cat {token})\" http://{address}/api/v1/runs/{run}/timeline
  turnabout run show {run} --data {data} --server http://{address}
"
    );
}
