"""The workflows: which job may do what, and what the one that posts a stranger's words does with them."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import BASE_FILES, HOSTILE_FILES, PROJECT, SmallProject, write_files
from milepost.check.run import check_project
from milepost.data.records import scalars
from milepost.exports import difference_as_markdown
from milepost.model.events import events_from_data
from milepost.report import Report
from reproduce import CONDITIONS

FOLDER = PROJECT / ".github/workflows"
WORKFLOWS: Mapping[str, Any] = {
    path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in sorted(FOLDER.glob("*.yml"))
}
JOBS = {(name, job): WORKFLOWS[name]["jobs"][job] for name in WORKFLOWS for job in WORKFLOWS[name]["jobs"]}
PINNED = re.compile(r"[\w-]+/[\w/-]+@[0-9a-f]{40}")
EXPRESSION = "${{"


def permissions(name: str, job: str) -> dict[str, str]:
    found: dict[str, str] = JOBS[name, job].get("permissions", WORKFLOWS[name]["permissions"])
    return found


def step_of(name: str, job: str, words: str) -> dict[str, Any]:
    """The one step of a job that holds some words."""
    (found,) = [step for step in JOBS[name, job]["steps"] if words in json.dumps(step)]
    return dict(found)


class TestRights:
    def test_each_job_has_these_rights_and_no_other(self) -> None:
        """Whoever adds a right thinks about it twice."""
        assert {f"{name}.{job}": permissions(name, job) for name, job in JOBS} == {
            "check.data": {"contents": "read"},
            "check.difference": {"contents": "read"},
            "check.site": {"contents": "read"},
            "comment.comment": {"actions": "read", "pull-requests": "write"},
            "nightly.all": {"contents": "read"},
            "nightly.lowest": {"contents": "read"},
            "publish.attest": {"attestations": "write", "id-token": "write"},
            "publish.build": {"contents": "read", "pages": "read"},
            "publish.deploy": {"pages": "write", "id-token": "write"},
            "reproduce.build": {"contents": "read"},
            "reproduce.compare": {"contents": "read"},
        }

    def test_a_strangers_change_runs_where_nothing_can_be_written_and_nothing_is_secret(self) -> None:
        triggers = {name: list(workflow["on"]) for name, workflow in WORKFLOWS.items()}
        assert triggers == {
            "check": ["pull_request"],
            "comment": ["workflow_run"],
            "nightly": ["schedule", "workflow_dispatch"],
            "publish": ["push", "workflow_dispatch"],
            "reproduce": ["pull_request", "push"],
        }
        for name in ("check", "reproduce"):
            assert "secrets" not in (FOLDER / f"{name}.yml").read_text("utf-8")
        assert WORKFLOWS["comment"]["on"]["workflow_run"]["workflows"] == [WORKFLOWS["check"]["name"]]

    @pytest.mark.parametrize(("name", "job"), [key for key in JOBS if "write" in permissions(*key).values()])
    def test_a_job_that_may_write_runs_nothing_of_the_repository(self, name: str, job: str) -> None:
        steps = JOBS[name, job]["steps"]
        assert [step for step in steps if "checkout" in step.get("uses", "")] == []
        runs = "".join(step.get("run", "") for step in steps)
        assert not re.search(r"\b(eval|exec|system|make|milepost (?!difference|diff))\b|\./|extract", runs)

    def test_every_action_is_held_to_a_commit(self) -> None:
        used = [step["uses"] for job in JOBS.values() for step in job["steps"] if "uses" in step]
        assert [action for action in used if not PINNED.fullmatch(action)] == []

    def test_no_expression_becomes_a_part_of_a_command(self) -> None:
        runs = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]
        assert runs
        assert [run for run in runs if EXPRESSION in run] == []

    def test_no_checkout_leaves_a_token_behind(self) -> None:
        checkouts = [
            step for job in JOBS.values() for step in job["steps"] if "actions/checkout" in step.get("uses", "")
        ]
        assert len(checkouts) == 8
        assert [step for step in checkouts if step["with"].get("persist-credentials") != "false"] == []

    def test_what_needs_the_whole_history_fetches_it(self) -> None:
        for name, job in (
            ("publish", "build"), ("check", "data"), ("check", "site"), ("check", "difference"), ("reproduce", "build"),
        ):  # fmt: skip
            assert step_of(name, job, "actions/checkout")["with"]["fetch-depth"] == "0"
        assert step_of("publish", "build", "milepost build")["run"] == ".venv/bin/milepost build --whole-history"


class TestPublishing:
    """What stands between a push and the published site; a test of snapshots runs these steps."""

    def test_every_snapshot_is_proved_and_put_back_before_the_site_is_handed_on(self) -> None:
        steps = [step.get("run", step.get("uses", "")) for step in JOBS["publish", "build"]["steps"]]
        order = ("milepost check", "milepost build", "milepost snapshot restore --site site", "upload-pages-artifact@")
        places = [next(place for place, step in enumerate(steps) if words in step) for words in order]
        assert places == sorted(places)
        # A step that fails ends the job, and the job that deploys needs it.
        assert not any("continue-on-error" in step for step in JOBS["publish", "build"]["steps"])
        assert JOBS["publish", "deploy"]["needs"] == "build"
        assert "if" not in JOBS["publish", "deploy"]

    def test_nothing_is_signed_unless_the_repository_says_so(self) -> None:
        assert step_of("publish", "build", "sha256sum")["if"] == "vars.MILEPOST_ATTEST == 'true'"
        assert JOBS["publish", "build"]["outputs"]["attest"] == "${{ steps.subjects.outputs.attest }}"
        assert JOBS["publish", "attest"]["if"] == "needs.build.outputs.attest == 'true'"
        assert JOBS["publish", "attest"]["needs"] == ["build", "deploy"]

    def test_what_is_signed_is_the_list_of_digests_that_the_build_made(self) -> None:
        signing = step_of("publish", "attest", "attest-build-provenance")
        handed_on = step_of("publish", "build", "if-no-files-found")["with"]
        assert signing["with"] == {"subject-checksums": handed_on["path"]}
        assert step_of("publish", "attest", "download-artifact")["with"]["name"] == handed_on["name"]


class TestReproducing:
    """The workflow calls what anyone can call, and compares two machines."""

    def test_two_machines_build_under_two_conditions_that_are_then_compared(self) -> None:
        machines = JOBS["reproduce", "build"]["strategy"]["matrix"]["include"]
        assert {machine["conditions"] for machine in machines} == set(CONDITIONS)
        assert len({machine["runner"] for machine in machines}) == len(machines) == 2
        files = " ".join(f"{machine['conditions']}.txt" for machine in machines)
        assert step_of("reproduce", "compare", "reproduce.py")["run"].endswith(f"reproduce.py compare {files}")
        assert JOBS["reproduce", "compare"]["needs"] == "build"


class TestWhatIsTested:
    """A change of the data or the pages alone is checked and built; all else is tested as well."""

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Path:
        """A change that has begun, and changed nothing yet."""
        folder = tmp_path / "repository"
        write_files(folder, {**BASE_FILES, "hooks/portal.py": "", "content/handbook/index.md": "# Handbook\n"})
        git_in(folder, "init", "--initial-branch=main")
        git_in(folder, "add", "--all")
        git_in(folder, "commit", "--message=First")
        git_in(folder, "update-ref", "refs/remotes/origin/main", "main")
        git_in(folder, "switch", "--create", "change")
        return folder

    @pytest.mark.parametrize(
        ("names", "is_tested"),
        [
            (["data/people.yml"], False),
            (["data/programmes/demo/tasks.yml", "content/programmes/demo.md", "data/snapshots.yml"], False),
            (["content/index.md"], False),
            (["content/handbook/index.md"], True),
            (["data/schema/tasks.json"], True),
            (["hooks/portal.py"], True),
            (["data/people.yml", "README.md"], True),
            (["site_tests/five/data/people.yml"], True),
            ([".github/workflows/check.yml"], True),
        ],
    )
    def test_what_can_break_a_test_is_tested(self, names: list[str], is_tested: bool, repository: Path) -> None:  # noqa: FBT001  # a part of the case
        write_files(repository, dict.fromkeys(names, "# Changed\n"))
        git_in(repository, "add", "--all")
        git_in(repository, "commit", "--message=Change")
        step = step_of("check", "site", "git merge-base")
        output = repository.parent / "output"
        output.touch()
        own = {"TARGET": "main", "GITHUB_OUTPUT": str(output)}
        subprocess.run(["bash", "-e", "-c", step["run"]], cwd=repository, env=os.environ | own, check=True)
        assert output.read_text("utf-8") == ("tested=true\n" if is_tested else "")
        assert step_of("check", "site", "make test")["if"] == f"steps.{step['id']}.outputs.tested == 'true'"

    def test_whatever_was_changed_is_checked_and_built(self) -> None:
        for job, words in (("data", "milepost check"), ("site", "make site")):
            assert "if" not in step_of("check", job, words)
            assert "if" not in JOBS["check", job]

    def test_all_tests_run_each_night_also_those_that_take_long(self) -> None:
        assert step_of("nightly", "all", "make")["run"] == "make test-all"


def git_in(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "crew" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=folder, env=os.environ | names, check=True, capture_output=True)


TASKS = "data/programmes/demo/tasks.yml"


class TestTheDifference:
    """The step of the job that compares a pull request with its target, run as a runner would."""

    @pytest.fixture
    def repository(self, tmp_path: Path) -> Path:
        """A change merged into its target, which has gone on since the change began."""
        folder = tmp_path / "repository"
        write_files(folder, {**BASE_FILES, TASKS: "- {id: T1, title: Dredge, progress: 10}\n- {id: T2, progress: 5}\n"})
        (folder / ".gitignore").write_text(".venv\ndifference.md\n", "utf-8")
        git = partial(git_in, folder)
        git("init", "--initial-branch=main")
        git("add", "--all")
        git("commit", "--message=First")
        git("switch", "--create", "change")
        write_files(folder, {TASKS: "- {id: T1, title: Dredge, progress: 15}\n- {id: T2, progress: 5}\n"})
        git("commit", "--all", "--message=Change")
        git("switch", "main")
        write_files(folder, {"data/people.yml": "- {id: editor, title: Writer, kind: role}\n"})
        git("commit", "--all", "--message=Target")
        git("update-ref", "refs/remotes/origin/main", "main")
        git("switch", "--detach")
        git("merge", "--no-edit", "change")
        tool = folder / ".venv/bin/milepost"
        tool.parent.mkdir(parents=True)
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m milepost "$@"\n', "utf-8")
        tool.chmod(0o755)
        return folder

    def difference(self, repository: Path) -> str:
        run = step_of("check", "difference", "git merge-base")["run"]
        subprocess.run(["bash", "-e", "-c", run], cwd=repository, env=os.environ | {"TARGET": "main"}, check=True)
        return (repository / "difference.md").read_text("utf-8")

    def test_it_tells_what_merging_would_bring_about_and_nothing_of_the_target(self, repository: Path) -> None:
        made = self.difference(repository)
        assert "T1 moved from 10 % to 15 %." in made
        assert made.endswith("One thing happened.\n")

    def test_data_that_is_not_sound_is_said_to_be_so(self, repository: Path) -> None:
        write_files(repository, {TASKS: "- {id: T1, progres: 15}\n"})
        git_in(repository, "commit", "-qam", "Wrong")
        assert self.difference(repository).startswith("The data before or after this change is not sound")


MEMORY = 200_000_000
"""The bytes that the step that posts may take, all told."""
GH = """\
import json, os, sys
folder = os.environ["FAKE_GITHUB"]
arguments, sent = sys.argv[1:], ""
if "--input" in arguments:
    sent = sys.stdin.read()
with open(f"{folder}/calls.jsonl", "a") as calls:
    calls.write(json.dumps([arguments, sent]) + "\\n")
path = next(argument for argument in arguments if argument.startswith("repos/"))
for name in ("comments", "artifacts?", "zip", "pulls"):
    if name in path and "--input" not in arguments:
        with open(f"{folder}/{name}", "rb") as answer:
            sys.stdout.buffer.write(answer.read())
        break
"""
HONEST = """\
### Demo

| Day | Kind | What happened |
|---|---|---|
| 2026-02-03 | progressed | T1 \\_moved\\_. |

One thing happened.
"""
BOT = {"login": "github-actions[bot]"}
MARKER = "<!-- milepost difference -->"


@dataclass
class GitHub:
    """What GitHub answers to the workflow that posts, and what it was asked."""

    folder: Path
    run: dict[str, Any] = field(
        default_factory=lambda: {
            "id": 7,
            "head_sha": "a" * 40,
            "head_branch": "main; $(touch owned)",
            "head_repository": {"id": 2, "full_name": "stranger/portal", "owner": {"login": "stranger"}},
        }
    )
    pulls: list[dict[str, Any]] = field(
        default_factory=lambda: [{"number": 12, "head": {"sha": "a" * 40, "repo": {"id": 2}}}]
    )
    comments: list[dict[str, Any]] = field(default_factory=list)
    size: int = 100

    def post(self, left: Mapping[str, str | bytes] | bytes) -> list[tuple[str, str, str]]:
        """Run the step with what the check has left: what it wrote to GitHub, as method, path and comment."""
        (self.folder / "bin").mkdir(exist_ok=True)
        gh = self.folder / "bin/gh"
        gh.write_text(f"#!{sys.executable} -IS\n{GH}", "utf-8")
        gh.chmod(0o755)
        packed = left if isinstance(left, bytes) else zipped(left)
        artifacts = [{"id": 3, "expired": False, "size_in_bytes": self.size}] if left else []
        answers: dict[str, Any] = {
            "pulls": self.pulls, "comments": [self.comments], "artifacts?": {"artifacts": artifacts},
        }  # fmt: skip
        for name, answer in answers.items():
            (self.folder / name).write_text(json.dumps(answer), "utf-8")
        (self.folder / "zip").write_bytes(packed)
        (self.folder / "event.json").write_text(json.dumps({"workflow_run": self.run}), "utf-8")
        environment = {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "FAKE_GITHUB": str(self.folder),
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_REPOSITORY": "office/portal",
        }
        run = step_of("comment", "comment", "MARKER")["run"]
        # In a folder of its own, where whatever it wrote would be seen.
        work = self.folder / "work"
        work.mkdir(exist_ok=True)
        limit = f"import resource\nresource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        subprocess.run([sys.executable, "-c", limit + run], cwd=work, env=environment, check=True, capture_output=True)
        assert list(work.iterdir()) == []
        return list(self.written())

    def written(self) -> Iterator[tuple[str, str, str]]:
        for line in (self.folder / "calls.jsonl").read_text("utf-8").splitlines():
            arguments, sent = json.loads(line)
            if sent:
                method, path = arguments[arguments.index("--method") + 1], arguments[3]
                yield method, path, json.loads(sent)["body"]


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    return GitHub(tmp_path)


class TestPosting:
    """The one step that may write, run against what GitHub would answer."""

    def test_it_is_posted_on_the_pull_request_of_that_commit_and_repository(self, github: GitHub) -> None:
        ((method, path, body),) = github.post({"difference.md": HONEST, "number": "99"})
        assert (method, path) == ("POST", "repos/office/portal/issues/12/comments")
        assert body.startswith(f"{MARKER}\n")
        assert HONEST.strip() in body

    def test_its_own_earlier_comment_is_written_anew(self, github: GitHub) -> None:
        github.comments = [
            {"id": 1, "user": {"login": "stranger"}, "body": f"{MARKER} mine"},
            {"id": 2, "user": BOT, "body": "Of another workflow"},
            {"id": 3, "user": BOT, "body": f"{MARKER}\nOld"},
        ]
        ((method, path, _),) = github.post({"difference.md": HONEST})
        assert (method, path) == ("PATCH", "repos/office/portal/issues/comments/3")

    @pytest.mark.parametrize(
        "pulls",
        [
            [],
            [{"number": 12, "head": {"sha": "b" * 40, "repo": {"id": 2}}}],
            [{"number": 12, "head": {"sha": "a" * 40, "repo": {"id": 9}}}],
            [{"number": 12, "head": {"sha": "a" * 40, "repo": None}}],
            [{"number": number, "head": {"sha": "a" * 40, "repo": {"id": 2}}} for number in (12, 13)],
        ],
        ids=["none", "newer commit", "another repository", "gone", "two"],
    )
    def test_nothing_is_posted_where_it_is_not_sure_where(self, github: GitHub, pulls: list[dict[str, Any]]) -> None:
        github.pulls = pulls
        assert github.post({"difference.md": HONEST}) == []

    @pytest.mark.parametrize("left", [{}, {"other.md": HONEST}, b"no archive"], ids=["nothing", "another", "bytes"])
    def test_nothing_is_posted_where_the_check_left_nothing(
        self, github: GitHub, left: Mapping[str, str] | bytes
    ) -> None:
        assert github.post(left) == []

    def test_what_is_too_large_is_not_fetched(self, github: GitHub) -> None:
        github.size = 1_000_001
        assert github.post({"difference.md": HONEST}) == []
        assert "/zip" not in (github.folder / "calls.jsonl").read_text("utf-8")

    @pytest.mark.parametrize(
        "text",
        [
            "Look at @everyone",
            "Fixes #1",
            "See [the site](https://evil.example)",
            "![](x)",
            "<img src=x>",
            "<!-- milepost difference --><b>",
            "https://evil.example",
            "Go to www.evil.example",
            "**Approved**",
            "`code`",
            "$x$",
            "&commat;all",
            "/merge\nNothing",
            "- [ ] A task\nNothing",
            "\\\\@octo",
            "A" * 70_000,
            b"\xff\xfe" * 100,
            "0" * 5_000_000,
        ],
    )
    def test_what_is_more_than_text_is_not_shown(self, github: GitHub, text: str | bytes) -> None:
        ((_, _, body),) = github.post({"difference.md": text})
        assert "is not shown here" in body
        assert len(body) < 600

    def test_what_grows_as_it_is_unpacked_is_read_no_further_than_a_comment_needs(self, github: GitHub) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("difference.md", "w") as file:
            for _ in range(300):
                file.write(b"0" * 1_000_000)
        assert len(packed.getvalue()) < 1_000_000
        ((_, _, body),) = github.post(packed.getvalue())
        assert "is not shown here" in body

    def test_characters_that_are_not_seen_are_left_out(self, github: GitHub) -> None:
        ((_, _, body),) = github.post({"difference.md": "### Demo\n\nTwo \u202e\x1b\x9bthings happened.\r\n"})
        assert "Two things happened.\n" in body

    def test_what_milepost_writes_is_shown_whatever_the_data_says(
        self,
        github: GitHub,
        small_project: Callable[..., SmallProject],
        monkeypatch: pytest.MonkeyPatch,
        own_report: Report,
    ) -> None:
        monkeypatch.setattr(scalars, "unsafe_part", lambda _: None)
        words = "'@octo #12 GH-3 https://evil.example www.evil.example | $x$ &amp; ~~a~~ \\ `code` !'"
        task = f"- {{id: T1, title: {words}, updates: [{{date: 2026-01-01, text: {words}}}]}}\n"
        for files in ({TASKS: task}, HOSTILE_FILES):
            portal = check_project(small_project(files).folder, date(2026, 1, 10)).portal
            assert portal is not None
            text = difference_as_markdown(events_from_data(portal), portal)
            assert text in github.post({"difference.md": text})[-1][2]
        whole = difference_as_markdown(own_report.events, own_report.portal)
        assert whole in github.post({"difference.md": whole})[-1][2]

    def test_a_difference_as_long_as_a_comment_may_be_is_shown(self, github: GitHub) -> None:
        row = f"| 2026-02-03 | progressed | {'x' * 970} |\n"
        ((_, _, body),) = github.post({"difference.md": row * 65 + "\nA comment holds no more than 65 of 99."})
        assert 65_000 < len(body) < 65_536
        assert "is not shown" not in body
