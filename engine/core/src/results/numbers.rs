//! What the statistics give, as plain data.

use super::summary::{Likert, Number, PointShare, Share};
use turnabout_model::{QuestionKind, Survey, Text};
use turnabout_statistics as statistics;

/// A count among people with its share and interval.
pub(super) fn share(count: usize, of: usize) -> Option<Share> {
    let found = statistics::wilson(count, of).ok()?;
    Some(Share { count, share: found.share, ci95: found.ci95.into() })
}

/// Numbers as their mean, spread and middle.
pub(super) fn number(values: &[f64]) -> Option<Number> {
    let found = statistics::mean(values).ok()?;
    let (n, mean, median, sd) = (found.n, found.mean, found.median, found.sd);
    Some(Number { n, mean, median, sd, ci95: found.ci95.map(Into::into), alpha: None })
}

/// Agreement as its distribution. Above the middle lie the points that are nearer to the last than to the first.
pub(super) fn likert(survey: &Survey, kind: &QuestionKind, answers: &[i32]) -> Option<Likert> {
    let QuestionKind::Likert { points, labels, .. } = kind else { return None };
    let most = i32::from(*points);
    let range = statistics::Points::new(1, most).ok()?;
    let found = statistics::likert(range, answers.iter().copied().map(Some)).ok()?;
    let above = (most + 1) / 2 + 1;
    let above = if most % 2 == 0 { most / 2 + 1 } else { above };
    let agreeing = found.at_least(above).ok()?;
    let say = |text: &Text| survey.say(text, &survey.default_language).to_owned();
    let named = found.counts.iter().enumerate().map(|(place, entry)| PointShare {
        point: entry.point,
        label: labels.get(place).map_or_else(|| entry.point.to_string(), say),
        count: entry.count,
        share: entry.share,
    });
    Some(Likert {
        n: found.n,
        points: named.collect(),
        mean: found.mean,
        median: found.median,
        sd: found.sd,
        agree: share(agreeing.part, agreeing.n)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn above_the_middle_are_the_points_nearer_to_the_last() {
        let survey = Survey::new("t", "i", vec![]);
        for (points, expect) in [(2, 1), (3, 1), (4, 2), (5, 2), (7, 3), (10, 5), (11, 5)] {
            let answers: Vec<i32> = (1..=i32::from(points)).collect();
            let found = likert(&survey, &QuestionKind::likert(points), &answers).unwrap();
            assert_eq!(found.agree.count, expect, "{points}");
        }
    }
}
