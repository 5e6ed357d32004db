"""The built site as a reader gets it, looked at with BeautifulSoup and not with Milepost's own checker.

What it shows is compared with the model; where its links lead is followed on the disk.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import FIVE, SITE_ADDRESS
from milepost.data.records.tracker import Activity
from milepost.data.records.update import Update
from milepost.model.portal import MilestoneNode, ProgrammeNode, SprintNode, SubtaskNode, TaskNode
from milepost.model.progress import Progress, rounded, shown
from milepost.report import Report
from milepost.text.dates import with_days_in_words
from milepost.text.html import plain

PLACE = "https://built.example/"
NOT_FOUND = "404.html"
WHY_COLUMNS = ("Part", "Figure", "Line of data")
MOVES_NOWHERE = {"mailto", "tel", "data"}
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")


@dataclass(frozen=True)
class BuiltPage:
    """A page of the built site: its route, and its HTML as read."""

    route: str
    soup: BeautifulSoup

    @property
    def content(self) -> Tag:
        """What the page is about, without the navigation around it."""
        content = self.soup.select_one("main article")
        assert content is not None, f"{self.route} has no main content"
        return content

    @property
    def ids(self) -> list[str]:
        return [str(element["id"]) for element in self.soup.select("[id]")]

    @property
    def words(self) -> str:
        return words_of(self.content)

    def figures(self) -> dict[str, str]:
        """Each figure in the content, by the name that it has in the model."""
        return {str(data["data-ref"]): str(data["value"]) for data in self.content.select("data.percent")}

    def target(self, address: str) -> tuple[str, str] | None:
        """The route and anchor that an address on this page leads to; None where it leaves the site."""
        whole = urlsplit(urljoin(PLACE + self.route, address))
        if whole.scheme in MOVES_NOWHERE or whole.netloc != urlsplit(PLACE).netloc:
            return None
        route = unquote(whole.path).lstrip("/")
        return (route + "index.html" if route.endswith("/") or not route else route), unquote(whole.fragment)


def words_of(element: Tag) -> str:
    return squeezed(element.get_text())


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[str, BuiltPage]:
    """Every page by its route."""
    return {
        route: BuiltPage(route, BeautifulSoup(path.read_text("utf-8"), "html.parser"))
        for path in sorted(built_site.rglob("*.html"))
        for route in [path.relative_to(built_site).as_posix()]
    }


@pytest.fixture(scope="module")
def files(built_site: Path) -> frozenset[str]:
    return frozenset(path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def standings(own_report: Report) -> dict[str, tuple[str, Progress]]:
    """Where each entity of the model stands, by its name, with the route of the page that is about it."""
    found: dict[str, tuple[str, Progress]] = {}
    for programme in own_report.portal.programmes:
        nodes: list[ProgrammeNode | MilestoneNode | TaskNode | SubtaskNode | SprintNode] = [programme]
        nodes += [*programme.milestones, *programme.tasks]
        nodes += [part for task in programme.tasks for part in task.parts]
        for node in nodes:
            route = own_report.portal.entities[node.ref].route.partition("#")[0]
            found[str(node.ref)] = route, node.progress
    return found


@pytest.fixture(scope="module")
def model(own_report: Report, standings: Mapping[str, tuple[str, Progress]]) -> dict[str, str]:
    """Every figure that a page may show, as it is displayed, by its name in the model."""
    figures = {}
    for ref, (_, progress) in standings.items():
        if progress.reported is not None:
            figures[f"{ref}:reported"] = str(progress.reported.value)
        if progress.computed is not None:
            figures[f"{ref}:computed"] = str(rounded(progress.computed.value))
    for programme in own_report.portal.programmes:
        for sprint in (sprint for task in programme.tasks for sprint in task.sprints):
            for number, item in enumerate(sprint.record.items, start=1):
                if item.progress is not None:
                    figures[f"{sprint.ref}/{number}:reported"] = str(item.progress)
    return figures


def addresses(page: BuiltPage) -> Iterator[tuple[str, str]]:
    """Whatever an element of the page points to: the element's name and the address."""
    for attribute in ("href", "src", "poster", "data", "action"):
        for element in page.soup.select(f"[{attribute}]"):
            yield element.name, str(element[attribute])
    for element in page.soup.select("[srcset]"):
        for candidate in str(element["srcset"]).split(","):
            yield element.name, candidate.split()[0]


# Links, anchors and assets


def test_every_address_on_a_page_leads_to_a_file_of_the_site(
    pages: Mapping[str, BuiltPage], files: frozenset[str]
) -> None:
    broken = [
        f"{page.route}: <{element}> {address}"
        for page in pages.values()
        for element, address in addresses(page)
        if (target := page.target(address)) is not None and target[0] not in files
    ]
    assert broken == []


def test_every_anchor_that_is_linked_stands_on_its_page(pages: Mapping[str, BuiltPage]) -> None:
    ids = {route: frozenset(page.ids) for route, page in pages.items()}
    followed, broken = 0, []
    for page in pages.values():
        for element, address in addresses(page):
            route, anchor = page.target(address) or ("", "")
            if anchor and route in ids:
                followed += 1
                if anchor not in ids[route]:
                    broken.append(f"{page.route}: <{element}> {address}")
    assert broken == []
    assert followed > len(pages)


def test_every_link_that_spells_the_published_address_names_a_page(
    pages: Mapping[str, BuiltPage], files: frozenset[str]
) -> None:
    for page in pages.values():
        for element, address in addresses(page):
            if address.startswith(SITE_ADDRESS):
                route = address.removeprefix(SITE_ADDRESS).partition("#")[0] or "index.html"
                assert route in files, f"{page.route}: <{element}> {address}"


def test_the_canonical_address_of_each_page_is_its_own(pages: Mapping[str, BuiltPage]) -> None:
    for page in pages.values():
        if page.route != NOT_FOUND:
            canonical = page.soup.select_one("head link[rel=canonical]")
            assert canonical is not None, page.route
            assert canonical["href"] == SITE_ADDRESS + page.route


def test_everything_that_a_style_sheet_names_is_in_the_site(built_site: Path, files: frozenset[str]) -> None:
    sheets = sorted(built_site.rglob("*.css"))
    assert sheets
    for sheet in sheets:
        own = BuiltPage(sheet.relative_to(built_site).as_posix(), BeautifulSoup())
        for address in CSS_ADDRESS.findall(sheet.read_text("utf-8")):
            target = own.target(address)
            if not address.startswith(("data:", "#")):
                assert target is not None, f"{own.route} loads {address} from another host"
                assert target[0] in files, f"{own.route} names {address}"


def test_nothing_is_loaded_from_another_host(pages: Mapping[str, BuiltPage]) -> None:
    loads = "img, script, iframe, video, audio, source, embed, object, link:not([rel~=canonical])"
    for page in pages.values():
        for element in page.soup.select(loads):
            for attribute in ("src", "href", "data", "poster", "srcset"):
                address = str(element.get(attribute) or "")
                assert not re.match(r"\s*(https?:)?//", address), f"{page.route}: <{element.name}> {address}"
        for style in page.soup.select("style"):
            assert not re.search(r"(https?:)?//", style.get_text()), f"{page.route}: a style that names another host"


# Pages, and the way to them


def test_each_of_the_24_milestones_and_42_tasks_has_a_page_that_says_which_it_is(
    own_report: Report, pages: Mapping[str, BuiltPage]
) -> None:
    programmes = own_report.portal.programmes
    milestones = [node for programme in programmes for node in programme.milestones]
    tasks = [node for programme in programmes for node in programme.tasks]
    assert (len(milestones), len(tasks)) == (24, 42)
    nodes: tuple[MilestoneNode | TaskNode, ...] = (*milestones, *tasks)
    for node in nodes:
        page = pages[f"{node.ref.programme}/{node.ref.id}.html"]
        heading = page.content.find("h1")
        assert heading is not None, page.route
        assert words_of(heading) == squeezed(f"{node.ref.id} {node.record.title or ''}")


def clicks(pages: Mapping[str, BuiltPage], links: Callable[[BuiltPage], Iterator[Tag]]) -> dict[str, int]:
    """How many links away from the overview each page is that can be reached."""
    away, waiting = {"index.html": 0}, ["index.html"]
    for route in waiting:
        for link in links(pages[route]):
            target = pages[route].target(str(link["href"]))
            if target is not None and target[0] in pages and target[0] not in away:
                away[target[0]] = away[route] + 1
                waiting.append(target[0])
    return away


def test_each_milestone_and_task_is_within_three_clicks_in_the_content_alone(
    own_report: Report, pages: Mapping[str, BuiltPage]
) -> None:
    away = clicks(pages, lambda page: iter(page.content.select("a[href]")))
    wanted = {entity.route for entity in own_report.portal.entities.values() if entity.kind in {"milestone", "task"}}
    assert {route: away.get(route) for route in sorted(wanted) if away.get(route, 9) > 3} == {}


def test_every_page_is_reached_from_the_overview_in_the_content_alone(pages: Mapping[str, BuiltPage]) -> None:
    away = clicks(pages, lambda page: iter(page.content.select("a[href]")))
    assert sorted(set(pages) - set(away) - {NOT_FOUND}) == []


# What makes a page a page


def test_every_page_has_one_heading_a_language_a_title_and_a_description(pages: Mapping[str, BuiltPage]) -> None:
    wanting = []
    for page in pages.values():
        html, description = page.soup.find("html"), page.soup.select_one("head meta[name=description]")
        titles = page.soup.select("head title")
        has = {
            "one h1": len(page.soup.select("h1")) == 1,
            "a lang": isinstance(html, Tag) and bool(html.get("lang")),
            "a title": len(titles) == 1 and bool(words_of(titles[0])),
            "a description": description is not None and bool(str(description["content"]).strip()),
        }
        wanting += [f"{page.route} has not {what}" for what, there in has.items() if not there]
    assert wanting == []


def test_no_two_elements_of_a_page_share_an_id(pages: Mapping[str, BuiltPage]) -> None:
    for page in pages.values():
        assert [name for name, count in Counter(page.ids).items() if count > 1] == [], page.route


def test_no_element_of_the_content_has_a_style_of_its_own(pages: Mapping[str, BuiltPage]) -> None:
    for page in pages.values():
        assert page.content.select("[style]") == [], f"{page.route}: a Content-Security-Policy would block this"


# Figures


def test_every_figure_on_a_page_is_the_models(
    own_report: Report,
    pages: Mapping[str, BuiltPage],
    model: Mapping[str, str],
    standings: Mapping[str, tuple[str, Progress]],
) -> None:
    """Whole as a rule; to two digits in the table of a chart, and in what is said of a disagreement."""
    exact = {f"{ref}:computed": entry.computed.value for ref, (_, entry) in standings.items() if entry.computed}
    for programme in own_report.portal.programmes:
        exact |= {f"{programme.slug}/{day}:computed": mean for day, mean in own_report.series.get(programme.ref, ())}
    figures, wrong = 0, []
    for page in pages.values():
        for data in page.soup.select("data.percent"):
            figures += 1
            key, value = str(data.get("data-ref")), str(data.get("value"))
            known = {model.get(key)} | ({shown(exact[key]), str(rounded(exact[key]))} if key in exact else set())
            if value not in known or words_of(data) != f"{value} %":
                wrong.append(f"{page.route}: {data} is {known} in the model")
    assert wrong == []
    assert figures > len(model)


def test_every_figure_of_the_model_is_shown_on_the_page_of_its_entity(
    pages: Mapping[str, BuiltPage], model: Mapping[str, str], standings: Mapping[str, tuple[str, Progress]]
) -> None:
    for key, value in model.items():
        ref = key.rpartition(":")[0]
        # A sprint's item, such as edulure/S1A/2, stands on the page of its sprint.
        route = standings[ref if ref in standings else ref.rpartition("/")[0]][0]
        progress = standings[ref][1] if ref in standings else None
        same = progress is not None and progress.reported is not None and progress.computed is not None
        # Where both figures are the same, showing one of them is enough.
        twins = [f"{ref}:reported", f"{ref}:computed"] if same and model[f"{ref}:reported"] == value else [key]
        assert value in [pages[route].figures().get(twin) for twin in twins], f"{key} on {route}"


def test_where_reported_and_computed_differ_the_entitys_page_shows_both(
    pages: Mapping[str, BuiltPage], standings: Mapping[str, tuple[str, Progress]]
) -> None:
    differing = 0
    for ref, (route, progress) in standings.items():
        if progress.reported and progress.computed and progress.reported.value != progress.computed.value:
            differing += 1
            beside = [
                {str(data["data-ref"]): str(data["value"]) for data in figures.select("data.percent")}
                for figures in pages[route].content.select(".mp-figures")
            ]
            both = {
                f"{ref}:reported": str(progress.reported.value),
                f"{ref}:computed": str(rounded(progress.computed.value)),
            }
            assert both in beside, f"{ref} on {route}"
    assert differing >= 3, "tasks 1 to 3 of edulure report another figure than their subtasks"


def test_every_bar_has_its_figure_in_words_beside_it(pages: Mapping[str, BuiltPage]) -> None:
    bars = 0
    for page in pages.values():
        for bar in page.soup.select("svg.mp-bar"):
            bars += 1
            beside = bar.find_next_sibling(class_="mp-figures")
            filled = bar.select_one(".mp-bar-filled")
            assert isinstance(beside, Tag), f"{page.route}: {bar}"
            assert filled is not None, f"{page.route}: {bar}"
            values = [str(data["value"]) + "%" for data in beside.select("data.percent")]
            assert filled["width"] in values, f"{page.route}: {bar} {beside}"
            assert bar.get("aria-hidden") == "true", f"{page.route}: who cannot see the bar has the words"
    assert bars >= 66


def test_the_line_of_data_beside_each_part_of_a_figure_is_where_it_comes_from(pages: Mapping[str, BuiltPage]) -> None:
    """A reported figure stands in its line; a computed one in none, so its line is that of its entity's id."""
    followed, wrong = 0, []
    for page in pages.values():
        for row in page.content.select(".mp-why tbody tr"):
            part, figure, place = (row.select_one(f"td[data-label='{label}']") for label in WHY_COLUMNS)
            assert part is not None
            assert figure is not None
            assert place is not None
            found = re.fullmatch(r"(\S+), line (\d+)", words_of(place))
            assert found is not None, f"{page.route}: {place}"
            # Beside a programme's own figures, its folder goes without saying.
            folder = FIVE / "data/programmes" / page.route.partition("/")[0]
            line = (folder / found[1]).read_text("utf-8").split("\n")[int(found[2]) - 1]
            data = figure.select_one("data.percent")
            holds_figure = data is not None and re.search(rf"progress: {data['value']}\b", line)
            is_reported = data is not None and str(data["data-ref"]).endswith(":reported")
            name = part.select_one("a.mp-id")
            assert name is not None or re.fullmatch(r"(item|criterion) \d+", words_of(part)), f"{page.route}: {part}"
            names_part = re.search(rf"\b{re.escape(words_of(name or part))}\b", line)
            followed += 1
            if not (holds_figure or (names_part and not is_reported)):
                wrong.append(f"{page.route}: {words_of(row)}: that line is {line.strip()!r}")
    assert wrong == []
    assert followed >= 100


# What disagrees, and what happened


def test_every_accepted_disagreement_stands_on_its_entitys_page_with_its_reason(
    own_report: Report, pages: Mapping[str, BuiltPage]
) -> None:
    assert own_report.verdict.accepted
    for entry in own_report.verdict.accepted:
        page = pages[own_report.portal.entities[entry.finding.ref].route.partition("#")[0]]
        told = [words_of(element) for element in page.content.select(".mp-disagreement")]
        message = squeezed(with_days_in_words(entry.finding.message))
        reason = squeezed(with_days_in_words(plain(entry.acceptance.reason)))
        assert any(message in text and reason in text for text in told), f"{page.route}: {message}"


def test_every_thing_that_is_a_place_on_a_page_has_a_link_to_itself_there(
    own_report: Report, pages: Mapping[str, BuiltPage]
) -> None:
    """It is where its address is taken from, to cite it."""
    placed = [entity for entity in own_report.portal.entities.values() if "#" in entity.route]
    assert {entity.kind for entity in placed} == {"subtask", "sprint", "decisions", "risks"}
    for entity in placed:
        route, _, anchor = entity.route.partition("#")
        links = [link for link in pages[route].content.select("a") if link["href"] == f"#{anchor}"]
        assert any(link.get_text() == entity.ref.id for link in links), entity.route
        assert pages[route].ids.count(anchor) == 1


def test_every_page_but_the_one_for_what_is_not_found_says_how_it_is_cited(
    own_report: Report, pages: Mapping[str, BuiltPage]
) -> None:
    assert len(pages) > 150
    for route, page in pages.items():
        citations = [form.get_text() for form in page.soup.select("details.mp-cite figure pre > code")]
        if route == NOT_FOUND:
            assert citations == []
            continue
        assert len(citations) == 4, route
        assert all(SITE_ADDRESS + route in citation for citation in citations), route
        assert all(own_report.portal.portfolio.title in citation for citation in citations), route


def test_every_dated_report_has_an_address_of_its_own(own_report: Report, pages: Mapping[str, BuiltPage]) -> None:
    told = 0
    for programme in own_report.portal.programmes:
        nodes: tuple[MilestoneNode | TaskNode, ...] = (*programme.milestones, *programme.tasks)
        reports: list[tuple[str, Activity | Update]] = []
        reports += [(f"{programme.slug}/tracker.html", entry) for entry in programme.tracker.activity]
        reports += [
            (f"{programme.slug}/{node.ref.id}.html", update) for node in nodes for update in node.record.updates
        ]
        for route, report in reports:
            told += 1
            anchor = f"{report.date}-{report.id}" if report.id else f"{report.date}"
            place = pages[route].content.find(id=anchor)
            assert isinstance(place, Tag), f"{route}#{anchor}"
            assert squeezed(plain(report.text)) in words_of(place), f"{route}#{anchor}"
    # 15 updates and three dated notes of fixnado, seven entries of the activity log of marketplace-launch.
    assert told == 25


def test_code_of_several_lines_keeps_them(pages: Mapping[str, BuiltPage]) -> None:
    blocks = {
        "handbook/data/decisions.html": "- id: D-01\n",
        "handbook/rules/milestone-overdue.html": "- id: M1\n  window:",
        "handbook/commands.html": "milepost build\nmilepost build --as-of",
    }
    for route, text in blocks.items():
        assert any(text in block.get_text() for block in pages[route].content.select("pre")), route
