"""What a sentence of the data is made of: plain words, code, addresses, and what may refer to an entity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

IN_ADDRESS = r"[^\s<>\"'`()\[\]|]"
# A bracket that is closed again belongs to the address; one that closes the sentence's own does not.
BRACKETED = r"\([^\s<>\"'`()\[\]|]*\)"
TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[\[(?P<reference>[^\[\]\s]+)\]\]"
    rf"|(?P<address>https?://(?:{IN_ADDRESS}|{BRACKETED})*(?:(?![.,;:!?*]){IN_ADDRESS}|{BRACKETED}))"
    r"|(?<![\w.-])(?P<id>[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)(?!\w)"
)


class TokenKind(StrEnum):
    """What a stretch of a sentence is: `reference` is a [[...]], `id` a word that has the form of an id."""

    TEXT = "text"
    CODE = "code"
    REFERENCE = "reference"
    ADDRESS = "address"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of a sentence, without the marks around it."""

    kind: TokenKind
    text: str


def tokens(sentence: str) -> Iterator[Token]:
    """Cut `sentence` into tokens; joined, with their marks, they give the sentence."""
    position = 0
    for found in TOKEN.finditer(sentence):
        kind = found.lastgroup or ""
        text = found[kind]
        if kind == "id" and not any(character.isdigit() for character in text):
            continue
        if found.start() > position:
            yield Token(TokenKind.TEXT, sentence[position : found.start()])
        yield Token(TokenKind(kind), text)
        position = found.end()
    if position < len(sentence):
        yield Token(TokenKind.TEXT, sentence[position:])
