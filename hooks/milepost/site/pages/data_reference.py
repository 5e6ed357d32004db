"""The data reference: a page for each kind of data file, with every field of it, and a list of them all."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from milepost.data.json_schema import SCHEMA_FOLDER
from milepost.model import routes
from milepost.report import Report
from milepost.site.data_reference import FieldFacts, data_reference
from milepost.site.pages.descriptor import Page, PageKind
from milepost.site.pages.writer import PageWriter
from milepost.text import html


def make(report: Report) -> Iterator[Page]:
    """The list of kinds of data file, and a page for each."""
    files = data_reference()
    yield PageWriter(report, routes.DATA_REFERENCE).page(
        "data_reference",
        title="Data reference",
        description="Every kind of data file: where it stands, what it is for, and what its fields mean.",
        files=files,
    )
    for file in files:
        yield PageWriter(report, routes.data_reference(file.name)).page(
            "data_file",
            title=f"{file.name}.yml",
            description=f"Every field of {file.name}.yml: what it holds, what it means, and an example.",
            file=file,
            linked=_linked,
            schema=f"{SCHEMA_FOLDER}/{file.name}.json",
        )


def _linked(field: FieldFacts) -> Markup:
    """What a field holds; the records that this names lead to their fields."""
    words = html.inline(field.form, lambda _: None)
    for name in field.records:
        link = Markup('<a class="mp-id" href="#{}">{}</a>').format(name.lower(), name)
        words = words.replace(Markup("<code>{}</code>").format(name), link)
    return words


KIND = PageKind("data-reference", "Every kind of data file, and every field of it.", make)
