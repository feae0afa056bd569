//! Every part of an expression, in the order of the text.

use super::{Node, Part};

impl Node {
    /// Shows a visitor this part and then all parts of it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        match &self.part {
            Part::Number(_) | Part::Text(_) | Part::Answer(_) | Part::This => {}
            Part::Minus(inner) => inner.walk(visit),
            Part::Chain(first, rest) => {
                first.walk(visit);
                for (_, node) in rest {
                    node.walk(visit);
                }
            }
            Part::Call(_, arguments) => {
                for node in arguments {
                    node.walk(visit);
                }
            }
        }
    }
}
