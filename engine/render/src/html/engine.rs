//! The one registry of pages: strict, so that a gap is an error, and escaping, so that data can't become markup.

use super::contents;
use crate::Look;
use handlebars::Handlebars;
use serde::Serialize;
use std::sync::LazyLock;

/// The style that every page carries inline.
pub(crate) const STYLE: &str = include_str!("style.css");

/// A page that can be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// One rehearsal.
    Rehearsal,
    /// Many rehearsals.
    Many,
    /// Where a live run is going.
    Forecast,
    /// The server's own status.
    Status,
    /// The table plan of a session with rounds.
    Tables,
    /// What a programme came to.
    Evaluation,
    /// The certificate of a participant.
    Certificate,
    /// A form to fill in.
    Form,
    /// Something to say in a form's place.
    Notice,
    /// Something to read and to say something to.
    Document,
    /// Where somebody tells the contact what is wrong.
    Raise,
}

impl Page {
    const ALL: [Self; 11] = [
        Self::Rehearsal,
        Self::Many,
        Self::Forecast,
        Self::Status,
        Self::Tables,
        Self::Evaluation,
        Self::Certificate,
        Self::Form,
        Self::Notice,
        Self::Document,
        Self::Raise,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Rehearsal => "rehearsal",
            Self::Many => "many",
            Self::Forecast => "forecast",
            Self::Status => "status",
            Self::Tables => "tables",
            Self::Evaluation => "evaluation",
            Self::Certificate => "certificate",
            Self::Form => "form",
            Self::Notice => "notice",
            Self::Document => "document",
            Self::Raise => "raise",
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Rehearsal => include_str!("../report/rehearsal.hbs"),
            Self::Many => include_str!("../report/many.hbs"),
            Self::Forecast => include_str!("../report/forecast.hbs"),
            Self::Status => include_str!("../pages/status.hbs"),
            Self::Tables => include_str!("../pages/tables.hbs"),
            Self::Evaluation => include_str!("../evaluation/evaluation.hbs"),
            Self::Certificate => include_str!("../pages/certificate.hbs"),
            Self::Form => include_str!("../form/form.hbs"),
            Self::Notice => include_str!("../form/notice.hbs"),
            Self::Document => include_str!("../form/document.hbs"),
            Self::Raise => include_str!("../form/raise.hbs"),
        }
    }
}

static REGISTRY: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    let partials = [
        ("head", include_str!("head.hbs")),
        ("style", STYLE),
        ("contents", include_str!("contents.hbs")),
        ("foot", include_str!("foot.hbs")),
        ("likert", include_str!("../evaluation/likert.hbs")),
        ("form_meta", include_str!("../form/meta.hbs")),
        ("form_head", include_str!("../form/head.hbs")),
        ("form_opening", include_str!("../form/opening.hbs")),
        ("form_help", include_str!("../form/help.hbs")),
        ("form_lang", include_str!("../form/lang.hbs")),
        ("form_said", include_str!("../form/said.hbs")),
        ("form_paragraph", include_str!("../form/paragraph.hbs")),
    ];
    let pages = Page::ALL.map(|page| (page.name(), page.source()));
    for (name, source) in partials.into_iter().chain(pages) {
        registry.register_template_string(name, source).expect("invariant: the pages are compiled in and tested");
    }
    registry
});

/// A view with the look of whoever it is for.
#[derive(Serialize)]
struct Dressed<'v, V> {
    look: &'v Look,
    #[serde(flatten)]
    view: &'v V,
}

/// Renders a page. Each page has one view that fills it, and a test that renders it.
pub(crate) fn render(page: Page, view: &impl Serialize) -> String {
    render_for(&Look::default(), page, view)
}

/// Renders a page with the look of whoever it is for.
pub(crate) fn render_for(look: &Look, page: Page, view: &impl Serialize) -> String {
    let page = REGISTRY.render(page.name(), &Dressed { look, view });
    contents::listed(page.expect("invariant: a page names only what its view has"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts between two marks.
    fn between<'a>(text: &'a str, from: &'static str, to: &'static str) -> Vec<&'a str> {
        text.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
    }

    #[test]
    fn where_columns_become_lines_each_line_says_which_column_it_was() {
        // What is printed keeps its columns, and what is filled in has none.
        let others = [Page::Tables, Page::Certificate, Page::Form, Page::Notice, Page::Document, Page::Raise];
        for page in Page::ALL.into_iter().filter(|page| !others.contains(page)) {
            let tables = between(page.source(), "<div class=\"wide stack\"", "</table>");
            assert!(!tables.is_empty(), "{page:?}");
            for table in tables {
                let columns = between(table, "<th scope=\"col\"", "</th>");
                let columns: Vec<_> = columns.into_iter().filter_map(|column| column.split('>').nth(1)).collect();
                let lines = between(table, "data-label=\"", "\"");
                let labelled: Vec<_> = columns.iter().filter(|column| lines.contains(column)).copied().collect();
                assert_eq!(lines, labelled, "{page:?}: as its columns, in their order");
                // The row's own heading and a result with a mark of its own need none.
                assert!(columns.len() - lines.len() <= 2, "{page:?}: {columns:?}");
            }
        }
    }

    #[test]
    fn on_paper_every_table_is_there() {
        let print = STYLE.split("@media print").nth(1).unwrap();
        assert!(print.contains("details::details-content{content-visibility:visible"), "what is folded is open");
        let hidden =
            print.split('}').filter(|rule| rule.contains("display:none") || rule.contains("visibility:hidden"));
        let hidden = hidden.filter_map(|rule| rule.split('{').next()).flat_map(|names| names.split(','));
        for name in hidden {
            let last = name.split(|c: char| c.is_whitespace() || c == '>').next_back().unwrap();
            let tables = ["table", "details", ".wide", "tr", "td", "section"];
            assert!(!tables.iter().any(|table| last.trim().starts_with(table) || last.contains(".again")), "{name}");
        }
    }
}
