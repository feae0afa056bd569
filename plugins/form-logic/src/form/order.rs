//! In which order to work things out: what is seen and what is answered, each after what it needs.

use super::{Form, Item};
use crate::Expression;
use crate::problem::{Code, Column, Problems};

/// Something to work out about an item, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Whether it is asked.
    Seen(usize),
    /// Its answer.
    Value(usize),
}

impl Step {
    fn number(self) -> usize {
        match self {
            Self::Seen(place) => 2 * place,
            Self::Value(place) => 2 * place + 1,
        }
    }

    fn of(number: usize) -> Self {
        if number.is_multiple_of(2) { Self::Seen(number / 2) } else { Self::Value(number / 2) }
    }

    fn place(self) -> usize {
        self.number() / 2
    }
}

/// Puts the steps into an order, or says which need each other.
///
/// An answer needs that its question is seen (a hidden one is empty) and the answers that its calculation reads; being
/// seen needs that the group is seen and the answers that `relevant` reads. Nothing needs `required` or `constraint`.
pub(super) fn steps(form: &Form<'_>, problems: &mut Problems) -> Vec<Step> {
    let needs: Vec<Vec<usize>> = (0..2 * form.items.len()).map(|number| needs(form, Step::of(number))).collect();
    let mut needed_by = vec![Vec::new(); needs.len()];
    for (number, needs) in needs.iter().enumerate() {
        for need in needs {
            needed_by[*need].push(number);
        }
    }
    // Kahn's order, with a list rather than recursion: a component's stack is small.
    let mut open: Vec<usize> = needs.iter().map(Vec::len).collect();
    let mut ready: Vec<usize> = (0..needs.len()).filter(|number| open[*number] == 0).collect();
    let mut next = 0;
    while let Some(number) = ready.get(next).copied() {
        next += 1;
        for later in &needed_by[number] {
            open[*later] -= 1;
            if open[*later] == 0 {
                ready.push(*later);
            }
        }
    }
    for cycle in cycles(&needs, &open) {
        report(form, &cycle, problems);
    }
    ready.into_iter().map(Step::of).collect()
}

fn needs(form: &Form<'_>, step: Step) -> Vec<usize> {
    let Some(item) = form.items.get(step.place()) else {
        return Vec::new();
    };
    let (expression, own) = match step {
        Step::Seen(_) => (&item.relevant, item.parent.map(Step::Seen)),
        Step::Value(place) => (&item.calculation, Some(Step::Seen(place))),
    };
    let read = expression.iter().flat_map(Expression::names);
    let read = read.filter_map(|name| form.item(name)).map(|(place, _)| Step::Value(place));
    own.into_iter().chain(read).map(Step::number).collect()
}

/// Steps in circles, each circle from its earliest step on. Each step that has no place in the order needs another such
/// step; whoever follows needs comes round.
fn cycles(needs: &[Vec<usize>], open: &[usize]) -> Vec<Vec<usize>> {
    let mut walk_of = vec![None; needs.len()];
    let mut cycles = Vec::new();
    for start in (0..needs.len()).filter(|number| open[*number] > 0) {
        let mut path = Vec::new();
        let mut here = start;
        while walk_of[here].is_none() {
            walk_of[here] = Some(start);
            path.push(here);
            match needs[here].iter().find(|need| open[**need] > 0) {
                Some(need) => here = *need,
                None => break,
            }
        }
        if walk_of[here] == Some(start)
            && let Some(first) = path.iter().position(|number| *number == here)
        {
            let mut cycle = path.split_off(first);
            let earliest = cycle.iter().enumerate().min_by_key(|(_, number)| **number).map_or(0, |(index, _)| index);
            cycle.rotate_left(earliest);
            cycles.push(cycle);
        }
    }
    cycles
}

fn report(form: &Form<'_>, cycle: &[usize], problems: &mut Problems) {
    let step = |number: &usize| Step::of(*number);
    let item = |step: Step| -> &Item<'_> { &form.items[step.place()] };
    // The step whose own expression closes the circle, rather than one that merely waits for its group.
    let writes = |step: &Step| match step {
        Step::Seen(_) => item(*step).relevant.is_some(),
        Step::Value(_) => item(*step).calculation.is_some(),
    };
    let Some(first) = cycle.iter().map(step).find(writes) else {
        return;
    };
    let column = if matches!(first, Step::Seen(_)) { Column::Relevant } else { Column::Calculation };
    let mut names: Vec<&str> = cycle.iter().map(step).filter(writes).map(|step| item(step).name()).collect();
    names.dedup();
    let message = if let [one] = names[..] {
        ["'", one, "' needs its own answer: read other questions only"].concat()
    } else {
        names.extend(names.first().copied());
        ["these need each other: ", &names.join(" needs "), ": let one of them read something else"].concat()
    };
    problems.add(item(first).name(), column, Code::Cycle, message);
}
