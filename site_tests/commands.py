"""How tests run the command: in this process, as a rule, and as a process of its own where that is what is tested."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, nullcontext, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from milepost.cli.main import main
from short_handbook import short_handbook

Done = subprocess.CompletedProcess[str]


def milepost(
    *arguments: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    handbook: bool = True,
    encoding: str = "utf-8",
) -> Done:
    """What the command does in `folder`, run in this process; an exception that it lets pass is raised here.

    environment: all that it finds there; else what the tests have. handbook: whether a site has the whole handbook, or
    a few lines of it. encoding: of the terminal. What takes effect only when a process begins, such as a locale, a time
    zone or a hash seed, needs `milepost_process`.
    """
    output, errors = _stream(encoding), _stream(encoding)
    status: int | str | None = 0
    with (
        nullcontext() if handbook else short_handbook(),
        _as_if_started(folder, environment),
        redirect_stdout(output),
        redirect_stderr(errors),
    ):
        try:
            main(list(arguments), prog_name="milepost")
        except SystemExit as ended:
            status = ended.code
    code = status if isinstance(status, int) else int(status is not None)
    return subprocess.CompletedProcess(arguments, code, _text_of(output), _text_of(errors))


SHORT = f"""\
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pytest import MonkeyPatch
from short_handbook import shorten_handbook
from milepost.cli.main import main
shorten_handbook(MonkeyPatch())
"""
"""What a program begins with in which the handbook has a few lines."""


def milepost_process(
    *arguments: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    handbook: bool = True,
) -> Done:
    """The same in a process of its own."""
    program = ["-m", "milepost"] if handbook else ["-c", f"{SHORT}main()"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def _as_if_started(folder: Path, environment: Mapping[str, str] | None) -> Iterator[None]:
    """In a folder and an environment, with the interpreter as it was before once it is over."""
    environment_before, path_before = dict(os.environ), list(sys.path)
    with chdir(folder):
        try:
            if environment is not None:
                _set_environment(environment)
            yield
        finally:
            _set_environment(environment_before)
            sys.path[:] = path_before


def _set_environment(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    os.environ.update(environment)


def _stream(encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(), encoding=encoding, newline="\n")


def _text_of(stream: TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue().decode(stream.encoding)
