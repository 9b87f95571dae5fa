//! The names of a script: which instance a directive means.

use std::collections::HashMap;

/// The number of an instance.
pub(super) type InstanceNumber = u32;

/// What is known by name at a point of a script. A thread has a scope of its own.
#[derive(Default)]
pub(super) struct Scope {
    named: HashMap<String, InstanceNumber>,
    registered: HashMap<String, InstanceNumber>,
    current: Option<InstanceNumber>,
}

impl Scope {
    /// An instance was made, by this name if it has one; directives that name none mean it now.
    pub(super) fn enter(&mut self, name: Option<&str>, instance: InstanceNumber) {
        if let Some(name) = name {
            self.named.insert(name.to_owned(), instance);
        }
        self.current = Some(instance);
    }

    /// The latest instance is this one again.
    pub(super) fn restore(&mut self, instance: Option<InstanceNumber>) {
        self.current = instance;
    }

    /// Gives an instance another name, without making it the one that is meant.
    pub(super) fn name(&mut self, name: &str, instance: InstanceNumber) {
        self.named.insert(name.to_owned(), instance);
    }

    /// The instance of this name, or the latest.
    pub(super) fn find(&self, name: Option<&str>) -> Option<InstanceNumber> {
        match name {
            Some(name) => self.named.get(name).copied(),
            None => self.current,
        }
    }

    /// From now on, imports from `module` are those of this instance.
    pub(super) fn register(&mut self, module: &str, instance: InstanceNumber) {
        self.registered.insert(module.to_owned(), instance);
    }

    /// The instance that provides imports from `module`.
    pub(super) fn provider(&self, module: &str) -> Option<InstanceNumber> {
        self.registered.get(module).copied()
    }
}
