//! What somebody thinks of it all: their answers to statements go together, and rise a little as the programme goes on.

use super::draw::Draw;
use crate::run::Run;
use jiff::Timestamp;
use turnabout_model::ParticipantId;

/// By how many standard deviations of attitudes people's rise over [`RISES_FOR_DAYS`], on average.
const RISE: f64 = 0.5;
/// How far apart their rises lie, as a standard deviation: some fall.
const RISES_APART: f64 = 0.4;
/// After how many days of a programme nobody's attitude rises any more: nine months.
const RISES_FOR_DAYS: f64 = 270.0;
/// How far one answer lies from somebody's attitude, as a standard deviation. With it two answers correlate by about 0.65, and
/// three of them have a Cronbach's alpha of about 0.85: less, and a group of eight often has one below zero by chance.
const STRAYS: f64 = 0.65;

/// Somebody's attitude at a moment, in standard deviations from what most people think.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attitude(f64);

impl Attitude {
    /// From a stream of its own per person, so that it is the same in every survey and shifts nothing else. How far it has
    /// risen depends on how long the programme has run, and not on how many surveys there were.
    pub(super) fn of(run: &Run, who: ParticipantId, at: Timestamp) -> Self {
        let mut draw = Draw::of(run.seed, "an attitude", who.0);
        let (first, rise) = (draw.normal(), RISE + RISES_APART * draw.normal());
        let days = at.duration_since(run.started).as_secs_f64() / 86_400.0;
        Self(first + rise * (days / RISES_FOR_DAYS).clamp(0.0, 1.0))
    }

    /// An answer from 1 to `points`, a little above the middle for most people.
    pub(super) fn point(self, points: u8, draw: &mut Draw) -> u8 {
        let wide = f64::from(points.max(1) - 1);
        let place = 1.0 + wide * (0.55 + 0.2 * (self.0 + STRAYS * draw.normal()));
        let nearest = place.round().clamp(1.0, f64::from(points.max(1)));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 1 and 255
        let point = nearest as u8;
        point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Run;

    /// Answers of many people to three statements, on the day with this number.
    fn asked(day: i64) -> Vec<[f64; 3]> {
        let mut run = Run::default();
        run.seed = 7;
        let at = run.started + jiff::SignedDuration::from_hours(24 * day);
        (0..2_000)
            .map(|who| {
                let attitude = Attitude::of(&run, ParticipantId(who), at);
                let mut draw = Draw::of(u64::try_from(day).unwrap(), "answers", who);
                [0; 3].map(|_| f64::from(attitude.point(5, &mut draw)))
            })
            .collect()
    }

    fn mean(of: impl Iterator<Item = f64> + Clone) -> f64 {
        of.clone().sum::<f64>() / f64::from(u32::try_from(of.count()).unwrap())
    }

    fn variance(of: impl Iterator<Item = f64> + Clone) -> f64 {
        let mean_of = mean(of.clone());
        mean(of.map(|value| (value - mean_of).powi(2)))
    }

    #[test]
    fn answers_of_one_person_go_together_and_rise_a_little() {
        let (before, after) = (asked(10), asked(270));
        for answers in [&before, &after] {
            let items: f64 = (0..3).map(|item| variance(answers.iter().map(|row| row[item]))).sum();
            let alpha = 1.5 * (1.0 - items / variance(answers.iter().map(|row| row.iter().sum())));
            assert!((0.75..0.9).contains(&alpha), "{alpha}");
        }
        let score = |rows: &[[f64; 3]]| mean(rows.iter().map(|row| row.iter().sum::<f64>() / 3.0));
        let risen = score(&after) - score(&before);
        assert!((0.2..0.6).contains(&risen), "{risen}");
        let fell = before.iter().zip(&after).filter(|(b, a)| a.iter().sum::<f64>() < b.iter().sum()).count();
        assert!((100..1_000).contains(&fell), "some think less of it at the end: {fell} of 2000");
    }

    #[test]
    fn a_scale_of_any_length_is_kept_to() {
        for points in [2, 5, 7, 11] {
            let mut draw = Draw::new(1, 0);
            let found: std::collections::BTreeSet<u8> = (0..500)
                .map(|who| {
                    Attitude::of(&Run::default(), ParticipantId(who), Timestamp::UNIX_EPOCH).point(points, &mut draw)
                })
                .collect();
            assert_eq!((found.first(), found.last()), (Some(&1), Some(&points)), "{points}");
        }
    }
}
