//! `turnabout new NAME`: a small, whole template to begin with.

use super::fork::name_of;
use crate::{
    failure::Failure,
    fork::{new_folder, prove, write_files},
    house::House,
};
use std::{
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};
use turnabout_core::bundle::TemplateFiles;
use turnabout_model::Period;

/// Writes a small template of your own that passes its check and its rehearsal at once
///
/// In a terminal it asks for what is not given; elsewhere it takes the defaults.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The new folder; its last part is the template's name
    folder: PathBuf,
    /// The template's name, if it is not the folder's
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// One sentence on what it is
    #[arg(long, value_name = "SENTENCE")]
    summary: Option<String>,
    /// Why the organisation runs it
    #[arg(long, value_name = "SENTENCE")]
    purpose: Option<String>,
    /// How long pairs meet, for example "6 months"
    #[arg(long, value_name = "TIME")]
    length: Option<String>,
    /// Who mentors, in a few words, for example "apprentices"
    #[arg(long, value_name = "WHO")]
    mentors: Option<String>,
    /// Whom they mentor, for example "the board"
    #[arg(long, value_name = "WHO")]
    mentees: Option<String>,
    /// How people are asked at the end
    #[arg(long, value_enum, value_name = "HOW")]
    survey: Option<SurveyMode>,
}

/// How people are asked at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SurveyMode {
    /// The engine knows who answered what, and people do not
    Confidential,
    /// Nobody knows who answered what
    Anonymous,
    /// They are not: the programme measures nothing
    None,
}

/// The files of the template, as they lie in engine/cli/scaffold/template, and modules that the shipped templates share.
macro_rules! files {
    ($folder:literal: $($path:literal)*) => { [$(($path, include_str!(concat!($folder, $path)))),*] };
}

static FILES: [(&str, &str); 32] = files!("../../scaffold/template/":
    "README.md" "programme.rhai" "programme.toml" "agreements/working-together.hbs" "rehearsals/somebody-leaves.toml"
    "rehearsals/steady.toml" "surveys/looking-back.toml" "messages/agreement-reminder.hbs" "messages/agreement-unsigned.hbs"
    "messages/agreement.hbs" "messages/application-accepted.hbs" "messages/application-declined.hbs"
    "messages/application-received.hbs" "messages/application-waiting.hbs" "messages/certificate.hbs"
    "messages/concern-raised.hbs" "messages/gentle-nudge.hbs" "messages/introduction.hbs" "messages/invitation.hbs"
    "messages/no-movement.hbs" "messages/no-pair-yet.hbs" "messages/pair-ended.hbs" "messages/partner-left.hbs"
    "messages/reminder.hbs"
    "messages/session-cancelled.hbs" "messages/session-moved.hbs" "messages/survey.hbs"
    "messages/survey-reminder.hbs" "messages/thanks.hbs" "messages/unmatched.hbs" "messages/welcome.hbs"
    "messages/withdrawal-confirmed.hbs");
static MODULES: [(&str, &str); 4] =
    files!("../../../../workflows/": "lib/lots.rhai" "lib/pairs.rhai" "lib/sessions.rhai" "lib/unmatched.rhai");

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let name = name_of(&args.folder, args.name.as_deref())?;
    let answers = Answers::ask(args, name)?;
    let files = answers.files();
    // An odd length may leave no time for what the plan holds: better said now.
    let proof = prove(&House::new()?, &files)?;
    if !proof.holds() {
        proof.print(&files);
        let what = "a template with these answers would not pass its own rehearsal; nothing was written".into();
        return Err(Failure::Input {
            what,
            hint: "Change what is shown above; a longer --length may be all it needs.".into(),
        });
    }
    new_folder(&args.folder, |folder| write_files(folder, &files))?;
    let folder = args.folder.display();
    say!("{folder}: a template that is sound, with {} expectations met", proof.met);
    say!("Begin with programme.rhai and programme.toml, and then: turnabout test {folder}");
    Ok(ExitCode::SUCCESS)
}

/// What a template is made from.
struct Answers {
    name: String,
    mentors: String,
    mentees: String,
    length: String,
    summary: String,
    purpose: String,
    survey: SurveyMode,
}

impl Answers {
    /// Takes what was given, asks in a terminal for the rest, and falls back on defaults.
    fn ask(args: &Args, name: String) -> Result<Self, Failure> {
        let asks = io::stdin().is_terminal() && io::stderr().is_terminal();
        let or_ask = |given: &Option<String>, question: &str, default: &str| match given {
            Some(given) => Ok(given.clone()),
            None if asks => question_of(question, default),
            None => Ok(default.to_owned()),
        };
        let mentors = or_ask(&args.mentors, "Who mentors?", "junior colleagues")?;
        let mentees = or_ask(&args.mentees, "Whom do they mentor?", "senior leaders")?;
        let length = loop {
            let length = or_ask(&args.length, "How long do pairs meet?", "6 months")?;
            match length.trim().parse::<Period>() {
                Ok(length) => break length.to_string(),
                // Who answers can answer again.
                Err(error) if asks && args.length.is_none() => eprintln!("{error}: write it as \"6 months\""),
                Err(error) => {
                    let what = format!("the length can't be '{}': {error}", length.trim());
                    return Err(Failure::Input { what, hint: "Write a length of time such as \"6 months\".".into() });
                }
            }
        };
        let summary = format!("For {length}, {mentors} mentor {mentees}.");
        let summary = or_ask(&args.summary, "What is it, in one sentence?", &summary)?;
        let purpose = format!(
            "The mentees ({mentees}) learn from the mentors ({mentors}) what work is like for them, and act on it."
        );
        let purpose = or_ask(&args.purpose, "Why do you run it?", &purpose)?;
        let survey = match args.survey {
            Some(survey) => survey,
            None if asks => loop {
                let answer = question_of("A survey at the end: confidential, anonymous or none?", "confidential")?;
                if let Ok(survey) = <SurveyMode as clap::ValueEnum>::from_str(&answer, true) {
                    break survey;
                }
            },
            None => SurveyMode::Confidential,
        };
        Ok(Self { name, mentors, mentees, length, summary, purpose, survey })
    }

    fn files(&self) -> TemplateFiles {
        let is_of_survey = |path: &str| path.starts_with("surveys/") || path.starts_with("messages/survey");
        let wanted = FILES.iter().filter(|(path, _)| match self.survey {
            SurveyMode::Confidential => true,
            SurveyMode::Anonymous => *path != "messages/survey-reminder.hbs",
            SurveyMode::None => !is_of_survey(path),
        });
        let filled = wanted.map(|(path, text)| ((*path).into(), self.filled(path, text).into_bytes()));
        let modules = MODULES.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec()));
        filled.chain(modules).collect()
    }

    /// Fills a file in: lines for another kind of survey go, and words between @ become what was answered.
    fn filled(&self, path: &str, text: &str) -> String {
        let kept = |mark: &str| match mark {
            "@SURVEY@" => self.survey != SurveyMode::None,
            "@NO-SURVEY@" => self.survey == SurveyMode::None,
            _ => self.survey == SurveyMode::Confidential,
        };
        let mut out = String::with_capacity(text.len());
        for line in text.lines() {
            let mark = ["@SURVEY@", "@NO-SURVEY@", "@CONFIDENTIAL@"].into_iter().find(|mark| line.starts_with(mark));
            let line = match mark {
                Some(mark) if kept(mark) => {
                    let rest = &line[mark.len()..];
                    // One space parts the mark from its line; what is indented keeps that.
                    rest.strip_prefix(' ').filter(|rest| !rest.starts_with(' ')).unwrap_or(rest)
                }
                Some(_) => continue,
                None => line,
            };
            out.push_str(line);
            out.push('\n');
        }
        let is_toml = Path::new(path).extension().is_some_and(|ending| ending == "toml");
        let mode = if self.survey == SurveyMode::Anonymous { "anonymous" } else { "confidential" };
        for (word, answer) in [
            ("@NAME@", self.name.as_str()),
            ("@MENTORS@", &self.mentors),
            ("@MENTEES@", &self.mentees),
            ("@LENGTH@", &self.length),
            ("@SUMMARY@", &self.summary),
            ("@PURPOSE@", &self.purpose),
            ("@MODE@", mode),
        ] {
            let line: String = answer.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let answer = if is_toml { line.replace('\\', "\\\\").replace('"', "\\\"") } else { line };
            out = out.replace(word, &answer);
        }
        out
    }
}

/// Asks in a terminal; an empty line takes the default.
fn question_of(question: &str, default: &str) -> Result<String, Failure> {
    eprint!("{question} [{default}] ");
    let mut answer = String::new();
    let read = io::stderr().flush().and_then(|()| io::stdin().lock().read_line(&mut answer));
    read.map_err(|source| Failure::File { path: "the terminal".into(), source })?;
    let answer = answer.trim();
    Ok(if answer.is_empty() { default.to_owned() } else { answer.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs};

    #[test]
    fn every_file_of_the_scaffold_is_in_the_program() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scaffold/template");
        let mut found = BTreeSet::new();
        for folder in ["", "agreements", "messages", "rehearsals", "surveys"] {
            for entry in fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.is_file() {
                    found.insert(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        assert_eq!(found, FILES.iter().map(|(path, _)| (*path).to_owned()).collect());
    }
}
