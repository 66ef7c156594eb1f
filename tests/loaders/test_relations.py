"""Typed relations: each type's own example is read, and each way of saying one."""

from collections.abc import Callable

import pytest

from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading

Read = Callable[[str], Reading]
RELATIONS = load_ontology().relations


def triples(reading: Reading) -> set[tuple[str, str, str]]:
    names = {e.id: e.name for e in reading.entities}
    return {(names[r.source], r.type, names[r.target]) for r in reading.relations}


@pytest.mark.parametrize("name", RELATIONS)
def test_the_ontologys_example_is_read(name: str, reading: Read) -> None:
    found = reading(RELATIONS[name].example).relations
    assert name in {r.type for r in found}
    assert {RELATIONS[r.type].family for r in found} <= {RELATIONS[name].family, "conflict"}


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("The Port Union hit out at Ann Lee.", ("Port Union", "CRITICISES", "Ann Lee")),
        ("Ann Lee was criticised by the Port Union.", ("Port Union", "CRITICISES", "Ann Lee")),
        ("The Port Union launched an attack on Ann Lee.", ("Port Union", "CRITICISES", "Ann Lee")),
        ("The Port Union is critical of Ann Lee.", ("Port Union", "CRITICISES", "Ann Lee")),
        (
            "The Port Union described Ann Lee as a disgrace.",
            ("Port Union", "CRITICISES", "Ann Lee"),
        ),
        ("“Ann Lee is a disgrace,” said Tom Kay.", ("Tom Kay", "CRITICISES", "Ann Lee")),
        ("“The bill would be a disgrace,” said Tom Kay.", ("Tom Kay", "CRITICISES", "bill")),
        ("Bo Eng and Tom Kay said Ann Lee is a liar.", ("Tom Kay", "CRITICISES", "Ann Lee")),
        ("Tom Kay, one of Ann Lee's aides, left.", ("Tom Kay", "WORKS_FOR", "Ann Lee")),
        ("White House Russia adviser Ann Lee left.", ("Ann Lee", "WORKS_FOR", "White House")),
        (
            "The Port Union is responsible for the deaths, said Ann Lee.",
            ("Ann Lee", "ACCUSES", "Port Union"),
        ),
        ("Tom Kay blamed it on the Port Union.", ("Tom Kay", "ACCUSES", "Port Union")),
        ("Tom Kay questioned Ann Lee.", ("Tom Kay", "CONSULTS", "Ann Lee")),
        ("Tom Kay questioned the plan.", ("Tom Kay", "CRITICISES", "plan")),
        ("Tom Kay said Ann Lee should resign.", ("Tom Kay", "REQUESTS", "Ann Lee")),
        ("Tom Kay wrote a letter to the bank.", ("Tom Kay", "AUTHORS", "letter")),
        ("The letter, co-signed by Tom Kay, came.", ("Tom Kay", "CO_SIGNS", "letter")),
        ("Tom Kay set out the plan in a letter.", ("Tom Kay", "AUTHORS", "letter")),
        ("Ann Lee's spokesman Tom Kay left.", ("Tom Kay", "REPRESENTS", "Ann Lee")),
        ("Rep. Tom Kay (D-Ohio) left.", ("Tom Kay", "MEMBER_OF", "Democratic Party")),
        (
            "The Port Union approached the Home Office to seek a change to the rules.",
            ("Port Union", "REQUESTS_CHANGE", "Home Office"),
        ),
        (
            "A report by Ann Lee found that the Port Union was corrupt.",
            ("report", "FINDS", "Port Union"),
        ),
    ],
)
def test_a_way_of_saying_it(text: str, triple: tuple[str, str, str], reading: Read) -> None:
    assert triple in triples(reading(text))


def test_what_is_denied_is_negated(reading: Read) -> None:
    (edge,) = reading("The Port Union did not criticise Ann Lee.").relations
    assert edge.negated


def test_a_claim_has_its_speakers_voice(reading: Read) -> None:
    found = reading("Tom Kay said the Port Union had sued Ann Lee.")
    names = {e.id: e.name for e in found.entities}
    (edge,) = (r for r in found.relations if r.type == "SUES")
    assert edge.voice is not None
    assert names[edge.voice] == "Tom Kay"


def test_who_criticises_remarks_criticises_their_speaker_about_them(reading: Read) -> None:
    found = reading("The Port Union criticised Ann Lee's remarks.")
    names = {e.id: e.name for e in found.entities}
    edges = {
        (names[r.target], r.about and names[r.about])
        for r in found.relations
        if r.type == "CRITICISES"
    }
    assert ("Ann Lee", "Ann Lee’s remarks") in edges or ("Ann Lee", "Ann Lee's remarks") in edges


@pytest.mark.parametrize(
    "text",
    [
        "The Port Union and Ann Lee met the press on Monday.",
        "Ann Lee stood beside the Port Union's banner.",
        "“I do not think that the bill is a disgrace,” said Ann Lee.",
        "The Port Union charged Ann Lee $6 million.",
        "The Port Union is responsible for defence, said Ann Lee.",
    ],
)
def test_no_conflict_is_read_into_it(text: str, reading: Read) -> None:
    found = reading(text).relations
    assert not [r for r in found if RELATIONS[r.type].family == "conflict"]
