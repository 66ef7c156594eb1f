"""Judgements: who holds two entities of two articles for the same, or for different, and why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from pydantic import Field

from onrecord.graph.model import Record

Verdict = Literal["same", "different", "unsure", "withdrawn"]
"""``withdrawn`` takes back the last judgement on the pair, so that the one before counts again."""


class EntityRef(Record):
    """An entity of one article's reading; the name is kept so that a newer reading can find it."""

    article: str
    entity: str
    name: str


class Judgement(Record):
    """One line of the ledger: a verdict, whose it is, when it was made, and why.

    ``score`` is the pair's score where a machine weighed it, from 0 to 1.
    """

    verdict: Verdict
    left: EntityRef
    right: EntityRef
    by: str = Field(min_length=1)
    at: datetime
    why: str = ""
    score: float | None = Field(None, ge=0, le=1)

    @property
    def pair(self) -> frozenset[EntityRef]:
        """The two, whichever is left or right."""
        return frozenset((self.left, self.right))


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that have not been taken back, in the order of the ledger."""
    kept: dict[int, Judgement] = {}
    for number, judgement in enumerate(judgements):
        if judgement.verdict != "withdrawn":
            kept[number] = judgement
        elif (last := _last(kept, judgement.pair)) is not None:
            del kept[last]
    return list(kept.values())


def _last(kept: dict[int, Judgement], pair: frozenset[EntityRef]) -> int | None:
    return next((number for number in reversed(kept) if kept[number].pair == pair), None)
