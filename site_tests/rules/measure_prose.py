"""How well claims are read off sentences: precision and recall on both halves of the evaluation set.

Precision: the share of the claims read that the set has. Recall: the share of the set's claims that were read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from milepost.text.claims import claims

SENTENCES = Path(__file__).with_name("prose_sentences.yml")
HALVES = ("tuning", "held_out")


@dataclass(frozen=True)
class Measured:
    """What was read of one half: claims read rightly, read where there are none, and missed, each with its sentence."""

    sentences: int
    right: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


def measure(half: str) -> Measured:
    """Read every sentence of `half`, and compare."""
    whole = yaml.safe_load(SENTENCES.read_text("utf-8"))
    right, wrong, missed = 0, [], []
    for entry in whole[half]:
        sentence = entry["sentence"]
        expected = {f"{subject} {figure}" for subject, figure in entry["says"].items()}
        read = {f"{claim.subject or 'own'} {claim.figure}" for claim in claims(sentence, whole["titles"])}
        right += len(expected & read)
        wrong += [(sentence, claim) for claim in sorted(read - expected)]
        missed += [(sentence, claim) for claim in sorted(expected - read)]
    return Measured(len(whole[half]), right, tuple(wrong), tuple(missed))


def told(half: str) -> Iterator[str]:
    """The measures of `half`, and what was not read as it should be, in lines."""
    found = measure(half)
    yield f"{half}: {found.sentences} sentences, precision {found.precision:.3f}, recall {found.recall:.3f}"
    yield from (f"  read, but not said: {claim!r} in {sentence!r}" for sentence, claim in found.wrong)
    yield from (f"  said, but not read: {claim!r} in {sentence!r}" for sentence, claim in found.missed)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for half in HALVES for line in told(half))
