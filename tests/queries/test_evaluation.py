"""The evaluation, on an invented article: every part can succeed, and every part can fail."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from onrecord.graph.assemble import Graph, assemble
from onrecord.graph.errors import InputError
from onrecord.graph.identity import Identities
from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading
from onrecord.queries.evaluation import Report, Tally, evaluate
from onrecord.queries.gold import load_gold

type Measured = Callable[..., Report]

TEXT = """Dockers turn on port chief

The Harbour Union accused Dame Ann Lee of neglect on Monday.
Lee, director of the Port Authority, launched a night shift plan last week.
“The plan is reckless and it will cost lives,” said Tom Okoro.
One crane driver said the quay was unsafe.
READ MORE: Ferry sinks off Valletta
"""
ARTICLE = Article(id="007_harbour", text=TEXT, heading="Dockers turn on port chief")

ENTITIES = {
    "union": ("Body", "Harbour Union"),
    "lee": ("Person", "Ann Lee"),
    "port": ("Body", "Port Authority"),
    "plan": ("Issue", "night shift plan"),
    "okoro": ("Person", "Tom Okoro"),
    "driver": ("Person", "One crane driver"),
}
GOLD: dict[str, Any] = {
    "nodes": {
        "union": {"kind": "Body", "name": "The harbour union"},
        "lee": {"kind": "Person", "name": "Dame Ann Lee", "aliases": ["Lee", "Nan Leigh"]},
        "port": {"kind": "Body", "name": "Port Authority", "also": "Place"},
        "plan": {"kind": "Issue", "name": "rota", "aliases": ["the night shifts"]},
        "okoro": {"kind": "Person", "name": "Mr Tom Okoro"},
    },
    "holds": [
        {
            "person": "lee", "title": "Director", "body": "port", "article": "007",
            "evidence": "director of the Port Authority", "core": True,
        }
    ],
    "edges": [
        {
            "source": "union", "any": ["ACCUSES", "CRITICISES"], "target": "lee",
            "article": "007", "evidence": "accused Dame Ann Lee of neglect", "core": True,
        },
        {
            "source": "lee", "any": ["LAUNCHES"], "target": "plan", "article": "007",
            "evidence": "launched a night shift plan", "core": False,
        },
    ],
    "statements": [
        {
            "speaker": "okoro", "article": "007", "core": True,
            "content": "The plan is reckless and it will cost lives",
        },
        {
            "speaker": "unnamed: a driver of cranes", "article": "007", "core": True,
            "content": "the quay was unsafe",
        },
    ],
    "noise": [{"article": "007", "text": "Ferry sinks off Valletta"}],
}  # fmt: skip


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def span(words: str) -> dict[str, int]:
    start, end = at(words)
    return {"start": start, "end": end}


def relation(kind: str, source: str, target: str, words: str, **more: Any) -> dict[str, Any]:
    spans = dict.fromkeys(("source_span", "target_span", "cue_span", "evidence"), at(words))
    ends = {"id": f"{kind}{source}{target}", "type": kind, "source": source, "target": target}
    return {**ends, **spans, "confidence": 0.9, **more}


def statement(speaker: str, source: str, content: str) -> dict[str, Any]:
    return {
        "id": f"s-{content}",
        "source": {**span(source), "entity": speaker},
        "cue": None,
        "content": (at(content),),
        "kind": "direct",
    }


def parts() -> dict[str, Any]:
    """A reading that has all that the gold asks for."""
    return {
        "passages": [],
        "entities": [
            {"id": key, "kind": kind, "name": name, "named": key != "driver"}
            for key, (kind, name) in ENTITIES.items()
        ],
        "mentions": [
            {**span(name), "entity": key, "form": "name"} for key, (_, name) in ENTITIES.items()
        ],
        "posts": [
            {"person": "lee", "title": "director", "body": "port",
             **span("director of the Port Authority")}
        ],
        "statements": [
            statement("okoro", "Tom Okoro", "The plan is reckless and it will"),
            statement("driver", "One crane driver", "the quay was unsafe"),
        ],
        "relations": [
            relation("ACCUSES", "union", "lee", "accused Dame Ann Lee"),
            relation("LAUNCHES", "lee", "plan", "launched a night shift plan"),
        ],
    }  # fmt: skip


def graph_of(reading: dict[str, Any]) -> "Graph[str]":
    read = Reading.build(ARTICLE, **reading)
    return assemble([(ARTICLE, read)], Identities([read]), load_ontology())


@pytest.fixture
def measure(tmp_path: Path) -> Measured:
    def measured(reading: dict[str, Any], gold: dict[str, Any] = GOLD) -> Report:
        path = tmp_path / "gold.yaml"
        path.write_text(yaml.safe_dump(gold, allow_unicode=True), encoding="utf-8")
        return evaluate(graph_of(reading), [ARTICLE], load_gold(path))

    return measured


def test_all_is_found_in_a_right_reading(measure: Measured) -> None:
    report = measure(parts())
    assert [o for o in report.outcomes if not o.found] == []
    assert report.tally("people") == Tally(2, 2)
    assert report.tally("bodies") == Tally(2, 2)
    assert report.tally("other nodes") == Tally(1, 1)
    assert report.tally("one node each") == Tally(4, 4)
    assert report.tally("edges") == Tally(2, 2)
    assert report.tally("edges", core=True) == Tally(1, 1)
    assert report.tally("holds", "edges", "statements") == Tally(5, 5)
    assert report.borne_out == report.borne_out_family == Tally(2, 2)
    assert not report.spurious + report.duplicates + report.noise
    assert report.noise_strings == 1


@pytest.mark.parametrize(
    ("change", "part", "note"),
    [
        ({"type": "SUPPORTS"}, "edges", "between them: SUPPORTS"),
        ({"negated": True}, "edges", "between them: not ACCUSES"),
        ({"evidence": at("cost lives")}, "edges", "between them: ACCUSES"),
        ({"source": "okoro"}, "edges", "between them: nothing"),
        ({"target": "port"}, "edges", "between them: nothing"),
        ({"source": "lee", "target": "union"}, "edges", "between them: nothing"),
    ],
)
def test_an_edge_needs_ends_direction_type_negation_and_place(
    measure: Measured, change: dict[str, Any], part: str, note: str
) -> None:
    reading = parts()
    reading["relations"][0] |= change
    report = measure(reading)
    missing = [o for o in report.outcomes if o.part == part and not o.found]
    assert [o.note.split(" “")[0] for o in missing] == [note]
    assert report.tally(part) == Tally(1, 2)


def test_a_type_of_the_same_family_counts_in_the_second_figure_only(measure: Measured) -> None:
    reading = parts()
    reading["relations"][0]["type"] = "OPPOSES"
    report = measure(reading)
    assert report.tally("edges") == Tally(1, 2)
    assert report.tally("edges, family") == Tally(2, 2)
    assert (report.borne_out, report.borne_out_family) == (Tally(1, 2), Tally(2, 2))
    assert [(edge.type, edge.quote) for edge in report.spurious] == [
        ("OPPOSES", "accused Dame Ann Lee")
    ]


def test_precision_counts_edges_between_gold_nodes_alone(measure: Measured) -> None:
    reading = parts()
    reading["relations"] += [
        relation("CRITICISES", "okoro", "plan", "The plan is reckless", voice="driver"),
        relation("CRITICISES", "driver", "port", "said the quay was unsafe"),
    ]
    report = measure(reading)
    assert report.borne_out == Tally(2, 3)
    assert [str(edge) for edge in report.spurious] == [
        "[007_harbour] Tom Okoro CRITICISES (asserted, One crane driver) night shift plan:"
        " “The plan is reckless”"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"person": "okoro"},
        {"title": "deputy director"},
        {"body": "union"},
        {"body": None},
        dict(zip(("start", "end"), at("Tom Okoro"), strict=True)),
    ],
)
def test_a_hold_needs_person_title_body_and_place(
    measure: Measured, change: dict[str, Any]
) -> None:
    reading = parts()
    reading["posts"][0] |= change
    assert measure(reading).tally("holds") == Tally(0, 1)


def test_a_hold_at_no_body_needs_none(measure: Measured) -> None:
    reading = parts()
    reading["posts"][0]["body"] = None
    gold = GOLD | {"holds": [GOLD["holds"][0] | {"body": None}]}
    assert measure(reading, gold).tally("holds") == Tally(1, 1)


def test_a_statement_needs_half_of_its_content(measure: Measured) -> None:
    reading = parts()
    reading["statements"][0]["content"] = (at("The plan is"),)
    report = measure(reading)
    assert report.tally("statements") == Tally(1, 2)
    reading["statements"][0]["content"] = (at("The plan is"), at("it will cost lives"))
    assert measure(reading).tally("statements") == Tally(2, 2)


def test_a_statement_needs_its_speaker(measure: Measured) -> None:
    reading = parts()
    reading["statements"][0]["source"]["entity"] = "lee"
    report = measure(reading)
    assert [o.note for o in report.outcomes if not o.found] == ["said by person:ann-lee"]


def test_an_unnamed_speaker_is_unnamed_and_shares_a_longer_word(measure: Measured) -> None:
    named = parts()
    named["entities"][-1]["named"] = True
    assert measure(named).tally("statements") == Tally(1, 2)
    other = parts()
    other["entities"][-1]["name"] = "One docker"
    assert measure(other).tally("statements") == Tally(1, 2)


def test_any_of_several_speakers_will_do(measure: Measured) -> None:
    gold = GOLD | {"statements": [GOLD["statements"][0] | {"speaker": ["lee", "okoro"]}]}
    assert measure(parts(), gold).tally("statements") == Tally(1, 1)


def test_a_node_is_missing_when_it_has_another_name_or_kind(measure: Measured) -> None:
    reading = parts()
    reading["entities"][4]["name"] = "Tim Okoro"
    reading["entities"][0]["kind"] = "Document"
    report = measure(reading)
    assert {o.fact: o.note for o in report.outcomes if "node" in o.note or "there" in o.note} == {
        "Person Mr Tom Okoro": "no node",
        "Body The harbour union": "there as Document",
    }
    assert report.tally("edges") == Tally(2, 2)


def test_a_second_kind_is_right_too(measure: Measured) -> None:
    reading = parts()
    reading["entities"][2]["kind"] = "Place"
    assert measure(reading).tally("bodies") == Tally(2, 2)


def test_two_nodes_for_one_gold_node_are_duplicates(measure: Measured) -> None:
    reading = parts()
    reading["entities"].append({"id": "lee2", "kind": "Person", "name": "Nan Leigh"})
    reading["mentions"].append({**span("Lee,"), "entity": "lee2", "form": "name"})
    report = measure(reading)
    assert report.duplicates == ("Dame Ann Lee: person:ann-lee, person:nan-leigh",)
    assert report.tally("one node each") == Tally(3, 4)
    assert report.tally("people") == Tally(2, 2)


def test_what_cannot_be_the_same_is_no_second_node(measure: Measured) -> None:
    reading = parts()
    reading["entities"].append({"id": "lee2", "kind": "Document", "name": "Nan Leigh"})
    reading["mentions"].append({**span("Lee,"), "entity": "lee2", "form": "name"})
    report = measure(reading)
    assert not report.duplicates
    assert report.tally("one node each") == Tally(4, 4)


def test_who_has_no_proper_name_need_not_be_one_node(measure: Measured) -> None:
    gold = GOLD | {"nodes": GOLD["nodes"] | {"dockers": {"kind": "Body", "name": "dockers"}}}
    report = measure(parts(), gold)
    assert (report.tally("bodies"), report.tally("one node each")) == (Tally(2, 3), Tally(4, 4))


def test_noise_is_seen_behind_nodes_edges_and_statements(measure: Measured) -> None:
    for part in ("statements", "relations", "mentions"):
        reading = parts()
        if part == "statements":
            reading[part].append(statement("okoro", "Tom Okoro", "sinks off"))
        elif part == "relations":
            reading[part].append(relation("HARMS", "lee", "port", "Ferry sinks"))
        else:
            reading[part].append({**span("Valletta"), "entity": "port", "form": "name"})
            reading["mentions"].remove(reading["mentions"][2])
        assert len(measure(reading).noise) == 1, part


def test_a_node_that_only_the_noise_names_is_noise(measure: Measured) -> None:
    reading = parts()
    reading["entities"][1] |= {"name": "Valletta"}
    assert measure(reading).noise == ("[007] “Ferry sinks off Valletta”: person:valletta",)


def test_the_report_as_text_and_json(measure: Measured) -> None:
    reading = parts()
    reading["relations"][0]["type"] = "SUPPORTS"
    report = measure(reading)
    assert "edges           0 / 1    0 %        1 / 2   50 %" in report.table()
    assert "all facts       3 / 4   75 %        4 / 5   80 %" in report.table()
    assert "[007] The harbour union ACCUSES/CRITICISES Dame Ann Lee" in report.listing()
    data = json.loads(report.to_json())
    assert data["figures"]["edges"]["all"] == {"found": 1, "total": 2}
    assert [fact["article"] for fact in data["missing"]] == ["007"]


def test_a_folder_of_gold_whose_articles_were_not_given_is_left_out(tmp_path: Path) -> None:
    here = {key: value for key, value in GOLD.items() if key != "noise"}
    for part in ("holds", "edges", "statements"):
        here[part] = [{k: v for k, v in row.items() if k != "article"} for row in here[part]]
    for name in ("007_harbour", "008"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(yaml.safe_dump({"article": name, **here}), encoding="utf-8")
    report = evaluate(graph_of(parts()), [ARTICLE], load_gold(tmp_path))
    assert report.tally("holds", "edges", "statements") == Tally(5, 5)


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        (GOLD | {"holds": [GOLD["holds"][0] | {"evidence": "chair"}]}, "quotes words that"),
        (GOLD | {"holds": [GOLD["holds"][0] | {"person": "nobody"}]}, "does not list: nobody"),
        (GOLD | {"noise": [{"article": "009", "text": "x"}], "nodes": {}}, "does not list"),
        ({"nodes": {}, "noise": [{"article": "00", "text": "x"}]}, "covers none"),
        ({"edges": []}, "wrong at nodes"),
    ],
)
def test_gold_that_cannot_be_used_says_why(
    measure: Measured, gold: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        measure(parts(), gold)


def test_one_gold_name_for_two_articles_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.yaml"
    path.write_text(yaml.safe_dump(GOLD), encoding="utf-8")
    with pytest.raises(InputError, match="could be '007_harbour' and '007_port'"):
        load_gold(path).matched([ARTICLE, ARTICLE.model_copy(update={"id": "007_port"})])


def test_no_gold_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no gold"):
        load_gold(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        load_gold(tmp_path / "none.yaml")
