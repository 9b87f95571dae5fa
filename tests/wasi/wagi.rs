//! The CGI program of `examples/wagi`, asked by a real server: busybox, which starts it as it would any CGI program.

use libtest_mimic::{Completion, Failed, Trial};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use wasmc_compiler::Options;
use wasmc_tests::{Limits, Program, build, not_run, run};

/// Where a server looks for programs.
const PROGRAM: &str = "cgi-bin/hello";

pub fn trials() -> Vec<Trial> {
    let answers: [Request; 4] = [
        ("get", || ask("GET /cgi-bin/hello/over/there?name=value&x=%20 HTTP/1.0\r\n\r\n", "")),
        ("get without a query", || ask("GET /cgi-bin/hello HTTP/1.0\r\n\r\n", "")),
        ("post", || post("some text")),
        // More than a pipe holds at once.
        ("post much", || post(&"a line of the body\n".repeat(20_000))),
    ];
    let bodies = [
        "GET /over/there\nquery: name=value&x=%20\n".to_owned(),
        "GET \nquery: \n".to_owned(),
        "POST \nbody: some text\n".to_owned(),
        format!("POST \nbody: {}\n", "a line of the body\n".repeat(20_000)),
    ];
    let trial = |((name, answer), body): (Request, String)| {
        Trial::ignorable_test(format!("wagi/{name}"), move || check(answer, &body))
    };
    answers.into_iter().zip(bodies).map(trial).collect()
}

/// The response to a request; none when there is no server.
type Answer = Result<Option<String>, Failed>;

/// A request by name, and what makes it.
type Request = (&'static str, fn() -> Answer);

fn check(answer: fn() -> Answer, expected: &str) -> Result<Completion, Failed> {
    let Some(answer) = answer()? else {
        return not_run("busybox httpd: apt-get install busybox");
    };
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("no head: {answer:?}"))?;
    if !(head.contains(" 200 OK") && head.contains("Content-Type: text/plain")) || body != expected {
        return Err(format!("unexpected answer: {head:?}\n{body}").into());
    }
    Ok(Completion::Completed)
}

fn post(body: &str) -> Answer {
    ask(&format!("POST /cgi-bin/hello HTTP/1.0\r\nContent-Length: {}\r\n\r\n", body.len()), body)
}

/// What the server answers to a request.
fn ask(head: &str, body: &str) -> Answer {
    let program = program()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    let (server, _) = listener.accept()?;
    client.set_read_timeout(Some(Duration::from_secs(60)))?;
    client.set_write_timeout(Some(Duration::from_secs(60)))?;
    // It serves the one connection that is its standard input and output.
    let mut command = Command::new("busybox");
    command.args(["httpd", "-i", "-h"]).arg(program.work());
    command.stdin(OwnedFd::from(server.try_clone()?)).stdout(OwnedFd::from(server)).stderr(Stdio::null());
    let mut child = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        child => child?,
    };
    // Its ends of the connection are in the command as well.
    drop(command);
    let answer = exchange(&mut client, head, body);
    drop(client);
    child.wait()?;
    Ok(Some(answer?))
}

fn exchange(client: &mut TcpStream, head: &str, body: &str) -> io::Result<String> {
    client.write_all(head.as_bytes())?;
    client.write_all(body.as_bytes())?;
    let mut answer = String::new();
    client.read_to_string(&mut answer)?;
    Ok(answer)
}

/// The program where the server looks for it, with the variables that it needs. It answers other methods by itself.
fn program() -> Result<Program, Failed> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/wagi/hello.wat");
    let mut options = Options::default();
    for name in ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "CONTENT_LENGTH"] {
        options.grants.variables.push(name.parse()?);
    }
    let program = Program::new(&build(&fs::read(source)?, "hello", &options)?)?;
    fs::create_dir(program.work().join("cgi-bin"))?;
    let mut command = program.command();
    command.env("REQUEST_METHOD", "DELETE");
    let ended = run(command, &[], Limits::SMALL)?;
    let expected = "Status: 405 Method Not Allowed\r\nAllow: GET, POST\r\nContent-Type: text/plain\r\n\r\n";
    if ended.status != 0 || ended.stdout != expected.as_bytes() {
        return Err(format!("status {}, {:?}", ended.status, String::from_utf8_lossy(&ended.stdout)).into());
    }
    fs::hard_link(program.path(), program.work().join(PROGRAM))?;
    Ok(program)
}
