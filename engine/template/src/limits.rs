//! Every limit of this crate, in one place.

/// The most files a template may have, shared modules included.
pub const MAX_FILES: usize = 500;
/// The most bytes one file of a template may have, unless it is a component.
pub const MAX_FILE_BYTES: usize = 512 * 1024;
/// The most bytes all files of a template may have together, less its components.
pub const MAX_TEMPLATE_BYTES: usize = 4 * 1024 * 1024;
/// The most bytes a component of a template may have. One with a Python interpreter has 18 to 20 million.
pub const MAX_COMPONENT_BYTES: usize = 32 * 1024 * 1024;
/// The most bytes all components of a template may have together: it is one row of a store, in hexadecimal.
pub const MAX_COMPONENTS_BYTES: usize = 48 * 1024 * 1024;
/// How deep folders may lie in a template.
pub const MAX_FOLDER_DEPTH: usize = 4;
/// The most bytes the path of a file in a template may have.
pub const MAX_PATH_BYTES: usize = 200;
/// The most diagnostics reported at once: past that nobody reads them.
pub const MAX_DIAGNOSTICS: usize = 100;
/// The longest name of a template, setting, session, question and the like.
pub const MAX_NAME_BYTES: usize = 60;
/// The most questions a survey may have side by side.
pub const MAX_QUESTIONS: usize = 200;
/// The most questions and statements that a survey may have with all its groups: the logic component takes no more.
pub const MAX_ITEMS: usize = 1_000;
/// How deep groups of questions may lie in each other.
pub const MAX_GROUP_DEPTH: usize = 8;
/// The most choices a question may have, and the most statements.
pub const MAX_CHOICES: usize = 200;
/// The most days and spans of days that a diary may keep free.
pub const MAX_FREE_DAYS: usize = 200;
/// The most invented people a rehearsal may have on one side.
pub const MAX_REHEARSED: i64 = 10_000;
/// The most bytes a CSV of people may have.
pub const MAX_CSV_BYTES: usize = 8 * 1024 * 1024;
/// The most people one CSV may bring.
pub const MAX_CSV_ROWS: usize = 20_000;
/// The most errors reported for one CSV.
pub const MAX_ROW_ERRORS: usize = 100;
/// The most notices reported for one CSV.
pub const MAX_NOTICES: usize = 200;
/// The longest name of a person, in characters.
pub const MAX_PERSON_NAME: usize = 120;
/// The longest value of an attribute, in characters.
pub const MAX_VALUE_CHARS: usize = 200;
/// The most values of one set attribute.
pub const MAX_SET_VALUES: usize = 50;
/// The most bytes a client file may have.
pub const MAX_CLIENT_BYTES: usize = 64 * 1024;
