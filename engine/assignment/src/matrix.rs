//! Scores of every mentor with every mentee, in whole millionths.

use crate::{AssignmentError, limits, validate::Side};

/// One whole score in the unit of every solver: totals of whole numbers are exact, and no machine differs.
pub const MILLIONTHS: u32 = 1_000_000;

/// The cell of a pair that must never be.
pub const VETO: u32 = u32::MAX;

/// Scores of mentors (rows) with mentees (columns), row after row, from 0 to [`MILLIONTHS`] each, or [`VETO`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    mentors: usize,
    mentees: usize,
    cells: Vec<u32>,
}

impl Matrix {
    /// Takes cells in millionths, row after row.
    ///
    /// # Errors
    /// When there are more or fewer cells than pairs, too many people, or a cell above [`MILLIONTHS`] that is no
    /// [`VETO`].
    pub fn from_millionths(mentors: usize, mentees: usize, cells: Vec<u32>) -> Result<Self, AssignmentError> {
        check_size(mentors, mentees, cells.len())?;
        if let Some(at) = cells.iter().position(|cell| *cell > MILLIONTHS && *cell != VETO) {
            let score = f64::from(cells[at]) / f64::from(MILLIONTHS);
            return Err(AssignmentError::ScoreOutOfRange { mentor: at / mentees, mentee: at % mentees, score });
        }
        Ok(Self { mentors, mentees, cells })
    }

    /// Takes scores from 0 to 1, row after row, and for each a veto (anything but 0) or, as an empty slice, none at
    /// all. Scores are rounded to the nearest millionth; that of a vetoed pair is not looked at.
    ///
    /// # Errors
    /// As [`from_millionths`](Self::from_millionths), and when a score is no number.
    pub fn from_f32(mentors: usize, mentees: usize, scores: &[f32], vetoes: &[u8]) -> Result<Self, AssignmentError> {
        check_size(mentors, mentees, scores.len())?;
        if !vetoes.is_empty() {
            check_size(mentors, mentees, vetoes.len())?;
        }
        Self::from_fn(mentors, mentees, |mentor, mentee| {
            let at = mentor * mentees + mentee;
            let allowed = vetoes.get(at).is_none_or(|veto| *veto == 0);
            allowed.then(|| f64::from(scores[at]))
        })
    }

    /// Asks for every score from 0 to 1, row after row; nothing is a veto. Scores are rounded to the nearest millionth.
    ///
    /// # Errors
    /// When there are too many people, or a score is no number or outside 0 to 1.
    pub fn from_fn(
        mentors: usize,
        mentees: usize,
        mut score: impl FnMut(usize, usize) -> Option<f64>,
    ) -> Result<Self, AssignmentError> {
        check_people(mentors, mentees)?;
        let mut cells = Vec::with_capacity(mentors * mentees);
        for mentor in 0..mentors {
            for mentee in 0..mentees {
                cells.push(match score(mentor, mentee) {
                    None => VETO,
                    Some(score) => millionths(score).ok_or(if score.is_nan() {
                        AssignmentError::NotANumber { mentor, mentee }
                    } else {
                        AssignmentError::ScoreOutOfRange { mentor, mentee, score }
                    })?,
                });
            }
        }
        Ok(Self { mentors, mentees, cells })
    }

    /// How many rows.
    pub fn mentors(&self) -> usize {
        self.mentors
    }

    /// How many columns.
    pub fn mentees(&self) -> usize {
        self.mentees
    }

    /// The score of a pair in millionths, or nothing for a veto or a pair that is not in the matrix.
    pub fn at(&self, mentor: usize, mentee: usize) -> Option<u32> {
        let inside = mentor < self.mentors && mentee < self.mentees;
        inside.then(|| self.cells[mentor * self.mentees + mentee]).filter(|cell| *cell != VETO)
    }

    /// A mentor's row.
    pub(crate) fn row(&self, mentor: usize) -> &[u32] {
        &self.cells[mentor * self.mentees..][..self.mentees]
    }
}

/// A score as millionths, or nothing when it is no number from 0 to 1.
fn millionths(score: f64) -> Option<u32> {
    // NaN is in no range.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to a million
    (0.0..=1.0).contains(&score).then(|| (score * f64::from(MILLIONTHS)).round() as u32)
}

fn check_people(mentors: usize, mentees: usize) -> Result<(), AssignmentError> {
    for (side, people) in [(Side::Mentor, mentors), (Side::Mentee, mentees)] {
        if people > limits::PEOPLE_A_SIDE {
            return Err(AssignmentError::TooManyPeople { side, people, most: limits::PEOPLE_A_SIDE });
        }
    }
    Ok(())
}

fn check_size(mentors: usize, mentees: usize, cells: usize) -> Result<(), AssignmentError> {
    check_people(mentors, mentees)?;
    if cells == mentors * mentees { Ok(()) } else { Err(AssignmentError::MatrixSize { mentors, mentees, cells }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_rounded_to_millionths() {
        let matrix = Matrix::from_f32(2, 2, &[0.0, 1.0, 0.5, f32::NAN], &[0, 0, 0, 7]).unwrap();
        assert_eq!(matrix.row(0), [0, 1_000_000]);
        assert_eq!((matrix.at(1, 0), matrix.at(1, 1), matrix.at(2, 0)), (Some(500_000), None, None));
    }

    #[test]
    fn a_bad_score_is_named() {
        for (score, expect) in [
            (f32::NAN, "the score of mentor 0 with mentee 1 is no number"),
            (1.5, "the score of mentor 0 with mentee 1 is 1.5, which is not from 0 to 1"),
            (-0.5, "the score of mentor 0 with mentee 1 is -0.5, which is not from 0 to 1"),
        ] {
            assert_eq!(Matrix::from_f32(1, 2, &[0.0, score], &[]).unwrap_err().to_string(), expect);
        }
        let error = Matrix::from_millionths(2, 1, vec![0, 2_000_000]).unwrap_err();
        assert_eq!(error, AssignmentError::ScoreOutOfRange { mentor: 1, mentee: 0, score: 2.0 });
    }

    #[test]
    fn a_size_that_does_not_fit_is_refused() {
        let error = AssignmentError::MatrixSize { mentors: 2, mentees: 2, cells: 3 };
        assert_eq!(Matrix::from_millionths(2, 2, vec![0; 3]), Err(error.clone()));
        assert_eq!(Matrix::from_f32(2, 2, &[0.0; 4], &[0; 3]), Err(error));
        let many = limits::PEOPLE_A_SIDE + 1;
        let error = Matrix::from_fn(0, many, |_, _| None).unwrap_err();
        assert_eq!(error, AssignmentError::TooManyPeople { side: Side::Mentee, people: many, most: many - 1 });
        assert!(Matrix::from_fn(0, many - 1, |_, _| None).is_ok());
    }
}
