"""The edges that a reading makes, one by one: their ids, their words, and what is struck out.

An edge that can be judged is a relation, a post held (HOLDS), or who said something (SAID). Its id
is the graph's; a judgement knows it by what a newer reading keeps: article, type, ends and quote.
"""

import hashlib
from collections.abc import Collection, Iterator

from onrecord.graph.confidence import keeping
from onrecord.graph.judgements import EdgeRef, Known
from onrecord.graph.model import Article, Holding, Relation, Source, Span, Statement
from onrecord.graph.reading import Reading

STATEMENT_NAME = 90
"""How many characters of its content name a statement."""

Words = tuple[Span | str, ...]


def edge_id(article: str, kind: str, *spans: Span | str) -> str:
    """The id of an assertion: the same words of the same article give the same id."""
    return hashlib.sha256(repr((article, kind, spans)).encode()).hexdigest()[:16]


def of_relation(relation: Relation) -> Words:
    """What tells a relation from others of its type."""
    ends = (relation.source_span, relation.target_span, relation.cue_span)
    return (*ends, relation.evidence)


def of_post(post: Holding) -> Words:
    """What tells a HOLDS from others."""
    return (Span(post.start, post.end), post.title, post.person)


def of_source(source: Source, statement: Statement) -> Words:
    """What tells a SAID from others."""
    return (Span(source.start, source.end), *statement.content)


def said(source: Source, statement: Statement) -> Span:
    """The words that show who said it: source and content, where they stand close together."""
    content = whole(statement)
    start, end = min(content.start, source.start), max(content.end, source.end)
    return Span(start, end) if end - start < content.end - content.start + 600 else content


def whole(statement: Statement) -> Span:
    """From the first of a statement's words to the last."""
    return Span(statement.content[0].start, statement.content[-1].end)


def content(article: Article, statement: Statement) -> str:
    """What was said."""
    return " … ".join(article.text[start:end] for start, end in statement.content)


def shortened(content: str) -> str:
    """The start of a statement's content, to name it by."""
    words = " ".join(content.split())
    return words if len(words) <= STATEMENT_NAME else words[: STATEMENT_NAME - 1].rstrip() + "…"


def told_posts(reading: Reading) -> Iterator[Holding]:
    """The posts whose holder the article names; "the commissioner" alone tells of nobody's post."""
    named = {entity.id for entity in reading.entities if entity.named}
    return (post for post in reading.posts if post.person in named)


def judged(article: Article, reading: Reading) -> Iterator[tuple[str, EdgeRef]]:
    """The edges of a reading that can be judged, with their ids."""
    refs = _Refs(article, reading)
    for relation in reading.relations:
        yield edge_id(article.id, relation.type, *of_relation(relation)), refs.relation(relation)
    for post in told_posts(reading):
        yield edge_id(article.id, "HOLDS", *of_post(post)), refs.post(post)
    for statement in reading.statements:
        source = statement.source
        if source and (ref := refs.source(statement)):
            yield edge_id(article.id, "SAID", *of_source(source, statement)), ref


def without(article: Article, reading: Reading, wrong: Collection[Known]) -> Reading:
    """The reading without the edges that are held wrong, and without what only they need.

    What was said stays where who said it is wrong.
    """
    refs = _Refs(article, reading)
    return keeping(
        reading,
        tuple(r for r in reading.relations if refs.relation(r).known not in wrong),
        tuple(p for p in reading.posts if refs.post(p).known not in wrong),
        tuple(
            s.model_copy(update={"source": s.source and s.source.model_copy(update=_NOBODY)})
            if (ref := refs.source(s)) and ref.known in wrong
            else s
            for s in reading.statements
        ),
    )


_NOBODY = {"entity": None}


class _Refs:
    """Tells by what a newer reading finds an edge of this one."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self._article = article
        self._names = {entity.id: entity.name for entity in reading.entities}

    def relation(self, relation: Relation) -> EdgeRef:
        source, target = self._names[relation.source], self._names[relation.target]
        return self._ref(relation.type, source, target, relation.evidence)

    def post(self, post: Holding) -> EdgeRef:
        return self._ref("HOLDS", self._names[post.person], post.title, Span(post.start, post.end))

    def source(self, statement: Statement) -> EdgeRef | None:
        """None where nobody is told to have said it."""
        source = statement.source
        if source is None or source.entity is None:
            return None
        name = shortened(content(self._article, statement))
        return self._ref("SAID", self._names[source.entity], name, said(source, statement))

    def _ref(self, kind: str, source: str, target: str, quoted: Span) -> EdgeRef:
        return EdgeRef(
            article=self._article.id,
            type=kind,
            source=source,
            target=target,
            quote=self._article.text[quoted.start : quoted.end],
        )
