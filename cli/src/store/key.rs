//! Names for what is in the cache: equal names, equal programs.

use super::Stamp;
use blake3::Hasher;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use wasmc_compiler::{CpuBaseline, Options};

/// The name of a program in the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    file_name: String,
}

impl Key {
    /// A file name; it begins with the module's, which is what process listings then show.
    pub(crate) fn file_name(&self) -> &str {
        &self.file_name
    }

    #[cfg(test)]
    pub(crate) fn for_test(name: &str, number: u8) -> Key {
        Key { file_name: format!("{name}-{number}") }
    }
}

/// Everything besides the module that determines a program.
pub(crate) struct Recipe {
    name: String,
    hasher: Hasher,
}

impl Recipe {
    /// The recipe for a module that is called `name`; `None` when the system does not tell which
    /// wasmc this is.
    pub(crate) fn new(options: &Options, name: &str) -> Option<Recipe> {
        let mut hasher = Hasher::new();
        add(&mut hasher, this_compiler()?.as_bytes());
        add(&mut hasher, name.as_bytes());
        // The debugging form has every field, and a compiler that changes it is another compiler.
        let options = Options { jobs: None, ..options.clone() };
        add(&mut hasher, format!("{options:?}").as_bytes());
        if options.cpu.baseline == CpuBaseline::Native {
            // A cache may be on a network drive that machines of several kinds share.
            add(&mut hasher, &processor()?);
        }
        Some(Recipe { name: name.to_owned(), hasher })
    }

    /// The key of the program made from a module with these contents.
    pub(crate) fn for_content(&self, module: &[u8]) -> Key {
        self.key(b"content", module)
    }

    /// The key for a module that is only known by its stamp.
    pub(crate) fn for_stamp(&self, stamp: &Stamp) -> Key {
        self.key(b"stamp", &stamp.to_bytes())
    }

    /// The key of the functions of the module at `path`, whatever its contents are at the moment.
    pub(crate) fn for_functions(&self, path: &Path) -> Key {
        self.key(b"functions", path.as_os_str().as_encoded_bytes())
    }

    /// Stands for the compiler and the options, whatever the module.
    pub(super) fn hash(&self) -> [u8; 32] {
        self.hasher.finalize().into()
    }

    fn key(&self, kind: &[u8], bytes: &[u8]) -> Key {
        let mut hasher = self.hasher.clone();
        add(&mut hasher, kind);
        hasher.update(bytes);
        let hash = hasher.finalize().to_hex();
        let is_plain = |character: &char| character.is_ascii_alphanumeric() || "._-".contains(*character);
        let name: String = self.name.chars().filter(is_plain).take(32).collect();
        // 128 bits: enough that two programs never meet.
        Key { file_name: format!("{name}-{}", &hash[..32]) }
    }
}

/// Adds a field; its length goes first, so that no two lists of fields look the same.
fn add(hasher: &mut Hasher, field: &[u8]) {
    hasher.update(&(field.len() as u64).to_le_bytes());
    hasher.update(field);
}

/// What tells this wasmc from any other: its version and its executable file. Another build of the
/// same version is another file, and asking for its identity takes one system call.
fn this_compiler() -> Option<String> {
    let file = fs::metadata("/proc/self/exe").ok()?;
    let (dev, ino, size) = (file.dev(), file.ino(), file.size());
    Some(format!("{} {dev} {ino} {size} {}.{}", env!("CARGO_PKG_VERSION"), file.mtime(), file.mtime_nsec()))
}

/// What `--cpu native` depends on.
fn processor() -> Option<Vec<u8>> {
    let description = fs::read_to_string("/proc/cpuinfo").ok()?;
    let lines = description.lines().take_while(|line| !line.is_empty());
    let stable =
        lines.filter(|line| ["vendor_id", "cpu family", "model", "flags"].iter().any(|key| line.starts_with(key)));
    Some(stable.collect::<Vec<_>>().join("\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmc_compiler::OptLevel;

    fn key(options: &Options, name: &str, module: &[u8]) -> Key {
        Recipe::new(options, name).expect("a recipe").for_content(module)
    }

    #[test]
    fn whatever_changes_the_program_changes_the_key() {
        let default = Options::default();
        let original = key(&default, "app", b"module");
        assert_eq!(key(&default, "app", b"module"), original);
        assert_ne!(key(&default, "app", b"another"), original);
        assert_ne!(key(&default, "other", b"module"), original);
        assert_ne!(key(&Options { opt_level: OptLevel::O0, ..Options::default() }, "app", b"module"), original);
        assert_ne!(key(&Options { invoke: Some("f".to_owned()), ..Options::default() }, "app", b"module"), original);
    }

    #[test]
    fn the_number_of_jobs_does_not() {
        let jobs = Options { jobs: std::num::NonZeroUsize::new(3), ..Options::default() };
        assert_eq!(key(&jobs, "app", b"module"), key(&Options::default(), "app", b"module"));
    }

    #[test]
    fn keys_are_file_names() {
        let key = key(&Options::default(), "../a b\n✓", b"");
        assert!(key.file_name().starts_with("..ab-"), "{}", key.file_name());
    }
}
