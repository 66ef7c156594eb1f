"""Loading, correcting, withdrawing: what a store promises on every engine."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import StoreError
from onrecord.graph.store import LoadReport, Store, loading, open_store

Exported = Callable[["Graph[str]"], str]
Told = Callable[[dict[str, list[tuple[str, str, str]]]], "Graph[str]"]

ONE = {"a1": [("ann", "PRAISES", "bob"), ("bob", "SUES", "cy")]}
TWO = {"a2": [("ann", "PRAISES", "bob"), ("dee", "SUES", "ann")]}


def test_what_is_loaded_is_read_back(
    store: Store, harbour: "Graph[str]", exported: Exported
) -> None:
    report = store.load(harbour)
    assert report == LoadReport(nodes_created=len(harbour), edges_created=harbour.size())
    assert exported(store.graph()) == exported(harbour)


def test_loading_again_changes_nothing(
    address: str, harbour: "Graph[str]", exported: Exported
) -> None:
    with open_store(address) as first:
        first.load(harbour)
    with open_store(address) as second:
        assert second.load(harbour) == LoadReport()
        assert exported(second.graph()) == exported(harbour)


def test_an_empty_graph_is_a_graph(store: Store) -> None:
    assert store.load(nx.MultiDiGraph()) == LoadReport()
    assert len(store.graph()) == 0
    assert list(store.run("MATCH (n:Person) RETURN n.name")) == []


def test_a_corrected_article_changes_only_what_it_said(
    store: Store, told: Told, exported: Exported
) -> None:
    store.load(told(ONE | TWO))
    corrected = told({"a1": [("ann", "PRAISES", "bob")]} | TWO)
    assert store.load(corrected) == LoadReport(nodes_removed=1, edges_removed=2, edges_created=1)
    assert exported(store.graph()) == exported(corrected)


def test_an_article_corrected_alone_leaves_the_others(
    store: Store, told: Told, exported: Exported
) -> None:
    store.load(told(ONE | TWO))
    store.load(told({"a1": [("ann", "BLAMES", "bob")]}))
    assert exported(store.graph()) == exported(told({"a1": [("ann", "BLAMES", "bob")]} | TWO))


def test_a_withdrawn_article_takes_only_its_own(
    store: Store, told: Told, exported: Exported
) -> None:
    store.load(told(ONE | TWO))
    report = store.load(told(TWO), withdraw=frozenset({"a1", "never-there"}))
    assert report == LoadReport(nodes_removed=2, edges_removed=2)
    assert exported(store.graph()) == exported(told(TWO))


def test_everything_may_be_withdrawn(store: Store, harbour: "Graph[str]") -> None:
    store.load(harbour)
    articles = {data["article"] for *_, data in harbour.edges(data=True)}
    store.load(nx.MultiDiGraph(), withdraw=frozenset(articles))
    assert len(store.graph()) == 0


def test_a_merge_moves_the_edges_of_every_article(
    store: Store, told: Told, exported: Exported
) -> None:
    before = told(ONE | TWO)
    store.load(before)
    merged = nx.relabel_nodes(before, {"person:dee": "person:cy"})
    store.load(merged)
    assert exported(store.graph()) == exported(merged)


def test_a_node_that_changes_is_changed(store: Store, told: Told, exported: Exported) -> None:
    graph = told(ONE)
    store.load(graph)
    graph.nodes["person:ann"].update(aliases=["Annie"], name="Ann")
    graph.nodes["article:a1"]["heading"] = "Ann"
    assert store.load(graph) == LoadReport(nodes_changed=2)
    del graph.nodes["person:ann"]["aliases"], graph.nodes["article:a1"]["heading"]
    assert store.load(graph) == LoadReport(nodes_changed=2)
    assert exported(store.graph()) == exported(graph)
    assert store.load(graph) == LoadReport()


@pytest.mark.parametrize("order", [("left", "right"), ("right", "left")])
def test_loaders_of_different_articles_end_in_the_union(
    store: Store, told: Told, exported: Exported, order: tuple[str, str]
) -> None:
    graphs = {"left": told(ONE), "right": told(TWO)}
    graphs["left"].nodes["person:ann"].update(name="Ann", aliases=["A. Lee"])
    graphs["right"].nodes["person:ann"].update(name="ANN", aliases=["Ann L."])
    for _ in range(2):
        for name in order:
            store.load(graphs[name])
    union = told(ONE | TWO)
    union.nodes["person:ann"].update(name="Ann", aliases=["A. Lee", "ANN", "Ann L."])
    assert exported(store.graph()) == exported(union)


def test_two_loaders_at_once_end_in_the_union(
    address: str, told: Told, exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)  # so that they take turns many times
    people = [f"p{i}" for i in range(20)]

    def article(number: int) -> list[tuple[str, str, str]]:
        return [
            (people[(number + i) % 20], "PRAISES", people[(number * i) % 20]) for i in range(10)
        ]

    halves = [{f"{half}{i}": article(i) for i in range(8)} for half in "lr"]

    def load(half: dict[str, list[tuple[str, str, str]]]) -> None:
        with open_store(address) as store:
            store.load(told(half))

    with ThreadPoolExecutor() as threads:
        list(threads.map(load, halves * 2))  # each of them twice
    with open_store(address) as store:
        assert exported(store.graph()) == exported(told(halves[0] | halves[1]))


def test_readers_see_whole_articles_while_others_load(
    address: str, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    articles = {f"a{i}": [("ann", "PRAISES", f"p{i}-{j}") for j in range(10)] for i in range(15)}
    with open_store(address) as store:
        store.load(told({"a0": articles["a0"]}))

    def read(_: int) -> set[int]:
        with open_store(address) as store:
            asked = "MATCH ()-[r:PRAISES]->() RETURN r.article, count(r)"
            return {count for _ in range(10) for _, count in store.run(asked)}

    with ThreadPoolExecutor() as threads, open_store(address) as store:
        readers = threads.map(read, range(3))
        store.load(told(articles))
        assert set().union(*readers) == {10}


class TestValues:
    """Whatever an article says arrives as it was."""

    @settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.data())
    def test_any_text(
        self, store: Store, told: Told, exported: Exported, data: st.DataObject
    ) -> None:
        texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
        articles = data.draw(st.lists(texts, min_size=1, max_size=8, unique=True), "articles")
        graph = told(
            {
                article: data.draw(
                    st.lists(st.tuples(texts, st.just("PRAISES"), texts), max_size=3), "said"
                )
                for article in articles
            }
        )
        for node in graph:
            graph.nodes[node]["content"] = data.draw(texts, "content")
        for *_, edge in graph.edges(data=True):
            edge["quote"] = data.draw(texts, "quote")
        gone = frozenset(self.articles(store) - {*articles})
        store.load(graph, withdraw=gone)
        assert exported(store.graph()) == exported(graph)
        assert store.load(graph) == LoadReport()

    @staticmethod
    def articles(store: Store) -> set[str]:
        store.load(nx.MultiDiGraph())
        rows = store.run("MATCH (a:Article) RETURN a.id")
        return {id_.removeprefix("article:") for (id_,) in rows}

    @pytest.mark.parametrize(
        "value",
        [
            date(1, 1, 1), date(9999, 12, 31), 0, -1, 2**63 - 1, -(2**63), 0.1, 1e300, True, False,
            [], ["b", "a"], [""], ["é", "'", '"', "`", "\\", "\\u0060", "$x"], "long " * 100_000,
            "'; MATCH (n) DETACH DELETE n //", "\x00", "\u202e", "\U0001f469\u200d\U0001f467",
            "e\u0301", "\r\n\t\u2028",
        ],
        ids=repr,
    )  # fmt: skip
    def test_a_value(self, store: Store, told: Told, exported: Exported, value: Any) -> None:
        graph = told(ONE)
        graph.nodes["person:ann"]["content"] = value
        for *_, edge in graph.edges(data=True):
            edge["quote"] = value
        store.load(graph)
        assert exported(store.graph()) == exported(graph)

    def test_labels_and_types_that_the_ontology_does_not_know(
        self, store: Store, told: Told, exported: Exported
    ) -> None:
        graph = told({"a": [("ann", "Ölfleck_auf", "bob")]})
        graph.nodes["person:bob"]["labels"] = ["Zwerg", "Actor", "Ära"]
        store.load(graph)
        assert exported(store.graph()) == exported(graph)
        assert store.load(graph) == LoadReport()

    @pytest.mark.parametrize("name", ["", "A`B", "A\\u0060B", "a b", "x:y", "a\x00"])
    def test_labels_and_types_that_could_be_cypher_are_refused(
        self, store: Store, told: Told, name: str
    ) -> None:
        graph = told(ONE)
        graph.nodes["person:bob"]["labels"] = [name]
        with pytest.raises(StoreError, match="cannot take"):
            store.load(graph)
        with pytest.raises(StoreError, match="cannot take"):
            store.load(told({"a": [("ann", name, "bob")]}))

    @pytest.mark.parametrize("name", ["title", "type", "label", "fingerprint", "a`: 1}) //"])
    def test_properties_that_an_engine_would_mistake_are_refused(
        self, store: Store, told: Told, name: str
    ) -> None:
        graph = told(ONE)
        graph.nodes["person:bob"][name] = "x"
        with pytest.raises(StoreError, match="cannot take"):
            store.load(graph)

    def test_an_edge_of_no_article_is_refused(self, store: Store, told: Told) -> None:
        graph = told(ONE)
        graph.remove_node("article:a1")
        with pytest.raises(StoreError, match="belongs to no article"):
            store.load(graph)
