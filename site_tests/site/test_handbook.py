"""Every block of code in the handbook and the README is true: commands run, data is read, output is what is printed.

A page is walked from top to bottom in a folder of its own. `yaml` is written to the file that the sentence before it
names, and must have the form of that file; “Change `a` to `b`” changes it; `console` is run; `text` is what the last
command printed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from commands import SHORT
from conftest import BASE_FILES, FIVE, PROJECT, TODAY, milepost, write_files, write_project
from milepost.check.run import check_project
from milepost.cli.commands.examples import EXAMPLES
from milepost.cli.reference import command_facts
from milepost.data.loader import load
from short_handbook import shorten_new_navigation

HANDBOOK = PROJECT / "content/handbook"
PAGES = [*sorted(HANDBOOK.glob("*.md")), PROJECT / "README.md"]
FENCE = re.compile(
    r"^(?P<indent> *)(?P<mark>```+|~~~+)(?P<language>[^\n]*)\n(?P<text>.*?)^(?P=indent)(?P=mark)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
NAMED_FILE = re.compile(r"`(?P<name>[^`\s]+\.ya?ml)`")
CHANGE = re.compile(r"\bChange `(?P<old>[^`]+)` to `(?P<new>[^`]+)`")
PLAIN = re.compile(r"milepost [^\n|&;<>$`*]*")
"""A line that is one call of the command, which needs no shell."""
EPOCH = "1795305600"
"""2026-11-22, the day of the other tests."""

SHORT_PROGRAM = f"""\
{SHORT}
from pathlib import Path
from short_handbook import shorten_new_navigation

try:
    main(prog_name="milepost")
finally:
    if sys.argv[1] == "init":
        shorten_new_navigation(Path(sys.argv[2], "mkdocs.yml"))
"""
"""The command with a short handbook, also in the navigation of a new portal."""

NOT_RUN = {
    "make site    # makes .venv from the lock, checks data/, builds site/, and says how to open it": (
        "it fetches packages from the network; the gate runs it"
    ),
    "make test    # lint, types, layers and all tests; those of the browser where Chromium, npm and Java are found": (
        "it runs these very tests"
    ),
    "milepost snapshot cite fixnado/T1A": "there is no snapshot yet; the page on citing runs it",
    "milepost snapshot cite fixnado/M1 --format bibtex": "there is no snapshot yet; the page on citing runs its like",
    'pip install "milepost @ git+https://code.example/milepost/portal"': (
        "it fetches from the network; the tests of the wheel install what stands here"
    ),
    "milepost serve": "it serves until it is stopped; the tests of the site look at it",
    "milepost serve --address 127.0.0.1:8080": "it serves until it is stopped; the tests of the site look at it",
}
"""Lines that are not run, each with its reason."""
ELSEWHERE = {"audit.md": "the tests of snapshots run its blocks, each where its words say"}
"""Pages whose blocks another test runs, each with its reason."""
EXTRACTS = {"README.md": "it shows the first of the findings alone"}
"""Pages whose output is a part of what is printed, each with its reason."""
BEGUN = "milepost snapshot create 2025-10-21 --reason 'Report to the board' --approved-by programme-manager"


@dataclass(frozen=True)
class Block:
    """A block of code, its language, the words between it and the block before, and its first line's number."""

    language: str
    text: str
    before: str
    line: int


def blocks(path: Path) -> Iterator[Block]:
    source, end = path.read_text("utf-8"), 0
    for found in FENCE.finditer(source):
        yield Block(
            language=found["language"].strip(),
            text=dedent(found["text"]),
            before=source[end : found.start()],
            line=source.count("\n", 0, found.start()) + 1,
        )
        end = found.end()


@pytest.fixture(scope="module")
def shell_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment with the command `milepost`, a day, and an author for git.

    What it builds has a short handbook; other tests build the whole one.
    """
    programs = tmp_path_factory.mktemp("programs")
    program, code = programs / "milepost", programs / "short.py"
    code.write_text(SHORT_PROGRAM, "utf-8")
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{code}" "$@"\n', "utf-8")
    program.chmod(0o755)
    names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    own = {"PATH": f"{programs}:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(PROJECT / "hooks")}
    return {**os.environ, **names, **own}


@dataclass
class Walk:
    """A reader who does what a page says."""

    folder: Path
    environment: dict[str, str]
    output: str = ""
    file: Path | None = None
    is_changed: bool = False

    def run(self, commands: str) -> None:
        """Run the lines of a block; one that fails ends it, unless it is the check, whose findings are told."""
        words = shlex.split(commands, comments=True) if PLAIN.fullmatch(commands.strip()) else []
        if words[:1] == ["milepost"]:
            done = milepost(*words[1:], folder=self.folder, environment=self.environment, handbook=False)
            if words[1] == "init":
                shorten_new_navigation(self.folder / words[2] / "mkdocs.yml")
            self.judge(commands, done)
            return
        place = self.folder.parent / "place"
        script = f"cd '{self.folder}'\n{commands}\nstatus=$?\npwd > '{place}'\nexit $status\n"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"set -e\n{script}"],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        self.judge(commands, done)
        if place.exists():
            self.folder = Path(place.read_text("utf-8").strip())

    def judge(self, commands: str, done: subprocess.CompletedProcess[str]) -> None:
        self.output = done.stdout + done.stderr
        is_told = commands.startswith("milepost check") and done.returncode == 1
        assert done.returncode == 0 or is_told, f"{commands}\n{self.output}"

    def write(self, block: Block) -> None:
        names = NAMED_FILE.findall(block.before.rstrip().split("\n\n")[-1])
        assert names, "name the file in the paragraph before the block"
        name = names[-1].replace("<programme>", "demo")
        if name == ".pre-commit-config.yaml":
            hooks = {hook["id"] for hook in yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
            assert {hook["id"] for entry in yaml.safe_load(block.text)["repos"] for hook in entry["hooks"]} <= hooks
            return
        assert name.startswith("data/"), f"the test does not know what {name} holds"
        self.file = self.folder / name
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(block.text, "utf-8")
        self.is_changed = False
        assert [str(found) for found in load(self.folder).diagnostics if found.path == name] == []

    def change(self, words: str) -> None:
        for found in CHANGE.finditer(words):
            assert self.file is not None, "there is no file yet to change"
            text = self.file.read_text("utf-8")
            assert found["old"] in text, f"there is no {found['old']} to change"
            self.file.write_text(text.replace(found["old"], found["new"], 1), "utf-8")
            self.is_changed = True
            self.run("milepost check || true")


def demo(folder: Path, _: dict[str, str]) -> None:
    """A small project in git."""
    write_files(folder, BASE_FILES)
    Walk(folder, _).run("git init --quiet && git add --all && git commit --quiet --message Begin")


def nothing(folder: Path, _: dict[str, str]) -> None:
    folder.mkdir(parents=True)


def frozen(folder: Path, environment: dict[str, str]) -> None:
    """The project's own data, with a snapshot."""
    write_project(folder, {})
    shutil.copytree(FIVE, folder, dirs_exist_ok=True)
    shutil.copy(PROJECT / ".gitignore", folder)
    Walk(folder, environment).run(
        f"git init --quiet && git add --all && git commit --quiet --message Begin && {BEGUN}"
        " && git add --all && git commit --quiet --message Record"
    )


STARTS = {"add-a-programme.md": nothing, "your-own.md": nothing, "cite.md": frozen}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in ELSEWHERE], ids=lambda path: path.name)
def test_every_block_is_true(page: Path, tmp_path: Path, shell_environment: dict[str, str]) -> None:
    found = list(blocks(page))
    if not found:
        assert "```" not in page.read_text("utf-8")
        return
    walk = Walk(tmp_path / "folder", shell_environment)
    STARTS.get(page.name, demo)(walk.folder, shell_environment)
    for block in found:
        place = f"{page.name}:{block.line}"
        walk.change(block.before)
        if block.language == "console":
            is_left_out = NOT_RUN if page.name != "cite.md" else ()
            lines = "\n".join(line for line in block.text.splitlines() if line not in is_left_out)
            if lines:
                walk.run(lines)
        elif block.language == "yaml":
            walk.write(block)
        elif block.language == "text":
            printed, told = walk.output.strip().splitlines(), block.text.strip().splitlines()
            if page.name in EXTRACTS:
                assert [line for line in told if line not in printed] == [], place
            else:
                assert told == printed, place
        else:
            pytest.fail(f"{place}: the test does not know the language {block.language!r}")
    if walk.file is not None and not walk.is_changed:
        assert [str(entry) for entry in check_project(walk.folder, TODAY).diagnostics] == []


def test_what_is_not_run_stands_in_the_handbook() -> None:
    lines = {line for page in PAGES for block in blocks(page) for line in block.text.splitlines()}
    examples = {example for several in EXAMPLES.values() for example in several}
    assert sorted(NOT_RUN.keys() - lines - examples) == []


# The reference of the commands


def test_every_command_has_an_example_and_every_example_a_command() -> None:
    facts = {command.name: command for command in command_facts()}
    assert [f"add an example of {name} to commands/examples.py" for name in facts if not facts[name].examples] == []
    assert sorted(EXAMPLES.keys() - facts.keys()) == []
    for name, examples in EXAMPLES.items():
        assert [example for example in examples if not example.startswith(f"milepost {name}")] == []


def test_every_option_says_what_it_is_for() -> None:
    facts = [(command.name, option) for command in command_facts() for option in command.options]
    assert [f"{name} {option.written}" for name, option in facts if not option.meaning] == []


# The commands themselves are tested one by one; what the handbook walks through runs in the quick suite too.
@pytest.mark.thorough
def test_every_example_of_a_command_runs(tmp_path: Path, shell_environment: dict[str, str]) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    walk = Walk(folder, shell_environment)
    walk.run(
        "milepost init . && git init --quiet && git add --all && git commit --quiet --message Begin"
        " && sed -i 's/progress: 20/progress: 40/' data/programmes/*/tasks.yml"
        " && sed -i 's/progress: 60/progress: 70/' data/programmes/*/tasks.yml"
        " && sed -i 's/2026-11-22, text/2026-11-21, text/' data/programmes/*/tasks.yml"
        " && git add --all && git commit --quiet --message Change"
    )
    for command in command_facts():
        for example in command.examples:
            if example not in NOT_RUN:
                # A snapshot is made of what is committed; a new portal wants a place of its own.
                walk.run("git add --all && git commit --quiet --allow-empty --message Next")
                walk.run(f"(cd .. && rm -rf portal && {example})" if command.name == "init" else example)
