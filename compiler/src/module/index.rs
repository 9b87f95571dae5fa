//! One newtype for each index space (WebAssembly core specification, section 2.5.1).

use cranelift_entity::entity_impl;

macro_rules! index_spaces {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);
            entity_impl!($name, $prefix);
        )*
    };
}

index_spaces! {
    /// A type.
    TypeIndex = "type";
    /// A function, imports first.
    FuncIndex = "func";
    /// A table, imports first.
    TableIndex = "table";
    /// A memory, imports first.
    MemoryIndex = "memory";
    /// A global, imports first.
    GlobalIndex = "global";
    /// A tag, imports first.
    TagIndex = "tag";
    /// An element segment.
    ElementIndex = "elem";
    /// A data segment.
    DataIndex = "data";
    /// A local of a function, parameters first.
    LocalIndex = "local";
}
