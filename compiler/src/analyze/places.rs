//! How much address space each memory may fill, and where that lies in a static executable: at addresses fixed here, so
//! that code has them as immediates.
//!
//! ```text
//! 0x0000_4000_0000  memory 0 on x86-64
//! 0x0004_4000_0000  memory 1, when memory 0 is a 32-bit one
//!         …
//! 0x5e00_0000_0000  the end of the last 64-bit one
//! 0x6000_0000_0000  the end of a large stack
//! ```
//! Many RISC-V processors have 256 GiB for everything: there, memories for which no place is left lie where the kernel
//! puts them.

use crate::module::MemoryType;
use crate::target::{Architecture, OperatingSystem, Target};
use std::ops::Range;
use wasmc_runtime::abi::CLEARANCE_BELOW;

/// The address of memory 0, above the executable itself.
pub(super) const fn first_base(target: Target) -> u64 {
    match (target.system, target.architecture) {
        // Windows keeps a page of its own just below 2 GiB, and gives low addresses to stacks, heaps and libraries as it
        // likes; those that it chooses from for most of these end at some TiB, and those for libraries are the highest.
        (OperatingSystem::Windows, _) => 0x1000_0000_0000,
        // The first 4 GiB are taken there; programs and what they allocate follow as the system likes, then some hundred GiB
        // that processors share with graphics. Its own libraries and heaps begin at 96 TiB, or are among the lowest.
        (OperatingSystem::MacOs, _) => 0x1000_0000_0000,
        // Below 2 GiB, so that base and constant offset together fit into the displacement of an address.
        (OperatingSystem::Linux, Architecture::X86_64) => 0x4000_0000,
        // One instruction makes it. From 2 GiB on it is no displacement for Cranelift, which would put both together into
        // a register of their own for each offset.
        (OperatingSystem::Linux, Architecture::Aarch64) => 0x1_0000_0000,
        // One instruction makes it.
        (OperatingSystem::Linux, Architecture::Riscv64) => 0x4000_0000,
    }
}

/// Nothing of a memory lies here or above.
const fn end(target: Target) -> u64 {
    match (target.system, target.architecture) {
        (OperatingSystem::MacOs, _) => 0x3e00_0000_0000,
        (_, Architecture::X86_64 | Architecture::Aarch64) => 0x5e00_0000_0000,
        // The kernel has the last GiB for what it places itself.
        (_, Architecture::Riscv64) => 0x38_0000_0000,
    }
}

/// What user space has of addresses on every processor.
pub(super) const ADDRESS_SPACE: u64 = 1 << 47;
/// What a 32-bit memory takes: its index space, its guard, and room.
const NARROW_SIZE: u64 = 16 << 30;

/// What a 64-bit memory takes where nobody knows how many there will be.
const fn usual_wide_size(target: Target) -> u64 {
    match target.architecture {
        Architecture::X86_64 | Architecture::Aarch64 => 256 << 30,
        Architecture::Riscv64 => 32 << 30,
    }
}

/// What a 64-bit memory takes that is shared by threads, all of whose maximum is reserved: not everything that a kernel
/// with small addresses has, and an emulator pays for each page.
const RESERVED_WIDE_SIZE: u64 = 64 << 30;

/// Where an emulator, QEMU's user mode, maps what has no address of its own: the process's first stack, for one. Only
/// programs with more than 20 memories come so far.
const EMULATOR: Range<u64> = 0x55_0000_0000..0x65_0000_0000;
/// More than is left empty on its account.
const SKIPPED: u64 = 512 << 30;

/// How much lies empty below a memory that begins at `place`: between memory 0 and the stack, or what is below it instead.
/// The places of others end where the next one begins.
pub(super) fn nothing_below(target: Target, place: Place) -> u64 {
    if place.base == Some(first_base(target)) { CLEARANCE_BELOW } else { 0 }
}

/// Where stacks lie that are too large for the space below memory 0, or not the first thread's.
pub(super) struct StackPlaces {
    /// Where a large stack of the first thread ends, far from everything else. Those of other threads are above it.
    pub(super) top: u64,
    /// Bytes of the largest one: more than programs recurse into.
    pub(super) largest: u64,
}

impl StackPlaces {
    pub(super) const fn of(target: Target) -> StackPlaces {
        match (target.system, target.architecture) {
            // Heaps begin at 96 TiB, which leaves room for 31 threads.
            (OperatingSystem::MacOs, _) => StackPlaces { top: 0x4000_0000_0000, largest: 1 << 40 },
            (_, Architecture::X86_64 | Architecture::Aarch64) => {
                StackPlaces { top: 0x6000_0000_0000, largest: 1 << 40 }
            }
            (_, Architecture::Riscv64) => StackPlaces { top: 0x39_0000_0000, largest: 2 << 30 },
        }
    }

    /// Where the stack of a thread after the first ends: there is the largest stack below it, and what stays empty.
    pub(super) const fn top_of_thread(&self, thread: u32) -> u64 {
        self.top + (thread as u64 + 1) * (self.largest + (1 << 30))
    }
}

/// The address space that is left for memories.
#[derive(Debug)]
pub(super) struct Places {
    /// Where the next one begins.
    next: u64,
    /// What a 64-bit memory takes.
    wide_size: u64,
    /// Where there is no more room.
    end: u64,
}

/// What one memory has of the address space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    /// Where it begins; the kernel decides that when no address space is left.
    pub(super) base: Option<u64>,
    /// Its bytes.
    pub(super) size: u64,
}

impl Places {
    /// Room for memories of these types: 64-bit ones have equal shares of what the others leave.
    pub(super) fn of<'a>(target: Target, memories: impl Iterator<Item = &'a MemoryType>) -> Places {
        let (wide, narrow): (Vec<&MemoryType>, Vec<&MemoryType>) = memories.partition(|ty| ty.memory64);
        let (next, end) = (first_base(target), end(target));
        let skipped = if end > EMULATOR.start { SKIPPED } else { 0 };
        let left = (end - next - skipped).saturating_sub(narrow.len() as u64 * NARROW_SIZE);
        let share = left / wide.len().max(1) as u64;
        Places { next, wide_size: (share / NARROW_SIZE * NARROW_SIZE).max(NARROW_SIZE), end }
    }

    /// Room for the memories of modules that are not known yet.
    pub(super) fn of_many(target: Target) -> Places {
        Places { next: first_base(target), wide_size: usual_wide_size(target), end: end(target) }
    }

    /// The place of the next memory.
    pub(super) fn take(&mut self, ty: &MemoryType) -> Place {
        let size = match ty.memory64 {
            true if ty.shared => self.wide_size.min(RESERVED_WIDE_SIZE),
            true => self.wide_size,
            false => NARROW_SIZE,
        };
        // A very large memory seldom grows to where it would matter.
        let reach = self.next.saturating_add(size.min(SKIPPED / 2));
        let meets_emulator = self.next < EMULATOR.end && EMULATOR.start < reach;
        let base = if meets_emulator { EMULATOR.end } else { self.next };
        match base.checked_add(size).filter(|end| *end <= self.end) {
            // It has to be where there is room for it.
            Some(_) if ty.minimum_bytes().is_some_and(|minimum| minimum > size) => {
                Place { base: None, size: ADDRESS_SPACE }
            }
            Some(end) => {
                self.next = end;
                Place { base: Some(base), size }
            }
            None => Place { base: None, size },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places_of(target: Target, memory64: &[bool]) -> Vec<Place> {
        let memory = |memory64| MemoryType { memory64, shared: false, minimum: 0, maximum: None, page_size_log2: 16 };
        let memories: Vec<MemoryType> = memory64.iter().copied().map(memory).collect();
        let mut places = Places::of(target, memories.iter());
        memories.iter().map(|ty| places.take(ty)).collect()
    }

    #[test]
    fn the_first_memory_is_in_reach_of_a_displacement() {
        for memory64 in [false, true] {
            let target = Target::from_name("x86_64-linux").expect("a target");
            assert_eq!(places_of(target, &[memory64])[0].base, Some(0x4000_0000));
        }
    }

    #[test]
    fn places_are_disjoint_and_below_the_end() {
        let mixed: Vec<bool> = (0..100).map(|index| index % 3 == 0).collect();
        for target in Target::ALL.iter().copied() {
            for kinds in [&[true][..], &[true; 12], &[false; 12], &mixed] {
                let places = places_of(target, kinds);
                assert!(places.iter().all(|place| place.size >= NARROW_SIZE));
                let fixed: Vec<_> = places.iter().filter_map(|place| Some((place.base?, place.size))).collect();
                assert!(fixed.len() >= places.len().min(12), "{}", target.name);
                assert!(fixed.iter().all(|(base, size)| base + size <= end(target)));
                assert!(fixed.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0));
            }
        }
    }
}
