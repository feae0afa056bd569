//! Reports as whole pages: a small programme is rehearsed, counted and shown.

use turnabout_core::{
    bundle::Bundle,
    limits::Limits,
    rehearse::{House, Rehearsed, Verdict, rehearse},
};
use turnabout_model::{CohortRecipe, Period, Personas, RehearsalPlan};
use turnabout_render::{
    Look,
    report::{ManyReport, RehearsalReport, Summary, many_report, rehearsal_report},
};
use turnabout_testkit::{NoPlugins, bundle};

const HALF_A_YEAR: &str = r#"
    fn programme(settings) {
        stage("Recruiting <b>");
        let cohort = recruit("volunteers", #{ closes: weeks(4) });
        send("hello", cohort.everyone);
        stage("Training");
        hold("training", cohort.everyone);
        stage("Mentoring");
        let matched = match_pairs("anyone", cohort());
        together([
            || each(matched, "pair_journey"),
            || { survey("pulse", cohort().everyone, #{ closes: weeks(2) }); },
        ]);
    }
    fn pair_journey(pair) {
        send("hello", pair);
        sleep(months(5));
        end_pair(pair, "completed");
    }
"#;

fn plan(withdrawal_rate: f64) -> RehearsalPlan {
    let cohort = CohortRecipe { mentors: 5, mentees: 5, alumni: 0, mentor: [].into(), mentee: [].into() };
    let personas = Personas { attendance: 1.0, withdrawal_rate, meets_every: Period::weeks(3), ..Personas::default() };
    RehearsalPlan { personas, ..RehearsalPlan::calm("A half year", jiff::civil::date(2026, 1, 5), cohort) }
}

fn lived(bundle: &Bundle, seed: u64, withdrawal_rate: f64) -> Rehearsed {
    let house = House { rules: &NoPlugins, limits: Limits::standard() };
    rehearse(bundle, &plan(withdrawal_rate), seed, house).expect("the test programme starts")
}

fn verdicts() -> Vec<Verdict> {
    vec![
        Verdict { say: "It <ends>".into(), met: true, found: "finished: 1".into() },
        Verdict { say: "Nobody leaves".into(), met: false, found: "<script>alert(1)</script>".into() },
    ]
}

/// What every page of ours keeps to.
fn assert_sound(page: &str) {
    for forbidden in ["<script", " src=", " style=", "url(", "@import", "javascript:", "Recruiting <b>"] {
        assert!(!page.contains(forbidden), "{forbidden} is in the page");
    }
    let addresses = page.matches("http").count();
    assert_eq!(addresses, page.matches("http://www.w3.org/2000/svg").count(), "something is fetched");
    for needed in ["<!doctype html>", "<html lang=\"en\">", "<title>", "href=\"#main\"", "<main id=\"main\">"] {
        assert!(page.contains(needed), "{needed} is missing");
    }
    for element in ["table", "caption", "figure", "section", "dl", "tr", "svg", "b", "details", "div", "p", "main"] {
        let opened = page.matches(&format!("<{element}>")).count() + page.matches(&format!("<{element} ")).count();
        assert_eq!(opened, page.matches(&format!("</{element}>")).count(), "<{element}> does not close");
    }
    assert_eq!(page.matches("<table>").count(), page.matches("<caption>").count(), "a table has no caption");
    assert_eq!(page.matches("<th").count() - page.matches("<thead").count(), page.matches("<th scope=").count());
    assert_eq!(page.matches("<svg").count(), page.matches("role=\"img\" aria-label=\"").count());
    assert_eq!(page.matches("<h1").count(), 1);
}

#[test]
fn a_rehearsal_is_counted_and_shown() {
    let bundle = bundle(HALF_A_YEAR);
    let rehearsed = lived(&bundle, 7, 0.0);
    let report = RehearsalReport::of(&rehearsed, &bundle, &verdicts());
    assert_eq!(report.outcome.status, "finished");
    assert_eq!((report.pairs.len(), report.sessions.len(), report.surveys.len()), (5, 1, 1));
    let meetings: u32 = report.weeks.iter().map(|week| week.meetings).sum();
    assert_eq!(usize::try_from(meetings).unwrap(), report.outcome.meetings);
    let sent: usize = report.sendings.iter().map(|sending| sending.to.total()).sum();
    assert_eq!(sent, report.outcome.messages);
    let page = rehearsal_report(&report, &Look::default());
    assert_sound(&page);
    assert!(page.contains("1 of 2 expectations was not met."), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    // In a table by the template, in the timeline by the drawing.
    assert!(page.matches("Recruiting &lt;b&gt;").count() >= 2);
    assert!(page.contains("10 of 10"), "everybody came to the training");
    // Nobody is real: people stand in a report by their names, and never with an address.
    assert!(rehearsed.people.iter().all(|who| page.contains(&who.name) && !page.contains(who.email.as_str())));
    assert!(
        page.contains("<a href=\"#to-timeline\">Timeline</a>") && page.contains("<h2 id=\"to-timeline\">Timeline</h2>")
    );
    // A client's report is called as the client writes itself.
    let own = rehearsal_report(&report, &Look::of("Harrow Lane & Partners", None));
    assert!(own.contains("<h1>Rehearsal of Harrow Lane &amp; Partners</h1>"), "{own}");
}

#[test]
fn a_rehearsal_that_stops_says_where_and_what_to_do() {
    let bundle = bundle("fn programme(settings) { sleep(days(3)); hold(\"training\", 1 / 0); }");
    let report = RehearsalReport::of(&lived(&bundle, 7, 0.0), &bundle, &[]);
    assert_eq!(report.parked.len(), 1);
    let page = rehearsal_report(&report, &Look::default());
    assert_sound(&page);
    for needed in [
        "Needs attention: a journey is parked",
        "journey-0 is parked",
        "programme.rhai:1:",
        "This rehearsal has no expectations.",
    ] {
        assert!(page.contains(needed), "{needed} is missing: {page}");
    }
}

#[test]
fn many_rehearsals_become_shares_and_percentiles() {
    let bundle = bundle(HALF_A_YEAR);
    let summaries: Vec<Summary> = (0..20).map(|seed| Summary::of(&lived(&bundle, seed, 0.05), &verdicts())).collect();
    let report = ManyReport::of(&summaries);
    assert_eq!((report.rehearsals, report.finished, report.seeds), (20, 20, Some((0, 19))));
    assert_eq!(report.expectations.iter().map(|share| share.met).collect::<Vec<_>>(), [20, 0]);
    assert_eq!(report.expectations[1].first_missed, Some(0));
    let sentences = report.sentences();
    assert_eq!(sentences[0], "Every rehearsal comes to its end.");
    assert!(sentences.contains(&"1 of 2 expectations is met every time.".into()), "{sentences:#?}");
    for spread in &report.spreads {
        assert!(spread.least <= spread.p10 && spread.p10 <= spread.p50 && spread.p50 <= spread.p90);
        assert_eq!(spread.bars.iter().map(|bar| bar.rehearsals).sum::<usize>(), spread.rehearsals);
    }
    let page = many_report(&report, &Look::default());
    assert_sound(&page);
    assert!(page.contains("20 rehearsals of"));
    // Programs read them too.
    assert!(serde_json::to_value(&report).unwrap()["spreads"][0]["p50"].is_number());
    assert_eq!(serde_json::to_value(&summaries[3]).unwrap()["seed"], 3);
}

#[test]
fn no_rehearsals_are_a_page_too() {
    let report = ManyReport::of(&[]);
    assert_eq!(report.sentences(), ["Nothing was rehearsed."]);
    assert_sound(&many_report(&report, &Look::default()));
}
