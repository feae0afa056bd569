//! The keys of rows. A run's rows share a prefix, and numbers are big-endian, so that keys sort as people count.

use jiff::Timestamp;
use turnabout_core::run::Run;
use turnabout_model::{ConcernId, ErrandId, MessageId, ParticipantId, RunId, SessionId, WaveId};

/// The prefix of all rows of a run in a table.
pub(crate) fn of_run(run: &RunId) -> Vec<u8> {
    let mut key = run.as_str().as_bytes().to_vec();
    key.push(b'/');
    key
}

/// The summary of a run.
pub(crate) fn run(run: &RunId) -> Vec<u8> {
    run.as_str().as_bytes().to_vec()
}

/// Who runs a run. It lies beside the people, with a mark that no person's key has.
pub(crate) fn contacts(run: &RunId) -> Vec<u8> {
    let mut key = run.as_str().as_bytes().to_vec();
    key.push(b'#');
    key
}

/// A person.
pub(crate) fn person(run: &RunId, participant: ParticipantId) -> Vec<u8> {
    numbered(run, &[participant.0])
}

/// The answers of one wave.
pub(crate) fn wave(run: &RunId, wave: WaveId) -> Vec<u8> {
    numbered(run, &[wave.0])
}

/// One person's answers.
pub(crate) fn response(run: &RunId, wave: WaveId, participant: ParticipantId) -> Vec<u8> {
    numbered(run, &[wave.0, participant.0])
}

/// The answers of one wave to an anonymous survey: told apart by a random number, which nothing else knows.
pub(crate) fn anonymous_response(run: &RunId, wave: WaveId, random: [u8; 16]) -> Vec<u8> {
    let mut key = self::wave(run, wave);
    key.extend(random);
    key
}

/// What was noted of a session.
pub(crate) fn notes(run: &RunId, session: SessionId) -> Vec<u8> {
    numbered(run, &[session.0])
}

/// Which run renews a run.
pub(crate) fn successor(run: &RunId) -> Vec<u8> {
    let mut key = run.as_str().as_bytes().to_vec();
    key.push(b'>');
    key
}

/// What a run got to know from the one that it renews.
pub(crate) fn lessons(run: &RunId) -> Vec<u8> {
    let mut key = run.as_str().as_bytes().to_vec();
    key.push(b'<');
    key
}

/// A concern.
pub(crate) fn concern(run: &RunId, concern: ConcernId) -> Vec<u8> {
    numbered(run, &[concern.0])
}

/// A message that waits.
pub(crate) fn message(run: &RunId, message: MessageId) -> Vec<u8> {
    numbered(run, &[message.0])
}

/// Reads the run and the message out of the key of an outbox row.
pub(crate) fn read_message(key: &[u8]) -> Option<(RunId, MessageId)> {
    read_numbered(key).map(|(run, number)| (run, MessageId(number)))
}

/// An errand that waits.
pub(crate) fn errand(run: &RunId, errand: ErrandId) -> Vec<u8> {
    numbered(run, &[errand.0])
}

/// Reads the run and the number out of the key of a row with one number.
pub(crate) fn read_numbered(key: &[u8]) -> Option<(RunId, u32)> {
    let (run, number) = key.split_at_checked(key.len().checked_sub(4)?)?;
    let run = std::str::from_utf8(run.strip_suffix(b"/")?).ok()?.parse().ok()?;
    Some((run, u32::from_be_bytes(number.try_into().ok()?)))
}

fn numbered(run: &RunId, numbers: &[u32]) -> Vec<u8> {
    let mut key = of_run(run);
    for number in numbers {
        key.extend(number.to_be_bytes());
    }
    key
}

/// When a run wants to be woken, as its timer row says it: whole microseconds, never too early.
pub(crate) fn due_micros(run: &Run) -> Option<i64> {
    let at = run.next_due()?;
    let micros = at.as_microsecond();
    let floor = Timestamp::from_microsecond(micros).unwrap_or(at);
    Some(if floor < at { micros + 1 } else { micros })
}

/// A timer row: due first, then the run. The sign bit is flipped so that moments before 1970 sort first too.
pub(crate) fn timer(micros: i64, run: &RunId) -> Vec<u8> {
    let mut key = (micros.cast_unsigned() ^ (1 << 63)).to_be_bytes().to_vec();
    key.extend(run.as_str().as_bytes());
    key
}

/// Reads the moment and the run out of the key of a timer row.
pub(crate) fn read_timer(key: &[u8]) -> Option<(i64, RunId)> {
    let (micros, run) = key.split_at_checked(8)?;
    let micros = (u64::from_be_bytes(micros.try_into().ok()?) ^ (1 << 63)).cast_signed();
    Some((micros, std::str::from_utf8(run).ok()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_sort_by_moment_and_read_back() {
        let run = RunId::from_bits(7);
        let mut keys: Vec<_> = [3, -1, i64::MAX, 0, i64::MIN].map(|at| timer(at, &run)).to_vec();
        keys.sort();
        let read: Vec<_> = keys.iter().map(|key| read_timer(key).unwrap().0).collect();
        assert_eq!(read, [i64::MIN, -1, 0, 3, i64::MAX]);
        assert_eq!(read_timer(&keys[0]).unwrap().1, run);
        assert_eq!(read_timer(b"short"), None);
    }

    #[test]
    fn an_outbox_key_reads_back() {
        let run = RunId::from_bits(7);
        assert_eq!(read_message(&message(&run, MessageId(300))), Some((run, MessageId(300))));
        assert_eq!(read_message(b"x"), None);
    }

    #[test]
    fn the_people_of_a_run_do_not_mix_with_its_contacts() {
        let run = RunId::from_bits(7);
        assert!(!contacts(&run).starts_with(&of_run(&run)));
        assert!(person(&run, ParticipantId(1)) < person(&run, ParticipantId(300)));
    }
}
