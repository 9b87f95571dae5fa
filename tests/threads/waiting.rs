//! Waiting and notifying: nobody is forgotten, and the numbers add up.

use crate::shared::SharedMemory;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

const WOKEN: u32 = 0;
const NOT_EQUAL: u32 = 1;
const TIMED_OUT: u32 = 2;
const FOREVER: i64 = -1;

/// Two threads in turns. Only the upper half of the value changes, which the kernel's 32 bits do not tell.
#[test]
fn no_notification_is_lost() {
    const TURNS: u64 = 20_000;
    const TURN: u64 = 1 << 40;
    let memory = SharedMemory::new(1, 1);
    let play = |player: u64| {
        for _ in 0..TURNS {
            loop {
                let value = memory.word64(128).load(SeqCst);
                if value / TURN % 2 == player {
                    break;
                }
                assert_ne!(memory.wait64(128, value, FOREVER), TIMED_OUT);
            }
            memory.word64(128).fetch_add(TURN, SeqCst);
            memory.notify(128, u32::MAX);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| play(0));
        scope.spawn(|| play(1));
    });
    assert_eq!(memory.word64(128).load(SeqCst), 2 * TURNS * TURN);
}

/// A lock of the kind that C libraries make: 0 free, 1 held, 2 held and wanted.
#[test]
fn a_lock_lets_one_thread_in() {
    const THREADS: u32 = 8;
    const ENTRIES: u32 = 10_000;
    let memory = SharedMemory::new(1, 1);
    let (word, count) = (memory.word32(64), memory.word32(68));
    let enter_and_count = || {
        for _ in 0..ENTRIES {
            while word.swap(2, SeqCst) != 0 {
                memory.wait32(64, 2, FOREVER);
            }
            // In two steps, which the lock makes one.
            count.store(count.load(SeqCst) + 1, SeqCst);
            word.store(0, SeqCst);
            memory.notify(64, 1);
        }
    };
    thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(enter_and_count))));
    assert_eq!(count.load(SeqCst), THREADS * ENTRIES);
}

#[test]
fn notify_wakes_as_many_as_it_says() {
    const THREADS: u32 = 10;
    let memory = SharedMemory::new(1, 1);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(|| memory.wait32(256, 0, FOREVER))).collect();
        let mut woken = 0;
        while woken < THREADS {
            let count = memory.notify(256, 3);
            assert!(count <= 3);
            woken += count;
            // An address of its own, though it may share a queue.
            assert_eq!(memory.notify(256 + 4 * 64, 1), 0);
            thread::yield_now();
        }
        assert_eq!(woken, THREADS);
        threads.into_iter().for_each(|thread| assert_eq!(thread.join().expect("waiting does not panic"), WOKEN));
    });
    assert_eq!(memory.notify(256, u32::MAX), 0);
}

/// While some run out of time and others are notified, each waiter ends in one of both ways.
#[test]
fn deadlines_and_notifications_add_up() {
    const THREADS: u64 = 6;
    const WAITS: u64 = 2_000;
    let memory = SharedMemory::new(1, 1);
    let (woken, timed_out, notified) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let done = AtomicBool::new(false);
    let wait_briefly = |index: u64| {
        for wait in 0..WAITS {
            let ended = match memory.wait32(index, 0, (wait % 7 * 3_000) as i64) {
                WOKEN => &woken,
                TIMED_OUT => &timed_out,
                other => panic!("the value does not change, and yet: {other}"),
            };
            ended.fetch_add(1, SeqCst);
        }
    };
    thread::scope(|scope| {
        let wait_briefly = &wait_briefly;
        let waiters: Vec<_> =
            (0..THREADS).map(|number| scope.spawn(move || wait_briefly(512 + number % 2 * 4))).collect();
        scope.spawn(|| {
            while !done.load(SeqCst) {
                notified.fetch_add(memory.notify(512, 2) + memory.notify(516, 1), SeqCst);
            }
        });
        waiters.into_iter().for_each(|waiter| waiter.join().expect("every wait ends"));
        done.store(true, SeqCst);
    });
    assert_eq!(u64::from(woken.load(SeqCst) + timed_out.load(SeqCst)), THREADS * WAITS);
    assert_eq!(woken.load(SeqCst), notified.load(SeqCst));
}

#[test]
fn a_deadline_is_not_early() {
    let memory = SharedMemory::new(1, 1);
    let begin = Instant::now();
    assert_eq!(memory.wait64(8, 0, 20_000_000), TIMED_OUT);
    assert!(begin.elapsed() >= Duration::from_millis(20));
    assert_eq!(memory.wait32(8, 1, FOREVER), NOT_EQUAL);
}
