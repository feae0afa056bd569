//! Texts for people. The only crate of the house that names handlebars; its types stay inside.
//!
//! [`messages`] reads, checks and renders the messages of a template; [`report`] shows what rehearsals came to;
//! [`evaluation`] what a programme came to; [`form`] is where participants answer; [`pages`] are the server's own.
//!
//! ```
//! use turnabout_core::bundle::Messages;
//! use turnabout_render::messages::MessageCheck;
//!
//! let sound = "+++\nsubject = \"Welcome\"\n+++\nDear {{recipient.name}}, welcome.\n";
//! assert_eq!(MessageCheck.check("messages/welcome.hbs", sound).unwrap().subject, "Welcome");
//! let problems = MessageCheck.check("messages/welcome.hbs", &sound.replace("name", "nmae")).unwrap_err();
//! assert!(problems[0].message.contains("nmae"), "{}", problems[0].message);
//! ```

pub mod evaluation;
pub mod form;
mod html;
pub mod limits;
mod look;
pub mod messages;
pub mod pages;
pub mod report;

pub use look::Look;
