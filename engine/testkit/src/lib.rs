//! For tests: a programme from a few lines of script, played on a simulated clock by the real core and real scripts.
//!
//! ```
//! use turnabout_testkit::Play;
//! let mut play = Play::of("fn programme(settings) { sleep(days(3)); stage(\"done\"); }");
//! play.until("2026-03-05T09:00:00Z");
//! assert_eq!(play.run().status().word(), "finished");
//! ```

mod bundle;
mod no_plugins;
mod play;

pub use bundle::{bundle, bundle_bringing, bundle_with, later, manifest};
pub use no_plugins::NoPlugins;
pub use play::{Play, START};
