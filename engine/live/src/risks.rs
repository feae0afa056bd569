//! Pairs that may need help, from what they said when they were asked how it goes.

use crate::{
    Engine, LiveError,
    form::survey_of,
    keys,
    loaded::Loaded,
    rows,
    views::{FlagView, PairAtRisk},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use std::collections::BTreeMap;
use turnabout_core::{
    ports::{CheckIn, Flag, FlagRequest, PluginRef, StoreTable},
    run::{Pair, Run},
};
use turnabout_model::{PairId, ParticipantId, Response, RiskPlan, Role, RunId};

/// What is read of a run under its lock, so that the plugin runs without it.
struct Read {
    plan: RiskPlan,
    plugin: PluginRef,
    today: Date,
    counted: Counted,
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
    /// Finds the pairs that may need help, by the codes of the template's risk plan. None without such a plan. Days of a pause
    /// do not count as silence.
    pub fn pairs_at_risk(&self, run: &RunId) -> Result<Vec<PairAtRisk>, LiveError> {
        let Some(read) = self.with_run(run, |engine, loaded| engine.read_check_ins(run, loaded))? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let Counted { later, day } = &read.counted;
        let of = |days: &BTreeMap<Date, Date>, day: Date| days.get(&day).copied().unwrap_or(day);
        for Asked { pair, people: [(_, mentor), (_, mentee)], started, mut check_ins } in read.pairs {
            for check_in in &mut check_ins {
                check_in.date = of(later, check_in.date);
            }
            let flags = self.logics.flags(FlagRequest {
                plugin: &read.plugin,
                settings: &read.plan.settings,
                check_ins: &check_ins,
                today: read.today,
                started: of(later, started),
            })?;
            if !flags.is_empty() {
                let seen = |flag: Flag| FlagView { since: of(day, flag.since).to_string(), code: flag.code };
                let flags = flags.into_iter().map(seen);
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
        let now = self.clock.now().max(loaded.last);
        let days = pairs.iter().flat_map(|pair| pair.check_ins.iter().map(|said| said.date).chain([pair.started]));
        let counted = Counted::of(&loaded.run, days, now);
        Ok(Some(Read { plan, plugin, today: day(now), counted, pairs }))
    }
}

/// The days that a plugin is told, so that it counts none of a pause: each as much later as was paused between it and now.
struct Counted {
    /// From a day to the one that is told.
    later: BTreeMap<Date, Date>,
    /// And back. No two days are told as one.
    day: BTreeMap<Date, Date>,
}

impl Counted {
    fn of(run: &Run, days: impl Iterator<Item = Date>, now: Timestamp) -> Self {
        let mut later: BTreeMap<Date, Date> = days.map(|day| (day, day)).collect();
        let mut next = None;
        for (day, told) in later.iter_mut().rev() {
            let began = day.to_zoned(run.zone.clone()).map_or(now, |began| began.timestamp());
            let rested = run.rested(began, now).as_hours() / 24;
            let moved = day.checked_add(rested.days()).unwrap_or(*day);
            // A part of a day of a pause could let two days fall into one.
            *told = next.and_then(|next: Date| next.yesterday().ok()).map_or(moved, |before| moved.min(before));
            next = Some(*told);
        }
        let day = later.iter().map(|(day, told)| (*told, *day)).collect();
        Self { later, day }
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
