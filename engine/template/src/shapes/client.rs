//! The shape of `client.toml`.

use super::{DIARY, LINE};
use crate::{
    document::{Field, Shape, TableShape},
    formats,
};

/// A client file.
pub(crate) static CLIENT: Shape = Shape::Table(&TableShape {
    what: "a client file",
    fields: &[&[
        Field::required(
            "name",
            "the client's name: that of its runs, and of the client served as a template of its own",
            Shape::Format(formats::name),
            "name = \"northshire\"",
        ),
        Field::required(
            "template",
            "the folder of the template that is tailored, counted from this file",
            Shape::Text,
            "template = \"../workflows/police\"",
        ),
        Field::optional(
            "time_zone",
            "the zone of its runs, in place of the template's",
            Shape::Format(formats::time_zone),
        ),
        Field::optional(
            "people",
            "where the client's list of people lies, counted from this file: `run start --client-file` takes it in, unless another is given",
            Shape::Text,
        ),
        Field::optional(
            "settings",
            "what differs from the template's defaults",
            Shape::Map { names: formats::identifier, of: &Shape::Plain },
        ),
        Field::optional("diary", "days on which nothing is planned, beside those of the template", DIARY),
        Field::required(
            "coordinator",
            "who runs the programme: tasks and letters to `\"coordinator\"` go there",
            PERSON,
            "coordinator = { name = \"Sam Reed\", email = \"sam@example.org\" }",
        ),
        Field::optional("sponsor", "who answers for it: letters to `\"sponsor\"`, and the released figures", PERSON),
        Field::required(
            "contact",
            "whom concerns go to: somebody outside the programme's reporting line",
            PERSON,
            "contact = { name = \"Ife Obi\", email = \"ife@example.org\" }",
        ),
        Field::optional(
            "permissions",
            "who permitted the use of a survey's questions, and when, by the survey's name",
            Shape::Map { names: formats::name, of: &Shape::Text },
        ),
        Field::required("brand", "how letters, pages and reports look", BRAND, "[brand]"),
    ]],
});

const PERSON: Shape = Shape::Table(&TableShape {
    what: "a person here",
    fields: &[&[
        Field::required("name", "the full name", Shape::Format(person), "name = \"Sam Reed\""),
        Field::required(
            "email",
            "the address that letters go to",
            Shape::Format(formats::email),
            "email = \"sam@example.org\"",
        ),
    ]],
});

/// A person's name that is there at all.
fn person(text: &str) -> Result<(), formats::Complaint> {
    if text.trim().is_empty() {
        let (message, help) = ("the name is empty".into(), "write who it is".into());
        return Err(formats::Complaint { message, help });
    }
    formats::person(text)
}

const BRAND: Shape = Shape::Table(&TableShape {
    what: "[brand]",
    fields: &[&[
        Field::required(
            "organisation",
            "whose programme it is: `programme.organisation` in messages",
            LINE,
            "organisation = \"Northshire Police\"",
        ),
        Field::optional("colour", "the accent of pages and reports", Shape::Format(formats::colour)),
    ]],
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        client::{Brand, Client, ClientPerson},
        testing::agrees,
    };

    #[test]
    fn the_shape_has_every_field_of_the_client() {
        let person = ClientPerson { name: "n".into(), email: "e".into() };
        let brand = Brand { organisation: "o".into(), colour: Some("#000000".into()) };
        agrees(&PERSON, &person);
        agrees(&BRAND, &brand);
        agrees(
            &CLIENT,
            &Client {
                name: "n".into(),
                template: "t".into(),
                time_zone: Some("UTC".into()),
                people: Some("p".into()),
                settings: std::collections::BTreeMap::default(),
                diary: turnabout_model::Diary { free: vec!["12-25".parse().unwrap()] },
                coordinator: person.clone(),
                sponsor: Some(person.clone()),
                contact: person,
                permissions: [("s".into(), "p".into())].into(),
                brand,
            },
        );
    }
}
