//! Waiting for clocks and descriptors at once.
//!
//! The subscriptions are gone through twice: first to check them all, collect the descriptors and
//! find the earliest time, then, after one wait, to report those that are due. An invalid one fails
//! the whole call, as in other implementations, and nothing is waited for.

use core::mem::MaybeUninit;

use super::descriptor::{self, Descriptor, Kind};
use super::layout::{ABSOLUTE_TIME, Event, Filetype, HANGUP, Subscription, UnstableSubscription, eventtype, rights};
use super::{Errno, Guest, Result};
use crate::sys::clocks::{self, Clock};
use crate::sys::files::{self, Origin};
use crate::sys::mapping;
use crate::sys::poll::{self, Watch};

/// A subscription, whichever way it was laid out.
struct Wanted {
    userdata: u64,
    tag: u8,
    /// The clock or the descriptor.
    subject: u32,
    timeout: u64,
    flags: u16,
}

/// Watches that need no storage of their own.
const FEW: usize = 64;

/// The subscriptions of one call.
struct Subscriptions {
    start: *const u8,
    count: u32,
    stride: usize,
    /// Reads one.
    ///
    /// The address has a whole subscription behind it.
    read: unsafe fn(*const u8) -> Wanted,
    /// The clocks when the call began.
    monotonic: u64,
    realtime: u64,
}

impl Subscriptions {
    fn iter(&self) -> impl Iterator<Item = Wanted> {
        (0..self.count as usize).map(|index| {
            // SAFETY: the range was found inside the memory before anything was read.
            unsafe { (self.read)(self.start.add(index * self.stride)) }
        })
    }

    /// When a clock's subscription is due, on the monotonic clock.
    fn deadline(&self, wanted: &Wanted) -> Result<u64> {
        let absolute = match wanted.flags {
            0 => false,
            ABSOLUTE_TIME => true,
            _ => return Err(Errno::Inval),
        };
        match (wanted.subject, absolute) {
            (0 | 1, false) => Ok(self.monotonic.saturating_add(wanted.timeout)),
            (0, true) => {
                let left = wanted.timeout.saturating_sub(self.realtime);
                Ok(self.monotonic.saturating_add(left))
            }
            (1, true) => Ok(wanted.timeout),
            _ => Err(Errno::Inval),
        }
    }
}

/// The descriptor a subscription is about.
fn subject(wanted: &Wanted) -> Result<Descriptor> {
    let (stream, right) = match wanted.tag {
        eventtype::FD_READ => (Kind::Input, rights::FD_READ),
        eventtype::FD_WRITE => (Kind::Output, rights::FD_WRITE),
        _ => return Err(Errno::Inval),
    };
    let descriptor = descriptor::get(wanted.subject)?;
    if descriptor.kind != stream && descriptor.kind != Kind::File {
        return Err(Errno::Badf);
    }
    // Of a stream only the right to read or write is ever reported.
    descriptor.need(right | if descriptor.kind == Kind::File { rights::POLL_FD_READWRITE } else { 0 })?;
    Ok(descriptor)
}

/// How many bytes can be read at once, and whether the file ends behind them.
fn readable(descriptor: &Descriptor) -> Result<(u64, bool)> {
    let handle = descriptor.handle;
    if descriptor.filetype == Filetype::RegularFile {
        let size = files::attributes(handle)?.size;
        let left = size.saturating_sub(files::seek(handle, 0, Origin::Current)?);
        return Ok((left, left == 0));
    }
    // A socket that listens, for one, has none.
    Ok((files::available(handle).unwrap_or(0), false))
}

/// The event of a descriptor, if the wait found it ready.
fn ready(wanted: &Wanted, watch: &Watch) -> Option<Event> {
    if !watch.ready() {
        return None;
    }
    let mut event = Event { userdata: wanted.userdata, tag: wanted.tag, ..Event::default() };
    let mut ended = watch.hung_up();
    let reads = wanted.tag == eventtype::FD_READ;
    match subject(wanted).and_then(|descriptor| if reads { readable(&descriptor) } else { Ok((1, false)) }) {
        _ if watch.invalid() => event.errno = Errno::Badf as u16,
        Ok((bytes, end)) => {
            event.bytes = bytes;
            ended |= end;
        }
        Err(errno) => event.errno = errno as u16,
    }
    event.flags = if ended { HANGUP } else { 0 };
    Some(event)
}

/// Waits until a watch is ready or the time has come.
fn wait(watches: &mut [Watch], deadline: Option<u64>) -> Result {
    loop {
        let left = deadline.map(|at| at.saturating_sub(clocks::now(Clock::Monotonic)));
        match poll::wait(watches, left) {
            Ok(0) if left != Some(0) => {}
            Err(Errno::Intr) => {}
            outcome => return outcome.map(|_| ()),
        }
    }
}

fn oneoff_of(guest: Guest, subscriptions: &Subscriptions, events: u32, result: u32) -> Result {
    let count = subscriptions.count;
    let events = guest.range(events, u64::from(count) * size_of::<Event>() as u64)?;
    let place = guest.place::<u32>(result)?;
    if count == 0 {
        return Err(Errno::Inval);
    }
    let mut few = [const { MaybeUninit::<Watch>::uninit() }; FEW];
    if count as usize <= FEW {
        let happened = happen(subscriptions, few.as_mut_ptr().cast(), events)?;
        place.set(happened);
        return Ok(());
    }
    let bytes = u64::from(count) * size_of::<Watch>() as u64;
    let many = mapping::allocate(0, bytes).ok_or(Errno::Nomem)?;
    let happened = happen(subscriptions, many.cast(), events);
    // SAFETY: allocated above, and no longer used.
    unsafe { mapping::release(many, bytes) };
    place.set(happened?);
    Ok(())
}

/// Waits, and writes the events. `watches` has room for one watch, and `events` for one event, per
/// subscription.
fn happen(subscriptions: &Subscriptions, watches: *mut Watch, events: *mut u8) -> Result<u32> {
    let mut watched = 0;
    let mut deadline: Option<u64> = None;
    for wanted in subscriptions.iter() {
        if wanted.tag == eventtype::CLOCK {
            let at = subscriptions.deadline(&wanted)?;
            deadline = Some(deadline.map_or(at, |earliest| earliest.min(at)));
        } else {
            let handle = subject(&wanted)?.handle;
            // SAFETY: there is room for one per subscription.
            unsafe { watches.add(watched).write(Watch::new(handle, wanted.tag == eventtype::FD_WRITE)) };
            watched += 1;
        }
    }
    // SAFETY: the loop wrote this many.
    let watches = unsafe { core::slice::from_raw_parts_mut(watches, watched) };
    wait(watches, deadline)?;

    let now = clocks::now(Clock::Monotonic);
    let mut watches = watches.iter();
    let mut happened = 0;
    for wanted in subscriptions.iter() {
        let event = if wanted.tag == eventtype::CLOCK {
            let due = subscriptions.deadline(&wanted)? <= now;
            due.then(|| Event { userdata: wanted.userdata, ..Event::default() })
        } else {
            watches.next().and_then(|watch| ready(&wanted, watch))
        };
        if let Some(event) = event {
            // SAFETY: there is room for one event per subscription.
            unsafe { events.cast::<Event>().add(happened as usize).write_unaligned(event) };
            happened += 1;
        }
    }
    Ok(happened)
}

unsafe fn read(place: *const u8) -> Wanted {
    // SAFETY: the caller gives the address of a subscription.
    let subscription = unsafe { place.cast::<Subscription>().read_unaligned() };
    Wanted {
        userdata: subscription.userdata,
        tag: subscription.tag,
        subject: subscription.subject,
        timeout: subscription.timeout,
        flags: subscription.flags,
    }
}

unsafe fn read_unstable(place: *const u8) -> Wanted {
    // SAFETY: the caller gives the address of a subscription.
    let subscription = unsafe { place.cast::<UnstableSubscription>().read_unaligned() };
    let clock = subscription.tag == eventtype::CLOCK;
    Wanted {
        userdata: subscription.userdata,
        tag: subscription.tag,
        subject: if clock { subscription.clock } else { subscription.descriptor },
        timeout: subscription.timeout,
        flags: subscription.flags,
    }
}

fn subscriptions(
    guest: Guest,
    (address, count): (u32, u32),
    stride: usize,
    read: unsafe fn(*const u8) -> Wanted,
) -> Result<Subscriptions> {
    Ok(Subscriptions {
        start: guest.range(address, u64::from(count) * stride as u64)?,
        count,
        stride,
        read,
        monotonic: clocks::now(Clock::Monotonic),
        realtime: clocks::now(Clock::Realtime),
    })
}

/// `poll_oneoff`
pub(crate) fn oneoff(guest: Guest, wanted: u32, events: u32, count: u32, result: u32) -> Result {
    let stride = size_of::<Subscription>();
    let subscriptions = subscriptions(guest, (wanted, count), stride, read)?;
    oneoff_of(guest, &subscriptions, events, result)
}

/// `poll_oneoff` of `wasi_unstable`
pub(crate) fn oneoff_unstable(guest: Guest, wanted: u32, events: u32, count: u32, result: u32) -> Result {
    let stride = size_of::<UnstableSubscription>();
    let subscriptions = subscriptions(guest, (wanted, count), stride, read_unstable)?;
    oneoff_of(guest, &subscriptions, events, result)
}
