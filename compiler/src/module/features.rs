//! Which proposals a module may use.

use super::proposal::Proposal;
use std::fmt;
use std::str::FromStr;

/// A set of proposals on top of WebAssembly 1.0, all of which wasmc compiles.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Features(u32);

/// The sets that have a name, each including those before it.
const STANDARDS: &[(&str, &[Proposal])] = &[
    ("wasm1", &[Proposal::MutableGlobals]),
    (
        "wasm2",
        &[
            Proposal::SaturatingFloatToInt,
            Proposal::SignExtension,
            Proposal::MultiValue,
            Proposal::ReferenceTypes,
            Proposal::BulkMemory,
            Proposal::Simd,
        ],
    ),
    (
        "wasm3",
        &[
            Proposal::ExtendedConst,
            Proposal::RelaxedSimd,
            Proposal::TailCall,
            Proposal::FunctionReferences,
            Proposal::GarbageCollection,
            Proposal::Memory64,
            Proposal::MultiMemory,
            Proposal::Exceptions,
        ],
    ),
];

impl Features {
    /// No proposal.
    const NONE: Features = Features(0);

    /// Every proposal that wasmc compiles.
    pub fn supported() -> Features {
        Proposal::ALL.iter().fold(Features::NONE, |set, proposal| set.with(*proposal))
    }

    /// Whether modules may use `proposal`.
    pub fn contains(self, proposal: Proposal) -> bool {
        self.0 & 1 << proposal as u32 != 0
    }

    /// This set and `proposal`, if wasmc compiles what it declares.
    pub fn with(self, proposal: Proposal) -> Features {
        if proposal.is_declarable() { Features(self.0 | 1 << proposal as u32) } else { self }
    }

    /// This set without `proposal`.
    pub fn without(self, proposal: Proposal) -> Features {
        Features(self.0 & !(1 << proposal as u32))
    }

    /// What either set allows.
    pub fn union(self, other: Features) -> Features {
        Features(self.0 | other.0)
    }

    /// The set of this name.
    fn named(name: &str) -> Option<Features> {
        if name == "all" {
            return Some(Features::supported());
        }
        let last = STANDARDS.iter().position(|(standard, _)| *standard == name)?;
        let proposals = STANDARDS[..=last].iter().flat_map(|(_, proposals)| *proposals);
        Some(proposals.fold(Features::NONE, |set, proposal| set.with(*proposal)))
    }
}

impl Default for Features {
    fn default() -> Features {
        Features::supported()
    }
}

impl FromStr for Features {
    type Err = String;

    /// Reads `all`, `wasm1`, `wasm2` or `wasm3`, and `NAME` or `-NAME` of proposals after commas;
    /// without a set in front, the list changes `all`.
    fn from_str(text: &str) -> Result<Features, String> {
        let mut features = Features::supported();
        for (position, word) in text.split(',').enumerate() {
            if position == 0
                && let Some(set) = Features::named(word)
            {
                features = set;
                continue;
            }
            let name = word.strip_prefix('-').unwrap_or(word);
            let Some(proposal) = Proposal::ALL.iter().find(|proposal| proposal.name() == name) else {
                let supported = Proposal::ALL.iter().filter(|proposal| proposal.is_supported());
                let names: Vec<String> = supported.map(|proposal| proposal.name()).collect();
                return Err(format!(
                    "unknown feature `{name}`: expected all, wasm1, wasm2, wasm3, {}",
                    names.join(", ")
                ));
            };
            if !proposal.is_supported() && name == word {
                return Err(format!("{} is not supported yet", proposal.title()));
            }
            features = if word.starts_with('-') { features.without(*proposal) } else { features.with(*proposal) };
        }
        Ok(features)
    }
}

impl fmt::Debug for Features {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(Proposal::ALL.iter().filter(|proposal| self.contains(**proposal))).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_changes_the_set_in_front() {
        let features: Features = "wasm1,multi-value,-mutable-global".parse().expect("a list");
        assert!(features.contains(Proposal::MultiValue));
        assert!(!features.contains(Proposal::MutableGlobals) && !features.contains(Proposal::BulkMemory));
    }

    #[test]
    fn a_list_without_a_set_changes_all() {
        let features: Features = "-multi-value".parse().expect("a list");
        assert_eq!(features, Features::supported().without(Proposal::MultiValue));
    }

    #[test]
    fn an_unknown_name_is_refused() {
        let error = "wasm2,simt".parse::<Features>().expect_err("no such feature");
        assert!(error.starts_with("unknown feature `simt`"), "{error}");
    }
}
