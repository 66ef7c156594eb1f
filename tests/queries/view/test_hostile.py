"""Whatever an article or a name holds, nothing runs and nothing is lost."""

from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import networkx as nx
import pytest
from playwright.sync_api import Browser, Page, expect

from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.queries.view import Page as HtmlPage

Opened = Callable[..., Page]
EVIL = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    '" onmouseover="alert(3)" x="',
    "{{ 7 * 7 }} {% raw %} ${alert(4)}",
    "href=javascript:alert(5)",
    "<!--<script>",
    "\u2028\u2029\u0000\ufeff",
    "constructor",
    "__proto__",
    "toString",
    "length",
    "hasOwnProperty",
]


@pytest.fixture
def hostile() -> "nx.MultiDiGraph[str]":
    """A graph in which every value is meant ill."""
    ontology = load_ontology()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for evil in EVIL:
        graph.add_node(evil, labels=list(ontology.labels("Body")), name=evil, aliases=[evil])
        url = "javascript:alert(6)"
        facts = {"heading": evil, "url": url, "byline": evil, "published": date(2025, 1, 2)}
        graph.add_node(f"article:{evil}", labels=["Article"], name=evil, **facts)
        graph.add_node(f"outlet:{evil}", labels=["Outlet"], name=evil)
        published = {"type": "PUBLISHED_BY", "article": evil}
        graph.add_edge(f"article:{evil}", f"outlet:{evil}", key=f"p{evil}", **published)
    for source, target in zip(EVIL, EVIL[1:] + EVIL[:1], strict=True):
        words = {"article": source, "start": 0, "end": len(source), "quote": source}
        made = {"type": "ACCUSES", "voice": source, "modality": "alleged", "about": target}
        graph.add_edge(source, target, key=source, **words, **made)
        graph.add_node(f"post:{source}", labels=["Post"], name=source)
        graph.add_edge(source, f"post:{source}", key=f"h{source}", type="HOLDS", **words)
        graph.add_edge(f"post:{source}", target, key=f"a{source}", type="AT", **words)
    itself = {"type": "CRITICISES", "article": EVIL[0], "start": 0, "end": 5, "quote": EVIL[0][:5]}
    graph.add_edge(EVIL[0], EVIL[0], key="itself", **itself)
    return graph


def test_nothing_runs_and_nothing_is_lost(opened: Opened, hostile: "nx.MultiDiGraph[str]") -> None:
    page = opened(hostile, {evil: Article(id=evil, text=f"{evil} and more") for evil in EVIL})
    drawn = page.evaluate("[onrecord.canvas.nodes.length, onrecord.canvas.edges.length]")
    assert drawn == [len(EVIL), 2 * len(EVIL) + 1]
    for evil in EVIL:
        page.evaluate("(id) => { location.hash = encodeURIComponent(`n:${id}`); }", evil)
        heading = page.locator("#panel h2")
        expect(heading).to_be_visible()
        assert heading.evaluate("(h2) => h2.textContent") == evil
        page.locator("#panel .words").first.click()
        page.locator("#panel mark").first.wait_for()
    for view in ("Table", "Timeline"):
        page.get_by_role("button", name=view).click()
    with page.expect_download() as svg:
        page.get_by_role("button", name="SVG").click()
    ElementTree.fromstring(svg.value.path().read_text("utf-8"))
    assert page.locator("a[href]").count() == 0
    assert page.locator("img, iframe, object, script:not([type])").count() == 2


def test_a_notebook_frame_draws_it(browser: Browser, hostile: "nx.MultiDiGraph[str]") -> None:
    page = browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("dialog", lambda dialog: troubles.append(dialog.message))
    page.set_content(HtmlPage(hostile)._repr_html_())
    frame = page.frame_locator("iframe")
    expect(frame.locator("#count")).to_contain_text(f"{len(EVIL)} names")
    frame.locator("#panel .name").first.click()
    expect(frame.locator("#panel .kicker")).to_contain_text("Body")
    assert troubles == []
    page.close()
