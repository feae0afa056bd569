//! What an evaluation would look like: invented answers pass through the surveys' own logic.

use super::{House, Limits, Sandbox, load};
use std::collections::BTreeSet;
use turnabout_core::{
    rehearse::rehearse_evaluated,
    results::{ChangeSummary, Evaluation, ItemResult, Summary, WaveResult},
};
use turnabout_render::{
    Look,
    evaluation::{NamedLists, csv, html},
};

fn evaluated(template: &str) -> Evaluation {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let house = House { rules: &sandbox, limits: Limits::standard() };
    let bundle = load(template);
    let plan = &bundle.rehearsals["steady"];
    rehearse_evaluated(&bundle, plan, plan.seed, house, &sandbox).unwrap().1
}

fn wave<'e>(evaluation: &'e Evaluation, survey: &str) -> &'e WaveResult {
    evaluation.waves.iter().find(|wave| wave.survey == survey).expect("the survey was sent")
}

/// What everybody together said to a question.
fn everyone<'e>(items: &'e [ItemResult], name: &str) -> &'e Summary {
    let item = items.iter().find(|item| item.name == name).expect("the question is asked");
    item.views[0].result.shown().unwrap_or_else(|| panic!("{name} is withheld"))
}

#[test]
fn an_evaluation_of_invented_answers_has_what_is_asked_under_a_condition() {
    let evaluation = evaluated("ambulance");
    // Whoever would like to be developed is asked whether their name may be given: some say yes.
    let development = evaluation.named.iter().find(|list| list.name == "development").expect("a list by consent");
    let named: usize = development.choices.iter().map(|choice| choice.people.len()).sum();
    assert!(named > 0, "nobody was asked for consent: {development:?}");
    let asked: usize = evaluation.waves.iter().map(|wave| wave.completed).max().unwrap();
    assert!(named < asked, "{named} of {asked} gave consent: those who were not asked can't have");
}

#[test]
fn an_answer_that_breaks_a_constraint_is_invented_again() {
    for (template, survey) in [("ambulance", "closing"), ("police", "evaluation")] {
        let evaluation = evaluated(template);
        let wave = wave(&evaluation, survey);
        let answered = everyone(&wave.items, "outcomes").n();
        assert_eq!(answered, wave.completed, "{template}: nobody's answer is dropped");
    }
}

#[test]
fn words_are_invented_and_say_so() {
    let police = evaluated("police");
    assert!(!police.stories.is_empty() && !police.quotes.is_empty() && !police.themes.is_empty());
    assert!(!police.learning.is_empty());
    let words = police.stories.iter().chain(&police.quotes).map(|story| &story.text).chain(&police.learning);
    for word in words {
        assert!(word.starts_with("Invented: "), "{word}");
    }
    assert!(police.stories.iter().any(|story| story.name.is_some()), "some want to be named");
    assert!(police.stories.iter().any(|story| story.name.is_none()), "others do not");
    let next_time = everyone(&wave(&police, "evaluation").items, "next_time");
    let Summary::Comments { comments, .. } = next_time else { panic!("words: {next_time:?}") };
    let own = "Invented: A longer speed dating: four minutes are not enough.";
    assert!(comments.iter().any(|comment| comment == own), "the rehearsal's own words: {comments:?}");
    assert!(comments.iter().all(|comment| comment.starts_with("Invented: ")), "{comments:?}");
    // A programme that refuses measurement shows what people told, and no figure.
    let equity = evaluated("race-equity");
    assert!(!equity.stories.is_empty() && !equity.measures);
    let stories: BTreeSet<&str> = equity.stories.iter().map(|story| story.text.as_str()).collect();
    assert_eq!(stories.len(), equity.stories.len(), "nobody tells somebody else's story");
    assert!(equity.waves.is_empty() && equity.changes.is_empty() && equity.themes.is_empty(), "{equity:?}");
}

#[test]
fn what_one_person_answers_goes_together() {
    let evaluation = evaluated("police");
    let alphas = evaluation.waves.iter().flat_map(|wave| &wave.scales).filter_map(|scale| {
        let number = scale.views[0].result.shown()?;
        number.alpha
    });
    let alphas: Vec<f64> = alphas.collect();
    assert!(!alphas.is_empty() && alphas.iter().all(|alpha| *alpha > 0.4), "{alphas:?}");
    let changes = evaluation.changes.iter().filter(|change| change.scale);
    let changes = changes.filter_map(|change| match change.views[0].result.shown()? {
        ChangeSummary::Number(paired) => Some(paired.mean_change),
        ChangeSummary::Switch(_) => None,
    });
    let changes: Vec<f64> = changes.collect();
    assert!(!changes.is_empty() && changes.iter().all(|change| *change > -0.2), "{changes:?}");
}

#[test]
fn the_same_seed_gives_the_same_evaluation() {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let house = House { rules: &sandbox, limits: Limits::standard() };
    let bundle = load("police");
    let plan = &bundle.rehearsals["steady"];
    let twice = || rehearse_evaluated(&bundle, plan, 5, house, &sandbox).unwrap().1;
    assert_eq!(twice(), twice());
}

#[test]
fn a_programme_that_refuses_measurement_shows_a_client_stories_and_no_figure_about_people() {
    let equity = evaluated("race-equity");
    let page = html(&equity, None, NamedLists::LeftOut, &Look::default());
    for story in &equity.stories {
        assert!(
            page.contains(story.text.trim_start_matches("Invented: ").split('&').next().unwrap()),
            "{}",
            story.text
        );
    }
    assert!(!page.contains("<svg") && !page.contains("<table"), "{page}");
    assert_eq!(csv(&equity).lines().collect::<Vec<_>>(), ["survey,wave,question,view,figure,value"]);
    // The same looks find what another programme does show.
    let police = html(&evaluated("police"), None, NamedLists::LeftOut, &Look::default());
    assert!(police.contains("<svg") && police.contains("<table"));
}

#[test]
fn what_came_of_it_is_told_of_each_side() {
    let police = evaluated("police");
    let outcomes = wave(&police, "evaluation").items.iter().find(|item| item.name == "outcomes").unwrap();
    let sides: Vec<(&str, usize)> = outcomes
        .views
        .iter()
        .filter(|view| view.by.as_deref() == Some("role"))
        .map(|view| (view.value.as_deref().unwrap(), view.result.shown().map_or(0, Summary::n)))
        .collect();
    assert!(
        matches!(sides[..], [("mentor", mentors), ("mentee", mentees)] if mentors >= 11 && mentees >= 11),
        "{sides:?}"
    );
}
