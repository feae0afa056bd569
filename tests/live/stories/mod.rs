//! A year of each template over HTTP, and what a user relies on in it.

pub(crate) mod ambulance;
mod broadcaster;
mod consumer_goods;
mod evaluated;
mod police;
mod professional_services;
mod race_equity;
mod second_cohort;
mod tpc_foundations;
