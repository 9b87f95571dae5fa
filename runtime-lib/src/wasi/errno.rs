//! The errors a WASI call reports: `errno` of WASI preview 1. A call either succeeds, which the
//! program sees as 0, or gives one of these numbers.

macro_rules! errnos {
    ($($(#[$doc:meta])* $name:ident = $number:literal;)*) => {
        /// Why a call failed.
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(dead_code, reason = "the list is the specification's; a platform raises what it knows")]
        pub(crate) enum Errno { $($(#[$doc])* $name = $number,)* }

        /// What each number is called, from 1 on, with a space behind each.
        pub(super) const NAMES: &str = concat!($(stringify!($name), " "),*);
    };
}

errnos! {
    /// The argument list is too long.
    TooBig = 1;
    /// Permission denied.
    Acces = 2;
    /// The address is in use.
    Addrinuse = 3;
    /// The address is not available.
    Addrnotavail = 4;
    /// The address family is not supported.
    Afnosupport = 5;
    /// The operation would block.
    Again = 6;
    /// A connection is already in progress.
    Already = 7;
    /// There is no such descriptor, or it is of the wrong kind.
    Badf = 8;
    /// A bad message.
    Badmsg = 9;
    /// The resource is busy.
    Busy = 10;
    /// The operation was cancelled.
    Canceled = 11;
    /// There are no child processes.
    Child = 12;
    /// The connection was aborted.
    Connaborted = 13;
    /// The connection was refused.
    Connrefused = 14;
    /// The connection was reset.
    Connreset = 15;
    /// A deadlock would occur.
    Deadlk = 16;
    /// A destination address is required.
    Destaddrreq = 17;
    /// The argument is out of the function's domain.
    Dom = 18;
    /// A quota is exhausted.
    Dquot = 19;
    /// The file exists.
    Exist = 20;
    /// An address outside the program's memory.
    Fault = 21;
    /// The file would be too large.
    Fbig = 22;
    /// The host is unreachable.
    Hostunreach = 23;
    /// The identifier was removed.
    Idrm = 24;
    /// Not valid UTF-8.
    Ilseq = 25;
    /// The operation is in progress.
    Inprogress = 26;
    /// A signal interrupted the call.
    Intr = 27;
    /// An invalid argument.
    Inval = 28;
    /// Input or output failed.
    Io = 29;
    /// The socket is connected.
    Isconn = 30;
    /// It is a directory.
    Isdir = 31;
    /// Too many symbolic links, or one that must not be followed.
    Loop = 32;
    /// The process has too many files open.
    Mfile = 33;
    /// Too many hard links.
    Mlink = 34;
    /// The message is too large.
    Msgsize = 35;
    /// A multihop was attempted.
    Multihop = 36;
    /// The name is too long.
    Nametoolong = 37;
    /// The network is down.
    Netdown = 38;
    /// The network aborted the connection.
    Netreset = 39;
    /// The network is unreachable.
    Netunreach = 40;
    /// The system has too many files open.
    Nfile = 41;
    /// No buffer space is left.
    Nobufs = 42;
    /// There is no such device.
    Nodev = 43;
    /// There is no such file or directory.
    Noent = 44;
    /// Not an executable format.
    Noexec = 45;
    /// No locks are left.
    Nolck = 46;
    /// The link was severed.
    Nolink = 47;
    /// No memory is left.
    Nomem = 48;
    /// There is no such message.
    Nomsg = 49;
    /// The protocol is not available.
    Noprotoopt = 50;
    /// No space is left on the device.
    Nospc = 51;
    /// The function does not exist here.
    Nosys = 52;
    /// The socket is not connected.
    Notconn = 53;
    /// It is not a directory.
    Notdir = 54;
    /// The directory is not empty.
    Notempty = 55;
    /// The state is not recoverable.
    Notrecoverable = 56;
    /// It is not a socket.
    Notsock = 57;
    /// Not supported.
    Notsup = 58;
    /// It is not a terminal, or knows no such operation.
    Notty = 59;
    /// There is no such device or address.
    Nxio = 60;
    /// The value is too large.
    Overflow = 61;
    /// The previous owner died.
    Ownerdead = 62;
    /// The operation is not permitted: the sandbox, or the host, says no.
    Perm = 63;
    /// Nobody reads the other end of the pipe.
    Pipe = 64;
    /// A protocol error.
    Proto = 65;
    /// The protocol is not supported.
    Protonosupport = 66;
    /// The protocol does not fit the socket.
    Prototype = 67;
    /// The result is too large.
    Range = 68;
    /// The file system is read-only.
    Rofs = 69;
    /// The descriptor has no position.
    Spipe = 70;
    /// There is no such process.
    Srch = 71;
    /// The file handle is stale.
    Stale = 72;
    /// The operation timed out.
    Timedout = 73;
    /// The file is being executed.
    Txtbsy = 74;
    /// The paths are on different devices.
    Xdev = 75;
    /// The descriptor lacks the right for it.
    Notcapable = 76;
}

/// How a WASI call, or a piece of it, ends.
pub(crate) type Result<T = ()> = core::result::Result<T, Errno>;
