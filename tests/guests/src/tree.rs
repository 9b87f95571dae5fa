//! A small file tree in memory: what a run finds when it starts, and what it leaves behind.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::Path;

/// What lies at a path. Times and permissions are left out: they differ from run to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A regular file and its contents.
    File(Vec<u8>),
    /// A directory; what it contains has entries of its own.
    Directory,
    /// A symbolic link and its target, which need not exist.
    Link(String),
}

/// Nodes by their path, relative to a root and separated by `/`. Sorted, so a directory comes before its contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree(BTreeMap<String, Node>);

impl Tree {
    /// Returns an empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. The directories on the way to it are implied.
    #[must_use]
    pub fn file(mut self, path: &str, contents: impl Into<Vec<u8>>) -> Self {
        self.insert(path, Node::File(contents.into()));
        self
    }

    /// Adds a directory.
    #[must_use]
    pub fn directory(mut self, path: &str) -> Self {
        self.insert(path, Node::Directory);
        self
    }

    /// Adds a symbolic link.
    #[must_use]
    pub fn link(mut self, path: &str, target: &str) -> Self {
        self.insert(path, Node::Link(target.to_owned()));
        self
    }

    fn insert(&mut self, path: &str, node: Node) {
        for (slash, _) in path.match_indices('/') {
            self.0.entry(path[..slash].to_owned()).or_insert(Node::Directory);
        }
        self.0.insert(path.to_owned(), node);
    }

    /// The nodes and their paths, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.iter().map(|(path, node)| (path.as_str(), node))
    }

    /// The node at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Node> {
        self.0.get(path)
    }

    /// Makes the folder `root` hold this tree and nothing else. Whatever was in it is deleted.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn write(&self, root: &Path) -> io::Result<()> {
        match fs::remove_dir_all(root) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(root)?,
        }
        for (path, node) in self.iter() {
            let path = root.join(path);
            match node {
                Node::File(contents) => fs::write(path, contents)?,
                Node::Directory => fs::create_dir(path)?,
                Node::Link(target) => symlink(target, path)?,
            }
        }
        Ok(())
    }

    /// Reads the tree that the folder `root` holds, without following links.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut tree = Self::new();
        tree.read_into(root, "")?;
        Ok(tree)
    }

    fn read_into(&mut self, folder: &Path, prefix: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type()?;
            let node = if kind.is_dir() {
                self.read_into(&entry.path(), &format!("{path}/"))?;
                Node::Directory
            } else if kind.is_symlink() {
                Node::Link(fs::read_link(entry.path())?.to_string_lossy().into_owned())
            } else {
                Node::File(fs::read(entry.path())?)
            };
            self.0.insert(path, node);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Tree};

    #[test]
    fn what_is_written_is_read() {
        let root = std::env::temp_dir().join(format!("guest-tree-{}", std::process::id()));
        let tree =
            Tree::new().file("a/b/c.txt", "text").directory("empty").link("link", "../outside").file("z", [0, 255]);
        assert_eq!(tree.get("a/b"), Some(&Node::Directory));
        tree.write(&root).expect("a temporary folder can be written");
        assert_eq!(Tree::read(&root).expect("it can be read"), tree);
        // Nothing of what was there before is left.
        Tree::new().write(&root).expect("it can be written again");
        assert_eq!(Tree::read(&root).expect("it can be read"), Tree::new());
        std::fs::remove_dir(&root).expect("it is empty");
    }
}
