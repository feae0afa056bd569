//! Taking in one person.

use crate::{
    api::{Created, Fault, KeyHeader, Path, Problems, RunPath, Write},
    app::App,
};
use axum::extract::State;
use serde::Deserialize;
use smol_str::SmolStr;
use std::collections::{BTreeMap, BTreeSet};
use turnabout_live::views::Added;
use turnabout_model::{ParticipantId, ParticipantStatus, Person, Role};
use utoipa::ToSchema;

/// A person to be taken in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"role": "mentor", "name": "Amara Diaz", "email": "amara@example.org", "manager": "sam@example.org", "attributes": {"topics": ["night shifts", "inclusion"], "grade": ["4"]}}))]
pub(crate) struct AddParticipant {
    /// `mentor` or `mentee`. In reverse mentoring the mentor is the junior.
    #[schema(value_type = String, example = "mentor")]
    role: Role,
    /// The full name.
    name: String,
    /// The e-mail address.
    #[schema(value_type = String, example = "amara@example.org")]
    email: SmolStr,
    /// The line manager's e-mail address.
    #[schema(value_type = Option<String>)]
    manager: Option<SmolStr>,
    /// What the template asks about people, by name.
    #[serde(default)]
    #[schema(value_type = Object)]
    attributes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The special attributes that the person agreed to have used. Without consent their values are not kept.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    consents: BTreeSet<SmolStr>,
    /// Where they stand: `accepted` if nothing is said, or `applied`, `waiting`, `declined`.
    #[schema(value_type = Option<String>)]
    status: Option<ParticipantStatus>,
}

/// Takes in one person, checked like a row of a list.
#[utoipa::path(post, path = "/runs/{run}/participants", tag = "participants", params(RunPath, KeyHeader),
    request_body = AddParticipant,
    responses((status = 201, description = "The new participant's id", body = Added),
        (status = 200, description = "An earlier request with the same key did it", body = Added), Problems))]
pub(crate) async fn add_participant(
    State(app): State<App>,
    Path(path): Path<RunPath>,
    write: Write<AddParticipant>,
) -> Result<Created<Added>, Fault> {
    let AddParticipant { role, name, email, manager, attributes, consents, status } = write.body;
    let status = super::standing(status)?;
    let person = Person {
        id: ParticipantId(0),
        role,
        name,
        email,
        manager,
        attributes,
        consents,
        avoids: BTreeSet::new(),
        agreed_to_contact: None,
    };
    let (run, once) = (path.run.clone(), write.once);
    let outcome = app.engine(move |engine| engine.add_person(&run, &person, status, once)).await?;
    let id = outcome.answer.added.first().map(ToString::to_string).unwrap_or_default();
    let location = format!("/api/v1/runs/{}/participants/{id}", path.run);
    Ok(Created { location, body: outcome.answer, replayed: outcome.replayed })
}
