//! What an atomic operator does, read from its encoding: the opcodes of the threads proposal are regular.

use wasm_encoder::{Encode, MemArg, ValType};
use wasmparser::BinaryReader;

const PREFIX: u8 = 0xfe;
const NOTIFY: u8 = 0x00;
const WAIT32: u8 = 0x01;
const WAIT64: u8 = 0x02;
const FENCE: u8 = 0x03;
/// From here on come seven widths of each kind.
const FIRST_ACCESS: u8 = 0x10;

const KINDS: [Kind; 9] = [
    Kind::Load,
    Kind::Store,
    Kind::Update(Update::Add),
    Kind::Update(Update::Sub),
    Kind::Update(Update::And),
    Kind::Update(Update::Or),
    Kind::Update(Update::Xor),
    Kind::Update(Update::Exchange),
    Kind::CompareExchange,
];

/// An atomic operator.
pub struct Atomic {
    pub kind: Kind,
    pub width: Width,
    pub argument: MemArg,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Load,
    Store,
    Update(Update),
    CompareExchange,
    Wait,
    Notify,
    Fence,
}

/// The `atomic.rmw` operators but `cmpxchg`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Update {
    Add,
    Sub,
    And,
    Or,
    Xor,
    Exchange,
}

/// How much of a value of which type is in memory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Width {
    I32,
    I64,
    I32As8,
    I32As16,
    I64As8,
    I64As16,
    I64As32,
}

impl Width {
    const ALL: [Width; 7] =
        [Width::I32, Width::I64, Width::I32As8, Width::I32As16, Width::I64As8, Width::I64As16, Width::I64As32];

    /// The type of values.
    pub fn value(self) -> ValType {
        match self {
            Width::I32 | Width::I32As8 | Width::I32As16 => ValType::I32,
            Width::I64 | Width::I64As8 | Width::I64As16 | Width::I64As32 => ValType::I64,
        }
    }

    /// Bytes in memory.
    pub fn bytes(self) -> u64 {
        match self {
            Width::I32As8 | Width::I64As8 => 1,
            Width::I32As16 | Width::I64As16 => 2,
            Width::I32 | Width::I64As32 => 4,
            Width::I64 => 8,
        }
    }
}

impl Atomic {
    /// `None` when it is another operator.
    pub fn decode(encoded: &[u8]) -> Option<Atomic> {
        let [PREFIX, code, argument @ ..] = encoded else { return None };
        let (kind, width) = match *code {
            NOTIFY => (Kind::Notify, Width::I32),
            WAIT32 => (Kind::Wait, Width::I32),
            WAIT64 => (Kind::Wait, Width::I64),
            FENCE => (Kind::Fence, Width::I32),
            code => {
                let number = usize::from(code.checked_sub(FIRST_ACCESS)?);
                (*KINDS.get(number / Width::ALL.len())?, Width::ALL[number % Width::ALL.len()])
            }
        };
        let argument = decode_argument(argument).ok()?;
        Some(Atomic { kind, width, argument })
    }

    /// The operator with its argument, as it is in a module.
    pub fn encode(&self) -> Vec<u8> {
        if self.kind == Kind::Fence {
            return vec![PREFIX, FENCE, 0];
        }
        let mut encoded = vec![PREFIX, self.code()];
        self.argument.encode(&mut encoded);
        encoded
    }

    fn code(&self) -> u8 {
        let position = |kind| KINDS.iter().position(|other| *other == kind).unwrap_or_default();
        match (self.kind, self.width) {
            (Kind::Notify, _) => NOTIFY,
            (Kind::Wait, Width::I64) => WAIT64,
            (Kind::Wait, _) => WAIT32,
            // Widths are declared in the order of their numbers.
            (kind, width) => FIRST_ACCESS + (position(kind) * Width::ALL.len()) as u8 + width as u8,
        }
    }

    /// Types of the operands above the address.
    pub fn operands(&self) -> Vec<ValType> {
        let value = self.width.value();
        match self.kind {
            Kind::Load | Kind::Fence => vec![],
            Kind::Store | Kind::Update(_) | Kind::Notify => vec![value],
            Kind::CompareExchange => vec![value, value],
            Kind::Wait => vec![value, ValType::I64],
        }
    }
}

/// A fence has a zero here, which is read as an alignment, and no offset.
fn decode_argument(bytes: &[u8]) -> wasmparser::Result<MemArg> {
    /// The alignment is followed by a memory's index.
    const HAS_MEMORY: u32 = 1 << 6;
    let mut reader = BinaryReader::new(bytes, 0);
    let flags = reader.read_var_u32()?;
    let memory_index = if flags & HAS_MEMORY == 0 { 0 } else { reader.read_var_u32()? };
    let offset = if reader.eof() { 0 } else { reader.read_var_u64()? };
    Ok(MemArg { offset, align: flags & !HAS_MEMORY, memory_index })
}
