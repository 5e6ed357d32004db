"""The command `milepost digest`: of the five programmes, in each form, and where it is asked for in vain."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import FIVE, SITE_ADDRESS, SmallProject, milepost, milepost_process

WEEK = ("--since", "2025-10-14", "--as-of", "2025-10-21")
FORMS = ("html", "markdown", "text")


def sections(text: str) -> dict[str, str]:
    """The sections of a plain text by their titles."""
    found, title = {"": ""}, ""
    for line, rule in zip((split := text.splitlines()), [*split[1:], ""], strict=True):
        title = line if rule and set(rule) == {"-"} else title
        found[title] = found.get(title, "") + f"{line}\n"
    return found


@pytest.mark.parametrize("form", FORMS)
def test_a_week_of_fixnado_is_told(form: str) -> None:
    done = milepost("digest", *WEEK, "--format", form, folder=FIVE)
    assert done.returncode == 0, done.stderr
    assert "Milepost portfolio: what happened from 15 to 21 Oct 2025" in done.stdout
    for day in ("15 Oct 2025", "17 Oct 2025", "18 Oct 2025", "19 Oct 2025", "21 Oct 2025"):
        assert day in done.stdout
    words = re.sub(r'datetime="[^"]*"|https?://[^\s")>]*', "", done.stdout)
    for day in ("14 Oct 2025", "13 Oct 2025", "2025-10-1"):
        assert day not in words


def test_what_happened_in_it_stands_where_it_belongs() -> None:
    told = sections(milepost("digest", *WEEK, folder=FIVE).stdout)
    assert told["Completed and closed"].count("\n* ") == 2
    assert "* 15 Oct 2025: M1 Mobilise & Governance Baseline: The exit was approved" in told["Completed and closed"]
    assert told["Moved"].count("\n* ") == 5
    assert "* M2 Core Services Alpha is planned to end in week 6; its day is not" in told["Due next"]
    assert "M1 Mobilise & Governance Baseline has its exit approved, but T1B" in told["Where numbers disagree"]


def test_where_the_site_is_comes_from_the_option_else_the_environment_else_the_configuration(
    five_project: Path,
) -> None:
    environment = {**os.environ, "MILEPOST_SITE_URL": "https://one.example/a/"}
    told = milepost("digest", *WEEK, folder=five_project, environment=environment).stdout
    assert "\n  https://one.example/a/fixnado/M1.html#2025-10-15\n" in told
    other = ("--site-address", "https://two.example")
    told = milepost("digest", *WEEK, *other, folder=five_project, environment=environment).stdout
    assert "\n  https://two.example/fixnado/M1.html#2025-10-15\n" in told
    assert "one.example" not in told
    unset = {name: value for name, value in environment.items() if name != "MILEPOST_SITE_URL"}
    told = milepost("digest", *WEEK, folder=five_project, environment=unset).stdout
    assert f"\n  {SITE_ADDRESS}fixnado/M1.html#2025-10-15\n" in told


def test_without_an_address_there_are_no_links(small_project: Callable[..., SmallProject]) -> None:
    project = small_project(tasks="- {id: T1, completed: 2025-01-31}\n")
    told = milepost("digest", "--since", "2025-01-30", "--as-of", "2025-02-01", folder=project.folder)
    assert "T1 was completed" in told.stdout
    assert "http" not in told.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "2025-10-22"], "--since 2025-10-22 does not lie before 2025-10-21"),
        (["--since", "2025-10-21"], "--since 2025-10-21 does not lie before 2025-10-21"),
        (["--since", "2025-10-10", "--until", "2025-10-09"], "--since 2025-10-10 does not lie before 2025-10-09"),
        (["--since", "2025-10-10", "--until", "2025-10-22"], "--until 2025-10-22 lies after 2025-10-21"),
        (["--since", "yesterday"], "'yesterday' is not a day"),
        ([], "Missing option '--since'"),
        (["--since", "2025-10-10", "--site-address", "javascript:alert(1)"], "is no address of a site"),
        (["--since", "2025-10-10", "--site-address", "https://x.example/> [a](b)"], "is no address of a site"),
    ],
)
def test_wrong_usage_is_told_with_status_2(arguments: list[str], words: str) -> None:
    done = milepost("digest", "--as-of", "2025-10-21", *arguments, folder=FIVE)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())


def test_what_is_not_sound_is_not_told(small_project: Callable[..., SmallProject]) -> None:
    done = milepost("digest", "--since", "2026-01-01", folder=small_project(tasks="- {id: T1, progress: 450}\n").folder)
    assert done.returncode == 1
    assert "tasks.yml:1:22: error[percentage-range]" in done.stdout
    assert "Nothing was told" in done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_the_same_data_is_told_in_the_same_bytes(form: str) -> None:
    environments = [
        {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone} for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    told = {
        milepost_process("digest", *WEEK, "--format", form, folder=FIVE, environment=each).stdout
        for each in environments
    }
    assert len(told) == 1
