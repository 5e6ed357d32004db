"""Whatever stands in a data folder ends in diagnostics or in a portal that can be published, never in an exception.

The examples are derived from the tests themselves, so that the same ones run everywhere.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BASE_FILES, TODAY, SmallProject, write_files
from milepost.check.rules import RULES
from milepost.check.run import Checked, check_project
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import RuleFacts, as_github, as_json, as_sarif, as_text
from milepost.exports import export_json
from milepost.history.timeline import Past
from milepost.report import make_report
from milepost.site.feeds import FEEDS, calendars, channels, write_calendar, write_feed_list
from milepost.site.pages import PAGES

DEMO = "data/programmes/demo"
FILES = {
    **BASE_FILES,
    f"{DEMO}/milestones.yml": """\
        - id: M1
          title: First
          window: {weeks: [0, 2]}
          owner: editor
          includes: [T1, {task: T2, subtasks: [T2.1], role: scoped, purpose: To begin}]
          exit_criteria:
            criteria: [It holds, {text: It is signed, met: true, evidence: [Minutes]}]
            achieved: By a test
          approval: {date: 2025-01-31, by: editor}
          accept:
            - {rule: approved-with-open-work, figures: {T1: 80}, reason: So it is., by: editor}
        - {id: M2, window: {start: 2025-01-01, end: 2027-02-01}, depends_on: [M1], deliverables: {items: [A]}}
        """,
    f"{DEMO}/tasks.yml": """\
        - id: T1
          formerly: [T0]
          progress: 80
          status: in-progress
          coverage: {backend: The services}
          subtasks:
            - {id: T1.1, title: One, progress: 100, weight: 4, status: complete, completed: 2025-01-02}
            - {id: T1.2, progress: 0%}
          sprints:
            - {id: S1, progress: 80, items: [{text: An item, progress: 80}]}
          updates:
            - date: 2026-11-20
              text: See `code`, [[demo/M1]], T2 and https://a.example/x.
              evidence: [notes.md]
              refs: [T2]
        - id: T2
          milestones: [M2]
          subtasks: [{id: T2.1}]
        """,
    f"{DEMO}/tracker.yml": """\
        updated: 2025-01-04
        rows: [{task: T2, milestone: M2, owner: editor, status: not-started, progress: 0, date: 2025-01-04}]
        activity: [{date: 2025-01-04, kind: opened, text: T2 was opened, refs: [T2]}]
        checkpoints: [{title: Look, week: 2, weekday: monday}]
        cadence: [{frequency: weekly, title: Meeting, attendees: [editor]}]
        metrics: [{title: Speed, readings: [{date: 2025-01-01, value: 3 s}]}]
        """,
    f"{DEMO}/registers/risks.yml": """\
        - id: R-01
          description: It rains
          impact: high
          status: resolved
          listed: active
          raised: 2025-01-01
          accept: [{rule: resolved-but-active, figures: {status: resolved, listed: active}, reason: So it is.}]
        """,
    f"{DEMO}/registers/decisions.yml": """\
        - {id: D-01, date: 2025-01-01, decision: Begin, rationale: Why not, owner: editor, refs: [R-01]}
        """,
    "content/index.md": """\
        ---
        title: Home
        programme: demo
        render_macros: true
        ---

        # How it went

        {{ progress("demo/T1") }} and {{ table("demo", "tasks") }}: T1 is at 80 %.

        ```yaml
        progress: 12
        ```
        """,
    "content/plain.md": "# Plain\n\nNo front matter, and `{{ code }}`.\n",
}
"""A sound project that has something of everything."""

TWO_TASKS = "- {{id: T1, formerly: [T0], progress: 80, updates: [{}]}}\n- {{id: T2, subtasks: [{{id: T2.1}}]}}\n"
NAMES = sorted(FILES)
RULE_NAMES = {rule.name for rule in RULES}
FACTS = [RuleFacts(rule.name, rule.severity, "", "") for rule in RULES]
EXAMPLES = 460
MORE = int(os.environ.get("MILEPOST_ANY_BYTES", "0"))
steady = settings(
    derandomize=not MORE,
    database=None,
    deadline=None,
    max_examples=MORE or EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Over 5,000 examples in all, the same in each run; MILEPOST_ANY_BYTES=10000 tries that many others in each test."""


@dataclass(frozen=True)
class Ground:
    """A sound project on disk, one file of which an example replaces."""

    folder: Path

    def check_with(self, name: str, content: bytes) -> Checked:
        path = self.folder / name
        before = path.read_bytes()
        path.write_bytes(content)
        try:
            checked = check_project(self.folder, TODAY)
            can_be_told(checked, self.folder)
            lies_within(checked, name, content)
            can_be_published(checked)
        finally:
            path.write_bytes(before)
        return checked


def can_be_told(checked: Checked, folder: Path) -> None:
    """A result is sound or says what is wrong: by a rule there is, at a place there is, in every form of the check."""
    assert checked.is_sound or checked.diagnostics
    for found in checked.diagnostics:
        assert found.rule in RULE_NAMES
        assert found.line >= 1
        assert found.column >= 1
        assert found.message
    text = as_text(checked.diagnostics, line_reader(("", folder)))
    assert [char for char in text if not char.isprintable() and char not in "\n\t"] == []
    count = len(checked.diagnostics)
    assert len(json.loads(as_json(checked.diagnostics).encode())["diagnostics"]) == count
    commands = as_github(checked.diagnostics)
    commands.encode()
    assert len(re.findall(r"^::(?:error|warning) file=", commands, re.MULTILINE)) == count
    assert len(re.split(r"[\r\n]+", commands)) == max(count, 1)
    assert len(json.loads(as_sarif(checked.diagnostics, FACTS, "0").encode())["runs"][0]["results"]) == count


def lies_within(checked: Checked, name: str, content: bytes) -> None:
    """A finding about the file stands on one of its lines, or where one more would begin."""
    lines = re.split(r"\r\n|\r|\n", content.decode("utf-8-sig", errors="replace"))
    for found in checked.diagnostics:
        if found.path == name:
            assert found.line <= len(lines) + 1, found
            longest = lines[found.line - 1] if found.line <= len(lines) else ""
            assert found.column <= len(longest) + 2, found


def can_be_published(checked: Checked) -> None:
    """A sound result makes pages, feeds and an export. (Charts cost a second; they have tests of their own.)"""
    if not checked.is_sound or checked.portal is None:
        return
    report = make_report(checked, Past(), site_address="https://demo.example/")
    for kind in PAGES:
        for page in kind.make(report):
            page.markdown.encode()
    for channel in channels(report):
        for feed in FEEDS:
            feed.write(channel, feed.route(channel.name)).encode()
    for calendar in calendars(report):
        write_calendar(calendar).encode()
    write_feed_list(report).encode()
    json.loads(export_json(checked.portal))


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("any-bytes")
    write_files(folder, FILES)
    yield Ground(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module", autouse=True)
def sound_ground(ground: Ground) -> None:
    """What these tests start from is sound, or they would show nothing."""
    checked = check_project(ground.folder, TODAY)
    assert checked.diagnostics == ()
    assert len(checked.verdict.accepted) == 2


WORDS = st.sampled_from(
    [
        *("id", "title", "progress", "status", "owner", "tasks", "subtasks", "sprints", "items", "includes", "accept"),
        *("rule", "figures", "reason", "formerly", "updates", "date", "text", "refs", "window", "weeks", "criteria"),
        *("exit_criteria", "achieved", "coverage", "rows", "task", "milestone", "milestones", "programmes", "closed"),
        *("T1", "T1.1", "T2", "M1", "R-01", "D-01", "editor", "demo", "[[demo/T1]]", "[[T0]]", "T0", "Nobody", ".."),
        *(
            "0",
            "45",
            "45%",
            "100",
            "101",
            "-1",
            "045",
            "4.5",
            "no",
            "on",
            "true",
            "~",
            "null",
            "2025-01-31",
            "2025-02-30",
        ),
        *("complete", "scoped", "active", "resolved", "rollup-mismatch", "reported", "computed", "undated", "criteria"),
        *(
            '""',
            '"[key]"',
            "'a''b'",
            '"\\x07"',
            '"\\uD800"',
            '"\\"',
            "é€",
            "😀",
            "\u2028",
            "\x85",
            "\x00",
            "\x1b",
            "\ufeff",
        ),
    ]
)
MARKS = st.sampled_from(
    [
        *(": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ", ", ",", "|", ">", "|-\n", ">+2\n", "#", " #", "%", "@"),
        *(
            "&a ",
            "*a",
            "&a",
            "*b ",
            "<<: ",
            "!!int ",
            "!!str ",
            "!x ",
            "!",
            "!!python/object:x ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
        ),
        *("\n", "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\n      ", "\t", "\r\n", "\r", " ", '"', "'", "`"),
    ]
)
WORD = re.compile(r"[\w.%-]+")
OWN_WORDS = st.sampled_from(sorted({word for text in FILES.values() for word in WORD.findall(text)}))
YAML_LIKE = st.lists(WORDS | MARKS, max_size=40).map("".join)


def entries(fields: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Well-formed YAML with the fields of records, whose values are of any kind."""
    values: st.SearchStrategy[object] = st.recursive(
        st.none() | st.booleans() | st.integers(-2, 102) | WORDS | st.dates(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=3),
        max_leaves=12,
    )
    record = st.dictionaries(fields, values, max_size=5)
    return (st.lists(record, max_size=3) | record).map(lambda value: json.dumps(value, default=str, ensure_ascii=False))


ODD = st.sampled_from(
    [
        *("1e999", "-1e999", ".nan", ".inf", "1" * 400, "9" * 5000, "-0", "0x" + "F" * 40, "1_0", "1:60:60"),
        *("0000-00-00", "99999-01-01", "2025-13-01", "0001-01-01", "9999-12-31", "2025-01-01T00:00:00Z", "24:60"),
        *("[" * 60, "{a: " * 60, "- " * 60, "[[" * 30 + "]]" * 30, "&a [*a]", "&a {b: *a}", "*a", "&a x", "*nowhere"),
        *(
            "\u202e",
            "\u2066",
            "\u200b",
            "\ufffe",
            "\U000e0041",
            "\ud800",
            "\ufeff",
            "\x00",
            "\x7f",
            "\x9b31m",
            "\x1b[2J",
        ),
        *(
            "e\u0301" * 50,
            "ﷺ" * 20,
            "W" * 10_000,
            "\n\n\n",
            "\r",
            "\r\n",
            "\u2029",
            "\t",
            "%0A::error::x",
            "\n::error::x",
        ),
        *(
            "<script>",
            "javascript:x",
            "{{ 7*7 }}",
            "{% raw %}",
            "{{ (" * 40,
            "{% endfor %}",
            "--- \n",
            "...\n",
            "---\n",
        ),
        *(
            "render_macros: true\n",
            "render_macros: [\n",
            "programme: {}\n",
            '{{ link("' + "x" * 99 + '") }}',
            "{{ 1" + "0" * 5000 + " }}",
        ),
    ]
)
BOMS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00", b"\xef\xbb\xbf\xef\xbb\xbf"])
PLACES = st.tuples(st.floats(0, 1), st.integers(0, 30))
PAGE_NAMES = [name for name in NAMES if name.startswith("content/")]


def part(text: str, place: tuple[float, int]) -> str:
    """A few lines of `text`, from a place in it on."""
    lines = text.splitlines(keepends=True)
    start = int(place[0] * len(lines))
    return "".join(lines[start : start + 1 + place[1] % 4])


def spliced(content: str, at: float, length: int, piece: str) -> bytes:
    """`content` with `piece` in the place of `length` characters at a part `at` of it."""
    start = int(at * len(content))
    return (content[:start] + piece + content[start + length :]).encode("utf-8", "surrogatepass")


class TestAnyBytes:
    @given(name=st.sampled_from(NAMES), content=st.binary(max_size=200))
    @steady
    def test_any_bytes_in_any_file(self, ground: Ground, name: str, content: bytes) -> None:
        ground.check_with(name, content)

    @given(name=st.sampled_from(NAMES), content=YAML_LIKE)
    @steady
    def test_anything_that_looks_like_yaml_in_any_file(self, ground: Ground, name: str, content: str) -> None:
        ground.check_with(name, content.encode("utf-8", "surrogatepass"))

    @given(name=st.sampled_from(NAMES), content=entries(WORDS))
    @steady
    def test_any_values_in_the_fields_of_records(self, ground: Ground, name: str, content: str) -> None:
        ground.check_with(name, content.encode("utf-8", "surrogatepass"))

    @given(
        name=st.sampled_from(NAMES),
        at=st.floats(0, 1),
        length=st.integers(0, 12),
        piece=WORDS | MARKS | st.just("") | YAML_LIKE,
    )
    @steady
    def test_a_sound_file_in_which_somebody_has_mistyped(
        self, ground: Ground, name: str, at: float, length: int, piece: str
    ) -> None:
        ground.check_with(name, spliced(dedent(FILES[name]), at, length, piece))

    @given(name=st.sampled_from(NAMES), at=st.floats(0, 1), word=WORDS | OWN_WORDS)
    @steady
    def test_a_sound_file_in_which_one_word_is_another(self, ground: Ground, name: str, at: float, word: str) -> None:
        text = dedent(FILES[name])
        words = list(WORD.finditer(text))
        chosen = words[int(at * (len(words) - 1))]
        ground.check_with(name, (text[: chosen.start()] + word + text[chosen.end() :]).encode("utf-8", "surrogatepass"))

    @given(name=st.sampled_from(NAMES), at=st.floats(0, 1), byte=st.integers(0, 255))
    @steady
    def test_a_sound_file_in_which_one_byte_is_another(self, ground: Ground, name: str, at: float, byte: int) -> None:
        content = bytearray(dedent(FILES[name]).encode())
        content[int(at * (len(content) - 1))] = byte
        ground.check_with(name, bytes(content))

    @given(name=st.sampled_from(NAMES), part=st.floats(0, 1))
    @steady
    def test_a_file_that_was_cut_off(self, ground: Ground, name: str, part: float) -> None:
        content = dedent(FILES[name]).encode()
        ground.check_with(name, content[: int(part * len(content))])

    @given(
        name=st.sampled_from(NAMES),
        edits=st.lists(st.tuples(PLACES, ODD | WORDS | MARKS), min_size=1, max_size=6),
        mark=BOMS,
    )
    @steady
    def test_a_sound_file_with_odd_things_in_several_places(
        self, ground: Ground, name: str, edits: list[tuple[tuple[float, int], str]], mark: bytes
    ) -> None:
        text = dedent(FILES[name])
        for (at, length), piece in edits:
            start = int(at * len(text))
            text = text[:start] + piece + text[start + length % 4 :]
        ground.check_with(name, mark + text.encode("utf-8", "surrogatepass"))

    @given(name=st.sampled_from(NAMES), other=st.sampled_from(NAMES), taken=PLACES, put=PLACES)
    @steady
    def test_a_sound_file_with_lines_of_its_own_or_of_another_once_more(
        self, ground: Ground, name: str, other: str, taken: tuple[float, int], put: tuple[float, int]
    ) -> None:
        lines = dedent(FILES[name]).splitlines(keepends=True)
        lines.insert(int(put[0] * len(lines)), part(dedent(FILES[other]), taken))
        ground.check_with(name, "".join(lines).encode())

    @given(name=st.sampled_from(NAMES), edits=st.lists(st.tuples(PLACES, st.binary(max_size=4)), max_size=8))
    @steady
    def test_a_sound_file_with_bytes_put_in_taken_out_or_replaced(
        self, ground: Ground, name: str, edits: list[tuple[tuple[float, int], bytes]]
    ) -> None:
        content = dedent(FILES[name]).encode()
        for (at, length), piece in edits:
            start = int(at * len(content))
            content = content[:start] + piece + content[start + length % 8 :]
        ground.check_with(name, content)

    @given(name=st.sampled_from(PAGE_NAMES), head=YAML_LIKE | ODD, body=st.lists(ODD | WORDS | MARKS | OWN_WORDS))
    @steady
    def test_any_front_matter_and_any_text_of_a_page(
        self, ground: Ground, name: str, head: str, body: list[str]
    ) -> None:
        text = f"---\nrender_macros: true\n{head}\n---\n{{{{{' '.join(body)}}}}}\n"
        ground.check_with(name, text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("portfolio.yml", b"\r\x00\x80title: x"),
        ("portfolio.yml", b"title: x\r\r\x07"),
        ("portfolio.yml", b""),
        ("portfolio.yml", b"title: P\npublisher: O\nprogrammes: []\nfeed_authority: demo.example,2026\n"),
        ("programmes/demo/programme.yml", b"\xff\xfe\x00"),
        ("programmes/demo/tasks.yml", b"\xef\xbb\xbf\xef\xbb\xbf- id: T1"),
        ("programmes/demo/tasks.yml", b"- &a [*a]"),
        ("programmes/demo/tasks.yml", b"[" * 5000),
        ("programmes/demo/tasks.yml", b"- " * 5000),
        ("programmes/demo/tasks.yml", TWO_TASKS.format('{date: 2025-01-01, text: "\\x07"}').encode()),
        ("programmes/demo/tasks.yml", TWO_TASKS.format("{date: 0001-01-01, text: Long ago}").encode()),
        ("programmes/demo/tasks.yml", TWO_TASKS.format("{date: 9999-12-31, text: Not yet}").encode()),
        ("programmes/demo/tracker.yml", b'"[key]": 1'),
        ("programmes/demo/tracker.yml", b"rows: [{task: T0, progress: 1}]"),
        ("programmes/demo/milestones.yml", b"- {id: M1, includes: [{task: T0, role: scoped}]}\n- id: M2\n"),
        ("programmes/demo/milestones.yml", b"- {id: M1, depends_on: [T0]}\n- id: M2\n"),
    ],
)
def test_what_might_well_have_been_a_traceback(ground: Ground, name: str, content: bytes) -> None:
    ground.check_with(f"data/{name}", content)


@pytest.mark.parametrize("name", NAMES)
def test_a_project_that_lacks_any_one_file_is_told_of_or_sound(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, FILES)
    (tmp_path / name).unlink()
    checked = SmallProject(tmp_path).check()
    can_be_told(checked, tmp_path)
    can_be_published(checked)


@pytest.mark.parametrize("name", NAMES)
def test_a_project_with_a_folder_in_the_place_of_a_file_is_told_of_or_sound(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, FILES)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    checked = SmallProject(tmp_path).check()
    can_be_told(checked, tmp_path)
    can_be_published(checked)


def test_a_file_whose_very_name_is_not_text_is_told_of(tmp_path: Path) -> None:
    write_files(tmp_path, BASE_FILES)
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/data/\xff.yml")).write_bytes(b"- id: T1\n")
    except OSError:
        pytest.skip("this file system refuses names that are not UTF-8, so there is nothing to find")
    checked = SmallProject(tmp_path).check()
    assert [found.rule for found in checked.diagnostics] == ["misplaced-file"]
    can_be_told(checked, tmp_path)
