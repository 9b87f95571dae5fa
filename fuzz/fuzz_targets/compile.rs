//! Any bytes become an object or executable, or a clean error.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wasmc_tests::property::compile(bytes));
