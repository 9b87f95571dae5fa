//! What programs see when the system refuses, interrupts or does less than it was asked for.
//!
//! [`tracer`] lets each system call of a program fail in turn, with each of several errors. The program must see the WASI
//! error of that name, or nothing where the runtime tries again; what it has written must be in the file once.

mod tracer;

use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};
use tracer::{Call, Fault, Traced, limit_files, run};
use wasmc_compiler::Options;
use wasmc_tests::{Program, build};

const FILES: &str = include_str!("files.wat");
const CAT: &str = include_str!("../wasi/cases/stream/cat.wat");
const EDGES: &str = include_str!("../wasi/cases/path/edges.wat");
const CREATE_THROUGH_LINKS: &str = include_str!("../wasi/cases/path/create_through_links.wat");
const SOCKETS: &str = include_str!("../wasi/sockets/calls.wat");
const TRAP: &str = "(module (func (export \"_start\") unreachable))";

/// Linux's errors and what WASI calls them: the numbers are the specification's.
const ERRORS: [(i32, i32); 7] = [
    (libc::EINTR, 27),
    (libc::EAGAIN, 6),
    (libc::EIO, 29),
    (libc::ENOSPC, 51),
    (libc::EMFILE, 33),
    (libc::ENOMEM, 48),
    (libc::EDQUOT, 19),
];

/// Files that a program may have open. Where it may raise that, it does so instead of failing.
const FILES_NOW: u64 = 64;

type Outcome = Result<(), Failed>;

/// A test and what it is called.
type Test = (&'static str, fn() -> Outcome);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for error in ERRORS {
        trials.push(Trial::test(format!("faults/each call fails with {}", error.0), move || each_call_fails(error)));
    }
    let tests: [Test; 9] = [
        ("openat2 missing", || without_openat2(libc::ENOSYS)),
        ("openat2 forbidden", || without_openat2(libc::EPERM)),
        ("too many files, and more allowed", more_files_allowed),
        ("short and interrupted files", short_files),
        ("short and interrupted streams", short_streams),
        ("short and interrupted messages", short_messages),
        ("refused sockets", refused_sockets),
        ("interrupted sockets", interrupted_sockets),
        ("core dumps", core_dumps),
    ];
    trials.extend(tests.map(|(name, test)| Trial::test(format!("faults/{name}"), test)));
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Builds a module; its working directory is granted.
fn program(text: &str) -> Result<Program, Failed> {
    let mut options = Options::default();
    options.grants.directories.push(".::/work".parse()?);
    Ok(Program::new(&build(text.as_bytes(), "program", &options)?)?)
}

/// Runs it in a directory with two files, `a.txt` and `sub/b.txt`; gives the file `out` as well.
fn trace(
    program: &Program,
    stdin: &[u8],
    choose: impl FnMut(Call) -> Option<Fault>,
) -> Result<(Traced, Option<Vec<u8>>), Failed> {
    fs::remove_dir_all(program.work())?;
    program.write("a.txt", b"inside")?;
    program.write("sub/b.txt", b"below")?;
    let scratch = tempfile::tempdir()?;
    let mut command = program.command();
    limit_files(&mut command, FILES_NOW, FILES_NOW);
    let traced = run(command, stdin, scratch.path(), choose)?;
    Ok((traced, fs::read(program.work().join("out")).ok()))
}

/// What `files.wat` writes.
fn contents() -> Vec<u8> {
    (0..3000u32).map(|index| (index % 251) as u8).collect()
}

fn each_call_fails((error, wasi_error): (i32, i32)) -> Outcome {
    let program = program(FILES)?;
    let (plain, written) = trace(&program, b"", |_| None)?;
    if plain.status != Some(0) || written != Some(contents()) {
        return Err(format!("without a fault: {plain:?}").into());
    }
    let first =
        plain.calls.iter().position(|(number, _)| *number == libc::SYS_openat).ok_or("no directory is opened")?;
    let mut breaches = Vec::new();
    for (position, (number, _)) in plain.calls.iter().enumerate() {
        if *number == libc::SYS_exit_group {
            continue;
        }
        let fault = |call: Call| (call.position == position).then_some(Fault::Error(error));
        let (traced, written) = trace(&program, b"", fault)?;
        let expected: &[i32] = if position < first { &[0, 125] } else { &[expected(*number, error, wasi_error)] };
        if !traced.status.is_some_and(|status| expected.contains(&status)) {
            breaches.push(format!("call {position}, number {number}: {:?}, not {expected:?}", traced.status));
        }
        let messages = String::from_utf8_lossy(&traced.stderr).lines().count();
        if messages != usize::from(traced.status == Some(125)) {
            breaches.push(format!("call {position}, number {number}: {:?}", String::from_utf8_lossy(&traced.stderr)));
        }
        if let Some(difference) = lost_or_twice(&traced, written.as_deref()) {
            breaches.push(format!("call {position}, number {number}: {difference}"));
        }
    }
    if breaches.is_empty() { Ok(()) } else { Err(breaches.join("\n").into()) }
}

/// The program's exit status when one call fails: 0 where the runtime tries again.
fn expected(number: i64, error: i32, wasi_error: i32) -> i32 {
    let waits = [libc::SYS_readv, libc::SYS_writev].contains(&number);
    let resumes = [libc::SYS_preadv, libc::SYS_pwritev, libc::SYS_openat2, libc::SYS_ppoll, libc::SYS_getrandom];
    match error {
        libc::EINTR if waits || resumes.contains(&number) || number == libc::SYS_openat => 0,
        // A directory that is granted, and the table of descriptors that it is put into.
        _ if [libc::SYS_openat, libc::SYS_mmap].contains(&number) => 125,
        libc::EAGAIN if waits || number == libc::SYS_openat2 => 0,
        // What was written was written; and yielding does not fail.
        _ if [libc::SYS_close, libc::SYS_sched_yield].contains(&number) => 0,
        _ => wasi_error,
    }
}

/// The file must begin with what was to be written, as far as the kernel said that it was.
fn lost_or_twice(traced: &Traced, written: Option<&[u8]>) -> Option<String> {
    let said: i64 = traced.results(libc::SYS_writev).iter().filter(|result| **result > 0).sum();
    let written = written.unwrap_or_default();
    let all = contents();
    let truncated = traced.results(libc::SYS_ftruncate).contains(&0);
    (truncated && (written.len() as i64 != said || !all.starts_with(written)))
        .then(|| format!("{said} bytes written, {} in the file", written.len()))
}

/// A core dump is there as a whole, or not at all, and the program ends as it would without.
fn core_dumps() -> Outcome {
    const DUMPED: &str = r#"(module (memory 40) (data (i32.const 70000) "data") (func (export "_start")
      (memory.fill (i32.const 0x20000) (i32.const 7) (i32.const 0x10000)) (unreachable)))"#;
    let options = Options { debug: true, ..Options::default() };
    let program = Program::new(&build(DUMPED.as_bytes(), "program", &options)?)?;
    let dump = |choose: &mut dyn FnMut(Call) -> Option<Fault>| {
        fs::remove_dir_all(program.work())?;
        program.write("core", b"of before")?;
        let scratch = tempfile::tempdir()?;
        let mut command = program.command();
        command.env("WASMC_COREDUMP", "core");
        let traced = run(command, b"", scratch.path(), choose)?;
        let names: Vec<_> = fs::read_dir(program.work())?.map(|entry| entry.map(|entry| entry.file_name())).collect();
        Ok::<_, Failed>((traced, fs::read(program.work().join("core"))?, names.len()))
    };
    let (plain, whole, _) = dump(&mut |_| None)?;
    let first = plain.calls.iter().position(|(number, _)| *number == libc::SYS_openat).ok_or("no file is opened")?;
    let calls = plain.calls.len() - 1;
    assert!(plain.status == Some(134) && whole.len() > 0x10000 && calls > first + 5, "{plain:?}");
    for position in first - 1..calls {
        for fault in [Fault::Error(libc::EINTR), Fault::Error(libc::ENOSPC), Fault::Short(1), Fault::Short(0)] {
            let transfers = [libc::SYS_pwrite64, libc::SYS_write].contains(&plain.calls[position].0);
            if matches!(fault, Fault::Short(_)) && !transfers {
                continue;
            }
            let (traced, found, files) = dump(&mut |call| (call.position == position).then_some(fault))?;
            let is_whole = found == whole;
            let message = String::from_utf8_lossy(&traced.stderr);
            let fails = message.ends_with("wasm core dump: cannot write core\n");
            assert_eq!((traced.status, files), (Some(134), 1), "call {position}: {traced:?}");
            assert!(is_whole || fails && found == b"of before", "call {position}: {traced:?}");
        }
    }
    let (_, disturbed, _) = dump(&mut |call| (call.number == libc::SYS_pwrite64).then_some(Fault::Short(4000)))?;
    assert!(disturbed == whole);
    Ok(())
}

/// Paths are walked name by name, and lead where they lead with it.
fn without_openat2(error: i32) -> Outcome {
    for text in [FILES, EDGES, CREATE_THROUGH_LINKS] {
        let fault = |call: Call| (call.number == libc::SYS_openat2).then_some(Fault::Error(error));
        let (traced, _) = trace(&program(text)?, b"", fault)?;
        if traced.status != Some(0) || traced.results(libc::SYS_openat2).is_empty() {
            return Err(format!("{traced:?}").into());
        }
    }
    Ok(())
}

/// Opening fails at the process's limit, which it may raise: that is done, and nobody notices.
fn more_files_allowed() -> Outcome {
    let program = program(FILES)?;
    let scratch = tempfile::tempdir()?;
    let mut command = program.command();
    limit_files(&mut command, FILES_NOW, FILES_NOW + 1);
    let mut failed = false;
    let traced = run(command, b"", scratch.path(), |call| {
        let fails = call.number == libc::SYS_openat2 && !failed;
        failed |= fails;
        fails.then_some(Fault::Error(libc::EMFILE))
    })?;
    // The limit is read, then raised.
    let limits = traced.results(libc::SYS_prlimit64);
    if traced.status == Some(0) && limits == [0, 0] { Ok(()) } else { Err(format!("{traced:?}").into()) }
}

/// Faults for all calls that transfer bytes: interrupted, told to wait, or short by turns, differently for each seed. Waiting
/// is interrupted too.
fn disturbed(seed: u64) -> impl FnMut(Call) -> Option<Fault> {
    let transfers =
        [libc::SYS_readv, libc::SYS_writev, libc::SYS_preadv, libc::SYS_pwritev, libc::SYS_read, libc::SYS_write];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |call| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        if call.number == libc::SYS_ppoll {
            return state.is_multiple_of(2).then_some(Fault::Error(libc::EINTR));
        }
        let streams = [libc::SYS_readv, libc::SYS_writev].contains(&call.number);
        transfers.contains(&call.number).then_some(match state % 8 {
            0 | 1 => Fault::Error(libc::EINTR),
            2 if streams => Fault::Error(libc::EAGAIN),
            _ => Fault::Short(state >> 8 & 127 | 1),
        })
    }
}

/// Those at an offset are made once by `files.wat`, which does not look at how many bytes there were.
fn short_files() -> Outcome {
    let program = program(FILES)?;
    for seed in 0..20 {
        let mut disturb = disturbed(seed);
        let positioned = [libc::SYS_preadv, libc::SYS_pwritev];
        let fault = |call: Call| disturb(call).filter(|_| !positioned.contains(&call.number));
        let (traced, written) = trace(&program, b"", fault)?;
        if traced.status != Some(0) || written != Some(contents()) {
            return Err(
                format!("seed {seed}: {:?}, {:?} bytes", traced.status, written.map(|bytes| bytes.len())).into()
            );
        }
    }
    Ok(())
}

fn short_streams() -> Outcome {
    let program = program(CAT)?;
    let input: Vec<u8> = (0..20_000u32).map(|index| (index % 253) as u8).collect();
    for seed in 0..5 {
        let (traced, _) = trace(&program, &input, disturbed(seed))?;
        if traced.status != Some(0) || traced.stdout != input {
            return Err(format!("seed {seed}: {:?}, {} bytes", traced.status, traced.stdout.len()).into());
        }
    }
    Ok(())
}

/// What the runtime has to say arrives in full.
fn short_messages() -> Outcome {
    let program = program(TRAP)?;
    let (plain, _) = trace(&program, b"", |_| None)?;
    if plain.status != Some(134) || plain.stderr.is_empty() || plain.results(libc::SYS_write).is_empty() {
        return Err(format!("{plain:?}").into());
    }
    for seed in 0..5 {
        let (traced, _) = trace(&program, b"", disturbed(seed))?;
        if traced.status != plain.status || traced.stderr != plain.stderr {
            return Err(format!("seed {seed}: {traced:?}").into());
        }
    }
    Ok(())
}

/// Builds a program that is granted a socket at `address`.
fn server(invoke: &str, address: &str) -> Result<Program, Failed> {
    let mut options = Options { invoke: Some(invoke.to_owned()), ..Options::default() };
    options.grants.listeners.push(address.parse()?);
    Ok(Program::new(&build(SOCKETS.as_bytes(), "program", &options)?)?)
}

/// A program whose socket cannot be had says so, and does nothing else.
fn refused_sockets() -> Outcome {
    let program = server("describe", "127.0.0.1:0")?;
    for number in [libc::SYS_socket, libc::SYS_setsockopt, libc::SYS_bind, libc::SYS_listen] {
        let fault = |call: Call| (call.number == number).then_some(Fault::Error(libc::EACCES));
        let (traced, _) = trace(&program, b"", fault)?;
        let message = b"program: cannot listen on 127.0.0.1:0: permission denied\n";
        if traced.status != Some(125) || traced.stderr != message || !traced.stdout.is_empty() {
            return Err(format!("call {number}: {traced:?}").into());
        }
    }
    Ok(())
}

/// Every call of a connection is interrupted once; nobody notices.
fn interrupted_sockets() -> Outcome {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let program = server("transfer", &address.to_string())?;
    let client = thread::spawn(move || converse(address));
    let calls = [libc::SYS_accept4, libc::SYS_recvmsg, libc::SYS_sendmsg, libc::SYS_ppoll];
    let mut interrupted = false;
    let (traced, _) = trace(&program, b"", |call| {
        interrupted = calls.contains(&call.number) && !interrupted;
        interrupted.then_some(Fault::Error(libc::EINTR))
    })?;
    let received = client.join().map_err(|_| "the client failed")??;
    if traced.status != Some(0) || received != b"xyz" || !calls.iter().all(|number| traced.results(*number).len() > 1) {
        return Err(format!("{traced:?}, received {received:?}").into());
    }
    Ok(())
}

/// Connects as soon as the program listens, sends six bytes, and gives what comes back.
fn converse(address: SocketAddr) -> io::Result<Vec<u8>> {
    let start = Instant::now();
    let mut stream = loop {
        match TcpStream::connect(address) {
            Err(error) if error.kind() != ErrorKind::ConnectionRefused || start.elapsed().as_secs() > 30 => {
                return Err(error);
            }
            Err(_) => thread::sleep(Duration::from_millis(2)),
            Ok(stream) => break stream,
        }
    };
    stream.write_all(b"abcdef")?;
    let mut received = Vec::new();
    stream.read_to_end(&mut received)?;
    Ok(received)
}
