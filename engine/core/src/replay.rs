//! Stub.
/// Stub.
#[derive(Debug)]
pub struct Replay;
