//! Whatever module the bytes are taken for, the executable does what an interpreter does.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wasmc_tests::property::differential(bytes));
