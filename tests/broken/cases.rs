//! The broken templates. Each edit is one that somebody makes on a working day.

use super::{Broken, Edit};

/// Checks a broken template and holds what is said against its snapshot.
fn check(case: &str, template: &'static str, edits: &[Edit]) {
    let (code, out, err) = Broken::new(template, edits).said(&[]);
    // A hash says nothing to a reader and changes with every comma of a template.
    let out: Vec<&str> = out.lines().filter(|line| !line.starts_with("content hash")).collect();
    let shown = format!("{}\n{}\nexit code {}", err.trim_end(), out.join("\n"), code.unwrap_or(-1));
    let shown = shown.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    let home = std::env::temp_dir();
    assert!(!shown.contains(home.to_str().unwrap()), "{case} names a path of this machine: {shown}");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(case, shown);
    });
}

macro_rules! broken {
    ($($name:ident: $template:literal, [$($edit:expr),+ $(,)?];)+) => {
        /// How many there are.
        const COUNT: usize = [$(stringify!($name)),+].len();
        $(#[test] fn $name() { check(stringify!($name), $template, &[$($edit),+]); })+
    };
}

broken! {
    n01_the_script_does_not_parse: "police", [("programme.rhai", "train", "tra in"), ("programme.rhai", "stage(\"Recruiting\");", "stage(\"Recruiting\";")];
    n02_a_verb_is_mistyped: "police", [("programme.rhai", "match_pairs(\"re-match\"", "match_pair(\"re-match\"")];
    n03_a_script_names_a_message_that_is_not_there: "police", [("programme.rhai", "send(\"thanks\"", "send(\"thank\"")];
    n04_a_script_reads_a_setting_that_is_not_there: "police", [("programme.rhai", "settings.recruitment", "settings.recruitement")];
    n05_a_message_names_a_variable_that_is_not_there: "police", [("messages/no-movement.hbs", "{{mentor.name}}", "{{pair.mentor.nmae}}")];
    n06_a_message_is_sent_about_no_session: "police", [("messages/welcome.hbs", "This is what", "It begins on {{session.starts}}. This is what")];
    n07_an_invitation_to_a_session_shows_a_survey: "police", [("messages/invitation.hbs", "Dear {{recipient.name}},", "Dear {{recipient.name}},\n\nanswer by {{survey.closes}}.")];
    n08_a_message_to_the_sponsor_shows_a_record: "police", [("messages/summary.hbs", "Dear {{recipient.name}},", "Dear {{recipient.name}},\n\n{{record.meetings}} meetings.")];
    n09_a_message_shows_what_only_some_have: "police", [("messages/certificate.hbs", "{{#if record.first}}\nFrom {{record.first}} to {{record.last}}\nMonths: {{record.months}}\n{{/if}}", "From {{record.first}} to {{record.last}}")];
    n10_a_message_is_about_a_pair_that_the_script_does_not_pass_on: "police", [("programme.rhai", "send(\"partner-left\", leaver.partners);", "let them = leaver.partners;\n    send(\"partner-left\", them);"), ("messages/partner-left.hbs", "Dear {{recipient.name}},", "Dear {{recipient.name}}, and {{mentee.name}},")];
    n11_a_setting_changes_nothing: "police", [("programme.toml", "[settings.length]", "[settings.colour]\ntype = \"text\"\ndefault = \"blue\"\nhelp = \"The colour of the posters\"\n\n[settings.length]")];
    n12_a_handler_is_for_what_never_happens: "police", [("programme.rhai", "fn on_withdrawn(leaver)", "fn on_withdrawal(leaver)")];
    n13_a_handler_takes_two_parameters: "police", [("programme.rhai", "fn on_concern(concern)", "fn on_concern(concern, who)")];
    n14_a_function_is_left_over: "police", [("programme.rhai", "            evaluate();", "            stage(\"Evaluating\");")];
    n15_a_survey_is_never_sent: "police", [("programme.rhai", "|| survey(\"baseline\", cohort.everyone, #{ closes: days(10) })", "|| sleep(days(10))")];
    n16_a_message_is_never_sent: "race-equity", [("messages/well-done.hbs", "", "+++\nsubject = \"Well done\"\n+++\nDear {{recipient.name}}\n")];
    n17_an_agreement_is_never_signed: "tpc-foundations", [("agreements/photos.hbs", "", "+++\ntitle = \"Photographs\"\n+++\nNobody is photographed.\n")];
    n18_the_manifest_is_mistyped: "ambulance", [("programme.toml", "[gates]", "[gate]"), ("programme.toml", "licence =", "license =")];
    n19_a_gate_names_a_session_that_is_not_there: "ambulance", [("programme.toml", "meet_mentee = [\"", "meet_mentee = [\"mentee-breifing\", \"")];
    n20_pairs_meet_before_their_training: "police", [("programme.rhai", "                || sessions::hold_for_all(\"mentee-briefing\", cohort.mentees),\n", ""), ("programme.rhai", "        || every(settings.drop_in_every", "        || { sleep(weeks(12)); sessions::hold_for_all(\"mentee-briefing\", cohort().mentees); },\n        || every(settings.drop_in_every")];
    n21_a_journey_stops_in_a_rehearsal: "ambulance", [("programme.rhai", "hold(\"engagement-day\", cohort.everyone", "hold(\"engagement-day\", cohort.everybody")];
    n22_people_get_too_many_messages: "police", [("programme.toml", "most_messages_per_week = 9", "most_messages_per_week = 3")];
    n23_a_survey_is_asked_below_the_threshold: "police", [("surveys/baseline.toml", "threshold = 11", "threshold = 3")];
    n24_no_handler_hears_a_concern: "police", [("programme.rhai", "fn on_concern(concern) {\n    send(\"concern-raised\", \"contact\");\n}", "")];
    n25_a_waiver_waives_what_is_no_lint: "ambulance", [("programme.toml", "lint = \"audit::no_review\"", "lint = \"audit::no_reviews\"")];
    n26_many_things_in_many_files: "police", [
        ("programme.toml", "default = \"5 days\"", "default = \"often\""),
        ("programme.rhai", "send(\"summary\", \"sponsor\")", "send(\"sumary\", \"sponsor\")"),
        ("messages/thanks.hbs", "{{recipient.name}}", "{{reciever.name}}"),
        ("messages/good-news.hbs", "+++\nsubject", "+++\nsubjet"),
        ("rehearsals/steady.toml", "message:", "mesage:"),
        ("surveys/election.toml", "title =", "titel ="),
    ];
    n27_a_plugin_is_pinned_by_another_hash: "police", [("programme.toml", "pulse-risk = \"0528", "pulse-risk = \"1528")];
    n28_a_plan_matches_with_a_rule_that_is_not_there: "race-equity", [("programme.toml", "plugin = \"reporting-line\"", "plugin = \"reporting-lines\"")];
    n29_a_rule_reads_an_attribute_that_nobody_has: "race-equity", [("programme.toml", "attribute = \"ethnicity\"", "attribute = \"ethnicty\"")];
    n30_a_rule_is_given_a_setting_that_it_does_not_have: "race-equity", [("programme.toml", "attribute = \"ethnicity\"", "atribute = \"ethnicity\"")];
    n31_the_diary_keeps_days_free_that_there_never_are: "ambulance", [("programme.toml", "free = [\"12-24..01-01\"]", "free = [\"02-30\", \"25 December\", \"2027-04-05..2027-03-26\", \"12-24..2027-01-01\", \"01-02..01-01\"]")];
    n32_a_handler_stops_that_no_rehearsal_runs: "tpc-foundations", [("rehearsals/much-goes-wrong.toml", "", ""), ("programme.rhai", "fn on_pair_ended(pair) {", "fn on_pair_ended(pair) {\n    send(\"welcome\", pair.mentors);")];
    n33_recipients_functions_and_periods_are_wrong_at_once: "police", [
        ("programme.rhai", "stage(\"Recruiting\");", "stage(\"Recruiting\"); sleep(weeks(-5));"),
        ("programme.rhai", "send(\"concern-raised\", \"contact\")", "send(\"concern-raised\", \"conact\")"),
        ("programme.rhai", "each(matched, \"pair_journey\")", "each(matched, \"pair_jurney\")"),
        ("programme.rhai", "closes: days(10)", "closes: \"10 days\""),
        ("programme.rhai", "end_pair(pair, \"completed\")", "end_pair(pair, 42)"),
        ("programme.rhai", "closes: settings.recruitment", "close: settings.recruitment"),
        ("programme.rhai", "send(\"thanks\", cohort().everyone)", "send(cohort().everyone, \"thanks\")"),
    ];
    n34_a_module_is_given_a_session_that_is_not_there: "police", [("programme.rhai", "hold_for_all(\"mentee-briefing\"", "hold_for_all(\"mentee-breifing\"")];
    n35_a_function_of_a_module_is_mistyped: "tpc-foundations", [("programme.rhai", "pairs::keep_meeting(", "pairs::keep_meetings(")];
    n36_a_module_is_mistyped: "police", [("programme.rhai", "import \"lib/pairs\"", "import \"lib/pear\"")];
    n37_a_variable_is_mistyped: "police", [("programme.rhai", "each(matched,", "each(mached,")];
    n38_a_rehearsal_stalls: "police", [("programme.rhai", "stage(\"Recruiting\");", "stage(\"Recruiting\"); signal(\"go\");")];
    n39_no_rehearsal_comes_to_it: "police", [("programme.rhai", "stage(\"Recruiting\");", "stage(\"Recruiting\");\n    if random() > 2.0 { survey(\"extra\", cohort().everyone); send(\"extra\", \"sponsor\"); }"), ("messages/extra.hbs", "", "+++\nsubject = \"More\"\n+++\nDear {{recipient.name}}\n"), ("surveys/extra.toml", "", "title = \"More\"\nintroduction = \"One question; nobody sees single answers\"\n\n[[questions]]\nname = \"trust\"\ntext = \"I can say what I think\"\ntype = \"likert\"\npoints = 5\n")];
    n40_a_handler_hears_a_concern_and_does_nothing: "police", [("programme.rhai", "    send(\"concern-raised\", \"contact\");\n", "")];
    n41_a_condition_is_never_closed: "police", [("messages/welcome.hbs", "Dear", "{{#if session}}\nDear")];
    n42_a_waiver_has_no_reason: "ambulance", [("programme.toml", "reason = \"The celebration", "reason = \"\"\n# \"The celebration")];
    n43_a_waiver_is_not_needed: "ambulance", [("programme.toml", "lint = \"audit::no_review\"", "lint = \"audit::no_reminders\"\nreason = \"People are reminded\"\n\n[[waivers]]\nlint = \"audit::no_review\"")];
    n44_words_for_what_nobody_is_asked: "police", [
        ("rehearsals/steady.toml", "[words.answers.baseline]", "[words.answers.basline]"),
        ("rehearsals/steady.toml", "support_lacked = [", "suport_lacked = ["),
    ];
    n45_a_signal_and_a_ballot_that_nobody_gives: "police", [
        ("programme.toml", "question = \"going\", codes = [\"badly\"", "question = \"going\", codes = [\"bad\""),
        ("programme.toml", "question = \"trust\", at_most", "question = \"turst\", at_most"),
        ("programme.rhai", "#{ ballot: \"election\" }", "#{ ballot: \"evaluation\" }"),
    ];
    n47_a_gate_waits_for_what_is_held_after_the_matching: "police", [("programme.toml", "match_mentor = [", "match_mentor = [\"joint-focus-group\", ")];
    n48_a_rule_weighs_special_category_data: "race-equity", [("programme.toml", "{ plugin = \"difference\", weight = 0.0,", "{ plugin = \"difference\", weight = 0.5,")];
    n49_a_rule_weighs_special_category_data_and_says_why: "race-equity", [
        ("programme.toml", "{ plugin = \"difference\", weight = 0.0,", "{ plugin = \"difference\", weight = 0.5,"),
        ("programme.toml", "[[waivers]]", "[[waivers]]\nlint = \"audit::special_weighs\"\nreason = \"Nobody but the programme's own computer sees a score\"\n\n[[waivers]]"),
    ];
    n50_a_rule_weighs_special_category_data_that_its_settings_do_not_name: "race-equity", [("programme.toml", "[attributes.topics]\nkind = \"set\"\n", "[attributes.topics]\nkind = \"set\"\nspecial = true\n")];
    n51_a_survey_asks_nobody: "police", [("programme.rhai", "survey(\"baseline\", cohort.everyone,", "survey(\"baseline\", [],")];
    n53_letters_say_nowhere_where_to_answer_and_sign: "police", [
        ("messages/survey.hbs", "Answer here: {{link}}", "{{!-- Answer here: {{link}} --}}Answer."),
        ("messages/agreement.hbs", "{{link}}", "the page"),
    ];
    n52_a_session_is_held_for_nobody: "police", [("programme.rhai", "hold(\"drop-in \" + n, cohort().everyone)", "hold(\"drop-in \" + n, [])")];
    n54_words_around_a_survey_are_mistaken: "police", [
        ("surveys/check-in.toml", "mode = \"named\"", "mode = \"named\"\nlanguages = [\"en\", \"cy\"]"),
        ("words/cy.toml", "", "hand_im = \"Cyflwyno\"\nuntil = \"Gallwch ateb tan {close}.\"\nwhole_from = \"Rhif cyfan.\"\n"),
    ];
    n55_a_pause_lasts_longer_than_one_may: "ambulance", [("rehearsals/a-month-of-surge.toml", "lasts = \"4 weeks\"", "lasts = \"40 weeks\"")];
    n56_a_rehearsal_orders_what_never_happens: "ambulance", [
        ("rehearsals/much-goes-wrong.toml", "role = \"mentor\"\nafter = \"5 months\"", "role = \"mentor\"\nafter = \"1 month\""),
        ("rehearsals/much-goes-wrong.toml", "from = \"20 weeks\"", "from = \"20 months\""),
        ("rehearsals/a-month-of-surge.toml", "[[pauses]]", "[[pauses]]\nafter = \"4 months\"\nlasts = \"6 months\"\n\n[[pauses]]"),
    ];
    n57_pairs_have_no_time_to_meet: "ambulance", [("programme.toml", "[settings.length]\ntype = \"period\"\ndefault = \"12 months\"", "[settings.length]\ntype = \"period\"\ndefault = \"2 months\"")];
    n58_nobody_can_be_paired: "ambulance", [("programme.toml", "least_grade_gap = 2", "least_grade_gap = 200")];
    n46_a_message_and_what_only_a_rehearsal_finds_are_told_at_once: "police", [
        ("messages/no-movement.hbs", "{{mentor.name}}", "{{pair.mentor.nmae}}"),
        ("programme.toml", "most_messages_per_week = 9", "most_messages_per_week = 3"),
    ];
}

#[test]
fn there_are_twenty_five_and_each_has_its_snapshot() {
    const { assert!(COUNT >= 25) };
    let folder = super::project().join("tests/broken/snapshots");
    let kept = std::fs::read_dir(folder)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "snap"));
    assert_eq!(kept.count(), COUNT, "a snapshot is left over or missing");
}
