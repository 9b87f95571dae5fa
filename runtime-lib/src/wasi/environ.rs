//! The environment variables the program was granted, and no others.
//!
//! A grant is `NAME=VALUE`, or `NAME` alone for the value the process has; a name that the process
//! does not have grants nothing. Of several grants of a name the last one counts, so `WASMC_ENV` at
//! start-up wins over what was granted at build time, and both win over the inherited environment.

use core::ffi::CStr;

use super::{Guest, Result, grants, lists};
use crate::environment::{lookup, name};
use crate::sys::process;

/// `NAME=VALUE` for a grant.
fn resolve(grant: &'static [u8]) -> Option<&'static [u8]> {
    if name(grant).is_some() { Some(grant) } else { lookup(grant) }
}

/// Whether a grant, not counting the first `skipped` ones, is about the same name as `variable`.
fn granted_again(variable: &[u8], mut skipped: usize) -> Result<bool> {
    let mut found = false;
    grants::variables(&mut |grant| {
        if skipped > 0 {
            skipped -= 1;
        } else if let Some(later) = resolve(grant) {
            found |= name(later) == name(variable);
        }
        Ok(())
    })?;
    Ok(found)
}

fn each(visit: &mut dyn FnMut(&[u8]) -> Result) -> Result {
    let mut seen = 0;
    grants::variables(&mut |grant| {
        seen += 1;
        match resolve(grant) {
            Some(variable) if !granted_again(variable, seen)? => visit(variable),
            _ => Ok(()),
        }
    })?;
    if grants::whole_environment() {
        for variable in process::environment().map(CStr::to_bytes) {
            let told_to_us = name(variable).is_none_or(grants::is_instruction);
            if !told_to_us && !granted_again(variable, 0)? {
                visit(variable)?;
            }
        }
    }
    Ok(())
}

/// `environ_get`
pub(crate) fn get(guest: Guest, environ: u32, buffer: u32) -> Result {
    lists::get(guest, each, environ, buffer)
}

/// `environ_sizes_get`
pub(crate) fn sizes(guest: Guest, count: u32, size: u32) -> Result {
    lists::sizes(guest, each, count, size)
}
