//! The functions of one module, as earlier builds compiled them, in one file.
//!
//! ```text
//! functions        one behind the other, as the compiler gives them
//! index            for each: its key, where it begins (u64), its length (u32), and a hash of key and contents
//! end              a hash of compiler and options, where the index begins (u64), and a hash of both and of the index
//! ```
//!
//! A file is written whole and never changed, so many processes may read it while another replaces it. Whatever is not
//! as its hashes say is taken as absent, and compiled.

use crate::atomic::{self, Spool};
use blake3::Hasher;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use wasmc_compiler::{FunctionCache, FunctionKey};

const HASH: usize = 16;
const INDEX_ENTRY: usize = size_of::<FunctionKey>() + 8 + 4 + HASH;
const END: usize = 32 + 8 + HASH;

/// An open pack, and what this build adds to it.
#[derive(Debug)]
pub(crate) struct Pack {
    path: PathBuf,
    /// What compiler and options the functions are from.
    recipe: [u8; 32],
    /// What an earlier build left.
    old: Option<(File, HashMap<FunctionKey, Slot>)>,
    state: Mutex<State>,
}

/// Where a function lies in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    offset: u64,
    length: u32,
    hash: [u8; HASH],
}

/// What happened in this build.
#[derive(Debug, Default)]
struct State {
    /// Old functions that are still in use.
    found: HashSet<FunctionKey>,
    /// The file that will take the place of the old one, once there is something new.
    new: Option<NewPack>,
    /// Why there will be none.
    failure: Option<io::Error>,
}

#[derive(Debug)]
struct NewPack {
    spool: Spool,
    index: Vec<(FunctionKey, Slot)>,
    length: u64,
}

impl Pack {
    /// The pack at `path`, as far as it is there and from the compiler and the options that `recipe` stands for.
    pub(super) fn open(path: PathBuf, recipe: [u8; 32]) -> Pack {
        let old = File::open(&path).ok().and_then(|file| read_index(&file, &recipe).map(|index| (file, index)));
        Pack { path, recipe, old, state: Mutex::default() }
    }

    /// Replaces the file, when there is something new: functions that are no longer in use are left out. Tells whether it
    /// did.
    ///
    /// # Errors
    /// Whatever kept it from being written; the old file is as it was.
    pub(super) fn save(self) -> io::Result<bool> {
        let State { found, new, failure } = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = failure {
            return Err(error);
        }
        let Some(mut new) = new else { return Ok(false) };
        if let Some((file, slots)) = &self.old {
            // In the order of the file.
            let mut slots: Vec<(&FunctionKey, &Slot)> = slots.iter().filter(|(key, _)| found.contains(*key)).collect();
            slots.sort_by_key(|(_, slot)| slot.offset);
            for (key, slot) in slots {
                let bytes = read(file, key, slot).ok_or_else(|| io::Error::other("the file is damaged"))?;
                new.append(key, &bytes, slot.hash)?;
            }
        }
        new.finish(&self.recipe, &self.path)?;
        Ok(true)
    }

    /// Where it is, or will be.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FunctionCache for Pack {
    fn find(&self, key: &FunctionKey) -> Option<Vec<u8>> {
        let (file, slots) = self.old.as_ref()?;
        let bytes = read(file, key, slots.get(key)?)?;
        self.state().found.insert(*key);
        Some(bytes)
    }

    fn keep(&self, key: &FunctionKey, bytes: &[u8]) {
        let hash = hash_of(key, bytes);
        let mut state = self.state();
        if state.failure.is_some() {
            return;
        }
        let kept = match &mut state.new {
            Some(new) => new.append(key, bytes, hash),
            None => NewPack::create(&self.path).and_then(|new| state.new.insert(new).append(key, bytes, hash)),
        };
        if let Err(error) = kept {
            state.failure = Some(error);
        }
    }
}

impl NewPack {
    fn create(path: &Path) -> io::Result<NewPack> {
        Ok(NewPack { spool: atomic::spool(path, 0o600)?, index: Vec::new(), length: 0 })
    }

    fn append(&mut self, key: &FunctionKey, bytes: &[u8], hash: [u8; HASH]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.spool.write(bytes)?;
        self.index.push((*key, Slot { offset: self.length, length, hash }));
        self.length += u64::from(length);
        Ok(())
    }

    fn finish(mut self, recipe: &[u8; 32], path: &Path) -> io::Result<()> {
        let mut index = Vec::with_capacity(self.index.len() * INDEX_ENTRY + END);
        for (key, slot) in &self.index {
            index.extend(key);
            index.extend(slot.offset.to_le_bytes());
            index.extend(slot.length.to_le_bytes());
            index.extend(slot.hash);
        }
        index.extend(recipe);
        index.extend(self.length.to_le_bytes());
        let hash = blake3::hash(&index);
        index.extend(&hash.as_bytes()[..HASH]);
        self.spool.write(&index)?;
        self.spool.publish(path)
    }
}

/// The index of a pack; `None` when it is damaged, or from another compiler or other options.
fn read_index(file: &File, recipe: &[u8; 32]) -> Option<HashMap<FunctionKey, Slot>> {
    let size = file.metadata().ok()?.len();
    let mut end = [0; END];
    file.read_exact_at(&mut end, size.checked_sub(END as u64)?).ok()?;
    let (its_recipe, rest) = end.split_first_chunk::<32>()?;
    let start = u64::from_le_bytes(*rest.first_chunk()?);
    if its_recipe != recipe || start > size {
        return None;
    }
    let mut index = vec![0; usize::try_from(size - start).ok()?];
    file.read_exact_at(&mut index, start).ok()?;
    let (contents, hash) = index.split_last_chunk::<HASH>()?;
    if blake3::hash(contents).as_bytes()[..HASH] != hash[..] {
        return None;
    }
    let slots = contents.get(..contents.len().checked_sub(END - HASH)?)?.chunks_exact(INDEX_ENTRY);
    slots
        .map(|slot| read_slot(slot).filter(|(_, slot)| slot.offset.saturating_add(slot.length.into()) <= start))
        .collect()
}

fn read_slot(bytes: &[u8]) -> Option<(FunctionKey, Slot)> {
    let (key, rest) = bytes.split_first_chunk()?;
    let (offset, rest) = rest.split_first_chunk()?;
    let (length, hash) = rest.split_first_chunk()?;
    let (offset, length) = (u64::from_le_bytes(*offset), u32::from_le_bytes(*length));
    Some((*key, Slot { offset, length, hash: *hash.first_chunk()? }))
}

/// The function in `slot`; `None` when it is not what was written there.
fn read(file: &File, key: &FunctionKey, slot: &Slot) -> Option<Vec<u8>> {
    let mut bytes = vec![0; slot.length as usize];
    file.read_exact_at(&mut bytes, slot.offset).ok()?;
    (hash_of(key, &bytes) == slot.hash).then_some(bytes)
}

fn hash_of(key: &FunctionKey, bytes: &[u8]) -> [u8; HASH] {
    let mut hasher = Hasher::new();
    hasher.update(key);
    hasher.update(bytes);
    let mut hash = [0; HASH];
    hash.copy_from_slice(&hasher.finalize().as_bytes()[..HASH]);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    const RECIPE: [u8; 32] = [7; 32];

    fn key(number: u8) -> FunctionKey {
        [number; 32]
    }

    fn open(path: &Path) -> Pack {
        Pack::open(path.to_owned(), RECIPE)
    }

    /// A directory with a pack of three functions.
    fn three() -> (tempfile::TempDir, PathBuf) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("pack");
        let pack = open(&path);
        for number in 1..=3 {
            assert_eq!(pack.find(&key(number)), None);
            pack.keep(&key(number), &[number; 10]);
        }
        assert!(pack.save().expect("saved"));
        (directory, path)
    }

    #[test]
    fn what_is_kept_is_found_and_what_is_not_used_is_left_out() {
        let (_directory, path) = three();
        let pack = open(&path);
        assert_eq!(pack.find(&key(1)), Some(vec![1; 10]));
        assert_eq!(pack.find(&key(3)), Some(vec![3; 10]));
        pack.keep(&key(4), b"new");
        assert!(pack.save().expect("saved"));

        let pack = open(&path);
        let found = [1, 2, 3, 4].map(|number| pack.find(&key(number)));
        assert_eq!(found, [Some(vec![1; 10]), None, Some(vec![3; 10]), Some(b"new".to_vec())]);
        assert!(!pack.save().expect("nothing to save"), "nothing was new");
    }

    #[test]
    fn another_recipe_finds_nothing() {
        let (_directory, path) = three();
        assert_eq!(Pack::open(path, [8; 32]).find(&key(1)), None);
    }

    #[test]
    fn a_file_that_is_replaced_while_it_is_open_can_still_be_read() {
        let (_directory, path) = three();
        let (first, second) = (open(&path), open(&path));
        for (pack, number) in [(first, 5), (second, 6)] {
            assert_eq!(pack.find(&key(2)), Some(vec![2; 10]));
            pack.keep(&key(number), b"new");
            assert!(pack.save().expect("saved"));
        }
        let pack = open(&path);
        assert_eq!([5, 6].map(|number| pack.find(&key(number))), [None, Some(b"new".to_vec())]);
    }

    #[test]
    fn damage_is_noticed() {
        let (_directory, path) = three();
        let whole = fs::read(&path).expect("the pack");
        let check = |bytes: &[u8]| {
            fs::write(&path, bytes).expect("written");
            let pack = open(&path);
            for number in 1..=3 {
                let found = pack.find(&key(number));
                assert!(found.is_none() || found == Some(vec![number; 10]));
            }
            (1..=3).filter(|number| pack.find(&key(*number)).is_some()).count()
        };
        assert_eq!(check(&whole), 3);
        for length in 0..whole.len() {
            assert_eq!(check(&whole[..length]), 0);
        }
        for position in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[position] ^= 0x10;
            // Those that are as they were are found, unless it is the index that is damaged.
            assert_eq!(check(&damaged), if position < 30 { 2 } else { 0 }, "byte {position}");
        }
    }
}
