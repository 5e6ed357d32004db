"""What a build is asked for, and what it keeps from one event of MkDocs to the next: two records in `config.extra`.

MkDocs loads its settings anew for each build, also under `mkdocs serve`, so nothing here outlives one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mkdocs.config.defaults import MkDocsConfig

from milepost.check.run import Checked
from milepost.data.pages import AuthoredPage
from milepost.engines.mkdocs.picture_sizes import Size, size_of
from milepost.model import routes
from milepost.model.addresses import titles_of
from milepost.model.snapshot_info import SnapshotInfo
from milepost.report import Report
from milepost.site.build import Artifact, build
from milepost.site.feeds import channels

REQUEST, STATE = "milepost_request", "milepost_state"


@dataclass(frozen=True, slots=True)
class Request:
    """What whoever builds asks for, beside the settings of mkdocs.yml."""

    as_of: date | None = None
    """The day as of which programmes that still report are judged."""
    whole_history: bool = False
    """Whether to refuse a repository that does not hold the data's whole history."""
    frozen: SnapshotInfo | None = None
    """What every page says of itself, where the site is a snapshot."""
    checked: Checked | None = None
    """What the check of the same project on the same day found, where it has been run."""


@dataclass(frozen=True, slots=True)
class BuildState:
    """What follows from the report, made once for all events of a build."""

    report: Report
    artifacts: tuple[Artifact, ...]
    """Every file that Milepost makes."""
    authored: Mapping[str, AuthoredPage]
    """The pages that people wrote, by their paths in the folder of pages."""
    titles: Mapping[str, str]
    """What each page is called where it is cited, by route."""
    feed_names: frozenset[str]
    redirects: Mapping[str, str]
    """Where each page at a former address leads, by its path in the folder of pages."""
    sizes: Mapping[str, Size]
    """The width and height of each chart, by its route."""
    scripts: tuple[re.Pattern[str], ...]
    """The inline scripts of the theme, which the policy of a page names."""
    beside_pages: frozenset[str] = frozenset()
    """The routes of files that people put beside their pages."""


def make_state(report: Report, scripts: tuple[re.Pattern[str], ...]) -> BuildState:
    """The state of the build of `report`, with a theme that has these inline scripts."""
    artifacts = tuple(build(report))
    drawn = ((artifact.path, size_of(artifact.content)) for artifact in artifacts if routes.is_chart(artifact.path))
    pages = [(artifact.path, artifact.page) for artifact in artifacts if artifact.page is not None]
    return BuildState(
        report=report,
        artifacts=artifacts,
        authored={page.source: page for page in report.content.pages},
        titles=_titles(report, artifacts),
        feed_names=frozenset(channel.name for channel in channels(report)),
        redirects={path: page.leads_to for path, page in pages if page.leads_to is not None},
        sizes={path: size for path, size in drawn if size is not None},
        scripts=scripts,
    )


def request_of(config: MkDocsConfig) -> Request:
    """What was asked for; nothing, where MkDocs was started by itself."""
    request = config.extra.get(REQUEST)
    return request if isinstance(request, Request) else Request()


def state_of(config: MkDocsConfig) -> BuildState:
    """The state that `keep_state` kept; raises KeyError before."""
    state: BuildState = config.extra[STATE]
    return state


def keep_state(config: MkDocsConfig, state: BuildState) -> None:
    """Keep the state for the events that follow."""
    config.extra[STATE] = state


def _titles(report: Report, artifacts: tuple[Artifact, ...]) -> dict[str, str]:
    """What each page is called where it is cited, by route. A page that people wrote stands in the place of another."""
    made = {artifact.page.route: artifact.page.title for artifact in artifacts if artifact.page is not None}
    written = {page.route: page.shown_title for page in report.content.pages}
    return {**made, **titles_of(report.portal), **written}
