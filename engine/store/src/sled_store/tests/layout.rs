//! What lies on disk, byte by byte: an old folder must open for ever, so these values never change.

use super::*;
use crate::sled_store::frame::{self, Head};
use hex::encode as hex;

/// The values were computed apart from this code, from what `frame.rs` says, in Python.
#[test]
fn the_first_format_stays_as_it_is() {
    let run = RunId::from_bits(1);
    let (first, head) = frame::seal_entry(&run, &Head::EMPTY, b"first");
    let (second, head) = frame::seal_entry(&run, &head, b"second");
    let row = keys::row(StoreTable::People, b"a");
    assert_eq!(
        hex(&first),
        "010500000030b05d2900000000000000000000000000000000000000000000000000000000000000006669727374"
    );
    assert_eq!(
        hex(&second),
        "01060000003d3dc38c318662556b0eba1539b0cffb150283b6df93c21cfaf1ce5cf3791aabfac83a917365636f6e64"
    );
    assert_eq!(
        hex(frame::seal_head(&keys::head(&run), &head)),
        "01254df344020000000000000021ee6d5b88845a3b56e63a75108a2079293da1db03c0bda2488b4600f5c1206b"
    );
    assert_eq!(hex(frame::seal_row(&row, b"value")), "019008b9c476616c7565");
    assert_eq!(keys::cell(&row, 258).escape_ascii().to_string(), r"crpeople\x00a\x00\x00\x01\x02");
}

#[test]
fn a_frame_reads_back_and_every_flipped_bit_of_it_is_found() {
    let run = RunId::from_bits(1);
    let (frame, after) = frame::seal_entry(&run, &Head::EMPTY, b"payload");
    let opened = frame::open_entry(&run, 1, &frame).unwrap();
    assert_eq!((opened.payload, opened.hash), (&b"payload"[..], after.hash));
    let head = frame::seal_head(b"k", &after);
    assert_eq!(frame::open_head(b"k", &head), Ok(after));
    let row = frame::seal_row(b"k", b"value");
    assert_eq!(frame::open_row(b"k", row.clone()), Ok(b"value".to_vec()));

    let flipped = |bytes: &[u8], bit: usize| {
        let mut bytes = bytes.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes
    };
    for bit in 0..frame.len() * 8 {
        frame::open_entry(&run, 1, &flipped(&frame, bit)).unwrap_err();
    }
    for bit in 0..head.len() * 8 {
        frame::open_head(b"k", &flipped(&head, bit)).unwrap_err();
    }
    for bit in 0..row.len() * 8 {
        frame::open_row(b"k", flipped(&row, bit)).unwrap_err();
    }
    // Sound, but not in its place.
    frame::open_entry(&run, 2, &frame).unwrap_err();
    frame::open_entry(&RunId::from_bits(2), 1, &frame).unwrap_err();
    frame::open_head(b"j", &head).unwrap_err();
    frame::open_row(b"j", row).unwrap_err();
    for length in 0..frame.len() {
        frame::open_entry(&run, 1, &frame[..length]).unwrap_err();
    }
}
