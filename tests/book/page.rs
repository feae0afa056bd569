//! A page of the book: its code blocks, and what each is for.

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// The line on which it begins, from 1.
    pub(crate) line: usize,
    /// What to do with it.
    pub(crate) what: What,
    /// Its text.
    pub(crate) text: String,
}

/// What a block is for: the words after its fence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// `sh`: commands that have to succeed; `sh,fails`: the last of them has to fail.
    Commands { fails: bool },
    /// `text` after commands: lines that their output has, in this order; `...` stands for any lines between.
    Output,
    /// `LANGUAGE,file=PATH`: a file as a whole.
    File(String),
    /// `LANGUAGE,append=PATH`: more lines of a file.
    Append(String),
    /// `rhai`: a script, or a part of one.
    Script,
    /// `hbs`: a message as a whole.
    Message,
    /// `json` or `toml`: something that has to be readable.
    Data(&'static str),
    /// `LANGUAGE,from=PATH`: lines that a file of the project has, one after the other.
    Quote(String),
    /// `LANGUAGE,tested=PATH`: what a test elsewhere in the project does and holds to the page, which it names.
    TestedBy(String),
    /// Any other: nobody tests it.
    Untested(String),
}

impl What {
    fn of(info: &str, after_commands: bool) -> Self {
        let mut words = info.split(',').map(str::trim);
        let language = words.next().unwrap_or_default();
        let mut fails = false;
        for word in words {
            match word.split_once('=') {
                Some(("file", path)) => return Self::File(path.into()),
                Some(("append", path)) => return Self::Append(path.into()),
                Some(("from", path)) => return Self::Quote(path.into()),
                Some(("tested", path)) => return Self::TestedBy(path.into()),
                _ => fails |= word == "fails",
            }
        }
        match language {
            "sh" => Self::Commands { fails },
            "text" if after_commands => Self::Output,
            "rhai" => Self::Script,
            "hbs" => Self::Message,
            "json" => Self::Data("json"),
            "toml" => Self::Data("toml"),
            other => Self::Untested(other.into()),
        }
    }
}

/// What the first line of a page says it needs beside the program: `<!-- needs: npm wasm -->`.
pub(crate) fn needs(page: &str) -> Vec<&str> {
    let first = page.lines().next().unwrap_or_default();
    let needs = first.strip_prefix("<!-- needs:").and_then(|rest| rest.strip_suffix("-->"));
    needs.map(|names| names.split_whitespace().collect()).unwrap_or_default()
}

/// Every code block of a page.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<(usize, String, Vec<&str>)> = None;
    for (number, line) in (1..).zip(page.lines()) {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((number, info.to_owned(), Vec::new())),
            (Some((_, _, text)), None) => text.push(line),
            (Some((line, info, text)), Some(_)) => {
                let after = blocks.last().is_some_and(|block| matches!(block.what, What::Commands { .. }));
                let what = What::of(info, after);
                let mut text = text.join("\n");
                text.push('\n');
                blocks.push(Block { line: *line, what, text });
                open = None;
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a code block is never closed");
    blocks
}

/// What a reader types for a block, a command each: also those that `&&` or `;` put into one line; a file that is written
/// counts as one.
pub(crate) fn typed(block: &Block) -> Vec<String> {
    match &block.what {
        What::Commands { .. } => {
            let text = block.text.replace("\\\n", " ");
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            lines.flat_map(|line| line.split(" && ").flat_map(|part| part.split("; "))).map(Into::into).collect()
        }
        What::File(path) | What::Append(path) => vec![format!("write {path}")],
        _ => Vec::new(),
    }
}

/// The first wanted line that the output does not have after those before it.
pub(crate) fn missing<'w>(wanted: &'w str, output: &str) -> Option<&'w str> {
    let mut lines = output.lines().map(str::trim_end);
    wanted.lines().map(str::trim_end).filter(|line| !line.is_empty() && line.trim() != "...").find(|line| {
        // `...` inside a line stands for the rest of it.
        let (start, open) = line.split_once("...").map_or((*line, false), |(start, _)| (start, true));
        !lines.any(|found| if open { found.starts_with(start) } else { found == start })
    })
}

/// Whether a text has lines one after the other, however far in they stand.
pub(crate) fn has_lines(text: &str, wanted: &str) -> bool {
    let lines = |text: &'_ str| -> Vec<String> { text.trim().lines().map(|line| line.trim().to_owned()).collect() };
    let (text, wanted) = (lines(text), lines(wanted));
    text.windows(wanted.len()).any(|part| part == wanted)
}

#[test]
fn a_page_is_taken_apart() {
    let page = "<!-- needs: npm -->\n# Title\n```sh\nls\n```\n\n```text\na...\n```\n```toml,file=x.toml\na = 1\n```\n";
    let found: Vec<_> = blocks(page).into_iter().map(|block| (block.line, block.what)).collect();
    assert_eq!(needs(page), ["npm"]);
    let file = What::File("x.toml".into());
    assert_eq!(found, [(3, What::Commands { fails: false }), (7, What::Output), (10, file)]);
}

#[test]
fn what_a_reader_types_is_counted_command_by_command() {
    let page = "```sh\ncd a && ls; pwd\n\n# why\nturnabout plugin \\\n  new\n```\n```text\nan answer\n```\n```toml,file=x\na = 1\n```\n";
    let typed: Vec<String> = blocks(page).iter().flat_map(typed).collect();
    assert_eq!(typed, ["cd a", "ls", "pwd", "turnabout plugin    new", "write x"]);
}

#[test]
fn a_quotation_is_found_wherever_it_stands_and_only_whole() {
    let file = "use x;\n\n    fn a() {\n        b();\n    }\n";
    assert!(has_lines(file, "fn a() {\n    b();\n}\n"));
    assert!(!has_lines(file, "fn a() {\n    c();\n}\n"));
    assert!(!has_lines(file, "fn a() {\n}\n"));
}

#[test]
fn output_is_held_against_what_the_page_shows() {
    let output = "first\n10 pairs at 12:30\nlast\n";
    assert_eq!(missing("first\n...\nlast\n", output), None);
    assert_eq!(missing("10 pairs...\n", output), None);
    assert_eq!(missing("last\nfirst\n", output), Some("first"));
    assert_eq!(missing("10 pairs\n", output), Some("10 pairs"));
}
