"""YAML text to plain values, each of which knows its place.

Scalars stay text here: what a record's field means decides whether `1.10` is a version and `45` a figure, so that no
value is read as another type by accident (YAML 1.2 has no `no` that means false). Duplicate keys are errors, and so
are tags, merge keys and several documents in one file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from milepost.data.files import SIZE_LIMIT
from milepost.diagnostics import Diagnostic, Location
from milepost.text.plain import mask_unprintable

NULL_WORDS = frozenset({"", "~", "null", "Null", "NULL"})
USUAL_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
DEPTH_LIMIT = 40
ALIAS_LIMIT = 1000
VALUE_LIMIT = 200_000
"""How many names of fields, texts, lists and mappings a file may have."""
KEPT_DOCUMENTS = 256
"""How many of the files that were read last are kept, with what they mean."""
MEASURED_FROM = 5000
"""Composing recurses in C, which ends the process at some 20,000 levels; what could be this deep is measured first."""
LINE_END = re.compile(r"\r\n|\r|\n")
NO_SPACE = re.compile(r"(?P<name>[A-Za-z_]+)\s*:(?P<value>\S.*)")
OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


class Scalar(str):
    """The text of a scalar, where it stands, and whether it was written plain, that is without quotes."""

    __slots__ = ("location", "plain")
    location: Location
    plain: bool

    @classmethod
    def at(cls, text: str, location: Location, *, plain: bool) -> Scalar:
        """The scalar `text` that was read at `location`."""
        scalar = cls(text)
        scalar.location = location
        scalar.plain = plain
        return scalar


class ItemList(list["Value"]):
    """A YAML sequence: its items, its own place, and the place of each item."""

    __slots__ = ("item_locations", "location")

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.item_locations: list[Location] = []


class FieldMap(dict[str, "Value"]):
    """A YAML mapping: its fields, its own place, and the place of each key and each value."""

    __slots__ = ("key_locations", "location", "value_locations")

    def __init__(self, location: Location) -> None:
        super().__init__()
        self.location = location
        self.key_locations: dict[str, Location] = {}
        self.value_locations: dict[str, Location] = {}

    @classmethod
    def of(cls, field: str, value: Scalar | ItemList) -> FieldMap:
        """The mapping that `value` is short for: that one `field`, at the same place."""
        fields = cls(value.location)
        fields.key_locations[field] = fields.value_locations[field] = value.location
        fields[field] = value
        return fields


Value = Scalar | ItemList | FieldMap | None


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One YAML file as read: its path, its value (None where it is empty or broken) and what is wrong with it.

    The same content at the same path is the same document; two are compared by what they are, not by what they hold.
    """

    path: str
    value: Value
    diagnostics: tuple[Diagnostic, ...]


# Between two revisions of the data few files change; what did not is read once.
@lru_cache(maxsize=KEPT_DOCUMENTS)
def read(path: str, content: bytes) -> Document:
    """Read the YAML file `content`, known as `path`; never raises for what stands in it."""
    text = _decoded(path, content)
    node = text if isinstance(text, Diagnostic) else _composed(path, text)
    if isinstance(node, Diagnostic):
        return Document(path, None, (node,))
    if node is None:
        return Document(path, None, ())
    reader = _Reader(path)
    value = reader.value(node, reader.location(node))
    over_limit = any(found.rule == "yaml-limits" for found in reader.diagnostics)
    return Document(path, None if over_limit else value, tuple(reader.diagnostics))


def _decoded(path: str, content: bytes) -> str | Diagnostic:
    """The text of a file, or why it cannot be read as text."""
    if len(content) > SIZE_LIMIT:
        message = f"the file has {len(content):,} bytes, over the limit of {SIZE_LIMIT:,}"
        return Diagnostic.at(Location(path, 1, 1), "yaml-limits", message, "Split the file into several smaller ones.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _undecodable(path, error)
    return _foreign_line_end(path, text) or text


class _Loader(yaml.CBaseLoader):
    """Composes nodes only: what has no tag of its own is a text, a list or a mapping, whatever stands in it."""

    def resolve(self, kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        """The tag of a node that has none; the library's own way to the same answer takes a fifth of the reading."""
        return USUAL_TAGS[kind]


def _composed(path: str, text: str) -> yaml.Node | Diagnostic | None:
    """The YAML nodes of a text, None where it holds nothing, or why there are none."""
    too_much = _over_limits(path, text)
    if too_much is not None:
        return too_much
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return _unreadable(path, text, error)
    except RecursionError:
        return _over_depth(Location(path, 1, 1))


def locate(value: Value, path: tuple[str | int, ...]) -> Location | None:
    """The place of the deepest value along `path`; steps that the text does not have (a short form) are passed over."""
    place = value.location if value is not None else None
    for step in path:
        if isinstance(value, FieldMap) and isinstance(step, str) and step in value:
            place = value.value_locations[step]
            value = value[step]
        elif isinstance(value, ItemList) and isinstance(step, int) and step < len(value):
            place = value.item_locations[step]
            value = value[step]
    return place


def line_reader(*roots: tuple[str, Path]) -> Callable[[Location], str]:
    """A reader of single lines of files, each path looked up below the first root whose prefix it has.

    What cannot be read as text has no line to show. Control characters are shown as `?`. A file that has changed
    meanwhile may still be shown as it was.
    """
    # Findings come in the order of their places: what was read for one serves the next.
    lines_of = lru_cache(maxsize=1)(_lines)
    shown = lru_cache(maxsize=1)(mask_unprintable)

    def line_at(location: Location) -> str:
        for prefix, folder in roots:
            if location.path.startswith(prefix):
                lines = lines_of(folder / location.path.removeprefix(prefix))
                return shown(lines[location.line - 1].rstrip()) if location.line <= len(lines) else ""
        return ""

    return line_at


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT)
    except OSError:
        return []
    return LINE_END.split(content.decode("utf-8-sig", errors="backslashreplace"))


def scalars(value: Value) -> Iterator[Scalar]:
    """Every scalar below `value`, in the order of the file."""
    left = [value]
    while left:
        last = left.pop()
        if isinstance(last, Scalar):
            yield last
        elif isinstance(last, ItemList):
            left.extend(reversed(last))
        elif isinstance(last, FieldMap):
            left.extend(reversed(last.values()))


def _foreign_line_end(path: str, text: str) -> Diagnostic | None:
    """A character that ends a line for YAML but not for editors, so that lines would be counted differently."""
    found = OTHER_LINE_ENDS.search(text)
    if found is None:
        return None
    message = f"the character U+{ord(found[0]):04X} ends a line for YAML, but not for editors"
    return Diagnostic.at(_place_in(path, text[: found.start()]), "yaml-syntax", message, "Remove it.")


def _over_limits(path: str, text: str) -> Diagnostic | None:
    """Where a file has too much in it, found without recursion and without keeping it."""
    longest_line = max(map(len, text.split("\n")))
    openings, signs = text.count("[") + text.count("{"), sum(text.count(sign) for sign in "\n,:[{-?")
    if openings + 2 * longest_line < MEASURED_FROM and text.count("*") < ALIAS_LIMIT and signs < VALUE_LIMIT:
        return None
    depth = values = aliases = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            aliases += isinstance(event, yaml.AliasEvent)
            values += isinstance(event, yaml.NodeEvent)
            if depth > DEPTH_LIMIT:
                return _over_depth(_of_event(path, event))
            if aliases > ALIAS_LIMIT:
                return _over_count(_of_event(path, event), ALIAS_LIMIT, "aliases", "Write the texts themselves.")
            if values > VALUE_LIMIT:
                hint = "Split the file into several smaller ones."
                return _over_count(_of_event(path, event), VALUE_LIMIT, "values", hint)
    except yaml.YAMLError:
        # Reading it proper says what is wrong.
        return None
    return None


def _over_count(location: Location, limit: int, what: str, hint: str) -> Diagnostic:
    return Diagnostic.at(location, "yaml-limits", f"from here on the file is over the limit of {limit:,} {what}", hint)


def _of_event(path: str, event: yaml.Event) -> Location:
    mark = event.start_mark
    return Location(path, mark.line + 1, mark.column + 1) if mark is not None else Location(path, 1, 1)


def _over_depth(location: Location) -> Diagnostic:
    return Diagnostic.at(location, "yaml-limits", f"this stands over the limit of {DEPTH_LIMIT} deep", "Flatten it.")


def _place_in(path: str, before: str) -> Location:
    """The place that comes right after the text `before`."""
    lines = LINE_END.split(before)
    return Location(path, len(lines), len(lines[-1]) + 1)


def _undecodable(path: str, error: UnicodeDecodeError) -> Diagnostic:
    # The error's own bytes are those that `start` counts in: without a byte order mark.
    location = _place_in(path, error.object[: error.start].decode("utf-8", errors="replace"))
    message = f"the byte 0x{error.object[error.start]:02x} is not UTF-8 text"
    return Diagnostic.at(location, "not-utf8", message, "Save the file as UTF-8.")


def _unreadable(path: str, text: str, error: yaml.YAMLError) -> Diagnostic:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = _mark(text, error.problem_mark, error.context_mark, error.context or "")
        location = _within(text, Location(path, mark.line + 1, mark.column + 1))
        problem = " ".join(part for part in (error.context, error.problem) if part)
        is_opening = mark is error.context_mark and location.line == mark.line + 1
        opening = LINE_END.split(text)[mark.line][mark.column :] if is_opening else ""
        hint = _hint_at(opening) if opening else _syntax_hint(text, location.line - 1)
        return Diagnostic.at(location, "yaml-syntax", f"this is not YAML: {problem}", hint)
    position = getattr(error, "position", 0) or 0
    # libyaml counts in bytes.
    location = _place_in(path, text.encode()[:position].decode(errors="replace"))
    reason = getattr(error, "reason", None) or "it cannot be read"
    return Diagnostic.at(location, "yaml-syntax", f"this is not YAML: {reason}", "Remove the character that is named.")


def _mark(text: str, problem: yaml.Mark, context: yaml.Mark | None, doing: str) -> yaml.Mark:
    """Where the mistake stands, as far as can be known: where reading stopped, or where that began which it was at.

    A name without a colon is missed on the next line only, and what is never closed at the end of the file.
    """
    is_at_end = not "".join(LINE_END.split(text)[problem.line :])[problem.column :].strip()
    is_open = is_at_end and doing.startswith(("while scanning", "while parsing a flow"))
    return context if context is not None and (is_open or doing == "while scanning a simple key") else problem


def _within(text: str, location: Location) -> Location:
    """The place itself, or the end of the last line that holds anything where it lies behind that."""
    lines = text.rstrip()
    last = len(LINE_END.split(lines))
    if location.line <= last:
        return location
    return Location(location.path, last, max(1, len(LINE_END.split(lines)[-1])))


def _hint_at(opening: str) -> str:
    """What to do about a line from `opening` on, where something begins that never ends."""
    if opening[:1] in {'"', "'"}:
        return "Close the quote that opens here."
    if opening[:1] in {"[", "{"}:
        return "Close the bracket that opens here."
    field = NO_SPACE.match(opening)
    if field:
        return f"Put a space behind the colon: {field['name']}: {field['value']}"
    return "Write `name: value`, with a colon and a space; indent a line that goes on with the text above it."


def _syntax_hint(text: str, line_index: int) -> str:
    lines = text.splitlines()
    around = lines[max(0, line_index - 1) : line_index + 1]
    if any(line.lstrip().startswith("\t") or line.startswith("\t") for line in around):
        return "Indent with spaces, never with tabs."
    if any(line.count(": ") > 1 for line in around):
        return 'Put text that holds ": " in quotes.'
    return "Look at the indentation, and at quotes and brackets that are not closed."


class _Reader:
    """Builds values of YAML nodes, and keeps what it finds wrong on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.depth = 0
        self.diagnostics: list[Diagnostic] = []
        self.built: dict[int, Value] = {}

    def value(self, node: yaml.Node, location: Location) -> Value:
        if id(node) in self.built:
            return self.shared(node, location)
        if isinstance(node, yaml.ScalarNode):
            self.built[id(node)] = scalar = self.scalar(node, location)
            return scalar
        if self.depth == DEPTH_LIMIT:
            self.diagnostics.append(_over_depth(location))
            return None
        self.depth += 1
        built = self.collection(node, location)
        self.depth -= 1
        return built

    def collection(self, node: yaml.Node, location: Location) -> ItemList | FieldMap:
        if isinstance(node, yaml.SequenceNode):
            return self.items(node, ItemList(location))
        if isinstance(node, yaml.MappingNode):
            return self.fields(node, FieldMap(location))
        raise AssertionError(f"YAML has no other node than these: {node!r}")

    def shared(self, node: yaml.Node, location: Location) -> Value:
        """What an alias stands for: a scalar may be shared; a list or mapping could hold itself, and is refused."""
        if isinstance(node, yaml.ScalarNode):
            return self.built[id(node)]
        self.report(location, "yaml-syntax", "an alias stands for a whole list or mapping", "Write it out once more.")
        return None

    def scalar(self, node: yaml.ScalarNode, location: Location) -> Scalar | None:
        self.refuse_tag(node, location)
        plain = not node.style
        if plain and node.value in NULL_WORDS:
            return None
        return Scalar.at(node.value, location, plain=plain)

    def items(self, node: yaml.SequenceNode, items: ItemList) -> ItemList:
        self.built[id(node)] = items
        self.refuse_tag(node, items.location)
        for child in node.value:
            location = self.location(child)
            items.item_locations.append(location)
            items.append(self.value(child, location))
        return items

    def fields(self, node: yaml.MappingNode, fields: FieldMap) -> FieldMap:
        self.built[id(node)] = fields
        self.refuse_tag(node, fields.location)
        for key_node, value_node in node.value:
            location = self.location(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.report(location, "yaml-syntax", "a field's name must be one word", "Write `name: value`.")
                continue
            key = key_node.value
            if key in fields:
                first = fields.key_locations[key]
                self.report(
                    location,
                    "yaml-duplicate-key",
                    f"the field {key} stands twice here, first on line {first.line}",
                    "Keep one of the two.",
                )
                continue
            fields.key_locations[key] = location
            fields.value_locations[key] = self.location(value_node)
            fields[key] = self.value(value_node, fields.value_locations[key])
        return fields

    def refuse_tag(self, node: yaml.Node, location: Location) -> None:
        if node.tag != USUAL_TAGS[type(node)]:
            self.report(location, "yaml-syntax", f"the tag {node.tag} has no meaning here", "Remove the tag.")

    def report(self, location: Location, rule: str, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic.at(location, rule, message, hint))

    def location(self, node: yaml.Node) -> Location:
        return Location(self.path, node.start_mark.line + 1, node.start_mark.column + 1)
