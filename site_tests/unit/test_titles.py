"""What a page is called in a citation is what its own page is called."""

from __future__ import annotations

from pathlib import Path

from milepost.data.pages import HEADING, read_content
from milepost.model.addresses import pages_of, titles_of
from milepost.model.events import events_from_data
from milepost.report import Report
from milepost.site.build import Artifact


def test_every_page_of_a_portal_has_its_own_title_there(
    own_report: Report, own_artifacts: tuple[Artifact, ...]
) -> None:
    portal = own_report.portal
    titles = titles_of(portal)
    assert pages_of(portal, events_from_data(portal)) <= titles.keys()
    made = {artifact.page.route: artifact.page.title for artifact in own_artifacts if artifact.page is not None}
    with_programme = {
        entity.route: f" ({portal.programme(entity.ref.programme).record.title})"
        for entity in portal.entities.values()
        if entity.kind in {"milestone", "task"}
    }
    shared = pages_of(portal, events_from_data(portal)) & made.keys()
    assert len(with_programme) > 50
    assert len(shared) > len(with_programme) + 30
    for route in shared:
        assert titles[route] == made[route] + with_programme.get(route, ""), route


def test_every_entity_is_called_by_its_id_and_its_programme(own_report: Report) -> None:
    portal = own_report.portal
    titles = titles_of(portal)
    for ref, entity in portal.entities.items():
        programme = portal.programme(ref.programme).record.title
        assert entity.ref.id in titles[entity.route]
        assert programme in titles[entity.route]
        assert (entity.title or "") in titles[entity.route]


def test_an_authored_page_is_called_as_it_says_else_by_its_heading_else_by_its_name(
    five_project: Path,
) -> None:
    titles = {page.route: page.shown_title for page in read_content(five_project).pages}
    assert titles["handbook/index.html"] == "Handbook"
    assert titles["programmes/fixnado.html"] == "Fixnado in words"
    for text, words in (
        ("# One two {#anchor}\n", "One two"),
        ("Text\n\n#  One `two` #\n\n# Three\n", "One `two`"),
        ("# C#\n", "C"),
    ):
        found = HEADING.search(text)
        assert found is not None
        assert found["words"] == words
    assert HEADING.search("## Two\n\n#hash\n") is None
