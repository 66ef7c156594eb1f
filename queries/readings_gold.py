"""Gold as readings by hand: JSON Lines, an article a line, with the character spans of every end.

A line has ``id``, ``nodes`` (key to kind, name and aliases), ``holds`` (person, title, body,
evidence) and ``edges`` (types, source, target, ``source_span``, ``target_span``, evidence, core,
negated); further fields are ignored. Spans are offsets into the article's text, and an article is
known by its whole id.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from onrecord.graph.errors import InputError
from onrecord.graph.model import Article, Span
from onrecord.queries.gold import GoldEdge, GoldNode, Row, Sheet, fault


class SpannedEdge(GoldEdge):
    """A gold edge of which it is known where its ends stand."""

    source_span: Span
    target_span: Span


class ReadingSheet(Sheet):
    """The gold of one article, whose edges know where their ends stand."""

    article: str
    edges: tuple[SpannedEdge, ...] = ()

    @property
    def articles(self) -> frozenset[str]:
        return frozenset((self.article,))


class _Hold(Row):
    person: str
    title: str
    body: str | None
    evidence: Span


class _Edge(Row):
    types: tuple[str, ...] = Field(min_length=1)
    source: str
    target: str
    evidence: Span
    source_span: Span
    target_span: Span
    core: bool = False
    negated: bool = False


class GoldReading(Row):
    """What a careful reader took from one article."""

    id: str
    nodes: Mapping[str, GoldNode]
    holds: tuple[_Hold, ...] = ()
    edges: tuple[_Edge, ...] = ()

    def sheet(self, article: Article) -> ReadingSheet:
        """The same as a sheet of gold, which quotes words.

        Raises:
            InputError: the spans do not fit the article, or a row names no node of the reading.
        """
        text = article.text
        if any(not 0 <= start < end <= len(text) for start, end in self._spans()):
            raise InputError(
                f"The reading of {self.id!r} has spans outside of the article's text."
                " Give the text that was read."
            )
        data = {
            "article": article.id,
            "nodes": self.nodes,
            "holds": [
                hold.model_dump() | {"evidence": text[slice(*hold.evidence)]} for hold in self.holds
            ],
            "edges": [
                edge.model_dump(exclude={"types"})
                | {"any": edge.types, "evidence": text[slice(*edge.evidence)]}
                for edge in self.edges
            ],
        }
        try:
            return ReadingSheet.model_validate(data)
        except ValidationError as error:
            raise InputError(f"The reading of {self.id!r} is wrong {fault(error)}.") from error

    def _spans(self) -> Iterator[Span]:
        for hold in self.holds:
            yield hold.evidence
        for edge in self.edges:
            yield from (edge.evidence, edge.source_span, edge.target_span)


def load_readings(path: Path) -> dict[str, GoldReading]:
    """Read a file of readings by hand, by the ids of their articles.

    Raises:
        InputError: there is no such file, a line is not laid out as a reading, or an article has
            two.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The gold {path} cannot be read: {error}.") from error
    found: dict[str, GoldReading] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            reading = GoldReading.model_validate_json(line)
        except ValidationError as error:
            raise InputError(f"{path}:{number} is wrong {fault(error)}.") from error
        if reading.id in found:
            raise InputError(f"{path}:{number} reads {reading.id!r} again. Leave one of both out.")
        found[reading.id] = reading
    return found
