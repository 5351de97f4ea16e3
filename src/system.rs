//! What only the operating system can do or tell: exchange two folders, know a remote disk, measure a terminal.

use std::io;
use std::path::Path;

/// Exchanges two folders in a single step; `Unsupported` where the system or the disk cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn exchange(left: &Path, right: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, left, CWD, right, RenameFlags::EXCHANGE).map_err(|error| {
        let old = matches!(error, rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP);
        if old { io::ErrorKind::Unsupported.into() } else { error.into() }
    })
}

/// Exchanges two folders in a single step; `Unsupported` where the system or the disk cannot.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn exchange(_left: &Path, _right: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Returns whether a disk belongs to another machine, whose changes the system does not tell.
#[cfg(target_os = "linux")]
pub fn is_remote(path: &Path) -> bool {
    // NFS, SMB, CIFS, SMB2, 9P (Windows disks under WSL), AFS, Coda.
    const REMOTE: [u32; 7] = [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x5346_414F, 0x7375_7245];
    rustix::fs::statfs(path).is_ok_and(|disk| REMOTE.contains(&(disk.f_type as u32)))
}

/// Returns whether a disk belongs to another machine, whose changes the system does not tell.
#[cfg(not(target_os = "linux"))]
pub fn is_remote(_path: &Path) -> bool {
    false
}

/// Returns how many characters a line of the terminal of the standard error holds, if it is a terminal.
#[cfg(unix)]
pub fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stderr()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

/// Returns how many characters a line of the terminal of the standard error holds, if it is a terminal.
#[cfg(not(unix))]
pub fn terminal_width() -> Option<usize> {
    None
}
