//! How much a workbook unpacks to, before anything reads it.

use crate::limits::{MAX_BYTES, MAX_STYLE_BYTES, MAX_STYLE_TAG_BYTES, MAX_UNPACKED_BYTES};
use std::io::{self, Cursor, Read as _};

/// What is wrong, and what to do.
type Refused = (String, &'static str);

/// How every `.xlsx` begins: it is a ZIP archive.
const ZIP: &[u8] = b"PK";
/// How `.xls` begins: it is a compound file.
const OLD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];

const LARGE: &str = "does it hold pictures? a form is far smaller";

/// Unpacks everything once and throws it away, to see how much it is. What the file says of itself may be wrong.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.len() > MAX_BYTES {
        return Err((format!("the workbook has more than {MAX_BYTES} bytes"), LARGE));
    }
    let broken = |error: &dyn std::fmt::Display| {
        (format!("this is no .xlsx workbook: {error}"), "save it as .xlsx: older formats can't be read")
    };
    // The library speaks of the ends of ZIP archives; whoever chose another file wants to hear which kind it is.
    if !bytes.starts_with(ZIP) {
        let what = if bytes.starts_with(OLD) { "it is one of an older format" } else { "it is another kind of file" };
        return Err(broken(&what));
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| broken(&error))?;
        let styles = file.name().map_err(|error| broken(&error))?.to_lowercase().ends_with("styles.xml");
        let mut file = file.take(left + 1);
        let unpacked = if styles {
            let mut text = Vec::new();
            (&mut file).take(MAX_STYLE_BYTES as u64 + 1).read_to_end(&mut text).map_err(|error| broken(&error))?;
            check_styles(&text)?;
            text.len() as u64
        } else {
            io::copy(&mut file, &mut io::sink()).map_err(|error| broken(&error))?
        };
        match left.checked_sub(unpacked) {
            Some(rest) => left = rest,
            None => return Err((format!("the workbook unpacks to more than {MAX_UNPACKED_BYTES} bytes"), LARGE)),
        }
    }
    Ok(())
}

/// A format of a cell has a copy of its font with its name: both are bounded, so that their product is.
fn check_styles(text: &[u8]) -> Result<(), Refused> {
    let long = text.split(|byte| *byte == b'<').any(|tag| tag.len() > MAX_STYLE_TAG_BYTES);
    if text.len() > MAX_STYLE_BYTES || long {
        let message = "the styles of the workbook are larger than those of a form".into();
        return Err((message, "copy the sheets into a new workbook, without their looks"));
    }
    Ok(())
}
