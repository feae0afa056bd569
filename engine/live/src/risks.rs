//! Pairs that may need help, from what they said when they were asked how it goes.

use crate::{
    Engine, LiveError,
    form::survey_of,
    keys,
    loaded::Loaded,
    rows,
    views::{FlagView, PairAtRisk},
};
use jiff::{civil::Date, tz::TimeZone};
use turnabout_core::{
    ports::{CheckIn, FlagRequest, PluginRef, StoreTable},
    run::Pair,
};
use turnabout_model::{PairId, ParticipantId, Response, RiskPlan, Role, RunId};

/// What is read of a run under its lock, so that the plugin runs without it.
struct Read {
    plan: RiskPlan,
    plugin: PluginRef,
    today: Date,
    pairs: Vec<Asked>,
}

/// A pair with its check-ins.
struct Asked {
    pair: PairId,
    people: [(Role, ParticipantId); 2],
    started: Date,
    check_ins: Vec<CheckIn>,
}

impl Engine {
    /// Finds the pairs that may need help, by the codes of the template's risk plan. None without such a plan.
    pub fn pairs_at_risk(&self, run: &RunId) -> Result<Vec<PairAtRisk>, LiveError> {
        let Some(read) = self.with_run(run, |engine, loaded| engine.read_check_ins(run, loaded))? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for Asked { pair, people: [(_, mentor), (_, mentee)], started, check_ins } in read.pairs {
            let flags = self.logics.flags(FlagRequest {
                plugin: &read.plugin,
                settings: &read.plan.settings,
                check_ins: &check_ins,
                today: read.today,
                started,
            })?;
            if !flags.is_empty() {
                let flags = flags.into_iter().map(|flag| FlagView { code: flag.code, since: flag.since.to_string() });
                found.push(PairAtRisk { pair, mentor, mentee, flags: flags.collect() });
            }
        }
        Ok(found)
    }

    fn read_check_ins(&self, run: &RunId, loaded: &Loaded) -> Result<Option<Read>, LiveError> {
        let programme = &loaded.bundle.programme;
        let Some(plan) = programme.risk.clone() else { return Ok(None) };
        let plugin = loaded.bundle.pinned(&plan.plugin)?;
        let zone = loaded.run.zone.clone();
        let day = |at: jiff::Timestamp| at.to_zoned(zone.clone()).date();
        let mut pairs: Vec<Asked> =
            loaded.run.pairs.iter().filter(|pair| pair.ended.is_none()).map(|pair| asked(pair, &zone)).collect();
        for wave in loaded.run.waves.iter().filter(|wave| wave.survey == plan.survey) {
            let survey = survey_of(loaded, wave);
            self.every_row(StoreTable::Responses, &keys::wave(run, wave.id), |row| {
                let response: Response = rows::read(&row.value, run.as_str(), "a response")?;
                for pair in &mut pairs {
                    let by = pair.people.iter().find(|(_, who)| *who == response.participant).map(|(role, _)| *role);
                    // What somebody said of an earlier partner is not about this one.
                    if let Some(by) = by.filter(|_| day(wave.opened) >= pair.started) {
                        let answers = survey.map_or_else(
                            || response.answers.clone(),
                            |survey| survey.logic_answers(&response.answers).into_owned(),
                        );
                        pair.check_ins.push(CheckIn { date: day(wave.opened), by, answers });
                    }
                }
                Ok(())
            })?;
        }
        Ok(Some(Read { plan, plugin, today: day(self.clock.now().max(loaded.last)), pairs }))
    }
}

fn asked(pair: &Pair, zone: &TimeZone) -> Asked {
    Asked {
        pair: pair.id,
        people: [(Role::Mentor, pair.mentor), (Role::Mentee, pair.mentee)],
        started: pair.formed.to_zoned(zone.clone()).date(),
        check_ins: Vec::new(),
    }
}
