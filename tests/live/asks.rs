//! What a story looks up, in the words of those who tell it: names instead of ids.

use crate::story::{Story, id};
use jiff::{Span, Timestamp};
use serde_json::{Value as Json, json};

impl Story<'_> {
    /// The name of somebody by their id; `coordinator`, `sponsor` and `contact` are called so.
    pub(crate) fn name(&self, who: &Json) -> String {
        self.names(std::slice::from_ref(who)).remove(0)
    }

    /// The names of these, in the order of the alphabet.
    pub(crate) fn names(&self, who: &[Json]) -> Vec<String> {
        let everyone = self.list("/participants");
        let name = |who: &Json| {
            let found = everyone.iter().find(|person| person["id"] == *who);
            found.map_or_else(|| who.as_str().unwrap(), |person| person["name"].as_str().unwrap()).to_owned()
        };
        let mut names: Vec<String> = who.iter().map(name).collect();
        names.sort();
        names
    }

    /// Everyone in a role, in the order of the alphabet.
    pub(crate) fn everyone(&self, role: &str) -> Vec<String> {
        let everyone = self.list("/participants").into_iter().filter(|person| person["role"] == role);
        self.names(&everyone.map(|person| person["id"].clone()).collect::<Vec<_>>())
    }

    /// Every letter from a template that was ever put into the outbox, with when (`at`) and to whom (`to`). The journal
    /// knows it: the outbox itself has only those that still wait, and nobody delivers any on a simulated clock.
    pub(crate) fn queued(&self, template: &str) -> Vec<Json> {
        let entries = self.list("/journal").into_iter();
        let letters = entries
            .filter(|entry| entry["event"]["event"] == "message_queued" && entry["event"]["template"] == template);
        letters
            .map(|entry| {
                let to = &entry["event"]["to"];
                let to = to.get("participant").unwrap_or(to);
                json!({ "at": entry["at"], "to": to, "about": entry["event"]["about"] })
            })
            .collect()
    }

    /// Whom letters from a template were written to, in the order of the alphabet, each as often as they got one.
    pub(crate) fn letters(&self, template: &str) -> Vec<String> {
        self.names(&self.queued(template).into_iter().map(|letter| letter["to"].clone()).collect::<Vec<_>>())
    }

    /// The pairs that go on: mentor and mentee, in the order of the alphabet.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let open = self.list("/pairs").into_iter().filter(|pair| pair["ended"].is_null());
        let mut pairs: Vec<_> = open.map(|pair| (self.name(&pair["mentor"]), self.name(&pair["mentee"]))).collect();
        pairs.sort();
        pairs
    }

    /// The pair of somebody that goes on.
    pub(crate) fn pair_of(&self, name: &str) -> Json {
        let who = self.person(name);
        let pairs = self.list("/pairs");
        let own = |pair: &&Json| {
            pair["ended"].is_null() && (pair["mentor"] == who.as_str() || pair["mentee"] == who.as_str())
        };
        pairs.iter().find(own).unwrap_or_else(|| panic!("{name} is in no pair: {pairs:?}")).clone()
    }

    /// Notes that somebody has just met their partner.
    pub(crate) fn meets(&self, name: &str) {
        let met =
            json!({"pair": self.pair_of(name)["id"], "on": self.server.now(), "minutes": 50, "form": "in-person"});
        self.post("/meetings", met).done();
    }

    /// The pair that two people are in a draft or not: why, rule by rule.
    pub(crate) fn review(&self, proposal: &str, mentor: &str, mentee: &str) -> Json {
        let path = format!("/proposals/{proposal}/pairs/{}/{}", self.person(mentor), self.person(mentee));
        self.server.get(&self.at(&path)).done()
    }

    /// The last draft of pairs.
    pub(crate) fn proposal(&self) -> Json {
        let last = self.list("/proposals").pop().expect("a proposal");
        self.server.get(&self.at(&format!("/proposals/{}", id(&last)))).done()
    }

    /// The pairs of a draft by name, in the order of the alphabet.
    pub(crate) fn proposed(&self, proposal: &Json) -> Vec<(String, String)> {
        let pairs = proposal["pairs"].as_array().unwrap().iter();
        let mut pairs: Vec<_> = pairs.map(|pair| (self.name(&pair["mentor"]), self.name(&pair["mentee"]))).collect();
        pairs.sort();
        pairs
    }

    /// Why somebody is in no pair of a draft.
    pub(crate) fn unmatched(&self, proposal: &Json, name: &str) -> String {
        let who = self.person(name);
        let left = proposal["unmatched"].as_array().unwrap().iter();
        let found = left.clone().find(|left| left["participant"] == who.as_str());
        found.unwrap_or_else(|| panic!("{name} is not left: {proposal}"))["because"].as_str().unwrap().to_owned()
    }

    /// The sessions of a name in the diary, in the order in which they were planned.
    pub(crate) fn diary(&self, name: &str) -> Vec<Json> {
        self.list("/sessions").into_iter().filter(|session| session["name"] == name).collect()
    }

    /// The last wave of a survey, with its form.
    pub(crate) fn wave(&self, survey: &str) -> Json {
        let wave = self.list("/waves").into_iter().rfind(|wave| wave["survey"] == survey);
        let wave = wave.unwrap_or_else(|| panic!("'{survey}' was not sent at {}", self.server.now()));
        self.server.get(&self.at(&format!("/waves/{}", id(&wave)))).done()
    }

    /// Answers the last wave of a survey for somebody.
    pub(crate) fn answer(&self, survey: &str, name: &str, answers: &Json) -> crate::server::Answer {
        let path = format!("/waves/{}/responses", id(&self.wave(survey)));
        self.post(&path, json!({"participant": self.person(name), "answers": answers}))
    }

    /// Lives up to a day: whatever the diary has is held when it is over, and everybody comes but for these.
    pub(crate) fn live_until(&self, day: &str, but: &[&str]) {
        let day: Timestamp = day.parse().unwrap();
        loop {
            let now: Timestamp = self.server.now().parse().unwrap();
            let step = day.min(now + Span::new().hours(7 * 24));
            let ends = |session: &Json| session["ends"].as_str().unwrap().parse::<Timestamp>().unwrap();
            match self.next_session() {
                Some(session) if ends(&session) <= step => self.hold_at(&session, but),
                _ if now < day => self.clock_to(&step.to_string()),
                _ => return,
            }
        }
    }

    /// Holds a session that may be over already.
    fn hold_at(&self, session: &Json, but: &[&str]) {
        if session["ends"].as_str().unwrap() > self.server.now().as_str() {
            return self.hold(session, but);
        }
        let but: Vec<String> = but.iter().map(|name| self.person(name)).collect();
        let invited = session["audience"].as_array().unwrap();
        let attended: Vec<&Json> = invited.iter().filter(|who| !but.iter().any(|other| *who == other)).collect();
        self.post(&format!("/sessions/{}/held", id(session)), json!({ "attended": attended })).done();
    }

    /// Asserts that nobody is paired with their line manager, in pairs that go on or have ended.
    #[track_caller]
    pub(crate) fn expect_nobody_with_their_manager(&self) {
        let everyone = self.list("/participants");
        let person = |id: &Json| everyone.iter().find(|person| person["id"] == *id).unwrap();
        for pair in self.list("/pairs") {
            let (mentor, mentee) = (person(&pair["mentor"]), person(&pair["mentee"]));
            for (one, other) in [(mentor, mentee), (mentee, mentor)] {
                assert!(one["manager"].is_null() || one["manager"] != other["email"], "{one} and {other}");
            }
        }
    }

    /// Asserts that none of these texts is in anything that the API tells of a run.
    #[track_caller]
    pub(crate) fn expect_never_shown(&self, secrets: &[&str]) {
        for path in [
            "/participants",
            "/pairs",
            "/journal",
            "/timeline",
            "/outbox",
            "/concerns",
            "/tasks",
            "/waves",
            "/proposals",
            "/sessions",
            "/agreements",
            "/meetings",
        ] {
            let shown = format!("{:?}", self.list(path));
            for secret in secrets {
                assert!(!shown.contains(secret), "{path} shows '{secret}'");
            }
        }
    }

    /// Asserts that the journal, and what is told from it, keeps of people their ids alone.
    #[track_caller]
    pub(crate) fn expect_ids_alone(&self) {
        let everyone = self.list("/participants");
        assert!(!everyone.is_empty());
        let known = ["name", "email", "manager"].map(|key| everyone.iter().filter_map(move |who| who[key].as_str()));
        let known: Vec<&str> = known.into_iter().flatten().collect();
        for path in ["/journal", "/timeline", "/outbox", "/tasks", "/pairs", "/proposals"] {
            let told = format!("{:?}", self.list(path));
            for person in &known {
                assert!(!told.contains(person), "{path} has '{person}'");
            }
        }
    }

    /// Asserts that whoever was in a pair to its end can print what they did, under their name alone, and that whoever left
    /// can't.
    #[track_caller]
    pub(crate) fn expect_certificates(&self) {
        let everyone = self.list("/participants");
        let pairs = self.list("/pairs");
        let to_the_end = |who: &Json| {
            pairs.iter().any(|pair| pair["ended"] == "completed" && [&pair["mentor"], &pair["mentee"]].contains(&who))
        };
        let mut printed = 0;
        for person in &everyone {
            let page = self.server.get(&self.at(&format!("/participants/{}/certificate/page", id(person))));
            if person["status"] == "withdrawn" {
                page.refused(409, "run::not_completed");
            } else if to_the_end(&person["id"]) {
                assert_eq!(page.status, 200, "{person}: {}", page.text);
                printed += 1;
                for other in &everyone {
                    let name = other["name"].as_str().unwrap();
                    assert_eq!(page.text.contains(name), other["id"] == person["id"], "{name} on {}", page.text);
                }
            }
        }
        assert!(printed > 0, "nobody completed the programme: {pairs:?}");
    }

    /// Asserts that the run came to its end, that nothing waits to be mended, that its journal names nobody and that people
    /// get their certificates.
    #[track_caller]
    pub(crate) fn expect_finished(&self) {
        let shown = self.server.get(&self.run).done();
        assert_eq!((&shown["status"], &shown["parked"]), (&json!("finished"), &json!([])), "{shown}");
        self.expect_ids_alone();
        self.expect_certificates();
    }
}
