//! The ways in which a case is built. A program does the same in each of them.

use crate::target::{foreign_targets, usual_target};
use wasmc_compiler::{InstanceMode, MemoryChecks, OptLevel, Options, Target};

/// A combination of the options that change generated code most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mode {
    /// How memory is bounded.
    pub checks: MemoryChecks,
    /// How the instance is reached.
    pub instances: InstanceMode,
    /// How hard the optimiser tries.
    pub opt_level: OptLevel,
    /// What it is built for; the usual target when absent.
    pub target: Option<Target>,
}

impl Mode {
    /// What `wasmc build` does when nobody asks for anything else.
    pub const DEFAULT: Mode =
        Mode { checks: MemoryChecks::Guard, instances: InstanceMode::Static, opt_level: OptLevel::O2, target: None };

    /// Differs from the default in everything.
    pub const OPPOSITE: Mode = Mode {
        checks: MemoryChecks::Explicit,
        instances: InstanceMode::Dynamic,
        opt_level: OptLevel::O0,
        target: None,
    };

    /// The default on targets of other processors.
    pub fn foreign() -> Vec<Mode> {
        foreign_targets().into_iter().map(|target| Mode { target: Some(target), ..Mode::DEFAULT }).collect()
    }

    /// Every combination, the default first.
    pub fn all() -> Vec<Mode> {
        let mut modes = Vec::new();
        for instances in [InstanceMode::Static, InstanceMode::Dynamic] {
            for checks in [MemoryChecks::Guard, MemoryChecks::Explicit] {
                for opt_level in [OptLevel::O2, OptLevel::O0] {
                    modes.push(Mode { checks, instances, opt_level, target: None });
                }
            }
        }
        modes
    }

    /// The combinations of memory checks and instances, optimised.
    pub fn optimised() -> Vec<Mode> {
        Mode::all().into_iter().filter(|mode| mode.opt_level == OptLevel::O2).collect()
    }

    /// The target that programs are built for.
    pub fn target(self) -> Target {
        self.target.unwrap_or_else(usual_target)
    }

    /// `guard static O2`: three words, as test names end; for a target of another processor, its name behind them.
    pub fn name(self) -> String {
        let checks = match self.checks {
            MemoryChecks::Auto => "auto",
            MemoryChecks::Guard => "guard",
            MemoryChecks::Explicit => "explicit",
        };
        let instances = match self.instances {
            InstanceMode::Static => "static",
            InstanceMode::Dynamic => "dynamic",
        };
        let opt_level = match self.opt_level {
            OptLevel::O0 => "O0",
            OptLevel::O1 => "O1",
            OptLevel::O2 => "O2",
            OptLevel::Os => "Os",
        };
        let mut name = format!("{checks} {instances} {opt_level}");
        if self.target() != Target::host() {
            name.push(' ');
            name.push_str(self.target().name);
        }
        name
    }

    /// Asks for this mode.
    pub fn apply(self, options: &mut Options) {
        options.target = self.target();
        options.memory_checks = self.checks;
        options.instances = self.instances;
        options.opt_level = self.opt_level;
    }
}
