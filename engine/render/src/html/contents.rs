//! The list of contents of a long page, made from its headings.

/// Where a page wants its contents: `contents.hbs`.
pub(super) const PLACE: &str = "<!-- contents -->";
/// A page with fewer headings is short enough to see.
const LEAST: usize = 4;
const HEADING: &str = "<h2>";

/// Gives every heading an anchor and lists them at [`PLACE`]; a page without that place stays as it is.
pub(super) fn listed(page: String) -> String {
    let Some((above, below)) = page.split_once(PLACE) else { return page };
    let mut parts = below.split(HEADING);
    let mut body = parts.next().unwrap_or_default().to_owned();
    let mut list = String::new();
    let mut anchors: Vec<String> = Vec::new();
    for part in parts {
        // The words of a heading are markup already: they were escaped as the page was rendered.
        let words = part.split("</h2>").next().unwrap_or_default();
        let anchor = anchor(words, &anchors);
        list.push_str("<li><a href=\"#");
        list.push_str(&anchor);
        list.push_str("\">");
        list.push_str(words);
        list.push_str("</a></li>\n");
        body.push_str("<h2 id=\"");
        body.push_str(&anchor);
        body.push_str("\">");
        body.push_str(part);
        anchors.push(anchor);
    }
    if anchors.len() < LEAST {
        return format!("{above}{below}");
    }
    format!("{above}<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n{list}</ul>\n</nav>{body}")
}

/// The anchor of a heading: its letters and digits, and a number if another heading has them too.
fn anchor(words: &str, taken: &[String]) -> String {
    let plain = words.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), " ");
    // `main` is the page's own.
    let plain = format!("to-{}", plain.split_whitespace().collect::<Vec<_>>().join("-"));
    let same = taken.iter().filter(|other| **other == plain || other.starts_with(&format!("{plain}-again-"))).count();
    if same == 0 { plain } else { format!("{plain}-again-{same}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_page_lists_its_headings_and_a_short_one_none() {
        let page = |headings: &[&str]| {
            let headings =
                headings.iter().map(|heading| format!("<h2>{heading}</h2><p>x</p>")).collect::<Vec<_>>().concat();
            listed(format!("<main>{PLACE}{headings}</main>"))
        };
        let long = page(&["A &amp; B", "C", "D", "C"]);
        assert!(long.contains("<li><a href=\"#to-a-amp-b\">A &amp; B</a></li>"), "{long}");
        assert!(long.contains("<h2 id=\"to-c-again-1\">C</h2><p>x</p></main>"), "{long}");
        assert_eq!(page(&["A", "B", "C"]), "<main><h2>A</h2><p>x</p><h2>B</h2><p>x</p><h2>C</h2><p>x</p></main>");
        assert_eq!(listed("<h2>A</h2>".into()), "<h2>A</h2>");
    }
}
