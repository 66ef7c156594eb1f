"""Who "the commissioner" is, where another article names who holds the post."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from onrecord.graph.assemble import assemble
from onrecord.graph.identity import Identities
from onrecord.graph.identity.titles import is_unique, same_title
from onrecord.graph.judgements import EntityRef, Judgement, Verdict
from onrecord.graph.model import Article
from onrecord.graph.ontology import load_ontology
from onrecord.graph.reading import Reading

TEXT = "Harbour Police. The commissioner said no."
SPRING, SUMMER, LATER = date(2025, 3, 1), date(2025, 7, 1), date(2029, 7, 1)
ANN = "person:ann-lee"


def reading(
    article: str, on: date | None, entities: Sequence[dict[str, Any]], *posts: dict[str, Any]
) -> Reading:
    """An article of these; each body is mentioned once, before all posts."""
    return Reading.build(
        Article(id=article, text=TEXT, published=on),
        passages=[],
        entities=entities,
        mentions=[
            {"start": 0, "end": 14, "entity": e["id"], "form": "name"}
            for e in entities
            if e["kind"] != "Person"
        ],
        posts=[{"start": 16, "end": 32, **post} for post in posts],
        statements=[],
        relations=[],
    )


def somebody(key: str, name: str, *, named: bool = True) -> dict[str, Any]:
    return {"id": key, "kind": "Person", "name": name, "named": named}


def body(key: str = "b1", name: str = "Harbour Police") -> dict[str, Any]:
    return {"id": key, "kind": "Body", "name": name}


def held(
    article: str, name: str, on: date | None, title: str = "commissioner", **post: Any
) -> Reading:
    """An article that names who holds, or held, a post at the Harbour Police."""
    post = {"person": "p1", "title": title, "body": "b1", **post}
    return reading(article, on, [somebody("p1", name), body()], post)


def pointed(
    on: date | None,
    title: str = "commissioner",
    at: str | None = "b1",
    more: Sequence[dict[str, Any]] = (),
    *posts: dict[str, Any],
) -> Reading:
    """The article z, in which somebody is called by a post alone."""
    post = {"person": "u1", "title": title, "body": at}
    who = somebody("u1", f"the {title}", named=False)
    return reading("z", on, [who, body(), *more], post, *posts)


def node(*readings: Reading, judgements: Sequence[Judgement] = ()) -> str:
    return Identities(readings, judgements).of("z", "u1")


@pytest.mark.parametrize("title", ["commissioner", "chief"])
@pytest.mark.parametrize("at", ["b1", None])
def test_the_one_known_holder_is_meant(title: str, at: str | None) -> None:
    assert node(held("a", "Ann Lee", SPRING), pointed(SUMMER, title, at)) == ANN


@pytest.mark.parametrize(
    "others",
    [
        [held("b", "Tom Kim", SPRING, former=True)],
        [held("b", "Tom Kim", LATER)],
        [held("b", "Tom Kim", SPRING, "deputy commissioner")],
        [held("b", "Ann Lee", LATER, former=True), held("c", "Ann Lee", SUMMER)],
        [held("b", "Tom Kim", SPRING, until="2024")],
        [
            held("b", "Tom Kim", LATER, since="2025-08"),
            held("c", "Tom Kim", SUMMER, since="2025-08"),
        ],
        [held("b", "Tom Kim", date(2025, 1, 1), former=True), held("c", "Tom Kim", SPRING)],
    ],
)
def test_those_who_hold_it_at_another_time_or_hold_another_are_not_meant(
    others: list[Reading],
) -> None:
    assert node(held("a", "Ann Lee", SPRING), *others, pointed(SUMMER)) == ANN


@pytest.mark.parametrize(
    "others",
    [
        [held("a", "Ann Lee", LATER)],
        [held("a", "Ann Lee", SPRING, "treasurer")],
        [held("a", "Ann Lee", SPRING, former=True)],
        [held("a", "Ann Lee", SPRING), held("b", "Tom Kim", SUMMER)],
        [held("a", "Ann Lee", SPRING), held("b", "Tom Kim", None)],
        [held("a", "Ann Lee", SPRING), held("b", "Ann Lee", SUMMER, former=True)],
        [held("a", "Ann Lee", SPRING), held("b", "Ann Lee", LATER, former=True)],
        [held("a", "Ann Lee", SPRING), held("b", "Ann Lee", None, former=True)],
    ],
)
def test_whoever_may_not_hold_it_or_not_alone_is_not_meant(others: list[Reading]) -> None:
    assert node(*others, pointed(SUMMER)) == "person:the-commissioner@z:u1"


def test_times_that_the_words_tell_count_before_the_days_of_articles() -> None:
    once = held("a", "Ann Lee", LATER, former=True, since="2024", until="2026")
    now = held("b", "Tom Kim", SUMMER, since="2025-08-01")
    assert node(once, pointed(SUMMER)) == ANN
    assert node(once, now, pointed(SUMMER)) == ANN
    long = held("a", "Ann Lee", LATER, since="2024")
    assert node(long, pointed(SUMMER)) == ANN
    assert node(long, pointed(date(2024, 7, 1))) != ANN


def test_without_a_date_only_the_one_holder_known_at_all_is_meant() -> None:
    former = held("b", "Tom Kim", SPRING, former=True)
    assert node(held("a", "Ann Lee", SPRING), pointed(None)) == ANN
    assert node(held("a", "Ann Lee", None), pointed(SUMMER)) == ANN
    assert node(held("a", "Ann Lee", SPRING), former, pointed(None)) != ANN


def test_a_post_named_alone_is_at_the_body_that_the_article_is_about() -> None:
    known = held("a", "Ann Lee", SPRING)
    union = body("b2", "Port Union")
    rival = reading(
        "b", SPRING, [somebody("p1", "Tom Kim"), union],
        {"person": "p1", "title": "commissioner", "body": "b2"},
    )  # fmt: skip
    secretary = reading(
        "b", SPRING, [somebody("p1", "Tom Kim"), union],
        {"person": "p1", "title": "secretary", "body": "b2"},
    )  # fmt: skip
    article = pointed(SUMMER, "commissioner", None, [union])
    assert node(known, article) == ANN
    assert node(known, secretary, article) == ANN
    assert node(known, rival, article) != ANN


def test_nobody_is_meant_where_the_article_names_another_holder() -> None:
    other = {"person": "p2", "title": "commissioner", "body": None}
    article = pointed(SUMMER, "commissioner", "b1", [somebody("p2", "Tom Kim")], other)
    assert node(held("a", "Ann Lee", SPRING), article) != ANN


@pytest.mark.parametrize("verdict", ["different", "unsure"])
def test_a_judgement_undoes_it(verdict: Verdict) -> None:
    readings = [held("a", "Ann Lee", SPRING), pointed(SUMMER)]
    (pair,) = Identities(readings).joined(ANN)
    assert (pair.left, pair.right) == (("a", "p1"), ("z", "u1"))
    (part,) = pair.score.parts
    assert "nobody but Ann Lee is known" in part.why
    refs = [Identities(readings).ref(key) for key in (pair.left, pair.right)]
    at = datetime(2026, 1, 1, tzinfo=UTC)
    judgement = Judgement(verdict=verdict, left=refs[0], right=refs[1], by="a reader", at=at)
    assert node(*readings, judgements=[judgement]) != ANN


def test_whom_a_judgement_takes_for_somebody_else_is_not_made_the_holder() -> None:
    readings = [held("a", "Ann Lee", SPRING), held("b", "Tom Kim", LATER), pointed(SUMMER)]
    judgement = Judgement(
        verdict="same",
        left=EntityRef(article="b", entity="p1", name="Tom Kim"),
        right=EntityRef(article="z", entity="u1", name="the commissioner"),
        by="a reader",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert node(*readings, judgements=[judgement]) == "person:tom-kim"
    assert Identities(readings, [judgement]).of("a", "p1") == ANN


def test_what_the_holder_is_called_without_a_name_is_no_alias_and_no_proof_of_the_post() -> None:
    readings = [held("a", "Ann Lee", SPRING), pointed(SUMMER)]
    who = Identities(readings)
    assert who.described(ANN).aliases == ()
    articles = [
        Article(id=r.article.id, text=TEXT, published=r.article.published) for r in readings
    ]
    graph = assemble(zip(articles, readings, strict=True), who, load_ontology())
    holds = [d["article"] for _, _, d in graph.edges(data=True) if d["type"] == "HOLDS"]
    assert holds == ["a"]


@pytest.mark.parametrize(
    ("title", "alone", "placed"),
    [
        ("Commissioner", True, True),
        ("general secretary", True, True),
        ("presidential nominee", True, True),
        ("leader", False, True),
        ("secretary", False, True),
        ("nominee", False, False),
        ("deputy commissioner", False, False),
        ("spokesman", False, False),
        ("officer", False, False),
    ],
)
def test_posts_of_which_a_body_has_one(title: str, alone: bool, placed: bool) -> None:
    assert (is_unique(title, placed=False), is_unique(title, placed=True)) == (alone, placed)


def test_titles_of_one_post() -> None:
    assert same_title("chairwoman", "Chair")
    assert same_title("force chair", "force chairman")
    assert same_title("chief", "commissioner")
    assert not same_title("commissioner", "chief")
    assert not same_title("chief", "deputy commissioner")
    assert not same_title("secretary", "general secretary")
