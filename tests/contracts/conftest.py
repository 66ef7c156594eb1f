"""An empty store on each engine, for the one suite that both must pass."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from onrecord.graph.assemble import Graph
from onrecord.graph.edges import edge_id
from onrecord.graph.export import to_jsonl
from onrecord.graph.store import Store, open_store

Said = tuple[str, str, str]
"""Who does what to whom: two names, and the type of the edge between the persons so called."""


@pytest.fixture(params=["embedded", "neo4j"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "neo4j":
        return str(request.getfixturevalue("empty_neo4j"))
    return str(tmp_path / "graph.kgl")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """The empty store, open."""
    with open_store(address) as opened:
        yield opened


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def full(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, harbour: "Graph[str]"
) -> Iterator[Store]:
    """A store with the harbour's graph in it, for tests that only ask."""
    if request.param == "neo4j":
        request.getfixturevalue("neo4j_driver").execute_query("MATCH (n) DETACH DELETE n")
        address = request.getfixturevalue("neo4j_address")
    else:
        address = tmp_path_factory.mktemp("full") / "graph.kgl"
    with open_store(address) as opened:
        opened.load(harbour)
        yield opened


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory, harbour: "Graph[str]") -> Iterator[Store]:
    """The store that the other must answer like."""
    with open_store(tmp_path_factory.mktemp("embedded") / "graph.kgl") as store:
        store.load(harbour)
        yield store


@pytest.fixture(scope="session")
def exported() -> "Callable[[Graph[str]], str]":
    """What two graphs must have in common to be one: every byte of their export."""
    return lambda graph: "".join(to_jsonl(graph))


@pytest.fixture(scope="session")
def told() -> "Callable[[Mapping[str, list[Said]]], Graph[str]]":
    """Makes the graph of what some articles say; each is published on a day of its own."""

    def graph_of(articles: Mapping[str, list[Said]]) -> "Graph[str]":
        graph: Graph[str] = nx.MultiDiGraph()
        names = {
            name for said in articles.values() for one, _, other in said for name in (one, other)
        }
        for name in sorted(names):
            graph.add_node(f"person:{name}", labels=["Person", "Actor"], name=name, aliases=[])
        for article, said in articles.items():
            home = f"article:{article}"
            day = date(2025, 1, 1 + len(article) % 28)
            graph.add_node(home, labels=["Article"], name=article, published=day)
            for at, (one, kind, other) in enumerate(said):
                ends = (f"person:{one}", f"person:{other}")
                key = edge_id(article, kind, *ends, str(at))
                graph.add_edge(
                    *ends, key, type=kind, article=article, start=at, end=at + 9, date=day,
                    quote=f"{one} … {other}", negated=False, confidence=0.5,
                )  # fmt: skip
        return graph

    return graph_of
