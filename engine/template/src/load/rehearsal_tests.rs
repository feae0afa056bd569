//! What a rehearsal plans, and what it may expect of it.

use super::tests::with;
use crate::testing::REHEARSAL;
use insta::assert_snapshot;

#[test]
fn what_is_planned_has_a_time_and_is_heard() {
    let planned = format!(
        "{REHEARSAL}\n[[signals]]\nname = \"surge\"\nafter = \"3 months\"\nto = \"pair\"\n\n[[withdrawals]]\nrole = \
         \"sponsor\"\n\n[[mail_outages]]\nfrom = \"soon\"\nlasts = \"1 week\"\n"
    );
    assert_snapshot!(with("rehearsals/calm.toml", &planned), @r#"
    error[rehearsal::unknown_signal] no script waits for the signal 'surge'
      rehearsals/calm.toml:31:8 `\"surge\"` not heard
      help: wait for it in the script: signal("surge", pair)
    error[toml::unknown_word] 'pair' is not one of the words that can stand here
      rehearsals/calm.toml:33:6 `\"pair\"` unknown
      help: did you mean 'pairs'?
    error[toml::missing_key] a withdrawal needs 'after'
      rehearsals/calm.toml:35:1 `[[withdrawals]]` is not there
      help: add a line such as `after = "3 months"`
    error[toml::unknown_word] 'sponsor' is not one of the words that can stand here
      rehearsals/calm.toml:36:8 `\"sponsor\"` unknown
      help: there is 'mentor', 'mentee'
    error[toml::bad_value] 'soon' is not a length of time
      rehearsals/calm.toml:39:8 `\"soon\"` this
      help: write for example '5 weeks', '1 month' or '90 minutes'
    "#);
}

#[test]
fn what_is_delivered_is_known_only_where_messages_are() {
    let expect = "\n[[expect]]\nsay = \"s\"\ncount = \"stale\"\nis = 1\n\n[[expect]]\nsay = \"s\"\norder = \
                  [\"sent:invitation\", \"pairs\"]\nafter = \"1 month\"\n";
    assert_snapshot!(with("rehearsals/calm.toml", &format!("{REHEARSAL}{expect}")), @r#"
    error[rehearsal::expectation] this rehearsal delivers no messages
      rehearsals/calm.toml:32:9 `\"stale\"` nothing is sent or skipped
      help: add a section [[mail_outages]], or count `message:NAME`, which is queued
    error[rehearsal::expectation] this rehearsal delivers no messages
      rehearsals/calm.toml:37:10 `\"sent:invitation\"` nothing is sent or skipped
      help: add a section [[mail_outages]], or count `message:NAME`, which is queued
    error[rehearsal::expectation] an order is of the whole time
      rehearsals/calm.toml:38:9 `\"1 month\"` here
      help: remove it, or write an expectation with `count`
    "#);
    let outage = "\n[[mail_outages]]\nfrom = \"1 week\"\nlasts = \"1 week\"\n";
    let sound = expect.replace("after = \"1 month\"\n", "");
    assert_snapshot!(with("rehearsals/calm.toml", &format!("{REHEARSAL}{sound}{outage}")), @"loaded");
}
