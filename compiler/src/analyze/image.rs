//! Lays active data segments over each other into the initial contents of a memory.

use wasmc_runtime::abi::IMAGE_MAP_THRESHOLD;

/// A run of initial bytes of a memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImageExtent {
    /// Byte offset in the memory.
    pub offset: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl ImageExtent {
    /// Whether it is large enough to be mapped; then it starts and ends at page boundaries.
    pub fn is_mapped(&self) -> bool {
        self.bytes.len() as u64 >= IMAGE_MAP_THRESHOLD
    }
}

/// Segments closer than this share an extent: a gap of zeros costs less than another record.
const LARGEST_GAP: u64 = 64;

/// The extents that `segments`, written in order into zeroed memory, leave behind on a target whose largest page is `page`.
pub(super) fn extents(segments: &[(u64, &[u8])], page: u64) -> Vec<ImageExtent> {
    let mut ranges: Vec<(u64, u64)> = segments
        .iter()
        .filter(|(_, bytes)| !bytes.is_empty())
        .map(|(offset, bytes)| (*offset, offset + bytes.len() as u64))
        .collect();
    ranges.sort_unstable();
    let ranges = widen_to_pages(merge(ranges, LARGEST_GAP), page);

    let mut extents: Vec<ImageExtent> = ranges
        .into_iter()
        .map(|(start, end)| ImageExtent { offset: start, bytes: vec![0; (end - start) as usize] })
        .collect();
    for (offset, bytes) in segments.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        let position = extents.partition_point(|extent| extent.offset <= *offset) - 1;
        let start = (offset - extents[position].offset) as usize;
        extents[position].bytes[start..start + bytes.len()].copy_from_slice(bytes);
    }
    extents
}

/// Joins sorted ranges that are at most `gap` apart.
fn merge(ranges: Vec<(u64, u64)>, gap: u64) -> Vec<(u64, u64)> {
    let mut merged: Vec<(u64, u64)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match merged.last_mut() {
            Some(last) if start <= last.1.saturating_add(gap) => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// Widens ranges that will be mapped until each consists of whole pages and none shares one with
/// another. A widened range may swallow a small neighbour that ends within a page, so this repeats.
fn widen_to_pages(mut ranges: Vec<(u64, u64)>, page: u64) -> Vec<(u64, u64)> {
    loop {
        let widened = merge(ranges.iter().map(|range| round_to_pages(*range, page)).collect(), 0);
        if widened == ranges {
            return ranges;
        }
        ranges = widened;
    }
}

/// Widens a range that will be mapped to whole pages. A memory's storage ends at a page boundary, so it stays inside.
fn round_to_pages((start, end): (u64, u64), page: u64) -> (u64, u64) {
    if end - start < IMAGE_MAP_THRESHOLD {
        return (start, end);
    }
    (start / page * page, end.next_multiple_of(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each mapped extent consists of whole pages, and writing the segments gives what the extents hold.
    #[test]
    fn a_small_segment_in_the_last_page_of_a_large_one_joins_it() {
        let large = vec![1; 70_000];
        let segments: &[(u64, &[u8])] = &[(100, &large), (71_000, &[2; 4096]), (300_000, &[3; 10])];
        let extents = extents(segments, 4096);
        assert_eq!(extents.len(), 2);
        assert_eq!((extents[0].offset, extents[0].bytes.len()), (0, 77_824));
        assert_eq!(extents[0].bytes[70_099..70_101], [1, 0]);
        assert_eq!(extents[0].bytes[71_000], 2);
        assert_eq!((extents[1].offset, &extents[1].bytes[..]), (300_000, &[3; 10][..]));
    }

    #[test]
    fn later_segments_overwrite_earlier_ones() {
        let extents = extents(&[(10, b"abcdef"), (12, b"XY"), (16, b"")], 4096);
        assert_eq!(extents, [ImageExtent { offset: 10, bytes: b"abXYef".to_vec() }]);
    }
}
