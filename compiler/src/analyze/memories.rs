//! Where memories lie, how they are bounded and what they start with.

use super::constant::fold_offset;
use super::image;
use super::places::{self, ADDRESS_SPACE};
use super::plan::{DataPlan, GlobalPlan, MemoryBase, MemoryBound, MemoryPlan, NullChecks};
use super::usage::Usage;
use super::world::{Visible, World};
use crate::error::Error;
use crate::module::{DataIndex, ExternalIndex, GlobalIndex, MemoryIndex, MemoryType, Module, SegmentMode};
use crate::options::{Emit, InstanceMode, MemoryChecks, Options};
use cranelift_entity::PrimaryMap;
use wasmc_runtime::abi::PAGE_SIZE;

/// The memories and what is left of the data segments.
pub(super) struct MemoryPlans {
    pub(super) memories: PrimaryMap<MemoryIndex, MemoryPlan>,
    pub(super) data: PrimaryMap<DataIndex, DataPlan>,
}

/// Plans every memory, and the data segments with them.
pub(super) fn plan_memories(
    module: &Module<'_>,
    world: &mut World,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
    usage: &Usage,
    visible: &Visible,
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

    let places = world.places(module);
    let mut memories = PrimaryMap::with_capacity(module.memories.len());
    for (index, ty) in &module.memories {
        let guarded = is_guarded(ty, options);
        let is_imported = module.is_imported_memory(index);
        let grows = is_imported || visible.memories.contains(&index) || usage.grown_memories.contains(&index);
        let too_large = || Error::environment(format!("memory {} is larger than any address space", index.as_u32()));
        // What another instance provides has its place there.
        let place = if is_imported { None } else { Some(places.take(ty)) };
        let room = place.map_or(ADDRESS_SPACE, |place| place.size);
        let minimum = match ty.minimum_bytes().filter(|minimum| *minimum <= room) {
            Some(minimum) => minimum,
            // Nobody can export such a memory.
            None if is_imported => u64::MAX,
            None => return Err(too_large()),
        };
        let segments: Vec<(u64, &[u8])> = image_segments
            .iter()
            .filter(|(_, memory, _)| *memory == index)
            .map(|(segment, _, offset)| (*offset, module.data[*segment].bytes))
            .collect();
        memories.push(MemoryPlan {
            base: match (options.instances, place.and_then(|place| place.base)) {
                (InstanceMode::Static, Some(base)) => MemoryBase::Fixed(base),
                _ => MemoryBase::Loaded { constant: guarded || ty.shared || !grows },
            },
            maximum: largest_size(ty, minimum, is_imported).min(room),
            keeps_last_indices: !guarded && !ty.shared,
            nothing_below: match place {
                Some(place) if guarded && options.instances == InstanceMode::Static => {
                    places::nothing_below(options.target, place)
                }
                _ => 0,
            },
            bound: if guarded {
                MemoryBound::Guarded
            } else if grows {
                MemoryBound::Loaded { minimum }
            } else {
                MemoryBound::Constant(minimum)
            },
            image: image::extents(&segments, options.target.largest_page()),
        });
    }
    Ok(MemoryPlans { memories, data })
}

/// How many bytes a memory may grow to. The last page below 4 GiB stays empty unless the module starts with it: then an index
/// that was in bounds may be added up to a page without wrapping, and nobody has missed that page yet. `memory.grow` may
/// fail at any size (WebAssembly core specification, section 4.7.3).
fn largest_size(ty: &MemoryType, minimum: u64, is_imported: bool) -> u64 {
    let kept_back = (1 << 32) - PAGE_SIZE;
    let declared = ty.maximum_bytes();
    let has_usual_type = !ty.memory64 && ty.page_size_log2 == PAGE_SIZE.trailing_zeros();
    if has_usual_type && !is_imported && minimum <= kept_back { declared.min(kept_back) } else { declared }
}

fn is_guarded(ty: &MemoryType, options: &Options) -> bool {
    // The hardware faults only behind pages of its own, and a 64-bit index reaches past any guard.
    let can_be_guarded = !ty.memory64 && ty.page_size_log2 == PAGE_SIZE.trailing_zeros();
    can_be_guarded && may_fault(options)
}

/// Null references are found out as accesses out of bounds are.
pub(super) fn null_checks(options: &Options) -> NullChecks {
    if may_fault(options) { NullChecks::Guarded } else { NullChecks::Explicit }
}

/// Whether faults of the hardware are ours to handle.
pub(super) fn may_fault(options: &Options) -> bool {
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
    // A segment of elements that traps leaves all data unwritten, and functions that are already in
    // a table of another instance can tell.
    if module.elements.values().any(|segment| segment.target().is_some_and(|table| module.is_imported_table(table))) {
        return segments;
    }
    for (index, segment) in &module.data {
        let SegmentMode::Active { target, offset } = &segment.mode else { continue };
        let place = fold_offset(offset, globals).filter(|offset| {
            let end = offset.checked_add(segment.bytes.len() as u64);
            let minimum = module.memories[*target].minimum_bytes();
            end.is_some_and(|end| minimum.is_some_and(|minimum| end <= minimum))
        });
        match place {
            Some(offset) if !module.is_imported_memory(*target) => segments.push((index, *target, offset)),
            _ => break,
        }
    }
    segments
}

/// The memory that WASI calls address: the one exported as `memory`, else the first. A memory of
/// another instance has no WASI calls: then the program has several modules, and none has.
pub(super) fn wasi_memory(module: &Module<'_>) -> Option<MemoryIndex> {
    let memory = match module.export("memory") {
        Some(ExternalIndex::Memory(memory)) => Some(memory),
        _ => module.memories.keys().next(),
    };
    memory.filter(|memory| !module.is_imported_memory(*memory))
}
