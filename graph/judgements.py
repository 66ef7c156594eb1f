"""Judgements: whether two entities of two articles are the same, and whether an edge is right.

Each says whose it is, when it was made, and why.
"""

from collections.abc import Hashable, Iterable
from datetime import datetime
from typing import Literal

from pydantic import Field

from onrecord.graph.model import Record
from onrecord.graph.slugs import folded

Verdict = Literal["same", "different", "unsure", "withdrawn"]
"""``withdrawn`` takes back the last judgement on the pair, so that the one before counts again."""
EdgeVerdict = Literal["right", "wrong", "unsure", "withdrawn"]
Known = tuple[str, str, str, str, str]
"""An edge's article, type, ends and quote, to compare by."""


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
    def subject(self) -> frozenset[EntityRef]:
        """The two, whichever is left or right."""
        return frozenset((self.left, self.right))


class EdgeRef(Record):
    """An edge of one article, told by what a newer reading keeps: not by numbers and places."""

    article: str
    type: str
    source: str
    target: str
    quote: str

    @property
    def known(self) -> Known:
        """What one edge has in common in two readings: case, accents and white space aside."""
        ends = (folded(self.source), folded(self.target))
        return (self.article, self.type, *ends, " ".join(self.quote.split()))


class EdgeJudgement(Record):
    """One line of the ledger: whether an edge is right. One that is wrong is hidden."""

    verdict: EdgeVerdict
    edge: EdgeRef
    by: str = Field(min_length=1)
    at: datetime
    why: str = ""

    @property
    def subject(self) -> Known:
        """The edge, in whichever reading."""
        return self.edge.known


def holding_wrong(judgements: Iterable[EdgeJudgement]) -> frozenset[Known]:
    """The edges of which the last judgement that stands says that they are wrong."""
    last = {judgement.subject: judgement.verdict for judgement in standing(judgements)}
    return frozenset(edge for edge, verdict in last.items() if verdict == "wrong")


def standing[J: Judgement | EdgeJudgement](judgements: Iterable[J]) -> list[J]:
    """The judgements that have not been taken back, in the order of the ledger."""
    kept: dict[int, J] = {}
    for number, judgement in enumerate(judgements):
        if judgement.verdict != "withdrawn":
            kept[number] = judgement
        elif (last := _last(kept, judgement.subject)) is not None:
            del kept[last]
    return list(kept.values())


def _last[J: Judgement | EdgeJudgement](kept: dict[int, J], subject: Hashable) -> int | None:
    return next((number for number in reversed(kept) if kept[number].subject == subject), None)
