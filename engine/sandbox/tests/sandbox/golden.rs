//! The standard rules as components: the same cohorts as in their own native tests.

use crate::cohort::{Question, topics};
use serde_json::json;
use std::path::Path;
use turnabout_core::ports::{PluginFault, Rules};
use turnabout_model::{AttributeKind, Column};
use turnabout_sandbox::{Limits, PluginKind, Sandbox, standard_plugins};

fn sandbox() -> Sandbox {
    Sandbox::with_standard_plugins().unwrap()
}

fn overlap() -> Question {
    // race 0, faith 1, age 2, disability 3, gender 4.
    Question::standard("topic-overlap", &json!({ "mentor_attribute": "lived" }), 3, 4)
        .mentor("lived", Column::Set(vec![vec![0, 1, 2], vec![3], vec![]]))
        .mentee("topics", Column::Set(vec![vec![0], vec![0, 3], vec![1, 2, 4], vec![]]))
}

#[test]
fn topic_overlap_scores_the_share_of_the_mentees_topics() {
    let block = overlap().score(&sandbox()).unwrap();
    assert_eq!(block.mentees, 4);
    assert_eq!(block.scores, [1.0, 0.5, 2.0 / 3.0, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(block.vetoes, [0; 12]);
}

#[test]
fn topic_overlap_explains_itself() {
    let (sandbox, question) = (sandbox(), overlap());
    assert_eq!(question.codes(&sandbox, 0, 1), [("topics-offered".into(), 0.5)]);
    assert_eq!(question.codes(&sandbox, 1, 0), [("no-topic-offered".into(), 0.0)]);
    assert_eq!(question.codes(&sandbox, 0, 3), [("no-topic-wanted".into(), 0.0)]);
}

#[test]
fn reporting_line_vetoes_a_line_a_manager_and_a_gap() {
    // ann 0, dan 1, eve 2, bea 3, cas 4, fay 5, gus 6.
    let question = |settings| {
        Question::standard("reporting-line", &settings, 3, 4)
            .mentor("self", Column::Category(vec![Some(0), Some(1), Some(2)]))
            .mentor("line", Column::Set(vec![vec![3, 4], vec![3, 4], vec![]]))
            .mentor("manager", Column::Category(vec![Some(3), Some(3), None]))
            .mentor("grade", Column::Number(vec![Some(4.0), None, Some(7.0)]))
            .mentee("self", Column::Category(vec![Some(3), Some(4), Some(5), Some(6)]))
            .mentee("line", Column::Set(vec![vec![4], vec![], vec![2], vec![3, 4]]))
            .mentee("manager", Column::Category(vec![Some(4), None, Some(2), Some(3)]))
            .mentee("grade", Column::Number(vec![Some(6.0), Some(9.0), Some(8.0), Some(5.0)]))
    };
    let sandbox = sandbox();
    let vetoes = |settings| question(settings).score(&sandbox).unwrap().vetoes;
    assert_eq!(vetoes(json!({})), [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0]);
    assert_eq!(vetoes(json!({ "veto_shared_manager": true })), [1, 1, 0, 2, 1, 1, 0, 2, 0, 0, 1, 0]);
    assert_eq!(vetoes(json!({ "least_grade_gap": 2 })), [1, 1, 0, 3, 1, 1, 0, 0, 3, 0, 1, 3]);
    let scores = question(json!({})).score(&sandbox).unwrap().scores;
    assert_eq!(scores, [0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0]);
    assert_eq!(question(json!({})).codes(&sandbox, 0, 0), [("same-line".into(), 0.0)]);
}

#[test]
fn difference_vetoes_what_is_alike() {
    let question = |settings| {
        Question::standard("difference", &settings, 2, 3)
            .mentor("site", Column::Category(vec![Some(0), None]))
            .mentee("site", Column::Category(vec![Some(0), Some(1), None]))
    };
    let sandbox = sandbox();
    let block = question(json!({ "attribute": "site" })).score(&sandbox).unwrap();
    assert_eq!((block.scores, block.vetoes), (vec![0.0, 1.0, 0.5, 0.5, 0.5, 0.5], vec![1, 0, 0, 0, 0, 0]));
    let block = question(json!({ "attribute": "site", "if_unknown": "veto" })).score(&sandbox).unwrap();
    assert_eq!(block.vetoes, [1, 0, 2, 2, 2, 2]);
}

#[test]
fn every_standard_rule_describes_itself_by_its_own_name() {
    let sandbox = sandbox();
    for standard in standard_plugins().iter().filter(|plugin| plugin.kind == PluginKind::Rule) {
        let plugin = Question::standard(standard.id, &json!({}), 0, 0).plugin;
        let description = sandbox.describe(&plugin).unwrap();
        assert_eq!(description.id, standard.id);
        let manifest =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins").join(standard.id).join("plugin.toml");
        let manifest: toml::Table = std::fs::read_to_string(manifest).unwrap().parse().unwrap();
        assert_eq!(Some(description.version.as_str()), manifest["version"].as_str(), "{}", standard.id);
        assert!(!description.reasons.is_empty());
        for (name, property) in description.settings_schema["properties"].as_object().unwrap() {
            assert!(property.get("default").is_some(), "{}: {name} needs a default", standard.id);
        }
    }
    let description = sandbox.describe(&overlap().plugin).unwrap();
    assert_eq!(description.mentor_attributes[0].name, "{mentor_attribute}");
    assert_eq!(description.mentor_attributes[0].kind, AttributeKind::Set);
}

#[test]
fn where_the_cohort_is_cut_changes_nothing() {
    let whole = sandbox();
    let question = Question::standard("topic-overlap", &json!({}), 61, 47)
        .mentor("topics", topics(61, 3))
        .mentee("topics", topics(47, 5));
    let expected = question.score(&whole).unwrap();
    for pairs_per_call in [1, 47, 500, 2866] {
        let cut = Sandbox::new(Limits { pairs_per_call, ..Limits::standard() }).unwrap();
        for standard in standard_plugins() {
            cut.install(standard.component).unwrap();
        }
        assert_eq!(question.score(&cut).unwrap(), expected, "{pairs_per_call} pairs a call");
    }
}

#[test]
fn every_pair_is_explained_as_it_was_scored() {
    let sandbox = sandbox();
    let question = Question::standard("topic-overlap", &json!({}), 9, 9)
        .mentor("topics", topics(9, 3))
        .mentee("topics", topics(9, 5));
    let block = question.score(&sandbox).unwrap();
    for pair in 0..81 {
        let weights: f32 = question.codes(&sandbox, pair / 9, pair % 9).iter().map(|(_, weight)| weight).sum();
        assert_eq!(weights.to_bits(), block.scores[pair].to_bits(), "pair {pair}");
    }
}

#[test]
fn settings_that_the_rule_refuses_are_found_without_people() {
    let question = Question::standard("topic-overlap", &json!({ "topic": "race" }), 0, 0);
    let fault = question.score(&sandbox()).unwrap_err().fault;
    assert!(matches!(&fault, PluginFault::Declared(said) if said.contains("unknown field `topic`")), "{fault}");
}

#[test]
fn an_attribute_of_another_kind_is_named() {
    let question = overlap().mentee("other", Column::Number(vec![None; 4]));
    let question =
        Question { settings: json!({ "mentee_attribute": "other" }).as_object().unwrap().clone(), ..question };
    let error = question.score(&sandbox()).unwrap_err();
    assert_eq!(error.to_string(), "plugin 'asked' says: the attribute 'other' is a number, and the rule reads a set");
}

#[test]
fn an_empty_side_scores_nothing() {
    let sandbox = sandbox();
    for (mentors, mentees) in [(0, 0), (0, 5), (5, 0)] {
        let block = Question::standard("difference", &json!({}), mentors, mentees).score(&sandbox).unwrap();
        assert_eq!((block.mentees, block.scores.len(), block.vetoes.len()), (mentees, 0, 0));
    }
}

#[test]
fn a_pair_outside_the_cohort_is_refused() {
    let fault = overlap().explain(&sandbox(), 3, 0).unwrap_err().fault;
    assert!(matches!(fault, PluginFault::Declared(_)), "{fault}");
}
