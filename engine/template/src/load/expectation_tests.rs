//! Broken expectations of rehearsals: what a designer reads about each mistake.

use super::tests::{changed, with};
use crate::testing::REHEARSAL;
use insta::assert_snapshot;

#[test]
fn expectations_say_one_thing_about_what_exists() {
    let rehearsal = changed(
        REHEARSAL,
        &[("is = 8\n", ""), ("session:mentor-skills", "session:mentor-skill"), ("\"matching\"", "\"matchings\"")],
    );
    assert_snapshot!(with("rehearsals/calm.toml", &rehearsal), @r#"
    error[rehearsal::expectation] this count is compared with nothing
      rehearsals/calm.toml:23:9 `\"pairs\"` here
      help: add `is`, `at_least` or `at_most`
    error[rehearsal::unknown_thing] there is no session 'mentor-skill'
      rehearsals/calm.toml:27:10 `\"session:mentor-skill\"` does not exist
      help: did you mean 'mentor-skills'?
    error[rehearsal::unknown_thing] 'matchings' is nothing that a rehearsal counts
      rehearsals/calm.toml:27:34 `\"matchings\"` unknown
      help: did you mean 'matching'?
    "#);
    let rehearsal = changed(
        REHEARSAL,
        &[
            ("is = 8", "order = [\"pairs\"]"),
            ("session:mentor-skills\", \"matching", "session:review 2"),
            ("count = \"pairs\"", "count = \"surveys:x\""),
        ],
    );
    assert_snapshot!(with("rehearsals/calm.toml", &rehearsal), @r#"
    error[rehearsal::unknown_thing] 'surveys:' is nothing that a rehearsal counts
      rehearsals/calm.toml:23:9 `\"surveys:x\"` unknown
      help: did you mean 'survey:'?
    error[rehearsal::expectation] an expectation has either a count or an order
      rehearsals/calm.toml:24:9 `[\"pairs\"]` here
      help: write two expectations
    error[rehearsal::expectation] an order needs two things
      rehearsals/calm.toml:28:9 `[\"session:review 2\"]` here
      help: name what comes first and what comes later
    "#);
}

#[test]
fn pairs_are_counted_by_attributes_and_values_that_the_cohort_draws() {
    let counting = |thing: &str| {
        let rehearsal = changed(REHEARSAL, &[("count = \"pairs\"", &format!("count = \"pairs:{thing}\""))]);
        with("rehearsals/calm.toml", &rehearsal)
    };
    for sound in ["mentor.topics=careers", "mentee.grade=9"] {
        assert_eq!(counting(sound), "loaded", "{sound}");
    }
    assert_snapshot!(counting("mentee.grades=9"), @r#"
    error[rehearsal::unknown_thing] the template has no attribute 'grades'
      rehearsals/calm.toml:23:9 `\"pairs:mentee.grades=9\"` does not exist
      help: did you mean 'grade'?
    "#);
    assert_snapshot!(counting("mentor.topics=career"), @r#"
    error[rehearsal::unknown_thing] no mentor of this rehearsal has 'career' as their topics
      rehearsals/calm.toml:23:9 `\"pairs:mentor.topics=career\"` never drawn
      help: did you mean 'careers'?
    "#);
    assert_snapshot!(counting("alike.topics"), @r#"
    error[rehearsal::unknown_thing] no mentee of this rehearsal has the attribute 'topics'
      rehearsals/calm.toml:23:9 `\"pairs:alike.topics\"` never drawn
      help: add a section [cohort.mentee.topics]
    "#);
    assert_snapshot!(counting("mentors.topics=careers"), @r#"
    error[rehearsal::unknown_thing] 'mentors.topics=careers' does not say which pairs are counted
      rehearsals/calm.toml:23:9 `\"pairs:mentors.topics=careers\"` unknown
      help: write one of "pairs:mentor.ATTRIBUTE=VALUE", "pairs:mentee.ATTRIBUTE=VALUE", "pairs:alike.ATTRIBUTE"
    "#);
}
