//! The CGI program of `examples/wagi`, asked by a real server: busybox, which starts it as it would any CGI program.

use libtest_mimic::{Completion, Failed, Trial};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use wasmc_compiler::Target;
use wasmc_tests::{Limits, Program, build, not_run, run, usual_options, usual_target};

/// Where a server looks for programs.
const PROGRAM: &str = "cgi-bin/hello";

/// A request and what the program must answer.
struct Case {
    name: &'static str,
    head: String,
    body: String,
    answer: String,
}

impl Case {
    fn get(name: &'static str, path: &str, answer: &str) -> Case {
        let head = format!("GET /{PROGRAM}{path} HTTP/1.0\r\n\r\n");
        Case { name, head, body: String::new(), answer: answer.to_owned() }
    }

    fn post(name: &'static str, body: String) -> Case {
        let head = format!("POST /{PROGRAM} HTTP/1.0\r\nContent-Length: {}\r\n\r\n", body.len());
        Case { name, head, answer: format!("POST \nbody: {body}\n"), body }
    }
}

pub fn trials() -> Vec<Trial> {
    let cases = [
        Case::get("get", "/over/there?name=value&x=%20", "GET /over/there\nquery: name=value&x=%20\n"),
        Case::get("get without a query", "", "GET \nquery: \n"),
        Case::post("post", "some text".to_owned()),
        // More than a pipe holds at once.
        Case::post("post much", "a line of the body\n".repeat(20_000)),
    ];
    let trial = |case: Case| Trial::ignorable_test(format!("wagi/{}", case.name), move || check(&case));
    cases.into_iter().map(trial).collect()
}

fn check(case: &Case) -> Result<Completion, Failed> {
    if usual_target() != Target::host() {
        return Ok(Completion::ignored_with("not run: the server cannot start programs of another processor"));
    }
    let Some(answer) = ask(case)? else {
        return not_run("busybox httpd: apt-get install busybox");
    };
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(|| format!("no head: {answer:?}"))?;
    if !(head.contains(" 200 OK") && head.contains("Content-Type: text/plain")) || body != case.answer {
        return Err(format!("unexpected answer: {head:?}\n{body}").into());
    }
    Ok(Completion::Completed)
}

/// What the server answers to a request; nothing when there is no server.
fn ask(case: &Case) -> Result<Option<String>, Failed> {
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
    let answer = exchange(&mut client, case);
    drop(client);
    child.wait()?;
    Ok(Some(answer?))
}

fn exchange(client: &mut TcpStream, case: &Case) -> io::Result<String> {
    client.write_all(case.head.as_bytes())?;
    client.write_all(case.body.as_bytes())?;
    let mut answer = String::new();
    client.read_to_string(&mut answer)?;
    Ok(answer)
}

/// The program where the server looks for it, with the variables that it needs. It answers other methods by itself.
fn program() -> Result<Program, Failed> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/wagi/hello.wat");
    let mut options = usual_options();
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
