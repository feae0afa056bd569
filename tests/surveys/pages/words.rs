//! What pages say around a survey, in the survey's own language.

use super::{AMARAS, BENS, browser::Site};
use crate::house::house_in_welsh;
use turnabout_core::decide::Input;

const SURVEY: &str = r#"
invitation = "asked"
languages = ["en", "cy"]
purpose = { en = "To do better.", cy = "I wneud yn well." }

[[questions]]
name = "met"
type = "single"
required = true
text = { en = "Did you meet?", cy = "Wnaethoch chi gyfarfod?" }
choices = [{ name = "yes", label = { en = "Yes", cy = "Do" } }, { name = "no", label = { en = "No", cy = "Naddo" } }]

[[questions]]
name = "hours"
type = "integer"
text = { en = "How many hours?", cy = "Sawl awr?" }
least = 1
most = 9

[[questions]]
name = "since"
type = "date"
text = { en = "Since when?", cy = "Ers pryd?" }
"#;

/// A few phrases, so that others are missing.
const WORDS: &str = r#"
hand_in = "Cyflwyno"
save = "Cadw a dod yn ôl"
optional = "(dewisol)"
purpose = "Diben yr atebion:"
until = "Gallwch ateb tan {closes}."
moment = "{weekday} {day} {month} {year}, {time}"
saturday = "Sad"
march = "Maw"
day = "Dydd"
whole_between = "Rhif cyfan o {least} i {most}."
errors = "Nid yw hyn wedi ei gyflwyno eto"
error = "Gwall:"
error_title = "Gwall: {title}"
not_answered = "heb ei ateb eto"
too_large = "mae'r rhif yn rhy fawr"
write_whole_between = "ysgrifennwch rif cyfan o {least} i {most}"
kept_title = "Mae eich atebion wedi eu cadw"
kept_until = "Gallwch ateb tan {closes}. Caiff y gweddill ei ddileu."
kept_onward = "Ateb nawr"
thanks_title = "Diolch"
thanks = "Mae eich atebion wedi eu cyflwyno."
late = "Yr hyn a anfonwyd gyntaf sy'n cyfrif."
closed_title = "Mae'r arolwg wedi cau"
not_asked_title = "Nid oes dim i'w ateb yma"
"#;

#[test]
fn whoever_answers_in_welsh_reads_welsh_all_around() {
    let site = Site::of(house_in_welsh(SURVEY, WORDS));
    let english = site.link(AMARAS);
    let link = format!("{english}?language=cy");
    let page = site.open(&link);
    assert_eq!(page.status, 200, "{}", page.html);
    for part in [
        "<html lang=\"cy\">",
        "value=\"hand-in\">Cyflwyno</button>",
        "class=\"second\">Cadw a dod yn ôl</button>",
        "<strong>Diben yr atebion:</strong> <span>I wneud yn well.</span>",
        "<p>Gallwch ateb tan <strong>Sad 7 Maw 2026, 09:00</strong> <span class=\"soft\">(Europe/London)</span>.</p>",
        "<legend><span>Wnaethoch chi gyfarfod?</span></legend>",
        "<span>Sawl awr?</span> <span class=\"soft\">(dewisol)</span>",
        "Rhif cyfan o 1 i 9.",
        "<label for=\"q:since\">Dydd</label>",
    ] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    // What nobody has translated is in English, and whoever hears the page hears it as that.
    for part in [
        "<label for=\"q:since:2\"><span lang=\"en\">Month</span></label>",
        "<a class=\"skip\" href=\"#main\"><span lang=\"en\">Skip to the content</span></a>",
        "<p><span lang=\"en\">Your answers are confidential.",
        "value=\"en\" lang=\"en\">English</button>",
    ] {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    assert!(!page.html.contains("lang=\"cy\"></") && !page.html.contains(" lang=\"cy\">W"), "it goes without saying");

    let again = site.fill_in(&link, &page, &[("hours", "10"), ("since:day", "x")]);
    assert_eq!(again.status, 422, "{}", again.html);
    for part in [
        "<title>Gwall: Asked",
        "<h2 id=\"errors\">Nid yw hyn wedi ei gyflwyno eto</h2>",
        "<a href=\"#q:met\">Wnaethoch chi gyfarfod?: heb ei ateb eto</a>",
        "<a href=\"#q:hours\">Sawl awr?: mae&#x27;r rhif yn rhy fawr; ysgrifennwch rif cyfan o 1 i 9</a>",
        "Ers pryd?: <span lang=\"en\">write day, month and year, the year with four digits</span></a>",
        "<span class=\"hidden\">Gwall:</span> heb ei ateb eto",
    ] {
        assert!(again.html.contains(part), "{part}: {}", again.html);
    }

    let kept = site.fill_in(&link, &again, &[("hours", ""), ("since:day", ""), (":do", "keep")]);
    for part in [
        "<html lang=\"cy\">",
        "<h1>Mae eich atebion wedi eu cadw</h1>",
        "<p lang=\"en\">Nothing is handed in yet.",
        "<p>Gallwch ateb tan <strong>Sad 7 Maw 2026, 09:00</strong>",
        "<a href=\"?language&#x3D;cy\">Ateb nawr</a>",
    ] {
        assert!(kept.html.contains(part), "{part}: {}", kept.html);
    }

    let done = site.fill_in(&link, &page, &[("met", "yes")]);
    assert_eq!((done.status, done.location.as_str()), (303, "?language=cy"), "{}", done.html);
    let thanks = site.open(&link);
    for part in
        ["<html lang=\"cy\">", "<h1>Diolch</h1>", "<p>Mae eich atebion wedi eu cyflwyno.</p>", "I wneud yn well."]
    {
        assert!(thanks.html.contains(part), "{part}: {}", thanks.html);
    }
    let late = site.fill_in(&link, &page, &[("met", "no")]);
    assert!(late.status == 409 && late.html.contains("<p>Yr hyn a anfonwyd gyntaf"), "{}", late.html);
}

#[test]
fn whoever_answers_in_english_reads_no_word_of_welsh() {
    let site = Site::of(house_in_welsh(SURVEY, WORDS));
    let link = site.link(AMARAS);
    let page = site.open(&link);
    let again = site.fill_in(&link, &page, &[("hours", "10")]);
    let kept = site.fill_in(&link, &again, &[(":do", "keep")]);
    let done = site.fill_in(&link, &again, &[("hours", ""), ("met", "yes")]);
    assert_eq!(done.status, 303, "{}", done.html);
    for (shown, part) in [
        (&page, "You can answer until <strong>Sat 7 Mar 2026, 09:00</strong>"),
        (&again, "<a href=\"#q:hours\">How many hours?: the number is too large; write a whole number from 1 to 9</a>"),
        (&kept, "<h1>Your answers are kept for you</h1>"),
        (&site.open(&link), "<h1>Thank you</h1>"),
    ] {
        assert!(shown.html.contains("<html lang=\"en\">") && shown.html.contains(part), "{part}: {}", shown.html);
        for welsh in ["Cyflwyno", "Maw", "Gwall", "Diolch", "eich atebion"] {
            assert!(!shown.html.contains(welsh), "{welsh}: {}", shown.html);
        }
    }
}

#[test]
fn a_language_without_words_stands_on_an_english_page() {
    let site = Site::of(crate::house::house(SURVEY));
    let page = site.open(&format!("{}?language=cy", site.link(AMARAS)));
    for part in
        ["<html lang=\"en\">", "<span lang=\"cy\">Wnaethoch chi gyfarfod?</span>", "value=\"hand-in\">Hand in</button>"]
    {
        assert!(page.html.contains(part), "{part}: {}", page.html);
    }
    assert!(!page.html.contains("lang=\"en\">Hand in"), "{}", page.html);
}

#[test]
fn a_survey_that_is_over_says_so_in_welsh() {
    let site = Site::of(house_in_welsh(SURVEY, WORDS));
    site.house.engine.submit(&site.house.run, Input::Withdraw { participant: crate::house::BEN }, |_| ()).unwrap();
    let left = site.open(&format!("{}?language=cy", site.link(BENS)));
    assert!(left.status == 410 && left.html.contains("<h1>Nid oes dim i&#x27;w ateb yma</h1>"), "{}", left.html);
    assert!(left.html.contains("<p lang=\"en\">You are not asked any more"), "{}", left.html);
    site.house.close();
    let closed = site.open(&format!("{}?language=cy", site.link(AMARAS)));
    assert!(closed.status == 410 && closed.html.contains("<h1>Mae&#x27;r arolwg wedi cau</h1>"), "{}", closed.html);
}
