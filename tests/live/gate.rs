//! No meeting before training, where a template pairs people before they are trained.

use crate::{
    server::{Kills, Server, project},
    story::{Story, id},
};
use serde_json::json;
use std::{fs, path::Path};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The ambulance year with pairs that form before their training: the shipped one leaves the untrained unmatched.
#[test]
fn a_meeting_before_training_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("ambulance");
    copy(&project("workflows/ambulance"), &template);
    copy(&project("workflows/lib"), &folder.path().join("lib"));
    let manifest = fs::read_to_string(template.join("programme.toml")).unwrap();
    let early = manifest.replace(r#"match_mentee = ["mentee-day"]"#, "match_mentee = []");
    assert_ne!(early, manifest);
    fs::write(template.join("programme.toml"), early).unwrap();

    let server = Server::start_with(Kills::Never, template);
    let story = Story::begin(&server);
    let untrained = story.to_the_pairs_without("Greta Lindqvist");
    let pairs = story.list("/pairs");
    let pair = pairs.iter().find(|pair| pair["mentee"] == untrained.as_str()).unwrap();
    let journal = story.journal();
    let meeting = json!({"pair": id(pair), "on": server.now(), "minutes": 50, "form": "video"});
    let answer = story.post("/meetings", meeting);
    answer.refused(422, "run::gate");
    assert!(answer.json["detail"].as_str().unwrap().contains("mentee-day"), "{}", answer.text);
    assert_eq!(story.journal(), journal);
}
