//! Participants answer in their browser, by the link in their letter.

mod browser;
mod papers;
mod words;

use crate::house::{BEN, house};
use browser::Site;
use serde_json::{Value as Json, json};
use turnabout_core::{decide::Input, ports::StoreTable};

const SURVEY: &str = r#"
invitation = "asked"
purpose = "To do better."

[[questions]]
name = "agree"
type = "likert"
text = "How far do you agree?"
labels = ["Not at all", "Little", "Partly", "Mostly", "Wholly"]
required = true
statements = [
    { name = "heard", label = "I am heard" },
    { name = "safe", label = "I am <safe> here" },
]

[[questions]]
name = "met"
type = "single"
text = "Did you meet?"
required = true
choices = [{ name = "yes", label = "Yes" }, { name = "no", label = "No" }]

[[questions]]
name = "why"
type = "text"
text = "Why not?"
relevant = "${met} = 'no'"
required = true

[[questions]]
name = "hours"
type = "decimal"
text = "How many hours?"
least = 0

[[questions]]
name = "since"
type = "date"
text = "Since when?"
"#;

const AMARAS: &str = "Jo mentor 1";
const BENS: &str = "Jo mentor 2";

/// What is kept of everybody's answers.
fn kept(site: &Site) -> Vec<Json> {
    let rows = site.house.rows(StoreTable::Responses);
    rows.iter().map(|(_, row)| serde_json::from_str::<Json>(row).unwrap()).collect()
}

#[test]
fn everybody_answers_in_their_browser_by_the_link_in_their_letter() {
    let site = Site::of(house(SURVEY));
    let link = site.link(AMARAS);
    let page = site.open(&link);
    assert_eq!(page.status, 200, "{}", page.html);
    // Each statement has its own radio buttons, each with a label: no grid.
    assert_eq!((page.radios("heard"), page.radios("safe")), ((5, None), (5, None)));
    assert!(!page.html.contains("<table"), "{}", page.html);
    assert_eq!(page.html.matches(">Mostly</label>").count(), 2);
    assert!(page.html.contains("<legend><span>I am &lt;safe&gt; here</span></legend>"), "{}", page.html);
    assert!(!page.html.contains("Why not?"), "it is not asked yet");
    assert!(!page.html.contains("class=\"error\""), "nobody is blamed before they have answered");
    assert!(page.html.contains("To do better."));

    // Handed in too early, it says what is missing, leads there, and keeps what was answered.
    let again = site.fill_in(&link, &page, &[("heard", "4"), ("hours", "many"), ("since:month", "13")]);
    assert_eq!(again.status, 422);
    assert!(again.html.contains("<title>Error: Asked"), "{}", again.html);
    for part in [
        "<a href=\"#q:safe\">I am &lt;safe&gt; here: this is not answered yet</a>",
        "<a href=\"#q:met\">Did you meet?: this is not answered yet</a>",
        "<a href=\"#q:hours\">How many hours?: a number is expected; write a number of at least 0</a>",
        "<a href=\"#q:since\">Since when?: write day, month and year, the year with four digits</a>",
        "aria-describedby=\"q:hours:hint q:hours:error\"",
        "value=\"many\"",
        "value=\"13\"",
    ] {
        assert!(again.html.contains(part), "{part}: {}", again.html);
    }
    assert_eq!(again.radios("heard"), (5, Some("4".into())));
    assert_eq!(site.open(&link).radios("heard"), (5, Some("4".into())), "also after the browser was closed");
    assert_eq!(kept(&site), [] as [Json; 0]);

    // An answer brings another question: it is shown before anything is handed in.
    let right = [("safe", "2"), ("met", "no"), ("hours", "2.5"), ("since:day", "3"), ("since:month", "2")];
    let more = site.fill_in(&link, &again, &[&right[..], &[("since:year", "2026")]].concat());
    assert_eq!(more.status, 422);
    assert!(more.html.contains("There is one more question because of what you have answered."), "{}", more.html);
    assert!(more.html.contains("Why not?") && !more.html.contains("class=\"error\""), "{}", more.html);

    let done = site.fill_in(&link, &more, &[("why", "We were <both> away.")]);
    assert_eq!((done.status, done.location.as_str()), (303, "?"), "{}", done.html);
    let thanks = site.open(&link);
    assert!(thanks.status == 200 && thanks.html.contains("<h1>Thank you</h1>"), "{}", thanks.html);
    let expect = json!({ "heard": 4, "safe": 2, "met": "no", "why": "We were <both> away.", "hours": 2.5, "since": "2026-02-03" });
    assert_eq!(kept(&site)[0]["answers"], expect);
    assert_eq!(site.house.rows(StoreTable::Drafts), []);

    // Sent twice, it is taken once.
    let twice = site.fill_in(&link, &more, &[("why", "Something else.")]);
    assert!(twice.status == 409 && twice.html.contains("it was not taken"), "{}", twice.html);
    assert_eq!((kept(&site).len(), &kept(&site)[0]["answers"]), (1, &expect));
}

#[test]
fn answers_are_kept_for_later_for_the_one_with_the_link() {
    let site = Site::of(house(SURVEY));
    let link = site.link(AMARAS);
    let saved = site.fill_in(&link, &site.open(&link), &[("safe", "1"), (":do", "keep")]);
    assert!(saved.status == 200 && saved.html.contains("Your answers are kept for you"), "{}", saved.html);
    let again = site.open(&link);
    assert_eq!((again.radios("safe"), again.radios("heard")), ((5, Some("1".into())), (5, None)));
    assert!(again.html.contains("Here is what you answered before."));
    assert_eq!(site.open(&site.link(BENS)).radios("safe"), (5, None));
    let code = link.rsplit('/').next().unwrap();
    assert!(site.house.rows(StoreTable::Drafts).iter().all(|(_, row)| !row.contains(code)), "the store has a digest");
}

#[test]
fn whoever_has_not_the_link_learns_nothing() {
    let site = Site::of(house(SURVEY));
    let (amara, ben) = (site.link(AMARAS), site.link(BENS));
    let (of_amara, code) = amara.rsplit_once('/').unwrap();
    let code_of_ben = ben.rsplit('/').next().unwrap();
    let other_run = "/answer/run-00000000000000000000000000/wave-1/person-1";
    let wrong = [
        format!("{of_amara}/{code_of_ben}"),
        format!("{of_amara}/{}", &code[1..]),
        format!("{of_amara}/{}", code.to_uppercase().replace(|c: char| c.is_ascii_digit(), "0")),
        format!("{}/{code}", of_amara.replace("wave-1", "wave-2")),
        format!("{}/{code}", of_amara.replace("person-1", "person-99")),
        site.url(&format!("{other_run}/{code}")),
        site.url(&format!("/answer/run/wave/person/{code}")),
        site.url("/answer/%ff/x/y/z"),
        site.url("/sign/%ff/x/y/z"),
        site.url("/raise/%ff/x/y"),
        site.url("/concerns/%ff/x"),
        of_amara.to_owned(),
        format!("{amara}/"),
        site.url("/answer"),
    ];
    let told = site.open(&wrong[0]);
    assert!(told.status == 404 && told.html.contains("This link does not work"), "{}", told.html);
    for url in &wrong {
        for page in [site.open(url), site.send(url, "application/x-www-form-urlencoded", "heard=1&:do=keep")] {
            assert_eq!((page.status, page.html), (404, told.html.clone()), "{url}: whatever is wrong with it");
        }
    }
    assert_eq!(site.house.rows(StoreTable::Drafts), []);
}

#[test]
fn a_link_that_is_only_looked_at_changes_nothing() {
    let site = Site::of(house(SURVEY));
    let version = || site.house.engine.read(&site.house.run, |of| of.run.version).unwrap();
    let before = version();
    let (first, second) = (site.open(&site.link(AMARAS)), site.open(&site.link(AMARAS)));
    assert_eq!(first.html, second.html, "a mail program that follows links is no harm");
    assert_eq!((version(), site.house.rows(StoreTable::Drafts).len()), (before, 0));
}

#[test]
fn an_anonymous_form_is_handed_in_without_a_trace_of_who_did() {
    let site = Site::of(house(&format!("mode = \"anonymous\"\n{SURVEY}")));
    let link = site.link(AMARAS);
    let page = site.open(&link);
    assert!(page.html.contains("This survey is anonymous.") && !page.html.contains("value=\"keep\""), "{}", page.html);
    let all = [("heard", "4"), ("safe", "5"), ("met", "yes")];
    let again = site.fill_in(&link, &page, &[&all[..], &[(":do", "keep")]].concat());
    assert!(again.html.contains("An anonymous form can&#x27;t be kept half-way"), "{}", again.html);
    assert_eq!(site.house.rows(StoreTable::Drafts), [], "not even if a browser asks for it");
    assert_eq!(kept(&site), [] as [Json; 0], "nor is it handed in");
    let done = site.fill_in(&link, &again, &[]);
    assert_eq!(done.status, 303, "{}", done.html);
    assert_eq!(kept(&site), [json!({ "heard": 4, "safe": 5, "met": "yes" })]);
}

#[test]
fn a_link_says_why_it_opens_nothing_any_more() {
    let site = Site::of(house(SURVEY));
    site.house.engine.submit(&site.house.run, Input::Withdraw { participant: BEN }, |_| ()).unwrap();
    let left = site.open(&site.link(BENS));
    assert!(left.status == 410 && left.html.contains("There is nothing to answer here"), "{}", left.html);
    site.fill_in(&site.link(AMARAS), &site.open(&site.link(AMARAS)), &[("heard", "4"), (":do", "keep")]);
    let page = site.open(&site.link(AMARAS));
    site.house.close();
    for shown in [site.open(&site.link(AMARAS)), site.fill_in(&site.link(AMARAS), &page, &[("safe", "1")])] {
        assert!(shown.status == 410 && shown.html.contains("This survey is closed"), "{}", shown.html);
    }
    assert_eq!(site.house.rows(StoreTable::Drafts), [], "what was not handed in is deleted");
}

#[test]
fn a_ballot_names_people_and_lets_them_share_a_place() {
    const BALLOT: &str = r#"
mode = "named"
invitation = "asked"

[[questions]]
name = "wanted"
type = "ranking"
text = "Whom would you like?"
required = true

[[questions]]
name = "not"
type = "avoid"
text = "Whom would you rather not meet?"
"#;
    let site = Site::of(crate::house::house_of(3, BALLOT));
    let link = site.link(AMARAS);
    let page = site.open(&link);
    let named: Vec<_> = (1..=3).map(|n| page.html.matches(&format!(">Jo mentee {n}</label>")).count()).collect();
    assert_eq!(named, [2, 2, 2], "to be ranked, and to be left out");
    assert!(!page.html.contains("Jo mentor"), "nobody of one's own side: {}", page.html);
    let places = [("wanted:person-4", "2"), ("wanted:person-5", "1"), ("wanted:person-6", "2"), ("not", "person-4")];
    let done = site.fill_in(&link, &page, &places);
    assert_eq!(done.status, 303, "{}", done.html);
    let expect = json!({ "wanted": ["person-5", ["person-4", "person-6"]], "not": ["person-4"] });
    assert_eq!(kept(&site)[0]["answers"], expect);
}

#[test]
fn what_is_answered_in_two_windows_is_not_lost() {
    let site = Site::of(house(SURVEY));
    let link = site.link(AMARAS);
    let (one, other) = (site.open(&link), site.open(&link));
    site.fill_in(&link, &one, &[("heard", "4"), ("hours", "3"), (":do", "keep")]);
    // The other window knows nothing of it: what it has goes over what was kept, and all is shown before it is handed in.
    let merged = site.fill_in(&link, &other, &[("heard", "2"), ("safe", "5"), ("met", "yes")]);
    assert!(merged.status == 422 && merged.html.contains("here is all of it together"), "{}", merged.html);
    assert_eq!((merged.radios("heard").1.as_deref(), merged.radios("safe").1.as_deref()), (Some("2"), Some("5")));
    // Whoever has seen it may take it back.
    let done = site.fill_in(&link, &merged, &[("hours", "")]);
    assert_eq!(done.status, 303, "{}", done.html);
    assert_eq!(kept(&site)[0]["answers"], json!({ "heard": 2, "safe": 5, "met": "yes" }));
}

#[test]
fn something_to_read_is_shown_before_anything_is_handed_in() {
    const NOTE: &str = r#"
invitation = "asked"

[[questions]]
name = "main"
type = "likert"
text = "I can speak openly"
required = true

[[questions]]
name = "talk"
type = "note"
text = "You need not carry it alone."
relevant = "${main} <= 2"

[[questions]]
name = "twice"
type = "integer"
text = "Twice that:"
calculation = "2 * ${main}"
relevant = "${main} > 2"
"#;
    let site = Site::of(house(NOTE));
    let link = site.link(AMARAS);
    let page = site.open(&link);
    assert!(page.html.contains("<label for=\"q:main\">1</label>"), "its id is not that of the page: {}", page.html);
    let read = site.fill_in(&link, &page, &[("main", "1")]);
    assert!(read.html.contains("There is something to read because of what you have answered."), "{}", read.html);
    assert!(read.html.contains("You need not carry it alone.") && !read.html.contains("0 more"), "{}", read.html);
    assert_eq!(site.fill_in(&link, &read, &[]).status, 303);
    // What is worked out holds nobody back.
    let bens = site.link(BENS);
    assert_eq!(site.fill_in(&bens, &site.open(&bens), &[("main", "4")]).status, 303);
}

#[test]
fn a_form_speaks_the_language_that_is_asked_for() {
    const WELSH: &str = r#"
invitation = "asked"
languages = ["en", "cy"]

[[questions]]
name = "met"
type = "single"
required = true
text = { en = "Did you meet?", cy = "Wnaethoch chi gyfarfod?" }
choices = [{ name = "yes", label = { en = "Yes", cy = "Do" } }, { name = "no", label = { en = "No", cy = "Naddo" } }]

[[questions]]
name = "why"
type = "text"
text = { en = "Why not?", cy = "Pam ddim?" }
relevant = "${met} = 'no'"
"#;
    let site = Site::of(house(WELSH));
    let link = site.link(AMARAS);
    let english = site.open(&link);
    assert_eq!(site.open(&format!("{link}?language=xx")).html, english.html, "one that it does not have");
    assert!(english.html.contains("name=\":to\" value=\"cy\" lang=\"cy\">Cymraeg</button>"), "{}", english.html);
    // What was answered before somebody changed the language stays.
    let page = site.fill_in(&link, &english, &[("met", "no"), (":to", "cy")]);
    assert!(page.status == 200 && page.html.contains(" lang=\"cy\">Naddo</label>"), "{}", page.html);
    assert_eq!(page.radios("met"), (2, Some("no".into())));
    assert!(page.html.contains("Pam ddim?"), "with what is asked by now: {}", page.html);
    let kept = site.fill_in(&link, &page, &[(":do", "keep")]);
    assert!(kept.html.contains("href=\"?language&#x3D;cy\""), "{}", kept.html);
    let done = site.fill_in(&link, &page, &[("why", "Roedden ni i ffwrdd.")]);
    assert_eq!((done.status, done.location.as_str()), (303, "?language=cy"), "{}", done.html);
}

#[test]
fn what_is_no_form_is_refused_on_a_page_that_people_can_read() {
    let site = Site::of(house(SURVEY));
    let link = site.link(AMARAS);
    let long = format!("heard={}", "9".repeat(2 << 20));
    for (kind, body, status, says) in [
        ("application/json", "{}", 415, "Something went wrong here"),
        ("application/x-www-form-urlencoded", long.as_str(), 413, "This is too long"),
    ] {
        let page = site.send(&link, kind, body);
        assert_eq!(page.status, status);
        assert!(page.html.contains(says), "{}", page.html);
    }
    let put = site.put(&link);
    assert!(put.status == 405 && put.html.contains("Something went wrong here"), "{}", put.html);
    let nonsense =
        site.send(&link, "application/x-www-form-urlencoded", "%%%&&&=;heard&safe=%00&met=%ff&:seen=\u{1f600}");
    assert_eq!(nonsense.status, 422);
    assert_eq!(site.house.engine.read(&site.house.run, |of| of.run.waves[0].responded.len()).unwrap(), 0);
}
