//! The ambulance year as requests: what a coordinator does from the first application to the celebration.
//!
//! Everything that a request needs is looked up from the API, and nothing is drawn: two servers that are told the same
//! story write the same journal.

use crate::{
    server::{Server, project},
    story::{Story, id},
};
use serde_json::{Value as Json, json};
use std::fs;

/// What a concern says; it must never be seen again but by its contact.
pub(crate) const SECRET: &str = "He shouted at me in front of the whole watch";

impl<'a> Story<'a> {
    /// Starts a run with the sample cohort.
    pub(crate) fn begin(server: &'a Server) -> Self {
        let run = json!({
            "template": "ambulance", "client": "Fellmarch Ambulance Trust", "seed": 7,
            "contacts": {
                "coordinator": {"name": "Bridie Faulk", "email": "bridie.faulk@fellmarch.example"},
                "sponsor": {"name": "Orla Kestrel", "email": "orla.kestrel@fellmarch.example"},
                "contact": {"name": "Osei Lamptey", "email": "speakup@listening.example"},
            },
        });
        let people = fs::read_to_string(project("examples/ambulance-trust/people.csv")).unwrap();
        Self::start(server, &run, &people)
    }

    /// The year up to the day on which its ten pairs are published.
    pub(crate) fn tell_to_the_pairs(&self) {
        self.recruiting();
        self.engagement();
        self.training();
        self.matching();
        self.signing();
    }

    /// The same in short, with one who never comes to anything. Returns their id.
    pub(crate) fn to_the_pairs_without(&self, name: &str) -> String {
        self.post("/recruitments/volunteers/close", json!({})).done();
        while let Some(session) = self.next_session() {
            self.hold(&session, &[name]);
        }
        self.post("/proposals/proposal-1/publish", json!({})).done();
        self.everybody_signs();
        self.person(name)
    }

    /// The whole year.
    pub(crate) fn tell(&self) {
        self.tell_to_the_pairs();
        self.mentoring();
        self.celebrating();
    }

    /// Three come late: a mentor to spare, a mentee who will miss every training, and one who is declined.
    fn recruiting(&self) {
        self.expect_stage("Recruiting");
        self.clock_to("2026-01-19T10:00:00Z");
        for (role, name, grade) in
            [("mentor", "Asha Bell", "4"), ("mentee", "Rolf Tan", "10"), ("mentee", "Una Oy", "9")]
        {
            let email = format!("{}@fellmarch.example", name.replace(' ', ".").to_lowercase());
            let attributes =
                json!({"topics": ["night shifts", "wellbeing", "inclusion"], "grade": [grade], "site": ["Harbour"]});
            self.post("/participants", json!({"role": role, "name": name, "email": email, "attributes": attributes}))
                .done();
        }
        let declined = self.person("Una Oy");
        let status = self.at(&format!("/participants/{declined}/status"));
        let answer = self.server.write("PUT", &status, "application/json", &json!({"status": "declined"}).to_string());
        assert_eq!(answer.done()["status"], "declined");
        self.post("/recruitments/volunteers/close", json!({})).done();
        self.post("/recruitments/volunteers/close", json!({})).refused(409, "run::already_so");
    }

    fn engagement(&self) {
        self.expect_stage("Engagement");
        let day = self.planned("engagement-day");
        // Not before it has begun.
        self.post(&format!("/sessions/{}/held", id(&day)), json!({"attended": []})).refused(422, "run::bad_time");
        self.hold(&day, &["Piotr Sowa"]);
    }

    /// The mentors' first day moves by a day, and one of them misses it; the mentees' day is called off and planned
    /// again. Rolf Tan never comes.
    fn training(&self) {
        self.expect_stage("Training");
        let first = self.planned("mentor-day-1");
        self.post(&format!("/sessions/{}/reschedule", id(&first)), json!({"starts": "2026-03-05T09:30:00Z"})).done();
        let mentees = self.planned("mentee-day");
        self.post(&format!("/sessions/{}/cancel", id(&mentees)), json!({"reason": "The room is flooded"})).done();
        assert_ne!(id(&self.planned("mentee-day")), id(&mentees), "it was planned again");
        self.hold(&self.planned("mentor-day-1"), &["Lowri Pugh"]);
        while let Some(next) = self.next_session() {
            self.meet_nobody_yet();
            self.hold(&next, &["Rolf Tan"]);
        }
    }

    /// Before anybody is trained there is no pair that could meet.
    fn meet_nobody_yet(&self) {
        let now = self.server.now();
        let meeting = json!({"pair": "pair-1", "on": now, "minutes": 50, "form": "video"});
        self.post("/meetings", meeting).refused(404, "run::unknown");
    }

    fn matching(&self) {
        self.expect_stage("Matching");
        self.meet_nobody_yet();
        let proposals = self.list("/proposals");
        let proposal = self.server.get(&self.at(&format!("/proposals/{}", id(&proposals[0])))).done();
        assert_eq!(proposal["pairs"].as_array().unwrap().len(), 10, "{proposal}");
        let left = proposal["unmatched"].as_array().unwrap();
        let why = |who: &str| left.iter().find(|one| one["participant"] == who).unwrap_or_else(|| panic!("{proposal}"));
        let untrained = why(&self.person("Rolf Tan"));
        assert_eq!((&untrained["because"], &untrained["session"]), (&json!("gate"), &json!("mentee-day")));
        let task = self.open_task("review-proposal");
        self.post(&format!("/tasks/{task}/close"), json!({"choice": "done"})).refused(409, "run::publish_instead");
        self.post(&format!("/proposals/{}/publish", id(&proposals[0])), json!({})).done();
        assert_eq!(self.list("/pairs").len(), 10);
    }

    /// Nobody meets before both have read and signed what the two agree on.
    fn signing(&self) {
        let pair = self.list("/pairs")[0].clone();
        let agreements = self.list("/agreements");
        assert_eq!(agreements.len(), 10);
        let own = agreements.iter().find(|agreement| agreement["pair"] == pair["id"]).unwrap();
        assert_eq!(own["missing"].as_array().unwrap().len(), 2);
        assert_eq!(self.server.get(&self.run).done()["unsigned_pairs"], 10);
        let at = self.at(&format!("/agreements/{}", id(own)));
        let shown = self.server.get(&at).done();
        let name = |who: &str| self.server.get(&self.at(&format!("/participants/{who}"))).done()["name"].clone();
        for who in ["mentor", "mentee"] {
            let name = name(pair[who].as_str().unwrap());
            assert!(shown["text"].as_str().unwrap().contains(name.as_str().unwrap()), "{shown}");
        }
        assert!(shown["title"].as_str().unwrap().starts_with("How ") && shown["hash"].as_str().unwrap().len() == 64);
        let met = json!({"pair": pair["id"], "on": self.server.now(), "minutes": 50, "form": "video"});
        self.post("/meetings", met.clone()).refused(422, "run::unsigned");

        let sign =
            |who: &Json| self.post(&format!("/agreements/{}/signatures", id(own)), json!({ "participant": who }));
        sign(&json!(self.person("Rolf Tan"))).refused(422, "run::not_invited");
        assert_eq!(sign(&pair["mentor"]).done()["signed"], json!([pair["mentor"]]));
        sign(&pair["mentor"]).refused(409, "run::already_so");
        self.post("/meetings", met).refused(422, "run::unsigned");
        assert_eq!(sign(&pair["mentee"]).done()["complete"], true);
        sign(&pair["mentee"]).refused(409, "run::already_so");
        self.everybody_signs();
        assert_eq!(self.server.get(&self.run).done()["unsigned_pairs"], 0);
    }

    /// Pairs meet month by month, everyone comes to the calls, somebody leaves, and something is not right.
    fn mentoring(&self) {
        self.expect_stage("Mentoring");
        for (number, month) in
            ["2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"].iter().enumerate()
        {
            self.diary_up_to(&format!("{month}-12T17:00:00Z"));
            match number {
                1 => self.somebody_leaves(),
                2 => self.something_is_not_right(),
                3 => self.half_way(),
                4 => self.signals(),
                _ => {}
            }
            self.pairs_meet();
        }
        while self.stage() == "Mentoring" {
            let next = self.next_session();
            match next.filter(|session| session["name"] != "celebration") {
                Some(call) => self.hold(&call, &[]),
                None => self.clock_to("2026-11-25T09:00:00Z"),
            }
        }
    }

    /// A mentor leaves, and the mentee is matched with the one to spare.
    fn somebody_leaves(&self) {
        let left = self.list("/proposals")[0]["unmatched"].as_array().unwrap().clone();
        let spare = left.iter().find(|left| left["because"] == "no-place-left").unwrap()["participant"].clone();
        let leaver = self.list("/pairs")[3]["mentor"].as_str().unwrap().to_owned();
        self.post(&format!("/participants/{leaver}/withdraw"), json!({})).done();
        self.post(&format!("/participants/{leaver}/withdraw"), json!({})).refused(409, "run::withdrawn");
        let proposals = self.list("/proposals");
        assert_eq!(proposals.len(), 2);
        self.post(&format!("/proposals/{}/publish", id(&proposals[1])), json!({})).done();
        let pairs = self.list("/pairs");
        assert_eq!((pairs.len(), &pairs[3]["ended"]), (11, &json!("withdrawal")));
        self.server
            .get(&self.at(&format!("/participants/{leaver}/certificate/page")))
            .refused(409, "run::not_completed");
        assert_eq!(pairs[10]["mentor"], spare);
        self.everybody_signs();
        let over = json!({"pair": "pair-4", "on": self.server.now(), "minutes": 5, "form": "video"});
        self.post("/meetings", over).refused(409, "run::already_so");
    }

    fn something_is_not_right(&self) {
        let raised = self.post("/concerns", json!({"by": self.person("Kwame Bediako"), "text": SECRET})).done();
        assert_eq!(raised["open"], true);
        let concern = id(&raised);
        assert_eq!(self.post(&format!("/concerns/{concern}/close"), json!({})).done()["open"], false);
    }

    /// The survey half-way: most answer, one wrongly at first.
    fn half_way(&self) {
        let waves = self.list("/waves");
        // The first was the baseline.
        let wave = id(&waves[1]);
        let detail = self.server.get(&self.at(&format!("/waves/{wave}"))).done();
        let missing: Vec<_> = detail["missing"].as_array().unwrap().iter().map(|who| who.as_str().unwrap()).collect();
        let respond = |who: &str, answers: Json| {
            self.post(&format!("/waves/{wave}/responses"), json!({"participant": who, "answers": answers}))
        };
        respond(missing[0], json!({"safe": 9})).refused(422, "live::answers");
        for (number, who) in missing.iter().enumerate().take(6) {
            respond(who, json!({"safe": 1 + number % 5, "worthwhile": 4, "supported": 5})).done();
        }
        respond(missing[0], json!({"safe": 5, "worthwhile": 4, "supported": 5})).refused(409, "run::already_so");
    }

    /// A letter for the script counts once.
    fn signals(&self) {
        let letter = json!({"name": "surge-over", "key": "2026-09-12", "payload": {"stations": 4}});
        assert!(self.post("/signals", letter.clone()).done()["signal"].is_string());
        assert_eq!(self.post("/signals", letter).done()["signal"], Json::Null);
    }

    /// Every pair that goes on has met, but for one that has no time.
    fn pairs_meet(&self) {
        let now = self.server.now();
        for (number, pair) in self.list("/pairs").iter().enumerate().filter(|(_, pair)| pair["ended"].is_null()) {
            if number != 6 {
                let met = json!({"pair": pair["id"], "on": now, "minutes": 45 + number, "form": "in-person"});
                self.post("/meetings", met).done();
            }
        }
    }

    fn celebrating(&self) {
        self.expect_stage("Celebrating");
        let celebration = self.planned("celebration");
        // Nobody notes who came until the engine asks.
        self.clock_to("2027-01-03T09:00:00Z");
        let task = self.open_task("record-attendance");
        // Only the list itself will do.
        let close = format!("/tasks/{task}/close");
        self.post(&close, json!({"choice": "the list is on its way"})).refused(409, "run::record_instead");
        self.hold(&celebration, &[]);
        self.post(&close, json!({"choice": "again"})).refused(409, "run::already_so");
        let wave = id(&self.list("/waves")[2]);
        let answers = json!({
            "word_gets_up": 4, "word_gets_down": 4, "talk_past": 2, "one_trust": 5, "at_ease": 4, "them_and_us": 2,
            "their_day": 4, "their_worries": 4, "changes_what_i_do": 3, "next_step": 4, "whom_to_ask": 3,
            "prepared": 4, "stayed_in_role": 4, "worth_it": 5, "recommend": 5, "development": "yes",
        });
        let answer = json!({"participant": self.person("Tamsin Orr"), "answers": answers});
        self.post(&format!("/waves/{wave}/responses"), answer).done();
        self.clock_to("2027-02-01T09:00:00Z");
        self.certificates();
        self.expect_finished();
    }

    /// Lives through the diary up to a day.
    fn diary_up_to(&self, day: &str) {
        while let Some(session) = self.next_session().filter(|session| session["ends"].as_str().unwrap() < day) {
            self.hold(&session, &["Rolf Tan"]);
        }
        self.clock_to(day);
    }
}

/// What is left in the end.
impl Story<'_> {
    /// Whoever stayed can print what they did; whoever left can't.
    fn certificates(&self) {
        let of = |who: &str| self.server.get(&self.at(&format!("/participants/{who}/certificate/page")));
        let page = of(&self.person("Tamsin Orr"));
        assert_eq!((page.status, page.kind.as_str()), (200, "text/html; charset=utf-8"), "{}", page.text);
        for part in ["Tamsin Orr", "Fellmarch Ambulance Trust", "Hours of training", "Engagement day"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        assert!(!page.text.contains("Group call"), "where somebody spoke or sought support is nobody's business");
        let others = self.list("/participants");
        let others = others.iter().map(|other| other["name"].as_str().unwrap()).filter(|name| *name != "Tamsin Orr");
        for name in others {
            assert!(!page.text.contains(name), "{name} is on another's certificate");
        }
        let left = self.list("/pairs")[3]["mentor"].as_str().unwrap().to_owned();
        of(&left).refused(409, "run::not_completed");
        of("person-4000").refused(404, "run::unknown");
    }
}
