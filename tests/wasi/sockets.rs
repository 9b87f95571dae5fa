//! Sockets: programs that accept connections, and a client on the other side.

use libtest_mimic::{Completion, Failed, Trial};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;
use wasmc_compiler::Options;
use wasmc_guests::{Error, Guest};
use wasmc_tests::{Mode, Program, build, not_run, output, spawn, usual_options};

const ECHO: &str = include_str!("sockets/echo.wat");
const CALLS: &str = include_str!("sockets/calls.wat");

type Outcome = Result<(), Failed>;

/// A test and what it is called.
type Test = (&'static str, fn() -> Outcome);

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for mode in Mode::optimised() {
        trials.push(Trial::test(format!("sockets/echo {}", mode.name()), move || echo("127.0.0.1:0", mode)));
    }
    let tests: [Test; 11] = [
        ("IPv6", || echo("[::1]:0", Mode::DEFAULT)),
        ("granted at start", granted_at_start),
        ("sealed", sealed),
        ("address in use", address_in_use),
        ("malformed address", malformed_address),
        ("errors", errors),
        ("describe", describe),
        ("transfer", transfer),
        ("closed by the client", closed_by_the_client),
        ("nonblocking", nonblocking),
        ("several", several),
    ];
    trials.extend(tests.map(|(name, test)| Trial::test(format!("sockets/{name}"), test)));
    trials.push(Trial::ignorable_test("sockets/a server in Go", server_in_go));
    trials
}

/// Builds a module that is granted sockets at these addresses.
fn program(text: &str, invoke: Option<&str>, addresses: &[&str], mode: Mode) -> Result<Program, Failed> {
    let mut options = Options { invoke: invoke.map(str::to_owned), ..Options::default() };
    mode.apply(&mut options);
    for address in addresses {
        options.grants.listeners.push(address.parse()?);
    }
    options.grants.directories.push(".::/work".parse()?);
    Ok(Program::new(&build(text.as_bytes(), "server", &options)?)?)
}

/// A program that is running, and the ports that the system chose for it.
struct Server {
    child: Child,
    ports: Vec<u16>,
}

impl Server {
    /// Starts it, and reads the lines that tell the ports.
    fn start(mut command: Command, sockets: usize) -> Result<Server, Failed> {
        let mut child = spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()))?;
        let mut messages = BufReader::new(child.stderr.take().ok_or("no standard error")?);
        let mut ports = Vec::new();
        for _ in 0..sockets {
            let mut line = String::new();
            messages.read_line(&mut line)?;
            let port = line.trim_end().strip_prefix("server: listening on port ");
            ports.push(port.ok_or_else(|| format!("no port in {line:?}"))?.parse()?);
        }
        Ok(Server { child, ports })
    }

    fn connect(&self, host: &str) -> Result<TcpStream, Failed> {
        Ok(TcpStream::connect((host, self.ports[0]))?)
    }

    /// Waits for the end; gives the lines of the standard output.
    fn finish(self) -> Result<Vec<String>, Failed> {
        lines(&self.child.wait_with_output()?)
    }
}

fn lines(output: &Output) -> Result<Vec<String>, Failed> {
    if !output.status.success() {
        return Err(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

fn expect(actual: &[String], expected: &[&str]) -> Outcome {
    if actual == expected { Ok(()) } else { Err(format!("expected {expected:?}, got {actual:?}").into()) }
}

fn echo(address: &str, mode: Mode) -> Outcome {
    let program = program(ECHO, None, &[address], mode)?;
    converse(Server::start(program.command(), 1)?, if address.starts_with('[') { "::1" } else { "127.0.0.1" })
}

/// Sends a megabyte, more than the buffers of a connection hold, and expects it back.
fn converse(server: Server, host: &str) -> Outcome {
    let mut stream = server.connect(host)?;
    let sent: Vec<u8> = (0..1u32 << 20).map(|byte| (byte % 251) as u8).collect();
    let mut sending = stream.try_clone()?;
    let received = thread::scope(|scope| {
        scope.spawn(|| {
            // What is missing is found out below.
            let _ = sending.write_all(&sent);
            let _ = sending.shutdown(Shutdown::Write);
        });
        let mut received = Vec::new();
        stream.read_to_end(&mut received).map(|_| received)
    })?;
    if received != sent {
        return Err(format!("{} of {} bytes came back, or others", received.len(), sent.len()).into());
    }
    server.finish().map(|_| ())
}

fn granted_at_start() -> Outcome {
    let program = program(ECHO, None, &[], Mode::DEFAULT)?;
    let mut command = program.command();
    command.env("WASMC_TCP_LISTEN", "127.0.0.1:0");
    converse(Server::start(command, 1)?, "127.0.0.1")
}

/// `badf`: there is no descriptor 3 but the directory's, which nothing has asked for.
fn sealed() -> Outcome {
    let mut options = usual_options();
    options.grants.sealed = true;
    let program = Program::new(&build(ECHO.as_bytes(), "server", &options)?)?;
    let output = output(program.command().env("WASMC_TCP_LISTEN", "127.0.0.1:0"))?;
    if output.status.code() == Some(8) && output.stderr.is_empty() { Ok(()) } else { Err(format!("{output:?}").into()) }
}

/// The program ends before it does anything, with one line.
fn refused(command: &mut Command, message: &str) -> Outcome {
    let output = output(command)?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(125) && stderr == message && output.stdout.is_empty() {
        Ok(())
    } else {
        Err(format!("expected {message:?}, got {output:?}").into())
    }
}

fn address_in_use() -> Outcome {
    let occupied = TcpListener::bind("127.0.0.1:0")?;
    let address = occupied.local_addr()?.to_string();
    let program = program(ECHO, None, &[&address], Mode::DEFAULT)?;
    let message = format!("server: cannot listen on {address}: the address is in use\n");
    refused(&mut program.command(), &message)
}

fn malformed_address() -> Outcome {
    let program = program(ECHO, None, &[], Mode::DEFAULT)?;
    let message = "server: cannot listen on localhost:80: expected numbers, as 127.0.0.1:80 or [::1]:80\n";
    refused(program.command().env("WASMC_TCP_LISTEN", "localhost:80"), message)
}

fn errors() -> Outcome {
    let program = program(CALLS, Some("errors"), &["127.0.0.1:0"], Mode::DEFAULT)?;
    let expected = ["8", "57", "57", "57", "57", "0", "6", "28", "21", "53", "70", "28", "28", "0", "8"];
    expect(&lines(&output(&mut program.command())?)?, &expected)
}

fn describe() -> Outcome {
    let program = program(CALLS, Some("describe"), &["127.0.0.1:0"], Mode::DEFAULT)?;
    // To accept, to shut down, to poll, to look at attributes, to set flags, to read and to write.
    let rights = (1 << 29 | 1 << 28 | 1 << 27 | 1 << 21 | 1 << 6 | 1 << 3 | 1 << 1).to_string();
    expect(&lines(&output(&mut program.command())?)?, &["0", "6", "4", &rights, "0", "1", "0", "0"])
}

fn transfer() -> Outcome {
    let program = program(CALLS, Some("transfer"), &["127.0.0.1:0"], Mode::DEFAULT)?;
    let server = Server::start(program.command(), 1)?;
    let mut stream = server.connect("127.0.0.1")?;
    stream.write_all(b"abcdef")?;
    let mut received = String::new();
    stream.read_to_string(&mut received)?;
    if received != "xyz" {
        return Err(format!("received {received:?}").into());
    }
    let (ab, cd) = (u16::from_le_bytes(*b"ab").to_string(), u16::from_le_bytes(*b"cd").to_string());
    expect(&server.finish()?, &["1", "0", "4", "1", "0", "4", &cd, "0", &ab, "28", "28", "0", "0"])
}

/// The program gets an error; no signal ends it.
fn closed_by_the_client() -> Outcome {
    let program = program(CALLS, Some("closed"), &["127.0.0.1:0"], Mode::DEFAULT)?;
    let server = Server::start(program.command(), 1)?;
    drop(server.connect("127.0.0.1")?);
    expect(&server.finish()?, &["64"])
}

fn nonblocking() -> Outcome {
    let program = program(CALLS, Some("nonblocking"), &["127.0.0.1:0"], Mode::DEFAULT)?;
    let server = Server::start(program.command(), 1)?;
    let _stream = server.connect("127.0.0.1")?;
    expect(&server.finish()?, &["0", "0", "0", "4", "6", "6", "0"])
}

/// Those of the build come first, those of the start behind them: the program accepts from the first.
fn several() -> Outcome {
    let program = program(ECHO, None, &["127.0.0.1:0", "[::1]:0"], Mode::DEFAULT)?;
    let mut command = program.command();
    command.env("WASMC_TCP_LISTEN", "127.0.0.1:0;127.0.0.1:0");
    let server = Server::start(command, 4)?;
    for port in &server.ports[2..] {
        TcpStream::connect(("127.0.0.1", *port))?;
    }
    converse(server, "127.0.0.1")
}

/// A program with threads of its own answers whoever asks, while others are connected and ask later.
fn server_in_go() -> Result<Completion, Failed> {
    let module = match Guest::GoServer.wasm() {
        Ok(path) => std::fs::read(path)?,
        Err(Error::Missing(missing)) => return not_run(missing),
        Err(error) => return Err(error.into()),
    };
    let mut options = usual_options();
    options.grants.listeners.push("127.0.0.1:0".parse()?);
    let program = Program::new(&build(&module, "server", &options)?)?;
    let server = Server::start(program.command(), 1)?;
    let mut connections = Vec::new();
    for number in 0..20 {
        connections.push((number, server.connect("127.0.0.1")?));
    }
    for (number, stream) in connections.into_iter().rev() {
        ask(stream, &number.to_string())?;
    }
    ask(server.connect("127.0.0.1")?, "end")?;
    let output = server.child.wait_with_output()?;
    if output.status.code() != Some(7) || output.stdout != b"shut down <nil>\n" {
        return Err(format!("{output:?}").into());
    }
    Ok(Completion::Completed)
}

fn ask(mut stream: TcpStream, path: &str) -> Outcome {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(stream, "GET /{path} HTTP/1.0\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let is_right = answer.starts_with("HTTP/1.0 200 OK\r\n") && answer.ends_with(&format!("\r\n\r\nhello /{path}\n"));
    if is_right { Ok(()) } else { Err(format!("/{path}: {answer:?}").into()) }
}
