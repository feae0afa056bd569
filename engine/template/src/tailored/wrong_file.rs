//! What a client wrote into `changes.toml` and what belongs in its `client.toml`.

use crate::{
    document::{Node, Shape},
    report::Report,
    shapes::{CLIENT, PROGRAMME},
};
use toml::Table;

/// Takes out of a client's changes what only `client.toml` has, and the values of settings, and says where they belong:
/// laid over the manifest they would only lead to further errors. `changes` and `text` are the same file, as it is written.
pub(super) fn take_out(over: &mut Table, changes: Node<'_>, text: &str, wrong: &mut Report) {
    for (name, node) in changes.entries().into_iter().filter(|(name, _)| is_of_the_client(name)) {
        over.remove(name);
        let message = format!("'{name}' belongs in client.toml");
        wrong.push(node.key_error("client::wrong_file", message, "not in changes.toml").help(
            "move it to client.toml: changes.toml is laid over the template's programme.toml, which has nothing of the kind",
        ));
    }
    let Some(settings) = over.get_mut("settings").and_then(toml::Value::as_table_mut) else { return };
    for (name, node) in changes.entries_of("settings") {
        if settings.get(name).is_none_or(toml::Value::is_table) {
            continue;
        }
        settings.remove(name);
        let value = text.get(node.span()).unwrap_or("...");
        wrong.push(
            node.key_error(
                "client::wrong_file",
                format!("the setting '{name}' is given its value in client.toml"),
                "not in changes.toml",
            )
            .help(format!(
                "write `{name} = {value}` below [settings] in client.toml; changes.toml says of a setting what it is, \
                     below [settings.{name}]"
            )),
        );
    }
}

/// Tells whether a key is one of `client.toml`, and none of `programme.toml`.
fn is_of_the_client(name: &str) -> bool {
    has(&CLIENT, name) && !has(&PROGRAMME, name)
}

/// Tells whether a key is one of `programme.toml`, and none of `client.toml`.
pub(crate) fn is_of_the_template(name: &str) -> bool {
    has(&PROGRAMME, name) && !has(&CLIENT, name)
}

fn has(shape: &Shape, name: &str) -> bool {
    matches!(shape, Shape::Table(table) if table.names().any(|known| known == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn what_belongs_in_the_other_file_is_taken_out_and_told() {
        let text = "summary = \"Ours\"\nsponsor = { name = \"A\" }\n[settings]\nlength = \"3 months\"\n\
            [settings.ours]\ntype = \"switch\"\n[brand]\ncolour = \"red\"\n";
        let mut over: Table = text.parse().unwrap();
        let mut wrong = Report::default();
        let document = Document::parse("changes.toml", text, &mut wrong);
        take_out(&mut over, document.root(), text, &mut wrong);
        let found = wrong.finish();
        let told: Vec<_> = found.iter().map(|one| (&text[one.labels[0].bytes.clone()], one.message.as_str())).collect();
        assert_eq!(
            told,
            [
                ("sponsor", "'sponsor' belongs in client.toml"),
                ("length", "the setting 'length' is given its value in client.toml"),
                ("brand", "'brand' belongs in client.toml"),
            ]
        );
        assert!(found[1].help.as_deref().unwrap().starts_with("write `length = \"3 months\"` below [settings]"));
        assert_eq!(over.keys().collect::<Vec<_>>(), ["settings", "summary"]);
        assert_eq!(over["settings"].as_table().unwrap().keys().collect::<Vec<_>>(), ["ours"]);
        for (name, client, template) in
            [("brand", true, false), ("matching", false, true), ("settings", false, false), ("nothing", false, false)]
        {
            assert_eq!((is_of_the_client(name), is_of_the_template(name)), (client, template), "{name}");
        }
    }
}
