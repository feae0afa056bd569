//! The drawings of reports. Each is an image with a text alternative; the numbers stand in a table beside it.

mod axis;
mod columns;
mod histogram;
mod load;
mod panel;
mod timeline;

pub(super) use columns::{Column, columns};
pub(super) use histogram::histogram;
pub(super) use load::{each, load};
pub(super) use timeline::timeline;
