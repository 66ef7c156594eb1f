"""How sure a relation has to be to be shown, and what goes with one that is not.

Only relations are ever cut: a post held and a statement have no confidence, so HOLDS and SAID stay.
What is left out with a relation is whoever and whatever only it needs: somebody or something that
has no name, says nothing, and takes part in no other relation.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from onrecord.graph.errors import ConfidenceError

if TYPE_CHECKING:
    from onrecord.graph.model import Holding, Relation, Statement
    from onrecord.graph.reading import Reading

SURE: float = 0.55
"""The lowest confidence that is shown where nothing else is asked for.

It is the lowest at which 75 % of the edges shown are right in ends, direction and type, as measured
by ``training.relations.calibrate`` on 40 articles that nothing was learnt from (docs/reading.md).
"""
KEPT: float = SURE / 2
"""The lowest confidence that a reading keeps, so that more can be shown without reading anew."""


def in_range(sure: float) -> float:
    """The value itself.

    Raises:
        ConfidenceError: it is not from 0 to 1.
    """
    if not 0 <= sure <= 1:
        raise ConfidenceError(f"A confidence is a number from 0 to 1, and {sure:g} is none.")
    return sure


def raised(asked: float | None, held: float) -> float:
    """The confidence to show of what was built with ``held``; that itself where none is asked for.

    Raises:
        ConfidenceError: what is asked for is out of range, or lower, so that edges are missing.
    """
    if asked is None or in_range(asked) == held:
        return held
    if asked < held:
        raise ConfidenceError(
            f"The store holds the relations of a confidence of {held:g} and more, and {asked:g} is"
            f" lower: build it anew with --sure {asked:g}."
        )
    return asked


def surer(reading: "Reading", sure: float = SURE) -> "Reading":
    """The reading without the relations below ``sure``, and without what only they need.

    Raises:
        ConfidenceError: ``sure`` is not from 0 to 1.
    """
    least = in_range(sure)
    relations = tuple(r for r in reading.relations if r.confidence >= least)
    return keeping(reading, relations, reading.posts, reading.statements)


def keeping(
    reading: "Reading",
    relations: "Sequence[Relation]",
    posts: "Sequence[Holding]",
    statements: "Sequence[Statement]",
) -> "Reading":
    """The reading with these relations, posts and statements alone, without what only others need.

    The ids of what stays are those it had. A post without a named holder ("the commissioner") tells
    who that is; it goes with the holder.
    """
    before = (reading.relations, reading.posts, reading.statements)
    if (relations, posts, statements) == before:
        return reading
    named = {entity.id for entity in reading.entities if entity.named}
    acting_before = _acting(reading.relations, reading.statements)
    acting = named | _acting(relations, statements)
    told = tuple(p for p in posts if p.person in acting or p.person not in acting_before)
    lost = (acting_before | _holding(reading.posts)) - acting - _holding(told)
    return reading.model_copy(
        update={
            "entities": tuple(e for e in reading.entities if e.id not in lost),
            "mentions": tuple(m for m in reading.mentions if m.entity not in lost),
            "posts": told,
            "statements": tuple(
                s.model_copy(update={"about": tuple(a for a in s.about if a not in lost)})
                for s in statements
            ),
            "relations": tuple(relations),
        }
    )


def _acting(relations: "Iterable[Relation]", statements: "Iterable[Statement]") -> set[str]:
    """Whoever does or says something, and whom or what it is done to or about."""
    ends = ((r.source, r.target, r.about, r.voice) for r in relations)
    found = {end for some in ends for end in some}
    found |= {statement.source.entity for statement in statements if statement.source}
    return {end for end in found if end is not None}


def _holding(posts: "Iterable[Holding]") -> set[str]:
    """Who holds the posts, and where."""
    return {end for post in posts for end in (post.person, post.body) if end is not None}
