"""What the package needs is declared, and each lower bound is the version that `make lowest` runs the tests with."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import milepost
from conftest import PROJECT

DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
BOUND = re.compile(r"(?P<name>[A-Za-z0-9-]+)>=(?P<version>[0-9.]+)(?:,<\d+)?")
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[0-9]+(?:\.[0-9]+)*)", re.MULTILINE)


def imported(folder: Path) -> set[str]:
    """The packages from outside that the modules below `folder` import, by the names that code has for them."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"milepost"}


def bounds(requirements: list[str]) -> dict[str, str]:
    """The lower bound of each requirement; one without fails here."""
    found = [BOUND.fullmatch(requirement) for requirement in requirements]
    assert [requirement for requirement, bound in zip(requirements, found, strict=True) if bound is None] == []
    return {bound["name"].lower(): bound["version"] for bound in found if bound is not None}


def as_numbers(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def test_each_package_that_is_imported_is_declared() -> None:
    package = Path(milepost.__file__).parent
    distributions = packages_distributions()
    needed = {distributions[name][0].lower().replace("_", "-") for name in imported(package)}
    assert needed - bounds(DECLARED["dependencies"]).keys() == set()


def test_each_lower_bound_is_what_the_lowest_lock_installs() -> None:
    lock = (PROJECT / "requirements-lowest.lock").read_text("utf-8")
    pinned = {found["name"]: as_numbers(found["version"]) for found in PINNED.finditer(lock)}
    declared = bounds([*DECLARED["dependencies"], *DECLARED["optional-dependencies"]["test"]])
    assert {name: pinned.get(name) for name in declared} == {
        name: as_numbers(version) for name, version in declared.items()
    }


def test_no_lock_names_a_registry() -> None:
    for name in ("requirements.lock", "requirements-lowest.lock"):
        assert "://" not in (PROJECT / name).read_text("utf-8")
