"""How sure a relation has to be to be shown, and what goes with one that is not.

Only relations are ever cut: a post held and a statement have no confidence, so HOLDS and SAID stay.
What is left out with a relation is whoever and whatever only it needs: somebody or something that
has no name, says nothing, and takes part in no other relation.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from onrecord.graph.errors import ConfidenceError

if TYPE_CHECKING:
    from onrecord.graph.model import Relation
    from onrecord.graph.reading import Reading

SURE: float = 0.0
"""The lowest confidence that is shown where nothing else is asked for.

The calibration of the classifier gives it: the lowest value at which 75 % of the edges shown are
right.
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
    return keeping(reading, lambda relation: relation.confidence >= least)


def keeping(reading: "Reading", keep: "Callable[[Relation], bool]") -> "Reading":
    """The reading with the relations that are to be kept, and without what only the others need.

    The ids of what stays are those it had. A post without a named holder ("the commissioner") tells
    who that is; it goes with the holder.
    """
    kept = tuple(filter(keep, reading.relations))
    if len(kept) == len(reading.relations):
        return reading
    cut = _ends(set(reading.relations) - set(kept))
    named = {entity.id for entity in reading.entities if entity.named}
    acting = named | _ends(kept)
    acting |= {s.source.entity for s in reading.statements if s.source and s.source.entity}
    posts = tuple(p for p in reading.posts if p.person in acting or p.person not in cut)
    cut |= {post.body for post in reading.posts if post.body}
    lost = cut - acting - {end for post in posts for end in (post.person, post.body)}
    return reading.model_copy(
        update={
            "entities": tuple(e for e in reading.entities if e.id not in lost),
            "mentions": tuple(m for m in reading.mentions if m.entity not in lost),
            "posts": posts,
            "statements": tuple(
                s.model_copy(update={"about": tuple(a for a in s.about if a not in lost)})
                for s in reading.statements
            ),
            "relations": kept,
        }
    )


def _ends(relations: "Iterable[Relation]") -> set[str]:
    """Everybody and everything that the relations refer to."""
    ends = ((r.source, r.target, r.about, r.voice) for r in relations)
    return {end for some in ends for end in some if end is not None}
