//! The figures as a table: a row a figure.

use serde_json::Value as Json;
use turnabout_core::results::{ChangeSummary, Evaluation, Shown, Summary, ViewResult};

const HEADINGS: [&str; 6] = ["survey", "wave", "question", "view", "figure", "value"];

/// Writes the figures of an evaluation as CSV with the columns `survey`, `wave`, `question`, `view`, `figure` and
/// `value`. A withheld figure is a row `withheld` with the reason. Words and names are not figures, and are not there; of
/// a programme that refuses measurement there is the heading alone.
pub fn csv(evaluation: &Evaluation) -> String {
    let mut table = Table(vec![HEADINGS.map(ToOwned::to_owned)]);
    for wave in &evaluation.waves {
        let at = [wave.survey.to_string(), wave.wave.to_string()];
        table.row(&at, "", "", "invited", &wave.invited.to_string());
        table.row(&at, "", "", "completed", &wave.completed.to_string());
        for item in &wave.items {
            table.views(&at, &item.name, &item.views, summary);
        }
        for scale in &wave.scales {
            table.views(&at, &format!("scale {}", scale.name), &scale.views, flat);
        }
    }
    for entry in &evaluation.attrition {
        let at = [String::new(), format!("{} to {}", entry.first, entry.last)];
        for (figure, value) in [
            ("asked", entry.asked),
            ("answered_first", entry.answered_first),
            ("answered_both", entry.answered_both),
            ("withdrawn", entry.withdrawn),
        ] {
            table.row(&at, "", "", figure, &value.to_string());
        }
    }
    for change in &evaluation.changes {
        let survey = evaluation.waves.iter().find(|wave| wave.wave == change.last).map(|wave| wave.survey.to_string());
        let at = [survey.unwrap_or_default(), format!("{} to {}", change.first, change.last)];
        let name = if change.scale { format!("scale {}", change.name) } else { change.name.to_string() };
        table.views(&at, &name, &change.views, |found| match found {
            ChangeSummary::Number(paired) => flat(paired),
            ChangeSummary::Switch(switch) => flat(switch),
        });
    }
    if let Some(activity) = &evaluation.activity {
        for (figure, value) in flat(activity) {
            table.row(&[String::new(), String::new()], "", "", &figure, &value);
        }
        for session in &activity.sessions {
            for (figure, value) in [("invited", session.invited), ("attended", session.attended)] {
                table.row(&[String::new(), String::new()], &session.title, "", figure, &value.to_string());
            }
        }
    }
    table.write()
}

/// The figures of an answer, shares of points and choices under their own names.
fn summary(summary: &Summary) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut put = |figure: String, value: String| found.push((figure, value));
    match summary {
        Summary::Likert(likert) => {
            for point in &likert.points {
                put(format!("count {}", point.point), point.count.to_string());
            }
            found.extend(flat(likert));
        }
        Summary::Choices(choices) => {
            put("n".into(), choices.n.to_string());
            for choice in &choices.choices {
                for (figure, value) in flat(&choice.share) {
                    put(format!("{figure} {}", choice.name), value);
                }
            }
        }
        Summary::Ranking(ranking) => {
            put("n".into(), ranking.n.to_string());
            for choice in &ranking.choices {
                put(format!("first {}", choice.name), choice.first.to_string());
                put(format!("mean_rank {}", choice.name), choice.mean_rank.to_string());
            }
        }
        Summary::Number(number) => found.extend(flat(number)),
        Summary::Dates { n } | Summary::Comments { n, .. } => put("n".into(), n.to_string()),
    }
    found
}

/// The numbers of a plain value by their names; intervals as two, numbers inside another value with its name first.
fn flat(value: &impl serde::Serialize) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let json = serde_json::to_value(value).unwrap_or_default();
    let Json::Object(members) = json else { return found };
    for (name, member) in members {
        match member {
            Json::Number(number) => found.push((name, number.to_string())),
            Json::Array(ends) if ends.len() == 2 && ends.iter().all(Json::is_number) => {
                found.extend(
                    ["lower", "upper"].iter().zip(ends).map(|(end, at)| (format!("{name}_{end}"), at.to_string())),
                );
            }
            Json::Object(_) if name != "reasons" => {
                found.extend(flat(&member).into_iter().map(|(inner, at)| (format!("{name}_{inner}"), at)));
            }
            Json::String(word) if name == "method" => found.push((name, word)),
            _ => {}
        }
    }
    found
}

struct Table(Vec<[String; 6]>);

impl Table {
    fn row(&mut self, [survey, wave]: &[String; 2], question: &str, view: &str, figure: &str, value: &str) {
        self.0.push([survey, wave, question, view, figure, value].map(safe));
    }

    fn views<T>(
        &mut self,
        at: &[String; 2],
        question: &str,
        views: &[ViewResult<T>],
        figures: impl Fn(&T) -> Vec<(String, String)>,
    ) {
        for view in views {
            match &view.result {
                Shown::Shown(result) => {
                    for (figure, value) in figures(result) {
                        self.row(at, question, &view.view, &figure, &value);
                    }
                }
                Shown::Withheld(why) => self.row(at, question, &view.view, "withheld", why.sentence()),
            }
        }
    }

    fn write(self) -> String {
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        for row in &self.0 {
            writer.write_record(row).expect("invariant: every row has six cells, and memory takes them");
        }
        let bytes = writer.into_inner().expect("invariant: memory takes what is written");
        String::from_utf8(bytes).expect("invariant: every cell was text")
    }
}

/// A cell that no spreadsheet takes for a formula: an attribute's value is somebody else's text.
fn safe(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}
