"""Edges one by one: their ids are the graph's, and one that is held wrong is hidden for good."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.assemble import assemble
from onrecord.graph.edges import judged, without
from onrecord.graph.identity import Identities
from onrecord.graph.judgements import EdgeJudgement, EdgeRef, holding_wrong
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
RECORD = {"AT", "IN", "ABOUT", "PUBLISHED_BY", "MENTIONED_IN"}


def edges(pairs: list[tuple[Article, Reading]]) -> dict[str, dict[str, Any]]:
    identities = Identities(reading for _, reading in pairs)
    graph = assemble(pairs, identities, load_ontology(), sure=0)
    found = graph.edges(keys=True, data=True)
    return {key: data for *_, key, data in found if data["type"] not in RECORD}


def judgement(verdict: str, edge: EdgeRef) -> EdgeJudgement:
    now = datetime(2026, 1, 2, tzinfo=UTC)
    made = {"verdict": verdict, "edge": edge, "by": "ann", "at": now}
    return EdgeJudgement.model_validate(made)


def test_every_edge_that_can_be_judged_has_the_graphs_id_type_and_quote() -> None:
    told = {id_: ref for article, reading in PAIRS for id_, ref in judged(article, reading)}
    shown = edges(PAIRS)
    assert {"HOLDS", "SAID"} < {ref.type for ref in told.values()}
    assert told.keys() == shown.keys()
    for id_, ref in told.items():
        edge = shown[id_]
        assert (ref.article, ref.type, ref.quote) == (edge["article"], edge["type"], edge["quote"])


@pytest.mark.parametrize(("article", "reading"), PAIRS, ids=[a.id[:3] for a, _ in PAIRS])
def test_what_is_struck_out_goes_and_all_else_stays(article: Article, reading: Reading) -> None:
    every = dict(judged(article, reading))
    for id_ in [next(i for i, ref in every.items() if ref.type == kind)
                for kind in sorted({ref.type for ref in every.values()})]:  # fmt: skip
        fewer = without(article, reading, {every[id_].known})
        fewer.check(article.text)
        same = {i for i, ref in every.items() if ref.known == every[id_].known}
        assert dict(judged(article, fewer)).keys() == every.keys() - same
        assert len(fewer.statements) == len(reading.statements)
        assert {e.id for e in reading.entities if e.named} <= {e.id for e in fewer.entities}
    assert without(article, reading, set()) is reading


def test_it_is_known_in_a_reading_with_other_numbers() -> None:
    article, reading = PAIRS[0]
    renumbered = Reading.model_validate_json(re.sub(r'"e(\d+)"', r'"x\1"', reading.to_json()))
    assert not {e.id for e in reading.entities} & {e.id for e in renumbered.entities}
    before, after = (dict(judged(article, r)).values() for r in (reading, renumbered))
    assert [ref.known for ref in before] == [ref.known for ref in after]


def test_the_last_judgement_that_stands_holds() -> None:
    one, other = (
        EdgeRef(article="a", type="SUES", source=name, target="Bo", quote="They  met.")
        for name in ("Ann", "ÁNN")
    )
    assert one.known == other.known

    def wrong(*verdicts: str) -> bool:
        spelt = (one, other, one)
        return bool(holding_wrong(judgement(v, spelt[n]) for n, v in enumerate(verdicts)))

    assert wrong("wrong")
    assert not wrong("wrong", "right")
    assert not wrong("wrong", "unsure")
    assert wrong("wrong", "right", "withdrawn")
    assert not wrong("wrong", "withdrawn")
    assert not wrong("right", "wrong", "withdrawn")
