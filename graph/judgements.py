"""Judgements: who holds two entities of two articles for the same, or for different, and why."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from onrecord.graph.model import Record

Verdict = Literal["same", "different", "unsure"]


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
