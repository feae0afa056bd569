//! A page with something to say and nothing to fill in.

use super::{
    form_style,
    spoken::{Paragraph, Spoken, phrases},
};
use crate::{
    Look,
    html::{self, Page},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use turnabout_model::{Phrase, Wording};

/// A page with something to say and nothing to fill in.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticePage<'a> {
    /// Over the heading: what it is about.
    pub over: &'a str,
    /// What it says, in a few words.
    pub title: &'a str,
    /// What there is to know, a paragraph each.
    pub paragraphs: Vec<String>,
    /// Whose programme it is.
    pub look: &'a Look,
}

/// What a survey has to say to somebody who has nothing to fill in.
#[derive(Debug, Clone)]
pub struct SurveyNotice<'a> {
    /// What it is.
    pub told: Told<'a>,
    /// The survey's title.
    pub survey: &'a str,
    /// The language of its texts, and the words around them.
    pub wording: &'a Wording,
    /// Whose programme it is.
    pub look: &'a Look,
}

/// What there is to say of a survey in place of its form.
#[derive(Debug, Clone)]
pub enum Told<'a> {
    /// The answers are kept and not handed in.
    Kept {
        /// When it closes.
        closes: Timestamp,
        /// The zone of its dates.
        zone: &'a TimeZone,
        /// Where the form is.
        form: &'a str,
    },
    /// The answers are handed in.
    HandedIn {
        /// What they are used for.
        purpose: Option<&'a str>,
    },
    /// They had been handed in before.
    TooLate,
    /// The survey is closed.
    Closed,
    /// Whoever reads it is not asked, or no longer.
    NotAsked,
}

/// Writes a notice.
pub fn notice_page(page: &NoticePage<'_>) -> String {
    let NoticePage { over, title, paragraphs, look } = page;
    let plain = |text: &str| Spoken { text: text.to_owned(), lang: None };
    let notice = Notice {
        over,
        title: plain(title),
        paragraphs: paragraphs.iter().map(|text| plain(text).into()).collect(),
        purpose: None,
        onward: None,
    };
    write(&notice, &Wording::new("en", None), look)
}

/// Writes what a survey has to say.
pub fn survey_notice(page: &SurveyNotice<'_>) -> String {
    let SurveyNotice { told, survey, wording, look } = page;
    let say = |phrase| Spoken::phrase(wording, phrase, &[]);
    let notice = |title, first| Notice {
        over: survey,
        title: say(title),
        paragraphs: vec![say(first).into()],
        purpose: None,
        onward: None,
    };
    let notice = match told {
        Told::Kept { closes, zone, form } => {
            let mut kept = notice(Phrase::KeptTitle, Phrase::Kept);
            kept.paragraphs.push(Paragraph::until(wording, Phrase::KeptUntil, (*closes, zone)));
            Notice { onward: Some((say(Phrase::KeptOnward), form)), ..kept }
        }
        Told::HandedIn { purpose } => Notice { purpose: *purpose, ..notice(Phrase::ThanksTitle, Phrase::Thanks) },
        Told::TooLate => notice(Phrase::LateTitle, Phrase::Late),
        Told::Closed => notice(Phrase::ClosedTitle, Phrase::Closed),
        Told::NotAsked => notice(Phrase::NotAskedTitle, Phrase::NotAsked),
    };
    write(&notice, wording, look)
}

/// What a notice says, in the words that it is to say it in.
struct Notice<'a> {
    over: &'a str,
    title: Spoken,
    paragraphs: Vec<Paragraph>,
    purpose: Option<&'a str>,
    onward: Option<(Spoken, &'a str)>,
}

fn write(notice: &Notice<'_>, wording: &Wording, look: &Look) -> String {
    html::render_for(
        look,
        Page::Notice,
        &json!({
            "style": form_style(look),
            "lang": wording.language(),
            "page_lang": wording.around(),
            "other": wording.marked(wording.language()).is_some(),
            "says": phrases(wording),
            "purpose": notice.purpose,
            "head": notice.title.text,
            "title": notice.title,
            "over": notice.over,
            "paragraphs": notice.paragraphs,
            "onward": notice.onward.as_ref().map(|(says, to)| json!({ "says": says, "to": to })),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use turnabout_model::Words;

    #[test]
    fn a_notice_says_what_it_is_about() {
        let look = Look::of("Harbour & Sons", None);
        let page = notice_page(&NoticePage {
            over: "Half-way <check>",
            title: "Your answers are kept",
            paragraphs: vec!["Come back by the link in your letter.".into()],
            look: &look,
        });
        for part in [
            "<html lang=\"en\">",
            "Half-way &lt;check&gt;",
            "<p>Come back by the link in your letter.</p>",
            "Harbour &amp; Sons",
            "<h1>Your answers are kept</h1>",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn a_survey_has_a_word_for_everybody_who_finds_no_form() {
        let words = BTreeMap::from([("kept_title".into(), "Cadwyd <eich> atebion".to_owned())]);
        let (wording, look) = (Wording::new("cy", Some(Words::new(words))), Look::default());
        let kept = Told::Kept { closes: Timestamp::UNIX_EPOCH, zone: &TimeZone::UTC, form: "?language=cy" };
        let handed_in = Told::HandedIn { purpose: Some("I wella.") };
        for (told, expect) in [
            (kept.clone(), "<h1>Cadwyd &lt;eich&gt; atebion</h1>"),
            (
                kept,
                "<p lang=\"en\">You can answer until <strong>Thu 1 Jan 1970, 00:00</strong> <span class=\"soft\">(UTC)",
            ),
            (handed_in.clone(), "<h1><span lang=\"en\">Thank you</span></h1>"),
            (handed_in, "<strong><span lang=\"en\">What the answers are for:</span></strong> <span>I wella.</span>"),
            (Told::TooLate, "it was not taken"),
            (Told::Closed, "This survey is closed"),
            (Told::NotAsked, "There is nothing to answer here"),
        ] {
            let page = survey_notice(&SurveyNotice { told, survey: "Hanner ffordd", wording: &wording, look: &look });
            assert!(page.contains(expect) && page.contains("<html lang=\"cy\">"), "{expect}: {page}");
        }
    }
}
