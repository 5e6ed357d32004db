"""The navigation of the site, as MkDocs takes it."""

from __future__ import annotations

from typing import Any

from markupsafe import escape

from milepost.data.pages import Content
from milepost.model import routes
from milepost.site.build import Artifact
from milepost.site.pages.descriptor import ACROSS

OVERVIEW = routes.page_source(routes.OVERVIEW)


def navigation(authored: list[Any] | None, artifacts: tuple[Artifact, ...], content: Content) -> list[Any]:
    """The navigation: the overview, a section a programme, the other generated pages, then what mkdocs.yml names."""
    narratives = {page.programme: routes.page_source(page.route) for page in content.pages if page.programme}
    pages = [(artifact.path, artifact.page) for artifact in artifacts if artifact.page is not None]
    heads = {page.section: page for _, page in pages if page.section and page.route == routes.programme(page.section)}
    sections = [
        {
            str(escape(head.title)): [
                f"{slug}/index.md",
                *([narratives[slug]] if slug in narratives else []),
                *(path for path, page in pages if page.section == slug and page is not head),
            ]
        }
        for slug, head in heads.items()
    ]
    across = sorted((page.title, path) for path, page in pages if page.section == ACROSS)
    told = [{"Across programmes": [path for _, path in across]}] if across else []
    return [{"Overview": OVERVIEW}, *sections, *told, *(authored or [])]
