//! Bars and intervals. They hold no text: names and numbers stand beside them, so that they can be as narrow as a
//! telephone.

use crate::html::svg::{Area, Svg};
use turnabout_core::results::Likert;

const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 24.0;

/// How far bars reach to the left and right of the line between less and more, as shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reach {
    left: f64,
    right: f64,
}

impl Reach {
    /// The reach that holds all of these.
    pub(super) fn of<'l>(all: impl IntoIterator<Item = &'l Likert>) -> Self {
        let mut reach = Self { left: 0.1, right: 0.1 };
        for likert in all {
            let left: f64 = likert.points.iter().enumerate().map(|(at, p)| p.share * left_part(likert, at)).sum();
            reach.left = reach.left.max(left);
            reach.right = reach.right.max(1.0 - left);
        }
        reach
    }

    fn x(self, share: f64) -> f64 {
        (share + self.left) / (self.left + self.right) * WIDTH
    }
}

/// Which part of a point's bar lies left of the line: all of one below the middle, half of the middle.
fn left_part(likert: &Likert, at: usize) -> f64 {
    match (2 * at + 1).cmp(&likert.points.len()) {
        std::cmp::Ordering::Less => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Greater => 0.0,
    }
}

/// The share left of the middle and right of it, the middle point in neither.
pub(super) fn sides(likert: &Likert) -> (f64, f64) {
    let side = |part: f64| {
        let such = likert.points.iter().enumerate().filter(|(at, _)| (left_part(likert, *at) - part).abs() < 0.25);
        such.map(|(_, point)| point.share).sum()
    };
    (side(1.0), side(0.0))
}

/// The looks of a point: the outermost are dark, the others pale, the middle grey.
pub(super) fn look(points: usize, at: usize) -> &'static str {
    match (2 * at + 1).cmp(&points) {
        std::cmp::Ordering::Equal => "k-mid",
        std::cmp::Ordering::Less if at == 0 => "k-low",
        std::cmp::Ordering::Less => "k-less",
        std::cmp::Ordering::Greater if at + 1 == points => "k-high",
        std::cmp::Ordering::Greater => "k-more",
    }
}

/// A distribution as one bar: less to the left of the line, more to the right, the middle half on either side.
pub(super) fn diverging(likert: &Likert, reach: Reach, label: &str) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let left: f64 = likert.points.iter().enumerate().map(|(at, point)| point.share * left_part(likert, at)).sum();
    let mut from = -left;
    for (at, point) in likert.points.iter().enumerate().filter(|(_, point)| point.count > 0) {
        let (x, to) = (reach.x(from), reach.x(from + point.share));
        let area = Area { x, y: 2.0, width: (to - x - 1.0).max(0.5), height: HEIGHT - 4.0 };
        svg.area(look(likert.points.len(), at), area, &format!("{}: {} of {}", point.label, point.count, likert.n));
        from += point.share;
    }
    svg.line("zero", (reach.x(0.0), 0.0), (reach.x(0.0), HEIGHT));
    svg.finish_stretched(label)
}

/// A change with its interval on an axis from minus `most` to `most`.
pub(super) fn whisker(change: f64, ci95: Option<[f64; 2]>, most: f64, label: &str) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT);
    let x = |value: f64| f64::midpoint(value / most, 1.0) * WIDTH;
    let middle = HEIGHT / 2.0;
    svg.line("grid", (0.0, middle), (WIDTH, middle));
    svg.line("zero", (x(0.0), 0.0), (x(0.0), HEIGHT));
    if let Some([lower, upper]) = ci95 {
        svg.line("whisker", (x(lower), middle), (x(upper), middle));
        for end in [lower, upper] {
            svg.line("whisker", (x(end), middle - 5.0), (x(end), middle + 5.0));
        }
    }
    svg.dot("dot", (x(change), middle), label);
    svg.finish_stretched(label)
}
