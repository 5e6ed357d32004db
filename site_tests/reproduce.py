"""Builds one commit under different conditions, and names every file that differs: `make reproduce`.

What is committed is built, by the Milepost that is installed. Two machines compare by the digests that each writes:

    python site_tests/reproduce.py once plain plain.txt
    python site_tests/reproduce.py once other other.txt
    python site_tests/reproduce.py compare plain.txt other.txt
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

MIDNIGHT, LAST_SECOND = 0, 24 * 60 * 60 - 1
YEARS_LATER = 10 * 365 * 24 * 60 * 60
"""Seconds, as the moments of a day are."""
OWN_SETTINGS = {
    ".gitconfig": """\
        [log]
            showSignature = true
            date = relative
        [core]
            quotePath = false
            abbrev = 4
        [color]
            ui = always
        [format]
            pretty = fuller
        [clone]
            defaultRemoteName = upstream
        """,
    ".config/matplotlib/matplotlibrc": """\
        font.weight: bold
        axes.facecolor: yellow
        lines.linewidth: 7
        path.simplify_threshold: 1.0
        svg.image_inline: False
        """,
}
"""What people set for themselves: of the programs that a build calls, none may let it reach a byte."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Where, when and by whom a commit is built; none of it may reach a byte.

    folder: the project's. moment: SOURCE_DATE_EPOCH, in seconds since the day began as of which the site is judged.
    says_day: the arguments that name that day besides. written: when the files were, in seconds since 1970; where that
    is odd they are written in the order of their names, else the other way round.
    """

    folder: str
    moment: int
    says_day: tuple[str, ...]
    written: int
    umask: int
    environment: Mapping[str, str]
    settings: Mapping[str, str]
    fonts: tuple[str, ...]


CONDITIONS = {
    "plain": Conditions(
        folder="project",
        moment=MIDNIGHT,
        says_day=(),
        written=1_000_000_001,
        umask=0o022,
        environment={
            "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1",
            "USER": "ada", "LOGNAME": "ada", "GIT_AUTHOR_NAME": "Ada", "GIT_COMMITTER_NAME": "Ada",
        },
        settings={},
        fonts=(),
    ),
    "other": Conditions(
        folder="Ein anderer Ordner, tiefer/größer",
        moment=LAST_SECOND,
        says_day=("--as-of", "{day}"),
        written=1_700_000_000,
        umask=0o077,
        environment={
            "TZ": "Etc/GMT+12", "LC_ALL": "POSIX", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr", "PYTHONHASHSEED": "4242",
            "USER": "grace", "LOGNAME": "grace", "COLUMNS": "40", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
        },
        settings=OWN_SETTINGS,
        fonts=("Arial", "Helvetica", "Segoe UI", "system-ui"),
    ),
}  # fmt: skip


def produce(repository: Path, commit: str, day: date, conditions: Conditions, folder: Path) -> Path:
    """Build the site of `commit` as of `day`, and a snapshot of it as a bag, into `folder`; gives where both stand."""
    project, made, home = folder / conditions.folder, folder / "made", folder / "home"
    home.mkdir(parents=True)
    for name, text in conditions.settings.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    for family in conditions.fonts:
        _install_font(home, family)
    # Who only compares what others wrote needs nothing but Python.
    import yaml  # noqa: PLC0415

    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    environment = {
        **{name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ},
        "HOME": str(home),
        **conditions.environment,
        "SOURCE_DATE_EPOCH": str(midnight + conditions.moment),
    }
    _check_out(repository, commit, project, conditions.written)
    says_day = [word.format(day=day) for word in conditions.says_day]
    approver = yaml.safe_load((project / "data/people.yml").read_text("utf-8"))[0]["id"]

    def milepost(*arguments: str, **changed: str) -> None:
        command = [sys.executable, "-m", "milepost", *arguments, "--project", str(project), *says_day]
        subprocess.run(
            command, cwd=folder, env=environment | changed, umask=conditions.umask, stdout=sys.stderr, check=True
        )

    # Of a site the day is the only thing told by a clock: where it is said, the clock may stand at any other.
    later = {"SOURCE_DATE_EPOCH": str(midnight + YEARS_LATER)} if says_day else {}
    milepost("build", "--site", str(made / "site"), **later)
    milepost(
        "snapshot", "create", "reproduced", "--reason", "To compare.", "--approved-by", approver, "--to", str(made)
    )
    shutil.move(made / "reproduced", made / "bag")
    shutil.copy(project / "data/snapshots.yml", made / "ledger.yml")
    return made


def _check_out(repository: Path, commit: str, project: Path, written: int) -> None:
    """A clone at `commit`, whose files are written at another moment, and in another order, as another one's are."""
    git = ["git", "-c", "advice.detachedHead=false"]
    subprocess.run([*git, "clone", "--quiet", "--no-checkout", str(repository), str(project)], check=True)
    subprocess.run([*git, "-C", str(project), "checkout", "--quiet", "--detach", commit], check=True)
    found = (path for path in project.rglob("*") if ".git" not in path.relative_to(project).parts)
    files = sorted(path for path in found if path.is_file() and not path.is_symlink())
    for path in files if written % 2 else reversed(files):
        content, mode = path.read_bytes(), path.stat().st_mode
        path.unlink()
        path.write_bytes(content)
        path.chmod(mode)
        os.utime(path, (written, written))


def _install_font(home: Path, family: str) -> None:
    """A font that calls itself `family`, and is twice as large as others, among those of one person."""
    import matplotlib as mpl  # noqa: PLC0415  # only who installs a font needs it
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    folder = home / ".local/share/fonts"
    folder.mkdir(parents=True, exist_ok=True)
    font = TTFont(Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSansMono.ttf")
    for record in font["name"].names:
        record.string = record.toUnicode().replace("DejaVu Sans Mono", family)
    font["head"].unitsPerEm //= 2
    font.save(folder / f"{family}.ttf")


def digests_of(folder: Path) -> dict[str, str]:
    """The digest of each file below `folder`, by its name there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def as_text(digests: Mapping[str, str]) -> str:
    """The digests as `sha256sum` writes them."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items())


def read_digests(path: Path) -> dict[str, str]:
    """What `as_text` wrote."""
    lines = (line.split("  ", 1) for line in path.read_text("utf-8").splitlines())
    return {name: digest for digest, name in lines}


def differences(first: Mapping[str, str], second: Mapping[str, str]) -> list[str]:
    """Every file that is not the same in both, with what is wrong with it, by name."""
    return [
        f"{'differs' if name in first and name in second else 'is in one of both only'}: {name}"
        for name in sorted({*first, *second})
        if first.get(name) != second.get(name)
    ]


def day_of(repository: Path, commit: str) -> date:
    """The day on which `commit` was made, in UTC: what its data says is no later."""
    answer = subprocess.run(
        ["git", "-C", str(repository), "log", "-1", "--no-show-signature", "--format=%ct", commit],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return datetime.fromtimestamp(int(answer.stdout), UTC).date()


def once(repository: Path, name: str) -> dict[str, str]:
    """The digests of what HEAD of `repository` gives under the conditions `name`."""
    with TemporaryDirectory(prefix="milepost-") as folder:
        day = day_of(repository, "HEAD")
        return digests_of(produce(repository, "HEAD", day, CONDITIONS[name], Path(folder)))


def tell(first: Mapping[str, str], second: Mapping[str, str]) -> int:
    """Say whether both are the same, file by file; the exit status."""
    found = differences(first, second)
    all_files = len({*first, *second})
    said = f"{len(found)} of {all_files} files differ." if found else f"All {all_files} files are the same."
    sys.stdout.write("".join(f"{line}\n" for line in (*found, said)))
    return 1 if found else 0


def main() -> int:
    """Read what is asked for, and do it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(dest="way", required=True)
    ways.add_parser("twice", help="build HEAD under both conditions, and compare")
    one = ways.add_parser("once", help="build HEAD, and write the digests of its files")
    one.add_argument("conditions", choices=sorted(CONDITIONS))
    one.add_argument("digests", type=Path)
    both = ways.add_parser("compare", help="compare what two machines wrote")
    both.add_argument("first", type=Path)
    both.add_argument("second", type=Path)
    asked = parser.parse_args()
    if asked.way == "compare":
        return tell(read_digests(asked.first), read_digests(asked.second))
    repository = Path(__file__).parent.parent
    if asked.way == "once":
        asked.digests.write_text(as_text(once(repository, asked.conditions)), "utf-8")
        return 0
    return tell(once(repository, "plain"), once(repository, "other"))


if __name__ == "__main__":
    sys.exit(main())
