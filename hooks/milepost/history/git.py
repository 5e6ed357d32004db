"""Git: the revisions of the data, and the files of a revision. The work tree is never touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path, PurePosixPath
from types import MappingProxyType

DATA_FOLDER = "data"
REGULAR_FILES = frozenset({"100644", "100755"})
"""The modes of the files that are read; a symbolic link is skipped, as it could lead anywhere."""
# What git exports to the hooks that it runs would point at another repository than the one asked about.
INHERITED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
# Settings of the user that would change the output, or its encoding.
SETTINGS = (
    "log.showSignature=false",
    "log.follow=false",
    "color.ui=false",
    "core.quotePath=false",
    "i18n.logOutputEncoding=UTF-8",
)
SHORT = 12
"""How many digits of the name of a commit are shown."""
COMPLAINTS = ("fatal: ", "error: ")
"""How the line begins in which git gives its error; others before it may be warnings."""


class RevisionError(Exception):
    """Git could not answer; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, by its full name, and the day on which it was written (author date, UTC)."""

    commit: str
    day: date


def revision(project: Path, name: str) -> Revision:
    """The commit that `name` resolves to in the repository of `project`; raises RevisionError where there is none."""
    found = ask_git(project, "log", "-1", "--format=%H %at", "--end-of-options", f"{name}^{{commit}}", "--").split()
    if len(found) != 2:  # noqa: PLR2004  # a name and a time
        raise RevisionError(f"{name} names no commit")
    return Revision(found[0], _day(found[1]))


def daily_revisions(project: Path) -> tuple[Revision, ...]:
    """The last commit of each day on which the data changed on the way to HEAD, oldest first.

    A day is never earlier than the one before it, whatever the clocks of those who committed said: so a new commit
    moves no earlier one. Empty where the project has no commit; raises RevisionError where git cannot be asked.
    """
    if not ask_git(project, "rev-list", "--max-count=1", "--all").strip():
        return ()
    listing = ask_git(project, "log", "--first-parent", "--reverse", "--format=%H %at", "HEAD", "--", DATA_FOLDER)
    found: list[Revision] = []
    for line in listing.splitlines():
        commit, seconds = line.split()
        day = _day(seconds)
        found.append(Revision(commit, max(day, found[-1].day) if found else day))
    return tuple(list(same)[-1] for _, same in groupby(found, key=lambda entry: entry.day))


def revisions_of(project: Path, name: str) -> tuple[str, ...]:
    """The commits on the way to HEAD, by first parents, that changed the file `name` of `project`, oldest first.

    Raises RevisionError where git cannot be asked, or there is no commit.
    """
    return tuple(ask_git(project, "rev-list", "--first-parent", "--reverse", "HEAD", "--", name).split())


def parents_of(project: Path) -> tuple[str, ...]:
    """The commit that is HEAD, and after it those that it comes of; raises RevisionError where there is none."""
    return tuple(ask_git(project, "rev-list", "--parents", "--max-count=1", "HEAD", "--").split())


@dataclass(frozen=True, slots=True)
class Apart:
    """Commits that are not part of a history, by their full names: those that the repository has, and the others."""

    at_hand: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()


def apart_from_history(project: Path, commits: Sequence[str]) -> Apart:
    """Those of `commits` that are not part of the history of HEAD; none where the repository is shallow.

    Raises RevisionError where git cannot be asked, or there is no commit.
    """
    if not commits or is_shallow(project):
        return Apart()
    asked = "".join(f"{commit}\n" for commit in commits)
    kinds = _run(project, ["cat-file", "--batch-check"], asked.encode()).decode().splitlines()
    here = [line.split()[0] for line in kinds if line.split()[1] == "commit"]
    beside = frozenset(ask_git(project, "rev-list", *here, "^HEAD", "--").split()) if here else frozenset()
    return Apart(beside & frozenset(here), frozenset(commits) - frozenset(here))


def is_in_history(project: Path, commit: str) -> bool:
    """Whether HEAD comes of `commit`, or is it; raises RevisionError where there is no such commit."""
    return not ask_git(project, "rev-list", "--max-count=1", commit, "^HEAD", "--").strip()


def is_shallow(project: Path) -> bool:
    """Whether the repository is shallow; raises RevisionError where there is none."""
    return ask_git(project, "rev-parse", "--is-shallow-repository").strip() == "true"


def contents_at(project: Path, name: str, commits: Sequence[str]) -> tuple[bytes | None, ...]:
    """The file `name` of `project` at each of `commits`; None where there is no such commit, or no such plain file.

    Raises RevisionError where git cannot be asked.
    """
    return tuple(_contents(project, [f"{commit}:./{name}" for commit in commits]))


def write_data(project: Path, commit: str, target: Path) -> None:
    """Write the data folder of `project` as it was at `commit` into the folder `target`."""
    write_folder(project, commit, DATA_FOLDER, target)


def write_folder(project: Path, commit: str, folder: str, target: Path) -> None:
    """Write every plain file below `folder` of `project` as it was at `commit` to the same place below `target`."""
    listing = ask_git(project, "ls-tree", "-r", "-z", "--end-of-options", commit, f"{folder}/")
    _write_listed(project, listing, target)


def write_tree(project: Path, tree: str, target: Path) -> None:
    """Write every plain file of `tree`, such as a commit or `branch:folder`, into the folder `target`."""
    _write_listed(project, ask_git(project, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", tree), target)


def _write_listed(project: Path, listing: str, target: Path) -> None:
    files = list(_listed(listing))
    contents = _contents(project, [blob for _, blob in files])
    for (name, _), content in zip(files, contents, strict=True):
        if content is None:
            raise RevisionError(f"this copy of the repository lacks the content of {name}")
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _listed(listing: str) -> Iterator[tuple[str, str]]:
    """The name and the blob of each plain file that `git ls-tree -z` lists."""
    for entry in listing.split("\0"):
        facts, _, name = entry.partition("\t")
        if facts and facts.split()[0] in REGULAR_FILES and _stays_inside(name):
            yield name, facts.split()[2]


def _stays_inside(name: str) -> bool:
    # A crafted tree can hold names that a checkout would refuse.
    path = PurePosixPath(name)
    return not path.is_absolute() and not {"..", ".git"} & {part.lower() for part in path.parts}


def _contents(project: Path, names: Sequence[str]) -> Iterator[bytes | None]:
    """The content of each file that `names` gives git, in their order; None where there is none, or it is no file."""
    answer = _run(project, ["cat-file", "--batch"], "".join(f"{name}\n" for name in names).encode())
    place = 0
    for _ in names:
        end = answer.index(b"\n", place)
        facts, place = answer[place:end], end + 1
        if facts.endswith(b" missing"):
            yield None
            continue
        _, kind, size = facts.split()
        yield answer[place : place + int(size)] if kind == b"blob" else None
        place += int(size) + 1


def _day(seconds: str) -> date:
    return datetime.fromtimestamp(int(seconds), UTC).date()


def ask_git(
    project: Path, *arguments: str, question: bytes = b"", environment: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What git answers to `arguments` in the repository of `project`; raises RevisionError where it fails.

    question: what it reads from its input. environment: variables that it is given beside those of this process.
    """
    return _run(project, list(arguments), question, environment).decode("utf-8", "surrogateescape")


def _run(
    project: Path, arguments: list[str], question: bytes, given: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in INHERITED}
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    try:
        # Git is found on the path, as for anyone who calls it.
        answer = subprocess.run(  # noqa: S603
            ["git", "-C", str(project), "--no-optional-locks", *settings, *arguments],  # noqa: S607
            input=question,
            capture_output=True,
            check=True,
            env=environment | {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1"} | dict(given),
        )
    except FileNotFoundError as error:
        raise RevisionError("git is not installed") from error
    except subprocess.CalledProcessError as error:
        raise RevisionError(f"git says: {_complaint(error.stderr.decode('utf-8', 'replace'))}") from error
    return answer.stdout


def _complaint(output: str) -> str:
    """The line in which git gives its error, of what it wrote to standard error."""
    lines = output.strip().split("\n")
    found = next((line for line in lines if line.startswith(COMPLAINTS)), lines[0])
    return found.removeprefix("fatal: ").removeprefix("error: ") or "it gives no reason"
