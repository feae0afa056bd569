//! Writes surveys as XLSForm workbooks into a folder, and reads each back to see that nothing was lost.
//!
//!   export-surveys FOLDER SURVEY.toml...
//!   export-surveys FOLDER --random COUNT
//!
//! `tests/peers/xlsform` gives them to pyxform. A path's last folders become the file's name, since templates call their
//! surveys alike.

#[path = "../tests/roundtrip/arbitrary.rs"]
mod arbitrary;

use proptest::{strategy::Strategy, strategy::ValueTree, test_runner::TestRunner};
use std::{env, error::Error, fs, path::Path};
use turnabout_model::Survey;
use turnabout_xlsform::{export, import};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (Some(folder), Some(first)) = (arguments.first(), arguments.get(1)) else {
        return Err("export-surveys FOLDER SURVEY.toml..., or export-surveys FOLDER --random COUNT".into());
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    if first == "--random" {
        let count = arguments.get(2).map_or(Ok(100), |count| count.parse::<usize>())?;
        let mut runner = TestRunner::deterministic();
        for number in 0..count {
            let survey = arbitrary::survey().new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
            write(folder, &format!("random-{number}"), &survey)?;
        }
        return Ok(());
    }
    for path in &arguments[1..] {
        let read = turnabout_template::read_survey(path, &fs::read_to_string(path)?);
        let survey = read.map_err(|problems| format!("{path}: {problems:#?}"))?;
        let named: Vec<&str> =
            path.trim_end_matches(".toml").rsplit('/').take(3).filter(|part| *part != "surveys").collect();
        write(folder, &named.into_iter().rev().collect::<Vec<_>>().join("-"), &survey)?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, survey: &Survey) -> Result<(), Box<dyn Error>> {
    let workbook = export(name, survey)?;
    let imported = import(&workbook).map_err(|problems| format!("{name}: {problems:#?}"))?;
    if imported.survey != *survey {
        return Err(format!("{name} came back otherwise than it went").into());
    }
    fs::write(folder.join(name).with_extension("xlsx"), workbook)?;
    Ok(())
}
