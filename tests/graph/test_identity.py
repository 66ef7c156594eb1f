"""Who is one across articles, by names and by judgements."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.identity import Identities
from onrecord.graph.judgements import EntityRef, Judgement, Verdict
from onrecord.graph.model import Article, Entity, EntityKind
from onrecord.graph.reading import Reading


def reading(article: str, *entities: Entity) -> Reading:
    empty = dict.fromkeys(("passages", "mentions", "posts", "statements", "relations"), ())
    return Reading.build(Article(id=article, text="text"), entities=entities, **empty)


def entity(
    name: str, kind: EntityKind = "Person", *aliases: str, named: bool = True, key: str = "e1"
) -> Entity:
    return Entity(id=key, kind=kind, name=name, aliases=aliases, named=named)


def judgement(verdict: Verdict, left: str, right: str, name: str = "Ann Lee") -> Judgement:
    refs = [EntityRef(article=a, entity="e1", name=name) for a in (left, right)]
    return Judgement(
        verdict=verdict,
        left=refs[0],
        right=refs[1],
        by="a reader",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entity("Ann Lee"), entity("Ann Lee")),
        (entity("Ann Lee"), entity("Lee")),
        (entity("Zoë Lee"), entity("Zoe Lee")),
        (entity("Port Union", "Body"), entity("The Port Union", "Body")),
        (entity("World Trade Forum", "Body", "WTF"), entity("WTF", "Body")),
        (entity("Leeds", "Place"), entity("Leeds", "Body")),
        (
            entity("repair scheme", "Issue", named=False),
            entity("repair scheme", "Issue", named=False),
        ),
    ],
)
def test_names_that_leave_no_doubt(one: Entity, other: Entity) -> None:
    who = Identities([reading("a", one), reading("b", other)])
    assert who.of("a", "e1") == who.of("b", "e1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (entity("Ann Lee"), entity("Tom Lee")),
        (entity("Port Union", "Body"), entity("Port Union Federation", "Body")),
        (entity("Panorama", "Document"), entity("Panorama", "Body")),
        (entity("superintendent", named=False), entity("superintendent", named=False)),
        (entity("letter", "Document", named=False), entity("letter", "Document", named=False)),
        (entity("move", "Issue", named=False), entity("move", "Issue", named=False)),
    ],
)
def test_names_that_leave_doubt(one: Entity, other: Entity) -> None:
    who = Identities([reading("a", one), reading("b", other)])
    assert who.of("a", "e1") != who.of("b", "e1")


def test_a_surname_that_two_people_of_the_corpus_bear_is_neithers() -> None:
    who = Identities(
        [
            reading("a", entity("Ann Lee")),
            reading("b", entity("Tom Lee")),
            reading("c", entity("Lee")),
        ]
    )
    assert len({who.of(a, "e1") for a in "abc"}) == 3


def test_a_judgement_keeps_apart_what_names_join_and_a_later_one_undoes_it() -> None:
    readings = [reading("a", entity("Ann Lee")), reading("b", entity("Ann Lee"))]
    apart = judgement("different", "a", "b")
    who = Identities(readings, [apart])
    assert who.of("a", "e1") != who.of("b", "e1")
    again = Identities(readings, [apart, judgement("same", "a", "b")])
    assert again.of("a", "e1") == again.of("b", "e1")


def test_a_judgement_outlives_a_newer_readings_ids() -> None:
    newer = [
        reading("a", entity("Tom Kay"), entity("Ann Lee", key="e2")),
        reading("b", entity("Ann Lee")),
    ]
    who = Identities(newer, [judgement("different", "a", "b")])
    assert who.of("a", "e2") != who.of("b", "e1")


@given(st.permutations(["Ann Lee", "Lee", "Ann Lee", "Tom Kay", "Kay"]))
def test_the_order_of_readings_does_not_matter(names: list[str]) -> None:
    readings = [reading(f"{n}", entity(name)) for n, name in enumerate(names)]
    one, other = Identities(readings), Identities(readings[::-1])
    assert [one.of(r.article.id, "e1") for r in readings] == [
        other.of(r.article.id, "e1") for r in readings
    ]


def test_all_its_names_are_aliases() -> None:
    readings = [reading("a", entity("Ann Lee")), reading("b", entity("Lee"))]
    described = Identities(readings).described("person:ann-lee")
    assert (described.name, described.aliases) == ("Ann Lee", ("Lee",))
