"""The schemas of data files and the check's first gate say the same: what one refuses, the other refuses.

What an editor sees is the values, not how they were written. So each case is written in any way, read as an editor
reads it, and spelled anew in the one way that the data has for those values: of that, schema and gate must agree.
What they can differ in, and why, stands in BEYOND_A_SCHEMA and in the tests of spelling.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from conftest import BASE_FILES, PROJECT, write_files
from editor import complaints, is_plain, spelled, values_of
from milepost.data.json_schema import DATA_SCHEMAS
from milepost.data.loader import load
from milepost.data.records.base import Record
from milepost.data.records.milestone import Milestone
from milepost.data.records.person import Person
from milepost.data.records.portfolio import Portfolio
from milepost.data.records.programme import Programme
from milepost.data.records.registers import REGISTERS
from milepost.data.records.removal import Removal
from milepost.data.records.scalars import MAX_ID_LENGTH
from milepost.data.records.snapshot import Snapshot
from milepost.data.records.task import Task
from milepost.data.records.tracker import Tracker
from milepost.data.records.value_schemas import CALENDAR_DAY
from milepost.data.validation import shape_list, shape_one
from milepost.data.yaml_reader import read
from milepost.diagnostics import Diagnostic, ordered

CASES = 500
"""How many mutated documents of each kind are judged."""

SCHEMAS = {schema.name: schema.text for schema in DATA_SCHEMAS}
PLACES = {
    **{name: f"data/programmes/demo/{name}.yml" for name in ("programme", "milestones", "tasks", "tracker")},
    **{register.name: f"data/programmes/demo/registers/{register.name}.yml" for register in REGISTERS},
    "portfolio": "data/portfolio.yml",
    "people": "data/people.yml",
    "snapshots": "data/snapshots.yml",
    "removed": "data/removed.yml",
}
"""The file of each kind, as the design names it."""

BEYOND_A_SCHEMA = {
    "unsafe-markup": "a pattern for a hundred names of elements, outside of code, would tell nobody what is wrong",
}
"""The findings about values that no schema makes, and why."""

SPELLING = {
    "ambiguous-scalar": "yes, 1_000 and 2025-10-21 without quotes are texts to YAML 1.2, numbers and days to others",
    "percentage-format": "045, +45, 45.0 and 0x2D are the number 45 to an editor",
    "percentage-range": "-0 is the number 0 to an editor",
    "wrong-type": "True is the same as true to an editor, and 02 the same as 2",
}
"""The findings about how a value is written, which an editor does not see, and why."""

WHOLE: dict[str, type[Record]] = {"portfolio": Portfolio, "programme": Programme, "tracker": Tracker}
LISTED: dict[str, type[Record]] = {
    "people": Person,
    "snapshots": Snapshot,
    "removed": Removal,
    "milestones": Milestone,
    "tasks": Task,
    **{register.name: register.entry for register in REGISTERS},
}


def judged(kind: str, text: str) -> tuple[Diagnostic, ...]:
    """What the first gate finds in a file of `kind` that holds `text`."""
    document = read(PLACES[kind], text.encode())
    if kind in LISTED:
        shaped = shape_list(document, LISTED[kind])
        return (*document.diagnostics, *shaped.diagnostics)
    if document.value is None and (document.diagnostics or kind == "tracker"):
        return document.diagnostics
    return (*document.diagnostics, *shape_one(document, WHOLE[kind]).diagnostics)


@pytest.mark.parametrize("kind", sorted(PLACES))
def test_the_gate_that_is_asked_here_is_that_of_the_check(kind: str, tmp_path: Path) -> None:
    write_files(tmp_path, BASE_FILES)
    for text in ("", "null", "[]", "{}", "Words", "[{}]", "{id: 1}", "[a: 1", "{a: 1, a: 2}"):
        write_files(tmp_path, {PLACES[kind]: text.encode()})
        found = [entry for entry in load(tmp_path).diagnostics if entry.path == PLACES[kind]]
        assert found == list(ordered(judged(kind, text))), text


def agree(kind: str, text: str) -> bool:
    """Hold that gate and schema agree about `text`; returns whether the schema accepts it."""
    values = values_of(text)
    found = complaints(SCHEMAS[kind], values)
    again = spelled(values)
    refused = [entry for entry in judged(kind, again) if entry.rule not in BEYOND_A_SCHEMA]
    assert bool(found) == bool(refused), f"{again}\nthe schema: {found}\nthe gate: {refused}"
    as_written = judged(kind, text)
    if found:
        assert as_written, f"an editor marks what the check lets pass: {text}\n{found}"
    else:
        unexplained = [entry for entry in as_written if entry.rule not in {*BEYOND_A_SCHEMA, *SPELLING}]
        assert unexplained == [], text
    return not found


def test_every_kind_of_data_file_has_a_schema() -> None:
    assert sorted(SCHEMAS) == sorted(PLACES)


# Single values: each kind of value in a field of its own, by every token


TOKENS = (
    # what stands for nothing, and wrong kinds of values
    *("", "~", "null", "NULL", '""', '" "', '"\\u00a0"', '"null"', "[]", "{}", "[a]", "[null]", "{a: b}", "[[M1]]"),
    # truths
    *("true", "false", "True", "FALSE", "yes", "No", "on", "y", '"true"', '"yes"', '"no"'),
    # numbers
    *("0", "00", "-0", "1", "2", "45", "045", "+45", "-1", "100", "101", "0x2D", "0o55", "0b1", "1_000", "190:20"),
    *("45.0", "45.5", "1.10", ".5", "1e1", "1e400", ".inf", "-.Inf", ".nan", "999999999", "1000000000", "4O"),
    *('"0"', '"45"', '"1.10"', '"0x2D"', "99999999999999999999999"),
    # percentages
    *("0%", "45%", "100%", "101%", "-1%", "045%", "45 %", "45%%", "45.5%", '"45%"', '"45%\\n"'),
    # days
    *("2025-10-21", '"2025-10-21"', "2025-1-2", "2025-02-29", "2024-02-29", "2000-02-29", "1900-02-29", "2025-02-30"),
    *("2025-13-01", "2025-00-10", "0000-01-01", "0001-01-01", "9999-12-31", "2025-10-21T00:00:00", '"2025-10-21\\n"'),
    *("undated", '"undated"', "Undated"),
    # what was published once, and addresses outside
    *("a/T1", "owners/ada", "A/T1", "a/b/c", "a/T1/", "a/b.html", "a b/c d.html", "é.html", "A.HTML", "s/a.html"),
    *("../a.html", "a/../b.html", "/a.html", "a//b.html", ".a.html", "a/.html", "README.html", "a/README.html"),
    *('"a\\b.html"', '"a:b.html"', '"a\nb.html"', '"a.html\n"', '"a#b.html"', 120 * "a" + ".html", "ss/a.html"),
    *('"a\\u2028b.html"', '"a\\u0085b.html"', '"a/\\u00adb.html"', '"a\\u3000b.html"', "s1.html", "s1.html.2", "html"),
    *("https://a.example/", "http://a.example", "https://", "https://a b", "ftp://a.example/", "javascript:a"),
    # ids and slugs
    *("M1", '"M1"', "T1.2", "UT-004", "a", "alpha", "alpha-beta", "alpha--beta", "-a", "a-", "Alpha", "a/b1", "é1"),
    *("con", "con.1", "com1", "COM9.1", "com10", "console", "lpt1-a", "nul-1", "T1.", "T1..2", "T 1", '"T1\\n"'),
    *("v1.1-b", "2025-10-21-b", '"1.10"', "2025-10-", "V1", "con.a", "com1-a", 40 * "a", 64 * "b", 64 * "C", '"1e5"'),
    *("T" + "1" * (MAX_ID_LENGTH - 1), "T" + "1" * MAX_ID_LENGTH, "t" * MAX_ID_LENGTH, "t" * (MAX_ID_LENGTH + 1)),
    # words of fields
    *("complete", "completed", "design", "criteria", "residual", "weekly", "monday", "open", "active", "high", "role"),
    # texts
    *("Words", '"two\\nlines"', '"\\u0007"', '"\\ufffe"', '"\\ud7ff"', '"\\u0085"', '"tab\\there"', '"\\U0001F680"'),
    *('"<b>bold</b>"', '"a < b"', '"javascript:alert(1)"', '"`<b>`"', "demo.example,2026", "demo.example,2026-1"),
    *('"demo.example,2026-01-31"', "demo,2026", "Demo.example,2026", "[1, 2]", "[0, 2, 3]", "[2]", "[0, -1]"),
    # records
    *(
        "{id: M1}",
        "[{id: M1}]",
        "[{id: M1}, {id: 2}]",
        "{criteria: [a]}",
        "{criteria: a}",
        "{task: T1, role: residual}",
    ),
    *(
        "{how: Well.}",
        "{text: It holds., met: true}",
        "{items: [a]}",
        "{title: Log}",
        "[demo]",
        "{api: Words}",
        "{Api: Words}",
    ),
    *("{id: demo, title: Demo, recorded: 2026-01-01}", "{rows: [{task: T1}]}", "{rows: [{task: T1, role: scoped}]}"),
)
SNAPSHOT = (
    "{{id: {}, date: 2026-01-31, as_of: 2026-01-30, commit: {}, data: {}, payload: {}, reason: So it is., "
    "approved_by: ada{}}}"
)
ROW = SNAPSHOT.format('"2026-01-31"', f'"{40 * "1"}"', f'"{64 * "2"}"', 64 * "c", "")
CORRECTION = SNAPSHOT.format("v1.1-b", 40 * "a", 64 * "b", 64 * "c", f", corrects: v1, previous: {64 * 'd'}")
FIELDS = {
    "a text": ("tasks", "[{id: T1, title: @}]"),
    "a required text": ("portfolio", "{title: @, publisher: Us, programmes: [demo], feed_authority: 'a.b,2026'}"),
    "a percentage": ("tasks", "[{id: T1, progress: @}]"),
    "a weight": ("tasks", "[{id: T1, weight: @}]"),
    "a day": ("tasks", "[{id: T1, completed: @}]"),
    "a snapshot's id": ("snapshots", f"[{CORRECTION.replace('v1.1-b', '@')}]"),
    "what was removed": ("removed", "[{what: @, date: 2026-01-31, reason: So.}]"),
    "what took its place": ("removed", "[{what: a/T1, date: 2026-01-31, reason: So., instead: @}]"),
    "a status": ("tasks", "[{id: T1, status: @}]"),
    "an entity's id": ("tasks", "[{id: @}]"),
    "a list of ids": ("tasks", "[{id: T1, depends_on: [@]}]"),
    "a list": ("tasks", "[{id: T1, notes: @}]"),
    "a text of a mapping": ("tasks", "[{id: T1, coverage: {api: @}}]"),
    "a mapping of texts": ("tasks", "[{id: T1, coverage: @}]"),
    "a figure": ("tasks", "[{id: T1, accept: [{rule: orphan-task, figures: {f: @}, reason: So.}]}]"),
    "figures": ("tasks", "[{id: T1, accept: [{rule: orphan-task, figures: @, reason: So.}]}]"),
    "a slug": ("people", "[{id: @, title: One, kind: role}]"),
    "a word": ("people", "[{id: one, title: One, kind: @}]"),
    "a closing day": ("programme", "{id: demo, title: Demo, recorded: 2026-01-01, closed: @}"),
    "a whole number": ("tracker", "{checkpoints: [{title: One, week: @}]}"),
    "an authority": ("portfolio", "{title: One, publisher: Us, programmes: [demo], feed_authority: @}"),
    "the first of a list": ("portfolio", "{title: One, publisher: Us, programmes: @, feed_authority: 'a.b,2026'}"),
    "a truth": ("milestones", "[{id: M1, exit_criteria: [{text: It holds., met: @}]}]"),
    "a literal": ("milestones", "[{id: M1, basis: @}]"),
    "criteria": ("milestones", "[{id: M1, exit_criteria: @}]"),
    "a criterion": ("milestones", "[{id: M1, exit_criteria: [@]}]"),
    "an achievement": ("milestones", "[{id: M1, exit_criteria: {criteria: [], achieved: @}}]"),
    "deliverables": ("milestones", "[{id: M1, deliverables: @}]"),
    "an inclusion": ("milestones", "[{id: M1, includes: [@]}]"),
    "weeks": ("milestones", "[{id: M1, window: {weeks: @}}]"),
    "an entry": ("milestones", "[@]"),
    "a list of records": ("milestones", "@"),
    "a record": ("programme", "@"),
    "a record or nothing": ("tracker", "@"),
    "an optional word": ("issues", "[{id: I-01, description: One, status: open, listed: @}]"),
}
"""Each kind of value: a kind of file, and a document of it in which @ stands for the value."""


@pytest.mark.parametrize("what", FIELDS)
def test_every_way_to_write_a_value_is_judged_alike(what: str) -> None:
    kind, form = FIELDS[what]
    verdicts = Counter(agree(kind, form.replace("@", token)) for token in TOKENS)
    assert verdicts[True], "no token is right for it: add one"
    assert verdicts[False] > len(TOKENS) / 6


CHOICES = {
    "a window": ("milestones", "[{id: M1, window: {@}}]", ("weeks: [0, 2]", "start: 2026-01-01", "end: 2026-01-31")),
    "a checkpoint": (
        "tracker",
        "{checkpoints: [{@}]}",
        ("title: Review", "date: 2026-01-01", "week: 2", "weekday: monday", "text: All of it."),
    ),
}
"""What says a thing in one of several ways: a kind of file, a document, and the fields that stand for @."""


@pytest.mark.parametrize("what", CHOICES)
def test_every_choice_of_fields_is_judged_alike(what: str) -> None:
    kind, form, fields = CHOICES[what]
    choices = [chosen for count in range(len(fields) + 1) for chosen in combinations(fields, count)]
    verdicts = Counter(agree(kind, form.replace("@", ", ".join(chosen))) for chosen in choices)
    assert verdicts[True] > 1
    assert verdicts[False] > verdicts[True]


def test_a_day_of_a_schema_is_a_day_of_the_calendar() -> None:
    """Of four centuries, as the calendar repeats itself then, and of the first year and the last."""
    form = re.compile(CALENDAR_DAY)
    for year in (0, 1, 4, 100, *range(1896, 2297), 9999):
        for month in range(14):
            for day in range(33):
                text = f"{year:04}-{month:02}-{day:02}"
                assert (form.search(text) is not None) == is_day(text), text


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


# Whole documents: those of the portfolio and of the golden project, changed in one to three places


class Token(str):
    """A scalar of a document, as it is written."""

    __slots__ = ()


Tree = Token | list["Tree"] | dict[str, "Tree"]
PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.%-]*")
UNKNOWN_FIELDS = ("", "titel", "Id", "null", "2", "id ", "<b>")
LONGEST_LIST = 3


def tree_of(node: yaml.Node) -> Tree:
    """A document as it is written, its lists cut short so that a change is about something."""
    if isinstance(node, yaml.SequenceNode):
        return [tree_of(child) for child in node.value[:LONGEST_LIST]]
    if isinstance(node, yaml.MappingNode):
        return {key.value: tree_of(value) for key, value in node.value}
    return Token(node.value if is_plain(node) and PLAIN.fullmatch(node.value) else spelled(node.value))


def written(tree: Tree) -> str:
    if isinstance(tree, list):
        return f"[{', '.join(written(item) for item in tree)}]"
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{spelled(key)}: {written(value)}' for key, value in tree.items())}}}"
    return str(tree)


ACCEPT = "accept: [{rule: orphan-task, figures: {a: 1}, reason: So it is., by: ada, until: 2026-01-01}]"
RARE = {
    "snapshots": f"[{ROW}, {CORRECTION}]",
    "portfolio": "{title: One, publisher: Us, programmes: [demo], feed_authority: 'a.b,2026', stale_days: 14}",
    "programme": f"{{id: demo, title: Demo, recorded: 2026-01-01, formerly: [old], {ACCEPT}}}",
    "milestones": f"[{{id: M1, formerly: [M0], {ACCEPT}}}]",
    "tasks": f"[{{id: T1, formerly: [T0], {ACCEPT}}}]",
    "tracker": f"{{rows: [{{task: T1, {ACCEPT}}}], activity: [{{id: A1, date: 2026-01-01, text: One.}}]}}",
    "decisions": f"[{{id: D-01, date: 2026-01-01, decision: Yes., formerly: [D-00], {ACCEPT}}}]",
    "issues": (
        "[{id: I-01, description: One., status: closed, listed: closed, severity: low, resolution: Mended., "
        f"owner: ada, raised: 2026-01-01, closed: 2026-01-02, formerly: [I-00], {ACCEPT}}}]"
    ),
    "risks": (
        "[{id: R-01, description: One., status: closed, formerly: [R-00], review_by: 2026-01-01, closed: 2026-01-02, "
        f"{ACCEPT}}}]"
    ),
}
"""Fields that neither of the two projects has."""


def documents(kind: str) -> list[Tree]:
    """What stands in the files of `kind`: the whole file, or each entry of its list in a list of its own."""
    name, folder = Path(PLACES[kind]).stem, "registers/" if "registers" in PLACES[kind] else ""
    texts = [RARE[kind]] if kind in RARE else []
    for project in (PROJECT, PROJECT / "site_tests/golden/project"):
        for pattern in (f"**/{folder}{name}.yml", f"**/{folder}{name}/**/*.yml"):
            texts += [path.read_text("utf-8") for path in sorted((project / "data").glob(pattern))]
    return [document for text in texts for document in parts_of(text)]


def parts_of(text: str) -> list[Tree]:
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    assert node is not None
    return [[tree_of(entry)] for entry in node.value] if isinstance(node, yaml.SequenceNode) else [tree_of(node)]


def fields_of(schema: Any) -> Iterator[str]:
    """The name of every field that a schema knows."""
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"]
        for part in schema.values():
            yield from fields_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from fields_of(part)


DOCUMENTS = {kind: documents(kind) for kind in SCHEMAS}
KNOWN_FIELDS = {kind: sorted(set(fields_of(json.loads(text)))) for kind, text in SCHEMAS.items()}


def test_the_documents_of_each_kind_use_all_of_its_fields() -> None:
    """Else what is changed in them says little."""
    unused = {kind: sorted(set(known) - set(keys_of(DOCUMENTS[kind]))) for kind, known in KNOWN_FIELDS.items()}
    assert {kind: fields for kind, fields in unused.items() if fields} == {}, "add them to RARE"


def keys_of(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from keys_of(part)


def containers(tree: Tree) -> list[list[Tree] | dict[str, Tree]]:
    """Every list and mapping of `tree`, itself first."""
    if isinstance(tree, Token):
        return []
    below = tree if isinstance(tree, list) else list(tree.values())
    return [tree, *(found for part in below for found in containers(part))]


def changed(kind: str, random: Random) -> Tree:
    """A document of `kind` that is changed in one to three places, at random."""
    tree = deepcopy(random.choice(DOCUMENTS[kind]))
    for _ in range(random.randint(1, 3)):
        box = random.choice(containers(tree) or [[]])
        if isinstance(box, dict):
            change_mapping(box, kind, random)
        else:
            change_list(box, kind, random)
    return other_value(tree, kind, random) if random.random() < 0.03 else tree


def change_mapping(box: dict[str, Tree], kind: str, random: Random) -> None:
    """Drop a field, rename one, add an unknown one, add a known one, or give one another value."""
    present = list(box)
    change = random.randrange(6) if present else 3
    if change == 0:
        box.pop(random.choice(present))
    elif change == 1:
        box[random.choice(UNKNOWN_FIELDS)] = box.pop(random.choice(present))
    elif change == 2:
        box[random.choice(UNKNOWN_FIELDS)] = new_value(kind, random)
    elif change == 3:
        box[random.choice(KNOWN_FIELDS[kind])] = new_value(kind, random)
    else:
        field = random.choice(present)
        box[field] = other_value(box[field], kind, random)


def change_list(box: list[Tree], kind: str, random: Random) -> None:
    """Empty a list, drop an item, add one, repeat one, or give one another value."""
    change = random.randrange(5) if box else 2
    if change == 0:
        box.clear()
    elif change == 1:
        box.pop(random.randrange(len(box)))
    elif change == 2:
        box.append(new_value(kind, random))
    elif change == 3:
        box.append(deepcopy(random.choice(box)))
    else:
        index = random.randrange(len(box))
        box[index] = other_value(box[index], kind, random)


def new_value(kind: str, random: Random) -> Tree:
    """A value of any kind: a token, or a part of another document, which may happen to be right."""
    if random.random() < 0.5:
        return Token(random.choice(TOKENS))
    box = random.choice(containers(random.choice(DOCUMENTS[kind])))
    parts = box if isinstance(box, list) else list(box.values())
    return deepcopy(random.choice(parts)) if parts else deepcopy(box)


def other_value(value: Tree, kind: str, random: Random) -> Tree:
    """What may stand by mistake in the place of `value`: it in a list or mapping, its first part, or another value."""
    change = random.randrange(5)
    if change == 0:
        return [value]
    if change == 1:
        return {random.choice(KNOWN_FIELDS[kind]): value}
    if change == 2 and not isinstance(value, Token) and value:
        return value[0] if isinstance(value, list) else next(iter(value.values()))
    return new_value(kind, random)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_document_that_is_changed_is_judged_alike(kind: str) -> None:
    verdicts = Counter(
        agree(kind, written(changed(kind, Random(seed))))  # noqa: S311  # the same cases each time
        for seed in range(CASES)
    )
    assert min(verdicts.values()) > CASES / 12, verdicts


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_document_that_is_not_changed_is_accepted(kind: str) -> None:
    for document in DOCUMENTS[kind]:
        assert agree(kind, written(document)), document
