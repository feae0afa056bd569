//! Drawings as text. What is written into one is escaped here, which is why pages may insert a drawing as it is.

use std::fmt::Write;

/// How far the lines of a hatched box are apart.
const HATCH: f64 = 9.0;

/// Where a text stands in relation to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A box: left, top, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// A drawing in the making. Classes are literals of our own and take their looks from the page's style.
#[derive(Debug)]
pub(crate) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

impl Svg {
    /// An empty drawing.
    pub(crate) fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// The finished drawing. It is an image with `label`, its text alternative.
    pub(crate) fn finish(self, label: &str) -> String {
        let Self { width, height, body } = self;
        let label = escape(label);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-label=\"{label}\">{body}</svg>"
        )
    }

    /// The finished drawing, which is stretched to the place that it has: it holds no text and no discs.
    pub(crate) fn finish_stretched(self, label: &str) -> String {
        self.finish(label).replacen("<svg ", "<svg preserveAspectRatio=\"none\" ", 1)
    }

    /// A dot that stays round in a drawing that is stretched: the end of a line of no length, as wide as its class says.
    pub(crate) fn dot(&mut self, class: &'static str, at: (f64, f64), hint: &str) {
        let ((x, y), hint) = (at, escape(hint));
        self.put(format_args!("<path class=\"{class}\" d=\"M{x:.1} {y:.1}h0\"><title>{hint}</title></path>"));
    }

    /// A straight line.
    pub(crate) fn line(&mut self, class: &'static str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.put(format_args!("<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"));
    }

    /// A box; `hint` is shown where a pointer rests on it.
    pub(crate) fn area(&mut self, class: &'static str, area: Area, hint: &str) {
        let Area { x, y, width, height } = area;
        let hint = escape(hint);
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\">\
             <title>{hint}</title></rect>"
        ));
    }

    /// A hatched box; `hint` is shown where a pointer rests on it.
    pub(crate) fn hatched(&mut self, area: Area, hint: &str) {
        let Area { x, y, width, height } = area;
        let (right, bottom) = (x + width, y + height);
        let mut lines = String::new();
        let mut foot = x - height;
        // From the foot of each line up to the right, as far as it lies in the box.
        while foot < right {
            let (from, to) = (foot.max(x), (foot + height).min(right));
            if from < to {
                let (low, high) = (bottom - (from - foot), bottom - (to - foot));
                write!(lines, "M{from:.1} {low:.1}L{to:.1} {high:.1}")
                    .expect("invariant: writing to a string never fails");
            }
            foot += HATCH;
        }
        self.area("rest", area, hint);
        self.put(format_args!("<path class=\"hatch\" d=\"{lines}\"/>"));
    }

    /// A disc of a radius; `hint` is shown where a pointer rests on it.
    pub(crate) fn disc(&mut self, class: &'static str, at: (f64, f64), radius: f64, hint: &str) {
        let ((x, y), hint) = (at, escape(hint));
        self.put(format_args!(
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"><title>{hint}</title></circle>"
        ));
    }

    /// A cross of a half-width; `hint` is shown where a pointer rests on it.
    pub(crate) fn cross(&mut self, class: &'static str, at: (f64, f64), half: f64, hint: &str) {
        let ((x, y), hint) = (at, escape(hint));
        let (left, right, top, bottom) = (x - half, x + half, y - half, y + half);
        self.put(format_args!(
            "<path class=\"{class}\" d=\"M{left:.1} {top:.1}L{right:.1} {bottom:.1}M{left:.1} {bottom:.1}L{right:.1} \
             {top:.1}\"><title>{hint}</title></path>"
        ));
    }

    /// A line of text.
    pub(crate) fn text(&mut self, class: &'static str, at: (f64, f64), anchor: Anchor, text: &str) {
        let ((x, y), text) = (at, escape(text));
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    fn put(&mut self, piece: std::fmt::Arguments<'_>) {
        self.body.write_fmt(piece).expect("invariant: writing to a string never fails");
    }
}

/// Escapes text for markup and for attributes in double quotes; what XML can't hold at all is left out.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// Cuts a label to a number of characters, with an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_into_a_drawing_becomes_markup() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text("label", (0.0, 0.0), Anchor::Start, "</text><script>\u{0}&");
        svg.area("bar", Area { x: 0.0, y: 0.0, width: 1.0, height: 1.0 }, "\"><b>");
        let text = svg.finish("a \"label\" <i>");
        assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains("<i>"), "{text}");
        assert!(text.contains("&lt;/text&gt;&lt;script&gt;&amp;</text>"), "{text}");
        assert!(text.contains("aria-label=\"a &quot;label&quot; &lt;i&gt;\""), "{text}");
    }

    #[test]
    fn the_lines_of_a_hatched_box_stay_in_it() {
        let mut svg = Svg::new(100.0, 100.0);
        svg.hatched(Area { x: 10.0, y: 20.0, width: 7.0, height: 30.0 }, "Paused");
        let text = svg.finish("a");
        let lines = text.split("class=\"hatch\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let points: Vec<f64> = lines.split(['M', 'L', ' ']).filter_map(|number| number.parse().ok()).collect();
        assert!(points.len() >= 4 * 4, "{lines}");
        for point in points.chunks(2) {
            assert!((10.0..=17.0).contains(&point[0]) && (20.0..=50.0).contains(&point[1]), "{point:?}");
        }
    }

    #[test]
    fn a_long_label_ends_in_an_ellipsis() {
        assert_eq!(cut("Mentee training", 15), "Mentee training");
        assert_eq!(cut("Mentee training, day 1", 15), "Mentee trainin…");
    }
}
