//! ELF executables, with `libwild` as a library reading and writing memory instead of files.

use super::frames;
use crate::error::Error;
use crate::pipeline::Observer;
use crate::target::Architecture;
use libwild::{Args, FileSystem, FileType, InputFileData, Linker, OutputFileData, OutputOptions};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const ARCHIVE: &str = "libwasmc_runtime.a";
const OUTPUT: &str = "program";

/// What a person would type to link by hand, between the kind of the output and the files.
const OPTIONS: &[&str] = &[
    "-static",
    "--gc-sections",
    "--build-id=none",
    "--eh-frame-hdr",
    "-z",
    "noexecstack",
    "-z",
    "norelro",
    "-o",
    OUTPUT,
];

/// What linkers call the ELF files of an architecture.
fn emulation(architecture: Architecture) -> &'static str {
    match architecture {
        Architecture::X86_64 => "elf_x86_64",
        Architecture::Aarch64 => "aarch64linux",
        Architecture::Riscv64 => "elf64lriscv",
    }
}

/// The file name of the object at `position` of `count`.
fn object_name(position: usize, count: usize) -> String {
    if count == 1 { "module.o".to_owned() } else { format!("module{position}.o") }
}

/// Links a static, position-dependent executable, which has debug information where it `keeps_debug`.
pub(super) fn link(
    architecture: Architecture,
    objects: Vec<Vec<u8>>,
    archive: &'static [u8],
    keeps_debug: bool,
    observer: &dyn Observer,
) -> Result<Vec<u8>, Error> {
    let count = objects.len();
    let objects: HashMap<String, Arc<Vec<u8>>> = objects
        .into_iter()
        .enumerate()
        .map(|(position, object)| (object_name(position, count), Arc::new(object)))
        .collect();
    let words = ["wild", "-m", emulation(architecture)];
    let mut command: Vec<String> = words.iter().chain(OPTIONS).map(|word| (*word).to_owned()).collect();
    if !keeps_debug {
        command.push("--strip-debug".to_owned());
    }
    command.extend((0..count).map(|position| object_name(position, count)));
    command.push(ARCHIVE.to_owned());
    observer.link_command(&command);
    let files = Memory { objects, archive, output: Arc::new(Mutex::new(Vec::new())) };
    let output = Arc::clone(&files.output);
    run(files, &command).map_err(|error| Error::bug("the linker", format!("{error:?}")))?;
    let mut bytes = std::mem::take(&mut *output.lock().unwrap_or_else(PoisonError::into_inner));
    if bytes.is_empty() {
        return Err(Error::bug("the linker", "it wrote nothing"));
    }
    // The program of a test script has no such entry.
    let _ = frames::complete(&mut bytes);
    Ok(bytes)
}

fn run(files: Memory, command: &[String]) -> libwild::error::Result {
    let command = || command.iter().map(String::as_str);
    let mut arguments = Args::new(command)?;
    // The object and the archive are ours: a warning would have no reader.
    arguments.on_warning(Box::new(|_| ()));
    arguments.parse(command)?;
    let linker = Linker::with_file_system(files);
    linker.run(&arguments)?;
    Ok(())
}

/// A file system of the objects, the archive and one output.
struct Memory {
    objects: HashMap<String, Arc<Vec<u8>>>,
    archive: &'static [u8],
    output: Arc<Mutex<Vec<u8>>>,
}

#[derive(Debug)]
enum Input {
    Object(Arc<Vec<u8>>),
    Archive(&'static [u8]),
}

impl InputFileData for Input {
    fn bytes(&self) -> &[u8] {
        match self {
            Input::Object(bytes) => bytes,
            Input::Archive(bytes) => bytes,
        }
    }
}

struct Output {
    bytes: Vec<u8>,
    finished: Arc<Mutex<Vec<u8>>>,
}

impl OutputFileData for Output {
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }

    fn finish(self) -> libwild::error::Result {
        *self.finished.lock().unwrap_or_else(PoisonError::into_inner) = self.bytes;
        Ok(())
    }
}

impl FileSystem for Memory {
    type Input = Input;
    type Output = Output;

    fn open_input(&self, path: &Path, _: bool) -> libwild::error::Result<(Input, Option<Arc<File>>)> {
        match path.to_str() {
            Some(ARCHIVE) => Ok((Input::Archive(self.archive), None)),
            Some(name) if let Some(object) = self.objects.get(name) => Ok((Input::Object(Arc::clone(object)), None)),
            _ => Err(libwild::error!("no such input: {}", path.display())),
        }
    }

    fn file_type(&self, path: &Path) -> libwild::error::Result<FileType> {
        match path.to_str() {
            Some(ARCHIVE) => Ok(FileType::File),
            Some(name) if self.objects.contains_key(name) => Ok(FileType::File),
            _ => Err(std::io::Error::from(std::io::ErrorKind::NotFound).into()),
        }
    }

    fn canonicalize(&self, path: &Path) -> libwild::error::Result<PathBuf> {
        Ok(path.to_path_buf())
    }

    fn remove_file(&self, _: &Path) -> libwild::error::Result<()> {
        Ok(())
    }

    fn rename_file(&self, _: &Path, _: &Path) -> libwild::error::Result<()> {
        Ok(())
    }

    fn create_output(&self, _: Arc<Path>, options: OutputOptions) -> libwild::error::Result<Output> {
        let size = usize::try_from(options.size)?;
        Ok(Output { bytes: vec![0; size], finished: Arc::clone(&self.output) })
    }

    fn write_auxiliary(&self, _: &Path, _: &[u8]) -> libwild::error::Result {
        Ok(())
    }
}
