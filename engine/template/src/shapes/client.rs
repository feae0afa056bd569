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
        Field::required("name", Shape::Format(formats::name), "name = \"northshire\""),
        Field::required("template", Shape::Text, "template = \"../workflows/police\""),
        Field::optional("time_zone", Shape::Format(formats::time_zone)),
        Field::optional("people", Shape::Text),
        Field::optional("settings", Shape::Map { names: formats::identifier, of: &Shape::Plain }),
        Field::optional("diary", DIARY),
        Field::required("coordinator", PERSON, "coordinator = { name = \"Sam Reed\", email = \"sam@example.org\" }"),
        Field::optional("sponsor", PERSON),
        Field::required("contact", PERSON, "contact = { name = \"Ife Obi\", email = \"ife@example.org\" }"),
        Field::optional("permissions", Shape::Map { names: formats::name, of: &Shape::Text }),
        Field::required("brand", BRAND, "[brand]"),
    ]],
});

const PERSON: Shape = Shape::Table(&TableShape {
    what: "a person here",
    fields: &[&[
        Field::required("name", Shape::Format(person), "name = \"Sam Reed\""),
        Field::required("email", Shape::Format(formats::email), "email = \"sam@example.org\""),
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
        Field::required("organisation", LINE, "organisation = \"Northshire Police\""),
        Field::optional("colour", Shape::Format(formats::colour)),
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
