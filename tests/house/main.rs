//! The rules of the house, checked on the sources themselves. Each failure says what to do.

mod dependencies;
mod files;
mod source;
mod unsafety;
mod words;
