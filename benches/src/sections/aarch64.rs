//! How many instructions programs execute on AArch64, where QEMU counts them, under wasmc and under wasmtime.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasmc_guests::{Error, Guest, Missing, Purpose, Run};

use crate::command::output;
use crate::comparison::geometric_mean;
use crate::figure::{Figure, Part, Quantity};
use crate::report::Row;
use crate::tools::{benches, build, grants, input, scratch};

/// What is hoped for on x86-64, in time.
const LIMIT: f64 = 0.88;

/// Where Debian's C library for AArch64 is.
const SYSTEM: &str = "/usr/aarch64-linux-gnu";

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let tools = Tools::make()?;
    let mut rows = Vec::new();
    let mut ratios = Vec::new();
    let runs = Guest::ALL.into_iter().flat_map(Guest::runs).filter(|run| run.purpose == Purpose::Count);
    for run in runs {
        eprintln!("  {}", run.guest.name());
        rows.push(tools.compare(&run).inspect(|figure| ratios.push(figure.measured.value())));
    }
    let mean = Figure::new("geometric mean", Quantity::Ratio(geometric_mean(ratios.into_iter()))).at_most(LIMIT);
    rows.insert(0, Ok(mean));
    Ok(rows)
}

/// What counts, and what runs wasmtime.
struct Tools {
    counter: PathBuf,
    wasmtime: PathBuf,
}

impl Tools {
    fn make() -> Result<Tools, Error> {
        let library = input("wasmtime-aarch64/wasmtime/linux-aarch64/_libwasmtime.so")?;
        let [counter, wasmtime] = [scratch("count_instructions.so")?, scratch("run_wasmtime")?];
        let missing = Missing { tool: "gcc", install: "apt-get install gcc libc6-dev" };
        let source = benches().join("c/count_instructions.c");
        found(Command::new("gcc").args(["-O2", "-shared", "-fPIC"]).arg(source).arg("-o").arg(&counter), missing)?;
        let missing = Missing {
            tool: "GCC for AArch64",
            install: "apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user",
        };
        let mut command = Command::new("aarch64-linux-gnu-gcc");
        command.arg("-O2").arg(benches().join("c/run_wasmtime.c")).arg(&library).arg("-o").arg(&wasmtime);
        command.arg("-Wl,--allow-shlib-undefined").arg(format!("-Wl,-rpath,{}", parent(&library).display()));
        found(&mut command, missing)?;
        Ok(Tools { counter, wasmtime })
    }

    /// Wasmc's instructions divided by wasmtime's.
    fn compare(&self, run: &Run) -> Row {
        let module = run.guest.wasm()?;
        let root = scratch("aarch64")?;
        fs::create_dir_all(&root)?;
        let grants = grants(run, &root);
        let ours = |checks: &str| -> Result<u64, Error> {
            let flags = ["--target", "aarch64-linux", "--memory-checks", checks].map(str::to_owned);
            let executable = build(&module, &[&flags[..], &grants].concat(), "guest-aarch64")?;
            self.count(run, &root, |command| _ = command.arg(executable))
        };
        let compiled = scratch("guest-aarch64.cwasm")?;
        let mut command = Command::new("qemu-aarch64");
        output(command.args(["-L", SYSTEM]).arg(&self.wasmtime).arg("compile").arg(&module).arg(&compiled))?;
        let theirs = self.count(run, &root, |command| {
            command.args(["-L", SYSTEM]).arg(&self.wasmtime).args(&grants).arg(&compiled);
        })?;
        let (guarded, explicit) = (ours("guard")?, ours("explicit")?);
        let name = format!("`{}`", run.guest.name());
        Ok(Figure::new(name, Quantity::Ratio(guarded as f64 / theirs as f64))
            .part(Part::instructions("wasmc", guarded))
            .part(Part::instructions("wasmc explicit", explicit))
            .part(Part::instructions("wasmtime", theirs)))
    }

    /// Does a run, which has to do what the native twin does, and counts. `program` adds what QEMU runs.
    fn count(&self, run: &Run, root: &Path, program: impl FnOnce(&mut Command)) -> Result<u64, Error> {
        let count = scratch("instructions")?;
        run.prepare(root)?;
        let expected = run.expected(root)?;
        run.prepare(root)?;
        let mut command = Command::new("qemu-aarch64");
        command.arg("-plugin").arg(format!("{},out={}", self.counter.display(), count.display()));
        program(&mut command);
        match expected.difference(&run.execute(command, root)?) {
            Some(difference) => Err(Error::Failed(format!("{run} on AArch64: {difference}"))),
            None => {
                let text = fs::read_to_string(&count)?;
                text.trim().parse().map_err(|_| Error::Failed(format!("the counter wrote {text:?}")))
            }
        }
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

/// Runs a compiler, if it is installed.
fn found(command: &mut Command, missing: Missing) -> Result<(), Error> {
    match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing.into()),
        Err(error) => Err(error.into()),
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(Error::Failed(format!("{command:?}\n{}", String::from_utf8_lossy(&output.stderr)))),
    }
}
