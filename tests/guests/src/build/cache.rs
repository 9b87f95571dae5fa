//! The cache of built programs: `target/guests/<name>-<key>/<file>`.
//!
//! The key covers everything that decides the contents: recipe, sources and tools. Several test processes may ask for the
//! same program at once: a file lock lets one of them build while the others wait. A build happens in a folder of
//! its own that is renamed when it is complete, so whoever finds the final name finds the whole program.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::tools::{hash_tool, target};
use crate::Error;

/// Collects what decides the contents of a program.
///
/// The standard hasher may change with the toolchain; all that happens then is that everything is built once more.
pub(crate) struct Key(DefaultHasher);

impl Key {
    pub(crate) fn new(recipe: impl Hash) -> Self {
        let mut hasher = DefaultHasher::new();
        recipe.hash(&mut hasher);
        Self(hasher)
    }

    /// Adds the contents of a source file.
    pub(crate) fn source(mut self, path: &Path) -> Result<Self, Error> {
        let contents = fs::read(path).map_err(|error| Error::Failed(format!("{}: {error}", path.display())))?;
        contents.hash(&mut self.0);
        Ok(self)
    }

    /// Adds the version of a tool.
    pub(crate) fn tool(mut self, path: &Path) -> Self {
        hash_tool(path, &mut self.0);
        self
    }
}

/// The folder of the cache, where builders may also keep what makes the next build faster.
pub(crate) fn folder() -> PathBuf {
    target().join("guests")
}

/// Returns the path of `file`, building it first if it is not there. `build` is given the folder to build it in.
pub(crate) fn cached(file: &str, key: Key, build: impl FnOnce(&Path) -> Result<(), Error>) -> Result<PathBuf, Error> {
    let folder = folder();
    let name = format!("{file}-{:016x}", key.0.finish());
    let (finished, partial) = (folder.join(&name), folder.join(format!("{name}.partial")));
    let path = finished.join(file);
    if path.is_file() {
        return Ok(path);
    }
    fs::create_dir_all(&folder)?;
    let lock = File::create(folder.join(format!("{file}.lock")))?;
    lock.lock()?;
    // Another process may have built it while we waited.
    if path.is_file() {
        return Ok(path);
    }
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    fs::create_dir(&partial)?;
    build(&partial)?;
    if !partial.join(file).is_file() {
        return Err(Error::Failed(format!("building {file} left no such file in {}", partial.display())));
    }
    fs::rename(&partial, &finished)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::{Key, cached, folder};
    use std::fs;

    #[test]
    fn a_program_is_built_once() {
        let file = format!("cache-test-{}", std::process::id());
        let mut paths = Vec::new();
        for expected_to_build in [true, false] {
            let mut built = false;
            let path = cached(&file, Key::new("recipe"), |folder| {
                built = true;
                Ok(fs::write(folder.join(&file), "program")?)
            });
            assert_eq!(built, expected_to_build);
            paths.push(path.expect("it was written"));
        }
        assert_eq!(paths[0], paths[1]);
        let other = cached(&file, Key::new("another recipe"), |_| Ok(()));
        assert!(other.is_err_and(|error| error.to_string().contains("left no such file")));
        for entry in fs::read_dir(folder()).expect("it was created").flatten() {
            if entry.file_name().to_string_lossy().starts_with(&file) {
                let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
    }
}
