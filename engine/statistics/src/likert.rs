//! The distribution of answers on a scale of points.

use crate::{
    interval::{Proportion, wilson},
    limits::MAX_POINTS,
    no_answer::NoAnswer,
    numbers::real,
};
use serde::Serialize;
use thiserror::Error;

/// The points an answer may be given on, such as 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Points {
    min: i32,
    max: i32,
}

/// Why a range holds no points to answer on.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PointsError {
    /// There is no choice.
    #[error("{min} to {max} leaves no choice: the highest point has to be above the lowest")]
    NoChoice {
        /// The lowest point.
        min: i32,
        /// The highest point.
        max: i32,
    },
    /// There are more points than [`MAX_POINTS`].
    #[error("{min} to {max} are too many points: {MAX_POINTS} are allowed")]
    TooMany {
        /// The lowest point.
        min: i32,
        /// The highest point.
        max: i32,
    },
}

impl Points {
    /// Makes a range of points, both ends included.
    pub fn new(min: i32, max: i32) -> Result<Self, PointsError> {
        if min >= max {
            Err(PointsError::NoChoice { min, max })
        } else if min.abs_diff(max) >= MAX_POINTS {
            Err(PointsError::TooMany { min, max })
        } else {
            Ok(Self { min, max })
        }
    }

    /// The lowest point.
    pub fn min(self) -> i32 {
        self.min
    }

    /// The highest point.
    pub fn max(self) -> i32 {
        self.max
    }

    /// Returns the place of an answer among the points, from 0; `place`, from 1, is what an error names.
    pub(crate) fn index(self, answer: i32, place: usize) -> Result<usize, NoAnswer> {
        let outside = NoAnswer::OutsidePoints { place, min: self.min, max: self.max };
        if answer > self.max {
            return Err(outside);
        }
        answer.checked_sub(self.min).and_then(|index| usize::try_from(index).ok()).ok_or(outside)
    }
}

/// How many gave one answer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PointCount {
    /// The point.
    pub point: i32,
    /// How many chose it.
    pub count: usize,
    /// The share of those who answered, 0 to 1.
    pub share: f64,
}

/// The distribution of the answers to one question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Likert {
    /// How many answered.
    pub n: usize,
    /// How many did not.
    pub missing: usize,
    /// Every point from the lowest, those that nobody chose included.
    pub counts: Vec<PointCount>,
    /// The mean of the answers, in points.
    pub mean: f64,
    /// The sample standard deviation (n - 1), in points; none below two answers.
    pub sd: Option<f64>,
    /// The middle answer; between the two middle ones of an even n, their mean.
    pub median: f64,
}

/// Returns the distribution of answers (Likert 1932, "A technique for the measurement of attitudes", Archives of
/// Psychology 140). `None` is a person who did not answer; n counts only those who did.
///
/// # Errors
/// [`NoAnswer::NothingAnswered`] if nobody did, [`NoAnswer::OutsidePoints`] for an answer that is none of the points.
pub fn likert(points: Points, answers: impl IntoIterator<Item = Option<i32>>) -> Result<Likert, NoAnswer> {
    let mut tally = vec![0_usize; usize::try_from(points.min.abs_diff(points.max)).map_or(0, |span| span + 1)];
    let (mut n, mut missing) = (0, 0);
    for (at, answer) in answers.into_iter().enumerate() {
        match answer {
            Some(answer) => {
                tally[points.index(answer, at + 1)?] += 1;
                n += 1;
            }
            None => missing += 1,
        }
    }
    if n == 0 {
        return Err(NoAnswer::NothingAnswered);
    }
    let counts: Vec<PointCount> = (points.min..=points.max)
        .zip(&tally)
        .map(|(point, count)| PointCount { point, count: *count, share: real(*count) / real(n) })
        .collect();
    let sum = |of: &dyn Fn(f64) -> f64| -> f64 {
        counts.iter().map(|entry| of(f64::from(entry.point)) * real(entry.count)).sum()
    };
    let mean = sum(&|point| point) / real(n);
    let sd = (n > 1).then(|| (sum(&|point| (point - mean) * (point - mean)) / real(n - 1)).sqrt());
    let median = f64::midpoint(nth(&counts, (n - 1) / 2), nth(&counts, n / 2));
    Ok(Likert { n, missing, counts, mean, sd, median })
}

/// The answer at a place from 0, if all stood in order.
fn nth(counts: &[PointCount], place: usize) -> f64 {
    let mut seen = 0;
    let chosen = counts.iter().find(|entry| {
        seen += entry.count;
        seen > place
    });
    chosen.map_or(0.0, |entry| f64::from(entry.point))
}

impl Likert {
    /// Returns the proportion of those who answered `point` or above, with Wilson's interval.
    pub fn at_least(&self, point: i32) -> Result<Proportion, NoAnswer> {
        wilson(self.counts.iter().filter(|entry| entry.point >= point).map(|entry| entry.count).sum(), self.n)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)] // middle answers are whole or half, and exact
mod tests {
    use super::*;

    fn five() -> Points {
        Points::new(1, 5).unwrap()
    }

    #[test]
    fn a_range_without_a_choice_or_with_too_many_is_refused() {
        assert_eq!(Points::new(5, 5), Err(PointsError::NoChoice { min: 5, max: 5 }));
        assert_eq!(Points::new(0, 101), Err(PointsError::TooMany { min: 0, max: 101 }));
        assert_eq!(Points::new(i32::MIN, i32::MAX), Err(PointsError::TooMany { min: i32::MIN, max: i32::MAX }));
        assert!(Points::new(0, 100).is_ok() && Points::new(-3, 3).is_ok());
    }

    #[test]
    fn every_point_is_listed_and_those_who_are_silent_are_counted_apart() {
        let found = likert(five(), [Some(4), None, Some(5), Some(4), Some(1), None]).unwrap();
        assert_eq!((found.n, found.missing), (4, 2));
        assert_eq!(found.counts.iter().map(|entry| entry.count).collect::<Vec<_>>(), [1, 0, 0, 2, 1]);
        assert_eq!((found.mean, found.median), (3.5, 4.0));
        assert!((found.sd.unwrap() - 3_f64.sqrt()).abs() < 1e-15);
        assert!((found.counts.iter().map(|entry| entry.share).sum::<f64>() - 1.0).abs() < 1e-15);
        assert_eq!(found.at_least(4).unwrap().part, 3);
    }

    #[test]
    fn the_middle_of_an_even_number_lies_between_two() {
        assert_eq!(likert(five(), [2, 4, 5, 1].map(Some)).unwrap().median, 3.0);
        assert_eq!(likert(five(), [Some(2)]).unwrap().median, 2.0);
        assert_eq!(likert(five(), [Some(2)]).unwrap().sd, None);
    }

    #[test]
    fn what_has_no_answer_says_why() {
        assert_eq!(likert(five(), [None, None]), Err(NoAnswer::NothingAnswered));
        for (answer, place) in [(0, 2), (6, 2), (i32::MIN, 2), (i32::MAX, 2)] {
            let expect = NoAnswer::OutsidePoints { place, min: 1, max: 5 };
            assert_eq!(likert(five(), [Some(1), Some(answer)]), Err(expect), "{answer}");
        }
    }
}
