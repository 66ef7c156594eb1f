"""The ontology is data, and checked when it is loaded."""

from pathlib import Path

import pytest
import yaml

from onrecord.graph.errors import OntologyError
from onrecord.graph.ontology import PLOVER_ROOTS, load_ontology

SHIPPED = Path(__file__).parents[2] / "graph" / "ontology.yaml"


def test_every_plover_root_is_covered() -> None:
    assert {r.plover for r in load_ontology().relations.values()} - {""} == PLOVER_ROOTS


def test_actors_are_people_and_bodies() -> None:
    ontology = load_ontology()
    assert ontology.allows("CRITICISES", "Body", "Person")
    assert not ontology.allows("CRITICISES", "Issue", "Person")
    assert ontology.labels("Person") == ("Person", "Actor")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"families": {}}, "unknown family"),
        ({"kinds": {}}, "unknown kinds"),
        ({"relations": {}}, "PLOVER"),
        ({"extra": 1}, "extra"),
    ],
)
def test_what_contradicts_itself_is_refused(
    change: dict[str, object], says: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.yaml"
    data = yaml.safe_load(SHIPPED.read_text(encoding="utf-8")) | change
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(OntologyError, match=says):
        load_ontology(path)


@pytest.mark.parametrize("content", [b"a: [", b"\xff\xfe", b"- a\n- b\n"])
def test_what_is_no_ontology_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    with pytest.raises(OntologyError):
        load_ontology(path)


def test_an_own_ontology_may_be_passed(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_bytes(SHIPPED.read_bytes())
    assert load_ontology(path) == load_ontology()
