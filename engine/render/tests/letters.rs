//! The letters of the shipped templates that the engine sends by itself: each is there, and says what it must with the
//! data that it gets.

use std::path::Path;
use turnabout_core::decide::SENT_BY_THE_ENGINE;
use turnabout_model::Period;
use turnabout_render::messages::{
    About, Contact, Listener, MessageBook, MessageData, PauseFacts, Person, ProgrammeFacts, SessionFacts, TookPart,
};

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
        record: None,
        pause: None,
        lessons: None,
        programme: ProgrammeFacts {
            summary: "A year".into(),
            template: "harbour".into(),
            organisation: "Harbour Trust".into(),
        },
        coordinator: Contact { name: "Kit Moor".into(), email: "kit@example.org".into() },
        contact: Listener { who: Contact { name: "Ife Obi".into(), email: "ife@example.com".into() }, link: None },
        settings: [].into(),
        link: None,
    }
}

#[test]
fn every_letter_that_the_engine_sends_is_written_and_complete() {
    for template in ["ambulance", "police", "race-equity", "tpc-foundations"] {
        let book = book(template);
        for name in SENT_BY_THE_ENGINE {
            for role in ["mentor", "mentee"] {
                let of_session = name.starts_with("session-");
                let until = "2026-08-31T23:00:00Z".parse().expect("a moment");
                let zone = jiff::tz::TimeZone::get("Europe/London").expect("the zone is known");
                let pause = (name == "paused").then(|| PauseFacts::new(until, &zone));
                let data = MessageData { pause, ..data(role, of_session) };
                let letter = book.render(name, &data).unwrap_or_else(|e| panic!("{template}: {e}"));
                assert_eq!(letter.body.contains("Tuesday 1 September 2026"), name == "paused", "{template} / {name}");
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

#[test]
fn a_certificate_says_what_somebody_did_and_nothing_where_there_is_nothing() {
    let zone = jiff::tz::TimeZone::get("Europe/London").expect("the zone is known");
    let at = |day: &str| format!("{day}T10:00:00Z").parse::<jiff::Timestamp>().expect("a moment");
    let took_part = TookPart {
        sessions: vec![("Mentor training".into(), at("2026-03-04")), ("Celebration".into(), at("2026-12-18"))],
        training_minutes: 450,
        meetings: 9,
        span: Some((at("2026-03-04"), at("2026-12-18"))),
    };
    for template in ["ambulance", "police", "race-equity", "tpc-foundations"] {
        let book = book(template);
        let letter = |record: TookPart| {
            let data = MessageData { record: Some(record.facts(&zone)), ..data("mentor", false) };
            book.render("certificate", &data).unwrap_or_else(|e| panic!("{template}: {e}")).body
        };
        let whole = letter(took_part.clone());
        for part in [
            "Harbour Trust certifies that Amara Diaz took part as a mentor.\n",
            "From 4 March 2026 to 18 December 2026\nMonths: 9\nHours of training: 7.5\n",
            "reported them: 9\n\nSessions\nMentor training: 4 March 2026\nCelebration: 18 December 2026\n",
        ] {
            assert!(whole.contains(part), "{template}: {whole}");
        }
        let empty = letter(TookPart::default());
        assert!(!empty.contains("From ") && !empty.contains("Sessions"), "{template}: {empty}");
    }
}
