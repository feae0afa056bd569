//! A rate as it was observed, with an interval that says how little that may be.

use serde::{Deserialize, Serialize};
use turnabout_statistics::wilson;

/// Fewer observations than this are little to go by.
pub(super) const LITTLE: usize = 20;

/// Days of a month, as rates by month count them.
pub(super) const MONTH_DAYS: f64 = 30.44;

/// The z of a 95 % interval.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// A rate as it was observed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How often it happened.
    pub part: usize,
    /// Out of how many, or in how many whole months.
    pub of: usize,
    /// The rate: a share from 0 to 1, or a number by month. What the template's rehearsal assumes if nothing was observed.
    pub value: f64,
    /// The interval of 95 %; nothing if nothing was observed.
    pub ci95: Option<[f64; 2]>,
    /// Nothing or little was observed.
    pub little: bool,
}

impl Rate {
    /// A share, with Wilson's interval.
    pub(super) fn share(part: usize, of: usize, assumed: f64) -> Self {
        let found = wilson(part, of).ok();
        let value = found.map_or(assumed, |found| found.share);
        let ci95 = found.map(|found| [found.ci95.lower, found.ci95.upper]);
        Self { part, of, value, ci95, little: of < LITTLE }
    }

    /// A number by month, with Byar's approximation to the exact interval of a Poisson rate (Breslow and Day 1987,
    /// "Statistical methods in cancer research", volume II, page 69).
    pub(super) fn monthly(part: usize, months: f64, assumed: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // months of a run, cut to whole ones
        let of = months.max(0.0) as usize;
        if months < 1.0 {
            return Self { part, of, value: assumed, ci95: None, little: true };
        }
        let count = real(part);
        let lower = if part == 0 { 0.0 } else { byar(count, -Z) };
        let ci95 = Some([lower.max(0.0) / months, byar(count + 1.0, Z) / months]);
        Self { part, of, value: count / months, ci95, little: part.max(of) < LITTLE }
    }

    /// Over how many months a number by month was counted, which its interval holds also where nothing was; none if it was
    /// not observed.
    pub(super) fn months(&self) -> Option<f64> {
        self.ci95.map(|[_, upper]| byar(real(self.part) + 1.0, Z) / upper)
    }
}

fn byar(count: f64, z: f64) -> f64 {
    count * (1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt())).powi(3)
}

/// A count as a number.
pub(super) fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
