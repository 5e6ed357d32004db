"""Puts a new folder in the place of an old one, when it is whole and not before.

The new one is made beside the old one. Whatever stops it half way leaves the old one as it was; what a killed run left
behind is cleared, or put back, by the next.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path


def replace_folder(folder: Path, make: Callable[[Path], None]) -> None:
    """Let `make` fill a new folder, then put it in the place of `folder`. What `make` raises, this raises."""
    fresh, old = folder.with_name(f".{folder.name}.new"), folder.with_name(f".{folder.name}.old")
    recover(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        make(fresh)
        if folder.exists():
            Path(folder).replace(old)
        Path(fresh).replace(folder)
    except BaseException:
        recover(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back the old folder where a run was stopped between taking it away and putting the new one in its place."""
    old = folder.with_name(f".{folder.name}.old")
    if old.exists() and not folder.exists():
        Path(old).replace(folder)
    shutil.rmtree(old, ignore_errors=True)
