//! The pure core.
pub mod bundle;
pub mod ports;
pub mod replay;
