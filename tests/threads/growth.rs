//! Growth by several threads.

use crate::shared::SharedMemory;
use std::thread;

#[test]
fn each_page_is_given_once() {
    const THREADS: u64 = 8;
    const PAGES: u64 = 500;
    let memory = SharedMemory::new(1, 60_000);
    let grow_page_by_page = || -> Vec<u64> {
        (0..PAGES)
            .map(|_| {
                let page = memory.grow(1);
                memory.touch(page);
                page
            })
            .collect()
    };
    let mut pages: Vec<u64> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(grow_page_by_page)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("growing does not panic")).collect()
    });
    pages.sort_unstable();
    assert!(pages.into_iter().eq(1..=THREADS * PAGES));
    assert_eq!(memory.grow(60_000), u64::MAX);
    assert_eq!(memory.grow(0), 1 + THREADS * PAGES);
}
