//! What the `wasmc` command does, seen from outside: the real binary is run in a directory and with
//! a cache of its own.

mod build;
mod errors;
mod generated;
mod incremental;
mod inspect;
mod run;
mod sandbox;
mod test;
