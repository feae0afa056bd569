//! Cutting values into cells of at most 4 KiB, and joining them again.
//!
//! A leaf of sled above 128 KiB spills into a file of its own that sled never syncs: after a power cut the database does
//! not open. Leaves hold about 20 values, so no value may be larger than a cell.

use super::keys::{self, Key};

/// The whole value follows.
const WHOLE: u8 = 0;
/// The value's length and its number of cells follow, 4 bytes each, little-endian; the cells lie under their own keys.
const CUT: u8 = 1;
const CUT_BYTES: usize = 9;

/// A value as it is laid down: what goes under its key, and what goes under the keys of its cells.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) first: Vec<u8>,
    pub(super) cells: Vec<Vec<u8>>,
}

/// Cuts a value into cells of at most `cell_bytes`.
pub(super) fn cut(value: &[u8], cell_bytes: usize) -> Laid {
    if value.len() < cell_bytes {
        return Laid { first: [&[WHOLE], value].concat(), cells: Vec::new() };
    }
    let cells: Vec<_> = value.chunks(cell_bytes).map(<[u8]>::to_vec).collect();
    let size = |count: usize| u32::try_from(count).expect("invariant: a value has at most 64 MiB").to_le_bytes();
    Laid { first: [&[CUT][..], &size(value.len()), &size(cells.len())].concat(), cells }
}

/// How many cells lie beside a value, from what is under its key.
pub(super) fn count(first: &[u8]) -> Result<u32, String> {
    Ok(shape(first)?.map_or(0, |(_, cells)| cells))
}

/// Joins a value again. `read` reads what is under a key.
pub(super) fn join<E: From<String>, V: AsRef<[u8]>>(
    key: &[u8],
    first: &[u8],
    mut read: impl FnMut(&Key) -> Result<Option<V>, E>,
) -> Result<Vec<u8>, E> {
    let Some((length, cells)) = shape(first)? else { return Ok(first[1..].to_vec()) };
    let mut value = Vec::new();
    for place in 0..cells {
        let cell = read(&keys::cell(key, place))?;
        value.extend_from_slice(cell.ok_or_else(|| format!("part {place} of {cells} is missing"))?.as_ref());
    }
    if value.len() != length as usize {
        return Err(format!("it has {} bytes and should have {length}", value.len()).into());
    }
    Ok(value)
}

/// The length and the number of cells of a value that was cut; `None` for a whole one.
fn shape(first: &[u8]) -> Result<Option<(u32, u32)>, String> {
    match first.split_first() {
        Some((&WHOLE, _)) => Ok(None),
        Some((&CUT, rest)) if first.len() == CUT_BYTES => {
            let number = |at: usize| u32::from_le_bytes([rest[at], rest[at + 1], rest[at + 2], rest[at + 3]]);
            Ok(Some((number(0), number(4))))
        }
        _ => Err("its first byte or its length is not one that this store writes".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn a_value_of_any_length_reads_back_and_no_cell_is_too_large() {
        for length in [0, 1, 14, 15, 16, 17, 31, 32, 33, 100] {
            let value: Vec<u8> = (0..length).collect();
            let laid = cut(&value, 16);
            assert!(laid.first.len() <= 16 && laid.cells.iter().all(|cell| cell.len() <= 16), "{length}");
            assert_eq!(count(&laid.first), Ok(u32::try_from(laid.cells.len()).unwrap()));
            let held: HashMap<_, _> = (0..).map(|place| keys::cell(b"k", place)).zip(laid.cells).collect();
            assert_eq!(join::<String, _>(b"k", &laid.first, |key| Ok(held.get(key))).as_ref(), Ok(&value));
        }
    }

    #[test]
    fn missing_and_malformed_cells_are_named() {
        let laid = cut(&[7; 40], 16);
        let gone = join::<String, Vec<u8>>(b"k", &laid.first, |_| Ok(None));
        assert_eq!(gone, Err("part 0 of 3 is missing".to_owned()));
        let short = join::<String, _>(b"k", &laid.first, |_| Ok(Some(vec![7; 5])));
        assert_eq!(short, Err("it has 15 bytes and should have 40".to_owned()));
        for bad in [&[][..], &[2], &[1, 2, 3]] {
            assert!(count(bad).is_err());
        }
    }
}
