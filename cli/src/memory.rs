//! How much memory this process has used at most, according to the kernel.

use std::fs;

/// The largest resident size in bytes since the process began or [`reset_peak`] last succeeded.
pub(crate) fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Makes the peak start anew from what is resident now. Some containers do not allow it.
pub(crate) fn reset_peak() -> bool {
    // 5 is the request to reset the peak: proc(5), "clear_refs".
    fs::write("/proc/self/clear_refs", "5").is_ok()
}
