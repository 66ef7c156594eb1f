"""Reading: all that one article says, as a versioned JSON document (``onrecord.reading/1``)."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self

from pydantic import Field

from onrecord.graph.errors import ReadingError
from onrecord.graph.model import (
    Article,
    Entity,
    Holding,
    Mention,
    Passage,
    Record,
    Relation,
    Span,
    Statement,
)

SCHEMA: Literal["onrecord.reading/1"] = "onrecord.reading/1"


class ArticleFacts(Record):
    """What a reading keeps of its article: everything but the text."""

    id: str
    sha256: str
    heading: str | None
    outlet: str | None
    published: date | None
    byline: str | None
    url: str | None
    chars: int

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(
            sha256=article.sha256, chars=len(article.text), **article.model_dump(exclude={"text"})
        )


class Reading(Record):
    """One article's passages, entities, mentions, posts, statements and relations.

    Build it with :meth:`build`, which checks it against the text.
    """

    schema_: Literal["onrecord.reading/1"] = Field(default=SCHEMA, alias="schema")
    article: ArticleFacts
    passages: tuple[Passage, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    posts: tuple[Holding, ...]
    statements: tuple[Statement, ...]
    relations: tuple[Relation, ...]

    @classmethod
    def build(cls, article: Article, **parts: object) -> Self:
        """Make the reading of ``article`` from its parts.

        Raises:
            ReadingError: a span lies outside the text or starts or ends on white space, or a
                part refers to an entity that the reading does not have.
        """
        reading = cls.model_validate({"article": ArticleFacts.of(article), **parts})
        reading.check(article.text)
        return reading

    def spans(self) -> Iterator[Span]:
        """Every span of the reading that quotes the article."""
        quoted: tuple[Mention | Holding, ...] = (*self.mentions, *self.posts)
        for part in quoted:
            yield Span(part.start, part.end)
        for statement in self.statements:
            yield from statement.content
            for end in (statement.source, statement.cue):
                if end is not None:
                    yield Span(end.start, end.end)
        for relation in self.relations:
            yield from (
                relation.source_span,
                relation.target_span,
                relation.cue_span,
                relation.evidence,
            )

    def references(self) -> Iterator[str]:
        """The entity ids that the parts of the reading refer to."""
        for mention in self.mentions:
            yield mention.entity
        for post in self.posts:
            yield from filter(None, (post.person, post.body))
        for statement in self.statements:
            yield from statement.about
            if statement.source and statement.source.entity:
                yield statement.source.entity
        for edge in self.relations:
            yield from filter(None, (edge.source, edge.target, edge.about, edge.voice))

    def check(self, text: str) -> None:
        """Raise ReadingError unless every span quotes ``text`` and every reference resolves."""
        where = f"The reading of {self.article.id!r}"
        for start, end in self.spans():
            quote = text[start:end]
            if not 0 <= start < end <= len(text) or quote != quote.strip():
                raise ReadingError(f"{where} has a span {start}:{end} that quotes nothing exactly.")
        known = {entity.id for entity in self.entities}
        if len(known) < len(self.entities):
            raise ReadingError(f"{where} has two entities of one id.")
        if unknown := sorted(set(self.references()) - known):
            raise ReadingError(f"{where} refers to unknown entities: {', '.join(unknown)}.")

    def to_json(self) -> str:
        """The reading as one line of JSON, the same bytes for the same reading."""
        return self.model_dump_json(by_alias=True)
