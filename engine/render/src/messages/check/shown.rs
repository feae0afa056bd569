//! Whether a message shows a variable, under whatever condition.

use super::too_deep;
use crate::messages::file::{self, MessageFile};
use handlebars::{Template, template::TemplateElement};

/// Looks in the text below the front matter. Of a message that can't be read nothing is missed: that is reported elsewhere.
pub(super) fn is_shown(file: &str, text: &str, variable: &str) -> bool {
    let Ok(MessageFile { body_at, .. }) = file::parse(file, text) else { return true };
    let body = &text[body_at..];
    if too_deep(body).is_some() {
        return true;
    }
    Template::compile(body).map_or(true, |template| within(&template, variable))
}

fn within(template: &Template, variable: &str) -> bool {
    template.elements.iter().any(|element| match element {
        TemplateElement::Expression(shown) => shown.name.as_name() == Some(variable),
        TemplateElement::HelperBlock(block) => {
            [&block.template, &block.inverse].into_iter().flatten().any(|inner| within(inner, variable))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_shown_wherever_it_stands_and_not_in_a_comment() {
        for (body, expect) in [
            ("{{link}}", true),
            ("{{~ link ~}}", true),
            ("{{#if link}}Here: {{link}}{{/if}}", true),
            ("{{#unless pair}}{{else}}{{link}}{{/unless}}", true),
            ("{{#if link}}There is one.{{/if}}", false),
            ("{{! link }}", false),
            ("{{!-- {{link}} --}}", false),
            ("\\{{link}}", false),
            ("{{contact.link}} link", false),
            ("{{#if", true),
        ] {
            let text = format!("+++\nsubject = \"To {{{{link}}}}\"\n+++\n{body}\n");
            assert_eq!(is_shown("messages/m.hbs", &text, "link"), expect, "{body}");
        }
    }
}
