"""What is made once for all processes that tests run in: whoever needs it first makes it, and the others wait."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(name: str, factory: pytest.TempPathFactory, make: Callable[[Path], object]) -> Path:
    """A folder `name` that `make` has filled, for tests that only read it."""
    own = factory.getbasetemp()
    # A worker of xdist has a folder of its own within that of the whole run.
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, lock = shared / f"shared-{name}", shared / f"shared-{name}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = shared / f"shared-{name}.done"
        if not done.exists():
            # What a worker that failed half way has left.
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
