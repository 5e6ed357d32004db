"""What the pages that people write name, and the portal does not have: programmes, entities, tables and charts."""

from __future__ import annotations

from collections.abc import Iterator

from milepost.data.macro_calls import MACROS, Argument, ChartName
from milepost.data.pages import Content
from milepost.data.records.registers import REGISTERS
from milepost.diagnostics import Diagnostic, Location, did_you_mean
from milepost.model.portal import Portal

TABLES = ("milestones", "tasks", *(register.name for register in REGISTERS))


def check_content(content: Content, portal: Portal) -> Iterator[Diagnostic]:
    """What authored pages name and the portal does not have."""
    for page in content.pages:
        slugs = [programme.slug for programme in portal.programmes]
        if page.programme is not None and page.programme not in slugs:
            yield _unknown(page.programme_location, "programme", page.programme, slugs)
        for call in page.calls:
            for kind, argument in zip(MACROS[call.name], call.arguments, strict=True):
                known = _known(kind, portal)
                if argument not in known:
                    yield _unknown(call.location, kind.value, argument, known)


def _known(kind: Argument, portal: Portal) -> list[str]:
    if kind is Argument.ENTITY:
        return [str(ref) for ref in portal.entities]
    if kind is Argument.PROGRAMME:
        return [programme.slug for programme in portal.programmes]
    return list(TABLES) if kind is Argument.TABLE else [chart.value for chart in ChartName]


def _unknown(location: Location, kind: str, word: str, known: list[str]) -> Diagnostic:
    return Diagnostic.at(location, "unknown-reference", f"there is no {kind} {word}", did_you_mean(word, known))
