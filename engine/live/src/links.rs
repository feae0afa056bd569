//! Links in letters: each opens one thing for one person, and nothing else.
//!
//! A link ends in a code that is worked out from a secret of the engine's own and from what it opens for whom (HMAC-SHA-256,
//! RFC 2104), so nothing is kept for it, and nobody can make one who has not the store.

use crate::{Engine, LiveError, draft::FormOf};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use smol_str::SmolStr;
use turnabout_core::ports::{Batch, RowChange, StoreError, StoreTable};
use turnabout_model::{AgreementId, ParticipantId, RunId};

/// The row of the secret.
const NAME: &[u8] = b"links";

/// Bytes of a code: more than anybody can try.
const CODE_BYTES: usize = 16;

/// The secret that links are made with.
#[derive(Clone)]
pub struct LinkKey([u8; 32]);

impl std::fmt::Debug for LinkKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkKey(..)")
    }
}

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opens {
    /// Somebody's form of a wave.
    Form(FormOf),
    /// An agreement, for one of the two who sign it.
    Agreement {
        /// Which one.
        agreement: AgreementId,
        /// Who signs.
        participant: ParticipantId,
    },
    /// The page on which somebody tells the contact what is wrong.
    Raising {
        /// Whose link it is. What they say need not carry their name.
        participant: ParticipantId,
    },
    /// What people said is wrong, for the contact with this address: for another one the link is another.
    Concerns {
        /// The contact's e-mail address.
        contact: SmolStr,
    },
}

impl From<FormOf> for Opens {
    fn from(of: FormOf) -> Self {
        Self::Form(of)
    }
}

impl LinkKey {
    /// The code at the end of a link: 32 hexadecimal digits.
    pub fn code(&self, run: &RunId, opens: impl Into<Opens>) -> String {
        hex::encode(&self.mac(run, &opens.into()).finalize().into_bytes()[..CODE_BYTES])
    }

    /// Tells whether a code is that of the link, in a time that does not depend on how much of it is right.
    pub fn is_code(&self, run: &RunId, opens: impl Into<Opens>, presented: &str) -> bool {
        let mut code = [0; CODE_BYTES];
        // One spelling, since drafts lie under it.
        let plain = !presented.bytes().any(|byte| byte.is_ascii_uppercase());
        plain
            && hex::decode_to_slice(presented, &mut code).is_ok()
            && self.mac(run, &opens.into()).verify_truncated_left(&code).is_ok()
    }

    fn mac(&self, run: &RunId, opens: &Opens) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("invariant: HMAC takes a key of any length");
        let what = match opens {
            Opens::Form(of) => format!("form\n{run}\n{}\n{}", of.wave, of.participant),
            Opens::Agreement { agreement, participant } => format!("agreement\n{run}\n{agreement}\n{participant}"),
            Opens::Raising { participant } => format!("raise\n{run}\n{participant}"),
            Opens::Concerns { contact } => format!("concerns\n{run}\n{}", contact.to_lowercase()),
        };
        mac.update(what.as_bytes());
        mac
    }
}

/// Writes links that lead to a server.
#[derive(Debug, Clone)]
pub struct Links {
    key: LinkKey,
    /// Where people reach the server, without a slash at the end: `https://mentoring.example.org`.
    base: String,
}

impl Links {
    /// Links to the server that people reach at `base`.
    pub fn new(key: LinkKey, base: &str) -> Self {
        Self { key, base: base.trim_end_matches('/').to_owned() }
    }

    /// The link that opens something.
    pub fn to(&self, run: &RunId, opens: impl Into<Opens>) -> String {
        let opens = opens.into();
        let place = match &opens {
            Opens::Form(of) => format!("answer/{run}/{}/{}", of.wave, of.participant),
            Opens::Agreement { agreement, participant } => format!("sign/{run}/{agreement}/{participant}"),
            Opens::Raising { participant } => format!("raise/{run}/{participant}"),
            Opens::Concerns { .. } => format!("concerns/{run}"),
        };
        format!("{}/{place}/{}", self.base, self.key.code(run, opens))
    }
}

impl Engine {
    /// The secret that links are made with: drawn once, and kept in the store, so that the links in people's letters
    /// outlive the process and lead to every node.
    pub fn link_key(&self) -> Result<LinkKey, LiveError> {
        if let Some(key) = self.link_key.get() {
            return Ok(key.clone());
        }
        let key = match self.store.get(StoreTable::Keys, NAME)? {
            Some(value) => read(&value)?,
            None => self.draw_link_key()?,
        };
        Ok(self.link_key.get_or_init(|| key).clone())
    }

    fn draw_link_key(&self) -> Result<LinkKey, LiveError> {
        let drawn = crate::start::random::<32>()?;
        let row = RowChange { table: StoreTable::Keys, key: NAME.to_vec(), value: Some(drawn.to_vec()) };
        let absent = vec![(StoreTable::Keys, NAME.to_vec())];
        match self.store.commit(Batch { rows: vec![row], absent, ..Batch::default() }) {
            Ok(()) => Ok(LinkKey(drawn)),
            // Another node was first: its links are the ones that count.
            Err(StoreError::RowExists { .. }) => match self.store.get(StoreTable::Keys, NAME)? {
                Some(value) => read(&value),
                None => Err(damaged()),
            },
            Err(error) => Err(error.into()),
        }
    }
}

/// A mark for a page that is sent back: 32 hexadecimal digits that no other page has.
pub fn page_mark() -> Result<String, LiveError> {
    crate::start::random::<16>().map(hex::encode)
}

fn read(value: &[u8]) -> Result<LinkKey, LiveError> {
    value.try_into().map(LinkKey).map_err(|_| damaged())
}

fn damaged() -> LiveError {
    LiveError::Damaged { run: SmolStr::new_static("every run"), what: "the secret of the links".into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnabout_model::WaveId;

    #[test]
    fn a_code_opens_one_form_of_one_person_and_no_other() {
        let (key, run) = (LinkKey([7; 32]), RunId::from_bits(7));
        let of = |wave, participant| FormOf { wave: WaveId(wave), participant: ParticipantId(participant) };
        let code = key.code(&run, of(1, 23));
        assert_eq!(code.len(), 32);
        assert!(key.is_code(&run, of(1, 23), &code));
        for (wave, participant) in [(1, 2), (12, 3), (2, 23)] {
            assert!(!key.is_code(&run, of(wave, participant), &code), "{wave} {participant}");
        }
        assert!(!key.is_code(&RunId::from_bits(8), of(1, 23), &code));
        assert!(!LinkKey([8; 32]).is_code(&run, of(1, 23), &code));
        for presented in
            ["", &code[..30], &code.to_uppercase(), "é", &format!("{code}00"), &code.replace(|c: char| c != '0', "0")]
        {
            assert!(!key.is_code(&run, of(1, 23), presented), "{presented}");
        }
        let agreement = Opens::Agreement { agreement: AgreementId(1), participant: ParticipantId(23) };
        assert_ne!(key.code(&run, agreement), code);
        assert_ne!(key.code(&run, Opens::Raising { participant: ParticipantId(23) }), code);
        let contact = |email: &str| Opens::Concerns { contact: email.into() };
        assert_ne!(key.code(&run, contact("vera@example.org")), key.code(&run, contact("sam@example.org")));
        let link = Links::new(key, "https://mentoring.example.org/").to(&run, of(1, 23));
        assert_eq!(link, format!("https://mentoring.example.org/answer/{run}/wave-1/person-23/{code}"));
    }
}
