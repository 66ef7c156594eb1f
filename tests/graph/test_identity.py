"""Who is one across articles: by names and what is told of them, and by judgements."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.graph.identity import Identities
from onrecord.graph.judgements import EntityRef, Judgement, Verdict, standing
from onrecord.graph.model import Article, Entity, EntityKind
from onrecord.graph.reading import Reading

Post = tuple[str, str, str | None]
"""Holder's id, title, body's id."""


def reading(
    article: str, *entities: Entity, posts: Sequence[Post] = (), on: date | None = None
) -> Reading:
    empty = dict.fromkeys(("passages", "mentions", "statements", "relations"), ())
    held = [
        {"person": person, "title": title, "body": body, "start": 0, "end": 4}
        for person, title, body in posts
    ]
    made = Article(id=article, text="text", published=on)
    return Reading.build(made, entities=entities, posts=held, **empty)


def entity(
    name: str, kind: EntityKind = "Person", *aliases: str, named: bool = True, key: str = "e1"
) -> Entity:
    return Entity(id=key, kind=kind, name=name, aliases=aliases, named=named)


def holder(article: str, name: str, title: str, body: str, on: date | None = None) -> Reading:
    """An article in which somebody, e1, holds a post at a body, e2."""
    people = (entity(name), entity(body, "Body", key="e2"))
    return reading(article, *people, posts=[("e1", title, "e2")], on=on)


@pytest.mark.parametrize(
    ("title", "years", "same"),
    [
        ("director", (2017, 2017), True),
        ("director", (2017, 1990), False),
        ("spokesman", (2017, 2017), False),
    ],
)
def test_a_junior_is_who_holds_the_same_seat_at_the_time(
    title: str, years: tuple[int, int], same: bool
) -> None:
    found = [
        holder(article, name, title, "Port Bureau", date(year, 5, 1))
        for article, name, year in zip("ab", ("James B. Lee Jr.", "Jim Lee"), years, strict=True)
    ]
    assert one(Identities(found)) is same


def judgement(verdict: Verdict, left: str, right: str, name: str = "Ann Lee") -> Judgement:
    refs = [EntityRef(article=a, entity="e1", name=name) for a in (left, right)]
    return Judgement(
        verdict=verdict,
        left=refs[0],
        right=refs[1],
        by="a reader",
        at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def nodes(who: Identities, articles: str) -> list[str]:
    """The node of each article's first entity; an article's id is one letter."""
    return [who.of(article, "e1") for article in articles]


def one(who: Identities, articles: str = "ab") -> bool:
    return len(set(nodes(who, articles))) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (entity("Ann Lee"), entity("Ann Lee")),
        (entity("Zoë Lee"), entity("Zoe Lee")),
        (entity("Port Union", "Body"), entity("The Port Union", "Body")),
        (entity("World Trade Forum", "Body", "WTF"), entity("WTF", "Body")),
        (entity("Quayside Stores Ltd", "Body"), entity("Quayside Stores", "Body")),
        (entity("Leeds", "Place"), entity("Leeds", "Body")),
        (
            entity("repair scheme", "Issue", named=False),
            entity("repair scheme", "Issue", named=False),
        ),
    ],
)
def test_names_that_leave_no_doubt(left: Entity, right: Entity) -> None:
    assert one(Identities([reading("a", left), reading("b", right)]))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (entity("Ann Lee"), entity("Tom Lee")),
        (entity("Ann Lee"), entity("Ann B. Lee")),
        (entity("Ann B. Lee", "Person", "Ann Lee"), entity("Ann Lee")),
        (entity("Ann B. Lee"), entity("Ann C. Lee")),
        (entity("Tom Lee Jr."), entity("Tom Lee Sr.")),
        (entity("Tom Lee Jr."), entity("Tom Lee")),
        (entity("Tom Lee Jr.", "Person", "Tom Lee"), entity("Tom Lee")),
        (entity("Lee"), entity("Lee")),
        (entity("Harbour Union", "Body"), entity("Harbour Union Service", "Body")),
        (entity("Leeds City Council", "Body"), entity("Leeds", "Place")),
        (entity("Panorama", "Document"), entity("Panorama", "Body")),
        (entity("superintendent", named=False), entity("superintendent", named=False)),
        (entity("letter", "Document", named=False), entity("letter", "Document", named=False)),
        (entity("move", "Issue", named=False), entity("move", "Issue", named=False)),
    ],
)
def test_names_that_leave_doubt(left: Entity, right: Entity) -> None:
    assert not one(Identities([reading("a", left), reading("b", right)]))


def test_the_unnamed_do_not_even_wait() -> None:
    unnamed = [reading(a, entity("superintendent", named=False)) for a in "ab"]
    assert Identities(unnamed).waiting == []


def test_a_surname_means_the_one_whom_several_articles_name_in_full() -> None:
    known = [reading(a, entity("Ann Lee")) for a in "abc"]
    assert one(Identities([*known, reading("d", entity("Lee"))]), "abcd")
    who = Identities([known[0], reading("d", entity("Lee"))])
    assert not one(who, "ad")
    assert [pair.score.fit for pair in who.waiting] == ["surname"]


def test_a_surname_means_whoever_is_far_better_known_than_all_others_who_bear_it() -> None:
    known = [reading(f"a{n:02}", entity("Ann Lee")) for n in range(20)]
    others = [reading("b", entity("Tom Lee")), reading("c", entity("Mary Lee"))]
    bare = reading("z", entity("Lee"))
    who = Identities([*known, *others, bare])
    assert who.of("z", "e1") == "person:ann-lee"
    pair = who.joined("person:ann-lee")[0]
    assert pair.right == ("z", "e1")
    less = Identities([*known[:19], *others, bare])
    assert less.of("z", "e1") == "person:lee"
    told = holder("b", "Tom Lee", "governor", "Harbour Bank")
    governor = holder("z", "Lee", "governor", "Harbour Bank")
    assert Identities([*known, told, governor]).of("z", "e1") == "person:tom-lee"


def test_a_surname_that_two_bear_is_whoevers_post_fits_and_else_neithers() -> None:
    lees = [
        holder("a", "Ann Lee", "governor", "Harbour Bank"),
        holder("b", "Tom Lee", "secretary", "Dockers' League"),
    ]
    told = Identities([*lees, holder("c", "Lee", "governor", "Harbour Bank")])
    assert one(told, "ac")
    untold = Identities([*lees, reading("c", entity("Lee"))])
    assert len(set(nodes(untold, "abc"))) == 3
    both = [*lees, holder("d", "Tom Lee", "governor", "Harbour Bank")]
    unsure = Identities([*both, holder("c", "Lee", "governor", "Harbour Bank")])
    assert unsure.of("c", "e1") not in nodes(unsure, "abd")


@pytest.mark.parametrize(
    ("title", "body", "on", "same"),
    [
        ("chief constable", "Westshire Police", date(2025, 3, 1), False),
        ("chief constable", "Eastshire Police", date(2025, 3, 1), True),
        ("chief constable", "Westshire Police", date(2015, 3, 1), False),
        ("goalkeeper", "Westshire Rovers", date(2025, 3, 1), False),
    ],
)
def test_namesakes_of_whom_different_things_are_told_stay_two(
    title: str, body: str, on: date, same: bool
) -> None:
    here = holder("a", "John Smith", "chief constable", "Eastshire Police", date(2025, 1, 1))
    there = holder("b", "John Smith", title, body, on)
    who = Identities([here, there])
    assert one(who) == same
    assert bool(who.waiting) != same


def test_a_former_post_is_no_conflict() -> None:
    now = holder("a", "John Smith", "chief constable", "Eastshire Police")
    once = holder("b", "John Smith", "chief constable", "Westshire Police")
    former = once.model_copy(update={"posts": (once.posts[0].model_copy(update={"former": True}),)})
    assert one(Identities([now, former]))
    assert not one(Identities([now, once]))


@pytest.mark.parametrize(
    ("times", "same"),
    [
        ({"former": True, "until": "2019"}, True),
        ({"since": "2019", "until": "2021-06"}, False),
        ({"former": True, "since": "2019", "until": "2021-06"}, False),
        ({"former": True, "since": "2012", "until": "2020"}, True),
        ({"former": True, "until": "2021-06"}, True),
        ({"at": "2021"}, True),
    ],
)
def test_posts_conflict_by_the_times_that_the_words_tell(
    times: dict[str, object], same: bool
) -> None:
    chief = ("John Smith", "chief constable")
    now = holder("a", *chief, "Eastshire Police", date(2025, 3, 1))
    here = now.posts[0].model_copy(update={"since": "2020"})
    there = holder("b", *chief, "Westshire Police", date(2025, 3, 1))
    post = there.posts[0].model_copy(update=times)
    one_now = now.model_copy(update={"posts": (here,)})
    assert one(Identities([one_now, there.model_copy(update={"posts": (post,)})])) == same


def test_whoever_may_be_either_of_two_namesakes_waits() -> None:
    who = Identities(
        [
            holder("a", "John Smith", "chief constable", "Eastshire Police"),
            holder("b", "John Smith", "chief constable", "Westshire Police"),
            reading("c", entity("John Smith")),
        ]
    )
    assert len(set(nodes(who, "abc"))) == 3


def test_an_acronym_that_two_bodies_share_is_neithers() -> None:
    who = Identities(
        [
            reading("a", entity("Dock Workers Union", "Body", "DWU")),
            reading("b", entity("Danube Water Utility", "Body", "DWU")),
            reading("c", entity("DWU", "Body")),
        ]
    )
    assert len(set(nodes(who, "abc"))) == 3
    assert len(who.waiting) == 2


def test_a_body_of_one_name_in_two_countries_stays_two() -> None:
    def ministry(article: str, country: str) -> Reading:
        here = (entity("Ministry of Health", "Body"), entity(country, "Place", key="e2"))
        made = reading(article, *here)
        mention = {"start": 0, "end": 4, "entity": "e2", "form": "name"}
        parts = {"passages": (), "posts": (), "statements": (), "relations": ()}
        text = Article(id=article, text="text")
        return Reading.build(text, entities=made.entities, mentions=[mention], **parts)

    assert one(Identities([ministry("a", "Freedonia"), ministry("b", "Freedonia")]))
    who = Identities([ministry("a", "Freedonia"), ministry("b", "Sylvania")])
    assert not one(who)
    assert [pair.score.against for pair in who.waiting] == [True]


def test_a_renamed_body_waits() -> None:
    who = Identities(
        [
            holder("a", "Ann Lee", "director", "Harbour Commission"),
            holder("b", "Ann Lee", "director", "Harbour Authority"),
        ]
    )
    assert who.of("a", "e2") != who.of("b", "e2")
    assert "renamed" in [pair.score.fit for pair in who.waiting]


def test_two_of_one_name_in_one_article_stay_two() -> None:
    two = reading("a", entity("John Smith"), entity("John Smith", key="e2"))
    who = Identities([two, reading("b", entity("John Smith"))])
    assert who.of("a", "e1") != who.of("a", "e2")


def test_a_score_is_the_sum_of_its_parts_and_each_says_why() -> None:
    who = Identities([reading("a", entity("Ann Lee")), reading("b", entity("Lee"))])
    (pair,) = who.waiting
    assert pair.score.value == pytest.approx(sum(part.weight for part in pair.score.parts))
    assert pair.score.parts[0].why == "“lee” is the surname of “ann lee”."
    assert all(part.why.endswith(".") for part in pair.score.parts)


def test_a_judgement_keeps_apart_what_names_join_and_a_later_one_joins_it() -> None:
    readings = [reading("a", entity("Ann Lee")), reading("b", entity("Ann Lee"))]
    apart = judgement("different", "a", "b")
    assert not one(Identities(readings, [apart]))
    assert one(Identities(readings, [apart, judgement("same", "a", "b")]))


def test_what_is_withdrawn_counts_no_more_and_what_was_before_does() -> None:
    readings = [reading("a", entity("Ann Lee")), reading("b", entity("Ann Lee"))]
    ledger = [judgement("different", "a", "b"), judgement("same", "a", "b")]
    back = judgement("withdrawn", "b", "a")
    assert one(Identities(readings, ledger))
    assert not one(Identities(readings, [*ledger, back]))
    assert one(Identities(readings, [*ledger, back, back]))
    assert standing([*ledger, back]) == ledger[:1]


@given(st.lists(st.sampled_from(["same", "different", "unsure", "withdrawn"])))
def test_the_ledger_is_a_stack(verdicts: list[Verdict]) -> None:
    expected: list[Verdict] = []
    for verdict in verdicts:
        if verdict != "withdrawn":
            expected.append(verdict)
        elif expected:
            expected.pop()
    kept = standing(judgement(verdict, "a", "b") for verdict in verdicts)
    assert [one.verdict for one in kept] == expected


def test_what_is_judged_waits_no_more() -> None:
    readings = [reading("a", entity("Ann Lee")), reading("b", entity("Lee"))]
    (pair,) = Identities(readings).waiting
    for verdict in ("same", "different", "unsure"):
        made = judgement(verdict, "a", "b").model_copy(
            update={"right": Identities(readings).ref(pair.right)}
        )
        judged = Identities(readings, [made])
        assert judged.waiting == []
        assert one(judged) == (verdict == "same")


def test_a_judgement_outlives_a_newer_readings_ids_and_names() -> None:
    first = [reading("a", entity("Ann Lee")), reading("b", entity("Ann Lee"))]
    ledger = [judgement("different", "a", "b")]
    assert not one(Identities(first, ledger))
    for name in ("Ann Lee", "Dr Ann Lee", "Lee"):
        newer = reading("a", entity("Tom Kay"), entity(name, "Person", key="e2"))
        who = Identities([newer, first[1]], ledger)
        assert who.of("a", "e2") != who.of("b", "e1")


def test_a_judgement_outlives_new_articles() -> None:
    smiths = [holder(a, "John Smith", "clerk", b) for a, b in (("a", "Kay Ltd"), ("b", "Rye Ltd"))]
    ledger = [judgement("same", "a", "b", "John Smith")]
    assert not one(Identities(smiths))
    more = [reading(a, entity("John Smith")) for a in "cde"]
    assert one(Identities([*smiths, *more], ledger), "abcde")
    apart = [judgement("different", "a", "b", "John Smith")]
    assert not one(Identities([*smiths, *more], apart))


@given(st.permutations(["Ann Lee", "Lee", "Ann Lee", "Ann B. Lee", "Tom Kay", "Kay"]))
def test_the_order_of_readings_does_not_matter(names: list[str]) -> None:
    readings = [reading(f"{n}", entity(name)) for n, name in enumerate(names)]
    forth, back = Identities(readings), Identities(readings[::-1])
    assert [forth.of(r.article.id, "e1") for r in readings] == [
        back.of(r.article.id, "e1") for r in readings
    ]
    assert forth.waiting == back.waiting


@given(
    st.lists(st.sampled_from(["Ann Lee", "Lee", "A. Lee", "Ann B. Lee", "Tom Kay"]), min_size=1),
    st.sampled_from(["Ann Lee", "Zoe Rye"]),
)
def test_a_later_article_does_not_change_whose_id_is_whose(names: list[str], new: str) -> None:
    dated = [
        reading(f"{n}", entity(name), on=date(2025, 1, 1 + n))
        for n, name in enumerate(names[:20])
        if name != "Lee"
    ]
    later = reading("later", entity(new), on=date(2026, 1, 1))
    before, after = Identities(dated), Identities([*dated, later])
    for r in dated:
        assert before.of(r.article.id, "e1") == after.of(r.article.id, "e1")


def test_all_its_names_are_aliases_and_its_id_is_of_the_first_full_one() -> None:
    names = {"a": "Ann B. Lee", "b": "Ann Lee", "c": "Ann Lee", "d": "Ann Lee", "e": "Lee"}
    who = Identities([holder(a, name, "chair", "Rye Bank") for a, name in names.items()])
    assert one(who, "abcde")
    described = who.described("person:ann-b-lee")
    assert (described.name, described.aliases) == ("Ann Lee", ("Ann B. Lee", "Lee"))
