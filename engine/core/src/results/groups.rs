//! Everyone, and the parts of them by which results are broken down.

use super::Evidence;
use crate::run::Wave;
use smol_str::{SmolStr, format_smolstr};
use std::collections::{BTreeMap, BTreeSet};
use turnabout_model::{ParticipantId, Programme, Role};

/// An attribute with more values than this tells people apart rather than groups, and nothing is shown by it.
const MOST_VALUES: usize = 12;

/// Everyone, or those who have something in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Everyone.
    Everyone,
    /// Those who have a value of an attribute or a role.
    Of {
        /// `role` or the attribute.
        by: SmolStr,
        /// The value.
        value: SmolStr,
    },
}

impl Group {
    pub(super) fn name(&self) -> SmolStr {
        match self {
            Self::Everyone => SmolStr::new_static("everyone"),
            Self::Of { by, value } => format_smolstr!("{by}: {value}"),
        }
    }

    pub(super) fn parts(&self) -> (Option<SmolStr>, Option<SmolStr>) {
        match self {
            Self::Everyone => (None, None),
            Self::Of { by, value } => (Some(by.clone()), Some(value.clone())),
        }
    }
}

/// Who is in which group, of everybody who was ever asked.
#[derive(Debug, Default)]
pub(super) struct Groups(BTreeMap<SmolStr, BTreeMap<SmolStr, BTreeSet<ParticipantId>>>);

/// Tells whether a manifest lets an attribute, or the role, tell results apart.
pub(super) fn tells_apart(programme: &Programme, by: &SmolStr) -> bool {
    by == "role" || programme.attributes.get(by).is_some_and(|attribute| !attribute.special)
}

impl Groups {
    /// Sorts people by role and by the attributes that surveys name. Special-category attributes never tell results
    /// apart: what people agreed to is that the matching uses them, and the reader of a template refuses them too.
    pub(super) fn of(evidence: &Evidence<'_>) -> Self {
        let Evidence { run, people, .. } = evidence;
        let surveys = evidence.ever().flat_map(|(_, surveys)| surveys.values());
        let by: BTreeSet<&SmolStr> = surveys.flat_map(|survey| &survey.by).collect();
        let asked: BTreeSet<ParticipantId> = run.waves.iter().flat_map(|wave| &wave.audience).copied().collect();
        let mut groups = Self::default();
        for name in by {
            let values = groups.0.entry(name.clone()).or_default();
            if name == "role" {
                for participant in asked.iter().filter_map(|id| run.participants.get(id)) {
                    values.entry(format_smolstr!("{}", participant.role)).or_default().insert(participant.id);
                }
                continue;
            }
            if !evidence.ever().any(|(programme, _)| tells_apart(programme, name)) {
                continue;
            }
            for person in asked.iter().filter_map(|id| people.get(id)) {
                for value in person.attributes.get(name).into_iter().flatten() {
                    values.entry(value.clone()).or_default().insert(person.id);
                }
            }
        }
        groups
    }

    /// Tells whether those who were asked in some waves have so many values of an attribute that it tells people apart. It
    /// looks at those waves alone: what was broken down once stays so, whoever is asked later.
    pub(super) fn is_crowded<'w>(&self, by: &SmolStr, waves: impl Iterator<Item = &'w Wave>) -> bool {
        let asked: BTreeSet<ParticipantId> = waves.flat_map(|wave| &wave.audience).copied().collect();
        let values = self.0.get(by).into_iter().flat_map(BTreeMap::values);
        by != "role" && values.filter(|people| !people.is_disjoint(&asked)).count() > MOST_VALUES
    }

    /// The groups by an attribute or a role, in the order of their values; mentors before mentees.
    pub(super) fn by(&self, by: &SmolStr) -> Vec<Group> {
        let mut values: Vec<&SmolStr> = self.0.get(by).into_iter().flat_map(BTreeMap::keys).collect();
        if by == "role" {
            values.sort_by_key(|value| value.parse::<Role>().ok());
        }
        values.into_iter().map(|value| Group::Of { by: by.clone(), value: value.clone() }).collect()
    }

    /// Tells whether a participant is in a group.
    pub(super) fn holds(&self, group: &Group, participant: ParticipantId) -> bool {
        match group {
            Group::Everyone => true,
            Group::Of { by, value } => {
                self.0.get(by).and_then(|values| values.get(value)).is_some_and(|people| people.contains(&participant))
            }
        }
    }
}
