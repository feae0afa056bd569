//! Messages as a whole: what is refused, how it is said, and what is sent.

use super::{MessageBook, MessageCheck, RenderError, Rendered, data::tests::full};
use crate::limits::{MAX_BODY_BYTES, MAX_MESSAGE_BYTES, MAX_NESTING, MAX_SUBJECT_CHARS};
use insta::assert_snapshot;
use std::fmt::Write as _;
use turnabout_core::bundle::{Messages as _, TemplateFiles};
use turnabout_model::Period;

fn file(subject: &str, body: &str) -> String {
    format!("+++\nsubject = \"{subject}\"\n+++\n{body}")
}

/// What the check says, with the underlined text after the place.
fn check(text: &str) -> String {
    let Err(problems) = MessageCheck.check("messages/a.hbs", text) else { return "fine".into() };
    let mut out = String::new();
    for one in problems {
        let _ = writeln!(out, "[{}] {}", one.code, one.message);
        for label in &one.labels {
            let line = text[..label.bytes.start].matches('\n').count() + 1;
            let column = label.bytes.start - text[..label.bytes.start].rfind('\n').map_or(0, |at| at + 1) + 1;
            let _ = writeln!(out, "  {}:{line}:{column} `{}` {}", label.file, &text[label.bytes.clone()], label.text);
        }
        if let Some(help) = &one.help {
            let _ = writeln!(out, "  help: {help}");
        }
    }
    out
}

fn book(text: &str) -> MessageBook {
    MessageBook::compile(&TemplateFiles::from([("messages/a.hbs".into(), text.as_bytes().to_vec())])).unwrap()
}

fn render(subject: &str, body: &str) -> Result<Rendered, RenderError> {
    book(&file(subject, body)).render("a", &full())
}

#[test]
fn a_message_shows_what_it_is_about() {
    let text = "+++\r\nsubject = \"{{session.title}} & more\"\r\nstale_after = \"1 day\"\r\n+++\r\nDear {{recipient.name}},\n\
        {{! nobody reads this }}\n\
        {{#if (eq recipient.role \"mentor\")}}\nYou lead.\n{{else if survey}}\nYou answer.\n{{else}}\nYou listen.\n{{/if}}\n\
        {{mentor.name}} and {{mentee.name}} ({{pair}}) meet every {{settings.rhythm}}, {{settings.rounds}} times.\n\
        {{session.starts}}, {{session.lasts}}; {{survey.title}} closes on {{survey.closes}}.\n\
        {{programme.organisation}}: {{programme.summary}} ({{programme.template}}).\n\
        {{coordinator.name}} <{{coordinator.email}}>, or {{contact.name}} <{{contact.email}}>\n{{link}}\n";
    let book = book(text);
    assert_eq!(book.head("a").unwrap().stale_after, Some(Period::days(1)));
    let Rendered { subject, body } = book.render("a", &full()).unwrap();
    assert_eq!(subject, "Skills & more");
    assert_snapshot!(body, @"
    Dear Amara Diaz,
    You lead.
    Amara Diaz and Sam Reed (pair-3) meet every 4 weeks, 6 times.
    Tuesday 3 March 2026 at 10:00, 2 hours; Half-way closes on Wednesday 1 April 2026 at 10:30.
    Northshire & Harbour: Half a year of reverse mentoring (harbour).
    Kit Moor <kit@example.org>, or Ife Obi <ife@example.com>
    http://127.0.0.1:8080/answer
    ");
}

#[test]
fn a_gap_is_an_error_and_a_condition_fills_it() {
    let mut data = full();
    data.session = None;
    data.link = None;
    let shown = book(&file("s", "{{session.title}}")).render("a", &data).unwrap_err();
    assert_snapshot!(shown, @"the message 'a' shows 'session.title', which is not known here; put it between {{#if}} and {{/if}}");
    assert!(matches!(book(&file("s", "{{link}}")).render("a", &data), Err(RenderError::Missing { .. })));
    let compared = book(&file("s", "{{#if (eq session.title 'x')}}{{/if}}")).render("a", &data);
    assert!(matches!(compared, Err(RenderError::Missing { .. })));
    let asked = book(&file("s", "{{#if session}}{{session.title}}{{else}}none{{/if}}{{#unless link}}!{{/unless}}"));
    assert_eq!(asked.render("a", &data).unwrap().body, "none!");
    assert_eq!(asked.render("b", &data), Err(RenderError::Unknown("b".into())));
}

#[test]
fn variables_that_do_not_exist_are_found_without_data() {
    let body = "Dear {{name}},\n{{#if sesion}}é {{session.titel}}{{else if mentor.email}}{{recipient}}{{/if}}\n\
        {{#if (and (not pair) (eq recipient.rolle 'x'))}}{{~ this ~}}{{../link}}{{@root.link}}{{settings}}{{settings.a.b}}{{/if}}";
    assert_snapshot!(check(&file("{{sesion.title}}", body)), @"
    [message::unknown_variable] there is no variable 'sesion.title'
      messages/a.hbs:2:14 `sesion.title` does not exist
      help: did you mean session.title?
    [message::unknown_variable] there is no variable 'name'
      messages/a.hbs:4:8 `name` does not exist
      help: did you mean recipient.name or mentor.name or mentee.name or coordinator.name or contact.name?
    [message::unknown_variable] there is no variable 'sesion'
      messages/a.hbs:5:7 `sesion` does not exist
      help: did you mean session?
    [message::unknown_variable] there is no variable 'session.titel'
      messages/a.hbs:5:20 `session.titel` does not exist
      help: there is session.title, session.starts, session.lasts
    [message::unknown_variable] there is no variable 'mentor.email'
      messages/a.hbs:5:45 `mentor.email` does not exist
      help: there is mentor.name
    [message::unknown_variable] 'recipient' is a group of variables
      messages/a.hbs:5:61 `recipient` does not exist
      help: write one of them: recipient.name, recipient.role
    [message::unknown_variable] there is no variable 'recipient.rolle'
      messages/a.hbs:6:27 `recipient.rolle` does not exist
      help: there is recipient.name, recipient.role
    [message::unknown_variable] there is no variable 'this'
      messages/a.hbs:6:54 `this` does not exist
      help: there is recipient.*, mentor.*, mentee.*, session.*, survey.*, agreement.*, pause.*, record.*, programme.*, coordinator.*, contact.*, link, pair and settings.NAME
    [message::unknown_variable] there is no variable '../link'
      messages/a.hbs:6:64 `../link` does not exist
      help: did you mean link?
    [message::unknown_variable] there is no variable '@root.link'
      messages/a.hbs:6:75 `@root.link` does not exist
      help: did you mean contact.link or link?
    [message::unknown_variable] there is no variable 'settings'
      messages/a.hbs:6:89 `settings` does not exist
      help: settings have names such as settings.rounds
    [message::unknown_variable] there is no variable 'settings.a.b'
      messages/a.hbs:6:101 `settings.a.b` does not exist
      help: settings have names such as settings.rounds
    ");
}

#[test]
fn only_plain_forms_are_allowed() {
    let body = "{{{link}}}\n{{&link}}\n{{> other}}\n{{#> other}}x{{/other}}\n{{* inline}}\n{{#each session}}{{this}}{{/each}}\n\
        {{lookup session 'title'}}\n{{log link}}\n{{#if a b}}{{/if}}\n{{#if (len link)}}{{/if}}\n{{{{raw}}}}{{{{/raw}}}}\n{{eq link 1}}";
    assert_snapshot!(check(&file("s", body)), @r#"
    [message::forbidden] raw output can't be used in a message
      messages/a.hbs:4:1 `{{{link}}}` not in a message
      help: write two braces: messages are plain text and nothing in them is escaped
    [message::forbidden] raw output can't be used in a message
      messages/a.hbs:5:1 `{{&link}}` not in a message
      help: write two braces: messages are plain text and nothing in them is escaped
    [message::forbidden] a message can't include another
      messages/a.hbs:6:1 `{{> other}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] a message can't include another
      messages/a.hbs:7:1 `{{#> other}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] decorators can't be used in a message
      messages/a.hbs:8:1 `{{* inline}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] only {{#if}} and {{#unless}} can be used in a message
      messages/a.hbs:9:1 `{{#each session}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] helpers can't be used in a message
      messages/a.hbs:10:1 `{{lookup session 'title'}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] helpers can't be used in a message
      messages/a.hbs:11:1 `{{log link}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] {{#if}} takes one condition
      messages/a.hbs:12:1 `{{#if a b}}` not in a message
      help: write for example {{#if session}}
    [message::forbidden] this condition can't be used in a message
      messages/a.hbs:13:1 `{{#if (len link)}}` not in a message
      help: a condition is a variable, or a test such as (eq recipient.role "mentor"); there is eq, ne, and, or, not
    [message::forbidden] only {{#if}} and {{#unless}} can be used in a message
      messages/a.hbs:14:1 `{{{{raw}}}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    [message::forbidden] helpers can't be used in a message
      messages/a.hbs:15:1 `{{eq link 1}}` not in a message
      help: a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}
    "#);
}

#[test]
fn front_matter_is_checked() {
    assert_snapshot!(check("Dear all"), @r#"
    [message::no_front_matter] the message has no front matter
      messages/a.hbs:1:1 `` here
      help: a message starts with a line +++, then `subject = "..."`, then another line +++, then the text
    "#);
    assert_snapshot!(check("+++\nsubjct = \"a\"\nstale_after = \"soon\"\n+++\n"), @r#"
    [message::stale_after] 'soon' is not a length of time
      messages/a.hbs:3:15 `"soon"` this
      help: write for example '2 days'
    [message::unknown_key] a message has no key 'subjct'
      messages/a.hbs:2:1 `subjct` unknown key
      help: there is 'subject' and 'stale_after'
    [message::subject] the message has no subject
      messages/a.hbs:2:1 `` here
      help: a message starts with a line +++, then `subject = "..."`, then another line +++, then the text
    "#);
    assert_snapshot!(check("+++\nsubject = \"\"\"a\nb\"\"\"\nstale_after = 3\n+++\n"), @r#"
    [message::wrong_type] this has to be text
      messages/a.hbs:4:15 `3` this
      help: put it in quotes: "like this"
    [message::subject] the subject has a line break
      messages/a.hbs:2:11 `"""a
    b"""` this
      help: a subject is one line of text
    "#);
    assert_snapshot!(check("+++\nsubject = Hello\n+++\n"), @r#"
    [message::syntax] the front matter can't be read here: string values must be quoted, expected literal string
      messages/a.hbs:2:11 `Hello` this
      help: a message starts with a line +++, then `subject = "..."`, then another line +++, then the text
    "#);
    assert_snapshot!(check("+++\nsubject = \"\\u0041 {{sesion}}\"\n+++\n"), @r#"
    [message::unknown_variable] there is no variable 'sesion'
      messages/a.hbs:2:11 `"\u0041 {{sesion}}"` does not exist
      help: did you mean session?
    "#);
}

#[test]
fn braces_that_do_not_close() {
    assert_snapshot!(check(&file("s", "fine\n{{recipient.name")), @"
    [message::syntax] the braces can't be read here
      messages/a.hbs:5:17 `` something is missing or too much here
      help: a variable is {{recipient.name}}; a condition is {{#if session}} ... {{else}} ... {{/if}}
    ");
    assert_snapshot!(check(&file("s", "{{#if session}}\nx\n{{/unless}}")), @r#"
    [message::syntax] the braces can't be read here
      messages/a.hbs:6:1 `{{/unless}}` helper "if" was opened, but "unless" is closing
      help: a variable is {{recipient.name}}; a condition is {{#if session}} ... {{else}} ... {{/if}}
    "#);
    assert_snapshot!(check(&file("{{}}", "x")), @"
    [message::syntax] the braces can't be read here
      messages/a.hbs:2:14 `}}` something is missing or too much here
      help: a variable is {{recipient.name}}; a condition is {{#if session}} ... {{else}} ... {{/if}}
    ");
}

#[test]
fn links_are_https() {
    assert_snapshot!(check(&file("s", "See https://example.org\nand http://example.org")), @"
    [message::link] a message may only link to https
      messages/a.hbs:5:5 `http://` this link
      help: write https://, or show {{link}}, which the engine makes
    ");
    assert_snapshot!(check(&file("javascript:alert(1)", "")), @"
    [message::link] a message may only link to https
      messages/a.hbs:2:12 `javascript:` this link
      help: write https://, or show {{link}}, which the engine makes
    ");
    let mut data = full();
    data.settings.insert("page".into(), "http://example.org/a".into());
    let error = book(&file("s", "{{link}} {{settings.page}}")).render("a", &data).unwrap_err();
    assert_snapshot!(error, @"the message 'a' has a link that is not https: http://example.org/a");
    assert_eq!(render("s", "{{link}}").unwrap().body, "http://127.0.0.1:8080/answer");
}

#[test]
fn a_subject_stays_one_line() {
    let mut data = full();
    data.settings.insert("text".into(), "a\r\nBcc: everyone@example.org".into());
    let book = book(&file("{{settings.text}}", ""));
    assert_eq!(book.render("a", &data), Err(RenderError::SubjectBreak("a".into())));
    data.settings.insert("text".into(), "x".repeat(MAX_SUBJECT_CHARS + 1).into());
    assert_eq!(book.render("a", &data), Err(RenderError::SubjectTooLong("a".into())));
}

#[test]
fn limits_hold() {
    assert!(check(&file("s", &"x".repeat(MAX_MESSAGE_BYTES))).contains("message::too_large"));
    let nested = |depth: usize| file("s", &("{{#if link}}".repeat(depth) + &"{{/if}}".repeat(depth)));
    assert_eq!(check(&nested(MAX_NESTING)), "fine");
    assert!(check(&nested(MAX_NESTING + 1)).contains("message::too_deep"));
    for deep in ["(", "[", "{\"a\":"] {
        assert!(check(&file("s", &format!("{{{{#if {}", deep.repeat(5_000)))).contains("message::too_deep"), "{deep}");
    }
    let mut data = full();
    data.settings.insert("text".into(), "x".repeat(MAX_BODY_BYTES / 10).into());
    let long = book(&file("s", &"{{settings.text}}".repeat(11))).render("a", &data);
    assert_eq!(long, Err(RenderError::TooLong("a".into())));
    assert_eq!(
        check(&file("s", &"{{x}}".repeat(1_000))).matches("unknown_variable").count(),
        crate::limits::MAX_PROBLEMS
    );
}

#[test]
fn a_book_reports_the_problems_of_all_its_messages() {
    let files = TemplateFiles::from([
        ("messages/a.hbs".into(), file("s", "{{x}}").into_bytes()),
        ("messages/b.hbs".into(), b"\xff".to_vec()),
        ("messages/notes.txt".into(), b"{{x}}".to_vec()),
    ]);
    let codes: Vec<_> = MessageBook::compile(&files).unwrap_err().into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["message::unknown_variable", "message::not_text"]);
}

proptest::proptest! {
    #[test]
    fn nothing_makes_the_check_fall_over(text in "(\\{\\{|\\}\\}|#if|/if|else|[ \\n(){}\\[\\]^&>*!~.\"'=|@a-cé\\\\+-]){0,60}") {
        let _ = MessageCheck.check("messages/a.hbs", &file("s", &text));
        let _ = MessageCheck.check("messages/a.hbs", &text);
    }
}

fn agreement(text: &str) -> String {
    let Err(problems) = MessageCheck.check_agreement("agreements/a.hbs", text) else { return "fine".into() };
    let lines = problems.iter().map(|one| {
        let label = &one.labels[0];
        format!(
            "{} `{}`: {} ({})",
            one.code,
            &text[label.bytes.clone()],
            one.message,
            one.help.as_deref().unwrap_or("")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_agreement_is_one_text_for_both() {
    let text = "+++\ntitle = \"{{mentor.name}} and {{mentee.name}}\"\n+++\n{{mentor.name}} writes first, every \
        {{settings.rhythm}}.{{#if pair}} ({{pair}}){{/if}} {{programme.organisation}}; {{contact.name}}\n";
    assert_eq!(agreement(text), "fine");
    let file = ("agreements/a.hbs".into(), text.as_bytes().to_vec());
    let book = MessageBook::compile(&TemplateFiles::from([file])).unwrap();
    let head = book.agreement_head("a").unwrap();
    assert_eq!(head.invitation, "agreement", "the message that goes without saying");
    let Rendered { subject, body } = book.agreement("a", &full().into()).unwrap();
    assert_eq!(subject, "Amara Diaz and Sam Reed");
    assert_eq!(body, "Amara Diaz writes first, every 4 weeks. (pair-3) Northshire & Harbour; Ife Obi\n");
    let unknown = book.agreement("b", &full().into()).unwrap_err();
    assert_eq!(unknown.to_string(), "the template has no agreement 'b'");
    let mut data = full();
    data.about.mentee = None;
    assert!(matches!(book.agreement("a", &data.into()), Err(RenderError::Missing { .. })), "nobody signs a gap");
}

#[test]
fn agreements_are_checked() {
    assert_snapshot!(agreement("We agree"), @r#"message::no_front_matter ``: the agreement has no front matter (an agreement starts with a line +++, then `title = "..."`, then another line +++, then the text)"#);
    assert_snapshot!(agreement("+++\ntitle = \"  \"\nsubject = \"a\"\ninvitation = 3\n+++\nWe agree"), @r#"
    message::wrong_type `3`: this has to be text (put it in quotes: "like this")
    message::unknown_key `subject`: an agreement has no key 'subject' (there is 'title' and 'invitation')
    agreement::title `"  "`: a title is one line that says something (an agreement starts with a line +++, then `title = "..."`, then another line +++, then the text)
    "#);
    assert_snapshot!(agreement("+++\n+++\n \n"), @r#"
    agreement::title ``: the agreement has no title (an agreement starts with a line +++, then `title = "..."`, then another line +++, then the text)
    agreement::empty ``: the agreement says nothing (write what the two agree on: what stays between them, what they leave out, how they end it)
    "#);
    let shown =
        "+++\ntitle = \"{{survey.title}}\"\n+++\nDear {{recipient.name}}, {{#if session}}{{lnk}}{{/if}} {{mentor.nam}}";
    assert_snapshot!(agreement(shown), @"
    agreement::variable `survey.title`: an agreement is one text for both, and can't show 'survey.title' (it can show pair, mentor, mentee, programme, coordinator, contact, settings)
    agreement::variable `recipient.name`: an agreement is one text for both, and can't show 'recipient.name' (it can show pair, mentor, mentee, programme, coordinator, contact, settings)
    agreement::variable `session`: an agreement is one text for both, and can't show 'session' (it can show pair, mentor, mentee, programme, coordinator, contact, settings)
    message::unknown_variable `lnk`: there is no variable 'lnk' (did you mean link?)
    message::unknown_variable `mentor.nam`: there is no variable 'mentor.nam' (there is mentor.name)
    ");
    assert!(agreement("+++\ntitle = \"a\"\n+++\nhttp://example.org").contains("message::link"));
}
