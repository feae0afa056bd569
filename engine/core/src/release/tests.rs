use super::*;
use proptest::prelude::*;

fn view(name: &str, people: impl IntoIterator<Item = u32>) -> View {
    View { name: name.into(), variables: ["trust".into()].into(), people: people.into_iter().collect() }
}

fn shown(k: u8, views: &[View]) -> Vec<&str> {
    let verdicts = release(Threshold::new(k).unwrap(), views);
    views.iter().zip(verdicts).filter(|(_, verdict)| verdict.is_ok()).map(|(view, _)| view.name.as_str()).collect()
}

#[test]
fn a_group_below_the_threshold_takes_the_other_with_it() {
    let views = [view("everyone", 0..20), view("mentors", 0..16), view("mentees", 16..20)];
    assert_eq!(shown(5, &views), ["everyone"]);
    assert_eq!(shown(5, &[view("everyone", 0..20), view("mentors", 0..15), view("mentees", 15..20)]).len(), 3);
}

#[test]
fn one_small_site_takes_the_next_smallest_with_it() {
    let views = [view("everyone", 0..40), view("north", 0..20), view("south", 20..36), view("east", 36..40)];
    assert_eq!(shown(5, &views), ["everyone", "north"]);
}

#[test]
fn a_change_over_fewer_people_than_the_waves_is_withheld_where_the_rest_could_be_told() {
    let mut change = view("change", 0..18);
    change.variables.insert("trust again".into());
    assert_eq!(shown(5, &[view("before", 0..20), change.clone()]), ["before"], "two would be told apart");
    assert_eq!(shown(5, &[view("before", 0..18), change]), ["before", "change"]);
}

#[test]
fn results_about_different_questions_do_not_meet() {
    let mut other = view("everyone", 0..18);
    other.variables = ["pace".into()].into();
    assert_eq!(shown(5, &[view("everyone", 0..20), other]).len(), 2);
}

/// A person of a small cohort: a role, a site, a grade, and which of two questions they answered.
type Somebody = (u8, u8, u8, [bool; 2]);

fn person() -> impl Strategy<Value = Somebody> {
    (0..2_u8, 0..3_u8, 0..2_u8, [prop::bool::weighted(0.9), prop::bool::weighted(0.8)])
}

/// The views that a survey by role, site and grade plans.
fn planned(cohort: &[Somebody]) -> Vec<View> {
    let numbered = || (0_u32..).zip(cohort);
    let mut views = Vec::new();
    let mut add = |name: String, keep: &dyn Fn(&Somebody) -> bool| {
        for question in 0..2 {
            let people = numbered().filter(|(_, p)| p.3[question] && keep(p)).map(|(number, _)| number).collect();
            let variables = [smol_str::format_smolstr!("q{question}")].into();
            views.push(View { name: name.clone().into(), variables, people });
        }
        // Those who answered both, as a change between two waves would take them.
        let people = numbered().filter(|(_, p)| p.3[0] && p.3[1] && keep(p)).map(|(number, _)| number).collect();
        views.push(View {
            name: format!("{name}, paired").into(),
            variables: ["q0".into(), "q1".into()].into(),
            people,
        });
    };
    add("everyone".into(), &|_| true);
    (0..2).for_each(|role| add(format!("role {role}"), &|p| p.0 == role));
    (0..3).for_each(|site| add(format!("site {site}"), &|p| p.1 == site));
    (0..2).for_each(|grade| add(format!("grade {grade}"), &|p| p.2 == grade));
    views
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// The reader is given everything that is shown, and tries every sum and difference of up to four views.
    #[test]
    fn no_reader_can_tell_fewer_than_k_people_apart(
        cohort in prop::collection::vec(person(), 0..36),
        k in 5..12_u8,
    ) {
        let views = planned(&cohort);
        let verdicts = release(Threshold::new(k).unwrap(), &views);
        let open: Vec<&View> = views.iter().zip(&verdicts).filter(|(_, v)| v.is_ok()).map(|(view, _)| view).collect();
        for variable in ["q0", "q1"] {
            let about: Vec<&View> = open.iter().copied().filter(|view| view.variables.contains(variable)).collect();
            let mut weights = vec![0_i32; cohort.len()];
            attack(&about, 0, 4, &mut weights, usize::from(k), &mut Vec::new())?;
        }
    }
}

fn attack<'a>(
    views: &[&'a View],
    from: usize,
    left: usize,
    weights: &mut [i32],
    k: usize,
    used: &mut Vec<(&'a str, i32)>,
) -> Result<(), TestCaseError> {
    let apart = weights.iter().filter(|weight| **weight != 0).count();
    prop_assert!(apart == 0 || apart >= k, "{apart} people are told apart by {used:?}");
    if left == 0 {
        return Ok(());
    }
    for (index, view) in views.iter().enumerate().skip(from) {
        for sign in [1, -1] {
            view.people.iter().for_each(|person| weights[*person as usize] += sign);
            used.push((&view.name, sign));
            attack(views, index + 1, left - 1, weights, k, used)?;
            used.pop();
            view.people.iter().for_each(|person| weights[*person as usize] -= sign);
        }
    }
    Ok(())
}
