//! Who vetoes: for each person, what stands against one or more of their possible partners.

use turnabout_model::Role;

/// A source of vetoes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Veto {
    /// Somebody stands above somebody.
    SameLine,
    /// A rule by its number in the plan, with the code of its veto: 1 + the index into its reasons.
    Rule(usize, u16),
}

/// How many different vetoes are told apart; further ones hold and are not named.
const MOST: usize = 64;

/// The vetoes that each person's row or column has, a bit each.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Vetoes {
    known: Vec<Veto>,
    of_mentors: Vec<u64>,
    of_mentees: Vec<u64>,
}

impl Vetoes {
    pub(super) fn new(mentors: usize, mentees: usize) -> Self {
        Self { known: Vec::new(), of_mentors: vec![0; mentors], of_mentees: vec![0; mentees] }
    }

    /// Notes a veto between a mentor and a mentee.
    pub(super) fn note(&mut self, (mentor, mentee): (usize, usize), veto: Veto) {
        // A rule mostly says the same again, so what came last is looked at first.
        let place = self.known.iter().rposition(|known| *known == veto).unwrap_or_else(|| {
            if self.known.len() < MOST {
                self.known.push(veto);
                self.known.len() - 1
            } else {
                MOST
            }
        });
        if place < MOST {
            self.of_mentors[mentor] |= 1 << place;
            self.of_mentees[mentee] |= 1 << place;
        }
    }

    /// What vetoes partners of one person.
    pub(super) fn of(&self, side: Role, place: usize) -> impl Iterator<Item = Veto> {
        let bits = match side {
            Role::Mentor => self.of_mentors[place],
            Role::Mentee => self.of_mentees[place],
        };
        self.known.iter().enumerate().filter(move |(bit, _)| bits & (1 << bit) != 0).map(|(_, veto)| *veto)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_the_vetoes_of_their_own_row_or_column() {
        let mut vetoes = Vetoes::new(2, 2);
        vetoes.note((0, 1), Veto::SameLine);
        vetoes.note((1, 1), Veto::Rule(3, 2));
        vetoes.note((1, 0), Veto::Rule(3, 2));
        let of = |side, place| vetoes.of(side, place).collect::<Vec<_>>();
        assert_eq!(of(Role::Mentor, 0), [Veto::SameLine]);
        assert_eq!(of(Role::Mentor, 1), [Veto::Rule(3, 2)]);
        assert_eq!(of(Role::Mentee, 1), [Veto::SameLine, Veto::Rule(3, 2)]);
    }

    #[test]
    fn more_than_can_be_told_apart_are_not_named() {
        let mut vetoes = Vetoes::new(1, 1);
        for code in 1..=100 {
            vetoes.note((0, 0), Veto::Rule(0, code));
        }
        assert_eq!(vetoes.of(Role::Mentor, 0).count(), MOST);
    }
}
