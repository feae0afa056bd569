//! What every page shares: one registry, one style, one way to draw.

mod contents;
mod engine;
pub(crate) mod svg;
pub(crate) mod words;

pub(crate) use engine::{Page, STYLE, render, render_for};
