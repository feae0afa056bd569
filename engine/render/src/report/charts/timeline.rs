//! The year at a glance: stages as bands, sessions as marks in a lane for each kind, surveys as bars, meetings a week.

use super::{
    axis::{Axis, LABELS, LEFT, RIGHT, WIDTH},
    panel::{WeekValue, greatest, panel},
};
use crate::{
    html::{
        svg::{Anchor, Area, Svg, cut},
        words,
    },
    limits::MAX_LANES,
    report::{RehearsalReport, SessionStory, Stage, SurveyBar},
};
use turnabout_core::run::Pause;
use turnabout_model::SessionStatus;

const LANE: f64 = 24.0;
const HEADING: f64 = 26.0;
const BARS: f64 = 56.0;
const MOST_LETTERS: usize = 26;

/// Something that takes a lane.
enum Lane<'a> {
    Heading(&'static str),
    Stage(&'a Stage),
    Pause(&'a Pause),
    Kind(&'a str, Vec<&'a SessionStory>),
    Survey(&'a SurveyBar, String),
    More(usize),
}

impl Lane<'_> {
    fn height(&self) -> f64 {
        if matches!(self, Self::Heading(_)) { HEADING } else { LANE }
    }
}

/// Draws the timeline of a rehearsal.
pub(in crate::report) fn timeline(report: &RehearsalReport, label: &str) -> String {
    let lanes = lanes(report);
    let meetings = lanes.iter().map(Lane::height).sum::<f64>() + HEADING;
    let bottom = meetings + BARS;
    let axis = Axis::new(report.outcome.starts, report.outcome.ends, &report.zone);
    let mut svg = Svg::new(WIDTH, bottom + LABELS);
    axis.rest(&mut svg, &report.pauses, 0.0, bottom);
    axis.draw(&mut svg, 0.0, bottom);
    let mut top = 0.0;
    for lane in &lanes {
        draw(&mut svg, &axis, report, lane, top);
        top += lane.height();
    }
    svg.text("group", (0.0, top + 18.0), Anchor::Start, "Meetings a week");
    let weeks = per_week(report);
    panel(&mut svg, &axis, (bottom, BARS), greatest(&weeks), &weeks);
    svg.finish(label)
}

fn lanes(report: &RehearsalReport) -> Vec<Lane<'_>> {
    let mut lanes = Vec::new();
    let kinds = kinds(&report.sessions);
    add(&mut lanes, "Stages", report.stages.iter().map(Lane::Stage).collect());
    add(&mut lanes, "Pauses", report.pauses.iter().map(Lane::Pause).collect());
    add(&mut lanes, "Sessions", kinds.into_iter().map(|(kind, sessions)| Lane::Kind(kind, sessions)).collect());
    add(&mut lanes, "Surveys", surveys(&report.surveys));
    lanes
}

/// The waves, each with its label: those that would have the same are numbered.
fn surveys(bars: &[SurveyBar]) -> Vec<Lane<'_>> {
    let titles: Vec<&str> = bars.iter().map(|bar| bar.title.as_str()).collect();
    bars.iter().zip(labels(&titles)).map(|(bar, label)| Lane::Survey(bar, label)).collect()
}

/// Titles as they fit, with a number behind each of those that look the same: `Is there a story… 2`.
fn labels(titles: &[&str]) -> Vec<String> {
    let whole: Vec<String> = titles.iter().map(|title| cut(title, MOST_LETTERS)).collect();
    let number = |(at, label): (usize, &String)| {
        let same = |labels: &[String]| labels.iter().filter(|other| *other == label).count();
        if same(&whole) == 1 {
            return label.clone();
        }
        let number = format!(" {}", same(&whole[..=at]));
        cut(titles[at], MOST_LETTERS - 2 - number.len()) + &number
    };
    whole.iter().enumerate().map(number).collect()
}

fn add<'a>(lanes: &mut Vec<Lane<'a>>, heading: &'static str, mut items: Vec<Lane<'a>>) {
    if items.is_empty() {
        return;
    }
    let left_out = items.len().saturating_sub(MAX_LANES);
    items.truncate(MAX_LANES);
    lanes.push(Lane::Heading(heading));
    lanes.append(&mut items);
    if left_out > 0 {
        lanes.push(Lane::More(left_out));
    }
}

/// Sessions by kind, in the order in which the kinds first come up.
fn kinds(sessions: &[SessionStory]) -> Vec<(&str, Vec<&SessionStory>)> {
    let mut kinds: Vec<(&str, Vec<&SessionStory>)> = Vec::new();
    for session in sessions {
        match kinds.iter_mut().find(|(kind, _)| *kind == session.kind) {
            Some((_, same)) => same.push(session),
            None => kinds.push((&session.kind, vec![session])),
        }
    }
    kinds
}

fn draw(svg: &mut Svg, axis: &Axis<'_>, report: &RehearsalReport, lane: &Lane<'_>, top: f64) {
    let middle = top + LANE / 2.0;
    let name = |svg: &mut Svg, text: &str| {
        svg.text("label", (12.0, middle + 4.5), Anchor::Start, &cut(text, MOST_LETTERS));
    };
    let day = |at| words::day(at, &report.zone);
    match lane {
        Lane::Heading(heading) => svg.text("group", (0.0, top + 18.0), Anchor::Start, heading),
        Lane::More(n) => name(svg, &format!("and {n} more in the table")),
        Lane::Stage(stage) => {
            name(svg, &stage.name);
            let (x, to) = (axis.x(stage.from), axis.x(stage.to));
            let area = Area { x, y: top + 4.0, width: (to - x).max(3.0), height: LANE - 8.0 };
            svg.area("band", area, &format!("{}: {} to {}", stage.name, day(stage.from), day(stage.to)));
        }
        Lane::Pause(pause) => {
            name(svg, pause.reason.as_deref().unwrap_or("Paused"));
            let said = format!("{} to {}", day(pause.since), day(pause.until));
            beside(svg, (axis.x(pause.since), axis.x(pause.until)), middle + 4.0, &said);
        }
        Lane::Kind(kind, sessions) => {
            name(svg, &words::title(kind));
            for session in sessions {
                mark(svg, (axis.x(session.starts), middle), session, &words::moment(session.starts, &report.zone));
            }
        }
        Lane::Survey(survey, label) => {
            name(svg, label);
            let (x, to) = (axis.x(survey.from), axis.x(survey.to));
            let area = Area { x, y: top + 7.0, width: (to - x).max(3.0), height: LANE - 14.0 };
            let said = format!("{} of {} answered", survey.answered, survey.asked);
            svg.area("slip", area, &format!("{}: {} to {}, {said}", survey.title, day(survey.from), day(survey.to)));
            beside(svg, (x, to), middle + 4.0, &said);
        }
    }
}

/// Words beside a bar, on the side that has room.
fn beside(svg: &mut Svg, (x, to): (f64, f64), y: f64, said: &str) {
    let width = 6.5 * words::float(said.chars().count());
    if to + width < WIDTH - RIGHT {
        svg.text("tick", (to + 6.0, y), Anchor::Start, said);
    } else if x - width > LEFT {
        svg.text("tick", (x - 6.0, y), Anchor::End, said);
    }
}

/// A disc for a session that was held, a cross for one that was called off, a ring for one that is still to come.
fn mark(svg: &mut Svg, at: (f64, f64), session: &SessionStory, moment: &str) {
    let SessionStory { name, attended, invited, .. } = session;
    match session.status {
        SessionStatus::Held => {
            svg.disc("mark", at, 5.0, &format!("{name}, {moment}: {attended} of {invited} came"));
        }
        SessionStatus::Cancelled => svg.cross("cross", at, 4.5, &format!("{name}, {moment}: called off")),
        SessionStatus::Planned => svg.disc("ring", at, 4.0, &format!("{name}, {moment}: not yet held")),
    }
}

fn per_week(report: &RehearsalReport) -> Vec<WeekValue> {
    let weeks = report.weeks.iter().map(|week| WeekValue {
        monday: week.starts,
        value: week.meetings.into(),
        words: words::count(usize::try_from(week.meetings).unwrap_or(usize::MAX), "meeting"),
    });
    weeks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_that_would_look_the_same_are_numbered() {
        let story = "Is there a story you would like to tell?";
        assert_eq!(
            labels(&["How is it going?", story, "How is it going?", "Looking back", story]),
            [
                "How is it going? 1",
                "Is there a story you… 1",
                "How is it going? 2",
                "Looking back",
                "Is there a story you… 2",
            ]
        );
        assert!(labels(&[]).is_empty());
        let many = vec![story; 12];
        assert!(labels(&many).iter().all(|label| label.chars().count() <= MOST_LETTERS), "{:?}", labels(&many));
    }
}
