//! `match_pairs(plan, cohort, options)`: a plan of the manifest proposes pairs, and the coordinator publishes them.

use super::{Arguments, Decided, Parameter, Verb, VerbCall, VerbError, VerbSpec, cohort};
use crate::{
    decide::Deciding,
    matching::{self, Ask, MatchError},
    run::{Pair, Proposal},
};
use turnabout_model::{
    Event, LeftOut, LeftOutReason, PairId, ParticipantId, ProposalId, ProposedPair, SolverKind, TaskKind, Value, Wait,
    WaveId,
};

pub(super) static VERB: Verb = Verb {
    spec: VerbSpec {
        name: "match_pairs",
        required: &[
            Parameter { name: "plan", holds: "text: a matching plan of the manifest" },
            Parameter {
                name: "cohort",
                holds: "a cohort, or any people: those in a pair already are left as they are",
            },
        ],
        optional: &[Parameter {
            name: "options",
            holds: "#{ ballot: what survey() returned, or the name of a survey for its last wave, publish: \"review\" (by \
                    default) or \"at-once\" }",
        }],
        label: Some(0),
        immediate: false,
        returns: "the new pairs: a list of #{id, mentor, mentee}",
        about: "Proposes pairs of those who are in none and have passed the gates, and waits until the coordinator \
                publishes them.",
    },
    decide,
};

fn decide(d: &mut Deciding<'_>, call: &VerbCall<'_>) -> Result<Decided, VerbError> {
    let arguments = Arguments::new("match_pairs", call.arguments);
    arguments.only(2, &["ballot", "publish"])?;
    let name = arguments.text(0, "the plan")?;
    let context = d.context();
    let plans = &context.bundle.programme.matching;
    let plan = plans.get(name).ok_or_else(|| VerbError::unknown("matching plan", name, plans.keys()))?;
    let people = cohort::present(d.run(), &arguments.people(1, "the cohort")?);
    let wave = match arguments.option(2, "ballot")? {
        None if plan.solver == SolverKind::Optimal => None,
        None => return Err(verb_error(&MatchError::NoBallot)),
        Some(ballot) => ballot_of(d, ballot)?,
    };
    let review = match arguments.option(2, "publish")?.map(|value| (value.as_text(), value)) {
        None | Some((Some("review"), _)) => true,
        Some((Some("at-once"), _)) => false,
        Some((_, other)) => {
            let message = format!("match_pairs: publish must be \"review\" or \"at-once\", not {other:?}");
            return Err(VerbError::new("script::bad_argument", message));
        }
    };
    let ask = Ask { plan, people: &people, wave, pinned: &[], forbidden: &[] };
    let draft = matching::propose(d.run(), context, &ask).map_err(|error| verb_error(&error))?;
    let proposal = d.run().next_proposal();
    d.emit(Event::ProposalMade { proposal, plan: name.into(), wave, pairs: draft.pairs, unmatched: draft.unmatched });
    let nobody = d.run().proposal(proposal).is_none_or(|p| p.pairs.is_empty());
    // With nobody to pair there is nothing to review.
    if review && !nobody {
        let task = d.run().next_task();
        d.emit(Event::TaskOpened {
            task,
            kind: TaskKind::ReviewProposal,
            title: smol_str::format_smolstr!("Review and publish the pairs of '{name}'"),
            choices: Vec::new(),
            session: None,
            proposal: Some(proposal),
        });
        return Ok(Decided::Wait(Wait::Proposal(proposal)));
    }
    publish(d, proposal);
    let pairs = d.run().proposal(proposal).and_then(|p| p.published.clone()).unwrap_or_default();
    let pairs = pairs.iter().filter_map(|id| d.run().pair(*id)).map(Pair::value).collect();
    Ok(Decided::Value(Value::List(pairs)))
}

/// Forms the pairs of a draft whose members still take part and still have the place that the draft gives them.
pub(crate) fn publish(d: &mut Deciding<'_>, id: ProposalId) {
    let Some(proposal) = d.run().proposal(id).cloned() else { return };
    let (mut formed, mut left_out) = (Vec::new(), Vec::new());
    let apart = apart(d, &proposal);
    for draft in &proposal.pairs {
        let (mentor, mentee) = (draft.mentor, draft.mentee);
        if let Some(because) = hindrance(d, &proposal, &formed, draft, &apart) {
            left_out.push(LeftOut { mentor, mentee, because });
            continue;
        }
        let pair = d.run().next_pair();
        d.emit(Event::PairFormed { pair, mentor, mentee });
        formed.push(pair);
    }
    d.emit(Event::ProposalPublished { proposal: id, pairs: formed, left_out });
}

/// Tells whether a draft has pairs and none of them can be formed any more.
pub(crate) fn is_outdated(d: &Deciding<'_>, proposal: &Proposal) -> bool {
    let (mut pairs, apart) = (proposal.pairs.iter(), apart(d, proposal));
    !proposal.pairs.is_empty() && pairs.all(|draft| hindrance(d, proposal, &[], draft, &apart).is_some())
}

/// Whether two of a proposal are kept apart by now: a word against somebody, or a manager, may have come after the draft.
fn apart(d: &Deciding<'_>, proposal: &Proposal) -> impl Fn(ParticipantId, ParticipantId) -> bool + use<> {
    let mentors: Vec<_> = proposal.pairs.iter().map(|pair| pair.mentor).collect();
    let mentees: Vec<_> = proposal.pairs.iter().map(|pair| pair.mentee).collect();
    matching::kept_apart(d.run(), d.context().records, &mentors, &mentees)
}

/// Why a pair of a draft can't be formed any more; `formed` is what the same draft has formed already.
fn hindrance(
    d: &Deciding<'_>,
    proposal: &Proposal,
    formed: &[PairId],
    draft: &ProposedPair,
    apart: &impl Fn(ParticipantId, ParticipantId) -> bool,
) -> Option<LeftOutReason> {
    let both = [draft.mentor, draft.mentee];
    if cohort::present(d.run(), &both).len() < 2 {
        return Some(LeftOutReason::Gone);
    }
    let free = both.iter().all(|who| has_place(d, proposal, formed, *who));
    if !free {
        return Some(LeftOutReason::Taken);
    }
    apart(draft.mentor, draft.mentee).then_some(LeftOutReason::Apart)
}

/// Tells whether nobody else has taken somebody's place since the draft was made.
fn has_place(d: &Deciding<'_>, proposal: &Proposal, formed: &[PairId], who: ParticipantId) -> bool {
    let since = d.run().pairs.iter().skip(proposal.pairs_then).filter(|pair| pair.mentor == who || pair.mentee == who);
    since.filter(|pair| pair.ended.is_none()).all(|pair| formed.contains(&pair.id))
}

/// The wave whose choices count: the one that a survey returned, or the last of a survey by its name. A survey that was not
/// sent yet has none: nobody has chosen.
fn ballot_of(d: &Deciding<'_>, ballot: &Value) -> Result<Option<WaveId>, VerbError> {
    if let Some(survey) = ballot.as_text() {
        let waves = &d.run().waves;
        let last = waves.iter().rfind(|wave| wave.survey == survey).map(|wave| wave.id);
        let surveys = &d.context().bundle.surveys;
        if last.is_none() && !surveys.contains_key(survey) {
            return Err(VerbError::unknown("survey", survey, surveys.keys()));
        }
        return Ok(last);
    }
    let wave = ballot.get("wave").and_then(Value::as_text).and_then(|wave| wave.parse().ok());
    wave.map(Some).ok_or_else(|| {
        let message = "match_pairs: the ballot must be what survey() returned, or the name of a survey";
        VerbError::new("script::bad_argument", message)
    })
}

fn verb_error(error: &MatchError) -> VerbError {
    let code = error.code();
    let help = error.help();
    VerbError::new(code, error.to_string()).help(help)
}
