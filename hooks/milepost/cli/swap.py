"""Puts a new folder in the place of an old one, when it is whole and not before.

The new one is made beside the old one, as `.NAME.new`, and the two are then exchanged in one step: whatever stops it,
and whenever, `NAME` is the old folder or the new one, and whole. Linux and macOS can exchange two folders in one step,
on most file systems. Where that cannot be done the old one is set aside as `.NAME.old` first; a run that is killed
between these two renames leaves no folder, and the next run begins with putting it back.

One run at a time works on a folder; a lock file `.NAME.lock` says so, as long as it is held. A killed run holds none.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

HERE = -100
"""`AT_FDCWD` of Linux's <fcntl.h>: a path is taken as other system calls take it."""
EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux's <linux/fs.h>, and `RENAME_SWAP` of macOS's <sys/stdio.h>."""
CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.EPERM})
"""What says that the system, or this file system, cannot exchange two folders."""


class BusyError(Exception):
    """Another run is at work on the folder."""


def replace_folder(folder: Path, make: Callable[[Path], None]) -> None:
    """Let `make` fill a new folder, then put it in the place of `folder`. What `make` raises, this raises.

    Raises BusyError where another run is doing the same.
    """
    with _alone(folder):
        _clear_up(folder)
        fresh = _beside(folder, "new")
        try:
            make(fresh)
            _put_in_place(fresh, folder)
        finally:
            try:
                _clear_up(folder)
            except KeyboardInterrupt:
                _clear_up(folder)
                raise


def recover(folder: Path) -> None:
    """Clear what a killed run left beside `folder`, and put the old folder back where it had been set aside.

    Raises BusyError where a run is at work, which is then not a killed one.
    """
    if any(_beside(folder, part).exists() for part in ("new", "old", "lock")):
        with _alone(folder):
            _clear_up(folder)


def _beside(folder: Path, part: str) -> Path:
    return folder.with_name(f".{folder.name}.{part}")


def _clear_up(folder: Path) -> None:
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.replace(folder)
    for left in (old, _beside(folder, "new")):
        shutil.rmtree(left, ignore_errors=True)


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Make `fresh` what `folder` is; the old one, if any, is afterwards at a place that `_clear_up` clears."""
    if folder.exists():
        if _exchanged(fresh, folder):
            return
        folder.replace(_beside(folder, "old"))
    fresh.replace(folder)


def _exchanged(first: Path, second: Path) -> bool:
    """Exchange two folders in one step, and say whether that could be done; raises OSError where it failed."""
    paths = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "linux":
            failed = ctypes.CDLL(None, use_errno=True).renameat2(HERE, paths[0], HERE, paths[1], EXCHANGE)
        elif sys.platform == "darwin":
            failed = ctypes.CDLL(None, use_errno=True).renamex_np(*paths, EXCHANGE)
        else:
            return False
    except AttributeError:
        # A C library that does not know the call.
        return False
    code = ctypes.get_errno()
    if failed and code not in CANNOT:
        raise OSError(code, os.strerror(code), str(first), None, str(second))
    return not failed


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of `folder`; the system lets go of it when the process ends, however it ends.

    Windows has no such lock: there, two runs at once are left to fail at each other's files.
    """
    if sys.platform == "win32":
        yield
        return
    path = _beside(folder, "lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = None
    while descriptor is None:
        descriptor = _locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path) -> int | None:
    """A descriptor that holds the lock file at `path`; None where its last holder removed it meanwhile."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except FileNotFoundError:
        pass
    except BlockingIOError:
        os.close(descriptor)
        raise BusyError("Another build is at work on this folder.") from None
    os.close(descriptor)
    return None
