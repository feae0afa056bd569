//! The loops of scripts: where an evaluation may have been that ran into a limit.
//!
//! rhai passes a limit straight through every function, and puts the place of the call in the place of the loop's: of a journey's
//! own function, which nothing in the script calls, there is none. What is left is to look which loops it may have come to.

use rhai::{AST, ASTNode, Expr, Position, Stmt};
use smol_str::SmolStr;
use std::collections::BTreeSet;
use turnabout_core::ports::Outline;

/// A loop of a script.
#[derive(Debug, Clone)]
pub(crate) struct Loop {
    file: SmolStr,
    at: Position,
    /// The first byte of it.
    byte: usize,
    /// Whether nothing in it ends it: no condition, no `break`, no `return`.
    endless: bool,
    /// Whether it calls something that may wait, and so end the evaluation.
    waits: bool,
}

/// Finds the loops of a file.
pub(crate) fn read(ast: &AST, file: &str, text: &str, waits: impl Fn(&str) -> bool) -> Vec<Loop> {
    let lines = super::Lines::of(text);
    let mut found: Vec<Loop> = Vec::new();
    ast.walk(&mut |path| {
        let Some(node) = path.last() else { return true };
        if let Some((at, endless)) = loop_at(node)
            && let Some(byte) = lines.byte(at)
        {
            found.push(Loop { file: file.into(), at, byte, endless, waits: false });
        }
        let ends = matches!(node, ASTNode::Stmt(Stmt::BreakLoop(..) | Stmt::Return(..)));
        let calls = match node {
            ASTNode::Expr(Expr::FnCall(called, _) | Expr::MethodCall(called, _))
            | ASTNode::Stmt(Stmt::FnCall(called, _)) => waits(&called.name),
            _ => false,
        };
        if ends || calls {
            for around in path.iter().filter_map(loop_at).map(|(at, _)| at) {
                for inside in found.iter_mut().filter(|known| known.at == around) {
                    inside.endless &= !ends;
                    inside.waits |= calls;
                }
            }
        }
        true
    });
    found
}

/// The place of a loop, and whether it has no condition.
fn loop_at(node: &ASTNode<'_>) -> Option<(Position, bool)> {
    match node {
        ASTNode::Stmt(Stmt::While(flow, at)) => {
            Some((*at, matches!(flow.expr, Expr::Unit(..) | Expr::BoolConstant(true, ..))))
        }
        ASTNode::Stmt(Stmt::Do(_, _, at) | Stmt::For(_, at)) => Some((*at, false)),
        _ => None,
    }
}

/// The loop that a call of a function most likely was in: of those that it comes to, one that never ends and never waits, else one
/// that never waits, else the first.
pub(crate) fn likely<'l>(loops: &'l [Loop], outline: &Outline, function: &str) -> Option<(&'l str, Position)> {
    let mut names = vec![function];
    let mut reached = BTreeSet::new();
    while let Some(name) = names.pop() {
        for (place, known) in outline.functions.iter().enumerate().filter(|(_, known)| known.name == name) {
            if reached.insert(place) {
                names.extend(known.calls.iter().map(|call| call.name.as_str()));
            }
        }
    }
    let of = |one: &Loop| {
        let before = outline.functions.iter().enumerate();
        let before = before.filter(|(_, known)| known.file == one.file && known.bytes.start <= one.byte);
        before.max_by_key(|(_, known)| known.bytes.start).map(|(place, _)| place)
    };
    let reached = loops.iter().filter(|one| of(one).is_some_and(|place| reached.contains(&place)));
    let found = reached.min_by_key(|one| (one.waits, !one.endless, one.file.clone(), one.byte))?;
    Some((&found.file, found.at))
}
