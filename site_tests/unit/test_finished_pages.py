"""What is done to a page after it was rendered: its policy, the theme's mistakes, the sizes of its pictures."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from milepost.check.policy import own_scripts, policy_of, unnamed_scripts, with_policy, with_policy_told
from milepost.engines.mkdocs.picture_sizes import Size, size_of, with_sizes
from milepost.engines.mkdocs.theme_repairs import REPAIRS, Repair, repaired

THEME = files("material") / "templates"
HEAD = '<!doctype html><html><head><meta charset="utf-8"><script>a()</script></head>'
PAGE = f'{HEAD}<body><main><article class="md-content__inner">text</article><script>b()</script></main></body></html>'
OWN = own_scripts([PAGE])


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def script_sources(html: str) -> set[str]:
    directives = dict(directive.split(" ", 1) for directive in policy_of(html, OWN).split("; "))
    return set(directives["script-src"].split())


# The policy


def test_a_page_runs_its_own_files_and_the_scripts_of_the_templates() -> None:
    assert script_sources(PAGE) == {"'self'", hash_of("a()"), hash_of("b()")}


@pytest.mark.parametrize("place", ["text", "</head>", "</article>", "</main>", "</body>"])
@pytest.mark.parametrize("written", ["<script>c()</script>", "<div><p><SCRIPT type=module>c()</SCRIPT></p></div>"])
def test_any_other_script_has_no_hash_wherever_it_stands(place: str, written: str) -> None:
    page = PAGE.replace(place, f"</article></main>{written}{place}", 1)
    assert script_sources(page) == script_sources(PAGE)
    assert unnamed_scripts(LexborHTMLParser(with_policy(page, OWN))) == ["c()"]


@pytest.mark.parametrize(
    "written",
    [
        '<p title="<script>c()</script>">',
        "<!-- <script>c()</script> -->",
        '<script type="application/json">alert(1)</script>',
        "<script></script>",
    ],
)
def test_what_is_no_script_has_no_hash_and_needs_none(written: str) -> None:
    page = PAGE.replace("<main>", f"<main>{written}")
    assert script_sources(page) == script_sources(PAGE)
    assert unnamed_scripts(LexborHTMLParser(with_policy(page, OWN))) == []


def test_a_block_of_data_is_named_where_it_is_json_and_so_could_do_nothing_as_a_script() -> None:
    page = PAGE.replace("<main>", '<main><script type="application/json">{"a": [1]}</script>')
    assert script_sources(page) == script_sources(PAGE) | {hash_of('{"a": [1]}')}


def test_the_hash_is_that_of_the_bytes_between_the_tags() -> None:
    script = '\n  said("5 < 6 && café");\n'
    own = own_scripts([f"<script>{script}</script>"])
    assert hash_of(script) in policy_of(PAGE.replace("a()", script), own)


def test_a_script_of_a_template_may_hold_the_way_to_the_top_and_nothing_else_of_a_page() -> None:
    own = own_scripts(['<script>at("{{ base_url }}")</script>', '<script>to("{{ page.meta.location }}")</script>'])
    for way in (".", "..", "../../..", "/portal"):
        assert hash_of(f'at("{way}")') in policy_of(PAGE.replace("a()", f'at("{way}")'), own)
    for script in ('at("."+alert()+".")', 'to("here")', 'to("{{ page.meta.location }}")'):
        assert hash_of(script) not in policy_of(PAGE.replace("a()", script), own)


def test_the_theme_has_scripts_that_pages_run_and_one_into_which_a_page_may_write() -> None:
    texts = [file.read_text("utf-8") for file in Path(str(THEME)).glob("**/*.html")]
    own = own_scripts(texts)
    assert any(pattern.pattern.startswith("__md_scope") for pattern in own)
    assert not any("window\\.location\\.replace" in pattern.pattern for pattern in own)


def test_the_policy_stands_behind_the_charset_and_before_all_else() -> None:
    told = with_policy(PAGE, OWN)
    assert told.startswith(
        '<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"'
    )
    assert told.replace(f'<meta http-equiv="Content-Security-Policy" content="{policy_of(PAGE, OWN)}">', "") == PAGE


def test_a_preview_is_told_of_its_policy_and_not_held_to_it() -> None:
    told = with_policy_told(PAGE.replace("text", "<script>c()</script>"), OWN)
    assert "http-equiv" not in told
    assert unnamed_scripts(LexborHTMLParser(told)) == ["c()"]


def test_a_page_without_a_place_for_its_policy_is_refused() -> None:
    with pytest.raises(ValueError, match="no <meta charset"):
        with_policy("<!doctype html><script>a()</script>", OWN)


def test_what_is_not_named_is_not_loaded() -> None:
    policy = policy_of(PAGE, OWN)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy


# The theme's mistakes


@pytest.mark.parametrize("repair", REPAIRS, ids=lambda repair: repair.written)
def test_the_theme_still_writes_what_is_repaired(repair: Repair) -> None:
    """Where it does not, the repair can go, or looks for the wrong words."""
    assert repair.written in THEME.joinpath(repair.template).read_text("utf-8"), f"see {repair.template} of the theme"


def test_each_repair_is_made() -> None:
    for repair in REPAIRS:
        assert repaired(f"<p>{repair.written}</p>") == f"<p>{repair.instead}</p>"


def test_the_label_of_a_box_that_is_there_stays() -> None:
    html = '<input id="__toc"><label class="md-nav__title" for="__toc">Contents</label>'
    assert repaired(html) == html


# The sizes of pictures


def test_the_size_of_a_drawing_is_that_of_its_box() -> None:
    assert size_of('<svg width="10pt" viewBox="0 0 360 87.6">') == Size(360, 88)
    assert size_of("<svg>") is None


def test_a_page_says_the_size_of_each_drawing_that_it_shows() -> None:
    sizes = {"demo/charts/a-light.svg": Size(360, 88)}
    for route, address in (
        ("demo/T1.html", "charts/a-light.svg"),
        ("programmes/demo.html", "../demo/charts/a-light.svg"),
    ):
        shown = f'<img src="{address}#only-light" alt="Words">'
        assert with_sizes(shown, route, sizes) == (
            f'<img src="{address}#only-light" width="360" height="88" alt="Words">'
        )


@pytest.mark.parametrize(
    "shown",
    [
        '<img src="charts/b-light.svg" alt="not known">',
        '<img src="charts/a-light.svg" alt="has one" width="10">',
        '<img src="https://elsewhere.example/charts/a-light.svg" alt="">',
        '<a href="charts/a-light.svg">',
    ],
)
def test_other_pictures_stay_as_they_are(shown: str) -> None:
    assert with_sizes(shown, "demo/T1.html", {"demo/charts/a-light.svg": Size(360, 88)}) == shown
