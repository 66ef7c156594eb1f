"""A graph of 20,000 nodes: a neighbourhood is drawn, and everything else can be reached."""

import random
from collections.abc import Callable

import networkx as nx
import pytest
from playwright.sync_api import Page, expect

from onrecord.graph.ontology import load_ontology

Opened = Callable[..., Page]
NODES, EDGES = 20_000, 60_000


@pytest.fixture(scope="module")
def large() -> "nx.MultiDiGraph[str]":
    """Few nodes with many edges, many with few, as in what newspapers write of."""
    draw = random.Random(0)
    labels = list(load_ontology().labels("Body"))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = [f"body:{number}" for number in range(NODES)]
    graph.add_nodes_from((name, {"labels": labels, "name": name}) for name in names)
    kinds = ("CRITICISES", "SUPPORTS", "REQUESTS", "PART_OF")
    for number in range(EDGES):
        source, target = (names[int(NODES * draw.random() ** power)] for power in (3, 1.5))
        quote = f"{source} and {target}, as was written in number {number}"
        words = {"article": "a", "start": 0, "end": len(quote), "quote": quote}
        graph.add_edge(source, target, key=f"{number:05}", type=draw.choice(kinds), **words)
    return graph


def test_a_neighbourhood_is_drawn_and_moves_with_the_focus(
    opened: Opened, large: "nx.MultiDiGraph[str]"
) -> None:
    page = opened(large)
    linked = len({node for edge in large.edges() for node in edge})
    expect(page.locator("#count")).to_contain_text(f"150 of {linked:,} names shown")
    drawn = "[...onrecord.canvas.chosen].map((node) => node.label)"
    first = set(page.evaluate(drawn))
    assert len(first) == 150
    far = next(f"body:{n}" for n in range(NODES - 1, 0, -1) if large.degree(f"body:{n}"))
    assert far not in first
    page.locator("#search").fill(far)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(far)
    second = set(page.evaluate(drawn))
    assert len(second) == 150
    neighbours = {*large.predecessors(far), *large.successors(far), far}
    assert neighbours <= second
    page.get_by_role("button", name="Table").click()
    assert page.locator("#table tbody tr").count() == large.degree(far)


def test_it_is_quick(opened: Opened, large: "nx.MultiDiGraph[str]") -> None:
    """Bounds for a busy machine; docs/page.md has what a quiet one takes."""
    page = opened(large)
    assert page.evaluate("performance.getEntriesByName('drawn')[0].startTime") < 10_000
    taken = page.evaluate(
        """[...onrecord.canvas.chosen].slice(0, 5).map((focus) => {
          const start = performance.now();
          onrecord.go({ focus, line: null });
          return performance.now() - start;
        })"""
    )
    assert min(taken) < 1_000
