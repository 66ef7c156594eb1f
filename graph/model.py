"""What one article can say: articles, entities, statements, relations and posts held (data only).

Offsets are Python string offsets into ``Article.text``, 0-based and end-exclusive, everywhere.
"""

import hashlib
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

EntityKind = Literal["Person", "Body", "Document", "Issue", "Place"]
MentionForm = Literal["name", "role", "noun", "pronoun"]
PassageRole = Literal[
    "heading", "byline", "body", "caption", "pull_quote", "promo", "credit", "footer", "notice"
]
StatementKind = Literal["direct", "indirect", "mixed"]
Modality = Literal["asserted", "reported", "alleged", "intended", "conditional"]


Time = Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")]
"""A year, a month or a day, in ISO 8601."""


class Span(NamedTuple):
    """A stretch of an article's text, ``text[start:end]``; in JSON the pair ``[start, end]``."""

    start: int
    end: int


class Record(BaseModel):
    """Base of all records: immutable, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Article(Record):
    """One published text and what is known of its publication; what is unknown stays None."""

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    heading: str | None = None
    outlet: str | None = None
    published: date | None = None
    byline: str | None = None
    url: str | None = None

    @cached_property
    def sha256(self) -> str:
        """Hash of the text (UTF-8), by which a corrected article is told from an unchanged one."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


class Passage(Record):
    """A run of the text with one role; heading, body and pull quotes are the article's own."""

    start: int
    end: int
    role: PassageRole


class Entity(Record):
    """Somebody or something the article speaks of; ``named`` is false for "one superintendent"."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    named: bool = True


class Mention(Record):
    """One place where the article refers to an entity."""

    start: int
    end: int
    entity: str
    form: MentionForm


class Holding(Record):
    """A post held, as the words from start to end say it; ``body`` is None where they do not.

    A ``person`` without a name is whoever holds a post of which a body has one: "the commissioner".
    ``since``, ``until`` and ``at`` (a time within) are as precise as the words: "2019", "2019-03".
    """

    person: str
    title: str
    body: str | None
    start: int
    end: int
    former: bool = False
    since: Time | None = None
    until: Time | None = None
    at: Time | None = None


class Source(Record):
    """Who is said to have said it; ``entity`` is None where nobody could be told."""

    start: int
    end: int
    entity: str | None


class Cue(Record):
    """The words that attribute: "said", "according to", "in a letter"."""

    start: int
    end: int


class Statement(Record):
    """Source, cue and content of something said or written (after PARC 3.0 and PolNeAR)."""

    id: str
    source: Source | None
    cue: Cue | None
    content: tuple[Span, ...] = Field(min_length=1)
    kind: StatementKind
    about: tuple[str, ...] = ()


class Relation(Record):
    """A typed edge between two entities of the article, with the words that bear it out.

    ``voice`` is the entity whose claim it is, None where the article says it itself.
    ``confidence`` is the reader's own, from 0 to 1; ``onrecord.graph.confidence`` tells which
    relations it lets be shown.
    """

    id: str
    type: str
    source: str
    target: str
    about: str | None = None
    source_span: Span
    target_span: Span
    cue_span: Span
    evidence: Span
    negated: bool = False
    modality: Modality = "asserted"
    voice: str | None = None
    confidence: float = Field(ge=0, le=1)
