//! A set of word numbers that answers fast, for the inner loop of a rule.

/// The highest number kept as a bit: half a mebibyte of them.
const MOST_BITS: u32 = 1 << 22;

/// A set of word numbers, emptied and filled again for each row.
///
/// Keeps a bit a number while the numbers are small, as the host's are, and a sorted list if they are not.
#[derive(Debug, Clone)]
pub struct Marks {
    bits: Vec<u64>,
    marked: Vec<u32>,
}

impl Marks {
    /// Makes an empty set that will be asked about these numbers and no others.
    pub fn about(numbers: &[u32]) -> Self {
        let highest = numbers.iter().copied().max().unwrap_or(0);
        let words = if highest < MOST_BITS { highest as usize / 64 + 1 } else { 0 };
        Self { bits: vec![0; words], marked: Vec::new() }
    }

    /// Empties the set and marks these numbers, which are sorted.
    pub fn replace(&mut self, numbers: &[u32]) {
        for number in self.marked.drain(..) {
            if let Some(word) = self.bits.get_mut(number as usize / 64) {
                *word = 0;
            }
        }
        for number in numbers {
            if let Some(word) = self.bits.get_mut(*number as usize / 64) {
                *word |= 1 << (number % 64);
            }
        }
        self.marked.extend_from_slice(numbers);
    }

    /// Whether a number is marked.
    pub fn has(&self, number: u32) -> bool {
        if self.bits.is_empty() {
            return self.marked.binary_search(&number).is_ok();
        }
        self.bits.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Marks;

    #[test]
    fn small_and_large_numbers_answer_alike() {
        for shift in [0, 1 << 30] {
            let asked: Vec<u32> = (0..200).map(|number| number + shift).collect();
            let mut marks = Marks::about(&asked);
            for step in [3, 7] {
                let marked: Vec<u32> = asked.iter().copied().step_by(step).collect();
                marks.replace(&marked);
                let found: Vec<u32> = asked.iter().copied().filter(|number| marks.has(*number)).collect();
                assert_eq!(found, marked, "numbers from {shift}, every {step}th");
            }
        }
    }

    #[test]
    fn a_number_beyond_those_asked_about_is_left_out() {
        let mut marks = Marks::about(&[1]);
        marks.replace(&[1, 9000]);
        assert!(marks.has(1) && !marks.has(9000));
    }
}
