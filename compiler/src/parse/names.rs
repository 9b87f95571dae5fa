//! The name section. It never makes a module invalid: what cannot be read is left out.

use crate::module::{FuncIndex, LocalIndex, Names};
use wasmparser::{Name, NameSectionReader};

pub(super) fn read<'a>(reader: NameSectionReader<'a>, names: &mut Names<'a>) {
    for subsection in reader {
        match subsection {
            Ok(Name::Module { name, .. }) => names.module = Some(name),
            Ok(Name::Function(map)) => {
                let entries = map.into_iter().flatten();
                names.functions.extend(entries.map(|naming| (FuncIndex::from_u32(naming.index), naming.name)));
            }
            Ok(Name::Local(map)) => {
                for function in map.into_iter().flatten() {
                    let index = FuncIndex::from_u32(function.index);
                    for naming in function.names.into_iter().flatten() {
                        names.locals.insert((index, LocalIndex::from_u32(naming.index)), naming.name);
                    }
                }
            }
            Ok(_) => {}
            Err(_) => return,
        }
    }
}
