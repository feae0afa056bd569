//! Durable scripts: what a script asks for happens once, survives restarts, and nothing is guessed.

#![allow(clippy::unwrap_used)] // a test that cannot read what it needs has to fail
#![allow(clippy::needless_raw_string_hashes)] // scripts are quoted alike, whether or not they hold a quote

mod agreeing;
mod amending;
mod composites;
mod divergence;
mod fitting;
mod givenup;
mod golden;
mod hostile;
mod hostile_plugins;
mod journeys;
mod met;
mod own_verbs;
mod pausing;
mod random_programmes;
mod renewing;
mod waiting;
