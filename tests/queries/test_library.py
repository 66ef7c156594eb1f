"""The query library: every question gives the rows that a person expects of the made-up harbour."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.assemble import Graph
from onrecord.graph.errors import QueryError
from onrecord.graph.ontology import load_ontology
from onrecord.graph.store import Store, open_store
from onrecord.queries.documentation import documented
from onrecord.queries.library import FOLDERS, Query, load_library

LIBRARY = load_library()
QUERIES = pytest.mark.parametrize("query", list(LIBRARY), ids=lambda query: query.name)
MARCH_1, MARCH_3 = date(2025, 3, 1), date(2025, 3, 3)
ACCUSED = "The Harbour Union accused Ann Lee of neglect"
HAS_ACCUSED = "The Harbour Union has accused Ann Lee of neglect"
RECKLESS = "The night shift plan is reckless"
BACKED = "the Ministry of Ports backed the night shift plan"

CASES: list[tuple[str, dict[str, Any], str, list[tuple[Any, ...]]]] = [
    (
        "who_criticises_whom", {}, "critic relation criticised negated modality article date quote",
        [
            ("Ann Lee", "CRITICISES", "Harbour Union", True, "asserted", "leaflet", None,
             "Ann Lee did not criticise the Harbour Union"),
            ("Harbour Union", "ACCUSES", "Ann Lee", False, "asserted", "gazette", MARCH_1, ACCUSED),
            ("Harbour Union", "ACCUSES", "Ann Lee", False, "asserted", "times", MARCH_3,
             HAS_ACCUSED),
            ("Tom Okoro", "CRITICISES", "night shift plan", False, "asserted", "gazette", MARCH_1,
             RECKLESS),
        ],
    ),
    ("who_criticises_whom", {"actor": "tom okoro"}, "critic quote", [("Tom Okoro", RECKLESS)]),
    (
        "who_stands_with_whom", {}, "actor relation other modality article",
        [
            ("José Álvarez", "PRAISES", "night shift plan", "asserted", "times"),
            ("Ministry of Ports", "SUPPORTS", "night shift plan", "reported", "times"),
        ],
    ),
    ("who_stands_with_whom", {"actor": "JOSE ALVAREZ"}, "actor", [("José Álvarez",)]),
    (
        "posts_held", {}, "person post body former article quote",
        [
            ("Ann Lee", "director", "Port Authority", False, "gazette",
             "director of the Port Authority"),
            ("José Álvarez", "deputy", None, True, "times", "her former deputy"),
            ("Tom Okoro", "secretary", "Harbour Union", False, "gazette",
             "secretary of the Harbour Union"),
        ],
    ),
    (
        "most_active_actors", {"limit": 4}, "actor kind deeds statements articles",
        [
            ("Tom Okoro", "Person", 2, 2, 2),
            ("Ann Lee", "Person", 3, 0, 3),
            ("Harbour Union", "Body", 3, 0, 3),
            ("José Álvarez", "Person", 2, 0, 1),
        ],
    ),
    (
        "chain_between_two", {"from": "tom okoro", "to": "ministry of ports"},
        "steps chain relations quotes",
        [
            (2, ["Tom Okoro", "night shift plan", "Ministry of Ports"], ["CRITICISES", "SUPPORTS"],
             [RECKLESS, BACKED]),
        ],
    ),
    ("chain_between_two", {"from": "Ann Lee", "to": "Ann Lee"}, "steps", []),
    (
        "dealings_of_an_actor", {"actor": "port authority"},
        "source relation target about modality article",
        [
            ("Harbour Union", "SUES", "Port Authority", "night shift plan", "conditional",
             "leaflet"),
            ("Port Authority", "REQUESTS_CHANGE", "Ministry of Ports", "safety rules", "asserted",
             "times"),
        ],
    ),
    (
        "find_by_name", {"letters": "PORT"}, "name kind aliases id relations",
        [
            ("Ann Lee", "Person", ["the port chief"], "person:ann-lee", 6),
            ("Ministry of Ports", "Body", [], "body:ministry-of-ports", 3),
            ("Port Authority", "Body", [], "body:port-authority", 3),
        ],
    ),
    (
        "people_of_a_body", {"body": "harbour union"}, "person tie body former article",
        [
            ("Tom Okoro", "secretary", "Harbour Union", False, "gazette"),
            ("Tom Okoro", "MEMBER_OF", "Harbour Union", None, "gazette"),
        ],
    ),
    (
        "requests_for_change", {}, "asker asked about article quote",
        [
            ("Port Authority", "Ministry of Ports", "safety rules", "times",
             "asked the Ministry of Ports to change the safety rules"),
        ],
    ),
    ("requests_for_change", {"actor": "Ann Lee"}, "asker", []),
    (
        "parts_and_members", {}, "source relation target",
        [("Tom Okoro", "MEMBER_OF", "Harbour Union")],
    ),
    (
        "positions_on_an_issue", {"issue": "Night Shift Plan"},
        "actor relation towards modality voice article",
        [
            ("Ann Lee", "LAUNCHES", "night shift plan", "asserted", None, "gazette"),
            ("Harbour Union", "SUES", "Port Authority", "conditional", None, "leaflet"),
            ("José Álvarez", "PRAISES", "night shift plan", "asserted", None, "times"),
            ("Ministry of Ports", "SUPPORTS", "night shift plan", "reported", "Tom Okoro", "times"),
            ("Tom Okoro", "CRITICISES", "night shift plan", "asserted", None, "gazette"),
        ],
    ),
    (
        "who_signed_what", {}, "signatory relation document article",
        [
            ("Ann Lee", "CO_SIGNS", "staff letter", "times"),
            ("José Álvarez", "CO_SIGNS", "staff letter", "times"),
        ],
    ),
    (
        "most_contested", {}, "subject kind against in_favour articles",
        [("night shift plan", "Issue", 1, 3, 2)],
    ),
    (
        "said_about", {"topic": "night shift plan"}, "speaker content form article",
        [
            ("Tom Okoro", RECKLESS, "direct", "gazette"),
            ("Tom Okoro", BACKED, "indirect", "times"),
        ],
    ),
    (
        "said_by", {"speaker": "one crane driver"}, "speaker cue content form date",
        [("One crane driver", "said", "the quay was unsafe", "indirect", MARCH_1)],
    ),
    (
        "said_with_words", {"words": "Ministry"}, "speaker content date",
        [("Tom Okoro", BACKED, MARCH_3)],
    ),
    (
        "unnamed_sources", {}, "source content outlet article",
        [("One crane driver", "the quay was unsafe", "Harbour Gazette", "gazette")],
    ),
    ("unnamed_sources", {"outlet": "coast times"}, "source", []),
    (
        "claims_by_voice", {}, "voice source relation target modality quote",
        [("Tom Okoro", "Ministry of Ports", "SUPPORTS", "night shift plan", "reported", BACKED)],
    ),
    (
        "timeline", {"since": "2025-03-02", "until": date(2025, 3, 3), "actor": "Tom Okoro"},
        "date source relation target article",
        [(MARCH_3, "Tom Okoro", "SAID", BACKED, "times")],
    ),
    (
        "timeline", {"actor": ["Ann Lee", "staff letter"], "until": "2025-03-02"},
        "date source relation target",
        [
            (MARCH_1, "Harbour Union", "ACCUSES", "Ann Lee"),
            (MARCH_1, "Ann Lee", "LAUNCHES", "night shift plan"),
        ],
    ),
    (
        "evidence_between", {"one": "the port chief", "other": "the dockers"},
        "source relation target negated quote article heading outlet begins ends",
        [
            ("Harbour Union", "ACCUSES", "Ann Lee", False, ACCUSED, "gazette",
             "Dockers turn on port chief", "Harbour Gazette", 0, 44),
            ("Ann Lee", "CRITICISES", "Harbour Union", True,
             "Ann Lee did not criticise the Harbour Union", "leaflet", None, None, 0, 43),
            ("Harbour Union", "ACCUSES", "Ann Lee", False, HAS_ACCUSED, "times",
             "Port chief under fire", "Coast Times", 0, 48),
        ],
    ),
    (
        "evidence_between", {"one": "Ann Lee", "other": "Harbour Union", "relation": "CRITICISES"},
        "article", [("leaflet",)],
    ),
    ("evidence_for_an_edge", {"edge": "none such"}, "source", []),
    (
        "edges_between_actors", {}, "article source relation target negated modality voice quote",
        [
            ("gazette", "Harbour Union", "ACCUSES", "Ann Lee", False, "asserted", None, ACCUSED),
            ("gazette", "Tom Okoro", "MEMBER_OF", "Harbour Union", False, "asserted", None,
             "secretary of the Harbour Union"),
            ("leaflet", "Ann Lee", "CRITICISES", "Harbour Union", True, "asserted", None,
             "Ann Lee did not criticise the Harbour Union"),
            ("leaflet", "Harbour Union", "SUES", "Port Authority", False, "conditional", None,
             "The Harbour Union may sue the Port Authority"),
            ("times", "Harbour Union", "ACCUSES", "Ann Lee", False, "asserted", None, HAS_ACCUSED),
            ("times", "Port Authority", "REQUESTS_CHANGE", "Ministry of Ports", False, "asserted",
             None, "asked the Ministry of Ports to change the safety rules"),
        ],
    ),
    ("edges_between_actors", {"article": "gazette"}, "relation", [("ACCUSES",), ("MEMBER_OF",)]),
    (
        "articles_by_outlet", {}, "outlet date heading article statements nodes url",
        [
            ("Coast Times", MARCH_3, "Port chief under fire", "times", 1, 9, None),
            ("Harbour Gazette", MARCH_1, "Dockers turn on port chief", "gazette", 2, 6,
             "https://gazette.example/dockers"),
            (None, None, "leaflet", "leaflet", 0, 4, None),
        ],
    ),
    (
        "only_one_article_says", {"article": "leaflet"}, "source relation target times quote",
        [
            ("Ann Lee", "not CRITICISES", "Harbour Union", 1,
             "Ann Lee did not criticise the Harbour Union"),
            ("Harbour Union", "SUES", "Port Authority", 1,
             "The Harbour Union may sue the Port Authority"),
        ],
    ),
    (
        "several_articles_say", {}, "source relation target articles times first last",
        [("Harbour Union", "ACCUSES", "Ann Lee", 2, 2, MARCH_1, MARCH_3)],
    ),
    (
        "not_asserted", {}, "source relation target negated modality article",
        [
            ("Ann Lee", "CRITICISES", "Harbour Union", True, "asserted", "leaflet"),
            ("Harbour Union", "SUES", "Port Authority", False, "conditional", "leaflet"),
            ("Ministry of Ports", "SUPPORTS", "night shift plan", False, "reported", "times"),
        ],
    ),
]  # fmt: skip


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def store(
    request: pytest.FixtureRequest,
    harbour: "Graph[str]",
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Store]:
    """The harbour, in a store of either engine: the same rows must come from both."""
    address = str(tmp_path_factory.mktemp("store") / "graph.kgl")
    if request.param == "neo4j":
        request.getfixturevalue("neo4j_driver").execute_query("MATCH (n) DETACH DELETE n")
        address = request.getfixturevalue("neo4j_address")
    with open_store(address) as opened:
        opened.load(harbour)
        yield opened


@pytest.mark.parametrize(
    ("name", "given", "columns", "rows"), CASES, ids=[f"{c[0]}-{len(c[1])}" for c in CASES]
)
def test_rows(
    store: Store, name: str, given: dict[str, Any], columns: str, rows: list[tuple[Any, ...]]
) -> None:
    records = LIBRARY[name].run(store, given).records()
    assert [tuple(record[c] for c in columns.split()) for record in records] == rows


def test_every_query_has_expected_rows() -> None:
    assert {name for name, *_ in CASES} == {query.name for query in LIBRARY}


def test_the_evidence_for_each_edge_is_its_quote(store: Store, harbour: "Graph[str]") -> None:
    for source, _, edge, data in harbour.edges(keys=True, data=True):
        found = list(LIBRARY["evidence_for_an_edge"].run(store, {"edge": edge}).records())
        if data["type"] == "PUBLISHED_BY":
            assert found == []
            continue
        [record] = found
        assert record["source"] == harbour.nodes[source]["name"]
        assert (record["relation"], record["quote"]) == (data["type"], data["quote"])
        assert (record["begins"], record["ends"]) == (data["start"], data["end"])


@QUERIES
def test_columns_are_those_of_the_header_even_when_nothing_is_found(
    query: Query, tmp_path: Path, harbour: "Graph[str]"
) -> None:
    empty = open_store(tmp_path / "graph.kgl")
    empty.load(harbour.subgraph([]))
    nothing = [k for k, p in query.header.parameters.items() if p.type == "node"]
    result = empty.run(query.cypher, query.bind(query.examples) | {name: [] for name in nothing})
    assert result.columns == tuple(query.header.columns)


@QUERIES
def test_the_example_runs(query: Query, store: Store) -> None:
    list(query.run(store, query.examples))


@QUERIES
def test_the_header_keeps_to_the_portable_subset(query: Query) -> None:
    assert query.header.answers.endswith("?")
    assert query.folder in FOLDERS
    for avoided in (r"\bid\(", r"/\*", r"\bapoc\.", r"\bCOLLECT \{", r"\bpercentile", r"labels\("):
        assert not re.search(avoided, query.cypher)


def test_the_relations_spelt_out_are_the_ontologys() -> None:
    ontology = load_ontology()

    def types(name: str) -> set[str]:
        pattern = re.search(r"\[r?\s*:([A-Z_|\s]+)", LIBRARY[name].cypher)
        assert pattern
        return set(re.findall(r"[A-Z_]+", pattern[1]))

    assert types("chain_between_two") == {*ontology.relations, "HOLDS", "AT"}
    assert types("positions_on_an_issue") == set(ontology.relations)
    [known] = re.findall(r"NOT type IN\s+\[([^\]]*)\]", LIBRARY["positions_on_an_issue"].cypher)
    assert set(re.findall(r"\w+", known)) == set(ontology.types)
    assert types("who_stands_with_whom") == set(ontology.of_family("cooperation"))
    assert types("parts_and_members") == set(ontology.of_family("structure"))
    for query in LIBRARY:
        told = re.findall(r"NOT type\(r\) IN\s+\[([^\]]*)\]", query.cypher)
        for types_left_out in told:
            assert set(re.findall(r"\w+", types_left_out)) <= set(ontology.record)


def test_docs_are_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "queries.md"
    assert page.read_text(encoding="utf-8") == documented(LIBRARY), (
        "Run: python -m onrecord.queries.documentation > docs/queries.md"
    )
    for query in LIBRARY:
        assert f"### {query.name}\n\n{query.header.answers}" in documented(LIBRARY)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("posts_helt", {}, "no query 'posts_helt'. Did you mean posts_held"),
        ("zzz", {}, "no query 'zzz'. `onrecord query` lists them all."),
        ("posts_held", {"man": "x"}, "has no parameter 'man'. It has: person."),
        ("said_by", {}, 'needs speaker. Add, for example, speaker="Tom Okoro"'),
        ("timeline", {"since": "last week"}, "since='last week': it is no date"),
        ("timeline", {"actor": [3]}, "it is no node"),
        ("most_contested", {"limit": "many"}, "limit='many': it is no integer. Give one, such as"),
        ("most_contested", {"limit": True}, "it is no integer"),
        ("said_by", {"speaker": "Anne Lee"}, "called 'Anne Lee'. Did you mean Ann Lee?"),
        ("said_by", {"speaker": "Xyzzy"}, "called 'Xyzzy'. find_by_name finds names"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(
    store: Store, name: str, given: dict[str, object], message: str
) -> None:
    with pytest.raises(QueryError) as caught:
        LIBRARY[name].run(store, given)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("MATCH (n) RETURN n.name AS name", "wrong at as a whole"),
        ("// answers: [\nRETURN 1 AS x", "is not YAML"),
        ("// answers: What?\n// columns: {}\nRETURN 1 AS x", "wrong at columns"),
        ("// answers: What?\n// columns: {y: one}\nRETURN 1 AS x", "tells the columns y; its"),
        ("// answers: What?\n// columns: {x: one}\nRETURN $a AS x", "Cypher has a"),
        (
            "// answers: What?\n// columns: {x: one, y: two}\nRETURN 1 AS y, 2 AS x",
            "tells the columns x, y; its Cypher has y, x.",
        ),
    ],
)
def test_a_file_whose_header_is_wrong_is_refused(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        Query.parsed("people", "made_up", text)


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    for room in FOLDERS:
        (tmp_path / room).mkdir()
    text = "// answers: How many?\n// columns: {n: how many}\nMATCH (n) RETURN count(n) AS n\n"
    (tmp_path / "people" / "how_many.cypher").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match="tells the columns n; its Cypher has "):
        load_library(tmp_path)
    (tmp_path / "people" / "how_many.cypher").write_text(text.replace(" RETURN", "\nRETURN"))
    assert [query.name for query in load_library(tmp_path)] == ["how_many"]
