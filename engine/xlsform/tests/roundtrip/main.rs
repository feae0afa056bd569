//! Out and in again: nothing of a survey is lost on the way through a workbook.

#![allow(clippy::unwrap_used)] // a test that cannot write what it reads has to fail

mod arbitrary;

use proptest::prelude::*;
use turnabout_xlsform::{export, import};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_survey_comes_back_as_it_went(survey in arbitrary::survey()) {
        let workbook = export("some-survey", &survey).unwrap();
        let imported = import(&workbook).map_err(|problems| TestCaseError::fail(format!("{problems:#?}")))?;
        prop_assert_eq!(imported.name.as_deref(), Some("some-survey"));
        prop_assert_eq!(imported.survey, survey);
        prop_assert_eq!(imported.warnings, []);
    }

    #[test]
    fn no_workbook_makes_it_panic(survey in arbitrary::survey(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut workbook = export("some-survey", &survey).unwrap();
        let at = at.index(workbook.len());
        workbook[at] = to;
        let _ = import(&workbook);
        let _ = import(&workbook[..at]);
    }
}
