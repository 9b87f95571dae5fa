//! Types (WebAssembly core specification, section 2.3), displayed as the text format writes them.

use super::TypeIndex;
use std::fmt;
use wasmc_runtime::abi::ValueCode;

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum ValueType {
    /// 32-bit integer.
    I32,
    /// 64-bit integer.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// 128-bit vector.
    V128,
    /// A reference.
    Ref(RefType),
}

/// The type as the runtime's records name it.
pub fn value_code(ty: ValueType) -> ValueCode {
    match ty {
        ValueType::I32 => ValueCode::I32,
        ValueType::I64 => ValueCode::I64,
        ValueType::F32 => ValueCode::F32,
        ValueType::F64 => ValueCode::F64,
        ValueType::V128 => ValueCode::V128,
        ValueType::Ref(_) => ValueCode::Reference,
    }
}

/// The type of a reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub struct RefType {
    /// Whether null is one of its values.
    pub nullable: bool,
    /// What it refers to.
    pub heap: HeapType,
}

impl RefType {
    /// `funcref`
    pub const FUNC: RefType = RefType { nullable: true, heap: HeapType::Func };
    /// `externref`
    pub const EXTERN: RefType = RefType { nullable: true, heap: HeapType::Extern };
}

/// What a reference refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum HeapType {
    /// Any function.
    Func,
    /// Something of the host's.
    Extern,
    /// A function of this type.
    Concrete(TypeIndex),
}

impl HeapType {
    /// Whether all its references are `funcref` values.
    pub fn is_function(self) -> bool {
        match self {
            HeapType::Func | HeapType::Concrete(_) => true,
            HeapType::Extern => false,
        }
    }
}

/// Parameters and results of a function.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct FuncType {
    /// Types of the parameters.
    pub parameters: Box<[ValueType]>,
    /// Types of the results.
    pub results: Box<[ValueType]>,
}

impl FuncType {
    /// The same type with every mention of a type of the module replaced by what `map` gives for it, in order.
    pub fn map_indices(&self, mut map: impl FnMut(TypeIndex) -> TypeIndex) -> FuncType {
        let mut map_value = |ty: &ValueType| match *ty {
            ValueType::Ref(RefType { nullable, heap: HeapType::Concrete(index) }) => {
                ValueType::Ref(RefType { nullable, heap: HeapType::Concrete(map(index)) })
            }
            other => other,
        };
        FuncType {
            parameters: self.parameters.iter().map(&mut map_value).collect(),
            results: self.results.iter().map(&mut map_value).collect(),
        }
    }
}

/// The type of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableType {
    /// The type of its elements.
    pub element: RefType,
    /// Indices are 64 bits wide.
    pub table64: bool,
    /// Initial number of elements.
    pub minimum: u64,
    /// Largest number of elements.
    pub maximum: Option<u64>,
}

/// The type of a memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemoryType {
    /// Indices are 64 bits wide.
    pub memory64: bool,
    /// Several threads may use it.
    pub shared: bool,
    /// Initial size in pages.
    pub minimum: u64,
    /// Largest size in pages.
    pub maximum: Option<u64>,
    /// Base-2 logarithm of the page size.
    pub page_size_log2: u32,
}

impl MemoryType {
    /// Initial size in bytes; `None` when it does not fit into 64 bits.
    pub fn minimum_bytes(&self) -> Option<u64> {
        self.minimum.checked_mul(1 << self.page_size_log2)
    }

    /// The size in bytes it can never exceed: its maximum, or what its indices reach.
    pub fn maximum_bytes(&self) -> u64 {
        // A size in pages is an index as well: of pages of one byte there is one less than of indices.
        let index_space =
            if self.memory64 { u64::MAX } else { (u64::from(u32::MAX) << self.page_size_log2).min(1 << 32) };
        let declared = self.maximum.unwrap_or(u64::MAX).saturating_mul(1 << self.page_size_log2);
        declared.min(index_space)
    }
}

/// The type of a global.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GlobalType {
    /// The type of its value.
    pub value: ValueType,
    /// Whether it can be set.
    pub mutable: bool,
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueType::I32 => f.write_str("i32"),
            ValueType::I64 => f.write_str("i64"),
            ValueType::F32 => f.write_str("f32"),
            ValueType::F64 => f.write_str("f64"),
            ValueType::V128 => f.write_str("v128"),
            ValueType::Ref(ty) => ty.fmt(f),
        }
    }
}

impl fmt::Display for RefType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.heap, self.nullable) {
            (HeapType::Func, true) => f.write_str("funcref"),
            (HeapType::Func, false) => f.write_str("(ref func)"),
            (HeapType::Extern, true) => f.write_str("externref"),
            (HeapType::Extern, false) => f.write_str("(ref extern)"),
            (HeapType::Concrete(index), true) => write!(f, "(ref null {})", index.as_u32()),
            (HeapType::Concrete(index), false) => write!(f, "(ref {})", index.as_u32()),
        }
    }
}

impl fmt::Display for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write("func", f)
    }
}

impl FuncType {
    /// The type of a tag with these parameters: `(tag (param i32))`.
    pub fn to_tag_string(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = self.write("tag", &mut text);
        text
    }

    fn write(&self, kind: &str, out: &mut impl fmt::Write) -> fmt::Result {
        write!(out, "({kind}")?;
        for (keyword, types) in [("param", &self.parameters), ("result", &self.results)] {
            if !types.is_empty() {
                write!(out, " ({keyword}")?;
                for ty in types {
                    write!(out, " {ty}")?;
                }
                out.write_str(")")?;
            }
        }
        out.write_str(")")
    }
}

impl fmt::Display for TableType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(table")?;
        if self.table64 {
            f.write_str(" i64")?;
        }
        write!(f, " {}", self.minimum)?;
        if let Some(maximum) = self.maximum {
            write!(f, " {maximum}")?;
        }
        write!(f, " {})", self.element)
    }
}

impl fmt::Display for MemoryType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(memory")?;
        if self.memory64 {
            f.write_str(" i64")?;
        }
        write!(f, " {}", self.minimum)?;
        if let Some(maximum) = self.maximum {
            write!(f, " {maximum}")?;
        }
        if self.shared {
            f.write_str(" shared")?;
        }
        if self.page_size_log2 != 16 {
            write!(f, " (pagesize {})", 1u64 << self.page_size_log2)?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for GlobalType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.mutable { write!(f, "(global (mut {}))", self.value) } else { write!(f, "(global {})", self.value) }
    }
}
