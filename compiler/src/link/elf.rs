//! ELF executables, with `libwild` as a library reading and writing memory instead of files.

use crate::error::Error;
use crate::pipeline::Observer;
use libwild::{Args, FileSystem, FileType, InputFileData, Linker, OutputFileData, OutputOptions};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

const OBJECT: &str = "module.o";
const ARCHIVE: &str = "libwasmc_runtime.a";
const OUTPUT: &str = "program";

/// What a person would type to link by hand.
const COMMAND: &[&str] = &[
    "wild",
    "-m",
    "elf_x86_64",
    "-static",
    "--gc-sections",
    "--build-id=none",
    "--no-eh-frame-hdr",
    "--strip-debug",
    "-z",
    "noexecstack",
    OBJECT,
    ARCHIVE,
    "-o",
    OUTPUT,
];

/// Links a static, position-dependent executable.
pub(super) fn link(object: Vec<u8>, archive: &'static [u8], observer: &dyn Observer) -> Result<Vec<u8>, Error> {
    observer.link_command(&COMMAND.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
    let files = Memory { object: Arc::new(object), archive, output: Arc::new(Mutex::new(Vec::new())) };
    let output = Arc::clone(&files.output);
    run(files).map_err(|error| Error::bug("the linker", format!("{error:?}")))?;
    let bytes = std::mem::take(&mut *output.lock().unwrap_or_else(PoisonError::into_inner));
    if bytes.is_empty() {
        return Err(Error::bug("the linker", "it wrote nothing"));
    }
    Ok(bytes)
}

fn run(files: Memory) -> libwild::error::Result {
    let command = || COMMAND.iter().copied();
    let mut arguments = Args::new(command)?;
    // The object and the archive are ours: a warning would have no reader.
    arguments.on_warning(Box::new(|_| ()));
    arguments.parse(command)?;
    let linker = Linker::with_file_system(files);
    linker.run(&arguments)?;
    Ok(())
}

/// A file system of two inputs and one output.
struct Memory {
    object: Arc<Vec<u8>>,
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
            Some(OBJECT) => Ok((Input::Object(Arc::clone(&self.object)), None)),
            Some(ARCHIVE) => Ok((Input::Archive(self.archive), None)),
            _ => Err(libwild::error!("no such input: {}", path.display())),
        }
    }

    fn file_type(&self, path: &Path) -> libwild::error::Result<FileType> {
        match path.to_str() {
            Some(OBJECT | ARCHIVE) => Ok(FileType::File),
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
