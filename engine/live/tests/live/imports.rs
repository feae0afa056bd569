//! People come in whole lists or one by one, past the same checks.

use crate::house::{PEOPLE, house};
use turnabout_live::{LiveError, views::ParticipantView};
use turnabout_model::{ParticipantId, ParticipantStatus, Person, Role};

fn person(name: &str, email: &str) -> Person {
    Person {
        id: ParticipantId(0),
        role: Role::Mentor,
        name: name.into(),
        email: email.into(),
        manager: None,
        attributes: Default::default(),
        consents: Default::default(),
        avoids: Default::default(),
        agreed_to_contact: None,
    }
}

#[test]
fn special_attributes_are_used_by_rules_and_shown_to_nobody() {
    let house = house();
    let run = house.start_with_people();
    let shown = house.engine.read(&run, |of| ParticipantView::of(of, ParticipantId(2))).unwrap().unwrap();
    assert_eq!(shown.attributes.keys().map(smol_str::SmolStr::as_str).collect::<Vec<_>>(), ["topics"]);
    assert_eq!(shown.consents, ["faith"]);
    let kept = house.engine.read(&run, |of| of.people.get(ParticipantId(2)).unwrap().attributes.len()).unwrap();
    assert_eq!(kept, 2);
}

#[test]
fn every_bad_row_is_named_and_nobody_comes_in() {
    let house = house();
    let run = house.start();
    let csv = PEOPLE.replace("mentor,Ben", "boss,Ben").replace("dev@example.org", "dev");
    let error = house.engine.import(&run, csv.as_bytes(), ParticipantStatus::Applied, None).unwrap_err();
    let LiveError::People(errors) = error else { panic!() };
    let rows: Vec<_> = errors.iter().map(|e| e.row).collect();
    assert_eq!(rows, [3, 5]);
    assert_eq!(house.engine.read(&run, |of| of.run.participants.len()).unwrap(), 0);
}

#[test]
fn one_person_passes_the_checks_of_a_list() {
    let house = house();
    let run = house.start();
    let add = |person: &Person| house.engine.add_person(&run, person, ParticipantStatus::Accepted, None);
    let with = |name: &str, values: &[&str]| {
        let mut person = person("Ola Berg", "ola@example.org");
        person.attributes.insert(name.into(), values.iter().map(|v| (*v).into()).collect());
        person
    };
    for (person, expect) in [
        (person("", "a@example.org"), "name"),
        (person("A", "no address"), "email"),
        (person("A\nB", "a@example.org"), "control"),
        (with("shoe_size", &["42"]), "no attribute 'shoe_size'"),
        (with("topics", &["a;b"]), "semicolon"),
    ] {
        let LiveError::People(errors) = add(&person).unwrap_err() else { panic!("{person:?}") };
        let said = format!("{:?}", errors[0]);
        assert!(said.contains(expect), "{said}");
    }
    add(&with("topics", &["night shifts", "careers"])).unwrap();
    let topics = house.engine.read(&run, |of| of.people.get(ParticipantId(1)).unwrap().attributes["topics"].len());
    assert_eq!(topics.unwrap(), 2);
    // Without consent a special attribute is not kept.
    add(&Person { email: "eve@example.org".into(), ..with("faith", &["none"]) }).unwrap();
    let kept = house.engine.read(&run, |of| of.people.get(ParticipantId(2)).unwrap().attributes.len()).unwrap();
    assert_eq!(kept, 0);
}

#[test]
fn an_address_takes_part_once_unless_its_owner_has_withdrawn() {
    let house = house();
    let run = house.start_with_people();
    let amara = || person("Amara Diaz", "AMARA@example.org");
    let add = || house.engine.add_person(&run, &amara(), ParticipantStatus::Accepted, None);
    assert!(matches!(add(), Err(LiveError::AlreadyIn { participant: ParticipantId(1), .. })));
    let withdraw = turnabout_core::decide::Input::Withdraw { participant: ParticipantId(1) };
    house.engine.submit(&run, withdraw, |_| ()).unwrap();
    assert_eq!(add().unwrap().answer.added, [ParticipantId(5)]);
}
