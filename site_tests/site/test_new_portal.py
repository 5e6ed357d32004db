"""`milepost init`: a portal that is sound, asked for nothing, and written all or not at all."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from conftest import PROJECT
from milepost.check.run import check_project
from milepost.cli import new_portal
from milepost.cli.main import main
from milepost.cli.new_portal import NewPortal, NewPortalError, make_portal, portal_files, slug_of

DAY = date(2026, 11, 22)
SKELETON = PROJECT / "hooks/milepost/skeleton"


def asked(title: str = "Harbour office", programme: str = "New quay", day: date = DAY) -> NewPortal:
    return NewPortal(title, programme, day, "1.2.3")


def init(*arguments: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, ["init", "--as-of", "2026-11-22", *arguments])


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize("day", [DAY, date(2024, 2, 29), date(2030, 12, 31)])
@pytest.mark.parametrize(
    ("title", "programme"),
    [
        ("Harbour office", "New quay"),
        ('It\'s "quoted": {#1} $day ${title} | & - !', "yes"),
        ("Büro für Häfen", "Névé 2026: 100 %"),
        ("no", "null"),
        ("\\n {{ 7*7 }} {% raw %}", "4th of July, with a long title that has more letters than an id may have"),
    ],
)
def test_a_new_portal_is_sound_whatever_it_is_called(tmp_path: Path, title: str, programme: str, day: date) -> None:
    make_portal(tmp_path / "portal", asked(title, programme, day))
    checked = check_project(tmp_path / "portal", day)
    assert checked.diagnostics == ()
    assert checked.portal is not None
    assert checked.portal.portfolio.title == title
    assert [node.record.title for node in checked.portal.programmes] == [programme]


def test_it_shows_each_kind(tmp_path: Path) -> None:
    make_portal(tmp_path / "portal", asked())
    portal = check_project(tmp_path / "portal", DAY).portal
    assert portal is not None
    (programme,) = portal.programmes
    assert programme.record.recorded == DAY
    kinds = {
        "milestones": programme.milestones,
        "tasks": programme.tasks,
        "subtasks": [part for task in programme.tasks for part in task.record.subtasks],
        "rows": programme.tracker.rows,
        "checkpoints": programme.tracker.checkpoints,
    }
    assert [name for name, entries in kinds.items() if not entries] == []
    assert {name for name, entries in programme.registers.items() if entries} == {"decisions", "risks"}


def test_each_data_file_names_a_schema_that_stands_there() -> None:
    files = portal_files(asked())
    data = [name for name in files if name.startswith("data/") and name.endswith(".yml")]
    for name in data:
        found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", files[name])
        assert found is not None, name
        schema = (Path("/") / Path(name).parent / found[1]).resolve().relative_to("/").as_posix()
        assert json.loads(files[schema])["title"] in {Path(name).name, f"{Path(name).stem}.yml"}


def test_the_same_day_and_words_give_the_same_bytes(tmp_path: Path) -> None:
    make_portal(tmp_path / "one", asked())
    make_portal(tmp_path / "two", asked())
    assert listing(tmp_path / "one") == listing(tmp_path / "two")
    for name in listing(tmp_path / "one"):
        if (tmp_path / "one" / name).is_file():
            assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    (tmp_path / "photos").mkdir()
    result = init(str(tmp_path))
    assert result.exit_code == 2
    assert "is not empty: it holds notes.txt, photos/." in result.output
    assert listing(tmp_path) == ["notes.txt", "photos"]


def test_an_empty_folder_is_filled_where_it_stands_with_git_or_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    result = init()
    assert result.exit_code == 0, result.output
    assert "cd " not in result.output
    assert (tmp_path / "mkdocs.yml").exists()
    assert not (tmp_path / new_portal.STAGE).exists()


@pytest.mark.parametrize("words", [("--title", "<script>hit()</script>"), ("--programme", "Charts"), ("--title", " ")])
def test_words_that_no_portal_can_have_are_refused_and_nothing_is_written(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    result = init(str(tmp_path / "portal"), *words)
    assert result.exit_code == 2, result.output
    assert listing(tmp_path) == []


def test_a_write_that_fails_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename, calls = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError(28, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    result = init(str(tmp_path))
    assert (result.exit_code, len(calls)) == (1, 3)
    assert "No space left on device" in result.output
    assert "Nothing was written." in result.output
    assert listing(tmp_path) == []


@pytest.mark.parametrize(
    ("title", "slug"), [("New quay", "new-quay"), ("Névé & quay", "neve-quay"), ("4th of July", "th-of-july")]
)
def test_an_address_is_made_of_a_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_title_without_a_letter_is_refused() -> None:
    with pytest.raises(NewPortalError, match="write a title with a letter"):
        slug_of("2026")


COMMIT = "0123456789abcdef0123456789abcdef01234567"
WHEEL = "./wheels/milepost-1.2.3-py3-none-any.whl"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (None, WHEEL),
        ({"url": "file:///home/ada/milepost", "dir_info": {"editable": True}}, WHEEL),
        ({"url": "file:///home/ada/milepost-1.2.3-py3-none-any.whl", "archive_info": {}}, WHEEL),
        ({"url": "file:///home/ada/milepost", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, WHEEL),
        (
            {"url": "https://code.example/milepost/portal", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"milepost @ git+https://code.example/milepost/portal@{COMMIT}",
        ),
        (
            {"url": "ssh://git@code.example/milepost/portal", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"milepost @ git+ssh://git@code.example/milepost/portal@{COMMIT}",
        ),
    ],
)
def test_what_others_install_is_where_this_one_came_from_never_a_name_alone(
    source: dict[str, Any] | None, line: str
) -> None:
    new = replace(asked(), source=json.dumps(source) if source else None)
    text = portal_files(new)["requirements.txt"]
    assert [told for told in text.splitlines() if not told.startswith("#")] == [line]
    assert "version 1.2.3" in text


NOT_IN_EVERY_PORTAL = re.compile(
    r"`make \w+`|MILEPOST_ATTEST|“Correct a line”|a comment|every pull request does"
    r"|`(?:comment|reproduce|publish)\.yml`"
)


def test_what_a_new_portal_does_not_have_the_handbook_tells_under_a_condition() -> None:
    """Every portal has this handbook, and not each has the workflows, forms and Makefile of Milepost's repository."""
    told = [
        sentence
        for page in (PROJECT / "content/handbook").glob("*.md")
        for sentence in re.split(r"(?<=[.:])\s+(?=[A-Z#])", page.read_text("utf-8"))
        if NOT_IN_EVERY_PORTAL.search(sentence)
    ]
    assert len(told) > 5
    assert [sentence for sentence in told if not re.search(r"\b[Ww]here (?:it|its|the repository)\b", sentence)] == []


# The skeleton is kept in step with the project


class Settings(yaml.SafeLoader):
    """Reads mkdocs.yml without running what its tags name."""


Settings.add_multi_constructor("!", lambda loader, _, node: loader.construct_sequence(node))


def settings(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), Settings)  # noqa: S506  # it is a safe loader
    return found


def test_the_settings_of_a_new_portal_are_those_of_this_one() -> None:
    own, new = settings(PROJECT / "mkdocs.yml"), settings(SKELETON / "mkdocs.yml")
    own["theme"].pop("custom_dir")  # a new portal takes the package's own
    assert own.pop("watch") == [*new.pop("watch"), "overrides"]
    new["nav"][0]["Handbook"].remove("handbook/how-we-report.md")
    for name in ("site_name", "site_url", "repo_url"):
        assert own.pop(name) != new.pop(name)
    assert new == own


def test_the_workflow_of_a_new_portal_uses_the_actions_of_this_one() -> None:
    uses = re.compile(r"uses: (\S+@[0-9a-f]{40} # v\S+)")
    workflows = PROJECT / ".github/workflows"
    own = {used for path in workflows.glob("*.yml") for used in uses.findall(path.read_text("utf-8"))}
    text = (SKELETON / ".github/workflows/portal.yml").read_text("utf-8")
    assert len(uses.findall(text)) == text.count("uses: ")
    assert set(uses.findall(text)) <= own
    assert "${{" not in "".join(line for line in text.splitlines() if "run:" in line)
