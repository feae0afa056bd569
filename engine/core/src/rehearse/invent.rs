//! Invented people.

use super::draw::Draw;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{CohortRecipe, ParticipantId, Person, Programme, Role};

/// Somebody who will apply: a person who has no id yet.
#[derive(Debug, Clone, PartialEq)]
pub struct CastMember {
    /// Mentor or mentee.
    pub role: Role,
    /// The full name.
    pub name: String,
    /// The e-mail address.
    pub email: SmolStr,
    /// The e-mail address of the line manager.
    pub manager: Option<SmolStr>,
    /// The attributes by name.
    pub attributes: BTreeMap<SmolStr, Vec<SmolStr>>,
    /// The special-category attributes that may be used.
    pub consents: BTreeSet<SmolStr>,
}

impl CastMember {
    /// The person, once there is an id.
    pub fn person(&self, id: ParticipantId) -> Person {
        Person {
            id,
            role: self.role,
            name: self.name.clone(),
            email: self.email.clone(),
            manager: self.manager.clone(),
            attributes: self.attributes.clone(),
            consents: self.consents.clone(),
            avoids: BTreeSet::new(),
            agreed_to_contact: None,
        }
    }
}

const GIVEN: [&str; 20] = [
    "Amara", "Bela", "Chidi", "Dana", "Efua", "Farid", "Grace", "Hana", "Idris", "Jo", "Kemi", "Liam", "Mina", "Noor",
    "Owen", "Priya", "Rosa", "Sam", "Tariq", "Wanda",
];
const FAMILY: [&str; 20] = [
    "Archer", "Bello", "Carver", "Drummond", "Eze", "Fenwick", "Gale", "Holt", "Iqbal", "Jessop", "Khan", "Lowe",
    "Marsh", "Nkemelu", "Okoro", "Patel", "Quill", "Rowe", "Stone", "Voss",
];

/// Invents the people of a recipe: the same seed, the same people. Nobody real has these addresses.
pub fn invent(recipe: &CohortRecipe, programme: &Programme, seed: u64) -> Vec<CastMember> {
    let mut draw = Draw::new(seed, 1);
    let mut cast = Vec::new();
    for (role, count) in [(Role::Mentor, recipe.mentors), (Role::Mentee, recipe.mentees)] {
        for number in 1..=count {
            let name = name(&mut draw);
            let mut attributes = BTreeMap::new();
            for (name, from) in recipe.attributes(role) {
                let mut values = from.from.clone();
                draw.shuffle(&mut values);
                let mut picked: Vec<SmolStr> = Vec::new();
                for value in values {
                    if picked.len() < from.pick as usize && !picked.contains(&value) {
                        picked.push(value);
                    }
                }
                attributes.insert(name.clone(), picked);
            }
            // Everyone agrees in a rehearsal; a template that depends on consent says so in its recipe by leaving out.
            let consents = programme.attributes.iter().filter(|(_, a)| a.special).map(|(n, _)| n.clone()).collect();
            cast.push(CastMember {
                role,
                name,
                email: format_smolstr!("{role}{number}@example.org"),
                manager: Some(format_smolstr!("manager{}@example.org", draw.below(count as usize / 3 + 1))),
                attributes,
                consents,
            });
        }
    }
    cast
}

/// Invents the alumni of an earlier run, of both sides in turn. Only what they agreed to comes over: a name and an address.
pub fn invent_alumni(recipe: &CohortRecipe, seed: u64) -> Vec<CastMember> {
    // A stream of its own: the cohort is the same with alumni and without.
    let mut draw = Draw::new(seed, 5);
    let alumnus = |number: u32| CastMember {
        role: if number % 2 == 1 { Role::Mentor } else { Role::Mentee },
        name: name(&mut draw),
        email: format_smolstr!("alumnus{number}@example.org"),
        manager: None,
        attributes: BTreeMap::new(),
        consents: BTreeSet::new(),
    };
    (1..=recipe.alumni).map(alumnus).collect()
}

fn name(draw: &mut Draw) -> String {
    let given = GIVEN[draw.below(GIVEN.len())];
    let family = FAMILY[draw.below(FAMILY.len())];
    format!("{given} {family}")
}
