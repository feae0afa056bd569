//! The house keeps its shape: arrows point inward, each foreign engine is named by one crate, the inside is pure, a room
//! stays small, no file is forgotten, every dependency has a reason and every error code an explanation.

#![allow(clippy::unwrap_used)] // a test that cannot read the sources has to fail

mod arrows;
mod codes;
mod contract;
mod copies;
mod engines;
mod gate;
mod letters;
mod manifests;
mod purity;
mod rooms;
mod source;
