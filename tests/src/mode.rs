//! The ways in which a case is built. A program does the same in each of them.

use wasmc_compiler::{InstanceMode, MemoryChecks, OptLevel, Options};

/// A combination of the options that change generated code most.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mode {
    /// How memory is bounded.
    pub checks: MemoryChecks,
    /// How the instance is reached.
    pub instances: InstanceMode,
    /// How hard the optimiser tries.
    pub opt_level: OptLevel,
}

impl Mode {
    /// What `wasmc build` does when nobody asks for anything else.
    pub const DEFAULT: Mode =
        Mode { checks: MemoryChecks::Guard, instances: InstanceMode::Static, opt_level: OptLevel::O2 };

    /// Every combination, the default first.
    pub fn all() -> Vec<Mode> {
        let mut modes = Vec::new();
        for instances in [InstanceMode::Static, InstanceMode::Dynamic] {
            for checks in [MemoryChecks::Guard, MemoryChecks::Explicit] {
                for opt_level in [OptLevel::O2, OptLevel::O0] {
                    modes.push(Mode { checks, instances, opt_level });
                }
            }
        }
        modes
    }

    /// The combinations of memory checks and instances, optimised.
    pub fn optimised() -> Vec<Mode> {
        Mode::all().into_iter().filter(|mode| mode.opt_level == OptLevel::O2).collect()
    }

    /// `guard static O2`: three words, as test names end.
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
        format!("{checks} {instances} {opt_level}")
    }

    /// Asks for this mode.
    pub fn apply(self, options: &mut Options) {
        options.memory_checks = self.checks;
        options.instances = self.instances;
        options.opt_level = self.opt_level;
    }
}
