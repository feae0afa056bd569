//! The API over real connections, with the real store in a folder of its own.

mod acts;
mod house;
mod once;
mod problems;
mod refusals;
mod stops;
mod story;
mod workers;
