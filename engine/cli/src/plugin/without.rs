//! What a rule decides in a rehearsal: the pairs beside those of the same rehearsal without it.

use super::rehearsing::{pairs_of, people_of};
use crate::{
    failure::{Failure, count},
    house::House,
};
use turnabout_core::{
    bundle::Bundle,
    rehearse::{Rehearsed, rehearse},
};
use turnabout_model::{Event, RehearsalPlan};

/// Rehearses once more without a rule, in memory, and says in lines which pairs are there because of it. The second is whether
/// there are any.
pub(crate) fn compare(
    house: &House,
    bundle: &Bundle,
    plan: &RehearsalPlan,
    with: &Rehearsed,
    rule: &str,
) -> Result<(Vec<String>, bool), Failure> {
    let mut bundle = bundle.clone();
    let mut named = false;
    for plan in bundle.programme.matching.values_mut() {
        let before = plan.rules.len();
        plan.rules.retain(|used| used.plugin != rule);
        named |= plan.rules.len() < before;
    }
    if !named {
        return Err(Failure::Input {
            what: format!("no plan of {} names the rule '{rule}'", bundle.programme.name),
            hint: "Name a rule of [matching] in the manifest or the client's changes.toml.".into(),
        });
    }
    let without = rehearse(&bundle, plan, with.run.seed, house.for_rehearsal())?;
    let (own, other_pairs) = (people_of(with), people_of(&without));
    let different = own.difference(&other_pairs).count();
    let mut lines = vec![format!(
        "{different} of {} {} different, mean score {}, without it {}",
        count(own.len(), "pair"),
        if different == 1 { "is" } else { "are" },
        mean(with),
        mean(&without)
    )];
    pairs_of("with it", &own, &other_pairs, &mut lines);
    pairs_of("without it", &other_pairs, &own, &mut lines);
    Ok((lines, different > 0))
}

/// The mean score of all pairs that were proposed.
fn mean(rehearsed: &Rehearsed) -> String {
    let proposed = rehearsed.events.iter().filter_map(|(_, event)| match event {
        Event::ProposalMade { pairs, .. } => Some(pairs),
        _ => None,
    });
    let (pairs, sum) = proposed.flatten().fold((0.0, 0.0), |(pairs, sum), pair| (pairs + 1.0, sum + pair.score));
    if pairs > 0.0 { format!("{:.3}", sum / pairs) } else { "none".into() }
}
