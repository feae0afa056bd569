//! What invented people are going to do, in order of time.

use jiff::Timestamp;
use std::{cmp::Reverse, collections::BinaryHeap};

/// Things to come, earliest first; of two at the same moment, the one that was planned first.
#[derive(Debug, Clone)]
pub(super) struct Queue<T> {
    order: BinaryHeap<Reverse<(Timestamp, usize)>>,
    items: Vec<Option<T>>,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { order: BinaryHeap::new(), items: Vec::new() }
    }
}

impl<T> Queue<T> {
    pub(super) fn push(&mut self, at: Timestamp, item: T) {
        self.order.push(Reverse((at, self.items.len())));
        self.items.push(Some(item));
    }

    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.order.peek().map(|Reverse((at, _))| *at)
    }

    pub(super) fn pop(&mut self) -> Option<(Timestamp, T)> {
        let Reverse((at, index)) = self.order.pop()?;
        self.items[index].take().map(|item| (at, item))
    }
}
