//! What an evaluation would look like: invented answers pass through the surveys' own logic.

use super::{House, Limits, Sandbox, load};
use turnabout_core::rehearse::rehearse_evaluated;

#[test]
fn an_evaluation_of_invented_answers_has_what_is_asked_under_a_condition() {
    let sandbox = Sandbox::with_standard_plugins().unwrap();
    let house = House { rules: &sandbox, limits: Limits::standard() };
    let bundle = load("ambulance");
    let plan = &bundle.rehearsals["steady"];
    let (_, evaluation) = rehearse_evaluated(&bundle, plan, plan.seed, house, &sandbox).unwrap();
    // Whoever would like to be developed is asked whether their name may be given: some say yes.
    let development = evaluation.named.iter().find(|list| list.name == "development").expect("a list by consent");
    let named: usize = development.choices.iter().map(|choice| choice.people.len()).sum();
    assert!(named > 0, "nobody was asked for consent: {development:?}");
    let asked: usize = evaluation.waves.iter().map(|wave| wave.completed).max().unwrap();
    assert!(named < asked, "{named} of {asked} gave consent: those who were not asked can't have");
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
