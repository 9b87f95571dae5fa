//! What debuggers want to know of a function, as bytes, and back.
//!
//! ```text
//! stretches of code    count u32; start u32, end u32, offset of the operator in the body u32
//! places of locals     count u32; local u32, start u32, end u32, kind u8, register, distance or value i64
//! ```

use super::entry::{Input, put_u32};
use crate::codegen::{LocalPlace, Location, ValuePlace};
use crate::module::Body;

/// Adds both; `None` where an operator lies elsewhere.
pub(super) fn encode(locations: &[Location], locals: &[LocalPlace], body: &Body, out: &mut Vec<u8>) -> Option<()> {
    put_u32(out, locations.len() as u32);
    for location in locations {
        let is_inside = body.range.contains(&(location.wasm as usize));
        put_u32(out, location.start);
        put_u32(out, location.end);
        put_u32(out, is_inside.then(|| location.wasm - body.range.start as u32)?);
    }
    put_u32(out, locals.len() as u32);
    for local in locals {
        put_u32(out, local.local);
        put_u32(out, local.start);
        put_u32(out, local.end);
        let (kind, value) = match local.place {
            ValuePlace::Register(register) => (0, register.into()),
            ValuePlace::Frame(distance) => (1, distance.into()),
            ValuePlace::Constant(value) => (2, value),
        };
        out.push(kind);
        out.extend(value.to_le_bytes());
    }
    Some(())
}

/// Reads both, for a body that is where `body` says now.
pub(super) fn decode(input: &mut Input<'_>, body: &Body, code: usize) -> Option<(Vec<Location>, Vec<LocalPlace>)> {
    let mut locations: Vec<Location> = Vec::new();
    for _ in 0..input.u32()? {
        let (start, end, wasm) = (input.u32()?, input.u32()?, input.u32()?);
        let behind = locations.last().map_or(0, |location| location.end);
        let makes_sense = behind <= start && start <= end && end as usize <= code && (wasm as usize) < body.range.len();
        locations.push(makes_sense.then_some(Location { start, end, wasm: body.range.start as u32 + wasm })?);
    }
    let mut locals: Vec<LocalPlace> = Vec::new();
    for _ in 0..input.u32()? {
        let (local, start, end) = (input.u32()?, input.u32()?, input.u32()?);
        let (kind, value) = (input.u8()?, input.u64()? as i64);
        let place = match kind {
            0 => ValuePlace::Register(value.try_into().ok()?),
            1 => ValuePlace::Frame(value.try_into().ok()?),
            2 => ValuePlace::Constant(value),
            _ => return None,
        };
        let is_behind = locals.last().is_none_or(|last| (last.local, last.end) <= (local, start) || last.local < local);
        let makes_sense = is_behind && start <= end && end as usize <= code;
        locals.push(makes_sense.then_some(LocalPlace { local, start, end, place })?);
    }
    Some((locations, locals))
}
