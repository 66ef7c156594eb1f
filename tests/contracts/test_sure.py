"""A confidence: what a store was built with, and what a query that asks for more finds there."""

from collections.abc import Callable, Iterator

import networkx as nx
import pytest

from onrecord.graph.assemble import Graph, at_least
from onrecord.graph.errors import ConfidenceError
from onrecord.graph.store import Store, open_store
from onrecord.queries.library import Query, load_library

HELD, ASKED = 0.3, 0.6
LIBRARY = load_library()


@pytest.fixture(scope="module")
def doubted(harbour: "Graph[str]") -> "Graph[str]":
    """The harbour, where every other relation is less sure than is asked for."""
    graph: Graph[str] = harbour.copy()
    graph.graph["sure"] = HELD
    relations = sorted((k, d) for *_, k, d in graph.edges(keys=True, data=True)
                       if "confidence" in d)  # fmt: skip
    for number, (_, data) in enumerate(relations):
        data["confidence"] = 0.9 if number % 2 else 0.5
    return graph


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def held(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, doubted: "Graph[str]"
) -> Iterator[Store]:
    """A store of the doubted, for tests that only ask."""
    address = str(tmp_path_factory.mktemp("held") / "graph.kgl")
    if request.param == "neo4j":
        request.getfixturevalue("neo4j_driver").execute_query("MATCH (n) DETACH DELETE n")
        address = request.getfixturevalue("neo4j_address")
    with open_store(address) as opened:
        opened.load(doubted)
        yield opened


@pytest.fixture(scope="module")
def surer(tmp_path_factory: pytest.TempPathFactory, doubted: "Graph[str]") -> Iterator[Store]:
    """A store that was built with what is asked for."""
    with open_store(tmp_path_factory.mktemp("surer") / "graph.kgl") as opened:
        opened.load(at_least(doubted, ASKED))
        yield opened


@pytest.mark.parametrize("query", list(LIBRARY), ids=lambda query: query.name)
def test_asking_for_more_is_as_building_with_more(query: Query, held: Store, surer: Store) -> None:
    required = {name: value for name, value in query.examples.items()
                if query.header.parameters[name].required}  # fmt: skip
    for given in (query.examples, required):
        assert list(query.run(held, given, sure=ASKED)) == list(query.run(surer, given))
        assert list(query.run(held, given, sure=HELD)) == list(query.run(held, given))


def test_a_chain_goes_round_what_is_not_sure_enough(store: Store) -> None:
    graph: Graph[str] = nx.MultiDiGraph(sure=HELD)
    graph.add_node("article:a", labels=["Article"], name="a")
    for name in ("Ann", "Bo", "Cy"):
        graph.add_node(f"person:{name}", labels=["Person", "Actor"], name=name, aliases=[])
    for one, other, sure in (("Ann", "Cy", 0.5), ("Ann", "Bo", 0.9), ("Bo", "Cy", 0.9)):
        more = {"article": "a", "start": 0, "end": 1, "quote": "q", "confidence": sure}
        graph.add_edge(f"person:{one}", f"person:{other}", one + other, type="PRAISES", **more)
    store.load(graph)

    def chains(sure: float | None) -> list[list[str]]:
        found = LIBRARY["chain_between_two"].run(store, {"from": "Ann", "to": "Cy"}, sure=sure)
        return [row["chain"] for row in found.records()]

    assert chains(None) == [["Ann", "Cy"]]
    assert chains(ASKED) == [["Ann", "Bo", "Cy"]]
    assert chains(1) == []
    assert store.graph().size() == 3


def test_a_store_knows_what_it_was_built_with(
    address: str, doubted: "Graph[str]", exported: "Callable[[Graph[str]], str]"
) -> None:
    for sure in (HELD, ASKED, HELD):
        graph = at_least(doubted, sure)
        with open_store(address) as opened:
            opened.load(graph)
        with open_store(address) as again:
            assert again.sure() == again.graph().graph["sure"] == sure
            assert exported(again.graph()) == exported(graph)


def test_of_loaders_of_different_articles_the_surer_holds(store: Store) -> None:
    for articles, sure, held in (
        ("a", 0.4, 0.4),
        ("b", 0.6, 0.6),
        ("a", 0.2, 0.6),
        ("ab", 0.2, 0.2),
    ):
        graph: Graph[str] = nx.MultiDiGraph(sure=sure)
        for article in articles:
            graph.add_node(f"article:{article}", labels=["Article"], name=article)
        store.load(graph)
        assert store.sure() == held


def test_less_than_a_store_holds_is_refused(held: Store) -> None:
    query = LIBRARY["who_criticises_whom"]
    with pytest.raises(ConfidenceError, match=r"holds the relations of .* 0\.3 .*--sure 0\.1"):
        query.run(held, sure=0.1)
    with pytest.raises(ConfidenceError, match="from 0 to 1"):
        query.run(held, sure=1.1)


def test_every_query_that_tells_of_relations_asks_how_sure_they_are() -> None:
    without = {query.name for query in LIBRARY if "$sure" not in query.cypher}
    assert without == {
        "posts_held", "said_about", "said_by", "said_with_words", "unnamed_sources",
        "articles_by_outlet",
    }  # fmt: skip
