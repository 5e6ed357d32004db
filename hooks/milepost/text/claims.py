"""Sentences to claims: who is said to stand at which percentage. Pure text; nothing here knows the data.

A sentence is rewritten to a few signs first, an entity's name to one sign and a percentage to another, letter for
letter, so that its offsets stay. Then a handful of patterns read it. What is wished for, conditional, past or only
about equal is no claim; nor is a percentage of something else, such as tests, users or a budget.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

FIGURE_WORDS = re.compile(r"(?<![\w.,/%+−-])(?P<figure>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent\b|percent\b)(?!\w)")
PERCENT_SIGNS = ("%", "cent")
MOST = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """That something stands at a figure.

    subject: an id, a reference or a title as written; None where it is what the text belongs to. kind: what the
    sentence calls that ("this task"), empty where it does not. figure: a percentage as written, without its sign.
    offset: where in the text the figure stands.
    """

    subject: str | None
    figure: str
    offset: int
    kind: str = ""


# The signs: a name and a percentage are rows of these, as long as what they stand for.
NAME, FIGURE, CODE = "\ue000", "\ue001", "\ue002"

UNREAD = re.compile(r"`[^`\n]+`|https?://\S+|\]\([^()\s]*\)|\{\{[^{}]*\}\}|<[^<>]+>")
IDS = re.compile(
    r"\[\[(?P<reference>[^\[\]\s]+)\]\]|(?<![\w./-])(?P<id>(?=[A-Za-z.-]*\d)[A-Za-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)(?![\w/])"
)
MARKUP = re.compile(r"[*_\[\]]")
ASIDE = re.compile(rf"\([^(){FIGURE}]*\)|,\s(?:which|who|that)\b[^,;:.{FIGURE}]*,")
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=\s*(?:[-*#|]|\d+\.)\s)")

WORK = r"(?:tasks?|sub-?tasks?|milestones?|sprints?|programmes?)"
PROGRESS = r"(?:(?:overall|reported|current|total)\s+)?(?:progress|completion|status|figure|work)"
NOW = (
    r"(?:\s+(?:now|currently|still|already|only|just|today|both|all|each|exactly|complete|completed|done|estimated))"
    r"{0,3}"
)
STANDS = (
    r"(?:(?:is|are)(?:\s+(?:now|currently|still|already|reported|back)){0,3}|(?:has|have)\s+(?:now\s+|already\s+)?reached"
    r"|stands?|sits?|remains?|stays?|reached|reports?|shows?|finished|closed|ended)"
)
# Of these, a bare figure is by how much, not where to: "grew 12 %".
MOVED = (
    r"(?:(?:is|are|has|have)\s+)?(?:(?:now|already)\s+)?(?:up|down|moved|risen|rose|advanced|jumped|slipped|dropped"
    r"|fell|fallen|went|gone|grew|grown|climbed|returned|progressed)(?:\s+(?:up|down|back))?"
)
BEFORE = rf"(?:\s+by\s+{FIGURE}+|\s+from\s+(?:{FIGURE}+|\d+)|\s+{FIGURE}+)?"
DONE = r"(?:complete[d]?|done|finished|delivered|through)"
# What may follow a figure that is said of the whole: an end, that it is done, or a new thought, but no other noun.
AFTER = (
    rf"(?=\s*(?:$|[.,;:!?)\]–—|]|{DONE}\b|(?:and|but|or|while|whereas|as|with|after|before|since|because|though|although"
    r"|so|today|this|now|once|when|until|in|on|up|down|against|progress|reported|computed|overall)\b))"
)

ONE_NAME = rf"(?<!{NAME}){NAME}++"
NAMES = rf"(?P<names>{ONE_NAME}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|to|&)\s+){ONE_NAME}){{0,20}})"
OWN_WORK = rf"(?:(?P<kind>\b[Tt]h(?:is|e)\s+(?P<noun>{WORK})\b)|(?P<it>\b[Ii]t\b))"
OWN_PROGRESS = rf"(?:^|(?<=[,:–—]))\s*(?:(?:the|our|its)\s+)?{PROGRESS}"
SAID = rf"(?P<figure>{FIGURE}+)"
STAND_AT = rf"{NOW}\s+(?:{STANDS}{NOW}(?:\s+(?:at|as|on))?|{MOVED}{BEFORE}\s+to){NOW}\s+{SAID}{AFTER}"

PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # T1 is now at 80 %; T2's progress rose from 40 % to 60 %.
        rf"{NAMES}(?:['’]s)?(?:\s+{PROGRESS})?{STAND_AT}",
        # With T1 at 80 %; the tracker lists T1 as 80 % complete.
        rf"{NAMES}{NOW}\s+(?:at|as){NOW}\s+{SAID}{AFTER}",
        # T1: 80 %; T1 progress: 80 %; T1 80 %; T1 (80 %); T1 has not started (0 %); T1 is complete (100 %).
        rf"{NAMES}(?:\s+{PROGRESS})?\s*(?:[:=–—→-]\s*)?{SAID}{AFTER}",
        rf"{NAMES}(?:\s+(?:is|are|has|have|not|started|complete|done|half|open|closed|in|progress|finished)){{0,4}}\s*\(\s*{SAID}{AFTER}",
        # T1 gained 15 %, reaching 45 %; T1 planned 60 %, actual 45 %.
        rf"{NAMES}\s[^;:.{NAME}]*?,\s*(?:and\s+)?(?:(?:is\s+)?now(?:\s+at)?|reaching|actual(?:ly)?(?:\s+at)?)\s+{SAID}{AFTER}",
        # 80 % of T1 is done.
        rf"{SAID}\s+of\s+{NAMES}\s+(?:is|are)(?:\s+now)?\s+{DONE}\b",
        # We are at 60 % on T2; for T6 the team reports 35 %.
        rf"\b(?:we|team|work|progress)\s+(?:is|are|stands?)(?:\s+now)?\s+at\s+{SAID}\s+(?:on|for|with|of)\s+{NAMES}",
        rf"\b(?:for|on)\s+{NAMES},?\s+(?:we|(?:the\s+)?\w+)\s+(?:reports?|shows?|states?)\s+{SAID}{AFTER}",
        # This task is at 40 %; progress: 45 %; overall progress stands at 52 %.
        rf"{OWN_WORK}{STAND_AT}",
        rf"{OWN_PROGRESS}(?:{STAND_AT}|\s*[:=]\s*{SAID.replace('figure', 'listed')}{AFTER})",
        # Now 45 % complete; currently at 70 %; 80 % done.
        rf"(?:^|(?<=[,;:–—])|\band)\s*(?:now|currently|still|already|so\s+far)\s+(?:at\s+)?{SAID}{AFTER}",
        rf"(?:^|(?<=[;:–—]))\s*(?:at\s+)?{SAID}\s+{DONE}\b",
    )
)

# What comes before a name, in the same clause, and makes the sentence one about something else, or no statement.
NOT_THE_WHOLE = re.compile(
    r"\b(?:of|in|on|for|to|under|after|before|by|from|into|through|across|behind|per|than|against|at)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
THE_WHOLE = re.compile(
    rf"\b(?:{PROGRESS}|state|standing)\s+(?:of|on|for|in)\s+(?:the\s+)?$|^\s*(?:for|on|after|in)\s+$|\b(?:after|before)\s+$",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"\b(?:if|once|when|whenever|unless|until|till|assuming|provided|suppose|should|would|could|will|shall|must|may|might"
    r"|expected|planned|forecast|target(?:s|ed)?|goal|aims?|last\s+\w+|yesterday|previously|earlier|formerly)\b",
    re.IGNORECASE,
)
CLAUSE_END = re.compile(r"[,;:.]\s")
NEAR = 400
"""How many characters before a claim are looked at: text may be made to cost time."""


def claims(text: str, titles: Collection[str] = ()) -> Iterator[Claim]:
    """Every claim of `text`, in its order; `titles` are names that entities have beside their ids."""
    # Most texts hold no percentage, and to see that by its signs takes a tenth of the search.
    if not any(sign in text for sign in PERCENT_SIGNS) or FIGURE_WORDS.search(text) is None:
        return
    signs, names = _signs(text, titles)
    start = 0
    for end in (*(found.end() for found in SENTENCE_END.finditer(signs)), len(signs)):
        sentence = signs[start:end].rstrip()
        if FIGURE in sentence and not sentence.endswith("?"):
            yield from _of_sentence(text, sentence, start, names)
        start = end


def _signs(text: str, titles: Collection[str]) -> tuple[str, dict[int, str]]:
    """`text` with each name and each percentage as a row of signs, and the names by where they begin."""
    signs = UNREAD.sub(lambda found: CODE * len(found[0]), text)
    names: dict[int, str] = {}

    def name(found: re.Match[str]) -> str:
        names[found.start()] = found[found.lastgroup or 0]
        return NAME * len(found[0])

    for title in sorted((title for title in titles if title in text), key=len, reverse=True):
        signs = re.sub(rf"(?<!\w)(?P<title>{re.escape(title)})(?!\w)", name, signs)
    signs = FIGURE_WORDS.sub(_figure, IDS.sub(name, signs))
    signs = MARKUP.sub(" ", signs)
    return ASIDE.sub(lambda found: " " * len(found[0]), signs), names


def _figure(found: re.Match[str]) -> str:
    return (FIGURE if float(found["figure"]) <= MOST else CODE) * len(found[0])


def _of_sentence(text: str, sentence: str, start: int, names: dict[int, str]) -> Iterator[Claim]:
    read: dict[int, list[Claim]] = {}
    for pattern in PATTERNS:
        for found in pattern.finditer(sentence):
            groups = found.groupdict()
            group = "figure" if groups.get("figure") else "listed"
            if found.start(group) not in read and _is_stated(sentence, found):
                offset = start + found.start(group)
                figure = text[offset : start + found.end(group)]
                named = list(_subjects(sentence, found, start, names))
                kind = _kind(groups)
                read[found.start(group)] = [Claim(subject, _number(figure), offset, kind) for subject in named]
    for place in sorted(read):
        yield from read[place]


def _subjects(sentence: str, found: re.Match[str], start: int, names: dict[int, str]) -> Iterator[str | None]:
    groups = found.groupdict()
    if groups.get("names"):
        for name in re.finditer(f"{NAME}+", found["names"]):
            yield names[start + found.start("names") + name.start()]
    elif groups.get("it"):
        near = re.compile(ONE_NAME).finditer(sentence, max(found.start() - NEAR, 0), found.start())
        before = {names[start + name.start()] for name in near}
        # Of several, nobody can tell which one is meant.
        yield from before if len(before) == 1 else () if before else (None,)
    else:
        yield None


def _kind(groups: dict[str, str | None]) -> str:
    return (groups.get("noun") or "").lower().replace("-", "")


def _is_stated(sentence: str, found: re.Match[str]) -> bool:
    """Whether what a pattern found is said of the whole entity, and as a fact of now."""
    begin = found.start("names") if found.groupdict().get("names") else found.start()
    begin = min(begin, found.start())
    before = sentence[max(begin - NEAR, 0) : begin]
    clause = CLAUSE_END.split(before)[-1] if before else ""
    if SUPPOSED.search(clause) or SUPPOSED.search(found[0].split(FIGURE)[0]):
        return False
    return not NOT_THE_WHOLE.search(before) or THE_WHOLE.search(before) is not None


def _number(figure: str) -> str:
    digits = re.match(r"[\d.]+", figure)
    number = digits[0] if digits else figure
    return number.rstrip("0").rstrip(".") if "." in number else str(int(number))
