"""Asking in Cypher, and in words: the same answers on every engine, and nothing is written."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import QueryError, StoreTimeout
from onrecord.graph.store import Store
from onrecord.queries.library import Query, load_library

SLOW = (
    "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b"
    " WITH a * b AS c WHERE c < 0 RETURN count(c)"
)


@pytest.mark.parametrize("query", list(load_library()), ids=lambda query: query.name)
def test_a_library_query_gives_equal_rows(query: Query, full: Store, embedded: Store) -> None:
    required = {name: value for name, value in query.examples.items()
                if query.header.parameters[name].required}  # fmt: skip
    for given in (query.examples, required):
        answer, expected = query.run(full, given), query.run(embedded, given)
        assert answer.columns == expected.columns
        assert list(answer) == list(expected)


def test_the_library_finds_edges_of_types_of_ones_own(
    store: Store, told: "Callable[[Mapping[str, list[tuple[str, str, str]]]], Graph[str]]"
) -> None:
    graph = told(
        {"one": [("Ann", "ADORES", "Bo"), ("Bo", "ADORES", "Cy"), ("Cy", "PRAISES", "Di")]}
    )
    for _, target, data in graph.edges(data=True):
        data["about"] = "person:Di" if target == "person:Cy" else "person:Bo"
    store.load(graph)
    library = load_library()
    positions = library["positions_on_an_issue"].run(store, {"issue": "Di"}).records()
    assert [tuple(p[c] for c in ("actor", "relation", "towards")) for p in positions] == [
        ("Bo", "ADORES", "Cy"),
        ("Cy", "PRAISES", "Di"),
    ]
    for *_, edge, data in graph.edges(keys=True, data=True):
        [evidence] = library["evidence_for_an_edge"].run(store, {"edge": edge}).records()
        assert (evidence["relation"], evidence["quote"]) == (data["type"], data["quote"])


@pytest.mark.parametrize(
    ("cypher", "value"),
    [
        ("1", 1), ("1.5", 1.5), ("'é'", "é"), ("true", True), ("null", None),
        ("[1, 'a', null]", [1, "a", None]), ("{a: {b: [1]}}", {"a": {"b": [1]}}),
        ("date('2025-03-01')", date(2025, 3, 1)),
        ("datetime('2025-03-01T12:00:00Z')", datetime(2025, 3, 1, 12, tzinfo=UTC)),
        ("[date('2025-03-01')]", [date(2025, 3, 1)]),
        ("duration('P1M2DT3S')", {"months": 1, "days": 2, "seconds": 3}),
        ("$p", "x"),
    ],
    ids=str,
)  # fmt: skip
def test_values_are_plain(full: Store, cypher: str, value: Any) -> None:
    result = full.run(f"RETURN {cypher} AS value", {"p": "x"})
    assert result.columns == ("value",)
    assert list(result) == [(value,)]


def test_nodes_edges_and_paths_are_dicts(full: Store, harbour: "Graph[str]") -> None:
    [(node, edge, path, both)] = full.run(
        "MATCH p = (n:Person {name: 'Ann Lee'})-[r:LAUNCHES]->(:Issue) RETURN n, r, p, [n, r]"
    )
    known = dict(harbour.nodes[node["id"]])
    assert node == {"id": node["id"], **known}
    assert node["labels"] == ["Person", "Actor"]
    assert edge["type"] == "LAUNCHES"
    assert edge["quote"] == "launched the night shift plan"
    assert edge["date"] == date(2025, 3, 1)
    assert path["nodes"][0] == node
    assert path["relationships"] == [edge]
    assert both == [node, edge]


def test_the_bookkeeping_of_articles_is_not_shown(full: Store) -> None:
    [(article, *_)] = full.run("MATCH (a:Article {id: 'article:gazette'}) RETURN a")
    assert "fingerprint" not in article
    assert article["published"] == date(2025, 3, 1)


def test_rows_can_be_left_half_read(full: Store) -> None:
    result = full.run("UNWIND range(1, 100000) AS i RETURN i")
    assert next(iter(result)) == (1,)
    del result
    assert list(full.run("RETURN 1 AS one").records()) == [{"one": 1}]


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (n:Person {id: 'x'})",
        "MATCH (n:Person) SET n.name = 'x'",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:Person {id: 'x'}) RETURN n",
        "MATCH (n:Person) REMOVE n:Actor",
        "CREATE INDEX mine FOR (n:Person) ON (n.name)",
        "CREATE CONSTRAINT mine FOR (n:Person) REQUIRE n.name IS UNIQUE",
        "FOREACH (x IN [1] | CREATE (:Person {id: 'x'}))",
        "UNWIND [1] AS x CALL (x) { CREATE (n:Person {id: 'x'}) RETURN n } RETURN n",
    ],
)
def test_a_query_that_writes_is_refused(full: Store, cypher: str, harbour: "Graph[str]") -> None:
    with pytest.raises(QueryError):
        list(full.run(cypher))
    assert len(full.graph()) == len(harbour)


@pytest.mark.parametrize(
    "cypher",
    ["LOAD CSV FROM 'file:///x' AS l RETURN l", "LOAD /* x */ CSV FROM $x AS l RETURN l",
     "load csv with headers from 'http://127.0.0.1:1/x' as l return l",
     "RETURN '//' AS a UNION LOAD\nCSV FROM 'file:///x' AS a RETURN a"],
)  # fmt: skip
def test_a_query_that_reads_files_is_refused(full: Store, cypher: str) -> None:
    with pytest.raises(QueryError, match="only read the graph"):
        full.run(cypher, {"x": "file:///x"})


def test_a_text_that_speaks_of_loading_is_no_loading(full: Store) -> None:
    asked = "RETURN 'LOAD CSV' AS `load csv` // load csv"
    assert list(full.run(asked)) == [("LOAD CSV",)]


@pytest.mark.parametrize(
    ("cypher", "parameters"),
    [
        ("MATCH (n RETURN n", {}), ("", {}), ("RETRUN 1", {}), ("RETURN $nobody", {}),
        ("RETURN nobody(1)", {}), ("RETURN $x", {"x": object()}), ("RETURN $x", {"x": 2**64}),
        ("RETURN 1 / 0", {}),
    ],
)  # fmt: skip
def test_a_query_that_is_not_understood_says_so_once(
    full: Store, cypher: str, parameters: dict[str, Any]
) -> None:
    with pytest.raises(QueryError) as told:
        list(full.run(cypher, parameters))
    assert "\n" not in str(told.value)
    assert str(told.value).endswith(".")


def test_a_long_query_is_ended(full: Store) -> None:
    with pytest.raises(StoreTimeout, match="longer than it was given"):
        list(full.run(SLOW, timeout=0.5))
    assert list(full.run("RETURN 1", timeout=60)) == [(1,)]


def test_hostile_parameters_stay_values(full: Store, harbour: "Graph[str]") -> None:
    for hostile in ("' OR true //", "\\u0027 RETURN 1 //", "`", "$name", "}) DETACH DELETE n //"):
        rows = list(full.run("MATCH (n {name: $name}) RETURN n.id", {"name": hostile}))
        assert rows == []
        assert list(full.run("RETURN $x AS x", {"x": {hostile: hostile}})) == [
            ({hostile: hostile},)
        ]
    assert len(full.graph()) == len(harbour)


@pytest.mark.parametrize("label", ["Person", "Nobody"])
@pytest.mark.parametrize("pattern", ["(n:{} {{heading: 'x'}})", "(n:{})-[:UNHEARD_OF]->()"])
def test_what_nobody_has_is_not_found(full: Store, label: str, pattern: str) -> None:
    assert list(full.run(f"MATCH {pattern.format(label)} RETURN n")) == []
