"""The front matter of a page that people write, read once: as MkDocs reads it, and with the place of each field.

MkDocs has a reader of its own. Where that fails, it shows the front matter on the page and says nothing; and it takes
first lines such as `Status: fine` for metadata. So front matter is accepted only where both readers agree on its fields
and on where the page's text begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.utils.meta import YAML_RE, get_data

from milepost.data.page_fields import PAGE_FIELDS, REFUSED_FIELDS, TEXT, PageField, described, has_huge_number
from milepost.data.theme_files import has_icon, page_templates
from milepost.data.yaml_reader import FieldMap, Scalar, Value, read
from milepost.diagnostics import Diagnostic, Location, did_you_mean

RULE = "front-matter"
MARK = "---"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a page, and where its text begins.

    values: the fields as MkDocs reads them. written: the same as they are written, with their places.
    body: the page's text, as MkDocs hands it on. diagnostics: what is wrong; without any, MkDocs reads the same.
    """

    values: Mapping[str, Any]
    written: FieldMap
    body: str
    diagnostics: tuple[Diagnostic, ...]

    def text(self, name: str) -> str | None:
        """The field `name`, where it holds text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


def read_front_matter(path: str, text: str) -> FrontMatter:
    """Read the front matter of the page `text`, known as `path`; its lines end with a line feed alone."""
    head = YAML_RE.match(text)
    if head is None:
        return _without_fields(path, text)
    # The line of the opening mark is kept, so that the fields keep their lines.
    document = read(path, ("\n" + head[1]).encode())
    if document.diagnostics:
        return FrontMatter({}, FieldMap(Location(path, 1, 1)), text[head.end() :], document.diagnostics)
    written = document.value
    if not isinstance(written, FieldMap):
        return _refused(path, text, "the front matter has no fields, and MkDocs shows it as text", CLOSED)
    body, values = get_data(text)
    diagnostics = tuple(_disagreements(written, values, head[1]))
    return FrontMatter(values, written, body, diagnostics)


def check_fields(project: Path, front: FrontMatter) -> Iterator[Diagnostic]:
    """What is wrong with the values of the fields that MkDocs, the theme, a plugin or Milepost acts on."""
    for name, place in front.written.value_locations.items():
        if name not in front.values:
            continue
        value = front.values[name]
        if has_huge_number(value):
            message = f"{name} holds a number too large to be printed"
            yield Diagnostic.at(place, RULE, message, "Put it in quotes, if it is no number.")
        elif name in REFUSED_FIELDS:
            yield Diagnostic.at(place, RULE, f"{name} stops the build", REFUSED_FIELDS[name])
        elif name in PAGE_FIELDS:
            yield from _check_field(name, PAGE_FIELDS[name], value, front.written, name) or _check_name(
                project, name, value, place
            )


CLOSED = f"Write fields such as title: How we report between two lines {MARK}, or leave both lines out."
EMPTY_LINE = "Put an empty line before it, or a heading."


def _without_fields(path: str, text: str) -> FrontMatter:
    """A page that begins with its text; MkDocs takes some first lines for metadata all the same."""
    first, _, _ = text.partition("\n")
    if first.rstrip() == MARK or first.startswith(f"{MARK} "):
        return _refused(path, text, "the front matter that begins here has no end, and MkDocs shows it as text", CLOSED)
    # That line decides, and MkDocs' reader takes time by the square of what it takes for metadata.
    if get_data(first)[1]:
        message = "MkDocs takes this line for metadata, and does not show it"
        return _refused(path, text, message, EMPTY_LINE)
    return FrontMatter({}, FieldMap(Location(path, 1, 1)), get_data(text)[0], ())


def _refused(path: str, text: str, message: str, hint: str) -> FrontMatter:
    place = Location(path, 1, 1)
    return FrontMatter({}, FieldMap(place), text, (Diagnostic.at(place, RULE, message, hint),))


def _disagreements(written: FieldMap, values: Mapping[Any, Any], fields: str) -> Iterator[Diagnostic]:
    """Where MkDocs reads other fields than those that are written."""
    if not values and written:
        name = _unreadable(written, fields)
        place = written.key_locations[name] if name else written.location
        message = "MkDocs cannot read this, and would show the front matter on the page"
        yield Diagnostic.at(place, RULE, message, "Put the value in quotes, or write one that YAML 1.1 has too.")
        return
    for name in written:
        if name not in values:
            message = f"MkDocs reads the name of this field otherwise: {name}"
            yield Diagnostic.at(written.key_locations[name], RULE, message, f'Put the name in quotes: "{name}".')


def _unreadable(written: FieldMap, fields: str) -> str | None:
    """The first field that MkDocs cannot read by itself; None where it is all of them together."""
    lines = ["", *fields.split("\n")]
    starts = [written.key_locations[name].line - 1 for name in written]
    for name, start, end in zip(written, starts, [*starts[1:], len(lines)], strict=True):
        if not get_data("\n".join([MARK, *lines[start:end], MARK, ""]))[1]:
            return name
    return None


def _check_field(name: str, field: PageField, value: object, written: FieldMap, shown: str) -> list[Diagnostic]:
    """What is wrong with the type of a value, or with those in it; the field is called `shown` in messages."""
    if not field.type.fits(value):
        return [_wrong_type(name, field, value, written, shown)]
    inner = written[name]
    if field.inner is None or not isinstance(inner, FieldMap) or not isinstance(value, Mapping):
        return []
    return [
        found
        for each, kind in field.inner.items()
        if each in value
        for found in _check_field(each, kind, value[each], inner, f"{shown}: {each}")
    ]


def _wrong_type(name: str, field: PageField, value: object, written: FieldMap, shown: str) -> Diagnostic:
    message = f"{shown} takes {field.type.words}, and MkDocs reads {described(value)}"
    return Diagnostic.at(written.value_locations[name], RULE, message, _hint(name, field, value, written[name]))


def _hint(name: str, field: PageField, value: object, written: Value) -> str:
    if field.type is TEXT and isinstance(written, Scalar) and value not in (None, ""):
        return f'Put it in quotes: {name}: "{written}".'
    return f"Write, for example, {name}: {field.example}; or leave it out."


def _check_name(project: Path, name: str, value: str, place: Location) -> Iterator[Diagnostic]:
    """What a field names and the theme does not have."""
    if name == "template" and value not in (known := page_templates(project)):
        message = f"there is no template of a whole page {value}"
        yield Diagnostic.at(place, RULE, message, did_you_mean(value, known))
    if name == "icon" and not has_icon(project, value):
        message = f"the theme has no icon {value}"
        yield Diagnostic.at(place, RULE, message, f"Write, for example, icon: {PAGE_FIELDS[name].example}.")
