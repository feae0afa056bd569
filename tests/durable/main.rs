//! Durable scripts: what a script asks for happens once, survives restarts, and nothing is guessed.

mod composites;
mod divergence;
mod hostile;
mod journeys;
mod random_programmes;
mod waiting;
