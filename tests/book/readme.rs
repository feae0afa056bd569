//! The README's commands as a walk types them.

/// Ends a server that runs.
const STOP: &str = "if [ -n \"${server:-}\" ]; then kill $server; wait $server || true; fi";
/// Waits for a server that begins.
const WAIT: &str = "server=$!\ncurl --silent --fail --retry 50 --retry-connrefused --retry-delay 1 http://127.0.0.1:8080/api/v1/health";

/// Whoever reads the README has the sources and types one line after the other, with a server in another window and the id of a
/// run before their eyes. In a walk the program is built, a server runs in the background, `RUN` is the run that was started
/// last, and what is done a thousand times is done four times.
pub(crate) fn as_walked(commands: &str) -> String {
    let lines = commands.lines().map(|line| {
        let line = line.split("  #").next().unwrap_or_default().trim_end();
        let line =
            line.replace("cargo run --release --", "turnabout").replace("./target/release/turnabout", "turnabout");
        let line =
            line.replace("RUN", "\"$run\"").replace("--times 1000", "--times 4").replace("--times 100", "--times 4");
        // A comparison before an amendment has fifty of each, on a program that was built for development.
        let line = line.replace("--dry-run", "--dry-run --times 4");
        match line.split_whitespace().take(3).collect::<Vec<_>>()[..] {
            // What Cargo would build or test is there.
            ["cargo", ..] => String::new(),
            ["turnabout", "demo" | "serve", ..] => format!("{STOP}\n{line} > server.log &\n{WAIT}"),
            ["turnabout", "run", "start"] => format!("run=$({line} --id)"),
            _ => line,
        }
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_line_is_typed_without_its_remark_and_with_the_run() {
    let typed = as_walked("cargo build --release\n./target/release/turnabout run show RUN --times 1000   # why\n");
    assert_eq!(typed, "\nturnabout run show \"$run\" --times 4\n");
}
