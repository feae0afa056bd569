//! Somebody who reads every report that was ever shown, knows who is in which group, and subtracts.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What somebody answered in one wave: nothing at all, or each of three items or not.
type Given = Option<[bool; 3]>;

/// A person: a site, what they answered in each wave, and whether they are named for what they asked for.
#[derive(Debug, Clone)]
struct Somebody {
    site: u8,
    given: [Given; 3],
    named: bool,
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let given = || prop::option::weighted(0.9, [0.97, 0.9, 0.95].map(prop::bool::weighted));
    (0..3_u8, [given(), given(), given()], prop::bool::weighted(0.3)).prop_map(|(site, given, named)| Somebody {
        site,
        given,
        named,
    })
}

/// The surveys of the three waves: a baseline, what asks the same later, and that once more.
const SENT: [&str; 3] = ["before", "after", "after"];

fn cohort(people: &[Somebody], k: u8) -> World {
    let mut world = cohort_of(people, k);
    for (wave, survey) in SENT.into_iter().enumerate() {
        send(&mut world, people, wave, survey);
    }
    world
}

/// The people and the surveys, before anything is sent.
fn cohort_of(people: &[Somebody], k: u8) -> World {
    let mut world = World::of(u32::try_from(people.len()).unwrap());
    let likert = |name: &str| json!({ "name": name, "type": "likert", "text": name });
    let members = json!({ "threshold": k, "by": ["role", "site"],
        "scales": [{ "name": "open", "items": ["a", "b"], "reverse": ["b"], "least": 1 }] });
    world.survey("before", members.clone(), json!([likert("a"), likert("b")]));
    world.survey(
        "after",
        members,
        json!([likert("a"), likert("b"),
        { "name": "grow", "type": "single", "text": "?", "choices": ["yes", "no"], "consent": "grow_ok" },
        { "name": "grow_ok", "type": "single", "text": "?", "choices": ["named", "no"] }]),
    );
    for (who, person) in (1..).zip(people) {
        world.attribute(who, "site", ["north", "south", "east"][usize::from(person.site)]);
    }
    world
}

/// Sends a survey and lets everybody answer what they answer in that wave.
fn send(world: &mut World, people: &[Somebody], wave: usize, survey: &str) {
    let sent = world.send(survey);
    for (who, person) in (1..).zip(people) {
        let Some([a, b, grow]) = person.given[wave] else { continue };
        let mut answers = serde_json::Map::new();
        let mut put = |given: bool, name: &str, answer: Json| given.then(|| answers.insert(name.into(), answer));
        put(a, "a", (1 + who % 5).into());
        put(b, "b", (1 + (who + 2) % 5).into());
        put(grow && wave > 0, "grow", if who % 3 == 0 { "no" } else { "yes" }.into());
        put(wave > 0, "grow_ok", if person.named { "named" } else { "no" }.into());
        world.answer(sent, who, answers.into());
    }
}

/// Who answered something in a wave, found without the code that is tested.
fn answered(people: &[Somebody], wave: usize, name: &str) -> BTreeSet<usize> {
    let has = |[a, b, grow]: &[bool; 3]| match name {
        "a" => *a,
        "b" => *b,
        "open" => *a || *b,
        "grow" => *grow,
        _ => false,
    };
    (0..people.len()).filter(|who| people[*who].given[wave].as_ref().is_some_and(has)).collect()
}

fn within(people: &[Somebody], view: &str, who: usize) -> bool {
    match view.split_once(": ") {
        None => view == "everyone",
        Some(("role", role)) => who.is_multiple_of(2) == (role == "mentor"),
        Some(("site", site)) => ["north", "south", "east"][usize::from(people[who].site)] == site,
        Some(_) => false,
    }
}

/// A figure that was shown: where, and about whom.
type Figure = (String, BTreeSet<usize>);

/// The figures of a report as it is read, from its JSON, by the variable they tell about.
fn figures(report: &Json, people: &[Somebody], found: &mut BTreeMap<String, BTreeSet<Figure>>) {
    let mut add = |place: String, waves: &[usize], name: &str, view: &Json, n: Option<&Json>| {
        let Some(n) = n.and_then(Json::as_u64) else { return };
        let label = view["view"].as_str().unwrap();
        let mut set: BTreeSet<usize> = (0..people.len()).filter(|who| within(people, label, *who)).collect();
        for wave in waves {
            set = &set & &answered(people, *wave, name);
        }
        assert_eq!(usize::try_from(n).unwrap(), set.len(), "{place} {label} is about other people");
        for wave in waves {
            let variables = if name == "open" { vec!["a", "b", name] } else { vec![name] };
            for variable in variables {
                let figures = found.entry(format!("{wave}/{variable}")).or_default();
                figures.insert((format!("{place} {label}"), set.clone()));
            }
        }
    };
    let number = |id: &Json| id.as_str().unwrap()["wave-".len()..].parse::<usize>().unwrap() - 1;
    let listed = |of: &Json, name: &str| of[name].as_array().cloned().unwrap_or_default();
    for wave in listed(report, "waves") {
        let at = number(&wave["wave"]);
        for topic in listed(&wave, "items").iter().chain(&listed(&wave, "scales")) {
            let name = topic["name"].as_str().unwrap();
            for view in listed(topic, "views") {
                add(format!("{at} {name}"), &[at], name, &view, view["result"]["shown"].get("n"));
            }
        }
    }
    for change in listed(report, "changes") {
        let (first, last) = (number(&change["first"]), number(&change["last"]));
        let name = change["name"].as_str().unwrap();
        for view in listed(&change, "views") {
            let shown = &view["result"]["shown"];
            add(format!("{first} to {last} {name}"), &[first, last], name, &view, shown.get("n_paired"));
            add(format!("before {name}"), &[first], name, &view, shown.get("n_before"));
            add(format!("after {name}"), &[last], name, &view, shown.get("n_after"));
        }
    }
}

/// Who is known by name to have asked for something, by wave.
fn named(report: &Json, known: &mut BTreeMap<String, BTreeSet<usize>>) {
    for list in report["named"].as_array().unwrap() {
        let wave = list["wave"].as_str().unwrap()["wave-".len()..].parse::<usize>().unwrap() - 1;
        let people = list["choices"].as_array().unwrap().iter().flat_map(|choice| choice["people"].as_array().unwrap());
        let numbers = people.map(|name| name.as_str().unwrap()["Name ".len()..].parse::<usize>().unwrap() - 1);
        known.entry(format!("{wave}/grow")).or_default().extend(numbers);
    }
}

/// Adds and takes away up to `left` more figures, and counts who is left.
fn subtract(
    figures: &[(&str, Vec<usize>)],
    from: usize,
    left: usize,
    weights: &mut [i32],
    k: usize,
    used: &mut Vec<(String, i32)>,
) -> Result<(), TestCaseError> {
    let apart = weights.iter().filter(|weight| **weight != 0).count();
    prop_assert!(apart == 0 || apart >= k, "{apart} people of {k} are told apart by {used:?}");
    if left == 0 {
        return Ok(());
    }
    for (index, (name, people)) in figures.iter().enumerate().skip(from) {
        for sign in [1, -1] {
            for who in people {
                weights[*who] += sign;
            }
            used.push(((*name).to_owned(), sign));
            subtract(figures, index + 1, left - 1, weights, k, used)?;
            used.pop();
            for who in people {
                weights[*who] -= sign;
            }
        }
    }
    Ok(())
}

/// Fails if three figures on a variable, added and taken away, tell about fewer than k people who are not known by name.
fn nobody_apart(
    people: usize,
    k: usize,
    found: &BTreeMap<String, BTreeSet<(String, BTreeSet<usize>)>>,
    known: &BTreeMap<String, BTreeSet<usize>>,
) -> Result<(), TestCaseError> {
    for (variable, figures) in found {
        let nobody = BTreeSet::new();
        let known = known.get(variable).unwrap_or(&nobody);
        // A figure over the same people is no other one.
        let mut sets: BTreeMap<Vec<usize>, &str> = BTreeMap::new();
        for (name, set) in figures {
            prop_assert!(set.len() >= k, "{name} is about {} people", set.len());
            sets.insert(set.difference(known).copied().collect(), name);
        }
        let sets: Vec<(&str, Vec<usize>)> = sets.into_iter().map(|(set, name)| (name, set)).collect();
        subtract(&sets, 0, 3, &mut vec![0; people], k, &mut Vec::new())?;
    }
    Ok(())
}

/// What an amendment does to the surveys.
#[derive(Debug, Clone, Copy)]
enum Change {
    /// What asked once is asked again by another survey from now on.
    Adds,
    /// The survey that would have asked again is gone.
    Removes,
    /// The survey that would have asked again asks in other words.
    Rewords,
    /// Results are no longer broken down by site.
    NoSite,
    /// The site becomes an attribute of a special category.
    SiteIsSpecial,
    /// The surveys' results need so many people from now on.
    Threshold(u8),
}

impl Change {
    /// Makes the change, and says which survey the later waves ask.
    fn make(self, world: &mut World) -> &'static str {
        let mut after = world.surveys["after"].clone();
        match self {
            Self::Adds => {}
            Self::Removes => {
                world.surveys.remove("after");
                return "before";
            }
            Self::Rewords => {
                let mut json = serde_json::to_value(&after).unwrap();
                json["questions"][0]["text"] = "a, in other words".into();
                after = serde_json::from_value(json).unwrap();
            }
            Self::NoSite => {
                for survey in world.surveys.values_mut() {
                    survey.by.retain(|by| by != "site");
                }
                after.by.retain(|by| by != "site");
            }
            Self::SiteIsSpecial => {
                let site: SmolStr = "site".into();
                world.programme.attributes.get_mut(&site).unwrap().special = true;
            }
            Self::Threshold(people) => {
                let people = people.try_into().unwrap();
                world.surveys.values_mut().for_each(|survey| survey.threshold = people);
                after.threshold = people;
            }
        }
        world.surveys.insert("after".into(), after);
        "after"
    }
}

/// Every view that is shown, with all that it says.
fn shown(report: &Json) -> BTreeMap<String, Json> {
    let mut found = BTreeMap::new();
    let listed = |of: &Json, name: &str| of[name].as_array().cloned().unwrap_or_default();
    let mut add = |place: String, topic: &Json| {
        for view in listed(topic, "views") {
            if let Some(told) = view["result"].get("shown") {
                found.insert(format!("{place} {} {}", topic["name"], view["view"]), told.clone());
            }
        }
    };
    for wave in listed(report, "waves") {
        for topic in listed(&wave, "items").iter().chain(&listed(&wave, "scales")) {
            add(wave["wave"].to_string(), topic);
        }
    }
    for change in listed(report, "changes") {
        add(format!("{} to {}", change["first"], change["last"]), &change);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// Reports are read after every closing and at the end, in any order of closing.
    #[test]
    fn nobody_can_be_told_from_all_reports_together(
        people in prop::collection::vec(somebody(), 5..=30),
        k in 5..=8_u8,
        order in Just([0_u32, 1, 2]).prop_shuffle(),
    ) {
        let mut world = cohort(&people, k);
        let (mut found, mut known) = (BTreeMap::new(), BTreeMap::new());
        for step in 0..=3 {
            match order.get(step) {
                Some(wave) => world.close(WaveId(wave + 1)),
                None => world.tell(&Event::RunFinished),
            }
            let report: Json = serde_json::from_str(&serde_json::to_string(&world.evaluated()).unwrap()).unwrap();
            figures(&report, &people, &mut found);
            named(&report, &mut known);
        }
        nobody_apart(people.len(), usize::from(k), &found, &known)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Reports are read after every closing, at the amendment, and at the end.
    #[test]
    fn an_amendment_withholds_nothing_that_was_shown_and_tells_nobody_apart(
        people in prop::collection::vec(somebody(), 5..=30),
        k in 5..=8_u8,
        early in 1..=2_usize,
        closed in 0..=2_usize,
        change in prop::sample::select(vec![
            Change::Adds, Change::Removes, Change::Rewords, Change::NoSite, Change::SiteIsSpecial, Change::Threshold(12),
        ]),
    ) {
        let mut world = cohort_of(&people, k);
        let later = world.surveys["after"].clone();
        if matches!(change, Change::Adds) {
            world.surveys.remove("after");
        }
        let (mut found, mut known, mut before) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut read = |world: &World| {
            let report: Json = serde_json::from_str(&serde_json::to_string(&world.evaluated()).unwrap()).unwrap();
            figures(&report, &people, &mut found);
            named(&report, &mut known);
            let now = shown(&report);
            // Of each question only the change up to the last wave is told.
            let told = |view: &String| !view.contains(" to ") || report["changes"].as_array().unwrap().iter().any(|change| {
                view.starts_with(&format!("{} to {} {} ", change["first"], change["last"], change["name"]))
            });
            for (view, told) in before.iter().filter(|(view, _)| told(view)) {
                prop_assert_eq!(now.get(view), Some(told), "{} was shown", view);
            }
            before = now;
            Ok(())
        };
        let closed = closed.min(early);
        for (wave, sent) in SENT.into_iter().enumerate().take(early) {
            let again = if matches!(change, Change::Adds) { "before" } else { sent };
            send(&mut world, &people, wave, again);
        }
        for wave in (1..).take(closed) {
            world.close(WaveId(wave));
            read(&world)?;
        }
        world.amend();
        world.surveys.entry("after".into()).or_insert(later);
        let survey = change.make(&mut world);
        read(&world)?;
        for wave in early..3 {
            send(&mut world, &people, wave, survey);
        }
        for wave in (1..=3).skip(closed) {
            world.close(WaveId(wave));
            read(&world)?;
        }
        world.tell(&Event::RunFinished);
        read(&world)?;
        nobody_apart(people.len(), usize::from(k), &found, &known)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// A wave is judged by the threshold that people were told when it was sent. An amendment may only raise
    /// it; but if one that lowers it got through, it would change nothing here either, whether the wave has closed or not.
    #[test]
    fn another_threshold_changes_nothing_of_what_a_wave_shows(
        people in prop::collection::vec(somebody(), 5..=30),
        k in 5..=12_u8,
        another in 5..=14_u8,
        sent in 1..=2_usize,
        closed in 0..=2_usize,
    ) {
        let closed = closed.min(sent);
        let [mut kept, mut amended] = [(), ()].map(|()| {
            let mut world = cohort_of(&people, k);
            for (wave, survey) in SENT.into_iter().enumerate().take(sent) {
                send(&mut world, &people, wave, survey);
            }
            (1..).take(closed).for_each(|wave| world.close(WaveId(wave)));
            world
        });
        let before = kept.evaluated();
        kept.amend();
        amended.amend();
        Change::Threshold(another).make(&mut amended);
        prop_assert_eq!(&amended.evaluated(), &before);
        for world in [&mut kept, &mut amended] {
            (1..).take(sent).skip(closed).for_each(|wave| world.close(WaveId(wave)));
            world.tell(&Event::RunFinished);
        }
        prop_assert_eq!(amended.evaluated(), kept.evaluated());
    }
}

#[test]
fn the_attack_finds_what_a_careless_report_would_show() {
    // Without the gate: everyone and the mentors, sixteen of twenty.
    let figures = [("everyone", (0..20).collect()), ("mentors", (0..16).collect())];
    assert!(subtract(&figures, 0, 3, &mut [0; 20], 5, &mut Vec::new()).is_err());
    assert!(subtract(&figures, 0, 3, &mut [0; 20], 4, &mut Vec::new()).is_ok());
}
