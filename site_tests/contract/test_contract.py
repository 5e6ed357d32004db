"""What somebody who adds to the project may forget. Each failure says what to add, and where.

Rules, registers, charts, pages and feeds are sets of one shape: a module holds a descriptor, and the package's tuple
lists it. Here that shape is held, with what else must be kept in step by hand.
"""

from __future__ import annotations

import ast
import codecs
import importlib
import pkgutil
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mkdocs.plugins import EVENTS
from pydantic import BaseModel

import milepost
from conftest import PROJECT
from milepost import hook
from milepost.check import rules
from milepost.check.rules.descriptor import (
    ExternalRule,
    FindingsRule,
    GateRule,
    LedgerRule,
    PortalRule,
    PublishedRule,
    SiteRule,
)
from milepost.check.rules.documentation import documentation
from milepost.data import records
from milepost.data.records import registers
from milepost.data.records.registers.descriptor import Register
from milepost.engines.mkdocs import adapter
from milepost.site import charts, feeds, pages
from milepost.site.build import Artifact
from milepost.site.charts.descriptor import Chart
from milepost.site.feeds.descriptor import FeedFormat
from milepost.site.pages.descriptor import PageKind

PACKAGE = Path(milepost.__file__).parent
RULE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")


def shown(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix() if path.is_relative_to(PROJECT) else path.name


def file_of(module: ModuleType) -> str:
    return shown(Path(str(module.__file__)))


# The five open sets


@dataclass(frozen=True)
class OpenSet:
    """A package whose modules each hold one descriptor, which the package's tuple lists.

    attribute: what the descriptor is called in its module; None where it is called after the module, in capitals.
    helpers: the modules that hold no descriptor.
    """

    package: ModuleType
    listing: str
    kinds: tuple[type, ...]
    attribute: str | None
    helpers: frozenset[str]

    @property
    def units(self) -> tuple[Any, ...]:
        units: tuple[Any, ...] = getattr(self.package, self.listing)
        return units

    def modules(self) -> Iterator[tuple[str, ModuleType]]:
        for found in pkgutil.iter_modules(self.package.__path__):
            if found.name not in self.helpers:
                yield found.name, importlib.import_module(f"{self.package.__name__}.{found.name}")

    def forgotten(self) -> Iterator[str]:
        """What must still be done, in words."""
        place = file_of(self.package)
        found = []
        for name, module in self.modules():
            attribute = self.attribute or name.upper()
            unit: Any = getattr(module, attribute, None)
            usual = name.replace("_", "-")
            is_unit = isinstance(unit, self.kinds)
            if not is_unit:
                kinds = " or ".join(kind.__name__ for kind in self.kinds)
                yield f"define {attribute}, a {kinds}, in {file_of(module)}"
                continue
            found.append(unit)
            if unit.name.lower().replace(" ", "-") != usual:
                yield f"call {attribute} {usual!r}, as its module, not {unit.name!r}, in {file_of(module)}"
            if not any(unit is listed for listed in self.units):
                yield f"add {name}.{attribute} to {self.listing} in {place}"
        for listed in self.units:
            if not any(listed is unit for unit in found):
                yield f"give {listed.name!r}, which {self.listing} in {place} lists, a module of its own"
        names = [unit.name for unit in self.units]
        for before, after in zip(names, sorted(names), strict=True):
            if before != after:
                yield f"sort {self.listing} in {place} by name: {after!r} belongs where {before!r} stands"
                break


OPEN_SETS = {
    "rules": OpenSet(
        rules,
        "RULES",
        (GateRule, PortalRule, LedgerRule, PublishedRule, FindingsRule, SiteRule, ExternalRule),
        "RULE",
        frozenset(
            {
                "acceptances",
                "addresses",
                "days",
                "descriptor",
                "documentation",
            }
        ),
    ),
    "registers": OpenSet(registers, "REGISTERS", (Register,), None, frozenset({"descriptor"})),
    "charts": OpenSet(charts, "CHARTS", (Chart,), "CHART", frozenset({"bars", "descriptor", "drawing", "style"})),
    "pages": OpenSet(
        pages,
        "PAGES",
        (PageKind,),
        "KIND",
        frozenset({"answers", "descriptor", "neighbours", "tracker_rows", "writer"}),
    ),
    "feeds": OpenSet(
        feeds,
        "FEEDS",
        (FeedFormat,),
        "FEED",
        frozenset({"calendar", "channels", "descriptor", "generator", "items", "opml"}),
    ),
}


@pytest.mark.parametrize("name", OPEN_SETS)
def test_each_module_of_an_open_set_is_listed_by_name_and_in_order(name: str) -> None:
    assert list(OPEN_SETS[name].forgotten()) == []


@pytest.mark.parametrize("name", OPEN_SETS)
def test_no_two_of_an_open_set_have_one_name(name: str) -> None:
    names = [unit.name.casefold() for unit in OPEN_SETS[name].units]
    assert sorted(names) == sorted(set(names))


SHELF = {
    "__init__": "from shelf import apple, quince, pear\nFRUIT = (quince.UNIT, apple.UNIT, pear.UNIT)\n",
    "apple": "from unit import Unit\nUNIT = Unit('apple')\n",
    "forgotten": "from unit import Unit\nUNIT = Unit('forgotten')\n",
    "nothing": "",
    "pear": "from unit import Unit\nUNIT = Unit('plum')\n",
    "quince": "from unit import Unit\nUNIT = Unit('quince')\n",
    "helper": "",
}


def test_what_a_newcomer_forgets_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "unit.py").write_text("class Unit:\n    def __init__(self, name):\n        self.name = name\n", "utf-8")
    for name, text in SHELF.items():
        (tmp_path / "shelf" / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    shelf, unit = importlib.import_module("shelf"), importlib.import_module("unit")
    try:
        told = list(OpenSet(shelf, "FRUIT", (unit.Unit,), "UNIT", frozenset({"helper"})).forgotten())
    finally:
        for loaded in [name for name in sys.modules if name.partition(".")[0] in {"shelf", "unit"}]:
            del sys.modules[loaded]
    assert told == [
        "add forgotten.UNIT to FRUIT in __init__.py",
        "define UNIT, a Unit, in nothing.py",
        "call UNIT 'pear', as its module, not 'plum', in pear.py",
        "sort FRUIT in __init__.py by name: 'apple' belongs where 'quince' stands",
    ]


# Rules


@pytest.mark.parametrize(("name", "module"), list(OPEN_SETS["rules"].modules()))
def test_the_docstring_of_a_rule_has_the_form_of_every_rules(name: str, module: ModuleType) -> None:
    try:
        told = documentation(module.__doc__)
    except ValueError as error:
        pytest.fail(f"{file_of(module)}: {error}; look at rollup_mismatch.py")
    assert told.summary.endswith((".", "%.")), f"begin {file_of(module)} with a sentence that says what it finds"
    assert "\n" not in told.summary
    assert f"[{name.replace('_', '-')}]" in told.output, f"show a finding of {name} under Output: in {file_of(module)}"


def rule_names_in(path: Path) -> Iterator[tuple[int, str]]:
    """The words with hyphens in a module's code, but for the values of enumerations: these are names of rules."""
    tree = ast.parse(path.read_text("utf-8"))
    enumerations = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "StrEnum" for base in node.bases)
    ]
    values = {id(node) for enumeration in enumerations for node in ast.walk(enumeration)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in values:
            continue
        if RULE_NAME.fullmatch(node.value) and not is_codec(node.value):
            yield node.lineno, node.value


def is_codec(word: str) -> bool:
    try:
        codecs.lookup(word)
    except LookupError:
        return False
    return True


READER_MODULES = (
    *("data/yaml_reader", "data/validation", "data/loader", "data/references", "data/pages"),
    *("check/pages", "data/page_files", "data/macro_calls", "data/front_matter"),
)
READERS = [
    *(PACKAGE / f"{name}.py" for name in READER_MODULES),
    *sorted((PACKAGE / "data/records").rglob("*.py")),
]


def test_every_rule_that_reading_the_data_reports_is_a_listed_gate_rule() -> None:
    listed = {rule.name for rule in rules.RULES if isinstance(rule, GateRule)}
    unlisted = [
        f"add a module for {word!r}, which {shown(path)}:{line} reports, to RULES in hooks/milepost/check/rules"
        for path in READERS
        for line, word in rule_names_in(path)
        if word not in listed
    ]
    assert unlisted == []


def test_every_listed_gate_rule_is_reported_by_what_reads_the_data() -> None:
    reported = {word for path in READERS for _, word in rule_names_in(path)}
    listed = [rule.name for rule in rules.RULES if isinstance(rule, GateRule)]
    assert [f"remove {name}, or report it" for name in listed if name not in reported] == []


# Records


def record_models() -> list[type[BaseModel]]:
    models = {}
    for found in pkgutil.walk_packages(records.__path__, f"{records.__name__}."):
        for value in vars(importlib.import_module(found.name)).values():
            if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == found.name:
                models[f"{found.name}.{value.__name__}"] = value
    return [models[name] for name in sorted(models)]


@pytest.mark.parametrize("model", record_models(), ids=lambda model: model.__name__)
def test_every_field_of_a_record_says_what_it_is(model: type[BaseModel]) -> None:
    """The description is the hint where the field is missing, and the reference in the handbook."""
    module = file_of(sys.modules[model.__module__])
    wanting = [
        f"add Field(description=...) to {model.__name__}.{name} in {module}"
        for name, field in model.model_fields.items()
        if not (field.description or "").strip().endswith((".", "]."))
    ]
    assert wanting == [], "a description is a sentence and ends with a full stop"


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda register: register.name)
def test_the_table_of_a_register_shows_fields_that_its_entries_have(register: Register) -> None:
    place = f"hooks/milepost/data/records/registers/{register.name}.py"
    unknown = [column for column in register.columns if column not in register.entry.model_fields]
    assert unknown == [], f"columns in {place} names what {register.entry.__name__} has not"
    assert {"id", "owner"} <= set(register.columns), f"add id and owner to columns in {place}"


# Pages


def test_every_kind_of_page_has_a_template_and_every_template_a_kind() -> None:
    templates = {path.name.removesuffix(".md.jinja") for path in (PACKAGE / "site/pages/templates").glob("*.md.jinja")}
    # The handbook's pages are written as they stand.
    kinds = {kind.name.replace("-", "_") for kind in pages.PAGES} - {"handbook"}
    texts = [(PACKAGE / f"site/pages/{kind}.py").read_text("utf-8") for kind in kinds]
    named = {name for name in templates for text in texts if f'"{name}"' in text}
    folder = "hooks/milepost/site/pages/templates"
    assert [f"write {folder}/{name}.md.jinja" for name in sorted(kinds - templates)] == []
    assert [f"use {folder}/{name}.md.jinja in a kind of page" for name in sorted(templates - named)] == []


def test_no_two_artifacts_have_one_path(own_artifacts: tuple[Artifact, ...]) -> None:
    paths = [artifact.path for artifact in own_artifacts]
    assert sorted({path for path in paths if paths.count(path) > 1}) == []


# The hook


def test_the_hook_hands_on_every_event_that_the_adapter_takes_and_no_other() -> None:
    taken = {name for name, value in vars(adapter).items() if name.startswith("on_") and callable(value)}
    handed = set(hook.__all__)
    assert [f"hand on {name} in hooks/milepost/hook.py" for name in sorted(taken - handed)] == []
    unknown = [name for name in sorted(handed) if name.removeprefix("on_") not in EVENTS]
    assert unknown == [], "MkDocs knows no such event, and stops"


def test_a_new_portal_has_the_hook_that_this_one_has() -> None:
    own, new = (PROJECT / name for name in ("hooks/portal.py", "hooks/milepost/skeleton/hooks/portal.py"))
    assert own.read_text("utf-8") == new.read_text("utf-8")


# Layers


def test_every_module_stands_in_a_layer_and_libraries_are_kept_where_their_contracts_say() -> None:
    """import-linter looks at no module that its contracts do not name."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    modules = {f"milepost.{found.name}" for found in pkgutil.iter_modules([str(PACKAGE)])}
    forgotten = []
    for contract in contracts:
        if contract["type"] == "layers":
            named = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
            forgotten += [f"add {name} to the layers in pyproject.toml" for name in sorted(modules - named)]
        else:
            holders = set(re.findall(r"milepost(?:\.\w+)+", contract["name"].partition(" is imported by ")[2]))
            allowed = {line.partition(" -> ")[0].removesuffix(".**") for line in contract["ignore_imports"]}
            assert contract["source_modules"] == ["milepost"], f"{contract['name']}: it must look at every module"
            assert allowed == holders, f"{contract['name']}: it allows another module than it says"
    assert forgotten == []


# Docstrings


def public(nodes: Iterable[ast.stmt]) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """The public classes and functions among `nodes`, with the public methods of the classes."""
    for node in nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=shown)
def test_every_public_module_class_and_function_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    wanting = [] if ast.get_docstring(tree) else [f"{shown(path)}:1: begin with a docstring"]
    wanting += [
        f"{shown(path)}:{node.lineno}: give {node.name} a docstring"
        for node in public(tree.body)
        if not ast.get_docstring(node)
    ]
    assert wanting == []
