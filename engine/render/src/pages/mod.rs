//! The server's own pages.

mod certificate;
mod status;
mod tables;

pub use certificate::{Certificate, certificate_page};
pub use status::{NextSession, RoleCounts, RunCard, StatusPage, status_page};
pub use tables::{TableDate, TablePlan, TableRound, table_plan_page};

/// The style that every page carries inline in its one `<style>` element, byte for byte: a server hashes it for its
/// content security policy. Pages have no script, no `style` attribute and fetch nothing.
pub const STYLE: &str = crate::html::STYLE;
