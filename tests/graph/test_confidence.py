"""What is cut below a confidence: relations and what only they need, never posts or statements."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.graph.assemble import Graph, assemble, at_least
from onrecord.graph.confidence import KEPT, SURE, raised, surer
from onrecord.graph.errors import ConfidenceError
from onrecord.graph.export import to_jsonl
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading
from onrecord.loaders.articles import read_articles

TESTS = Path(__file__).parents[1]
GOLDEN = {file.stem: file.read_text("utf-8") for file in (TESTS / "golden").glob("*.json")}
PAIRS = [
    (article, Reading.model_validate_json(GOLDEN[article.id]))
    for article in read_articles([str(TESTS.parent / "seeds")])
]
TEXT = "An officer criticised a letter. Ann Lee, a clerk, praised it. “No,” said a nurse of it."
PARTS = {
    "officer": ("Person", "An officer", False),
    "letter": ("Document", "a letter", False),
    "lee": ("Person", "Ann Lee", True),
    "nurse": ("Person", "a nurse", False),
}
CONFIDENCES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def ends(words: str) -> dict[str, Any]:
    return dict(zip(("start", "end"), span(words), strict=True))


def relation(kind: str, source: str, target: str, sure: float) -> dict[str, Any]:
    here = span(PARTS[source][1])
    spans = dict.fromkeys(("source_span", "target_span", "cue_span", "evidence"), here)
    return {"id": kind, "type": kind, "source": source, "target": target, "confidence": sure,
            **spans}  # fmt: skip


SAID: dict[str, Any] = {"id": "s1", "kind": "direct", "about": ("letter", "lee")}
READING = Reading.build(
    Article(id="a", text=TEXT),
    passages=[],
    entities=[{"id": e, "kind": k, "name": n, "named": is_} for e, (k, n, is_) in PARTS.items()],
    mentions=[{"entity": e, "form": "noun", **ends(n)} for e, (_, n, _) in PARTS.items()],
    posts=[
        {"person": "lee", "title": "clerk", "body": None, **ends("Ann Lee, a clerk")},
        {"person": "officer", "title": "officer", "body": None, **ends("An officer")},
    ],
    statements=[
        {
            **SAID,
            "source": {"entity": "nurse", **ends("a nurse")},
            "cue": ends("said"),
            "content": (span("No"),),
        }
    ],
    relations=[
        relation("CRITICISES", "officer", "letter", 0.4),
        relation("PRAISES", "lee", "letter", 0.6),
        relation("SUPPORTS", "nurse", "lee", 0.5),
    ],
)  # fmt: skip


def doubted(confidences: Sequence[float]) -> list[tuple[Article, Reading]]:
    """The seeds and their readings, each relation with the next of these confidences."""
    found = []
    for article, reading in PAIRS:
        relations = [
            relation.model_copy(update={"confidence": confidences[number % len(confidences)]})
            for number, relation in enumerate(reading.relations)
        ]
        found.append((article, reading.model_copy(update={"relations": tuple(relations)})))
    return found


def exported(graph: "Graph[str]") -> list[str]:
    return list(to_jsonl(graph))


def kept(reading: Reading) -> tuple[set[str], set[str]]:
    return {r.id for r in reading.relations}, {e.id for e in reading.entities}


@pytest.mark.parametrize(
    ("sure", "relations", "entities"),
    [
        (0.4, {"CRITICISES", "PRAISES", "SUPPORTS"}, {"officer", "letter", "lee", "nurse"}),
        (0.45, {"PRAISES", "SUPPORTS"}, {"letter", "lee", "nurse"}),
        (0.6, {"PRAISES"}, {"letter", "lee", "nurse"}),
        (1, set(), {"lee", "nurse"}),
    ],
)
def test_what_only_cut_relations_need_goes_with_them(
    sure: float, relations: set[str], entities: set[str]
) -> None:
    fewer = surer(READING, sure)
    assert kept(fewer) == (relations, entities)
    fewer.check(TEXT)
    assert {m.entity for m in fewer.mentions} == entities
    assert fewer.statements[0].about == tuple(e for e in ("letter", "lee") if e in entities)
    assert fewer.statements[0].source == READING.statements[0].source
    told = {post.person for post in fewer.posts}
    assert told == {"lee", "officer"} & entities  # "an officer" told only who that is


def test_where_nothing_is_cut_the_reading_is_the_same() -> None:
    assert surer(READING, 0.4) is READING


@settings(max_examples=15)
@given(CONFIDENCES, st.floats(0, 1))
def test_no_post_and_no_statement_is_ever_cut(confidences: list[float], sure: float) -> None:
    pairs = doubted(confidences)
    identities = Identities(reading for _, reading in pairs)
    every, fewer = (assemble(pairs, identities, load_ontology(), sure=s) for s in (0, sure))
    for article, reading in pairs:
        surer(reading, sure).check(article.text)

    def edges(graph: "Graph[str]", *types: str) -> set[tuple[str, str, str]]:
        return {(s, t, k) for s, t, k, d in graph.edges(keys=True, data=True) if d["type"] in types}

    for kind in ("HOLDS", "AT", "SAID", "IN", "PUBLISHED_BY"):
        assert edges(fewer, kind) == edges(every, kind)
    relations = [*load_ontology().relations]
    sure_enough = {k for *_, k, d in every.edges(keys=True, data=True)
                   if d.get("confidence", -1) >= sure}  # fmt: skip
    assert {key for *_, key in edges(fewer, *relations)} == sure_enough
    assert {n for n, d in every.nodes(data=True) if d.get("named")} <= set(fewer)
    assert fewer.graph["sure"] == sure


@settings(max_examples=15)
@given(CONFIDENCES, st.floats(0, 1), st.floats(0, 1))
def test_a_graph_cut_later_is_the_graph_that_was_made_so(
    confidences: list[float], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    pairs = doubted(confidences)
    identities = Identities(reading for _, reading in pairs)
    lower, higher = (assemble(pairs, identities, load_ontology(), sure=s) for s in (low, high))
    passing = ('"type": "ABOUT"', '"type": "MENTIONED_IN"')
    made, cut = (
        [line for line in exported(graph) if not any(kind in line for kind in passing)]
        for graph in (higher, at_least(lower, high))
    )
    assert made == cut
    assert at_least(lower, None) is lower


def test_the_default_holds_where_nothing_is_given() -> None:
    identities = Identities(reading for _, reading in PAIRS)
    graph = assemble(PAIRS, identities, load_ontology())
    assert graph.graph["sure"] == SURE == 2 * KEPT
    least = assemble(PAIRS, identities, load_ontology(), sure=SURE)
    assert exported(graph) == exported(least)


@pytest.mark.parametrize("sure", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_confidence_is_from_0_to_1(sure: float) -> None:
    identities = Identities([READING])
    article = Article(id="a", text=TEXT)
    for refused in (
        lambda: surer(READING, sure),
        lambda: assemble([(article, READING)], identities, load_ontology(), sure=sure),
        lambda: raised(sure, 0.5),
    ):
        with pytest.raises(ConfidenceError, match="from 0 to 1"):
            refused()


def test_it_is_raised_and_never_lowered() -> None:
    assert (raised(None, 0.5), raised(0.5, 0.5), raised(0.7, 0.5)) == (0.5, 0.5, 0.7)
    with pytest.raises(ConfidenceError, match=r"build it anew with --sure 0\.3\."):
        raised(0.3, 0.5)
