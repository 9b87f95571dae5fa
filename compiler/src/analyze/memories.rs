//! Where memories lie, how they are bounded and what they start with.

use super::constant::fold_offset;
use super::image;
use super::plan::{DataPlan, GlobalPlan, MemoryBase, MemoryBound, MemoryPlan, NullChecks};
use super::usage::Usage;
use crate::error::Error;
use crate::module::{DataIndex, ExternalIndex, GlobalIndex, MemoryIndex, MemoryType, Module, SegmentMode};
use crate::options::{Emit, InstanceMode, MemoryChecks, Options};
use cranelift_entity::{EntityRef, PrimaryMap};

/// The address of memory 0 in static executables. Below 2 GiB, so that base and constant offset
/// together fit into the displacement of an address; above the executable itself.
pub(super) const FIRST_MEMORY_BASE: u64 = 0x4000_0000;
/// The distance between the bases of memories: an index space, its guard, and room.
const MEMORY_STRIDE: u64 = 16 << 30;

/// The memories and what is left of the data segments.
pub(super) struct MemoryPlans {
    pub(super) memories: PrimaryMap<MemoryIndex, MemoryPlan>,
    pub(super) data: PrimaryMap<DataIndex, DataPlan>,
}

/// Plans every memory, and the data segments with them.
pub(super) fn plan_memories(
    module: &Module<'_>,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
    usage: &Usage,
    options: &Options,
) -> Result<MemoryPlans, Error> {
    let mut data: PrimaryMap<DataIndex, DataPlan> = module
        .data
        .iter()
        .map(|(index, segment)| match segment.mode {
            SegmentMode::Passive if usage.data_segments.contains(&index) => DataPlan::Stored,
            SegmentMode::Active { .. } => DataPlan::Stored,
            _ => DataPlan::Unused,
        })
        .collect();
    let image_segments = image_segments(module, globals);
    for (index, ..) in &image_segments {
        data[*index] = DataPlan::Unused;
    }

    let mut memories = PrimaryMap::with_capacity(module.memories.len());
    for (index, ty) in &module.memories {
        let guarded = is_guarded(ty, options);
        let grows = usage.grown_memories.contains(&index);
        let minimum = ty
            .minimum_bytes()
            .ok_or_else(|| Error::environment(format!("memory {} is larger than any address space", index.as_u32())))?;
        let segments: Vec<(u64, &[u8])> = image_segments
            .iter()
            .filter(|(_, memory, _)| *memory == index)
            .map(|(segment, _, offset)| (*offset, module.data[*segment].bytes))
            .collect();
        memories.push(MemoryPlan {
            base: match options.instances {
                InstanceMode::Static => MemoryBase::Fixed(FIRST_MEMORY_BASE + index.index() as u64 * MEMORY_STRIDE),
                InstanceMode::Dynamic => MemoryBase::Loaded { constant: guarded || !grows },
            },
            bound: if guarded {
                MemoryBound::Guarded
            } else if grows {
                MemoryBound::Loaded { minimum }
            } else {
                MemoryBound::Constant(minimum)
            },
            image: image::extents(&segments),
        });
    }
    Ok(MemoryPlans { memories, data })
}

fn is_guarded(ty: &MemoryType, options: &Options) -> bool {
    !ty.memory64 && may_fault(options)
}

/// Null references are found out as accesses out of bounds are.
pub(super) fn null_checks(options: &Options) -> NullChecks {
    if may_fault(options) { NullChecks::Guarded } else { NullChecks::Explicit }
}

/// Whether faults of the hardware are ours to handle.
fn may_fault(options: &Options) -> bool {
    match options.memory_checks {
        MemoryChecks::Explicit => false,
        MemoryChecks::Guard => true,
        MemoryChecks::Auto => options.emit != Emit::Object,
    }
}

/// The active segments that data can stand for: those before the first one whose place is not known
/// or that does not fit, which instantiation has to find out.
fn image_segments(
    module: &Module<'_>,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
) -> Vec<(DataIndex, MemoryIndex, u64)> {
    let mut segments = Vec::new();
    for (index, segment) in &module.data {
        let SegmentMode::Active { target, offset } = &segment.mode else { continue };
        let place = fold_offset(offset, globals).filter(|offset| {
            let end = offset.checked_add(segment.bytes.len() as u64);
            let minimum = module.memories[*target].minimum_bytes();
            end.is_some_and(|end| minimum.is_some_and(|minimum| end <= minimum))
        });
        match place {
            Some(offset) if target.index() >= module.imported_memories => segments.push((index, *target, offset)),
            _ => break,
        }
    }
    segments
}

/// The memory that WASI calls address: the one exported as `memory`, else the first.
pub(super) fn wasi_memory(module: &Module<'_>) -> Option<MemoryIndex> {
    match module.export("memory") {
        Some(ExternalIndex::Memory(memory)) => Some(memory),
        _ => module.memories.keys().next(),
    }
}
