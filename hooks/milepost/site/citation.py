"""A citation of a page, in the forms that people and reference managers take. Titles are escaped in each.

The forms: plain text; BibTeX, read by classic BibTeX and by biblatex; CSL-JSON, as the schema csl-data.json 1.0 of the
Citation Style Language has it; Markdown, read alike by CommonMark and by Python-Markdown. None gives the day on which
the page was read, so that the same data gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from milepost.text.dates import in_words
from milepost.text.plain import remove_unprintable

IN_ADDRESS = "!$%&*+,-./:;=?@[]_~#"
PLACE_IN_KEY = str.maketrans("/#", "::")
IN_KEY = re.compile(r"[^0-9A-Za-z.:-]+")
# BibTeX counts braces whatever stands before them, so that those of a title cannot be written as braces.
TEX = str.maketrans({
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}", "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}", "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
    '"': r"{\textquotedbl}", "`": r"{\textasciigrave}", "@": "{@}",
    "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%",
})  # fmt: skip
# Backslashes where both dialects know them, entities elsewhere.
MARKDOWN = str.maketrans({
    **{mark: f"\\{mark}" for mark in "\\`*_{}[]!#"},
    **{mark: f"&#{ord(mark)};" for mark in "&<>|~$"},
})  # fmt: skip
JSON_IN_HTML = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Edition:
    """The state of the site that a page is cited in: a snapshot, or the current one, which changes."""

    root: str
    """The address of that state of the site; empty where it is not known."""
    snapshot: str
    """The id of the snapshot; empty for the current site."""
    day: date | None
    """The day on which the snapshot was made; None for the current site."""
    as_of: date
    """The day as of which its figures are judged."""
    commit: str
    """The commit that it was built from; empty where it is not known."""
    data: str
    """The digest of the data: SHA-256, in hexadecimal."""

    @property
    def words(self) -> str:
        """Which state it is, for people."""
        if self.day is None:
            return "current page, which changes"
        return f"snapshot {self.snapshot} of {in_words(self.day)}"

    @property
    def issued(self) -> date:
        """The day from which its pages stand as they are cited."""
        return self.day or self.as_of

    def basis(self, mark: str = "") -> str:
        """What its figures rest on: the as-of day, the commit and the digest of the data, both between marks."""
        commit = f", commit {mark}{self.commit}{mark}" if self.commit else ""
        return f"as of {in_words(self.as_of)}{commit}, data (SHA-256) {mark}{self.data}{mark}"


@dataclass(frozen=True, slots=True)
class Citation:
    """The facts of a citation of a page."""

    title: str
    """The title of the page."""
    portal: str
    """The title of the portal."""
    publisher: str
    authority: str
    """The domain that the ids of the portal are built on."""
    route: str
    """The page, or an anchor on it, below the root of its edition."""
    address: str
    """The address of the page; empty where it is not known."""
    edition: Edition

    @property
    def key(self) -> str:
        """What bibliographies call it: the portal's domain, the page, and the snapshot, else that it is of a day."""
        place = IN_KEY.sub("-", self.route.replace(".html", "").translate(PLACE_IN_KEY))
        return f"{self.authority}:{place}:{self.edition.snapshot or f'current-{self.edition.as_of}'}"

    @property
    def safe_address(self) -> str:
        """The address without a mark that could end it in one of the forms."""
        return quote(self.address, safe=IN_ADDRESS)


def text(citation: Citation) -> str:
    """The citation as a line of plain text."""
    parts = [citation.title, citation.portal, citation.publisher, _capitalised(citation.edition.words)]
    sentences = [_sentence(remove_unprintable(part)) for part in parts]
    address = [citation.safe_address] if citation.address else []
    return " ".join((*sentences, *address, f"({citation.edition.basis()})"))


def bibtex(citation: Citation) -> str:
    """The citation as an entry of a BibTeX file."""
    fields = {
        "title": f"{{{_tex(citation.title)}}}",
        "author": f"{{{_tex(citation.publisher)}}}",
        "howpublished": f"{_tex(citation.portal)}, {_tex(citation.edition.words)}",
        "year": str(citation.edition.issued.year),
        "month": MONTHS[citation.edition.issued.month - 1],
        "version": citation.edition.snapshot,
        "url": citation.safe_address,
        "note": _capitalised(_tex(citation.edition.basis())),
    }
    # The names of months are macros of BibTeX, which stand bare.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@misc{{{citation.key},\n" + ",\n".join(lines) + "\n}"


def csl_json(citation: Citation) -> str:
    """The citation as CSL-JSON: a list of one item."""
    issued, publisher = citation.edition.issued, remove_unprintable(citation.publisher)
    item = {
        "id": citation.key,
        "type": "webpage",
        "title": remove_unprintable(citation.title),
        "container-title": remove_unprintable(citation.portal),
        "author": [{"literal": publisher}],
        "publisher": publisher,
        "issued": {"date-parts": [[issued.year, issued.month, issued.day]]},
        "version": citation.edition.snapshot,
        "URL": citation.safe_address,
        "note": _capitalised(f"{citation.edition.words}, {citation.edition.basis()}"),
    }
    stated = {name: value for name, value in item.items() if value}
    return json.dumps([stated], indent=2, ensure_ascii=False).translate(JSON_IN_HTML)


def markdown(citation: Citation) -> str:
    """The citation as a line of Markdown."""
    title = _markdown(citation.title)
    linked = f"[{title}]({citation.safe_address})" if citation.address else title
    portal, publisher = _markdown(citation.portal), _markdown(citation.publisher)
    return f"{linked}, {portal}, {publisher}, {citation.edition.words}, {citation.edition.basis('`')}."


@dataclass(frozen=True, slots=True)
class CitationForm:
    """A form of citations: its name on the command line, its title on pages, and how it is written."""

    name: str
    title: str
    write: Callable[[Citation], str]


FORMS = (
    CitationForm("text", "Plain text", text),
    CitationForm("bibtex", "BibTeX", bibtex),
    CitationForm("csl-json", "CSL-JSON", csl_json),
    CitationForm("markdown", "Markdown", markdown),
)
"""Every form, the one for people first."""


def _sentence(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tex(words: str) -> str:
    return remove_unprintable(words).translate(TEX)


def _markdown(words: str) -> str:
    return remove_unprintable(words).translate(MARKDOWN)
