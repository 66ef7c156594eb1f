"""Readings by hand as gold, on an invented article: what joins, what is right and borne out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article, Span
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading
from onrecord.queries.evaluation import Tally
from onrecord.queries.matching import same_head
from onrecord.queries.readings_gold import load_readings
from onrecord.queries.readings_measure import Finder, compare
from onrecord.queries.readings_report import ReadingsReport, evaluate_readings
from onrecord.queries.sample import Sample, load_names

TEXT = """The Harbour Union accused Ann Lee of neglect on Monday.
Lee, director of the Port Authority, launched a night shift plan last week.
He called her scheme for the quay reckless, as Tom Okoro had promised.
"""
ARTICLE = Article(id="harbour_1", text=TEXT)

NODES = {
    "union": {"kind": "Body", "name": "Harbour Union", "aliases": []},
    "lee": {"kind": "Person", "name": "Ann Lee", "aliases": ["Lee"]},
    "port": {"kind": "Body", "name": "Port Authority", "aliases": []},
    "okoro": {"kind": "Person", "name": "Tom Okoro", "aliases": []},
    "rota": {"kind": "Issue", "name": "rota for cranes", "aliases": []},
}

type Compare = Callable[..., ReadingsReport]


def at(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def edge(types: str, source: str, target: str, evidence: str, **more: Any) -> dict[str, Any]:
    """An edge by hand; an end is a key, or a key and the words it stands at."""
    ends: dict[str, Any] = {}
    for end, told in (("source", source), ("target", target)):
        key, _, words = told.partition("=")
        name = str(NODES[key]["name"])
        ends |= {end: key, f"{end}_span": at(words or name)}
    return {"types": types.split(","), **ends, "evidence": at(evidence), **more}


def by_hand() -> dict[str, Any]:
    return {
        "id": "harbour_1",
        "nodes": NODES,
        "holds": [
            {"person": "lee", "title": "director", "body": "port", "when": "now",
             "evidence": at("Lee, director of the Port Authority")}
        ],
        "edges": [
            edge("ACCUSES,CRITICISES", "union", "lee", "accused Ann Lee", core=True),
            edge("CRITICISES", "okoro=He", "rota=scheme for the quay", "called her scheme"),
        ],
    }  # fmt: skip


def relation(kind: str, source: str, target: str, quote: str, **more: Any) -> dict[str, Any]:
    ends: dict[str, Any] = {}
    for end, told in (("source", source), ("target", target)):
        key, _, words = told.partition("=")
        ends |= {end: key, f"{end}_span": at(words)}
    spans = {"cue_span": at(quote), "evidence": at(quote)}
    return {"id": "r1", "type": kind, **ends, **spans, "confidence": 0.9, **more}


ACCUSES = relation("ACCUSES", "union=Harbour Union", "lee=Ann Lee", "accused Ann Lee")
CALLS = relation("CRITICISES", "okoro=He", "scheme=her scheme", "called her scheme", id="r2")


def read(*relations: dict[str, Any]) -> Reading:
    """What onrecord is taken to have read: all people and bodies, and an issue by its words."""
    entities = [
        *((key, NODES[key]["kind"], NODES[key]["name"], True) for key in NODES if key != "rota"),
        ("scheme", "Issue", "scheme", False),
    ]
    return Reading.build(
        ARTICLE,
        passages=[],
        entities=[{"id": i, "kind": k, "name": n, "named": d} for i, k, n, d in entities],
        mentions=[
            dict(zip(("start", "end"), at(str(name)), strict=True))
            | {"entity": key, "form": "name" if named else "noun"}
            for key, _, name, named in entities
        ],
        posts=[
            dict(zip(("start", "end"), at("director of the Port Authority"), strict=True))
            | {"person": "lee", "title": "director", "body": "port"}
        ],
        statements=[],
        relations=relations,
    )


@pytest.fixture
def compared(tmp_path: Path) -> Compare:
    def compared(*relations: dict[str, Any], gold: dict[str, Any] | None = None) -> ReadingsReport:
        path = tmp_path / "readings.jsonl"
        path.write_text(json.dumps(gold or by_hand()) + "\n\n", "utf-8")
        pairs = [(ARTICLE, read(*relations))]
        return ReadingsReport(tuple(compare(pairs, load_readings(path), load_ontology())))

    return compared


def test_all_is_found_in_a_right_reading(compared: Compare) -> None:
    report = compared(ACCUSES, CALLS)
    for step in ("joined", "right_type", "right_family"):
        assert report.found(step) == report.borne_out(step) == Tally(2, 2)
        assert report.found(step, core=True) == Tally(1, 1)
    assert report.nodes("people", "found") == report.nodes("people", "right") == Tally(2, 2)
    assert report.nodes("bodies", "found") == report.nodes("bodies", "right") == Tally(2, 2)
    assert report.nodes("holds", "found") == report.nodes("holds", "right") == Tally(1, 1)


def test_a_row_tells_what_a_relation_and_an_edge_by_hand_came_to(compared: Compare) -> None:
    weaker = ACCUSES | {"id": "r3", "type": "OPPOSES", "confidence": 0.5, "cue_span": at("neglect")}
    report = compared(weaker, ACCUSES)
    assert [row[:-1] for row in report.shown] == [
        ("harbour_1", "r1", "ACCUSES", 0.9, True, True, True, True, True),
        ("harbour_1", "r3", "OPPOSES", 0.5, True, True, False, True, True),
    ]
    first, second = report.sought
    assert first[:4] == ("harbour_1", 0, ("ACCUSES", "CRITICISES"), True)
    assert first.joined == first.right_type == first.right_family == Finder("r1", 0.9)
    assert (second.joined, second.right_type, second.right_family) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "joined", "exact", "family"),
    [
        ({"type": "CRITICISES"}, 1, 1, 1),
        ({"type": "OPPOSES"}, 1, 0, 1),
        ({"type": "SUPPORTS"}, 1, 0, 0),
        ({"negated": True}, 1, 0, 0),
        ({"evidence": at("on Monday")}, 0, 0, 0),
        ({"source": "lee", "target": "union"}, 0, 0, 0),
        ({"source": "port"}, 0, 0, 0),
    ],
)
def test_an_edge_needs_ends_direction_place_and_then_type_and_negation(
    compared: Compare, change: dict[str, Any], joined: int, exact: int, family: int
) -> None:
    report = compared(ACCUSES | change)
    for step, count in (("joined", joined), ("right_type", exact), ("right_family", family)):
        assert (report.found(step), report.borne_out(step)) == (Tally(count, 2), Tally(count, 1))


@pytest.mark.parametrize(
    ("change", "joined"),
    [
        ({"target": "port"}, False),
        ({"target_span": at("quay")}, False),
        ({"target_span": at("her")}, False),
        ({"source": "scheme"}, True),
        ({"source": "lee"}, False),
    ],
)
def test_an_end_is_known_by_its_words_unless_its_name_is_that_of_somebody_else(
    compared: Compare, change: dict[str, Any], joined: bool
) -> None:
    (row,) = compared(CALLS | change).shown
    assert row.joined is joined


def test_only_edges_between_nodes_by_hand_can_be_borne_out(compared: Compare) -> None:
    elsewhere = {"target": "scheme", "target_span": at("night shift plan"), "type": "LAUNCHES"}
    report = compared(ACCUSES | elsewhere)
    assert [row.known for row in report.shown] == [False]
    assert report.borne_out("joined") == Tally(0, 0)


def test_nodes_and_posts_that_are_not_there_by_hand_are_not_right(compared: Compare) -> None:
    gold = by_hand()
    gold["nodes"] = {
        **NODES,
        "okoro": {"kind": "Body", "name": "Tom Okoro"},
        "ghost": {"kind": "Person", "name": "Ghost"},
    }
    gold["holds"][0]["title"] = "chair"
    report = compared(gold=gold)
    assert (report.nodes("people", "found"), report.nodes("people", "right")) == ((1, 2), (1, 2))
    assert (report.nodes("bodies", "found"), report.nodes("bodies", "right")) == ((2, 3), (2, 2))
    assert (report.nodes("holds", "found"), report.nodes("holds", "right")) == ((0, 1), (0, 1))


def test_an_article_of_which_nothing_was_read(compared: Compare) -> None:
    gold = {"id": "harbour_1", "nodes": NODES}
    report = compared(ACCUSES, gold=gold)
    assert (report.found("joined"), report.borne_out("joined")) == (Tally(0, 0), Tally(0, 1))
    assert "pairs joined     0 / 0" in report.table()


def test_the_report_as_text_and_json(compared: Compare) -> None:
    report = compared(ACCUSES | {"type": "SUPPORTS"}, CALLS)
    table = report.table()
    assert "right type       1 / 2   50 % (9–91)          0 / 1    0 % (0–79)" in table
    assert "SUPPORTS         0 / 0                        0 / 1    0 % (0–79)" in table
    assert "lower bound" in table
    listing = report.listing()
    assert "[harbour_1] Harbour Union ACCUSES/CRITICISES Ann Lee: “accused Ann Lee”" in listing
    assert "[harbour_1] Harbour Union SUPPORTS (asserted) Ann Lee: “accused Ann Lee”" in listing
    data = json.loads(report.to_json())
    assert data["figures"]["core"]["right_type"] | {"high": 1} == {
        "found": 0, "total": 1, "low": 0, "high": 1,
    }  # fmt: skip
    assert data["figures"]["types"]["ACCUSES"]["found"]["total"] == 1
    assert data["sought"][0]["joined"] == {"relation": "r1", "confidence": 0.9}
    assert data["sought"][0]["right_type"] is None


@pytest.mark.parametrize(
    ("tally", "low", "high"),
    [
        (Tally(0, 0), 0.0, 1.0),
        (Tally(0, 10), 0.0, 0.278),
        (Tally(5, 10), 0.237, 0.763),
        (Tally(90, 100), 0.826, 0.945),
        (Tally(10, 10), 0.722, 1.0),
    ],
)
def test_the_interval_of_a_share(tally: Tally, low: float, high: float) -> None:
    assert tally.interval == pytest.approx((low, high), abs=0.001)


@pytest.mark.parametrize(
    ("text", "one", "other", "same"),
    [
        ("Lee’s plan for the port", "Lee’s plan", "plan for the port", True),
        ("Lee’s plan for the port", "Lee", "Lee’s plan", False),
        ("Lee’s plan for the port", "Lee’s", "Lee", True),
        ("Lee’s plan for the port", "port", "plan for the port", False),
        ("Lee’s plan for the port", "plan", "port", False),
        ("to build a wall", "to build a wall", "a wall", True),
        ("Ann Lee, who is the director", "Ann Lee, who is the director", "Lee", True),
        ("“…”", "“…”", "“", True),
    ],
)
def test_whether_two_stretches_have_one_head(text: str, one: str, other: str, same: bool) -> None:
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (one, other)]
    assert same_head(text, *spans) is same
    assert same_head(text, *reversed(spans)) is same


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"edges": [{}]}, r"jsonl:1 is wrong at edges\.0\.types"),
        ({"holds": [by_hand()["holds"][0] | {"person": "nobody"}]}, "does not list: nobody"),
        ({"holds": [by_hand()["holds"][0] | {"evidence": [5, 999]}]}, "outside of the article"),
        ({"id": "harbour"}, "Nobody has read these by hand: harbour_1"),
    ],
)
def test_readings_that_cannot_be_used_say_why(
    compared: Compare, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        compared(gold=by_hand() | change)


def test_two_readings_of_one_article_and_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_text(f"{json.dumps(by_hand())}\n" * 2, "utf-8")
    with pytest.raises(InputError, match="jsonl:2 reads 'harbour_1' again"):
        load_readings(path)
    with pytest.raises(InputError, match="cannot be read"):
        load_readings(tmp_path / "none.jsonl")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles, and a reading of the first."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles/harbour_1.txt").write_text(TEXT, "utf-8")
    (tmp_path / "articles/other.txt").write_text("Nobody has read this.\n", "utf-8")
    (tmp_path / "readings.jsonl").write_text(json.dumps(by_hand()), "utf-8")
    return tmp_path


def test_the_articles_read_by_hand_are_measured(folder: Path) -> None:
    report = evaluate_readings([folder / "articles"], folder / "readings.jsonl")
    assert len(report.compared) == 1
    assert report.found("right_type", core=True) == Tally(1, 1)


def test_what_is_not_sure_enough_is_not_measured(folder: Path) -> None:
    report = evaluate_readings(
        [folder / "articles"], folder / "readings.jsonl", sample=Sample(sure=1)
    )
    assert report.shown == ()
    assert report.found("joined") == Tally(0, 2)


def test_only_the_articles_named_are_measured(folder: Path) -> None:
    names = folder / "names.txt"
    names.write_text("other\n\n", "utf-8")
    with pytest.raises(InputError, match="has a reading of none"):
        evaluate_readings(
            [folder / "articles"], folder / "readings.jsonl", sample=Sample(load_names(names))
        )


def test_names_that_cannot_be_used_say_why(folder: Path) -> None:
    with pytest.raises(InputError, match=r"not among the articles: none\."):
        list(Sample(frozenset({"none", "other"})).articles([folder / "articles"]))
    (folder / "empty.txt").write_text("\n", "utf-8")
    with pytest.raises(InputError, match="names no article"):
        load_names(folder / "empty.txt")
    with pytest.raises(InputError, match="cannot be read"):
        load_names(folder / "none.txt")
