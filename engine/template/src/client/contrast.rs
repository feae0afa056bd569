//! The contrast of a brand's colour with the white text on it: WCAG 2.2, "relative luminance" and "contrast ratio".

/// The least contrast of normal text, success criterion 1.4.3 (AA).
pub(super) const LEAST: f64 = 4.5;

/// Computes the contrast ratio of a colour `#rrggbb` with white, from 1 to 21.
pub(super) fn with_white(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let bits = u32::from_str_radix(digits, 16).ok()?;
    let channel = |shift: u32| {
        let part = f64::from((bits >> shift) & 0xff) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        for (colour, expect) in [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#1d70b8", 5.17)] {
            let ratio = with_white(colour).unwrap();
            assert!((ratio - expect).abs() < 0.01, "{colour}: {ratio}");
        }
        assert_eq!(with_white("red"), None);
    }
}
