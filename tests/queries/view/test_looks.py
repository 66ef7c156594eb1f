"""How the page looks, as far as a browser can tell: room, labels, colours, saved pictures."""

import struct
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from onrecord.graph.model import Article

Graph = nx.MultiDiGraph
Opened = Callable[..., Page]
SVG = "{http://www.w3.org/2000/svg}"
SIZES: dict[str, ViewportSize] = {
    "desk": {"width": 1280, "height": 800},
    "tablet": {"width": 900, "height": 1000},
    "phone": {"width": 360, "height": 740},
}

type Box = tuple[float, float, float, float]


def boxes(page: Page, selector: str) -> list[Box]:
    found = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)]
          .filter((e) => e.checkVisibility())
          .map((e) => e.getBoundingClientRect())
          .map((b) => [b.left, b.top, b.right, b.bottom])""",
        selector,
    )
    return [(left, top, right, bottom) for left, top, right, bottom in found]


def shared(a: Box, b: Box) -> float:
    """The area that two boxes have in common, in square pixels."""
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return max(0, wide) * max(0, high)


def saved(page: Page, form: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=form, exact=True).click()
    assert download.value.suggested_filename == f"the-harbour.{form.lower()}"
    return Path(download.value.path())


@pytest.mark.parametrize("size", SIZES)
def test_no_part_of_the_page_covers_another(
    opened: Opened, harbour: "Graph[str]", harbour_articles: dict[str, Article], size: str
) -> None:
    page = opened(harbour, harbour_articles, viewport=SIZES[size])
    for view in ("Table", "Timeline", "Picture"):
        page.get_by_role("button", name=view).click()
        for parts in (
            "body > header, body > aside, main",
            "h1, #count, .group",
            "summary, .search",
        ):
            for a, b in combinations(boxes(page, parts), 2):
                assert shared(a, b) < 1, (view, parts)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SIZES[size]["width"]
    page.locator("#legend summary", has_text="Relations").click()
    for a, b in combinations(boxes(page, ".choice, summary"), 2):
        assert shared(a, b) < 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("focus", ["all", "n:person:ann-lee"])
def test_labels_do_not_collide(
    opened: Opened, harbour: "Graph[str]", tmp_path: Path, size: str, focus: str
) -> None:
    page = opened(harbour, viewport=SIZES[size])
    page.evaluate("(focus) => { location.hash = focus; }", focus)
    expect(page.locator("#panel h2" if focus != "all" else "#panel .lead")).to_be_visible()
    svg = tmp_path / "saved.svg"
    svg.write_bytes(saved(page, "SVG").read_bytes())
    page.goto(svg.as_uri())
    names = page.evaluate(
        """[...document.querySelectorAll("text[font-weight='600'][text-anchor='middle']")]
          .map((e) => e.getBoundingClientRect())
          .map((b) => [b.left, b.top + 1.5, b.right, b.bottom - 1.5])"""
    )
    assert len(names) >= (5 if focus == "all" else 4)
    for a, b in combinations(names, 2):
        assert shared(a, b) < 1
    for left, _, right, _ in names:
        assert left >= 0
        assert right <= SIZES[size]["width"]


def test_the_saved_svg_holds_the_picture(opened: Opened, harbour: "Graph[str]") -> None:
    page = opened(harbour)
    drawing = ElementTree.fromstring(saved(page, "SVG").read_text("utf-8"))
    words = " ".join(text.text or "" for text in drawing.iter(f"{SVG}text"))
    for name in ("The harbour", "Ann Lee", "Harbour Union", "José Álvarez", "Conflict", "Person"):
        assert name in words
    arrows = [path for path in drawing.iter(f"{SVG}path") if "marker" not in path.attrib]
    assert len(arrows) > 13
    dashes = {path.get("stroke-dasharray") for path in drawing.iter(f"{SVG}path")}
    assert len(dashes) >= 6


def test_the_saved_png_is_twice_as_fine_as_the_screen(
    opened: Opened, harbour: "Graph[str]"
) -> None:
    page = opened(harbour)
    data = saved(page, "PNG").read_bytes()
    assert data.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", data[16:24])
    [(left, top, right, bottom)] = boxes(page, "#network")
    assert width == 2 * (right - left)
    assert height > 2 * (bottom - top)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_goes_light_and_dark(opened: Opened, harbour: "Graph[str]", scheme: str) -> None:
    page = opened(harbour, color_scheme=scheme)

    def lightness() -> float:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(float(part) for part in colour[4:-1].split(",")) / 3

    assert (lightness() > 128) == (scheme == "light")
    page.get_by_role("button", name="Light or dark").click()
    assert (lightness() > 128) == (scheme == "dark")


def test_the_more_quotes_the_thicker_the_line(opened: Opened, harbour: "Graph[str]") -> None:
    page = opened(harbour)
    widths: list[Any] = page.evaluate(
        """onrecord.canvas.lines.map((line) =>
          [line.quotes.length, onrecord.canvas.edges.get(line.id).width])"""
    )
    assert {width for quotes, width in widths if quotes == 1} == {1.5}
    assert [width for quotes, width in widths if quotes == 2] == [2.65]


def test_the_page_is_well_made(opened: Opened, harbour: "Graph[str]") -> None:
    page = opened(harbour)
    assert page.locator("h1").count() == 1
    assert page.title() == page.locator("h1").inner_text() == "The harbour"
    assert page.locator("html").get_attribute("lang") == "en"
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, input, a, [tabindex='0']")].filter(
          (e) => !(e.textContent.trim() || e.ariaLabel || e.labels?.[0].textContent)
        ).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(set(ids)) == len(ids)
