//! Surveys with the real logic in wasmtime: what is asked, what is kept, and of whom.

#![allow(clippy::unwrap_used)] // a test that cannot read what it needs has to fail

mod anonymous;
mod drafts;
mod evaluation;
mod house;
mod logic;
mod pages;
mod risks;
