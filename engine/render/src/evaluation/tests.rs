//! Small parts of the page and the table.

use super::{drawings::Reach, *};
use crate::Look;
use insta::assert_snapshot;
use serde_json::json;
use turnabout_core::results::{Evaluation, Likert};

fn likert(counts: [usize; 5]) -> Likert {
    let n: usize = counts.iter().sum();
    let share = |count: usize| f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(n).unwrap());
    let labels = ["not at all", "less", "so so", "more", "<wholly>"];
    let points: Vec<_> = (0..5)
        .map(|at| json!({ "point": at + 1, "label": labels[at], "count": counts[at], "share": share(counts[at]) }))
        .collect();
    let agree = json!({ "count": counts[3] + counts[4], "share": share(counts[3] + counts[4]), "ci95": [0.4, 0.9] });
    serde_json::from_value(json!({ "n": n, "points": points, "mean": 3.5, "median": 4.0, "sd": 1.0, "agree": agree }))
        .unwrap()
}

fn evaluation(measures: bool) -> Evaluation {
    let figure = json!({ "shown": { "kind": "likert" } });
    let mut shown = figure["shown"].clone();
    shown
        .as_object_mut()
        .unwrap()
        .extend(serde_json::to_value(likert([2, 2, 4, 8, 4])).unwrap().as_object().unwrap().clone());
    let waves = json!([{ "wave": "wave-1", "survey": "pulse", "title": "Half-way", "purpose": null, "mode": "confidential",
        "threshold": 5, "open": false, "invited": 24, "completed": 20, "scales": [],
        "items": [{ "name": "trust", "text": "I trust <b>", "conditional": false, "views": [
            { "view": "everyone", "result": { "shown": shown } },
            { "view": "role: mentor", "by": "role", "value": "mentor", "result": { "withheld": "would-isolate" } },
            { "view": "site: =1+1", "by": "site", "value": "=1+1", "result": { "withheld": "too-few" } }] }] }]);
    serde_json::from_value(
        json!({ "template": "police", "client": "north-moor", "purpose": "To learn", "measures": measures,
        "waves": if measures { waves } else { json!([]) }, "changes": [], "attrition": [], "activity": null,
        "named": if measures { json!([{ "wave": "wave-1", "name": "grow", "text": "Develop?", "choices": [
            { "label": "Yes", "people": ["Ada Moor", "Bo Hill"] }] }]) } else { json!([]) },
        "stories": [{ "text": "They <listened>.", "name": "Ada Moor" }], "quotes": [{ "text": "It was short" }],
        "themes": [], "learning": ["Brief for longer"] }),
    )
    .unwrap()
}

#[test]
fn a_bar_parts_at_the_middle() {
    let spread = likert([2, 2, 4, 8, 4]);
    let reach = Reach::of([&spread]);
    assert_snapshot!(drawings::diverging(&spread, reach, "\"x\"").replace("><", ">\n<"), @r#"
    <svg preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 24" width="600" height="24" role="img" aria-label="&quot;x&quot;">
    <rect class="k-low" x="0.0" y="2.0" width="59.0" height="20.0">
    <title>not at all: 2 of 20</title>
    </rect>
    <rect class="k-less" x="60.0" y="2.0" width="59.0" height="20.0">
    <title>less: 2 of 20</title>
    </rect>
    <rect class="k-mid" x="120.0" y="2.0" width="119.0" height="20.0">
    <title>so so: 4 of 20</title>
    </rect>
    <rect class="k-more" x="240.0" y="2.0" width="239.0" height="20.0">
    <title>more: 8 of 20</title>
    </rect>
    <rect class="k-high" x="480.0" y="2.0" width="119.0" height="20.0">
    <title>&lt;wholly&gt;: 4 of 20</title>
    </rect>
    <line class="zero" x1="180.0" y1="0.0" x2="180.0" y2="24.0"/>
    </svg>
    "#);
    let (less, more) = drawings::sides(&spread);
    assert!((less - 0.2).abs() < 1e-9 && (more - 0.6).abs() < 1e-9);
}

#[test]
fn a_point_has_its_whisker() {
    assert_snapshot!(drawings::whisker(0.5, Some([-0.25, 1.0]), 1.0, "x").replace("><", ">\n<"), @r#"
    <svg preserveAspectRatio="none" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 24" width="600" height="24" role="img" aria-label="x">
    <line class="grid" x1="0.0" y1="12.0" x2="600.0" y2="12.0"/>
    <line class="zero" x1="300.0" y1="0.0" x2="300.0" y2="24.0"/>
    <line class="whisker" x1="225.0" y1="12.0" x2="600.0" y2="12.0"/>
    <line class="whisker" x1="225.0" y1="7.0" x2="225.0" y2="17.0"/>
    <line class="whisker" x1="600.0" y1="7.0" x2="600.0" y2="17.0"/>
    <path class="dot" d="M450.0 12.0h0">
    <title>x</title>
    </path>
    </svg>
    "#);
}

#[test]
fn figures_become_rows_and_nothing_becomes_a_formula() {
    assert_snapshot!(csv(&evaluation(true)), @r"
    survey,wave,question,view,figure,value
    pulse,wave-1,,,invited,24
    pulse,wave-1,,,completed,20
    pulse,wave-1,trust,everyone,count 1,2
    pulse,wave-1,trust,everyone,count 2,2
    pulse,wave-1,trust,everyone,count 3,4
    pulse,wave-1,trust,everyone,count 4,8
    pulse,wave-1,trust,everyone,count 5,4
    pulse,wave-1,trust,everyone,n,20
    pulse,wave-1,trust,everyone,mean,3.5
    pulse,wave-1,trust,everyone,median,4.0
    pulse,wave-1,trust,everyone,sd,1.0
    pulse,wave-1,trust,everyone,agree_count,12
    pulse,wave-1,trust,everyone,agree_share,0.6
    pulse,wave-1,trust,everyone,agree_ci95_lower,0.4
    pulse,wave-1,trust,everyone,agree_ci95_upper,0.9
    pulse,wave-1,trust,role: mentor,withheld,Not shown here: beside results that are shown it would tell about too few people.
    pulse,wave-1,trust,site: =1+1,withheld,Not shown: too few people answered.
    ");
    assert_eq!(csv(&evaluation(false)), "survey,wave,question,view,figure,value\n");
}

#[test]
fn a_group_that_is_called_like_a_formula_is_text() {
    let mut found = evaluation(true);
    found.waves[0].items[0].views[2].view = "=1+1".into();
    assert!(csv(&found).contains(",'=1+1,withheld,"));
}

#[test]
fn a_withheld_figure_is_a_sentence_and_words_stay_words() {
    let page = html(&evaluation(true), Some(jiff::civil::date(2026, 3, 31)), NamedLists::Told, &Look::default());
    for needed in [
        "<h1>North moor: what came of it</h1>",
        "31 March 2026",
        "20 of 24 people answered.",
        "Not shown here: beside results that are shown it would tell about too few people.",
        "They &lt;listened&gt;.",
        "Ada Moor, Bo Hill",
        "aria-label=\"I trust &lt;b&gt;. Everyone, 20 people: not at all 2, less 2, so so 4, more 8, &lt;wholly&gt; 4.\"",
        "How to read this",
        "<a href=\"#to-how-to-read-this\">",
    ] {
        assert!(page.contains(needed), "{needed} is missing: {page}");
    }
    for forbidden in ["<script", " src=", " style=", "url(", "<listened>", "<wholly>", "I trust <b>"] {
        assert!(!page.contains(forbidden), "{forbidden} is in the page");
    }
    assert_eq!(page.matches("<svg").count(), page.matches("role=\"img\" aria-label=\"").count());
    assert_eq!(page.matches("<table>").count(), page.matches("<caption>").count());
    let for_all = html(&evaluation(true), None, NamedLists::LeftOut, &Look::default());
    assert!(!for_all.contains("Bo Hill") && for_all.contains("Their names are with the coordinator."));
}

#[test]
fn the_number_of_surveys_says_what_it_leaves_out() {
    let mut found = evaluation(true);
    let activity = json!({ "pairs_formed": 1, "pairs_completed": 1, "pairs_ended_early": 0, "pairs_going_on": 0,
        "meetings": 9, "sessions": [] });
    found.activity = Some(serde_json::from_value(activity).unwrap());
    let page = html(&found, None, NamedLists::Told, &Look::default());
    assert!(page.contains("<dt>surveys answered, named ones not counted</dt><dd>20</dd>"), "{page}");
}

#[test]
fn a_programme_that_refuses_measurement_shows_words_alone() {
    let page = html(&evaluation(false), None, NamedLists::Told, &Look::default());
    let body = page.split("</style>").nth(1).unwrap();
    assert!(body.contains("This programme refuses measurement") && body.contains("They &lt;listened&gt;."));
    assert!(body.contains("It was short") && body.contains("Brief for longer"));
    let digits: String = body.replace("<h1", "").replace("</h1", "").replace("<h2", "").replace("</h2", "");
    assert!(!digits.chars().any(|c| c.is_ascii_digit()), "no figure at all: {digits}");
    assert!(!body.contains("<table") && !body.contains("<svg"));
}
