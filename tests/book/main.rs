//! The book: every command of a page works in its order, from a folder with nothing but the templates and examples; every
//! file, script and piece of data is what the page says it is.
//!
//! A page that needs more than the program says so in its first line, `<!-- needs: npm -->`, and is tested where the variable
//! `TURNABOUT_BOOK` lists what is there.

#![allow(clippy::unwrap_used)] // a test that cannot read what it needs has to fail

mod page;
mod readme;
mod shell;

use page::{Block, What};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Mutex,
};
use turnabout_core::bundle::{Messages as _, Scripts as _};
use turnabout_render::messages::MessageCheck;
use turnabout_script::{RhaiScripts, ScriptLimits};

/// The project's folder.
fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the project")
}

/// Every page by its path under `docs/src`.
fn pages() -> BTreeMap<String, String> {
    let root = project().join("docs/src");
    let mut folders = vec![root.clone()];
    let mut pages = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "md") {
                let name = entry.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                pages.insert(name, std::fs::read_to_string(&entry).unwrap());
            }
        }
    }
    pages
}

/// Whether this machine has what a page needs.
fn has(needs: &[&str]) -> bool {
    let there = std::env::var("TURNABOUT_BOOK").unwrap_or_default();
    needs.iter().all(|need| there.split_whitespace().any(|one| one == *need))
}

#[test]
fn every_command_of_the_book_works() {
    let walks = |(name, page): &(String, String)| {
        let blocks = page::blocks(page);
        let runs = blocks.iter().any(|block| matches!(block.what, What::Commands { .. }));
        (runs && has(&page::needs(page)))
            .then(|| shell::walk(&blocks))?
            .map(|problem| format!("docs/src/{name}:{problem}"))
    };
    // Every page has a folder and a port of its own. They wait more than they work, so that two a core keep it busy.
    let pages = Mutex::new(pages().into_iter());
    let next = || pages.lock().unwrap().next();
    let walkers = 2 * std::thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let walk = || std::iter::from_fn(next).filter_map(|page| walks(&page)).collect::<Vec<_>>();
        let walking: Vec<_> = (0..walkers).map(|_| scope.spawn(walk)).collect();
        walking.into_iter().flat_map(|walk| walk.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_command_of_the_readme_works() {
    let mut blocks = page::blocks(&std::fs::read_to_string(project().join("README.md")).unwrap());
    for block in blocks.iter_mut().filter(|block| matches!(block.what, What::Commands { .. })) {
        block.text = readme::as_walked(&block.text);
    }
    assert_eq!(shell::walk(&blocks), None);
}

/// How many commands a rule of one's own may take, from a new folder to pairs that it decided in a rehearsal.
const COMMANDS: usize = 10;

#[test]
fn a_rule_of_ones_own_decides_pairs_within_ten_commands_in_every_language() {
    let pages = pages();
    for language in ["rust", "python", "javascript"] {
        let blocks = page::blocks(&pages[&format!("tutorials/plugin-{language}.md")]);
        let typed: Vec<String> = blocks.iter().flat_map(page::typed).collect();
        let (first, last) = (typed.first().unwrap(), typed.last().unwrap());
        assert!(first.starts_with("turnabout plugin new ") && last.starts_with("turnabout rehearse "), "{typed:#?}");
        assert!(typed.len() <= COMMANDS, "{language} takes {} commands: {typed:#?}", typed.len());
    }
}

#[test]
fn every_other_block_of_the_book_is_what_it_says() {
    let mut wrong = Vec::new();
    for (name, page) in pages() {
        for block in page::blocks(&page) {
            if let Err(why) = holds(&name, &block) {
                wrong.push(format!("docs/src/{name}:{}: {why}", block.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Whether a block that is no command is what it says. Nothing stands in the book that nobody tests.
fn holds(page: &str, block: &Block) -> Result<(), String> {
    let file = |path: &str| std::fs::read_to_string(project().join(path)).map_err(|error| format!("{path}: {error}"));
    match &block.what {
        What::Script => compiles(&block.text),
        What::Message => {
            let head = MessageCheck.check("the message", &block.text);
            head.map(drop).map_err(|problems| format!("the message is not sound: {problems:?}"))
        }
        What::Data("json") => {
            serde_json::from_str::<serde_json::Value>(&block.text).map(drop).map_err(|error| error.to_string())
        }
        What::Data(_) => toml::from_str::<toml::Table>(&block.text).map(drop).map_err(|error| error.to_string()),
        What::Quote(path) if page::has_lines(&file(path)?, &block.text) => Ok(()),
        What::Quote(path) => Err(format!("{path} does not have these lines")),
        What::TestedBy(path) if file(path)?.contains(page) => Ok(()),
        What::TestedBy(path) => Err(format!("{path} does not name the page {page}")),
        // A part of a file that is there, which another test sees to.
        What::Untested(_) if block.text.starts_with("{{#include ") && block.text.lines().count() == 1 => Ok(()),
        What::Untested(language) => {
            Err(format!("nobody tests this block of '{language}': see `What` in tests/book/page.rs"))
        }
        What::Commands { .. } | What::Output | What::File(_) | What::Append(_) => Ok(()),
    }
}

/// A part of a script compiles as the body of a programme.
fn compiles(text: &str) -> Result<(), String> {
    let text = match (text.contains("fn programme("), text.contains("fn ")) {
        (true, _) => text.to_owned(),
        (false, true) => format!("fn programme(settings) {{}}\n{text}"),
        (false, false) => format!("fn programme(settings) {{\n{text}\n}}"),
    };
    let modules = std::fs::read_dir(project().join("workflows/lib")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: BTreeMap<_, _> = modules
        .filter(|path: &PathBuf| path.extension().is_some_and(|ending| ending == "rhai"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            (format!("lib/{name}").into(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.insert("programme.rhai".into(), text);
    match RhaiScripts::new(ScriptLimits::standard()).compile(&files) {
        Ok(_) => Ok(()),
        Err(problems) => Err(format!("the script does not compile: {problems:?}")),
    }
}

#[test]
fn the_reference_is_what_the_program_writes() {
    let said = shell::turnabout(&["reference", "docs/src/reference", "--check"]);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    let pages = pages();
    let contents = &pages["SUMMARY.md"];
    let lost: Vec<&String> =
        pages.keys().filter(|name| *name != "SUMMARY.md" && !contents.contains(&format!("({name})"))).collect();
    assert!(lost.is_empty(), "docs/src/SUMMARY.md does not name {lost:?}");
}

#[test]
fn every_link_of_the_book_leads_to_a_file() {
    let mut wrong = Vec::new();
    for (name, page) in pages() {
        let folder = project().join("docs/src").join(&name);
        for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") && !folder.with_file_name("").join(path).exists() {
                wrong.push(format!("docs/src/{name} links to {target}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a page takes out of a file: `{{#include PATH}}` the whole, `{{#include PATH:ANCHOR}}` what lies between two comments.
#[test]
fn every_part_that_a_page_includes_is_there() {
    let (mut seen, mut wrong) = (0, Vec::new());
    for (name, page) in pages() {
        let folder = project().join("docs/src").join(&name).with_file_name("");
        for target in page.split("{{#include ").skip(1).filter_map(|rest| rest.split("}}").next()) {
            seen += 1;
            let (path, anchor) = target.split_once(':').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
            let text = std::fs::read_to_string(folder.join(path)).unwrap_or_default();
            let marks = |mark: &str| {
                let mark = anchor.map(|anchor| format!("// {mark}: {anchor}"));
                mark.is_none_or(|mark| text.lines().filter(|line| line.trim() == mark).count() == 1)
            };
            if text.is_empty() || !marks("ANCHOR") || !marks("ANCHOR_END") {
                wrong.push(format!("docs/src/{name} includes {target}"));
            }
        }
    }
    assert!(seen > 5, "the includes were not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
