"""The colours of charts: each is told from its ground, and states from each other, also by colour-blind eyes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from conftest import PROJECT
from milepost.model.status import State
from milepost.site.charts import SCHEMES
from milepost.site.charts.style import Scheme

TEXT_CONTRAST, MARK_CONTRAST = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
LEAST_DISTANCE = 10.0
"""In CIE 1976 L*a*b*, where a difference of about 2 is just seen."""
STATES = ("not_started", "in_progress", "complete", "at_risk", "blocked", "disagrees")
Channels = tuple[float, float, float]

SIGHT: dict[str, tuple[Channels, Channels, Channels]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear RGB as it is seen. G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, A Physiologically-based Model for
Simulation of Color Vision Deficiency, IEEE Transactions on Visualization and Computer Graphics 15 (2009), severity 1.0.
"""
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)
"""Linear sRGB to CIE XYZ, and the white of it, D65."""


def linear(colour: str) -> Channels:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def times(matrix: tuple[Channels, ...], channels: Channels) -> Channels:
    first, second, third = (sum(a * b for a, b in zip(row, channels, strict=True)) for row in matrix)
    return first, second, third


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted(times(XYZ, linear(colour))[1] for colour in (first, second))
    return (lighter + 0.05) / (darker + 0.05)


def lab(channels: Channels) -> Channels:
    within = tuple(min(1.0, max(0.0, channel)) for channel in channels)
    shares = (value / white for value, white in zip(times(XYZ, (within[0], within[1], within[2])), WHITE, strict=True))
    x, y, z = (share ** (1 / 3) if share > 0.008856 else 7.787 * share + 16 / 116 for share in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(first: str, second: str, sight: str) -> float:
    seen = [lab(times(SIGHT[sight], linear(colour))) for colour in (first, second)]
    return math.dist(*seen)


def test_the_measures_are_those_of_their_sources() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab(linear("#ff0000")) == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
    # Red and green of like lightness are told apart by the usual eye alone.
    assert distance("#c04040", "#6f7a1f", "usual") > 3 * distance("#c04040", "#6f7a1f", "deuteranopia")
    for matrix in SIGHT.values():
        assert times(matrix, (1, 1, 1)) == pytest.approx((1, 1, 1), abs=0.0001)


@pytest.mark.parametrize("name", SCHEMES)
def test_texts_and_marks_stand_out_from_what_they_stand_on(name: str) -> None:
    scheme = SCHEMES[name]
    for text in (scheme.text, scheme.faint):
        assert all(contrast(text, ground) >= TEXT_CONTRAST for ground in (scheme.ground, *scheme.gravity)), text
    for mark in (*(getattr(scheme, state) for state in STATES), *scheme.steps, scheme.faint):
        assert contrast(mark, scheme.ground) >= MARK_CONTRAST, mark
    for mark in (scheme.disagrees, scheme.text, scheme.in_progress, scheme.complete):
        assert contrast(mark, scheme.track) >= MARK_CONTRAST, mark


@pytest.mark.parametrize("name", SCHEMES)
def test_the_steps_from_few_to_many_stand_out_more_and_more(name: str) -> None:
    few, some, many = (contrast(step, SCHEMES[name].ground) for step in SCHEMES[name].steps)
    assert few * 1.5 < some < many / 1.5


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", SCHEMES)
def test_the_colours_of_states_differ_to_every_eye(name: str, sight: str) -> None:
    close = [
        (first, second)
        for first, second in combinations(STATES, 2)
        if distance(getattr(SCHEMES[name], first), getattr(SCHEMES[name], second), sight) < LEAST_DISTANCE
    ]
    assert close == []


def test_every_state_has_a_colour() -> None:
    scheme = SCHEMES["light"]
    assert {state: scheme.of_state(state) for state in State} == {
        State.NOT_STARTED: scheme.not_started,
        State.IN_PROGRESS: scheme.in_progress,
        State.COMPLETE: scheme.complete,
        State.AT_RISK: scheme.at_risk,
        State.BLOCKED: scheme.blocked,
        State.UNREPORTED: scheme.not_started,
    }


def declared(style: str, selector: str) -> dict[str, str]:
    """The colours of Milepost's own that a rule of the style sheet declares, by name."""
    block = style.split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--mp-([a-z-]+): (#[0-9a-f]{6});", block))


def shared(scheme: Scheme) -> Iterator[tuple[str, str]]:
    for name in (*STATES, "ground", "track", "faint"):
        yield name.replace("_", "-"), getattr(scheme, name)


@pytest.mark.parametrize(("name", "selector"), [("light", ":root"), ("dark", '[data-md-color-scheme="slate"]')])
def test_charts_have_the_colours_of_pages(name: str, selector: str) -> None:
    style = (PROJECT / "overrides" / "assets" / "milepost.css").read_text("utf-8")
    of_pages = declared(style, selector)
    assert {key: of_pages[key] for key, _ in shared(SCHEMES[name])} == dict(shared(SCHEMES[name]))
