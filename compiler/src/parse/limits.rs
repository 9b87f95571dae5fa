//! The limits of memories and tables as they were encoded before memories of 64 bits.
//!
//! Until WebAssembly 2.0 a limit is a 32-bit number, which takes five bytes at most (section 5.3.7 of
//! that version). The validator reads 64-bit numbers, as 3.0 has them, in either case.

use wasmparser::{BinaryReader, Payload, RefType, Result};

/// Refuses limits in the section of `payload` that are no 32-bit numbers.
pub(super) fn check(payload: &Payload<'_>, binary: &[u8]) -> Result<()> {
    let reader = |offset: usize| BinaryReader::new(binary.get(offset..).unwrap_or_default(), offset);
    match payload {
        Payload::MemorySection(memories) => {
            for memory in memories.clone().into_iter_with_offsets() {
                check_limits(&mut reader(memory?.0))?;
            }
        }
        Payload::TableSection(tables) => {
            for table in tables.clone().into_iter_with_offsets() {
                check_table(&mut reader(table?.0))?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn check_table(reader: &mut BinaryReader<'_>) -> Result<()> {
    // A table with an initial value begins with two bytes of its own.
    if reader.clone().read_u8()? == 0x40 {
        reader.read_bytes(2)?;
    }
    reader.read::<RefType>()?;
    check_limits(reader)
}

fn check_limits(reader: &mut BinaryReader<'_>) -> Result<()> {
    let has_maximum = reader.read_u8()? & 1 != 0;
    reader.read_var_u32()?;
    if has_maximum {
        reader.read_var_u32()?;
    }
    Ok(())
}
