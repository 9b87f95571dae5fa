//! Linux on RISC-V: how it is called, starts a process and delivers a signal.

pub(in crate::sys) mod calls;
pub(in crate::sys) mod process;
pub(in crate::sys) mod trial;
