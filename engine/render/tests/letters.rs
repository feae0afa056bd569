//! The letters of the shipped templates that the engine sends by itself: each is there, and says what it must with the
//! data that it gets.

use std::path::Path;
use turnabout_core::decide::SENT_BY_THE_ENGINE;
use turnabout_model::Period;
use turnabout_render::messages::{About, Contact, MessageBook, MessageData, Person, ProgrammeFacts, SessionFacts};

fn book(template: &str) -> MessageBook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../workflows").join(template);
    let files = turnabout_template::read_folder(&folder).expect("a shipped template can be read");
    MessageBook::compile(&files).expect("its messages have no problem")
}

/// What such a letter gets: a session if it is about one, and never a pair, a survey or a link.
fn data(role: &str, of_session: bool) -> MessageData {
    let zone = jiff::tz::TimeZone::get("Europe/London").expect("the zone is known");
    let starts = "2026-03-04T09:30:00Z".parse().expect("a moment");
    let title = "Mentor training, day 1: the mentoring conversation";
    MessageData {
        recipient: Person { name: "Amara Diaz".into(), role: role.into() },
        about: About::default(),
        session: of_session.then(|| SessionFacts::new(title, starts, Period::seconds(7 * 3600), &zone)),
        survey: None,
        agreement: None,
        programme: ProgrammeFacts {
            summary: "A year".into(),
            template: "harbour".into(),
            organisation: "Harbour Trust".into(),
        },
        coordinator: Contact { name: "Kit Moor".into(), email: "kit@example.org".into() },
        contact: Contact { name: "Ife Obi".into(), email: "ife@example.com".into() },
        settings: [].into(),
        link: None,
    }
}

#[test]
fn every_letter_that_the_engine_sends_is_written_and_complete() {
    for template in ["ambulance", "police", "race-equity"] {
        let book = book(template);
        for name in SENT_BY_THE_ENGINE {
            for role in ["mentor", "mentee"] {
                let of_session = name.starts_with("session-");
                let letter = book.render(name, &data(role, of_session)).unwrap_or_else(|e| panic!("{template}: {e}"));
                assert!(letter.body.starts_with("Dear Amara Diaz,\n"), "{template} / {name}: {}", letter.body);
                let told = letter.body.contains("Wednesday 4 March 2026 at 09:30");
                assert_eq!(told, of_session, "{template} / {name}: {}", letter.body);
            }
        }
    }
}

#[test]
fn a_reminder_says_when_in_a_sentence() {
    for template in ["ambulance", "police", "race-equity"] {
        let letter = book(template).render("reminder", &data("mentor", true)).expect("it has all it needs");
        let said = "“Mentor training, day 1: the mentoring conversation”. It starts on Wednesday 4 March 2026 at 09:30 and lasts 7 hours.";
        assert!(letter.body.contains(said), "{template}: {}", letter.body);
    }
}
