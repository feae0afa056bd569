//! What is a copy on purpose stays one: an example's folder is complete in itself, as `turnabout plugin new` would make it.

use super::source::root;

#[test]
fn the_examples_of_plugins_have_the_sdk_and_the_contract_that_new_plugins_get() {
    let project = root();
    for (copy, source) in [
        ("examples/plugins/service-gap/turnabout_rule.py", "plugins/scaffolds/python/sdk/turnabout_rule.py"),
        ("examples/plugins/ask-lowest/turnabout-logic.js", "plugins/scaffolds/js/sdk/turnabout-logic.js"),
        ("examples/plugins/service-gap/tests/test_cases.py", "plugins/scaffolds/python/sdk/tests/test_cases.py"),
        ("examples/plugins/ask-lowest/tests/cases.test.js", "plugins/scaffolds/js/sdk/tests/cases.test.js"),
        ("examples/plugins/service-gap/wit/plugin.wit", "plugins/wit/plugin.wit"),
        ("examples/plugins/ask-lowest/wit/plugin.wit", "plugins/wit/plugin.wit"),
    ] {
        let read = |path: &str| std::fs::read_to_string(project.join(path)).unwrap();
        assert!(read(copy) == read(source), "{copy} is not what {source} is: copy it anew");
    }
}
