//! Everything that a page says around a survey's own texts, in English: the one list of it.

/// Writes the list once: what each phrase is called in a file of words, what it says in English, and what a translator needs to
/// know about it.
macro_rules! phrases {
    ($($name:ident $key:literal $english:literal $about:literal;)*) => {
        /// Something that a page says around a survey's own texts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Phrase {
            $(#[doc = $about] $name,)*
        }

        impl Phrase {
            /// All phrases, in the order in which people meet them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What it is called in a file of words.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// What it says in English, with its places in braces.
            pub const fn english(self) -> &'static str {
                match self { $(Self::$name => $english,)* }
            }

            /// Where it stands, for whoever translates it.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$name => $about,)* }
            }
        }
    };
}

phrases! {
    Skip "skip" "Skip to the content"
        "The first link of a page, for those who go through it with the keyboard.";
    Purpose "purpose" "What the answers are for:"
        "Before the survey's own sentence on it.";
    Confidential "confidential"
        "Your answers are confidential. They are shown only together with those of others: never of fewer than {people} people."
        "Above a form whose answers are kept by person. {people} is a whole number, 2 or more.";
    Anonymous "anonymous"
        "This survey is anonymous. Your link is your own, so that nobody answers twice, but your answers are kept without it, and are shown only together with those of others: never of fewer than {people} people. They can't be saved half-way."
        "Above a form whose answers are kept without a name. {people} is a whole number, 2 or more.";
    Named "named"
        "The programme works with your answers under your name, for example to form pairs. No evaluation shows them."
        "Above a form whose answers belong to the programme.";
    Until "until" "You can answer until {closes}. What is handed in can’t be changed any more."
        "Above a form. {closes} is a moment, as `moment` writes it.";
    Optional "optional" "(optional)"
        "Behind a question that need not be answered.";
    HandIn "hand_in" "Hand in"
        "The button that hands in the answers for good.";
    Save "save" "Save and come back later"
        "The button that keeps the answers without handing them in.";
    Questions "questions" "Questions: {owner}."
        "At the foot of a form: {owner} is whose questions they are, and their licence.";

    Left "left" "Here is what you answered before. Nothing is handed in until you do so at the end."
        "Above a form that somebody comes back to.";
    OneMore "one_more"
        "There is one more question because of what you have answered. Please go through the form once more and hand it in."
        "Above a form that asks one more question than was on the page.";
    More "more"
        "There are {more} more questions because of what you have answered. Please go through the form once more and hand it in."
        "Above a form that asks more questions than were on the page. {more} is a whole number, 2 or more.";
    Read "read" "There is something to read because of what you have answered. Then hand the form in."
        "Above a form with something to read that was not on the page.";
    Merged "merged"
        "You have answered some of this elsewhere meanwhile: here is all of it together. Please go through the form once more and hand it in."
        "Above a form with answers from another window or device.";
    NotKept "not_kept" "An anonymous form can't be kept half-way: hand it in when it is complete."
        "Above an anonymous form that somebody wanted to save.";

    NoAnswer "no_answer" "No answer"
        "The last choice of an optional question: nothing is chosen.";
    ChooseMany "choose_many" "Choose as many as you like."
        "Below a question of which several choices can be ticked.";
    Scale "scale" "1 if you do not agree at all, {points} if you agree completely."
        "Below a scale whose points have no words. {points} is its last point, a whole number.";
    Whole "whole" "A whole number."
        "Below a question that wants a whole number.";
    WholeFrom "whole_from" "A whole number, {least} or more."
        "The same, with the least that is taken.";
    WholeTo "whole_to" "A whole number, {most} or less."
        "The same, with the most that is taken.";
    WholeBetween "whole_between" "A whole number from {least} to {most}."
        "The same, with both.";
    Number "number" "A number, for example 2.5."
        "Below a question that wants a number, also one with decimals.";
    NumberFrom "number_from" "A number, {least} or more, for example 2.5."
        "The same, with the least that is taken.";
    NumberTo "number_to" "A number, {most} or less, for example 2.5."
        "The same, with the most that is taken.";
    NumberBetween "number_between" "A number from {least} to {most}, for example 2.5."
        "The same, with both.";
    Date "date" "For example 31 3 2026."
        "Below a question that wants a date: day, month and year as numbers.";
    Day "day" "Day"
        "Above the field for the day of a date.";
    Month "month" "Month"
        "Above the field for the month of a date.";
    Year "year" "Year"
        "Above the field for the year of a date.";
    RankPeople "rank_people"
        "Give 1 to whomever you would like best, 2 to the next, and so on; those whom you would like equally share a number. Leave the others without."
        "Below a list of people, each with a field for a number.";
    RankChoices "rank_choices"
        "Give 1 to what matters most to you, 2 to the next, and so on. What you leave without a number is not ranked."
        "Below a list of things, each with a field for a number.";

    ErrorTitle "error_title" "Error: {title}"
        "The title of the window when something is wrong. {title} is the survey's own.";
    Errors "errors" "This could not be handed in yet"
        "The heading of the list of errors.";
    Error "error" "Error:"
        "Before each error, for those who hear the page.";
    NotAnswered "not_answered" "this is not answered yet"
        "An error behind a question and a colon, as all that follow.";
    NotPossible "not_possible" "this answer is not possible here"
        "An answer does not meet a condition for which the survey has no words of its own.";
    NotChoice "not_choice" "that is not among what can be chosen"
        "An answer is none of the choices.";
    SharedPlace "shared_place" "two have the same place; give each one of its own"
        "Two things in a list have the same number.";
    NotThere "not_there" "somebody whom you named has left meanwhile; look at the list again"
        "A person who was named does not take part any more.";
    TooManyPeople "too_many_people" "too many people are named; name {most} at most, everybody in every place counted"
        "{most} is a whole number.";
    TextTooLong "text_too_long" "the text is too long; write {most} characters at most"
        "{most} is a whole number.";
    NotDate "not_date" "write day, month and year, the year with four digits"
        "A date can't be read, or is none of the calendar.";
    NotWhole "not_whole" "a whole number is expected"
        "After it come a semicolon and one of the texts that begin with write_.";
    NotNumber "not_number" "a number is expected"
        "After it come a semicolon and one of the texts that begin with write_.";
    TooSmall "too_small" "the number is too small"
        "After it come a semicolon and one of the texts that begin with write_.";
    TooLarge "too_large" "the number is too large"
        "After it come a semicolon and one of the texts that begin with write_.";
    WriteWhole "write_whole" "write a whole number"
        "Behind an error and a semicolon.";
    WriteWholeFrom "write_whole_from" "write a whole number of at least {least}"
        "Behind an error and a semicolon.";
    WriteWholeTo "write_whole_to" "write a whole number of at most {most}"
        "Behind an error and a semicolon.";
    WriteWholeBetween "write_whole_between" "write a whole number from {least} to {most}"
        "Behind an error and a semicolon.";
    WriteNumber "write_number" "write a number"
        "Behind an error and a semicolon.";
    WriteNumberFrom "write_number_from" "write a number of at least {least}"
        "Behind an error and a semicolon.";
    WriteNumberTo "write_number_to" "write a number of at most {most}"
        "Behind an error and a semicolon.";
    WriteNumberBetween "write_number_between" "write a number from {least} to {most}"
        "Behind an error and a semicolon.";

    KeptTitle "kept_title" "Your answers are kept for you"
        "The heading of the page after saving.";
    Kept "kept" "Nothing is handed in yet. To go on, follow the link in your letter, on any device."
        "On the page after saving.";
    KeptUntil "kept_until" "You can answer until {closes}. What is not handed in by then is deleted."
        "On the page after saving. {closes} is a moment, as `moment` writes it.";
    KeptOnward "kept_onward" "Go on answering now"
        "The link back to the form on the page after saving.";
    ThanksTitle "thanks_title" "Thank you"
        "The heading of the page after handing in.";
    Thanks "thanks" "Your answers are handed in. Nothing more is to be done here."
        "On the page after handing in.";
    LateTitle "late_title" "You have handed this in already"
        "The heading of the page when a form is sent a second time.";
    Late "late" "What you sent first counts. If you sent something else just now, it was not taken."
        "On the page when a form is sent a second time.";
    ClosedTitle "closed_title" "This survey is closed"
        "The heading of the page of a survey that has closed.";
    Closed "closed" "It no longer takes answers. What you did not hand in has been deleted."
        "On the page of a survey that has closed.";
    NotAskedTitle "not_asked_title" "There is nothing to answer here"
        "The heading of the page for somebody who is not asked any more.";
    NotAsked "not_asked" "You are not asked any more, for example because you have left the programme."
        "On the page for somebody who is not asked any more.";

    Moment "moment" "{weekday} {day} {month} {year}, {time}"
        "A day with its time, for example Tue 3 Mar 2026, 10:00. It is written in English unless the weekday and month have their words, too.";
    Monday "monday" "Mon" "A weekday in a moment.";
    Tuesday "tuesday" "Tue" "A weekday in a moment.";
    Wednesday "wednesday" "Wed" "A weekday in a moment.";
    Thursday "thursday" "Thu" "A weekday in a moment.";
    Friday "friday" "Fri" "A weekday in a moment.";
    Saturday "saturday" "Sat" "A weekday in a moment.";
    Sunday "sunday" "Sun" "A weekday in a moment.";
    January "january" "Jan" "A month in a moment.";
    February "february" "Feb" "A month in a moment.";
    March "march" "Mar" "A month in a moment.";
    April "april" "Apr" "A month in a moment.";
    May "may" "May" "A month in a moment.";
    June "june" "Jun" "A month in a moment.";
    July "july" "Jul" "A month in a moment.";
    August "august" "Aug" "A month in a moment.";
    September "september" "Sep" "A month in a moment.";
    October "october" "Oct" "A month in a moment.";
    November "november" "Nov" "A month in a moment.";
    December "december" "Dec" "A month in a moment.";
}
