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
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from milepost.check.policy import own_scripts, with_policy, with_policy_told
from milepost.check.rules.addresses import SITE_FOLDER
from milepost.check.site import check_site
from milepost.check.with_history import check_with_history
from milepost.data.clock import EpochError, today
from milepost.data.digests import data_digest
from milepost.data.loader import DATA_FOLDER
from milepost.data.pages import TEMPLATE_FIELD, AuthoredPage
from milepost.data.resources import THEME_FOLDER
from milepost.data.theme_files import visible_files
from milepost.data.yaml_reader import line_reader
from milepost.diagnostics import as_text, has_errors
from milepost.engines.mkdocs import page_meta
from milepost.engines.mkdocs.navigation import navigation
from milepost.engines.mkdocs.picture_sizes import with_sizes
from milepost.engines.mkdocs.state import Request, keep_state, make_state, request_of, state_of
from milepost.engines.mkdocs.theme_repairs import repaired
from milepost.history.revisions import read_past
from milepost.model import routes
from milepost.report import CommandFacts, Report, make_report
from milepost.site.citing import cited_page
from milepost.site.expected import expected_of
from milepost.site.feeds import FEEDS, FeedFormat
from milepost.site.search_entries import search_entries
from milepost.site.search_index import with_entries
from milepost.site.versions import Version, name_of, versions
from milepost.text.html import plain

PACKED_SITEMAP = f"{routes.SITEMAP}.gz"
MACROS_PLUGIN, MACROS_MODULE = "macros", "milepost.engines.mkdocs.macros"
CELL_END = re.compile(r"</(?:dd|dt|td|th)>(?=<)")

log = logging.getLogger("mkdocs.hooks.milepost")


def on_config(config: MkDocsConfig, commands: tuple[CommandFacts, ...] = ()) -> MkDocsConfig:
    """Check the data and make every artifact; a finding of severity error ends the build here.

    commands: those of the command line, for their reference in the handbook.
    """
    add_theme(config)
    project, request = project_of(config), request_of(config)
    as_of = _as_of(request)
    checked = request.checked or check_with_history(project, as_of)
    text = as_text(checked.diagnostics, line_reader(("", project)))
    if checked.portal is None or not checked.is_sound:
        raise PluginError(f"the data is not sound.\n\n{text}")
    if checked.diagnostics:
        log.info(text)
    past = read_past(project, as_of, checked.portal.snapshots)
    if past.gap and request.whole_history:
        raise PluginError(f"{past.gap} Fetch all of it: git fetch --unshallow.")
    if past.gap:
        log.info(past.gap)
    frozen = request.frozen
    report = make_report(
        checked,
        past,
        source_address=source_address(config),
        site_address=config.site_url or "",
        data=frozen.data if frozen else data_digest(project),
        frozen=frozen,
        commands=commands,
    )
    state = make_state(report, own_scripts(templates_of(config)))
    keep_state(config, state)
    if not _shows_macros(config) and any(page.calls for page in report.content.pages):
        raise PluginError(f"pages use macros: list {MACROS_MODULE} in mkdocs.yml, under plugins: macros: modules.")
    # The theme writes it into HTML as it is, or escapes it, which does not happen to marked text a second time.
    portfolio = report.portal.portfolio
    config.site_name = escape(portfolio.title)
    config.site_description = config.site_description or str(escape(plain(portfolio.summary or portfolio.title)))
    if frozen is not None:
        config.copyright = " ".join(filter(None, (config.copyright, frozen.footer)))
    config.nav = navigation(config.nav, state.artifacts, report.content)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the artifacts to the files that people wrote."""
    authored = {file.src_uri for file in files}
    state = state_of(config)
    keep_state(config, replace(state, beside_pages=beside_pages(files, config)))
    for artifact in state.artifacts:
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
    page.update_date = state_of(config).report.portal.as_of.isoformat()
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
    """Give the template the page's citation, its nearest feed and the versions of the portal.

    The feed is the one that the page names, else its programme's, else the portfolio's. A name that is no feed is
    passed over.
    """
    state, route = state_of(config), page.file.dest_uri
    report = state.report
    named = [str(page.meta.get(key)) for key in ("feed", "programme")]
    name = next((name for name in named if name in state.feed_names), routes.PORTFOLIO_FEED)
    own = {feed: routes.relative(feed.route(name), route) for feed in FEEDS}
    _add_feeds_and_versions(context, name, own, versions(report, route), report)
    leads_to = state.redirects.get(page.file.src_uri)
    if leads_to is not None:
        context["milepost_leads_to"] = routes.relative(leads_to, route)  # type: ignore[typeddict-unknown-key]  # what templates are given is open
        page.canonical_url = urljoin(config.site_url or "", leads_to) or None
    cited = cited_page(report, route, state.titles.get(route, page.title or route))
    context["milepost_cited"] = cited  # type: ignore[typeddict-unknown-key]  # what templates are given is open
    if report.frozen is not None and report.frozen.current:
        # Search engines show the page of today in the place of a frozen one.
        page.canonical_url = urljoin(report.frozen.current, page.url)
    return context


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    """Give the page for what is not found the portfolio's feeds, by absolute paths: it may be shown at any depth.

    Redirects are left out of the sitemap.
    """
    state = state_of(config)
    if template_name == routes.SITEMAP:
        context["pages"] = [file for file in context["pages"] if file.src_uri not in state.redirects]
    if template_name == routes.NOT_FOUND:
        root = urlsplit(config.site_url or "").path
        own = {feed: routes.absolute(feed.route(routes.PORTFOLIO_FEED), root) for feed in FEEDS}
        listed = versions(state.report, routes.OVERVIEW)
        placed = [replace(version, address=urljoin(f"{root.rstrip('/')}/", version.address)) for version in listed]
        _add_feeds_and_versions(context, routes.PORTFOLIO_FEED, own, placed, state.report)
    return context


def _add_feeds_and_versions(
    context: TemplateContext, name: str, own: Mapping[FeedFormat, str], listed: Sequence[Version], report: Report
) -> None:
    """Give a template the addresses of the feed `name` on this site, in each format, and what version it belongs to.

    The feeds of a frozen site get no new items: its pages announce those of the current site, where that is known.
    """
    if report.frozen is not None:
        current = report.frozen.current
        own = {feed: routes.absolute(feed.route(name), current) for feed in FEEDS} if current else {}
    context["milepost_feeds"] = [(feed.media_type, feed.name, address) for feed, address in own.items()]  # type: ignore[typeddict-unknown-key]  # what templates are given is open
    context["milepost_versions"] = listed  # type: ignore[typeddict-unknown-key]
    context["milepost_version"] = name_of(report)  # type: ignore[typeddict-unknown-key]
    context["milepost_frozen"] = report.frozen  # type: ignore[typeddict-unknown-key]


# After the macros plugin and all others: the policy names what the page then holds.
@event_priority(-100)
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Set right what the theme writes wrongly, and say in the page how large its pictures are and what it may run."""
    return finished(with_sizes(output, page.file.dest_uri, state_of(config).sizes), config)


@event_priority(-100)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the page for what is not found."""
    return finished(output_content, config) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Complete the search's index, then check the built HTML; a finding of severity error fails the build."""
    # Its bytes depend on how the machine packs; sitemap.xml says the same.
    (Path(config.site_dir) / PACKED_SITEMAP).unlink(missing_ok=True)
    site, state = Path(config.site_dir), state_of(config)
    complete_search(site / routes.SEARCH_INDEX, state.report)
    diagnostics = check_site(site, config.site_url or "", expected_of(state.report, state.beside_pages))
    if has_errors(diagnostics):
        text = as_text(diagnostics, line_reader((f"{SITE_FOLDER}/", site)))
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


def finished(html: str, config: MkDocsConfig) -> str:
    """A rendered page as it is published. A preview is not held to its policy: its server adds a script of its own."""
    sound, own = repaired(html), state_of(config).scripts
    return with_policy_told(sound, own) if is_previewed(config) else with_policy(sound, own)


def templates_of(config: MkDocsConfig) -> Iterator[str]:
    """The texts of the templates of the theme, of Milepost, and of the project's own folder if it has one."""
    for folder in config.theme.dirs:
        for path in visible_files(Path(folder)):
            if path.suffix == ".html":
                yield path.read_text("utf-8")


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


def authored_page(config: MkDocsConfig, page: Page) -> AuthoredPage | None:
    """The page as people wrote it and as it was checked; None where it is not theirs."""
    return None if is_made(page) else state_of(config).authored.get(page.file.src_uri)


def _shows_macros(config: MkDocsConfig) -> bool:
    """Whether the macros plugin is set up to show Milepost's macros."""
    plugin = config.plugins.get(MACROS_PLUGIN)
    return plugin is not None and MACROS_MODULE in plugin.config["modules"]


def source_address(config: MkDocsConfig) -> str:
    """Where the project's files can be edited: the repository's address for it, without the folder of the pages."""
    if not config.repo_url or not config.edit_uri:
        return ""
    folder = f"{Path(config.docs_dir).name}/"
    return f"{config.repo_url.rstrip('/')}/{config.edit_uri.strip('/')}/".removesuffix(folder)


def project_of(config: MkDocsConfig) -> Path:
    """The project's folder: that of mkdocs.yml."""
    return Path(config.config_file_path).parent


def _as_of(request: Request) -> date:
    """The day as of which active programmes are judged: the one asked for, else SOURCE_DATE_EPOCH, else today (UTC)."""
    try:
        return request.as_of or today(os.environ)
    except EpochError as error:
        raise PluginError(str(error)) from error
