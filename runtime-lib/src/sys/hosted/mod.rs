//! What Windows and macOS have in common: a library of the system's, which makes threads and calls handlers its own way, and
//! fewer promises about address space and directories than Linux gives.

pub(in crate::sys) mod growth;
pub(in crate::sys) mod landing;
pub(in crate::sys) mod listing;
pub(in crate::sys) mod thread;
