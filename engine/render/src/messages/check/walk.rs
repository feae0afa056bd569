//! The walk over a parsed message: only variables that exist, and only the few forms a message needs.

use super::place::Place;
use crate::messages::variables::{GROUPS, LINK, RAISING, VARIABLES};
use handlebars::{
    Template,
    template::{HelperTemplate, Parameter, Subexpression, TemplateElement},
};
use turnabout_model::Diagnostic;

/// The tests a condition can make.
const TESTS: [&str; 5] = ["eq", "ne", "and", "or", "not"];
const FORMS: &str = "a message has variables such as {{recipient.name}}, and {{#if}}, {{#unless}} and {{else}}";

/// Reports everything in a template that a message can't have.
pub(super) fn walk(template: &Template, place: &Place<'_>, problems: &mut Vec<Diagnostic>) {
    Walk { place, problems }.template(template, 0);
}

struct Walk<'w> {
    place: &'w Place<'w>,
    problems: &'w mut Vec<Diagnostic>,
}

impl Walk<'_> {
    fn template(&mut self, template: &Template, outer: usize) {
        for (index, element) in template.elements.iter().enumerate() {
            // An `else if` has no place of its own: it is looked for after the `if` it belongs to.
            let at = template.mapping.get(index).map_or(outer, |mapping| self.place.byte(mapping.0, mapping.1));
            match element {
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
                TemplateElement::Expression(expression) => self.expression(expression, at),
                TemplateElement::HelperBlock(block) => self.block(block, at),
                TemplateElement::HtmlExpression(_) => self.refuse(
                    at,
                    "raw output can't be used in a message",
                    "write two braces: messages are plain text and nothing in them is escaped",
                ),
                TemplateElement::PartialExpression(_) | TemplateElement::PartialBlock(_) => {
                    self.refuse(at, "a message can't include another", FORMS);
                }
                TemplateElement::DecoratorExpression(_) | TemplateElement::DecoratorBlock(_) => {
                    self.refuse(at, "decorators can't be used in a message", FORMS);
                }
                // A form that a later handlebars may bring.
                _ => self.refuse(at, "this can't be used in a message", FORMS),
            }
        }
    }

    fn expression(&mut self, expression: &HelperTemplate, at: usize) {
        if !expression.params.is_empty() || !expression.hash.is_empty() {
            return self.refuse(at, "helpers can't be used in a message", FORMS);
        }
        match expression.name.as_name() {
            Some(name) => self.variable(name, at, Use::Shown),
            None => self.refuse(at, "only a variable can stand here", FORMS),
        }
    }

    fn block(&mut self, block: &HelperTemplate, at: usize) {
        let name = block.name.as_name().unwrap_or_default();
        if !["if", "unless"].contains(&name) {
            return self.refuse(at, "only {{#if}} and {{#unless}} can be used in a message", FORMS);
        }
        if block.params.len() != 1 || !block.hash.is_empty() || block.block_param.is_some() {
            self.refuse(at, &format!("{{{{#{name}}}}} takes one condition"), "write for example {{#if session}}");
        } else {
            self.condition(&block.params[0], at);
        }
        for part in [&block.template, &block.inverse].into_iter().flatten() {
            self.template(part, at);
        }
    }

    fn condition(&mut self, condition: &Parameter, at: usize) {
        match condition {
            Parameter::Literal(_) => {}
            Parameter::Subexpression(test) => self.test(test, at),
            Parameter::Name(name) => self.variable(name, at, Use::Asked),
            Parameter::Path(_) => self.variable(condition.as_name().unwrap_or_default(), at, Use::Asked),
            _ => self.refuse(at, "this condition can't be used in a message", FORMS),
        }
    }

    fn test(&mut self, test: &Subexpression, at: usize) {
        let TemplateElement::Expression(expression) = test.as_element() else {
            return self.refuse(at, "this condition can't be used in a message", FORMS);
        };
        let name = expression.name.as_name().unwrap_or_default();
        if !TESTS.contains(&name) || expression.params.is_empty() || !expression.hash.is_empty() {
            return self.refuse(
                at,
                "this condition can't be used in a message",
                "a condition is a variable, or a test such as (eq recipient.role \"mentor\"); there is eq, ne, and, or, not",
            );
        }
        for parameter in &expression.params {
            self.condition(parameter, at);
        }
    }

    fn variable(&mut self, name: &str, at: usize, used: Use) {
        let known = VARIABLES.contains(&name) || name == LINK || is_setting(name);
        let known = known || (used == Use::Asked && GROUPS.contains(&name));
        let group = name.split('.').next().unwrap_or(name);
        // What one reader alone has is in no text that two sign.
        if known && self.place.only.is_none_or(|only| only.contains(&group) && name != RAISING) {
            return;
        }
        if known {
            let bytes = self.place.word(name, at);
            let message = format!("an agreement is one text for both, and can't show '{name}'");
            let help = format!("it can show {}", self.place.only.unwrap_or_default().join(", "));
            let problem = self.place.error("agreement::variable", message, bytes, "not in an agreement");
            self.problems.push(problem.help(help));
            return;
        }
        let bytes = self.place.word(name, at);
        let (message, help) = if GROUPS.contains(&name) {
            (format!("'{name}' is a group of variables"), format!("write one of them: {}", within(name)))
        } else {
            (format!("there is no variable '{name}'"), suggestion(name))
        };
        self.problems.push(self.place.error("message::unknown_variable", message, bytes, "does not exist").help(help));
    }

    fn refuse(&mut self, at: usize, message: &str, help: &str) {
        let bytes = self.place.word("", at);
        self.problems.push(self.place.error("message::forbidden", message, bytes, "not in a message").help(help));
    }
}

/// The variable or group of that name, as the house writes it.
pub(super) fn variable_of(name: &str) -> Option<&'static str> {
    VARIABLES.into_iter().chain(GROUPS).chain([LINK]).find(|known| *known == name)
}

/// How a variable is used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    /// It is put into the text.
    Shown,
    /// A condition asks for it.
    Asked,
}

/// Which settings there are, the loader of the template knows and checks.
fn is_setting(name: &str) -> bool {
    name.strip_prefix("settings.")
        .is_some_and(|setting| !setting.is_empty() && setting.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

fn within(group: &str) -> String {
    let prefix = format!("{group}.");
    let names: Vec<_> = VARIABLES.into_iter().filter(|name| name.starts_with(&prefix)).collect();
    names.join(", ")
}

fn suggestion(name: &str) -> String {
    // The people of a pair stand for themselves: `mentor.name`, and not `pair.mentor.name`.
    if let Some(rest) = name.strip_prefix("pair.").filter(|rest| rest.contains('.')) {
        return suggestion(rest);
    }
    let (group, _) = name.split_once('.').unwrap_or((name, ""));
    if group == "settings" {
        return "settings have names such as settings.rounds".into();
    }
    if GROUPS.contains(&group) {
        return format!("there is {}", within(group));
    }
    let folded = |text: &str| text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "");
    let word = folded(name);
    let reach = (word.chars().count() / 4).max(1);
    let close = |known: &str| strsim::damerau_levenshtein(&folded(known), &word) <= reach;
    let all = || VARIABLES.into_iter().chain([LINK]).chain(GROUPS);
    if let Some(known) = all().find(|known| close(known)) {
        return format!("did you mean {known}?");
    }
    // The last part alone says something too: `name` for `recipient.name`.
    let last = name.rsplit('.').next();
    let near: Vec<_> = all().filter(|known| known.rsplit('.').next() == last).collect();
    if near.is_empty() {
        format!("there is {}, {LINK}, pair and settings.NAME", GROUPS.map(|group| format!("{group}.*")).join(", "))
    } else {
        format!("did you mean {}?", near.join(" or "))
    }
}
