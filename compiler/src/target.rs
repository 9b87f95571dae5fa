//! The platforms that executables can be made for.
//!
//! A target is one row of [`Target::ALL`]: a processor, a system, and names for both together. What follows from the
//! processor is decided where it matters, by [`Architecture`]; what follows from the system, by [`OperatingSystem`].

use wasmc_runtime::abi::page;

/// A platform that executables can be made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The short name, as `--target` takes it.
    pub name: &'static str,
    /// Full triples, which `--target` takes as well; the first is the one that is shown.
    pub triples: &'static [&'static str],
    /// Its processors.
    pub architecture: Architecture,
    /// What runs its programs.
    pub system: OperatingSystem,
}

/// A family of processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Architecture {
    /// AMD64 and Intel 64.
    X86_64,
    /// Arm, 64-bit, little-endian.
    Aarch64,
    /// RISC-V, 64-bit.
    Riscv64,
}

/// What runs programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperatingSystem {
    /// Linux: static executables without a libc.
    Linux,
    /// Windows 10 and later: programs that import nothing but the system's own libraries.
    Windows,
    /// macOS 13 and later: programs that import nothing but `libSystem`.
    MacOs,
}

/// A format of object files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectFormat {
    /// Executable and Linkable Format.
    Elf,
    /// Common Object File Format.
    Coff,
    /// That of the Mach kernel, and of all of Apple's systems.
    MachO,
}

impl Target {
    /// Every target this compiler knows.
    pub const ALL: &'static [Target] = &[
        Target {
            name: "x86_64-linux",
            triples: &["x86_64-unknown-linux-musl", "x86_64-unknown-linux-gnu"],
            architecture: Architecture::X86_64,
            system: OperatingSystem::Linux,
        },
        Target {
            name: "aarch64-linux",
            triples: &["aarch64-unknown-linux-musl", "aarch64-unknown-linux-gnu"],
            architecture: Architecture::Aarch64,
            system: OperatingSystem::Linux,
        },
        Target {
            name: "riscv64-linux",
            triples: &["riscv64gc-unknown-linux-musl", "riscv64gc-unknown-linux-gnu"],
            architecture: Architecture::Riscv64,
            system: OperatingSystem::Linux,
        },
        Target {
            name: "x86_64-windows",
            triples: &["x86_64-pc-windows-msvc", "x86_64-pc-windows-gnu"],
            architecture: Architecture::X86_64,
            system: OperatingSystem::Windows,
        },
        Target {
            name: "aarch64-windows",
            triples: &["aarch64-pc-windows-msvc", "aarch64-pc-windows-gnullvm"],
            architecture: Architecture::Aarch64,
            system: OperatingSystem::Windows,
        },
        Target {
            name: "x86_64-macos",
            triples: &["x86_64-apple-darwin"],
            architecture: Architecture::X86_64,
            system: OperatingSystem::MacOs,
        },
        Target {
            name: "aarch64-macos",
            triples: &["aarch64-apple-darwin"],
            architecture: Architecture::Aarch64,
            system: OperatingSystem::MacOs,
        },
    ];

    /// The platform that the compiler itself runs on; the first one where that is none of them.
    pub fn host() -> Target {
        let is_host = |target: &&Target| {
            target.architecture.name() == std::env::consts::ARCH && target.system.name() == std::env::consts::OS
        };
        *Target::ALL.iter().find(is_host).unwrap_or(&Target::ALL[0])
    }

    /// The target of this short name or triple.
    pub fn from_name(name: &str) -> Option<Target> {
        Target::ALL.iter().copied().find(|target| target.name == name || target.triples.contains(&name))
    }

    /// Bytes in the largest page that a kernel may use: what is mapped begins and ends at multiples of it.
    pub fn largest_page(self) -> u64 {
        match (self.system, self.architecture) {
            (OperatingSystem::Windows, _) => page::WINDOWS,
            (_, Architecture::X86_64) => page::X86_64,
            (_, Architecture::Aarch64) => page::AARCH64,
            (_, Architecture::Riscv64) => page::RISCV64,
        }
    }

    /// What runs its programs on other machines, if anything does.
    pub fn emulator(self) -> Option<String> {
        match self.system {
            OperatingSystem::Linux => Some(format!("qemu-{}", self.architecture.name())),
            OperatingSystem::Windows => Some("wine".to_owned()),
            OperatingSystem::MacOs => None,
        }
    }

    /// The format of its object files.
    pub fn object_format(self) -> ObjectFormat {
        match self.system {
            OperatingSystem::Linux => ObjectFormat::Elf,
            OperatingSystem::Windows => ObjectFormat::Coff,
            OperatingSystem::MacOs => ObjectFormat::MachO,
        }
    }
}

impl Architecture {
    /// As triples begin.
    pub fn name(self) -> &'static str {
        match self {
            Architecture::X86_64 => "x86_64",
            Architecture::Aarch64 => "aarch64",
            Architecture::Riscv64 => "riscv64",
        }
    }
}

impl OperatingSystem {
    /// As Rust calls it.
    pub fn name(self) -> &'static str {
        match self {
            OperatingSystem::Linux => "linux",
            OperatingSystem::Windows => "windows",
            OperatingSystem::MacOs => "macos",
        }
    }
}

impl ObjectFormat {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            ObjectFormat::Elf => "ELF",
            ObjectFormat::Coff => "COFF",
            ObjectFormat::MachO => "Mach-O",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_one_target_each() {
        for target in Target::ALL {
            for name in target.triples.iter().chain([&target.name]) {
                assert_eq!(Target::from_name(name), Some(*target), "{name}");
            }
        }
        assert_eq!(Target::from_name("pdp11"), None);
    }
}
