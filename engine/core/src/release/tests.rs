use super::*;
use proptest::prelude::*;

fn view(name: &str, people: impl IntoIterator<Item = u32>) -> View {
    let (variables, people) = (["trust".into()].into(), people.into_iter().collect());
    View { name: name.into(), variables, people, least: 5, standing: Standing::Judged }
}

fn given(name: &str, people: impl IntoIterator<Item = u32>) -> View {
    View { standing: Standing::Given, ..view(name, people) }
}

fn shown(k: usize, views: &[View]) -> Vec<&str> {
    let views_of: Vec<View> = views.iter().cloned().map(|view| View { least: k, ..view }).collect();
    let verdicts = release(&views_of);
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

#[test]
fn everyone_less_those_who_are_known_by_name_is_a_result_too() {
    let everyone = || view("everyone", 0..20);
    assert_eq!(shown(5, &[given("named", 0..3), everyone()]), ["named", "everyone"]);
    assert_eq!(shown(5, &[given("named", 0..16), everyone()]), ["named"], "four would be left");
    assert_eq!(
        shown(5, &[given("named", 0..20), everyone()]),
        ["named", "everyone"],
        "nobody is left to be told apart"
    );
    assert_eq!(shown(5, &[everyone(), given("named", 0..16)]), ["named"], "wherever it stands");
    // Of nine mentors three are known, and nine mentees.
    let views = [given("named", 0..5), view("everyone", 0..18), view("mentors", 0..9), view("mentees", 9..18)];
    assert_eq!(shown(5, &views), ["named", "everyone"]);
    let mut elsewhere = given("named", 0..16);
    elsewhere.variables = ["pace".into()].into();
    assert_eq!(shown(5, &[elsewhere, everyone()]).len(), 2, "what is known of another question is no matter here");
}

#[test]
fn views_over_the_same_people_count_once() {
    let mut views: Vec<View> = (0..40).map(|n| view(&format!("everyone {n}"), 0..30)).collect();
    views.push(view("mentors", 0..15));
    assert_eq!(shown(5, &views).len(), 41);
    // So many different sets, each five or more people away from all sums of the others, would take too long to judge.
    let different: Vec<View> = (0..20).map(|n| view(&format!("site {n}"), n * 10..n * 10 + 10)).collect();
    assert_eq!(shown(5, &different).len(), MOST_SETS);
}

#[test]
fn the_higher_threshold_counts_where_two_surveys_meet() {
    let mut change = view("change", 0..12);
    change.least = 8;
    change.variables.insert("trust again".into());
    let verdicts = |views: &[View]| release(views).into_iter().map(|verdict| verdict.is_ok()).collect::<Vec<_>>();
    assert_eq!(verdicts(&[view("before", 0..18), change.clone()]), [true, false], "six are fewer than eight");
    assert_eq!(verdicts(&[change, view("before", 0..18)]), [true, false], "whichever comes first");
    assert_eq!(verdicts(&[view("nobody", [])]), [false]);
}

/// A person of a small cohort: a role, a site, a grade, which of two questions they answered, and whether they let
/// their answer to the first be told under their name.
type Somebody = (u8, u8, u8, [bool; 2], bool);

fn person() -> impl Strategy<Value = Somebody> {
    (0..2_u8, 0..3_u8, 0..2_u8, [prop::bool::weighted(0.9), prop::bool::weighted(0.8)], prop::bool::weighted(0.2))
}

/// The views that a survey by role, site and grade plans.
fn planned(cohort: &[Somebody], least: usize) -> Vec<View> {
    let numbered = || (0_u32..).zip(cohort);
    let mut views = Vec::new();
    let mut add = |name: String, keep: &dyn Fn(&Somebody) -> bool| {
        for question in 0..2 {
            let people = numbered().filter(|(_, p)| p.3[question] && keep(p)).map(|(number, _)| number).collect();
            let variables = [smol_str::format_smolstr!("q{question}")].into();
            views.push(View { name: name.clone().into(), variables, people, least, standing: Standing::Judged });
        }
        // Those who answered both, as a change between two waves would take them.
        let people = numbered().filter(|(_, p)| p.3[0] && p.3[1] && keep(p)).map(|(number, _)| number).collect();
        views.push(View {
            name: format!("{name}, paired").into(),
            variables: ["q0".into(), "q1".into()].into(),
            people,
            least,
            standing: Standing::Judged,
        });
    };
    add("everyone".into(), &|_| true);
    (0..2).for_each(|role| add(format!("role {role}"), &|p| p.0 == role));
    (0..3).for_each(|site| add(format!("site {site}"), &|p| p.1 == site));
    (0..2).for_each(|grade| add(format!("grade {grade}"), &|p| p.2 == grade));
    views.push(View {
        name: "named".into(),
        variables: ["q0".into()].into(),
        people: named(cohort),
        least,
        standing: Standing::Given,
    });
    views
}

fn named(cohort: &[Somebody]) -> BTreeSet<u32> {
    (0_u32..).zip(cohort).filter(|(_, p)| p.3[0] && p.4).map(|(number, _)| number).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// The reader is given everything that is shown, knows whom the named ones are, and tries every sum and difference of
    /// up to four views.
    #[test]
    fn no_reader_can_tell_fewer_than_k_people_apart(
        cohort in prop::collection::vec(person(), 0..36),
        k in 5..12_usize,
    ) {
        let views = planned(&cohort, k);
        let verdicts = release(&views);
        let open: Vec<&View> = views.iter().zip(&verdicts).filter(|(_, v)| v.is_ok()).map(|(view, _)| view).collect();
        for variable in ["q0", "q1"] {
            let about = open.iter().filter(|view| view.variables.contains(variable));
            let known = if variable == "q0" { named(&cohort) } else { BTreeSet::new() };
            // What is known can be taken out of everything, and what is left is all that has to be protected.
            let about: Vec<View> = about
                .map(|view| View { people: view.people.difference(&known).copied().collect(), ..(*view).clone() })
                .collect();
            let about: Vec<&View> = about.iter().collect();
            let mut weights = vec![0_i32; cohort.len()];
            attack(&about, 0, 4, &mut weights, k, &mut Vec::new())?;
            prop_assert!(open.iter().all(|view| view.standing == Standing::Given || view.people.len() >= k));
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
