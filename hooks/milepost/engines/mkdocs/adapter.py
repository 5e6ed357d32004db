"""MkDocs events to Milepost and back: the data is checked before MkDocs touches the old site, the new one when built.

MkDocs makes state anew on each `mkdocs serve` rebuild through `on_config`, so nothing here outlives a build.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from markupsafe import escape
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from milepost.check.policy import own_scripts, with_policy, with_policy_told
from milepost.check.rules.addresses import SITE_FOLDER
from milepost.check.site import check_site
from milepost.check.with_history import check_with_history
from milepost.data.clock import EpochError, today
from milepost.data.configuration import CONFIG_FILE
from milepost.data.digests import data_digest
from milepost.data.loader import DATA_FOLDER
from milepost.data.pages import TEMPLATE_FIELD, AuthoredPage, Content
from milepost.data.resources import THEME_FOLDER
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import as_text, has_errors
from milepost.engines.mkdocs import page_meta
from milepost.engines.mkdocs.picture_sizes import size_of, with_sizes
from milepost.engines.mkdocs.theme_repairs import repaired
from milepost.history.revisions import read_past
from milepost.model import routes
from milepost.model.addresses import titles_of
from milepost.model.snapshot_info import Frozen
from milepost.report import CommandFacts, Report, make_report
from milepost.site.build import Artifact, build
from milepost.site.citing import cited_page
from milepost.site.expected import expected_of
from milepost.site.feeds import FEEDS, FeedFormat, channels
from milepost.site.pages.descriptor import ACROSS
from milepost.site.search_entries import search_entries
from milepost.site.search_index import with_entries
from milepost.site.versions import Version, name_of, versions
from milepost.text.html import plain

OVERVIEW = routes.page_source(routes.OVERVIEW)
PACKED_SITEMAP = f"{routes.SITEMAP}.gz"
ARTIFACTS = "milepost_artifacts"
REPORT = "milepost_report"
FEED_NAMES = "milepost_feed_names"
AS_OF = "milepost_as_of"
LEADING_ON = "milepost_leading_on"
AUTHORED = "milepost_authored"
TITLES = "milepost_titles"
SIZES = "milepost_sizes"
SCRIPTS = "milepost_scripts"
BESIDE_PAGES = "milepost_beside_pages"
FROZEN = "milepost_frozen"
WHOLE_HISTORY = "milepost_whole_history"
MACROS_PLUGIN, MACROS_MODULE = "macros", "milepost.engines.mkdocs.macros"
CELL_END = re.compile(r"</(?:dd|dt|td|th)>(?=<)")

log = logging.getLogger("mkdocs.hooks.milepost")


class BuildError(Exception):
    """The site could not be built; the message says why, for people."""


def on_config(config: MkDocsConfig, commands: tuple[CommandFacts, ...] = ()) -> MkDocsConfig:
    """Check the data and make every artifact; a finding of severity error ends the build here.

    commands: those of the command line, for their reference in the handbook.
    """
    add_theme(config)
    project = project_of(config)
    checked = check_with_history(project, as_of_day(config))
    text = as_text(checked.diagnostics, line_reader(("", project)))
    if checked.portal is None or not checked.is_sound:
        raise PluginError(f"the data is not sound.\n\n{text}")
    if checked.diagnostics:
        log.info(text)
    past = read_past(project, as_of_day(config), checked.portal.snapshots)
    if past.gap and config.extra.get(WHOLE_HISTORY):
        raise PluginError(f"{past.gap} Fetch all of it: git fetch --unshallow.")
    if past.gap:
        log.info(past.gap)
    frozen = frozen_of(config)
    report = make_report(
        checked,
        past,
        source_address=source_address(config),
        site_address=config.site_url or "",
        data=frozen.data if frozen else data_digest(project),
        frozen=frozen,
        commands=commands,
    )
    config.extra[AS_OF] = report.portal.as_of
    artifacts = tuple(build(report))
    config.extra[REPORT] = report
    config.extra[FEED_NAMES] = frozenset(channel.name for channel in channels(report))
    config.extra[ARTIFACTS] = artifacts
    config.extra[TITLES] = titles(report, artifacts)
    config.extra[SCRIPTS] = own_scripts(templates_of(config))
    drawn = ((artifact.path, size_of(artifact.content)) for artifact in artifacts if routes.is_chart(artifact.path))
    config.extra[SIZES] = {path: size for path, size in drawn if size is not None}
    pages = [(artifact.path, artifact.page) for artifact in artifacts if artifact.page is not None]
    config.extra[LEADING_ON] = {path: page.leads_to for path, page in pages if page.leads_to is not None}
    config.extra[AUTHORED] = {page.source: page for page in report.content.pages}
    if not _shows_macros(config) and any(page.calls for page in report.content.pages):
        raise PluginError(f"pages use macros: list {MACROS_MODULE} in mkdocs.yml, under plugins: macros: modules.")
    # The theme writes it into HTML as it is, or escapes it, which does not happen to marked text a second time.
    portfolio = report.portal.portfolio
    config.site_name = escape(portfolio.title)
    config.site_description = config.site_description or str(escape(plain(portfolio.summary or portfolio.title)))
    if frozen is not None:
        config.copyright = " ".join(filter(None, (config.copyright, frozen.footer)))
    config.nav = navigation(config.nav, artifacts, report.content)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the artifacts to the files that people wrote."""
    authored = {file.src_uri for file in files}
    config.extra[BESIDE_PAGES] = beside_pages(files, config)
    for artifact in artifacts_of(config):
        # A page that people wrote stands in the place of the one that would be made.
        if artifact.path in authored:
            continue
        listed = artifact.page is not None and artifact.page.section is not None
        inclusion = InclusionLevel.INCLUDED if listed else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, artifact.path, content=artifact.content, inclusion=inclusion))
    return files


# Before the macros plugin looks at the page.
@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
    """Date each page, for the sitemap, by the portal's as-of day; hand on the text that was checked, and no other.

    The macros plugin is told to run its template engine on no page, whatever the page says.
    """
    authored = authored_page(config, page)
    if authored is not None:
        if markdown != authored.body:
            raise PluginError(f"{authored.path} has changed since it was checked. Build again.")
        page.meta = dict(authored.fields)
    page.meta[TEMPLATE_FIELD] = False
    page.update_date = config.extra[AS_OF].isoformat()
    return markdown


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Make HTML of what the page says of itself, and keep the words of neighbouring cells apart.

    The search reads the text alone, and would find such words as one.
    """
    if is_made(page):
        page.meta = page_meta.made(page.meta)
    else:
        title, is_field = page.title, page.title == page.meta.get("title")
        page.meta = page_meta.written(page.meta)
        page.title = page.meta["title"] if is_field and title else page_meta.heading(title or "")
    return CELL_END.sub(r"\g<0> ", html)


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, **_: Any) -> TemplateContext:
    """Tell the template how the page is cited, and of its nearest feed.

    That is the one that the page names, else its programme's, else the portfolio's. What a page that people wrote names
    and is no feed is passed over.
    """
    known: frozenset[str] = config.extra[FEED_NAMES]
    named = [str(page.meta.get(key)) for key in ("feed", "programme")]
    name = next((name for name in named if name in known), routes.PORTFOLIO_FEED)
    route, frozen = page.file.dest_uri, frozen_of(config)
    own = {feed: routes.relative(feed.route(name), route) for feed in FEEDS}
    _tell(context, name, own, versions(report_of(config), route), config)
    leads_to = config.extra[LEADING_ON].get(page.file.src_uri)
    if leads_to is not None:
        context["milepost_leads_to"] = routes.relative(leads_to, route)  # type: ignore[typeddict-unknown-key]  # what templates are given is open
        page.canonical_url = urljoin(config.site_url or "", leads_to) or None
    cited = cited_page(report_of(config), route, config.extra[TITLES].get(route, page.title or route))
    context["milepost_cited"] = cited  # type: ignore[typeddict-unknown-key]  # what templates are given is open
    if frozen is not None and frozen.current:
        # Whoever finds a frozen page is led to that of today, which search engines shall show.
        page.canonical_url = urljoin(frozen.current, page.url)
    return context


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    """Tell the page for what is not found of the portfolio's feeds: it may be shown at any depth.

    Addresses that lead on to others are left out of the sitemap.
    """
    if template_name == routes.SITEMAP:
        context["pages"] = [file for file in context["pages"] if file.src_uri not in config.extra[LEADING_ON]]
    if template_name == routes.NOT_FOUND:
        root = urlsplit(config.site_url or "").path
        name = routes.PORTFOLIO_FEED
        own = {feed: routes.absolute(feed.route(name), root) for feed in FEEDS}
        listed = versions(report_of(config), routes.OVERVIEW)
        placed = [replace(version, address=urljoin(f"{root.rstrip('/')}/", version.address)) for version in listed]
        _tell(context, name, own, placed, config)
    return context


def _tell(
    context: TemplateContext,
    name: str,
    own: Mapping[FeedFormat, str],
    listed: Sequence[Version],
    config: MkDocsConfig,
) -> None:
    """Tell a template of the feed `name`, by the addresses that it has on this site, and of the versions to list.

    The feeds of a frozen site get no new items: its pages announce those of the site of today, where that is known.
    """
    report = report_of(config)
    if report.frozen is not None:
        current = report.frozen.current
        own = {feed: routes.absolute(feed.route(name), current) for feed in FEEDS} if current else {}
    context["milepost_feeds"] = [(feed.media_type, feed.name, address) for feed, address in own.items()]  # type: ignore[typeddict-unknown-key]  # what templates are given is open
    context["milepost_versions"] = listed  # type: ignore[typeddict-unknown-key]
    context["milepost_version"] = name_of(report)  # type: ignore[typeddict-unknown-key]


# After the macros plugin and all others: the policy names what the page then holds.
@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Set right what the theme writes wrongly, and say in the page how large its pictures are and what it may run."""
    return finished(with_sizes(output, page.file.dest_uri, config.extra[SIZES]), config)


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the page for what is not found."""
    return finished(output_content, config) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Complete the search's index, then check the built HTML; a finding of severity error fails the build."""
    # Its bytes depend on how the machine packs; sitemap.xml says the same.
    (Path(config.site_dir) / PACKED_SITEMAP).unlink(missing_ok=True)
    complete_search(Path(config.site_dir) / routes.SEARCH_INDEX, report_of(config))
    site, address = Path(config.site_dir), config.site_url or ""
    diagnostics = check_site(site, address, expected_of(report_of(config), config.extra[BESIDE_PAGES]))
    if has_errors(diagnostics):
        text = as_text(diagnostics, line_reader((f"{SITE_FOLDER}/", Path(config.site_dir))))
        raise PluginError(f"the built site is not sound.\n\n{text}")


def complete_search(index: Path, report: Report) -> None:
    """Put the entries of the portal's entities into the search's index, where the site has one."""
    if index.exists():
        index.write_text(with_entries(index.read_text("utf-8"), search_entries(report.portal)), "utf-8")


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
    """Watch the data, so that an edited line shows up by itself."""
    server.watch(str(project_of(config) / DATA_FOLDER))
    return server


def add_theme(config: MkDocsConfig) -> None:
    """Let Milepost's own templates and styles stand behind those of the project, if any, and before the theme's."""
    own = 1 if config.theme.custom_dir else 0
    config.theme.dirs.insert(own, str(THEME_FOLDER))


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


def titles(report: Report, artifacts: tuple[Artifact, ...]) -> dict[str, str]:
    """What each page is called where it is cited, by route. A page that people wrote stands in the place of another."""
    made = {artifact.page.route: artifact.page.title for artifact in artifacts if artifact.page is not None}
    written = {page.route: page.said_title for page in report.content.pages}
    return {**made, **titles_of(report.portal), **written}


def finished(html: str, config: MkDocsConfig) -> str:
    """A rendered page as it is published. A preview is not held to its policy: its server adds a script of its own."""
    sound, own = repaired(html), config.extra[SCRIPTS]
    return with_policy_told(sound, own) if is_previewed(config) else with_policy(sound, own)


def templates_of(config: MkDocsConfig) -> Iterator[str]:
    """The texts of the templates of the theme, of Milepost, and of the project's own folder if it has one."""
    for theme in config.theme.dirs:
        for folder, inner, names in os.walk(theme):
            # The theme has its icons, thousands of them, in a hidden folder.
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                if name.endswith(".html"):
                    yield (Path(folder) / name).read_text("utf-8")


def beside_pages(files: Files, config: MkDocsConfig) -> frozenset[str]:
    """The routes of the files in the folder of pages that are no page, nor a script that mkdocs.yml lists."""
    listed = {str(script) for script in config.extra_javascript}
    return frozenset(
        file.dest_uri
        for file in files
        if file.src_dir == config.docs_dir and not file.is_documentation_page() and file.src_uri not in listed
    )


def is_made(page: Page) -> bool:
    """Whether Milepost made the page, rather than people."""
    return page.file.generated_by is not None


def is_previewed(config: MkDocsConfig) -> bool:
    """Whether MkDocs builds for its own server: it then takes that one's address for the site's."""
    return urlsplit(config.site_url or "").netloc == str(config.dev_addr)


def artifacts_of(config: MkDocsConfig) -> tuple[Artifact, ...]:
    """The artifacts that `on_config` made for this build."""
    artifacts: tuple[Artifact, ...] = config.extra[ARTIFACTS]
    return artifacts


def report_of(config: MkDocsConfig) -> Report:
    """The report that `on_config` made for this build."""
    report: Report = config.extra[REPORT]
    return report


def authored_page(config: MkDocsConfig, page: Page) -> AuthoredPage | None:
    """The page as people wrote it and as it was checked; None where it is not theirs."""
    authored: Mapping[str, AuthoredPage] = config.extra[AUTHORED]
    return None if is_made(page) else authored.get(page.file.src_uri)


def _shows_macros(config: MkDocsConfig) -> bool:
    """Whether the macros plugin is set up to show Milepost's macros."""
    plugin = config.plugins.get(MACROS_PLUGIN)
    return plugin is not None and MACROS_MODULE in plugin.config["modules"]


def frozen_of(config: MkDocsConfig) -> Frozen | None:
    """What a frozen site says of itself; None where the site is that of today."""
    frozen: Frozen | None = config.extra.get(FROZEN)
    return frozen


def source_address(config: MkDocsConfig) -> str:
    """Where the project's files can be edited: the repository's address for it, without the folder of the pages."""
    if not config.repo_url or not config.edit_uri:
        return ""
    folder = f"{Path(config.docs_dir).name}/"
    return f"{config.repo_url.rstrip('/')}/{config.edit_uri.strip('/')}/".removesuffix(folder)


def project_of(config: MkDocsConfig) -> Path:
    """The project's folder: that of mkdocs.yml."""
    return Path(config.config_file_path).parent


def as_of_day(config: MkDocsConfig) -> date:
    """The day as of which active programmes are judged: the one asked for, else SOURCE_DATE_EPOCH, else today (UTC)."""
    asked = config.extra.get(AS_OF)
    if isinstance(asked, date):
        return asked
    try:
        return today(os.environ)
    except EpochError as error:
        raise PluginError(str(error)) from error


class Observer(Protocol):
    """Whoever wants to know how far a build is."""

    def expect(self, steps: int) -> None:
        """Told, once, how many steps there are."""

    def advance(self) -> None:
        """Told when a step is done."""


def build_site(
    project: Path,
    site_folder: Path,
    as_of: date | None,
    observer: Observer,
    *,
    whole_history: bool,
    frozen: Frozen | None = None,
) -> None:
    """Build the site of `project` into `site_folder`, strictly; raises BuildError with a message for people.

    whole_history: whether to refuse a repository that does not hold the data's whole history. frozen: what every page
    says of itself where this is a snapshot.
    """
    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    logger.addHandler(complaints)
    try:
        # A snapshot's addresses are those that it was made for, whatever the environment says.
        addresses = {"site_url": frozen.address, "repo_url": frozen.repository} if frozen is not None else {}
        config = load_config(str(project / CONFIG_FILE), site_dir=str(site_folder), strict=True, **addresses)
        if as_of is not None:
            config.extra[AS_OF] = as_of
        config.extra[WHOLE_HISTORY] = whole_history
        if frozen is not None:
            config.extra[FROZEN] = frozen
        config.plugins["milepost-observed"] = _Observed(observer)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        finally:
            config.plugins.on_shutdown()
    except (ConfigurationError, Abort) as error:
        raise BuildError("\n".join((*complaints.messages, str(error)))) from error
    finally:
        logger.removeHandler(complaints)


def serve_site(project: Path, address: str | None) -> None:
    """Serve a preview of the site of `project` until it is stopped; raises BuildError with a message for people."""
    try:
        mkdocs_serve.serve(str(project / CONFIG_FILE), dev_addr=address)
    except (ConfigurationError, Abort) as error:
        raise BuildError(str(error)) from error


class _Complaints(logging.Handler):
    """Keeps what MkDocs warns of, so that a failed build says why."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


class _Observed(BasePlugin):  # type: ignore[type-arg,no-untyped-call]  # it has no configuration
    """Tells an observer of each page: it is read, then written."""

    def __init__(self, observer: Observer) -> None:
        self.observer = observer

    def on_files(self, files: Files, **_: Any) -> None:
        self.observer.expect(2 * len(files.documentation_pages()))

    def on_page_content(self, html: str, **_: Any) -> str:
        self.observer.advance()
        return html

    def on_post_page(self, output: str, **_: Any) -> str:
        self.observer.advance()
        return output
