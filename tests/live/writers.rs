//! Clients that write at one time, while something happens to the server; and what is there afterwards.

use crate::{
    server::{Answer, Client, Server},
    story::{Story, id},
};
use serde_json::{Value as Json, json};
use std::{
    collections::BTreeSet,
    sync::mpsc::{Sender, channel},
    thread,
};

/// How many clients write.
const CLIENTS: usize = 6;

/// The most that one client writes: more than it gets to before the server is gone.
const MOST: usize = 2_000;

/// Something that a client asked for. Each is unlike any other, so that it can be found again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wish {
    Participant(String),
    Letter(String),
    /// A meeting, by its moment.
    Meeting(String),
    Concern(String),
}

/// What became of a wish.
#[derive(Debug)]
pub(crate) enum Fate {
    /// It was answered with success, and this.
    Done(Wish, Json),
    /// It was answered with an error, or not at all: it may or may not have happened.
    Unknown(Wish),
}

impl Wish {
    /// The wish of a client in a round, by number.
    fn draw(round: usize, client: usize, number: usize) -> Self {
        let name = format!("{round}-{client}-{number}");
        match number % 4 {
            0 => Self::Participant(format!("late-{name}@fellmarch.example")),
            1 => Self::Letter(format!("letter-{name}")),
            2 => {
                let seconds = round * 100_000 + client * 10_000 + number;
                let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
                let day = 1 + seconds / 86_400;
                Self::Meeting(format!("2026-02-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
            }
            // Few, since only so many may be open at once.
            _ if number % 16 == 3 => Self::Concern(format!("concern {name}")),
            _ => Self::Letter(format!("another-{name}")),
        }
    }

    /// Its request: the path within a run, and the body.
    fn request(&self) -> (&'static str, Json) {
        match self {
            Self::Participant(email) => {
                let attributes = json!({"topics": ["rotas"], "grade": ["4"], "site": ["Harbour"]});
                let body = json!({"role": "mentor", "name": "Jo Late", "email": email, "attributes": attributes});
                ("/participants", body)
            }
            Self::Letter(key) => ("/signals", json!({"name": "note", "key": key})),
            Self::Meeting(on) => ("/meetings", json!({"pair": "pair-1", "on": on, "minutes": 30, "form": "video"})),
            Self::Concern(text) => ("/concerns", json!({ "text": text })),
        }
    }

    /// Its key: a repetition takes effect once.
    fn key(&self) -> &str {
        match self {
            Self::Participant(text) | Self::Letter(text) | Self::Meeting(text) | Self::Concern(text) => text,
        }
    }

    fn send(&self, client: &Client, run_url: &str) -> Result<Answer, ureq::Error> {
        let (path, body) = self.request();
        let key = self.key().replace(' ', "-");
        let headers = [("idempotency-key", key.as_str())];
        client.send("POST", &format!("{run_url}{path}"), "application/json", &body.to_string(), &headers)
    }
}

/// Lets clients write until they get no more answers. After the `after`-th success `then` happens, while they go on.
pub(crate) fn write_while(story: &Story<'_>, round: usize, after: usize, then: impl FnOnce()) -> Vec<Fate> {
    let run_url = story.server.url(&story.run);
    let (answered, answers) = channel();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (run_url, answered) = (&run_url, answered.clone());
                scope.spawn(move || write(run_url, round, client, &answered))
            })
            .collect();
        drop(answered);
        let seen = answers.iter().take(after).count();
        assert_eq!(seen, after, "the clients had no more to ask for");
        then();
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

fn write(run_url: &str, round: usize, client: usize, answered: &Sender<()>) -> Vec<Fate> {
    let http = Client::new();
    let mut fates = Vec::new();
    for number in 0..MOST {
        let wish = Wish::draw(round, client, number);
        match wish.send(&http, run_url) {
            Ok(answer) if matches!(answer.status, 200 | 201) => {
                fates.push(Fate::Done(wish, answer.json));
                // Nobody may listen any more.
                let _ = answered.send(());
            }
            // Only a server that is about to stop may refuse these.
            Ok(answer) => {
                assert_eq!(answer.status, 503, "{wish:?}: {}", answer.text);
                fates.push(Fate::Unknown(wish));
            }
            Err(_) => {
                fates.push(Fate::Unknown(wish));
                return fates;
            }
        }
    }
    fates
}

/// Everything that was answered is there, as it was answered; what was not is there once or not at all, and once after
/// it is asked for again with the same key.
pub(crate) fn expect_kept(story: &Story<'_>, fates: &[Fate]) {
    let there = Contents::of(story);
    for fate in fates {
        match fate {
            Fate::Done(wish, answer) => {
                assert!(there.has(wish, answer), "answered, and lost: {wish:?} {answer}");
            }
            Fate::Unknown(wish) => {
                let again = wish.send(&Client::new(), &story.server.url(&story.run)).unwrap();
                let answer = again.done();
                assert!(Contents::of(story).has(wish, &answer), "asked for twice, and lost: {wish:?} {answer}");
            }
        }
    }
    Contents::of(story).expect_each_once();
}

/// What a run holds.
struct Contents {
    participants: Vec<Json>,
    meetings: Vec<Json>,
    concerns: Vec<Json>,
    /// The keys and ids of letters, as the journal has them.
    letters: Vec<(String, String)>,
}

impl Contents {
    fn of(story: &Story<'_>) -> Self {
        let journal = story.list("/journal");
        let versions: Vec<u64> = journal.iter().map(|entry| entry["version"].as_u64().unwrap()).collect();
        assert_eq!(versions, (1..=versions.len() as u64).collect::<Vec<_>>(), "the journal has no gap");
        let letters = journal.iter().map(|entry| &entry["event"]).filter(|event| event["name"] == "note");
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        Self {
            participants: story.list("/participants"),
            meetings: story.list("/meetings"),
            concerns: story.list("/concerns"),
            letters: letters.map(|event| (text(&event["key"]), text(&event["signal"]))).collect(),
        }
    }

    fn has(&self, wish: &Wish, answer: &Json) -> bool {
        match wish {
            Wish::Participant(email) => {
                let own = &answer["added"][0];
                self.participants.iter().any(|person| person["id"] == *own && person["email"] == email.as_str())
            }
            Wish::Letter(key) => {
                self.letters.iter().any(|(other, signal)| other == key && answer["signal"] == signal.as_str())
            }
            Wish::Meeting(on) => self.meetings.iter().any(|meeting| meeting == answer && meeting["on"] == on.as_str()),
            Wish::Concern(_) => self.concerns.contains(answer),
        }
    }

    fn expect_each_once(&self) {
        let once = |what: &str, found: Vec<String>| {
            let different: BTreeSet<&String> = found.iter().collect();
            assert_eq!(different.len(), found.len(), "{what} happened twice");
        };
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        once("a participant", self.participants.iter().map(|person| text(&person["email"])).collect());
        once("a letter", self.letters.iter().map(|(key, _)| key.clone()).collect());
        once("a meeting", self.meetings.iter().map(|meeting| text(&meeting["on"])).collect());
        once("a concern", self.concerns.iter().map(id).collect());
    }
}

/// A server with a run in which pairs can meet.
pub(crate) fn in_the_middle(server: &Server) -> Story<'_> {
    let story = Story::begin(server);
    story.tell_to_the_pairs();
    story
}
