use super::*;
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use smol_str::SmolStr;
use std::collections::BTreeMap;
use turnabout_model::{ParticipantId, Phrase, Survey, Wording};

fn survey() -> Survey {
    serde_json::from_value(json!({
        "title": "Half-way", "introduction": "Two lines\nto read.", "threshold": 11,
        "attribution": "Somebody", "licence": "CC0-1.0",
        "questions": [
            { "name": "hello", "type": "note", "text": "Read <this>." },
            { "name": "about", "type": "group", "text": "About us", "questions": [
                { "name": "agree", "type": "likert", "text": "How far?", "points": 4, "statements": [
                    { "name": "heard", "label": "I am heard" }, { "name": "safe", "label": "I am safe" }] },
                { "name": "rate", "type": "likert", "text": "And in all?", "points": 10 } ] },
            { "name": "site", "type": "single", "text": "Where?", "choices": ["north", "south"] },
            { "name": "days", "type": "multiple", "text": "When?", "choices": ["mon", "tue", "wed"] },
            { "name": "more", "type": "text", "text": "More?" },
            { "name": "years", "type": "integer", "text": "Years?", "least": 0, "most": 50 },
            { "name": "hours", "type": "decimal", "text": "Hours?" },
            { "name": "since", "type": "date", "text": "Since?" },
            { "name": "wanted", "type": "ranking", "text": "Whom?" },
            { "name": "drinks", "type": "ranking", "text": "What?", "choices": ["tea", "coffee", "water"] },
            { "name": "not", "type": "avoid", "text": "Not whom?" },
            { "name": "sum", "type": "integer", "text": "Together:", "calculation": "1 + 1" },
            { "name": "hidden", "type": "calculate", "calculation": "1 + 1" } ] }))
    .unwrap()
}

const PEOPLE: [u32; 4] = [3, 5, 8, 9];

fn shown(answers: &BTreeMap<SmolStr, Json>, faults: Vec<FormFault>, visible: impl Fn(&str) -> bool) -> String {
    let survey = survey();
    let names: Vec<SmolStr> = survey
        .all_questions()
        .into_iter()
        .map(|question| question.name.clone())
        .chain(survey.items().into_iter().map(|item| item.name.clone()))
        .filter(|name| visible(name))
        .collect();
    let people: Vec<_> = PEOPLE.map(|id| (ParticipantId(id), format!("Jo {id}"))).to_vec();
    form_page(&FormPage {
        survey: &survey,
        wording: &Wording::default(),
        visible: &names,
        required: &["site".into(), "heard".into()],
        computed: &BTreeMap::from([("sum".into(), json!(2))]),
        labels: &BTreeMap::from([("more".into(), "More, in the north?".into())]),
        answers,
        faults,
        people: &people,
        most_named: 100,
        closes: Timestamp::UNIX_EPOCH,
        zone: &TimeZone::UTC,
        kept: "0123",
        said: FormSaid::Nothing,
        look: &Look::default(),
    })
}

#[test]
fn everything_that_can_be_asked_is_on_the_page() {
    let page = shown(&BTreeMap::new(), Vec::new(), |_| true);
    for part in [
        "<p class=\"words\">Read &lt;this&gt;.</p>",
        "<h2>About us</h2>",
        "<h3>How far?</h3>",
        "<legend><span>I am heard</span></legend>",
        "1 if you do not agree at all, 10 if you agree completely.",
        "<legend><span>Where?</span></legend>",
        "<legend><span>When?</span> <span class=\"soft\">(optional)</span></legend>",
        ">More, in the north?</span> <span",
        "A whole number from 0 to 50.",
        "<label for=\"q:since\">Day</label>",
        "<label for=\"q:wanted\">Jo 3</label>",
        "<label for=\"q:drinks:2\">coffee</label>",
        "<p class=\"words\">Together: 2</p>",
        "never of fewer than 11 people",
        "Questions: Somebody, CC0-1.0.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("hidden\" name=\"hidden"), "{page}");
    // Whoever ticked an optional one can take it back; a required one has no way out.
    assert_eq!(page.matches(">No answer</label>").count(), 2, "safe and rate");
}

#[test]
fn what_is_not_asked_is_not_there() {
    let page = shown(&BTreeMap::new(), Vec::new(), |name| !["about", "safe", "more", "not"].contains(&name));
    for part in ["About us", "I am heard", "More, in the north?", "Not whom?"] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("Where?"));
}

#[test]
fn every_control_has_a_label_and_every_error_leads_to_one() {
    let names = ["heard", "rate", "site", "days", "more", "years", "hours", "since", "wanted", "drinks", "not"];
    let faults = names.map(|name| FormFault { question: name.into(), what: Wording::default().say(Phrase::NotChoice) });
    let page = shown(&BTreeMap::new(), faults.to_vec(), |_| true);
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "no id is there twice");
    for control in ["<input type=\"radio\"", "<input type=\"checkbox\"", "<input type=\"text\"", "<textarea", "<select"]
    {
        let found: Vec<&str> = page.split(control).skip(1).collect();
        assert!(!found.is_empty(), "{control}");
        for tag in found {
            let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
            assert!(page.contains(&format!("for=\"{id}\"")), "{control} {id}");
        }
    }
    for name in names {
        assert!(
            page.contains(&format!("<li><a href=\"#q:{name}\">")) && ids.contains(&&*format!("q:{name}")),
            "{name}"
        );
        assert!(page.contains(&format!("id=\"q:{name}:error\"")), "{name}");
    }
}

/// What a browser sends of a page as it stands.
fn sent(page: &str) -> Vec<(String, String)> {
    let unescape = |text: &str| {
        ["&quot;\"", "&#x27;'", "&#x60;`", "&#x3D;=", "&lt;<", "&gt;>", "&amp;&"].iter().fold(
            text.to_owned(),
            |text, rule| {
                let (entity, plain) = rule.split_at(rule.len() - 1);
                text.replace(entity, plain)
            },
        )
    };
    let value = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescape(rest.split_once('"')?.0))
    };
    let mut fields = Vec::new();
    for tag in page.split("<input ").skip(1) {
        let tag = &format!(" {}", tag.split('>').next().unwrap());
        let choice = tag.contains("\"radio\"") || tag.contains("\"checkbox\"");
        if !choice || tag.ends_with(" checked") {
            fields.push((value(tag, "name").unwrap(), value(tag, "value").unwrap()));
        }
    }
    for area in page.split("<textarea").skip(1) {
        let (tag, rest) = area.split_once(">\n").unwrap();
        fields.push((value(tag, "name").unwrap(), unescape(rest.split("</textarea>").next().unwrap())));
    }
    for select in page.split("<select").skip(1) {
        let select = select.split("</select>").next().unwrap();
        let chosen = select.split("<option").find(|option| option.contains(" selected")).unwrap();
        fields.push((value(select, "name").unwrap(), value(chosen, "value").unwrap()));
    }
    fields
}

fn picked(of: &'static [&'static str]) -> impl Strategy<Value = Json> {
    proptest::sample::subsequence(of, 1..=of.len()).prop_map(Json::from)
}

/// A ballot: places with one or several people.
fn ballot() -> impl Strategy<Value = Json> {
    (Just(PEOPLE.to_vec()).prop_shuffle(), proptest::collection::vec(1..3_usize, 1..4)).prop_map(|(people, sizes)| {
        let mut people = people.into_iter().map(|id| format!("person-{id}"));
        let mut places = Vec::new();
        for size in sizes {
            let mut held: Vec<String> = people.by_ref().take(size).collect();
            held.sort();
            match held.len() {
                0 => break,
                1 => places.push(json!(held[0])),
                _ => places.push(json!(held)),
            }
        }
        Json::from(places)
    })
}

fn answers() -> impl Strategy<Value = BTreeMap<SmolStr, Json>> {
    let all: Vec<(&'static str, BoxedStrategy<Json>)> = vec![
        ("heard", (1..=4_u8).prop_map(Json::from).boxed()),
        ("safe", (1..=4_u8).prop_map(Json::from).boxed()),
        ("rate", (1..=10_u8).prop_map(Json::from).boxed()),
        ("site", prop_oneof![Just(json!("north")), Just(json!("south"))].boxed()),
        ("days", picked(&["mon", "tue", "wed"]).boxed()),
        ("more", "[^\\r\\p{Cc}]{0,20}[a-z<>&\"'=`]".prop_map(|text| json!(text.trim())).boxed()),
        ("years", prop_oneof![any::<i64>().prop_map(Json::from), Just(json!("many"))].boxed()),
        ("hours", prop_oneof![(-1e6..1e6).prop_map(|hours: f64| json!(hours)), Just(json!("1,000.5"))].boxed()),
        (
            "since",
            (1_000..9_999_u32, 1..=13_u32, 1..=40_u32)
                .prop_map(|(y, m, d)| json!(format!("{y}-{m:02}-{d:02}")))
                .boxed(),
        ),
        ("wanted", ballot().boxed()),
        ("drinks", Just(vec!["tea", "coffee", "water"]).prop_shuffle().prop_map(Json::from).boxed()),
        ("not", picked(&["person-3", "person-5", "person-8"]).boxed()),
    ];
    let each: Vec<_> = all
        .into_iter()
        .map(|(name, answer)| proptest::option::of(answer).prop_map(move |a| a.map(|a| (SmolStr::new(name), a))))
        .collect();
    each.prop_map(|answers| answers.into_iter().flatten().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_page_that_is_sent_back_untouched_has_the_answers_that_it_was_made_with(answers in answers()) {
        let page = shown(&answers, Vec::new(), |_| true);
        let posted = read_posted(&survey(), &sent(&page));
        prop_assert_eq!(posted.answers, answers);
        prop_assert_eq!(posted.language.as_deref(), Some("en"));
        prop_assert!(posted.wish == Wish::HandIn && posted.kept == "0123" && posted.seen.contains("heard"));
    }
}
