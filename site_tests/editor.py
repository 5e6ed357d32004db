"""YAML and JSON Schema as an editor takes them: values of YAML 1.2's core schema, and patterns of ECMA 262."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

BASIC = 0xFFFF
NULL = re.compile(r"null|Null|NULL|~|")
TRUE = re.compile(r"true|True|TRUE")
FALSE = re.compile(r"false|False|FALSE")
DECIMAL = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
NOT_A_NUMBER = re.compile(r"\.nan|\.NaN|\.NAN")


def values_of(text: str) -> Any:
    """What the YAML `text` holds by the core schema of YAML 1.2.2, section 10.3; keys are kept as text."""
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    return None if node is None else _value(node)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.SequenceNode):
        return [_value(child) for child in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    return _plain(node.value) if is_plain(node) else node.value


def is_plain(node: yaml.Node) -> bool:
    """Whether `node` is a scalar without quotes, and no block of text."""
    return isinstance(node, yaml.ScalarNode) and not node.style


def _plain(text: str) -> Any:
    for form, read in (
        (NULL, lambda _: None),
        (TRUE, lambda _: True),
        (FALSE, lambda _: False),
        (DECIMAL, int),
        (OCTAL, lambda octal: int(octal, 8)),
        (HEXADECIMAL, lambda hexadecimal: int(hexadecimal, 16)),
        (FLOAT, float),
        (INFINITE, lambda infinite: float(infinite.replace(".", ""))),
        (NOT_A_NUMBER, lambda _: float("nan")),
    ):
        if form.fullmatch(text):
            return read(text)
    return text


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """To ECMA 262, `$` is the end of the text alone; to Python it stands before a last line break as well."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


EditorValidator = extend(Draft202012Validator, {"pattern": _pattern})


def complaints(schema: str, values: Any) -> list[str]:
    """What is wrong with `values` by `schema`, each with its place; formats are left out, as the patterns say more."""
    return [f"{error.json_path}: {error.message}" for error in _validator(schema).iter_errors(values)]


@cache
def _validator(schema: str) -> Any:
    return EditorValidator(json.loads(schema))


def spelled(values: Any) -> str:
    """`values` as YAML, each in the one way that the data has for it, so that nothing but the values is told."""
    if isinstance(values, list):
        return f"[{', '.join(spelled(item) for item in values)}]"
    if isinstance(values, dict):
        return f"{{{', '.join(f'{spelled(key)}: {spelled(value)}' for key, value in values.items())}}}"
    if isinstance(values, float) and values.is_integer():
        return str(int(values))
    if isinstance(values, float) and not abs(values) < float("inf"):
        return ".nan" if values != values else ".inf"  # noqa: PLR0124  # nothing else tells one that is no number
    if isinstance(values, str):
        return f'"{"".join(_escaped(character) for character in values)}"'
    return json.dumps(values)


def _escaped(character: str) -> str:
    """JSON writes what is beyond U+FFFF as two characters, which YAML does not know."""
    return f"\\U{ord(character):08x}" if ord(character) > BASIC else json.dumps(character)[1:-1]
