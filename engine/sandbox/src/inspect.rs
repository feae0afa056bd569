//! Everything that is wrong with a component, step by step, for its author: the gate with the reasons and the ways out.

mod judges;
mod repeats;
mod settings;

use crate::contract::{LOGIC_MAJOR, RULE_MAJOR};
use crate::fault::clip;
use crate::gate::{Gated, foreign_imports};
use crate::library::{Sandbox, sha256};
use crate::machine::Machine;
use crate::plugin::Plugin;
use crate::store::Work;
use smol_str::SmolStr;
use std::sync::Arc;
use turnabout_core::ports::{PluginFault, PluginKind, PluginRef, RuleDescription};
use wasmtime::component::Component;

/// A step of the gate, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It is not too large, neither to keep nor to compile.
    Size,
    /// It is a component, and compiles.
    Component,
    /// It imports nothing but the log.
    Imports,
    /// It exports a rule or a logic, in the contract's shape.
    Exports,
    /// An instance starts within its limits.
    Starts,
    /// It says what it is.
    Describes,
    /// The schema of its settings is sound, and it takes its own defaults.
    Settings,
    /// It answers what it is asked, in range and within its limits.
    Answers,
    /// Asked twice it answers the same, bit for bit.
    Repeats,
    /// A rule answers the same wherever the mentors are cut.
    Cuts,
    /// A rule explains every pair with the reasons that it declares.
    Explains,
    /// It answers the cases of its folder. [`Sandbox::inspect`] has a component alone, and leaves this to who has the folder.
    Cases,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 12] = [
        Self::Size,
        Self::Component,
        Self::Imports,
        Self::Exports,
        Self::Starts,
        Self::Describes,
        Self::Settings,
        Self::Answers,
        Self::Repeats,
        Self::Cuts,
        Self::Explains,
        Self::Cases,
    ];

    /// What it looks at, in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Size => "its size",
            Self::Component => "it is a component",
            Self::Imports => "it imports nothing but the log",
            Self::Exports => "it exports a rule or a logic",
            Self::Starts => "it starts",
            Self::Describes => "it describes itself",
            Self::Settings => "its settings are sound",
            Self::Answers => "it answers, in range and within its limits",
            Self::Repeats => "it answers the same twice",
            Self::Cuts => "its verdicts on a mentor do not depend on the others",
            Self::Explains => "it explains every pair",
            Self::Cases => "it answers its cases",
        }
    }

    /// Whether it is taken with a plugin of this kind: a logic has no pairs.
    pub fn concerns(self, kind: PluginKind) -> bool {
        kind == PluginKind::Rule || !matches!(self, Self::Cuts | Self::Explains)
    }
}

/// Something wrong with a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Where it was found.
    pub step: Step,
    /// The stable code that `turnabout explain` knows.
    pub code: &'static str,
    /// What is wrong, one sentence.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

/// Who a component says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its id.
    pub id: String,
    /// Its version; empty if it says none.
    pub version: String,
}

/// What was found out about a component.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// The SHA-256 of its bytes: what a manifest pins.
    pub sha256: SmolStr,
    /// Its size, in bytes.
    pub bytes: usize,
    /// What it is for, if it came so far.
    pub kind: Option<PluginKind>,
    /// Who it says it is, if it came so far.
    pub identity: Option<Identity>,
    /// What it says of itself, if it is a rule and came so far.
    pub rule: Option<RuleDescription>,
    /// The last step that was taken: what is behind it was not looked at.
    pub reached: Step,
    /// Everything that is wrong, in order of the steps.
    pub complaints: Vec<Complaint>,
}

impl Inspection {
    /// Tells whether it may be installed and does what a plugin has to do.
    pub fn is_sound(&self) -> bool {
        self.complaints.is_empty()
    }

    fn complain(&mut self, step: Step, fault: &PluginFault, help: impl Into<String>) {
        let what = match fault {
            PluginFault::Contract(what) => what.clone(),
            other => format!("it {other}"),
        };
        self.complaints.push(Complaint { step, code: fault.code(), what, help: help.into() });
    }

    fn wrong(&mut self, step: Step, what: impl Into<String>, help: impl Into<String>) {
        self.complain(step, &PluginFault::Contract(what.into()), help);
    }
}

impl Sandbox {
    /// Looks at a component as the gate does, and does not stop at the first thing that is wrong where it can go on. A sound
    /// one is installed.
    pub fn inspect(&self, component: &[u8]) -> Inspection {
        let mut found = Inspection {
            sha256: sha256(component),
            bytes: component.len(),
            kind: None,
            identity: None,
            rule: None,
            reached: Step::Size,
            complaints: Vec::new(),
        };
        let Some(plugin) = self.compiled(component, &mut found) else { return found };
        found.kind = Some(plugin.kind());
        match &plugin {
            Plugin::Rule(rule) => {
                let RuleDescription { id, version, .. } = &rule.description;
                found.identity = Some(Identity { id: id.clone(), version: version.clone() });
                found.rule = Some(rule.description.clone());
            }
            Plugin::Logic(logic) => found.identity = logic.identity(),
        }
        found.reached = Step::Settings;
        if let Some(rule) = found.rule.clone() {
            settings::check(&rule, &mut found);
        }
        let named = PluginRef { id: "it".into(), sha256: found.sha256.clone() };
        let plugin = Arc::new(plugin);
        self.insert_compiled(&found.sha256, &plugin);
        repeats::check(self, &plugin, &named, &mut found);
        found.complaints.sort_by_key(|complaint| complaint.step);
        found
    }

    /// The steps to a compiled plugin that has described itself.
    fn compiled(&self, component: &[u8], found: &mut Inspection) -> Option<Plugin> {
        let machine = &self.machine;
        if let Err(fault) = self.small_enough(component) {
            found.complain(Step::Size, &fault, "leave out libraries that the plugin does not use, split large functions, and write tables as data rather than code");
            return None;
        }
        found.reached = Step::Component;
        let parsed = match Component::from_binary(&machine.engine, component) {
            Ok(parsed) => parsed,
            Err(error) => {
                let said = clip(&format!("{error:#}"), machine.limits.message_characters);
                let (what, help) = of_bytes(component, said);
                found.wrong(Step::Component, what, help);
                return None;
            }
        };
        found.reached = Step::Imports;
        for import in foreign_imports(machine, &parsed) {
            found.wrong(
                Step::Imports,
                format!("it imports '{import}', and may import nothing but the log"),
                "a plugin has no clock, randomness, files or network: build it without WASI (Rust: \
                 wasm32-unknown-unknown; Python and JavaScript: --stub-wasi), as `turnabout plugin build` does",
            );
        }
        found.reached = Step::Exports;
        shape(machine, &parsed, found);
        if !found.complaints.is_empty() {
            return None;
        }
        let gated = match Gated::link(machine, &parsed, component.len()) {
            Ok(gated) => gated,
            Err(fault) => {
                found.complain(Step::Exports, &fault, "take plugins/wit/plugin.wit as it is, and build against it");
                return None;
            }
        };
        found.reached = Step::Starts;
        if let Err(fault) = gated.call(Work::Pairs(0), |store| gated.linked().instantiate(store), |_, _| Ok(())) {
            found.complain(Step::Starts, &fault, "do no work where the module starts: it starts anew for every call");
            return None;
        }
        found.reached = Step::Describes;
        match Plugin::of(gated) {
            Ok(plugin) => Some(plugin),
            Err(fault) => {
                found.complain(
                    Step::Describes,
                    &fault,
                    "`describe` returns the id, the version and what the plugin reads, whatever happens",
                );
                None
            }
        }
    }
}

/// What it exports, by name.
fn shape(machine: &Machine, parsed: &Component, found: &mut Inspection) {
    let exported: Vec<String> =
        parsed.component_type().exports(&machine.engine).map(|(name, _)| name.to_owned()).collect();
    let has = |major: &str| exported.iter().any(|name| name.starts_with(major));
    match (has(RULE_MAJOR), has(LOGIC_MAJOR)) {
        (true, true) => found.wrong(
            Step::Exports,
            "it exports both a rule and a logic",
            "build it for one world, rule-plugin or logic-plugin, and make two components of two plugins",
        ),
        (false, false) => {
            let exported = clip(&exported.join(", "), machine.limits.message_characters);
            let exported = if exported.is_empty() { "nothing".into() } else { exported };
            found.wrong(
                Step::Exports,
                format!("it exports {exported}, and neither '{RULE_MAJOR}0.0' nor '{LOGIC_MAJOR}0.0'"),
                "build it for the world rule-plugin or logic-plugin of plugins/wit/plugin.wit",
            );
        }
        _ => {}
    }
}

/// What bytes are that are no component, and what to do; for what begins like one, what the parser said.
fn of_bytes(bytes: &[u8], said: String) -> (String, &'static str) {
    const NAME_IT: &str = "name the .wasm file that `turnabout plugin build` wrote";
    if bytes.is_empty() {
        ("it is empty".into(), "build it again: `turnabout plugin build` writes a whole component, or none")
    } else if bytes.starts_with(b"\0asm\x01\0\0\0") {
        (
            "it is a core module, one step before a component".into(),
            "run `turnabout plugin build`, or `wasm-tools component new`",
        )
    } else if bytes.starts_with(b"\0asm") && (said.contains("out of bounds") || said.contains("unexpected end")) {
        (format!("it ends too early: {said}"), "copy or build it again: a part of it is not there")
    } else if bytes.starts_with(b"\0asm") {
        (said, "build it for wasm 1.0 with the component model: no threads, no relaxed SIMD, no 64-bit memory")
    } else if std::str::from_utf8(bytes).is_ok() {
        ("it is a text, and no WebAssembly".into(), NAME_IT)
    } else {
        ("it is no WebAssembly".into(), NAME_IT)
    }
}
