//! The granted sockets, which a program finds listening, from number 3 on, in the order of the grants.
//!
//! They are opened before anything of the program runs, so that whoever started it knows that they are there. One that
//! cannot be opened ends the program, with a message. Writing to a connection that the other side has closed is an error
//! for the program, not its end, so such programs have no `SIGPIPE`. They begin with `nonblock`: what schedules threads of its
//! own, as Go does, looks at that and would have all of them wait for the next connection.

use core::net::SocketAddr;

use super::descriptor::{self, Descriptor};
use super::{Errno, Result, grants};
use crate::abi::Sockets;
use crate::message::Message;
use crate::start::{fail, module};
use crate::sys::output::Stream;
use crate::sys::{signals, sockets};

/// `Sockets::open`
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_open_sockets(granted: *const Sockets) {
    // SAFETY: the compiler wrote the record.
    let _ = unsafe {
        grants::listeners(&*granted, &mut |text| {
            signals::ignore_broken_pipes();
            let address = parse(text);
            open(&address).unwrap_or_else(|errno| refuse(text, errno));
            Ok(())
        })
    };
}

/// `ADDR:PORT`; anything else, which only `WASMC_TCP_LISTEN` can hold, ends the program.
fn parse(text: &[u8]) -> SocketAddr {
    let address = core::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    address.unwrap_or_else(|| {
        fail(|message| {
            message.text("cannot listen on ").foreign(text).text(": expected numbers, as 127.0.0.1:80 or [::1]:80");
        })
    })
}

fn open(address: &SocketAddr) -> Result {
    let handle = sockets::listen(address)?;
    descriptor::insert_from(3, Descriptor::socket(handle, u64::MAX, true))?;
    if address.port() == 0 {
        announce(sockets::port(handle));
    }
    Ok(())
}

/// Says which port the system chose.
fn announce(port: u16) {
    let mut message = Message::to(Stream::Error);
    // SAFETY: the compiler wrote the name.
    message.foreign(unsafe { module().name.get() });
    message.text(": listening on port ").decimal(u64::from(port)).text("\n").send();
}

#[cold]
fn refuse(address: &[u8], errno: Errno) -> ! {
    let reason = match errno {
        Errno::Addrinuse => "the address is in use",
        Errno::Addrnotavail => "this machine does not have the address",
        Errno::Acces | Errno::Perm => "permission denied",
        Errno::Afnosupport => "this machine has no network of that kind",
        Errno::Mfile | Errno::Nfile => "too many files are open",
        _ => "the system refuses it",
    };
    fail(|message| {
        message.text("cannot listen on ").foreign(address).text(": ").text(reason);
    })
}
